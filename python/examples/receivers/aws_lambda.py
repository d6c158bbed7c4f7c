"""Receive webhooks in AWS Lambda, behind an API Gateway, a load balancer or a function URL."""

from __future__ import annotations

# --8<-- [start:app]
import os

from hundredms import webhooks
from hundredms.webhooks import Event, events

receiver = webhooks.Receiver(headers={"x-webhook-secret": os.environ["HMS_WEBHOOK_SECRET"]})


@receiver.on("peer.join.success")
def joined(event: Event[events.PeerJoinSuccess]) -> None:
    """Note who joined."""
    print(f"{event.data.user_id} joined {event.data.room_id}")


handler = receiver.aws_lambda()
# --8<-- [end:app]
