"""Remember handled webhooks in SQLite: a store of your own."""

from __future__ import annotations

# --8<-- [start:imports]
import os
import sqlite3
import time
from contextlib import closing, suppress
from pathlib import Path

from hundredms import webhooks

# --8<-- [end:imports]

# --8<-- [start:store]
TABLE = """
CREATE TABLE IF NOT EXISTS webhooks (id TEXT PRIMARY KEY, owner TEXT, until REAL NOT NULL);
CREATE INDEX IF NOT EXISTS webhooks_until ON webhooks (until);
"""  # The owner of an event that is done is NULL.

CLAIM = """
INSERT INTO webhooks (id, owner, until) VALUES (:id, :owner, :until)
ON CONFLICT (id) DO UPDATE SET owner = excluded.owner, until = excluded.until
WHERE webhooks.until <= :now OR webhooks.owner = excluded.owner
"""  # One statement, so that one process alone gets the event.

DONE = """
INSERT INTO webhooks (id, owner, until) VALUES (:id, NULL, :until)
ON CONFLICT (id) DO UPDATE SET owner = NULL, until = excluded.until
"""


class SqliteStore(webhooks.Store):
    """Remembers events in a file, for all processes of this machine."""

    def __init__(self, path: str | Path) -> None:
        self._path = path
        with closing(self._connect()) as database:
            database.executescript(TABLE)

    def _connect(self) -> sqlite3.Connection:
        # `timeout` limits how long a method waits. Each statement commits by itself.
        return sqlite3.connect(self._path, timeout=2, isolation_level=None)

    def claim(self, id: str, owner: str, lease: float) -> webhooks.Claim:
        """Claim an event for `lease` seconds, if it is free."""
        now = time.time()
        claim = {"id": id, "owner": owner, "until": now + lease, "now": now}
        with closing(self._connect()) as database:
            while database.execute(CLAIM, claim).rowcount == 0:
                found = database.execute("SELECT owner FROM webhooks WHERE id = ?", [id]).fetchone()
                if found is not None:  # Else it was released meanwhile.
                    return "done" if found[0] is None else "in_progress"
        return "new"

    def done(self, id: str, ttl: float) -> None:
        """Remember for `ttl` seconds that an event was handled, and forget what has expired."""
        now = time.time()
        with closing(self._connect()) as database:
            database.execute(DONE, {"id": id, "until": now + ttl})
            with suppress(sqlite3.Error):  # It is done all the same.
                database.execute("DELETE FROM webhooks WHERE until <= ?", [now])

    def release(self, id: str, owner: str) -> None:
        """Release an event, unless another owner has it."""
        with closing(self._connect()) as database:
            database.execute("DELETE FROM webhooks WHERE id = ? AND owner = ?", [id, owner])


store = SqliteStore(os.environ.get("WEBHOOKS_FILE", "webhooks.db"))
headers = {"x-webhook-secret": os.environ["HMS_WEBHOOK_SECRET"]}
receiver = webhooks.Receiver(headers=headers, store=store)
# --8<-- [end:store]
