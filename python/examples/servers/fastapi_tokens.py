"""Give users of a FastAPI app tokens for their lessons: `uvicorn fastapi_tokens:app`."""

from __future__ import annotations

# --8<-- [start:app]
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Annotated

from fastapi import Depends, FastAPI, Header, HTTPException, Request

from hundredms import AsyncClient


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncGenerator[None]:
    """Make the client when the server starts, and close it when the server ends."""
    async with AsyncClient() as client:
        app.state.hundredms = client
        yield


def get_client(request: Request) -> AsyncClient:
    """Return the client of the app."""
    client: AsyncClient = request.app.state.hundredms
    return client


def get_user_id(x_user_id: Annotated[str, Header()] = "") -> str:
    """Return who is signed in. In your app: from the session, not from a header."""
    if not x_user_id:
        raise HTTPException(401, "sign in first")
    return x_user_id


app = FastAPI(lifespan=lifespan)


@app.post("/lessons/{number}/token")
async def join(
    number: int,
    client: Annotated[AsyncClient, Depends(get_client)],
    user_id: Annotated[str, Depends(get_user_id)],
) -> dict[str, str]:
    """Return a token with which the user joins a lesson."""
    room = await client.rooms.create(name=f"lesson-{number}")
    return {"token": client.tokens.auth(room.id, "guest", user_id=user_id)}


# --8<-- [end:app]
