"""Make many calls at once, with a limit on how many are in flight.

Run it with `python concurrency.py`. It reads HMS_ACCESS_KEY and HMS_SECRET. Prints:

    created 20 rooms, from lesson-01 to lesson-20
"""

from __future__ import annotations

# --8<-- [start:imports]
import asyncio
from collections.abc import Iterable

import hundredms
from hundredms.models import Room

# --8<-- [end:imports]


# --8<-- [start:create]
async def create_rooms(
    client: hundredms.AsyncClient, names: Iterable[str], at_once: int
) -> list[Room]:
    """Create rooms, at most `at_once` at a time, and return them in the order of their names."""
    slots = asyncio.Semaphore(at_once)

    async def create(name: str) -> Room:
        async with slots:
            return await client.rooms.create(name=name)

    return await asyncio.gather(*(create(name) for name in names))


# --8<-- [end:create]


async def main() -> None:
    """Create a room for each lesson."""
    async with hundredms.AsyncClient() as client:
        names = [f"lesson-{number:02}" for number in range(1, 21)]
        rooms = await create_rooms(client, names, at_once=5)
        print(f"created {len(rooms)} rooms, from {rooms[0].name} to {rooms[-1].name}")


if __name__ == "__main__":
    asyncio.run(main())
