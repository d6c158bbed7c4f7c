"""Webhooks in real servers: each adapter takes what the service sends, and nothing else."""

from __future__ import annotations

import asyncio
import http.client
import importlib
import json
import socket
import threading
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING, Any

import pytest

from hundredms import webhooks

from .test_webhooks import SECRET, body

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@contextmanager
def uvicorn(app: Any, lifespan: str = "off") -> Iterator[int]:
    module: Any = pytest.importorskip("uvicorn")
    config = module.Config(
        app, port=0, log_level="error", lifespan=lifespan, loop="asyncio", proxy_headers=False
    )
    server = module.Server(config)
    thread = threading.Thread(target=lambda: asyncio.run(server.serve()))
    thread.start()
    while not (server.started and server.servers):
        assert thread.is_alive()
    try:
        yield server.servers[0].sockets[0].getsockname()[1]
    finally:
        server.should_exit = True
        thread.join()


@contextmanager
def werkzeug(app: Any) -> Iterator[int]:
    serving: Any = importlib.import_module("werkzeug.serving")
    server = serving.make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def by_asgi(receiver: webhooks.Receiver) -> AbstractContextManager[int]:
    return uvicorn(receiver.asgi(), "on")


def by_starlette(receiver: webhooks.Receiver) -> AbstractContextManager[int]:
    from starlette.applications import Starlette

    app = Starlette()
    app.router.add_route("/hook", receiver.starlette(), methods=["POST"])
    return uvicorn(app)


def by_fastapi(receiver: webhooks.Receiver) -> AbstractContextManager[int]:
    from fastapi import FastAPI

    app = FastAPI()
    app.post("/hook")(receiver.starlette())
    return uvicorn(app)


def by_flask(receiver: webhooks.Receiver) -> AbstractContextManager[int]:
    flask: Any = pytest.importorskip("flask")
    app = flask.Flask(__name__)
    app.add_url_rule("/hook", view_func=receiver.flask(), methods=["POST"])
    return werkzeug(app)


def _django(view: Any) -> None:
    pytest.importorskip("django")
    urls: Any = importlib.import_module("django.urls")
    serve_django([urls.path("hook", view)])


def serve_django(patterns: list[Any]) -> None:
    """Make the apps of Django serve these URLs."""
    conf: Any = importlib.import_module("django.conf")
    if not conf.settings.configured:
        conf.settings.configure(
            ROOT_URLCONF=__name__,
            ALLOWED_HOSTS=["127.0.0.1"],
            MIDDLEWARE=["django.middleware.csrf.CsrfViewMiddleware"],
            LOGGING_CONFIG=None,
        )
        importlib.import_module("django").setup()
    urls: Any = importlib.import_module("django.urls")
    urlpatterns[:] = patterns
    urls.clear_url_caches()


urlpatterns: list[Any] = []


def by_django(receiver: webhooks.Receiver) -> AbstractContextManager[int]:
    pytest.importorskip("django")
    _django(receiver.django())
    wsgi: Any = importlib.import_module("django.core.wsgi")
    return werkzeug(wsgi.get_wsgi_application())


def by_django_async(receiver: webhooks.Receiver) -> AbstractContextManager[int]:
    pytest.importorskip("django")
    _django(receiver.django_async())
    asgi: Any = importlib.import_module("django.core.asgi")
    return uvicorn(asgi.get_asgi_application())


SERVERS = [by_asgi, by_starlette, by_fastapi, by_flask, by_django, by_django_async]


def post(port: int, sent: bytes, headers: dict[str, str], method: str = "POST") -> tuple[int, Any]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request(method, "/hook", sent, {"Content-Type": "application/json", **headers})
        answer = connection.getresponse()
        content = answer.read()
        if answer.status == 503:
            assert answer.headers["retry-after"] == "1"
        return answer.status, json.loads(content)["message"] if answer.status != 405 else None
    finally:
        connection.close()


@pytest.mark.parametrize("serve", SERVERS, ids=lambda serve: serve.__name__)
def test_a_server_takes_what_the_service_sends_and_nothing_else(
    serve: Callable[[webhooks.Receiver], AbstractContextManager[int]],
) -> None:
    receiver = webhooks.Receiver(headers=SECRET, allow_list="127.0.0.0/8", max_bytes=100_000)
    calls: list[str] = []

    @receiver.on("peer.join.success")
    def joined(event: webhooks.Event[webhooks.events.PeerJoinSuccess]) -> None:
        calls.append(event.id)
        if event.id == "2" and calls.count("2") == 1:
            raise KeyError("the database is down")

    @receiver.on("peer.leave.success")
    async def left(event: webhooks.Event[webhooks.events.PeerLeaveSuccess]) -> None:
        await asyncio.sleep(0)
        calls.append(event.id)

    with serve(receiver) as port:
        assert post(port, body(), SECRET) == (200, "handled")
        assert post(port, body(), SECRET) == (200, "duplicate")
        assert post(port, body("peer.leave.success", "3"), SECRET) == (200, "handled")
        assert post(port, body("room.moved", "4"), SECRET) == (200, "no handler")
        assert [post(port, body(id="2"), SECRET)[0] for _ in range(3)] == [500, 200, 200]
        for wrong in ({}, {"x-webhook-secret": "wrong"}, {"x-webhook-secret": ""}):
            assert post(port, body(id="5"), wrong) == (401, "not authenticated")
        assert post(port, b"no json", SECRET)[0] == 400
        assert post(port, body(id="6", user_data="x" * 200_000), SECRET)[0] == 413
        assert post(port, b"", SECRET, "GET")[0] == 405
    assert calls == ["1", "3", "2", "2"]


@pytest.mark.parametrize("serve", SERVERS, ids=lambda serve: serve.__name__)
def test_a_server_sees_the_address_at_the_other_end(
    serve: Callable[[webhooks.Receiver], AbstractContextManager[int]],
) -> None:
    with serve(webhooks.Receiver(allow_list="10.0.0.0/8")) as port:
        assert post(port, body(), {"x-forwarded-for": "10.0.0.1"}) == (
            403,
            "not allowed from this address",
        )
    with serve(webhooks.Receiver(allow_list="10.0.0.0/8", trusted_proxies=1)) as port:
        assert post(port, body(), {"x-forwarded-for": "10.0.0.1"})[0] == 200


def status_of(port: int, headers: list[tuple[str, str]], sent: bytes) -> int:
    """Send headers as they are, also such that are there twice."""
    given = [("Host", "127.0.0.1"), ("Connection", "close"), ("Content-Type", "application/json")]
    given += [*headers, ("Content-Length", str(len(sent)))]
    head = "".join(f"{name}: {value}\r\n" for name, value in given)
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall(f"POST /hook HTTP/1.1\r\n{head}\r\n".encode() + sent)
        with connection.makefile("rb") as answer:
            return int(answer.readline().split()[1])


@pytest.mark.parametrize("serve", SERVERS, ids=lambda serve: serve.__name__)
@pytest.mark.parametrize("name", ["x-webhook-secret", "authorization"])
def test_a_server_refuses_a_secret_header_that_is_there_twice(
    serve: Callable[[webhooks.Receiver], AbstractContextManager[int]], name: str
) -> None:
    receiver = webhooks.Receiver(headers={name: "hush"})
    handled: list[str] = []
    receiver.fallback(lambda event: handled.append(event.id))
    with serve(receiver) as port:
        for one, other in [("hush", "hush"), ("hush", "wrong"), ("wrong", "hush"), ("hush", "")]:
            headers = [(name, one), (name.title(), other)]
            assert status_of(port, headers, body(id="2")) == 401, (one, other)
        assert handled == []
        assert status_of(port, [(name, "hush")], body(id="1")) == 200
    assert handled == ["1"]


def test_an_asgi_server_that_stops_finishes_the_work_in_the_background() -> None:
    receiver = webhooks.Receiver(headers=SECRET)
    calls: list[str] = []

    @receiver.on("peer.join.success", background=True)
    async def joined(event: webhooks.Event[webhooks.events.PeerJoinSuccess]) -> None:
        await asyncio.sleep(0.2)
        calls.append(event.id)

    with by_asgi(receiver) as port:
        assert post(port, body(), SECRET) == (200, "accepted")
        assert calls == []
    assert calls == ["1"]


def hang_up(port: int, sent: bytes, begun: threading.Event) -> None:
    """Send an event, and hang up while it is handled."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("POST", "/hook", sent, {"Content-Type": "application/json", **SECRET})
    assert begun.wait(10)
    connection.close()


class Impatient:
    """A middleware that cancels what takes too long, as many services have one."""

    def __init__(self, app: Any) -> None:
        self.app = app
        self.cancelled = 0

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        try:
            await asyncio.wait_for(self.app(scope, receive, send), 0.2)
        except asyncio.TimeoutError:
            self.cancelled += 1
            await send({"type": "http.response.start", "status": 504, "headers": []})
            await send({"type": "http.response.body", "body": b'{"message": "too slow"}'})


def by_impatient_starlette(receiver: webhooks.Receiver) -> AbstractContextManager[int]:
    from starlette.applications import Starlette

    app = Starlette()
    app.router.add_route("/hook", receiver.starlette(), methods=["POST"])
    return uvicorn(Impatient(app))


@pytest.mark.parametrize(
    "serve", [by_django_async, by_impatient_starlette], ids=lambda serve: serve.__name__
)
@pytest.mark.parametrize("kind", ["a handler", "an async handler"])
def test_a_request_that_is_given_up_is_handled_to_its_end_and_once(
    serve: Callable[[webhooks.Receiver], AbstractContextManager[int]], kind: str
) -> None:
    receiver = webhooks.Receiver(headers=SECRET)
    begun, go_on = threading.Event(), threading.Event()
    calls: list[str] = []
    ended: list[str] = []

    if kind == "a handler":

        @receiver.on("peer.join.success")
        def joined(event: webhooks.Event[webhooks.events.PeerJoinSuccess]) -> None:
            calls.append(event.id)
            begun.set()
            assert go_on.wait(10)
            ended.append(event.id)
    else:

        @receiver.on("peer.join.success")
        async def came(event: webhooks.Event[webhooks.events.PeerJoinSuccess]) -> None:
            calls.append(event.id)
            begun.set()
            assert await asyncio.to_thread(go_on.wait, 10)
            ended.append(event.id)

    with serve(receiver) as port:
        if serve is by_django_async:
            hang_up(port, body(), begun)
        else:
            assert post(port, body(), SECRET) == (504, "too slow")
        # It is sent again while it is handled, and afterwards.
        assert post(port, body(), SECRET)[0] == 503
        go_on.set()
        while (answer := post(port, body(), SECRET))[0] != 200:
            pass
        assert answer == (200, "duplicate")
    assert (calls, ended) == (["1"], ["1"])
