"""Calls per second of this package and of its peers, in one run: the client on one core, the fixed server on the other.

    python tests/bench/python/calls.py PATH_OF_THE_FIXED_SERVER [--seconds 3] [--rounds 3]

Needs hundredms, aiohttp, httpx, requests and PyJWT. Each figure is the median of the rounds; peers take turns in each.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable

import aiohttp
import httpx
import jwt
import requests

import hundredms

IN_FLIGHT = 32
KEYS = {"access_key": "65f0aa11bb22cc33dd44ee55", "secret": "benchmark-secret-0123456789abcdef"}
HEADERS = {"authorization": "Bearer x", "accept": "application/json"}
ROOM = "66b2d2105c803b002a000007"


async def in_flight(call: Callable[[], Awaitable[object]], seconds: float) -> float:
    """Keep 32 calls in flight and give the calls per second."""
    done = 0
    begun = time.perf_counter()
    until = begun + seconds

    async def worker() -> None:
        nonlocal done
        while time.perf_counter() < until:
            await call()
            done += 1

    await asyncio.gather(*(worker() for _ in range(IN_FLIGHT)))
    return done / (time.perf_counter() - begun)


def one_by_one(call: Callable[[], object], seconds: float) -> float:
    """Make one call after the other and give the calls per second."""
    done = 0
    begun = time.perf_counter()
    until = begun + seconds
    while time.perf_counter() < until:
        call()
        done += 1
    return done / (time.perf_counter() - begun)


async def with_hundredms(base: str, seconds: float) -> tuple[float, float]:
    async with hundredms.AsyncClient(**KEYS, base_url=base) as client:
        await in_flight(lambda: client.rooms.get(ROOM), 0.5)
        room = await in_flight(lambda: client.rooms.get(ROOM), seconds)
        pager = client.rooms.list()
        return room, await in_flight(pager.first_page, seconds)


async def with_aiohttp(base: str, seconds: float) -> tuple[float, float]:
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=IN_FLIGHT)) as session:

        async def get(path: str) -> object:
            async with session.get(base + path, headers=HEADERS) as answer:
                return await answer.json()

        await in_flight(lambda: get(f"/rooms/{ROOM}"), 0.5)
        room = await in_flight(lambda: get(f"/rooms/{ROOM}"), seconds)
        return room, await in_flight(lambda: get("/rooms?limit=100"), seconds)


async def with_httpx(base: str, seconds: float) -> tuple[float, float]:
    async with httpx.AsyncClient(headers=HEADERS) as client:

        async def get(path: str) -> object:
            return (await client.get(base + path)).json()

        await in_flight(lambda: get(f"/rooms/{ROOM}"), 0.5)
        room = await in_flight(lambda: get(f"/rooms/{ROOM}"), seconds)
        return room, await in_flight(lambda: get("/rooms?limit=100"), seconds)


def blocking_hundredms(base: str, seconds: float) -> float:
    with hundredms.Client(**KEYS, base_url=base) as client:
        client.rooms.get(ROOM)
        return one_by_one(lambda: client.rooms.get(ROOM), seconds)


def blocking_requests(base: str, seconds: float) -> float:
    with requests.Session() as session:
        session.headers.update(HEADERS)
        get = lambda: session.get(f"{base}/rooms/{ROOM}").json()  # noqa: E731
        get()
        return one_by_one(get, seconds)


def blocking_httpx(base: str, seconds: float) -> float:
    with httpx.Client(headers=HEADERS) as client:
        get = lambda: client.get(f"{base}/rooms/{ROOM}").json()  # noqa: E731
        get()
        return one_by_one(get, seconds)


def tokens_hundredms(seconds: float) -> float:
    client = hundredms.Client(**KEYS)
    return one_by_one(lambda: client.tokens.auth(ROOM, "host", user_id="ada"), seconds)


def tokens_pyjwt(seconds: float) -> float:
    import uuid

    def mint() -> str:
        now = int(time.time())
        claims = {
            "access_key": KEYS["access_key"],
            "room_id": ROOM,
            "user_id": "ada",
            "role": "host",
            "type": "app",
            "version": 2,
            "jti": str(uuid.uuid4()),
            "iat": now - 10,
            "nbf": now - 10,
            "exp": now + 86400,
        }
        return jwt.encode(claims, KEYS["secret"], algorithm="HS256")

    return one_by_one(mint, seconds)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("server", help="the fixed server; prints its base URL")
    parser.add_argument("--seconds", type=float, default=3)
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    seconds = arguments.seconds
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {0})
    server = subprocess.Popen(
        ["taskset", "-c", "1", arguments.server], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert server.stdout is not None
    base = server.stdout.readline().split()[-1]
    figures: dict[str, list[float]] = {}

    def note(name: str, figure: float) -> None:
        figures.setdefault(name, []).append(figure)

    try:
        for _ in range(arguments.rounds):
            for name, measure in (
                ("hundredms", with_hundredms),
                ("aiohttp", with_aiohttp),
                ("httpx", with_httpx),
            ):
                room, page = asyncio.run(measure(base, seconds))
                note(f"room, 32 in flight: {name}", room)
                note(f"page of 100, 32 in flight: {name}", page)
            note("room, blocking: hundredms", blocking_hundredms(base, seconds))
            note("room, blocking: requests", blocking_requests(base, seconds))
            note("room, blocking: httpx", blocking_httpx(base, seconds))
            note("client tokens: hundredms", tokens_hundredms(1))
            note("client tokens: PyJWT", tokens_pyjwt(1))
    finally:
        server.kill()
    medians = {name: statistics.median(values) for name, values in figures.items()}
    for name, figure in sorted(medians.items()):
        print(f"{figure:>10,.0f}/s  {name}")
    failed = False
    for what, ours, theirs, bar in (
        ("room against aiohttp", "room, 32 in flight: hundredms", "room, 32 in flight: aiohttp", 3),
        ("room against httpx", "room, 32 in flight: hundredms", "room, 32 in flight: httpx", 25),
        (
            "page against aiohttp",
            "page of 100, 32 in flight: hundredms",
            "page of 100, 32 in flight: aiohttp",
            1.4,
        ),
        ("blocking against requests", "room, blocking: hundredms", "room, blocking: requests", 5),
        ("tokens against PyJWT", "client tokens: hundredms", "client tokens: PyJWT", 4),
    ):
        ratio = medians[ours] / medians[theirs]
        failed |= ratio < bar
        print(f"{ratio:>9.2f} x  {what} (at least {bar})")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
