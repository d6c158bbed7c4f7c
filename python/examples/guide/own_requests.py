"""The same calls with requests and PyJWT, and with this package: `python own_requests.py`."""

# The types of PyJWT are incomplete, and answers of requests have none.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false

from __future__ import annotations

# --8<-- [start:before]
import os
import time
import uuid
from typing import Any

import jwt
import requests
from requests.adapters import HTTPAdapter
from urllib3.util import Retry

session = requests.Session()
session.mount("https://", HTTPAdapter(max_retries=Retry(2, status_forcelist=[502, 503, 504])))


def management_token() -> str:
    """Sign a token for the API."""
    now = int(time.time())
    claims = {
        "access_key": os.environ["HMS_ACCESS_KEY"],
        "type": "management",
        "version": 2,
        "jti": str(uuid.uuid4()),
        "iat": now,
        "nbf": now,
        "exp": now + 86400,
    }
    return jwt.encode(claims, os.environ["HMS_SECRET"], algorithm="HS256")


def call(method: str, path: str, **options: Any) -> Any:
    """Send a request, and return its JSON."""
    url = os.environ.get("HMS_BASE_URL", "https://api.100ms.live/v2") + path
    headers = {"authorization": f"Bearer {management_token()}"}
    response = session.request(method, url, headers=headers, timeout=30, **options)
    response.raise_for_status()
    return response.json()


def open_lesson_before(name: str) -> list[str]:
    """Create a room, and return the names of all rooms."""
    call("POST", "/rooms", json={"name": name})
    names: list[str] = []
    query: dict[str, str] = {}
    while True:
        page = call("GET", "/rooms", params=query)
        names += [room["name"] for room in page["data"] or []]
        if not page.get("last"):
            return names
        query = {"start": page["last"]}


def room_before(room_id: str) -> dict[str, Any] | None:
    """Return a room, if it exists."""
    try:
        room: dict[str, Any] = call("GET", f"/rooms/{room_id}")
    except requests.HTTPError as error:
        if error.response.status_code == 404:
            return None
        raise
    return room


# --8<-- [end:before]

# --8<-- [start:after]
import hundredms  # noqa: E402 - the other part needs it not
from hundredms.models import Room  # noqa: E402


def open_lesson(client: hundredms.Client, name: str) -> list[str]:
    """Create a room, and return the names of all rooms."""
    client.rooms.create(name=name)
    return [room.name for room in client.rooms.list()]


def find_room(client: hundredms.Client, room_id: str) -> Room | None:
    """Return a room, if it exists."""
    try:
        return client.rooms.get(room_id)
    except hundredms.NotFoundError:
        return None


# --8<-- [end:after]


def main() -> None:
    """Do the same in both ways."""
    missing = "66b2d2105c803b002ae4f611"
    print(open_lesson_before("physics-7"), room_before(missing))
    with hundredms.Client() as client:
        print(open_lesson(client, "physics-7"), find_room(client, missing))


if __name__ == "__main__":
    main()
