"""Makes many calls at once through faults: a plan on standard input, a report on standard output."""

from __future__ import annotations

import asyncio
import collections
import json
import os
import sys
import time
from pathlib import Path
from typing import Any

import hundredms


def sample() -> dict[str, int]:
    """Tell what this process holds."""
    lines = Path("/proc/self/status").read_text().splitlines()
    status = dict(line.split(":", 1) for line in lines)
    return {
        "files": len(os.listdir("/proc/self/fd")),
        "threads": int(status["Threads"]),
        "memory_kb": int(status["VmRSS"].split()[0]),
    }


async def main() -> None:
    plan: dict[str, Any] = json.load(sys.stdin)
    calls: int = plan["calls"]
    outcomes = bytearray(b"." * calls)
    errors: collections.Counter[str] = collections.Counter()
    samples: list[dict[str, int]] = []
    numbers = iter(range(calls))
    done = 0

    async def one(client: hundredms.AsyncClient, number: int) -> None:
        words = f"soak-{number}"
        if number % 2 == 0:
            await client.rooms.get(plan["room"])
        elif number % 4 == 1:
            await client.rooms.create(description=words, name=words)
        else:
            await client.rooms.create(description=words)

    async def worker(client: hundredms.AsyncClient) -> None:
        nonlocal done
        for number in numbers:
            try:
                await one(client, number)
                outcome = "o"
            except hundredms.HundredMsError as error:
                errors[error.kind] += 1
                # What may be repeated says nothing of doubt when its tries are used up.
                outcome = "m" if error.may_have_applied or number % 4 == 1 else "n"
            outcomes[number] = ord(outcome)
            done += 1
            if done % max(calls // 5, 1) == 0:
                samples.append(sample())

    began = time.monotonic()
    async with hundredms.AsyncClient(**plan["client"]) as client:
        await asyncio.gather(*(worker(client) for _ in range(plan["in_flight"])))
    report = {
        "outcomes": outcomes.decode(),
        "errors": errors,
        "samples": samples,
        "seconds": time.monotonic() - began,
    }
    print(json.dumps(report))


asyncio.run(main())
