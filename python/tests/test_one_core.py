"""On a single core, an event loop is woken when the thread that makes the calls is idle."""

from __future__ import annotations

import os
from collections.abc import Callable
from subprocess import CompletedProcess

import pytest

Run = Callable[..., CompletedProcess[str]]

PROGRAM = """
import asyncio, os, threading
os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
import hundredms
seen = []
async def main(name):
    async with hundredms.AsyncClient(on_response=lambda seen_: seen.append((name, seen_.call))) as client:
        rooms = [client.rooms.create(name=f"{name}-{number}") for number in range(200)]
        rooms = await asyncio.gather(*rooms)
        assert {room.name for room in rooms} == {f"{name}-{number}" for number in range(200)}
        given_up = asyncio.ensure_future(client.rooms.get(rooms[0].id))
        await asyncio.sleep(0)
        given_up.cancel()
        large, small, one = await asyncio.gather(
            client.rooms.list(limit=100).first_page(),
            client.rooms.list(limit=10).first_page(),
            client.rooms.get(rooms[0].id),
        )
        assert (len(large.data), len(small.data), one) == (100, 10, rooms[0])
        raw = await client.call_raw("rooms.list", {"limit": 100})
        assert len(raw.body) > 16384, len(raw.body)
        try:
            await given_up
        except asyncio.CancelledError:
            pass
threads = [threading.Thread(target=asyncio.run, args=(main(name),)) for name in ("a", "b")]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
assert len(set(seen)) >= 408, len(set(seen))
print("done")
"""


@pytest.mark.skipif(not hasattr(os, "sched_setaffinity"), reason="cores are chosen on Linux alone")
def test_calls_side_by_side_large_pages_hooks_and_cancelled_calls(run_script: Run) -> None:
    ended = run_script(PROGRAM)
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "done\n", "")
