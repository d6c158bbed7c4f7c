"""How many webhooks one core takes: verified, parsed, and given to their handlers.

Beside it, in the same run, what a handler written by hand reaches that reads the body with `json.loads` and
compares the header: it checks no fields, types nothing and handles duplicates twice. Both take the same events,
one of each type in the contract, from memory: no server is measured.

python tests/bench/python/webhooks.py
"""

from __future__ import annotations

import asyncio
import gc
import hmac
import json
import os
import statistics
import sys
import time
from pathlib import Path

from hundredms import webhooks

LEAST = 30_000
EXAMPLES = Path(__file__).parents[2] / "contract" / "webhook-examples"
SECRET = "a long random text"
HEADERS = [
    ("host", "hooks.example"),
    ("content-type", "application/json"),
    ("content-length", "500"),
    ("user-agent", "Go-http-client/2.0"),
    ("accept-encoding", "gzip"),
    ("x-webhook-secret", SECRET),
]
ROUNDS = 7
EVENTS = 32_000


def bodies() -> list[bytes]:
    """Give events of all types, each with an id of its own."""
    examples = [json.loads(path.read_bytes()) for path in sorted(EXAMPLES.glob("*.json"))]
    return [
        json.dumps({**examples[number % len(examples)], "id": f"event-{number}"}, separators=(",", ":")).encode()
        for number in range(EVENTS)
    ]


def measure(take, events: list[bytes]) -> float:
    gc.collect()
    begun = time.perf_counter()
    take(events)
    return len(events) / (time.perf_counter() - begun)


def with_hundredms(events: list[bytes]) -> None:
    receiver = webhooks.Receiver(headers={"x-webhook-secret": SECRET})
    seen = []
    for name in (path.stem for path in EXAMPLES.glob("*.json")):
        receiver.on(name)(lambda event: seen.append(event.data.room_id))
    handle = receiver.handle
    for body in events:
        assert handle(body, HEADERS, "127.0.0.1").status == 200
    assert len(seen) == len(events)


def with_hundredms_async(events: list[bytes]) -> None:
    receiver = webhooks.Receiver(headers={"x-webhook-secret": SECRET})
    seen = []

    async def handler(event) -> None:
        seen.append(event.data.room_id)

    for name in (path.stem for path in EXAMPLES.glob("*.json")):
        receiver.on(name)(handler)

    async def main() -> None:
        handle = receiver.handle_async
        for body in events:
            assert (await handle(body, HEADERS, "127.0.0.1")).status == 200

    asyncio.run(main())
    assert len(seen) == len(events)


def parsed(events: list[bytes]) -> None:
    for body in events:
        webhooks.parse(body)


def by_hand(events: list[bytes]) -> None:
    seen = []
    handlers = {path.stem: lambda event: seen.append(event["data"]["room_id"]) for path in EXAMPLES.glob("*.json")}
    for body in events:
        sent = next((value for name, value in HEADERS if name.lower() == "x-webhook-secret"), "")
        if not hmac.compare_digest(sent, SECRET):
            continue
        event = json.loads(body)
        handlers[event["type"]](event)
    assert len(seen) == len(events)


def main() -> int:
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {0})
    events = bodies()
    ways = {
        "hundredms: verify, parse, once, route": with_hundredms,
        "hundredms: the same, async handlers": with_hundredms_async,
        "hundredms: parse alone": parsed,
        "by hand: header, json.loads, route": by_hand,
    }
    rounds = [{name: measure(take, events) for name, take in ways.items()} for _ in range(ROUNDS)]
    figures = {name: statistics.median(one[name] for one in rounds) for name in ways}
    size = sum(map(len, events)) / len(events)
    print(f"{len(events)} events of {size:.0f} bytes on average, median of {ROUNDS} rounds, one core")
    for name, figure in figures.items():
        print(f"{figure:>10,.0f} events/s  {name}")
    return 0 if figures["hundredms: verify, parse, once, route"] >= LEAST else 1


if __name__ == "__main__":
    sys.exit(main())
