"""Show the package in a few lines, as the READMEs do. It reads HMS_ACCESS_KEY and HMS_SECRET."""

from __future__ import annotations

import asyncio

# --8<-- [start:client]
import hundredms

with hundredms.Client() as client:  # HMS_ACCESS_KEY and HMS_SECRET
    room = client.rooms.create(name="physics-7")
    token = client.tokens.auth(room.id, "host", user_id="ada")
    print(f"{room.name} has a token of {len(token)} characters")

    for room in client.rooms.list(enabled=True):
        print(room.name)
# --8<-- [end:client]


async def main() -> None:
    """Use the async client."""
    # --8<-- [start:async]
    async with hundredms.AsyncClient() as client:
        room = await client.rooms.create(name="physics-8")
    # --8<-- [end:async]
    print(room.name)


asyncio.run(main())
