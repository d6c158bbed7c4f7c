"""One client of the benchmark: does the work that it is sent, and reports the cost.

`cargo xtask bench` starts it: `python worker.py CLIENT SERVER CONTROL`. It connects to CONTROL (host:port), reads one JSON
object a line, `{"work": "room", "in_flight": 32, "count": 100, "seconds": 1}` or with `"calls"` in place of `"seconds"`, and
answers each with `{"calls", "seconds", "cpu", "main", "memory"}`: seconds and bytes. It checks one response before it measures.
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
ENOUGH = 4096

Work = Callable[[], Any]


def path(name: str, count: int) -> str:
    return {"room": f"/rooms/{ROOM}", "page": f"/rooms?name={count}"}[name]


async def hundredms_async(server: str) -> Callable[[str, int], Callable[[], Awaitable[object]]]:
    import hundredms

    client = hundredms.AsyncClient(**KEYS, base_url=server)

    def work(name: str, count: int) -> Callable[[], Awaitable[object]]:
        pager = client.rooms.list(name=str(count))
        return {"room": lambda: client.rooms.get(ROOM), "page": pager.first_page}[name]

    return work


async def aiohttp_async(server: str) -> Callable[[str, int], Callable[[], Awaitable[object]]]:
    import aiohttp

    session = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=ENOUGH), headers=HEADERS)

    def work(name: str, count: int) -> Callable[[], Awaitable[object]]:
        url = server + path(name, count)

        async def get() -> object:
            async with session.get(url) as answer:
                return await answer.json()

        return get

    return work


async def httpx_async(server: str) -> Callable[[str, int], Callable[[], Awaitable[object]]]:
    import httpx

    limits = httpx.Limits(max_connections=ENOUGH, max_keepalive_connections=ENOUGH)
    client = httpx.AsyncClient(headers=HEADERS, limits=limits, timeout=60)

    def work(name: str, count: int) -> Callable[[], Awaitable[object]]:
        url = server + path(name, count)

        async def get() -> object:
            return (await client.get(url)).json()

        return get

    return work


async def pyreqwest_async(server: str) -> Callable[[str, int], Callable[[], Awaitable[object]]]:
    from pyreqwest.client import ClientBuilder

    client = ClientBuilder().no_proxy().default_headers(HEADERS).build()

    def work(name: str, count: int) -> Callable[[], Awaitable[object]]:
        url = server + path(name, count)

        async def get() -> object:
            return await (await client.get(url).build().send()).json()

        return get

    return work


def hundredms_blocking(server: str) -> Callable[[str, int], Work]:
    import hundredms

    client = hundredms.Client(**KEYS, base_url=server)

    def work(name: str, count: int) -> Work:
        return {
            "room": lambda: client.rooms.get(ROOM),
            "token": lambda: client.tokens.auth(ROOM, "host", user_id="ada"),
        }[name]

    return work


def requests_blocking(server: str) -> Callable[[str, int], Work]:
    import requests

    session = requests.Session()
    session.headers.update(HEADERS)

    def work(name: str, count: int) -> Work:
        url = server + path(name, count)
        return lambda: session.get(url).json()

    return work


def pyjwt_blocking(_server: str) -> Callable[[str, int], Work]:
    import uuid

    import jwt

    def create() -> str:
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

    return lambda _name, _count: create


ASYNC = {
    "hundredms": hundredms_async,
    "aiohttp": aiohttp_async,
    "httpx": httpx_async,
    "pyreqwest": pyreqwest_async,
}
BLOCKING = {
    "hundredms": hundredms_blocking,
    "requests": requests_blocking,
    "PyJWT": pyjwt_blocking,
}


def check(answer: object, order: dict[str, Any]) -> None:
    """Fail unless a response is the right one."""
    work, count = order["work"], order["count"]
    # Models have the fields of the JSON objects.
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
        raise AssertionError(f"{sys.argv[1]}: wrong response to {work} of {count}: {answer!r:.200}")


def memory() -> int:
    with open("/proc/self/statm", encoding="ascii") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def main_thread() -> float:
    """Return the seconds that this thread has run."""
    with open(f"/proc/self/task/{threading.get_native_id()}/schedstat", encoding="ascii") as file:
        return int(file.read().split()[0]) / 1e9


class Measured:
    """Measures from its creation to `finish`."""

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

    def finish(self) -> dict[str, float]:
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
    return measured.finish()


def one_by_one(call: Work, order: dict[str, Any]) -> dict[str, float]:
    measured = Measured(order)
    while measured.more():
        call()
    return measured.finish()


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
            measured = loop.run_until_complete(keep_in_flight(call, order))
        else:
            work = works(order["work"], order["count"])
            check(work(), order)
            measured = one_by_one(work, order)
        lines.write(json.dumps(measured) + "\n")
        lines.flush()
    # Clients are left open: the process ends here.
    os._exit(0)


if __name__ == "__main__":
    main()
