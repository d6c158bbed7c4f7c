"""Reads a window of sessions as a table.

The workers of Dask, Ray, Spark and Celery import this module. So each process has one client, which
is made when the process needs it: nothing of it is pickled, and none crosses a fork.
"""

from __future__ import annotations

import os
from functools import cache

import pyarrow as pa

import hundredms


# --8<-- [start:client]
@cache
def client() -> hundredms.Client:
    """Return the client of this process, with the credentials of its environment.

    All processes share the rate limit. Waiting for it counts against the timeout.
    """
    return hundredms.Client(
        rate_limit=float(os.environ.get("RATE_LIMIT", "50")),
        rate_limit_redis=os.environ.get("REDIS_URL", "redis://localhost:6379"),
        timeout=300,
    )


# --8<-- [end:client]


# --8<-- [start:table]
SCHEMA = pa.schema(
    {
        "id": pa.string(),
        "room_id": pa.string(),
        "created_at": pa.timestamp("us", "UTC"),
        "updated_at": pa.timestamp("us", "UTC"),
    }
)


def read_window(window: hundredms.SessionWindow) -> pa.Table:
    """Return the sessions of a window that have ended."""
    sessions = client().sessions.list_window(window, active=False)
    return sessions.to_arrow().select(SCHEMA.names)


# --8<-- [end:table]
