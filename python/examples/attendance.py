"""Keep a table of who was in which room, and for how long, from webhooks alone.

    HMS_WEBHOOK_SECRET=… uvicorn --app-dir examples --factory attendance:app

Webhooks arrive more than once, late, and in any order. Each event is handled once. A leave may
arrive before its join, so each writes what it knows to the same row.
"""

from __future__ import annotations

import os
import sqlite3
import threading
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.responses import JSONResponse

from hundredms import webhooks
from hundredms.webhooks import Event, events

if TYPE_CHECKING:
    from starlette.requests import Request

TABLES = """
CREATE TABLE IF NOT EXISTS attendance (
    peer_id TEXT PRIMARY KEY, room_id TEXT, user_id TEXT, joined_at TEXT, left_at TEXT
);
CREATE TABLE IF NOT EXISTS minutes (user_id TEXT PRIMARY KEY, seconds INTEGER, visits INTEGER);
"""


class Table:
    """The attendance table."""

    def __init__(self, path: str = ":memory:") -> None:
        self._database = sqlite3.connect(path, check_same_thread=False)
        self._database.executescript(TABLES)
        self._lock = threading.Lock()

    def came(self, join: events.PeerJoinSuccess) -> None:
        """Record that a peer joined."""
        with self._lock, self._database as database:
            database.execute(
                "INSERT INTO attendance VALUES (?, ?, ?, ?, NULL) "
                "ON CONFLICT (peer_id) DO UPDATE SET joined_at = excluded.joined_at",
                (join.peer_id, join.room_id, join.user_id, str(join.joined_at)),
            )

    def went(self, leave: events.PeerLeaveSuccess) -> None:
        """Record that a peer left. The sums are right because each event is handled once."""
        with self._lock, self._database as database:
            database.execute(
                "INSERT INTO attendance VALUES (?, ?, ?, ?, ?) "
                "ON CONFLICT (peer_id) DO UPDATE SET left_at = excluded.left_at",
                (
                    leave.peer_id,
                    leave.room_id,
                    leave.user_id,
                    str(leave.joined_at),
                    str(leave.left_at),
                ),
            )
            database.execute(
                "INSERT INTO minutes VALUES (?, ?, 1) ON CONFLICT (user_id) DO UPDATE "
                "SET seconds = seconds + excluded.seconds, visits = visits + 1",
                (leave.user_id, leave.duration or 0),
            )

    def rows(self) -> list[tuple[str, str, str, str, str | None]]:
        """Return peer, room, user, and when they joined and left."""
        with self._lock:
            return self._database.execute("SELECT * FROM attendance ORDER BY peer_id").fetchall()

    def minutes(self) -> dict[str, tuple[int, int]]:
        """Return the seconds and the visits of each user."""
        with self._lock:
            found = self._database.execute("SELECT user_id, seconds, visits FROM minutes")
            return {user: (seconds, visits) for user, seconds, visits in found}


def receiver(table: Table, secret: str, store: webhooks.Store | None = None) -> webhooks.Receiver:
    """Create the receiver. Several processes need one `RedisStore`."""
    receiver = webhooks.Receiver(headers={"x-webhook-secret": secret}, store=store)

    @receiver.on("peer.join.success")
    def came(event: Event[events.PeerJoinSuccess]) -> None:
        table.came(event.data)

    @receiver.on("peer.leave.success")
    def went(event: Event[events.PeerLeaveSuccess]) -> None:
        table.went(event.data)

    return receiver


def service(table: Table, receiver: webhooks.Receiver) -> Starlette:
    """Create the service: it receives webhooks, and shows the table."""

    async def show(request: Request) -> JSONResponse:
        return JSONResponse(table.rows())

    service = Starlette()
    service.router.add_route("/webhooks/100ms", receiver.starlette(), methods=["POST"])
    service.router.add_route("/attendance", show)
    return service


def app() -> Starlette:
    """Create the service with the settings of the environment."""
    table = Table(os.environ.get("ATTENDANCE", "attendance.db"))
    return service(table, receiver(table, os.environ["HMS_WEBHOOK_SECRET"]))
