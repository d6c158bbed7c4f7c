"""Receive webhooks: verify the sender, and handle each event once.

Run it with `python webhooks.py`. It starts a sandbox, which sends each webhook twice. Prints:

    Ada joined as host
    Ada left after 60 seconds
"""

from __future__ import annotations

# --8<-- [start:imports]
import asyncio

import hundredms
from hundredms import webhooks
from hundredms.webhooks import Event, events

# --8<-- [end:imports]

SECRET = "a long random text"  # In a service: from the environment.


# --8<-- [start:receiver]
def make_receiver(secret: str) -> webhooks.Receiver:
    """Make the receiver: it verifies the secret header, and calls a handler for each event."""
    receiver = webhooks.Receiver(headers={"x-webhook-secret": secret})

    @receiver.on("peer.join.success")
    async def joined(event: Event[events.PeerJoinSuccess]) -> None:
        print(f"{event.data.user_name} joined as {event.data.role}")

    @receiver.on("peer.leave.success")
    async def left(event: Event[events.PeerLeaveSuccess]) -> None:
        print(f"{event.data.user_name} left after {event.data.duration} seconds")

    return receiver


# --8<-- [end:receiver]


# An ASGI app of its own, for `uvicorn webhooks:app`. In FastAPI or Starlette:
# app.add_route("/webhooks/100ms", receiver.starlette(), methods=["POST"])
app = make_receiver(SECRET).asgi()


async def main() -> None:
    """Let a sandbox deliver webhooks to the app."""
    async with hundredms.AsyncSandbox() as sandbox, sandbox.client() as client:
        # --8<-- [start:deliver]
        sandbox.webhook_faults([{"fault": "duplicate", "copies": 2}])
        headers = {"x-webhook-secret": SECRET}
        async with sandbox.deliver_to(app, path="/webhooks/100ms", headers=headers):
            room = await client.rooms.create(name="physics-7")
            ada = sandbox.join_peer(room_id=room.id, role="host", name="Ada")
            await sandbox.settle_webhooks()
            sandbox.advance_clock(60)
            sandbox.leave_peer(ada.id)
        # --8<-- [end:deliver]


if __name__ == "__main__":
    asyncio.run(main())
