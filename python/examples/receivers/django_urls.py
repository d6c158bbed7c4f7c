"""Receive webhooks in Django: the URLs of a project. Under ASGI, use `django_async()`."""

from __future__ import annotations

# Django has no types.
# pyright: basic
# --8<-- [start:app]
import os

from django.urls import path

from hundredms import webhooks
from hundredms.webhooks import Event, events

receiver = webhooks.Receiver(headers={"x-webhook-secret": os.environ["HMS_WEBHOOK_SECRET"]})


@receiver.on("peer.join.success")
def joined(event: Event[events.PeerJoinSuccess]) -> None:
    """Note who joined."""
    print(f"{event.data.user_id} joined {event.data.room_id}")


@receiver.on("beam.recording.success", background=True)
def recorded(event: Event[events.BeamRecordingSuccess]) -> None:
    """Work on a recording. The service gets its answer at once."""
    print(f"{event.data.room_id} was recorded")


urlpatterns = [path("webhooks/100ms", receiver.django())]
# --8<-- [end:app]
