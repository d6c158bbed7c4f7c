"""Test the app with webhooks of a sandbox: `pytest`."""

from __future__ import annotations

# --8<-- [start:test]
import pytest
from fastapi_webhooks import create_app

from hundredms import Sandbox

SECRET = "a long random text"


def test_who_joins_is_welcomed_once(
    hundredms_env: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The sandbox sends each webhook twice, and the app sends one message."""
    monkeypatch.setenv("HMS_WEBHOOK_SECRET", SECRET)
    room = hundredms_env.client().rooms.create(name="physics-7")
    hundredms_env.webhook_faults([{"fault": "duplicate", "copies": 2}])
    with hundredms_env.deliver_to(
        create_app(),
        path="/webhooks/100ms",
        headers={"x-webhook-secret": SECRET},
        lifespan=True,  # which makes the client of the app
    ):
        hundredms_env.join_peer(room_id=room.id, role="host", name="Ada")
    messages = hundredms_env.messages(room_id=room.id)
    assert [message.message for message in messages] == ["Welcome, Ada"]


# --8<-- [end:test]
