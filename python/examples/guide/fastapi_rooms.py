"""Return models from a FastAPI app, and handle errors of calls: `uvicorn fastapi_rooms:app`."""

from __future__ import annotations

# --8<-- [start:app]
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse

import hundredms
from hundredms.models import Room


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncGenerator[None]:
    """Make the client when the server starts, and close it when the server ends."""
    async with hundredms.AsyncClient() as client:
        app.state.hundredms = client
        yield


app = FastAPI(lifespan=lifespan)


@app.get("/rooms/{room_id}", response_model=Room)
async def get_room(room_id: str, request: Request) -> Room:
    """Return a room. Its fields are in the OpenAPI page of the app."""
    client: hundredms.AsyncClient = request.app.state.hundredms
    return await client.rooms.get(room_id)


@app.exception_handler(hundredms.NotFoundError)
async def not_found(request: Request, error: hundredms.NotFoundError) -> JSONResponse:
    """Answer 404 when the service does."""
    return JSONResponse({"message": "there is no such room"}, status_code=404)


# --8<-- [end:app]
