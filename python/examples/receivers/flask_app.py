"""Receive webhooks in Flask: `flask --app flask_app run`."""

from __future__ import annotations

# --8<-- [start:app]
import os

from flask import Flask

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


app = Flask(__name__)
app.add_url_rule("/webhooks/100ms", view_func=receiver.flask(), methods=["POST"])
# --8<-- [end:app]
