"""Webhooks per second on one core: verified, parsed, and passed to their handlers.

They are compared with a handwritten handler, which reads the body with `json.loads` and compares the header: it
checks no fields, has no types and handles duplicates twice. All receive events of every type in the contract, from
memory: no server is measured.

`taskset -c 0 python tests/bench/python/webhooks.py [--rounds 7] [--seconds 1]` prints JSON; `cargo xtask bench` runs it
and compares it with its bar.
"""

from __future__ import annotations

import argparse
import gc
import hmac
import itertools
import json
import time
from collections.abc import Callable
from pathlib import Path

from hundredms import webhooks

EXAMPLES = [
    json.loads(path.read_bytes())
    for path in sorted((Path(__file__).parents[2] / "contract" / "webhook-examples").glob("*.json"))
]
TYPES = [example["type"] for example in EXAMPLES]
SECRET = "a long random text"
HEADERS = [
    ("host", "hooks.example"),
    ("content-type", "application/json"),
    ("content-length", "500"),
    ("user-agent", "Go-http-client/2.0"),
    ("accept-encoding", "gzip"),
    ("x-webhook-secret", SECRET),
]
BATCH = 3_200

HANDLE = "receiver.handle: verify, parse, route, once"
BY_HAND = "by hand: compare_digest, json.loads, route"

Take = Callable[[list[bytes]], None]


class Handled:
    """The ids of the events that were handled, in order."""

    def __init__(self) -> None:
        self.ids: list[str] = []


def with_hundredms(handled: Handled) -> Take:
    receiver = webhooks.Receiver(headers={"x-webhook-secret": SECRET})

    def handler(event) -> None:
        assert event.data.room_id
        handled.ids.append(event.id)

    for name in TYPES:
        receiver.on(name)(handler)

    def take(bodies: list[bytes]) -> None:
        handle = receiver.handle
        for body in bodies:
            assert handle(body, HEADERS, "127.0.0.1").status == 200

    return take


def received(handled: Handled) -> Take:
    receiver = webhooks.Receiver(headers={"x-webhook-secret": SECRET})

    def take(bodies: list[bytes]) -> None:
        receive = receiver.receive
        for body in bodies:
            handled.ids.append(receive(body, HEADERS, "127.0.0.1").id)

    return take


def by_hand(handled: Handled) -> Take:
    def handler(event) -> None:
        assert event["data"]["room_id"]
        handled.ids.append(event["id"])

    handlers = dict.fromkeys(TYPES, handler)

    def take(bodies: list[bytes]) -> None:
        for body in bodies:
            sent = next((value for name, value in HEADERS if name.lower() == "x-webhook-secret"), "")
            assert hmac.compare_digest(sent, SECRET)
            event = json.loads(body)
            handlers[event["type"]](event)

    return take


VARIANTS: dict[str, Callable[[Handled], Take]] = {
    HANDLE: with_hundredms,
    "receiver.receive: verify, parse": received,
    BY_HAND: by_hand,
}


def body(example: dict[str, object], name: str) -> bytes:
    """Write an event as the service sends it, without blanks."""
    return json.dumps({**example, "id": name}, separators=(",", ":")).encode()


def rate(take: Take, handled: Handled, seconds: float, numbers: itertools.count[int]) -> float:
    """Return the events per second of CPU time. Creating the bodies, each with its own id, is not counted."""
    done, worked = 0, 0.0
    while worked < seconds:
        ids = [f"{number:036}" for number in itertools.islice(numbers, BATCH)]
        bodies = [body(example, name) for name, example in zip(ids, itertools.cycle(EXAMPLES), strict=False)]
        handled.ids.clear()
        gc.collect()
        begun = time.process_time()
        take(bodies)
        worked += time.process_time() - begun
        done += len(bodies)
        assert handled.ids == ids, "not every event was handled once"
    return done / worked


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--seconds", type=float, default=1.0)
    options = parser.parse_args()
    size = sum(len(body(example, "0" * 36)) for example in EXAMPLES) // len(EXAMPLES)
    numbers = itertools.count()
    variants = []
    for name, make in VARIANTS.items():
        handled = Handled()
        variants.append((name, handled, make(handled)))
    rates: dict[str, list[float]] = {name: [] for name in VARIANTS}
    for number in range(options.rounds + 1):
        for name, handled, take in variants:
            measured = rate(take, handled, options.seconds, numbers)
            # The first round warms up.
            if number > 0:
                rates[name].append(measured)
    figures = [{"name": name, "rates": measured} for name, measured in rates.items()]
    print(json.dumps({"types": len(TYPES), "bytes": size, "handled": HANDLE, "by_hand": BY_HAND, "variants": figures}))


if __name__ == "__main__":
    main()
