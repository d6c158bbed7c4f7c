"""What is attacked in Python: does what it is told by name and a JSON object, and prints one JSON object.

Usage: python victim.py late|burst|show|record JSON, or victim.py serve ADAPTER.
"""

from __future__ import annotations

import asyncio
import collections
import json
import os
import pickle
import socket
import sys
import threading
import time
import traceback
from contextlib import suppress
from pathlib import Path
from typing import Any

import hundredms
from hundredms import webhooks

SECRET = "0123456789abcdef0123456789abcdef"

H: Any = hundredms


def megabytes(name: str) -> int:
    """Tell the memory of this process; 0 where the system does not."""
    with suppress(OSError):
        for line in Path("/proc/self/status").read_text().splitlines():
            if line.startswith(name):
                return int(line.split()[1]) >> 10
    return 0


def client(url: str, secret: str = SECRET, **options: Any) -> Any:
    return H.Client(
        "key", secret, base_url=url, auth_url=url, max_retries=0, proxy=False, **options
    )


def late(told: dict[str, Any]) -> dict[str, Any]:
    """Call a bad server so often at once, and meanwhile one that never answers."""
    deadline = 0.2
    given = {name: told[name] for name in ("max_response_bytes",) if told.get(name)}
    ended: list[str] = []
    took: list[float] = []
    before = megabytes("VmRSS")

    def call() -> None:
        one = client(told["bad"], timeout=told["timeout"], **given)
        begun = time.perf_counter()
        try:
            one.rooms.get("a")
            ended.append("ok")
        except H.HundredmsError as error:
            ended.append(error.kind)
        took.append(time.perf_counter() - begun)

    threads = [threading.Thread(target=call) for _ in range(told["calls"])]
    for thread in threads:
        thread.start()
    quiet = client(told["quiet"], timeout=deadline)
    most, end = 0.0, time.perf_counter() + told["seconds"]
    while time.perf_counter() < end:
        begun = time.perf_counter()
        with suppress(H.TimeoutError):
            quiet.rooms.get("a")
        most = max(most, time.perf_counter() - begun - deadline)
    for thread in threads:
        thread.join()
    return {
        "late_ms": int(most * 1000),
        "took_ms": int(max(took) * 1000),
        "ended": ended,
        "grown_mb": max(0, megabytes("VmHWM") - before),
    }


def burst(told: dict[str, Any]) -> dict[str, Any]:
    """Make so many calls at once, and see meanwhile whether a file can be opened."""

    async def main() -> dict[str, Any]:
        url = told["url"]
        one = H.AsyncClient("key", SECRET, base_url=url, proxy=False, timeout=60, max_retries=0)
        counts: collections.Counter[bool] = collections.Counter()
        shut_out, since = 0.0, None
        for call in asyncio.as_completed([one.rooms.get("a") for _ in range(told["calls"])]):
            try:
                await call
                counts[True] += 1
            except H.HundredmsError:
                counts[False] += 1
            try:
                os.close(os.open("/dev/null", 0))
                since = None
            except OSError:
                since = since or time.perf_counter()
                shut_out = max(shut_out, 0.001, time.perf_counter() - since)
        return {
            "done": counts[True],
            "failed": counts[False],
            "shut_out_ms": int(shut_out * 1000),
        }

    return asyncio.run(main())


class Shown:
    """Everything that a program could print, log or report."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.count = 0

    def value(self, value: object) -> None:
        self.count += 1
        self.parts += [repr(value), str(value)]

    def call(self, call: Any) -> None:
        try:
            self.value(call())
        except Exception as error:  # each is looked at
            self.error(error)

    def error(self, error: BaseException) -> None:
        self.count += 1
        self.parts += [str(error), repr(error), repr(error.args), repr(vars(error))]
        self.parts.append(pickle.dumps(error).decode("latin-1"))
        # As reporters show it, without the frames of this program.
        told = traceback.TracebackException.from_exception(error, capture_locals=True)
        seen: list[Any] = [told]
        while seen:
            one = seen.pop()
            for frame in one.stack:
                if frame.filename != __file__:
                    self.parts += [f"{frame.name}: {frame.locals}"]
            seen += [more for more in (one.__cause__, one.__context__) if more is not None]


def calls(one: Any, canary: str, shown: Shown) -> None:
    """Make calls with secrets in their arguments."""
    webhook = {
        "url": f"https://user:{canary}@hooks.example/x?key={canary}",
        "headers": {"x-key": canary},
    }
    shown.call(lambda: one.rooms.create(name="n", webhook=webhook))
    shown.call(
        lambda: one.external_streams.start(
            "r",
            rtmp_urls=[f"rtmp://live.example/{canary}"],
            meeting_url=f"https://meet.example/{canary}",
        )
    )
    shown.call(lambda: one.room_codes.auth_token(code="abc-defg-hij"))
    shown.call(lambda: one.rooms.update("a", description=canary, size=b""))
    raw = ["stream_keys.get", {"room_id": "a"}]
    shown.call(lambda: one.call_raw(*raw))
    for name in ("token", "auth", "passwd", "sig", "otp", "x"):
        body = {name: canary, "pairs": [{"name": name, "value": canary}], "deep": [[canary]]}
        shown.call(lambda: one.request("POST", "/x", query={name: canary}, body=body))  # noqa: B023
        shown.call(lambda: one.request("POST", "/x", body=json.dumps({name: canary})))  # noqa: B023
    shown.call(lambda: one.request("GET", f"/rooms/{canary}"))


def show(told: dict[str, Any]) -> dict[str, Any]:
    """Print whatever can be printed."""
    shown = Shown()
    secret, canary = told["secret"], told["canary"]
    seen: list[object] = []
    for url in told["urls"]:
        hooks: dict[str, Any] = dict.fromkeys(
            ("on_request", "on_response", "on_retry"), seen.append
        )
        one = client(url, secret, timeout=5, **hooks)
        shown.value(one)
        shown.value(one.tokens)
        calls(one, canary, shown)
    for view in seen:
        shown.value(view)
    urls: Any = told["urls"]
    for options in (
        {"base_url": "ftp://x"},
        {"timeout": -1},
        {"proxy": f"socks9://user:{canary}@x"},
        {"user_agent": b"x"},
        {"nope": canary},
    ):
        shown.call(lambda: H.Client("key", secret, **options))  # noqa: B023
    shown.call(lambda: H.Client("key", secret + "\ud800"))

    def broken() -> str:
        raise RuntimeError("no token")

    for token in (lambda: canary + "\r\nx: y", broken):
        shown.call(lambda: H.Client(token=token, base_url=urls[0], proxy=False).rooms.get("a"))  # noqa: B023
    headers = {"x-s": canary}
    receiver = webhooks.Receiver(headers=headers)
    shown.value(receiver)
    event = json.dumps({"id": "1", "type": "x.y", "data": {"token": canary}, "zz": canary}).encode()
    for sent in (event[:-1], b"x", event):
        shown.call(lambda: receiver.receive(sent, headers).id)  # noqa: B023
    shown.call(lambda: receiver.receive(event, {"x-s": canary + "x"}))
    return {"count": shown.count, "text": "\n".join(shown.parts)}


def record(told: dict[str, Any]) -> dict[str, Any]:
    """Record calls with secrets."""
    shown = Shown()
    for index, url in enumerate(told["urls"]):
        cassette = {"path": str(Path(told["folder"]) / f"{index}.json"), "mode": "record"}
        calls(client(url, told["secret"], timeout=5, cassette=cassette), told["canary"], shown)
    return {"count": shown.count, "text": ""}


def serve(adapter: str) -> None:
    """Receive webhooks until the process is ended."""
    receiver = webhooks.Receiver(headers={"x-webhook-secret": "hush"})
    receiver.fallback(lambda _: None)
    app: Any
    if adapter in ("asgi", "starlette"):
        import uvicorn

        listener = socket.create_server(("127.0.0.1", 0), backlog=512)
        print(f"127.0.0.1:{listener.getsockname()[1]}", flush=True)

        if adapter == "asgi":
            app = receiver.asgi()
        else:
            from starlette.applications import Starlette

            app = Starlette()
            app.router.add_route("/hook", receiver.starlette(), methods=["POST"])
        server = uvicorn.Server(uvicorn.Config(app, log_level="critical", lifespan="off"))
        asyncio.run(server.serve(sockets=[listener]))
        return
    from socketserver import ThreadingMixIn
    from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

    # That of Werkzeug reads what is left of a body after the answer.
    class Server(ThreadingMixIn, WSGIServer):
        daemon_threads = True
        request_queue_size = 512

    class Quiet(WSGIRequestHandler):
        def log_message(self, *_: Any) -> None: ...

    if adapter == "flask":
        import flask

        app = flask.Flask(__name__)
        app.add_url_rule("/hook", view_func=receiver.flask(), methods=["POST"])
    else:
        import django.conf
        import django.urls
        from django.core.wsgi import get_wsgi_application

        django.conf.settings.configure(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["*"])
        globals()["urlpatterns"] = [django.urls.path("hook", receiver.django())]
        app = get_wsgi_application()
    server = Server(("127.0.0.1", 0), Quiet)
    server.set_app(app)
    print(f"127.0.0.1:{server.server_port}", flush=True)
    server.serve_forever()


if __name__ == "__main__":
    what, told = sys.argv[1:3]
    if what == "serve":
        serve(told)
    else:
        does = {"late": late, "burst": burst, "show": show, "record": record}[what]
        print(json.dumps(does(json.loads(told))))
