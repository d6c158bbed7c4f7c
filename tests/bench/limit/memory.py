"""Maps a million items from a generator, and prints the peak of the memory after a tenth of them and at the end, in MB."""

from __future__ import annotations

import asyncio
import resource
import sys

import hundredms

ITEMS = 1_000_000


def peak() -> float:
    """Return the peak of the memory in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def blocking(client: hundredms.Client) -> list[float]:
    """Map with threads."""
    peaks = []
    for done in client.map(lambda item: item, (str(item) for item in range(ITEMS))):
        if done.index + 1 in (ITEMS // 10, ITEMS):
            peaks.append(peak())
    return peaks


async def in_a_loop(client: hundredms.AsyncClient) -> list[float]:
    """Map with tasks."""
    peaks = []

    async def call(item: str) -> str:
        await asyncio.sleep(0)
        return item

    async for done in client.map(call, (str(item) for item in range(ITEMS))):
        if done.index + 1 in (ITEMS // 10, ITEMS):
            peaks.append(peak())
    return peaks


if sys.argv[1] == "blocking":
    print(*blocking(hundredms.Client("key", "secret")))
else:
    print(*asyncio.run(in_a_loop(hundredms.AsyncClient("key", "secret"))))
