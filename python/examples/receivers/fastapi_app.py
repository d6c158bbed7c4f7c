"""Receive webhooks in FastAPI or Starlette: `uvicorn fastapi_app:app`."""

from __future__ import annotations

# --8<-- [start:app]
import os
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from hundredms import webhooks
from hundredms.webhooks import Event, events

receiver = webhooks.Receiver(headers={"x-webhook-secret": os.environ["HMS_WEBHOOK_SECRET"]})


@receiver.on("peer.join.success")
async def joined(event: Event[events.PeerJoinSuccess]) -> None:
    """Note who joined."""
    print(f"{event.data.user_id} joined {event.data.room_id}")


@receiver.on("beam.recording.success", background=True)
async def recorded(event: Event[events.BeamRecordingSuccess]) -> None:
    """Work on a recording. The service gets its answer at once."""
    print(f"{event.data.room_id} was recorded")


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncGenerator[None]:
    """Finish what was acknowledged before the server ends."""
    yield
    await receiver.drain_async()


app = FastAPI(lifespan=lifespan)
app.add_route("/webhooks/100ms", receiver.starlette(), methods=["POST"])
# --8<-- [end:app]
