"""Test a receiver of webhooks in an async test: `pytest`, with the plugin of anyio."""

from __future__ import annotations

# --8<-- [start:test]
import pytest

from hundredms import AsyncSandbox, webhooks
from hundredms.webhooks import Event, events

HEADERS = {"x-webhook-secret": "a long random text"}
present: list[str | None] = []
receiver = webhooks.Receiver(headers=HEADERS)


@receiver.on("peer.join.success")
async def joined(event: Event[events.PeerJoinSuccess]) -> None:
    """Note who is there. This is the code under test."""
    present.append(event.data.user_id)


@pytest.fixture
def anyio_backend() -> str:
    """Run the tests under asyncio, which async clients need."""
    return "asyncio"


@pytest.mark.anyio  # with pytest-asyncio: @pytest.mark.asyncio, without the fixture above
async def test_who_joins_is_noted_once(hundredms_async_sandbox: AsyncSandbox) -> None:
    """The sandbox sends each webhook twice, and each is handled once."""
    hundredms_async_sandbox.webhook_faults([{"fault": "duplicate", "copies": 2}])
    async with hundredms_async_sandbox.client() as client:
        room = await client.rooms.create(name="physics-7")
        async with hundredms_async_sandbox.deliver_to(receiver, headers=HEADERS):
            hundredms_async_sandbox.join_peer(room_id=room.id, role="host", user_id="ada")
    assert present == ["ada"]


# --8<-- [end:test]
