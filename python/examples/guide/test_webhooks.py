"""Test a receiver of webhooks with those of the sandbox: `pytest`."""

from __future__ import annotations

# --8<-- [start:test]
from hundredms import Sandbox, webhooks
from hundredms.webhooks import Event, events

HEADERS = {"x-webhook-secret": "a long random text"}
present: set[str | None] = set()
receiver = webhooks.Receiver(headers=HEADERS)


@receiver.on("peer.join.success")
def joined(event: Event[events.PeerJoinSuccess]) -> None:
    """Note who is there. This is the code under test."""
    present.add(event.data.user_id)


def test_who_joins_is_noted(hundredms_sandbox: Sandbox) -> None:
    """The sandbox sends a webhook for everything that happens in the block."""
    room = hundredms_sandbox.client().rooms.create(name="physics-7")
    # A receiver, an ASGI app or a WSGI app. `path` is the app's route.
    with hundredms_sandbox.deliver_to(receiver, path="/webhooks/100ms", headers=HEADERS):
        hundredms_sandbox.join_peer(room_id=room.id, role="host", user_id="ada")
    assert "ada" in present


def test_one_event(hundredms_sandbox: Sandbox) -> None:
    """The sandbox makes the request of one webhook, and does not send it."""
    request = hundredms_sandbox.webhook_request(
        "peer.join.success", fields={"user_id": "ben"}, headers=HEADERS
    )
    assert receiver.handle(request.body, request.headers).status == 200
    assert "ben" in present


# --8<-- [end:test]
