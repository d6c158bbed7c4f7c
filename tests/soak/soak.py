"""Makes many calls at once through faults: a plan on standard input, a report on standard output.

Usage: python soak.py blocking|async.
"""

from __future__ import annotations

import asyncio
import collections
import json
import os
import sys
import threading
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


class Soak:
    """The calls, and what came of them; shared by all who make calls."""

    def __init__(self, plan: dict[str, Any]) -> None:
        self.plan = plan
        self.numbers = iter(range(plan["calls"]))
        self.outcomes = bytearray(b"." * plan["calls"])
        self.errors: collections.Counter[str] = collections.Counter()
        self.samples: list[dict[str, int]] = []
        self.done = 0
        self.lock = threading.Lock()

    def call(self, client: Any, number: int) -> Any:
        """Make a call, or give what is to be awaited."""
        words = f"soak-{number}"
        if number % 2 == 0:
            return client.rooms.get(self.plan["room"])
        if number % 4 == 1:
            return client.rooms.create(description=words, name=words)
        return client.rooms.create(description=words)

    def ended(self, number: int, error: hundredms.HundredmsError | None) -> None:
        """Note how a call ended."""
        with self.lock:
            if error is None:
                outcome = "o"
            else:
                self.errors[error.kind] += 1
                outcome = "m" if error.may_have_applied else "n"
            self.outcomes[number] = ord(outcome)
            self.done += 1
            if self.done % self.plan["sample_every"] == 0:
                self.samples.append(sample())

    def blocking(self) -> None:
        with hundredms.Client(**self.plan["client"]) as client:

            def work() -> None:
                for number in self.numbers:
                    try:
                        self.call(client, number)
                    except hundredms.HundredmsError as error:
                        self.ended(number, error)
                    else:
                        self.ended(number, None)

            workers = [threading.Thread(target=work) for _ in range(self.plan["in_flight"])]
            for worker in workers:
                worker.start()
            for worker in workers:
                worker.join()

    async def in_one_loop(self) -> None:
        async with hundredms.AsyncClient(**self.plan["client"]) as client:

            async def work() -> None:
                for number in self.numbers:
                    try:
                        await self.call(client, number)
                    except hundredms.HundredmsError as error:
                        self.ended(number, error)
                    else:
                        self.ended(number, None)

            await asyncio.gather(*(work() for _ in range(self.plan["in_flight"])))


def main() -> None:
    soak = Soak(json.load(sys.stdin))
    began = time.monotonic()
    if sys.argv[1:] == ["async"]:
        asyncio.run(soak.in_one_loop())
    else:
        soak.blocking()
    report = {
        "outcomes": soak.outcomes.decode(),
        "errors": soak.errors,
        "samples": soak.samples,
        "seconds": time.monotonic() - began,
    }
    print(json.dumps(report))


if __name__ == "__main__":
    main()
