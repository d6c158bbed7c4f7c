"""Give users of a Flask app tokens for their lessons: `flask --app flask_tokens run`."""

from __future__ import annotations

# --8<-- [start:app]
from functools import cache

from flask import Flask, request

import hundredms


@cache
def get_client() -> hundredms.Client:
    """Make the client of this process at its first call."""
    return hundredms.Client()


app = Flask(__name__)


@app.post("/lessons/<int:number>/token")
def join(number: int) -> dict[str, str]:
    """Return a token with which the user joins a lesson."""
    user_id = request.headers.get("x-user-id", "")  # In your app: from the session.
    room = get_client().rooms.create(name=f"lesson-{number}")
    return {"token": get_client().tokens.auth(room.id, "guest", user_id=user_id)}


# --8<-- [end:app]
