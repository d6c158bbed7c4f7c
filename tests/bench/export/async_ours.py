"""Exports the finished sessions with the async client."""

from __future__ import annotations

import asyncio
import sys

import hundredms
from peak import report

path, base_url, access_key, secret, _ = sys.argv[1:]


async def export() -> int:
    """Write the file, and return its rows."""
    async with hundredms.AsyncClient(access_key, secret, base_url=base_url) as client:
        return await client.sessions.list(active=False).to_parquet(path)


report(lambda: asyncio.run(export()))
