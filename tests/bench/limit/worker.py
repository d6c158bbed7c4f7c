"""Creates rooms as fast as the shared limit allows: one process of `limit-bench`.

Reads `{"client": options, "count": n}` from standard input, waits for a line, and prints the seconds and the failures.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time

import hundredms


async def main() -> None:
    """Create the rooms."""
    plan = json.loads(sys.stdin.readline())
    client = hundredms.AsyncClient(**plan["client"], timeout=120)
    print("ready", flush=True)
    sys.stdin.readline()
    begun, failed = time.monotonic(), 0
    run = client.map(
        lambda _: client.rooms.create(), range(plan["count"]), concurrency=16, ordered=False
    )
    async for done in run:
        failed += done.error is not None
    print(json.dumps({"seconds": time.monotonic() - begun, "failed": failed}), flush=True)


asyncio.run(main())
