"""One client of the benchmark, warm and waiting: does the work that it is told and says what it took.

`cargo xtask bench` starts it: `python worker.py CLIENT SERVER CONTROL`. It connects to CONTROL (host:port), reads one JSON
object a line, `{"work": "room", "in_flight": 32, "count": 100, "seconds": 1}` or with `"calls"` in place of `"seconds"`, and
answers each with `{"calls", "seconds", "cpu", "main", "memory"}`: seconds and bytes. It looks at one answer before it measures.
"""

from __future__ import annotations

import asyncio
import json
import os
import socket
import sys
import threading
import time
from collections.abc import Awaitable, Callable
from typing import Any

KEYS = {"access_key": "65f0aa11bb22cc33dd44ee55", "secret": "benchmark-secret-0123456789abcdef"}
HEADERS = {"authorization": "Bearer x", "accept": "application/json"}
ROOM = "66b2d2105c803b002a000007"
NEW = {"name": "physics-7", "description": "Waves and optics", "size": 100, "max_duration_seconds": 7200}
ENOUGH = 4096

Work = Callable[[], Any]


def path(name: str, count: int) -> str:
    return {"room": f"/rooms/{ROOM}", "page": f"/rooms?name={count}", "post": "/rooms"}[name]


async def hundredms_async(server: str) -> Callable[[str, int], Callable[[], Awaitable[object]]]:
    import hundredms

    client = hundredms.AsyncClient(**KEYS, base_url=server)

    def work(name: str, count: int) -> Callable[[], Awaitable[object]]:
        pager = client.rooms.list(name=str(count))
        return {
            "room": lambda: client.rooms.get(ROOM),
            "page": pager.first_page,
            "post": lambda: client.rooms.create(**NEW),
        }[name]

    return work


async def aiohttp_async(server: str) -> Callable[[str, int], Callable[[], Awaitable[object]]]:
    import aiohttp

    session = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=ENOUGH), headers=HEADERS)

    def work(name: str, count: int) -> Callable[[], Awaitable[object]]:
        url = server + path(name, count)

        async def get() -> object:
            async with session.get(url) as answer:
                return await answer.json()

        async def post() -> object:
            async with session.post(url, json=NEW) as answer:
                return await answer.json()

        return post if name == "post" else get

    return work


async def httpx_async(server: str) -> Callable[[str, int], Callable[[], Awaitable[object]]]:
    import httpx

    limits = httpx.Limits(max_connections=ENOUGH, max_keepalive_connections=ENOUGH)
    client = httpx.AsyncClient(headers=HEADERS, limits=limits, timeout=60)

    def work(name: str, count: int) -> Callable[[], Awaitable[object]]:
        url = server + path(name, count)

        async def get() -> object:
            return (await client.get(url)).json()

        async def post() -> object:
            return (await client.post(url, json=NEW)).json()

        return post if name == "post" else get

    return work


async def pyreqwest_async(server: str) -> Callable[[str, int], Callable[[], Awaitable[object]]]:
    from pyreqwest.client import ClientBuilder

    client = ClientBuilder().no_proxy().default_headers(HEADERS).build()

    def work(name: str, count: int) -> Callable[[], Awaitable[object]]:
        url = server + path(name, count)

        async def get() -> object:
            return await (await client.get(url).build().send()).json()

        async def post() -> object:
            return await (await client.post(url).body_json(NEW).build().send()).json()

        return post if name == "post" else get

    return work


def hundredms_blocking(server: str) -> Callable[[str, int], Work]:
    import hundredms

    client = hundredms.Client(**KEYS, base_url=server)

    def work(name: str, count: int) -> Work:
        pager = client.rooms.list(name=str(count))
        return {
            "room": lambda: client.rooms.get(ROOM),
            "page": pager.first_page,
            "post": lambda: client.rooms.create(**NEW),
            "token": lambda: client.tokens.auth(ROOM, "host", user_id="ada"),
        }[name]

    return work


def requests_blocking(server: str) -> Callable[[str, int], Work]:
    import requests

    session = requests.Session()
    session.headers.update(HEADERS)

    def work(name: str, count: int) -> Work:
        url = server + path(name, count)
        if name == "post":
            return lambda: session.post(url, json=NEW).json()
        return lambda: session.get(url).json()

    return work


def httpx_blocking(server: str) -> Callable[[str, int], Work]:
    import httpx

    client = httpx.Client(headers=HEADERS)

    def work(name: str, count: int) -> Work:
        url = server + path(name, count)
        if name == "post":
            return lambda: client.post(url, json=NEW).json()
        return lambda: client.get(url).json()

    return work


def pyjwt_blocking(_server: str) -> Callable[[str, int], Work]:
    import uuid

    import jwt

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

    return lambda _name, _count: mint


ASYNC = {
    "hundredms": hundredms_async,
    "aiohttp": aiohttp_async,
    "httpx": httpx_async,
    "pyreqwest": pyreqwest_async,
}
BLOCKING = {
    "hundredms": hundredms_blocking,
    "requests": requests_blocking,
    "httpx": httpx_blocking,
    "PyJWT": pyjwt_blocking,
}


def check(answer: object, order: dict[str, Any]) -> None:
    """Fail unless an answer is what was asked for."""
    work, count = order["work"], order["count"]
    # Models have what the objects of JSON have.
    fields = answer if isinstance(answer, dict) else {name: getattr(answer, name, None) for name in ("id", "data")}
    if work == "token":
        fits = isinstance(answer, str) and answer.count(".") == 2
    elif work == "page":
        rooms = fields.get("data")
        fits = isinstance(rooms, list) and len(rooms) == count
    else:
        room = fields.get("id")
        fits = isinstance(room, str) and room != ""
    if not fits:
        raise AssertionError(f"{sys.argv[1]}: no answer to {work} of {count}: {answer!r:.200}")


def memory() -> int:
    with open("/proc/self/statm", encoding="ascii") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def main_thread() -> float:
    """Seconds that this thread has run."""
    with open(f"/proc/self/task/{threading.get_native_id()}/schedstat", encoding="ascii") as file:
        return int(file.read().split()[0]) / 1e9


class Measured:
    """What passes from its making to `told`."""

    def __init__(self, order: dict[str, Any]) -> None:
        self.left = order.get("calls", 1 << 60)
        self.made = 0
        self.begun = (time.perf_counter(), time.process_time(), main_thread())
        self.until = self.begun[0] + order.get("seconds", 1e9)

    def more(self) -> bool:
        if self.made >= self.left or time.perf_counter() >= self.until:
            return False
        self.made += 1
        return True

    def told(self) -> dict[str, float]:
        seconds, cpu, main = (
            now - then
            for now, then in zip((time.perf_counter(), time.process_time(), main_thread()), self.begun, strict=True)
        )
        return {"calls": self.made, "seconds": seconds, "cpu": cpu, "main": main, "memory": memory()}


async def keep_in_flight(call: Callable[[], Awaitable[object]], order: dict[str, Any]) -> dict[str, float]:
    measured = Measured(order)

    async def lane() -> None:
        while measured.more():
            await call()

    await asyncio.gather(*(lane() for _ in range(order["in_flight"])))
    return measured.told()


def one_by_one(call: Work, order: dict[str, Any]) -> dict[str, float]:
    measured = Measured(order)
    while measured.more():
        call()
    return measured.told()


def main() -> None:
    style, name = sys.argv[1].split(":")
    server = sys.argv[2]
    host, port = sys.argv[3].split(":")
    control = socket.create_connection((host, int(port)))
    lines = control.makefile("rw", encoding="utf-8")
    loop = asyncio.new_event_loop()
    if style == "async":
        calls = loop.run_until_complete(ASYNC[name](server))
    else:
        works = BLOCKING[name](server)
    for line in lines:
        order = json.loads(line)
        if style == "async":
            call = calls(order["work"], order["count"])
            check(loop.run_until_complete(call()), order)
            told = loop.run_until_complete(keep_in_flight(call, order))
        else:
            work = works(order["work"], order["count"])
            check(work(), order)
            told = one_by_one(work, order)
        lines.write(json.dumps(told) + "\n")
        lines.flush()
    # Clients are left open on purpose: the process ends here.
    os._exit(0)


if __name__ == "__main__":
    main()
