"""Exports the finished sessions with aiohttp and pyarrow, as one would write it by hand: no retries, no checks."""

from __future__ import annotations

import asyncio
import sys
from datetime import datetime
from typing import Any

import aiohttp
import pyarrow as pa
import pyarrow.parquet as pq
from peak import report

path, base_url, _, _, token = sys.argv[1:]

TIME = pa.timestamp("us", tz="UTC")
TEXTS = ["id", "session_id", "name", "role", "user_id", "user"]
PEER = pa.struct([*((name, pa.string()) for name in TEXTS), ("joined_at", TIME), ("left_at", TIME)])
SCHEMA = pa.schema(
    [
        *((name, pa.string()) for name in ("id", "room_id", "customer_id", "app_id")),
        ("active", pa.bool_()),
        ("peers", pa.list_(PEER)),
        ("created_at", TIME),
        ("updated_at", TIME),
    ]
)
GROUP_ROWS = 100_000


def with_times(row: dict[str, Any], *names: str) -> dict[str, Any]:
    """Read the times of a row."""
    for name in names:
        text = row.get(name)
        row[name] = datetime.fromisoformat(text) if text else None
    return row


def batch_of(sessions: list[dict[str, Any]]) -> pa.RecordBatch:
    """Return the rows of a page."""
    for session in sessions:
        peers = session.get("peers", {}).values()
        session["peers"] = [with_times(peer, "joined_at", "left_at") for peer in peers]
        with_times(session, "created_at", "updated_at")
    return pa.RecordBatch.from_pylist(sessions, SCHEMA)


async def export() -> int:
    """Write the file, and return its rows."""
    rows, batches, waiting = 0, [], 0
    params = {"active": "false", "limit": "100"}
    headers = {"Authorization": f"Bearer {token}"}
    with pq.ParquetWriter(path, SCHEMA, compression="zstd") as file:
        async with aiohttp.ClientSession(headers=headers) as http:
            while True:
                async with http.get(f"{base_url}/sessions", params=params) as response:
                    response.raise_for_status()
                    page = await response.json()
                if page["data"]:
                    batches.append(batch_of(page["data"]))
                    waiting += len(page["data"])
                if waiting >= GROUP_ROWS or not page.get("last"):
                    file.write_table(pa.Table.from_batches(batches, SCHEMA), GROUP_ROWS)
                    rows, batches, waiting = rows + waiting, [], 0
                if not page.get("last"):
                    return rows
                params["start"] = page["last"]


report(lambda: asyncio.run(export()))
