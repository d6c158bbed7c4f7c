"""Receive webhooks in an ASGI app of its own, as the README does: `uvicorn readme_webhooks:app`."""

from __future__ import annotations

# --8<-- [start:app]
import os

from hundredms import webhooks
from hundredms.webhooks import Event, events

receiver = webhooks.Receiver(headers={"x-webhook-secret": os.environ["HMS_WEBHOOK_SECRET"]})


@receiver.on("peer.join.success")
async def joined(event: Event[events.PeerJoinSuccess]) -> None:
    """Note who joined."""
    print(event.data.user_id, event.data.joined_at)


app = receiver.asgi()  # in frameworks: starlette(), flask(), django(), aws_lambda()
# --8<-- [end:app]
