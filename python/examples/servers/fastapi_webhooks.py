"""An app that receives webhooks: `uvicorn --factory fastapi_webhooks:create_app`."""

from __future__ import annotations

# --8<-- [start:app]
import os
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from hundredms import AsyncClient, webhooks
from hundredms.webhooks import Event, events


def create_app() -> FastAPI:
    """Make the app. It reads the environment now, so that a test can set it before."""
    receiver = webhooks.Receiver(headers={"x-webhook-secret": os.environ["HMS_WEBHOOK_SECRET"]})

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncGenerator[None]:
        async with AsyncClient() as client:
            app.state.hundredms = client
            yield
            await receiver.drain_async()  # while handlers can still use the client

    app = FastAPI(lifespan=lifespan)
    app.add_route("/webhooks/100ms", receiver.starlette(), methods=["POST"])

    @receiver.on("peer.join.success")
    async def joined(event: Event[events.PeerJoinSuccess]) -> None:
        client: AsyncClient = app.state.hundredms
        welcome = f"Welcome, {event.data.user_name}"
        await client.active_rooms.send_message(event.data.room_id, message=welcome)

    return app


# --8<-- [end:app]
