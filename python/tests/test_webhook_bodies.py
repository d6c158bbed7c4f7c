"""Bodies that something reads before or after the receiver, senders without the secret, and those that hang up."""

from __future__ import annotations

import asyncio
import base64
import importlib
import json
import logging
import socket
import threading
from collections.abc import Callable
from typing import Any

import pytest

from hundredms import webhooks

from .test_webhook_servers import SERVERS, _django, by_fastapi, by_starlette, post
from .test_webhooks import SECRET, body

SIGNED = {"headers": SECRET, "hmac_key": "key"}


def counted(**options: Any) -> tuple[webhooks.Receiver, list[str]]:
    receiver = webhooks.Receiver(headers=SECRET, **options)
    seen: list[str] = []
    receiver.fallback(lambda event: seen.append(event.id))
    return receiver, seen


def flask_app(receiver: webhooks.Receiver) -> Any:
    flask: Any = pytest.importorskip("flask")
    app = flask.Flask(__name__)
    app.add_url_rule("/hook", view_func=receiver.flask(), methods=["POST"])
    return app


def by_client(app: Any, sent: bytes = body(), headers: dict[str, str] = SECRET) -> Any:
    return app.test_client().post(
        "/hook", data=sent, headers=headers, content_type="application/json"
    )


# Flask


def test_flask_handles_a_body_that_was_read_before_and_leaves_it_for_later() -> None:
    flask: Any = pytest.importorskip("flask")
    receiver, seen = counted()
    app = flask_app(receiver)
    app.before_request(lambda: flask.request.get_data() and None)
    after: list[bytes] = []

    @app.after_request  # type: ignore[untyped-decorator]
    def look(answer: Any) -> Any:
        after.append(flask.request.get_data())
        return answer

    assert by_client(app).status_code == 200
    assert (seen, after) == (["1"], [body()])


@pytest.mark.parametrize("read", ["get_json", "get_data"])
def test_flask_says_in_the_log_when_nothing_is_left_of_the_body(
    read: str, caplog: pytest.LogCaptureFixture
) -> None:
    flask: Any = pytest.importorskip("flask")
    receiver, seen = counted()
    app = flask_app(receiver)
    app.before_request(lambda: getattr(flask.request, read)(cache=False) and None)
    assert by_client(app).status_code == 500
    assert seen == []
    assert [record.levelno for record in caplog.records] == [logging.ERROR]
    assert "read it before" in caplog.text
    assert "cache=False" in caplog.text


class Untouched:
    """A body that nobody may read."""

    def read(self, *_: Any) -> bytes:
        raise AssertionError("the body was read")

    readline = readlines = readinto = read


def test_flask_reads_no_body_of_a_sender_without_the_secret() -> None:
    receiver, _ = counted()
    app = flask_app(receiver)
    unread = {"wsgi.input": Untouched()}
    answer = app.test_client().post("/hook", data=body(), environ_overrides=unread)
    assert answer.status_code == 401
    assert by_client(app, b"x" * 2_000_000).status_code == 413


# Django


def nothing(_: object) -> None: ...


before: Callable[[Any], object] = nothing
after: Callable[[Any], object] = nothing


def around(get_response: Any) -> Any:
    """Give a middleware that looks at requests."""

    def look(request: Any) -> Any:
        before(request)
        response = get_response(request)
        after(request)
        return response

    return look


def django(receiver: webhooks.Receiver, waits: bool, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Make a function that posts to Django."""
    pytest.importorskip("django")
    _django(receiver.django_async() if waits else receiver.django())
    conf: Any = importlib.import_module("django.conf")
    monkeypatch.setattr(conf.settings, "MIDDLEWARE", [f"{__name__}.around"])
    monkeypatch.setattr(conf.settings, "ALLOWED_HOSTS", ["*"])
    client: Any = importlib.import_module("django.test").Client(enforce_csrf_checks=True)

    def send(sent: bytes = body(), headers: dict[str, str] = SECRET, **extra: Any) -> Any:
        given = {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in headers.items()}
        return client.generic("POST", "/hook", sent, "application/json", **given, **extra)

    return send


@pytest.fixture
def hooked(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    def hook(name: str, function: Callable[[Any], object]) -> None:
        monkeypatch.setitem(globals(), name, function)

    return hook


@pytest.mark.parametrize("waits", [False, True])
@pytest.mark.parametrize("when", ["before", "after"])
def test_django_handles_a_body_that_middleware_looks_at(
    waits: bool, when: str, hooked: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    receiver, seen = counted()
    lengths: list[int] = []
    hooked(when, lambda request: lengths.append(len(request.body)))
    assert django(receiver, waits, monkeypatch)().status_code == 200
    assert (seen, lengths) == (["1"], [len(body())])


@pytest.mark.parametrize("waits", [False, True])
def test_django_says_in_the_log_when_nothing_is_left_of_the_body(
    waits: bool,
    hooked: Callable[..., None],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    receiver, seen = counted()

    class Once:
        """A stream that cannot be rewound."""

        def __init__(self, stream: Any) -> None:
            self.read = stream.read

    def read(request: Any) -> None:
        request._stream = Once(request._stream)
        request.read()

    hooked("before", read)
    assert django(receiver, waits, monkeypatch)().status_code == 500
    assert seen == []
    assert "read it before" in caplog.text


@pytest.mark.parametrize("waits", [False, True])
def test_django_reads_no_body_of_a_sender_without_the_secret(
    waits: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    receiver, _ = counted()
    send = django(receiver, waits, monkeypatch)
    assert send(headers={}, **{"wsgi.input": Untouched()}).status_code == 401
    assert send(b"x" * 2_000_000).status_code == 413


def test_a_blocking_handler_under_async_django_runs_where_the_thread_of_the_request_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pytest.importorskip("django")
    receiver = webhooks.Receiver(headers=SECRET)
    threads: list[int] = []
    receiver.fallback(lambda _: threads.append(threading.get_ident()))
    _django(receiver.django_async())
    client: Any = importlib.import_module("django.test").AsyncClient()
    conf: Any = importlib.import_module("django.conf")
    monkeypatch.setattr(conf.settings, "ALLOWED_HOSTS", ["*"])
    sync: Any = importlib.import_module("asgiref.sync")

    async def main() -> int:
        given = {f"{name}": value for name, value in SECRET.items()}
        answer = await client.post("/hook", body(), content_type="application/json", headers=given)
        assert answer.status_code == 200
        here: int = await sync.sync_to_async(threading.get_ident, thread_sensitive=True)()
        return here

    # As a test of Django runs what is async: blocking work comes back to this thread.
    assert sync.async_to_sync(main)() == threading.get_ident()
    assert threads == [threading.get_ident()]


@pytest.mark.parametrize("waits", [False, True])
@pytest.mark.parametrize("handler_waits", [False, True])
def test_django_closes_old_connections_around_work_in_the_background(
    waits: bool, handler_waits: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    receiver = webhooks.Receiver(headers=SECRET)
    send = django(receiver, waits, monkeypatch)
    adapter: Any = importlib.import_module("hundredms.webhooks._django")
    told: list[str] = []
    monkeypatch.setattr(adapter._db, "close_old_connections", lambda: told.append("closed"))

    def handle(_: object) -> None:
        told.append("handled")

    async def handle_later(_: object) -> None:
        await asyncio.sleep(0)
        told.append("handled")

    receiver.fallback(handle_later if handler_waits else handle, background=True)

    if waits:

        async def main() -> None:
            event = receiver.receive(body(), SECRET)
            await receiver.dispatch_async(event, host=adapter._host)
            await receiver.drain_async()

        asyncio.run(main())
    else:
        assert send().status_code == 200
        receiver.drain()
    assert "handled" in told
    assert told[-1] == "closed"


# ASGI


def scope(headers: dict[str, str], length: int | None = None) -> dict[str, Any]:
    sent = [(name.encode(), value.encode()) for name, value in headers.items()]
    if length is not None:
        sent.append((b"content-length", str(length).encode()))
    return {"type": "http", "method": "POST", "path": "/hook", "headers": sent, "query_string": b""}


def asgi_app(receiver: webhooks.Receiver) -> Any:
    return receiver.asgi()


def starlette_app(receiver: webhooks.Receiver) -> Any:
    from starlette.applications import Starlette

    app = Starlette()
    app.router.add_route("/hook", receiver.starlette(), methods=["POST"])
    return app


APPS = [asgi_app, starlette_app]


def ask(app: Any, scope: dict[str, Any], messages: list[dict[str, Any]]) -> list[Any]:
    """Give an app a request; it may ask for no more messages than these."""
    sent: list[Any] = []

    async def receive() -> Any:
        if not messages:
            raise AssertionError("the body was read")
        return messages.pop(0)

    async def send(message: Any) -> None:
        sent.append(message)

    asyncio.run(app(scope, receive, send))
    return [message["status"] for message in sent if message["type"] == "http.response.start"]


@pytest.mark.parametrize("app", APPS)
def test_asgi_reads_no_body_of_a_sender_without_the_secret(app: Any) -> None:
    receiver, _ = counted()
    assert ask(app(receiver), scope({}, 500), []) == [401]
    signed = webhooks.Receiver(hmac_key="key")
    assert ask(app(signed), scope({}, 500), []) == [401]


@pytest.mark.parametrize("app", APPS)
def test_asgi_reads_no_more_of_a_body_than_is_too_much(app: Any) -> None:
    receiver, _ = counted(max_bytes=1000)
    part = {"type": "http.request", "body": b"x" * 600, "more_body": True}
    assert ask(app(receiver), scope(SECRET, 10**9), [part, part]) == [413]


@pytest.mark.parametrize("app", APPS)
def test_a_sender_that_hangs_up_in_the_body_is_a_line_at_info(
    app: Any, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    receiver, seen = counted()
    part = {"type": "http.request", "body": body()[:9], "more_body": True}
    ask(app(receiver), scope(SECRET, 500), [part, {"type": "http.disconnect"}])
    assert seen == []
    told = [record for record in caplog.records if record.name.startswith("hundredms")]
    assert [(record.levelno, record.exc_info) for record in told] == [(logging.INFO, None)]
    assert "hung up" in caplog.text


@pytest.mark.parametrize("app", APPS)
def test_asgi_says_in_the_log_when_nothing_is_left_of_the_body(
    app: Any, caplog: pytest.LogCaptureFixture
) -> None:
    receiver, seen = counted()
    empty = {"type": "http.request", "body": b"", "more_body": False}
    assert ask(app(receiver), scope(SECRET, len(body())), [empty]) == [500]
    assert seen == []
    assert "read it before" in caplog.text


def test_asgi_does_not_wait_for_ever_for_a_body_that_something_has_read(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    module: Any = importlib.import_module("hundredms.webhooks._body")
    monkeypatch.setattr(module, "PATIENCE", 0.01)
    receiver, _ = counted()
    sent: list[Any] = []

    async def receive() -> Any:
        await asyncio.Event().wait()

    async def send(message: Any) -> None:
        sent.append(message)

    asyncio.run(receiver.asgi()(scope(SECRET, 500), receive, send))
    assert sent[0]["status"] == 500
    assert "read it before" in caplog.text or "before the receiver" in caplog.text


@pytest.mark.parametrize("serve", [by_starlette, by_fastapi])
@pytest.mark.parametrize("read", ["body", "stream"])
def test_middleware_of_starlette_may_read_the_body(
    serve: Any, read: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from starlette.applications import Starlette
    from starlette.middleware.base import BaseHTTPMiddleware

    async def look(request: Any, go_on: Any) -> Any:
        if read == "body":
            await request.body()
        else:
            _ = [part async for part in request.stream()]
        return await go_on(request)

    plain = Starlette.__init__

    def with_middleware(self: Any, *args: Any, **options: Any) -> None:
        plain(self, *args, **options)
        self.add_middleware(BaseHTTPMiddleware, dispatch=look)

    monkeypatch.setattr(Starlette, "__init__", with_middleware)
    receiver, seen = counted()
    if serve is by_fastapi:
        fastapi: Any = pytest.importorskip("fastapi")
        before = fastapi.FastAPI.__init__

        def also(self: Any, *args: Any, **options: Any) -> None:
            before(self, *args, **options)
            self.add_middleware(BaseHTTPMiddleware, dispatch=look)

        monkeypatch.setattr(fastapi.FastAPI, "__init__", also)
    with serve(receiver) as port:
        status, _ = post(port, body(), SECRET)
    # What only streams keeps nothing.
    assert (status, seen) == ((200, ["1"]) if read == "body" else (500, []))


@pytest.mark.parametrize("serve", SERVERS, ids=lambda serve: serve.__name__)
def test_a_sender_that_hangs_up_leaves_no_traceback_in_a_real_server(
    serve: Any, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    receiver, seen = counted()
    with serve(receiver) as port:
        with socket.create_connection(("127.0.0.1", port)) as connection:
            lines = ["POST /hook HTTP/1.1", "Host: 127.0.0.1", "Content-Length: 500"]
            lines += ["Content-Type: application/json"]
            lines += [f"{name}: {value}" for name, value in SECRET.items()]
            connection.sendall("\r\n".join([*lines, "", '{"id": "'])[:].encode())
        # The server is done with it when it answers another.
        assert post(port, body(), SECRET)[0] == 200
    assert seen == ["1"]
    assert [record for record in caplog.records if record.exc_info] == []
    assert "Traceback" not in capfd.readouterr().err


# Lambda


def lambda_event(kind: str, encoded: bool = False, sent: bytes = body()) -> dict[str, Any]:
    text = base64.b64encode(sent).decode() if encoded else sent.decode()
    event: dict[str, Any] = {"body": text, "isBase64Encoded": encoded, "headers": dict(SECRET)}
    match kind:
        case "v1":
            return {
                **event,
                "httpMethod": "POST",
                "path": "/hook",
                "resource": "/hook",
                "multiValueHeaders": {name: [value] for name, value in SECRET.items()},
                "queryStringParameters": None,
                "multiValueQueryStringParameters": None,
                "requestContext": {"identity": {"sourceIp": "127.0.0.1"}},
            }
        case "v2":
            http = {
                "method": "POST",
                "path": "/hook",
                "sourceIp": "127.0.0.1",
                "protocol": "HTTP/1.1",
            }
            return {
                **event,
                "version": "2.0",
                "rawPath": "/hook",
                "rawQueryString": "",
                "requestContext": {"http": http, "stage": "$default"},
            }
        case _:
            several = {name: [value] for name, value in SECRET.items()}
            known = {key: value for key, value in event.items() if key != "headers"}
            return {
                **known,
                "httpMethod": "POST",
                "path": "/hook",
                "multiValueHeaders": several,
                "multiValueQueryStringParameters": {},
                "requestContext": {"elb": {"targetGroupArn": "arn"}},
            }


@pytest.mark.parametrize("kind", ["v1", "v2", "alb"])
@pytest.mark.parametrize("encoded", [False, True])
def test_lambda_functions_take_what_gateways_send(kind: str, encoded: bool) -> None:
    receiver = webhooks.Receiver(headers=SECRET)
    seen: list[str] = []
    receiver.fallback(lambda event: seen.append(event.id), background=True)
    handler = receiver.aws_lambda()
    answer = handler(lambda_event(kind, encoded), None)
    assert (answer["statusCode"], json.loads(answer["body"])) == (200, {"message": "accepted"})
    assert ("multiValueHeaders" in answer) is (kind == "alb")
    # Nothing runs on when the process is frozen.
    assert seen == ["1"]
    wrong = lambda_event(kind, encoded)
    wrong.pop("headers", None)
    wrong.pop("multiValueHeaders", None)
    assert handler(wrong, None)["statusCode"] == 401
    assert (
        handler({**lambda_event(kind), "headers": None, "multiValueHeaders": None}, None)[
            "statusCode"
        ]
        == 401
    )
    assert handler({**lambda_event(kind), "body": None}, None)["statusCode"] == 400


@pytest.mark.parametrize("kind", ["v1", "v2", "alb"])
@pytest.mark.parametrize("values", [["hush", "hush"], ["hush", "no"], ["no", "hush"]])
def test_lambda_functions_refuse_a_secret_header_that_is_there_twice(
    kind: str, values: list[str]
) -> None:
    receiver = webhooks.Receiver(headers={"x-s": "hush"})
    event = lambda_event(kind)
    if kind == "v2":  # which joins them
        event["headers"] = {"x-s": ",".join(values)}
    else:  # which also gives the last
        event["headers"] = {"x-s": values[-1]}
        event["multiValueHeaders"] = {"x-s": values}
    assert receiver.aws_lambda()(event, None)["statusCode"] == 401


@pytest.mark.parametrize("kind", ["v1", "v2", "alb"])
@pytest.mark.parametrize("encoded", [False, True])
def test_mangum_takes_what_gateways_send(kind: str, encoded: bool) -> None:
    mangum: Any = pytest.importorskip("mangum")
    receiver, seen = counted()
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    try:
        handler = mangum.Mangum(receiver.asgi(), lifespan="off")
        assert handler(lambda_event(kind, encoded), {})["statusCode"] == 200
    finally:
        asyncio.set_event_loop(None)
        loop.close()
    assert seen == ["1"]


def test_a_body_in_base64_is_recognised() -> None:
    receiver, _ = counted()
    with pytest.raises(webhooks.WebhookVerificationError, match="base64"):
        receiver.receive(base64.b64encode(body()), SECRET)
    with pytest.raises(webhooks.WebhookVerificationError) as caught:
        receiver.receive(b"nonsense", SECRET)
    assert "base64" not in str(caught.value)


# Failures


@pytest.mark.parametrize("background", [False, True])
@pytest.mark.parametrize("waits", [False, True])
@pytest.mark.parametrize("heard_later", [False, True])
def test_a_handler_that_fails_is_reported_with_its_event(
    background: bool, waits: bool, heard_later: bool
) -> None:
    heard: list[webhooks.HandlerFailure] = []

    async def hear(failure: webhooks.HandlerFailure) -> None:
        await asyncio.sleep(0)
        heard.append(failure)

    receiver = webhooks.Receiver(headers=SECRET, on_failure=hear if heard_later else heard.append)
    working: list[str] = []

    @receiver.fallback(background=background)
    def handle(event: webhooks.Event[Any]) -> None:
        if not heard:
            raise KeyError("the database is down")
        working.append(event.id)

    async def main() -> webhooks.Response:
        answer = await receiver.handle_async(body(), SECRET)
        await receiver.drain_async()
        return answer

    if waits:
        answer = asyncio.run(main())
    else:
        answer = receiver.handle(body(), SECRET)
        receiver.drain()
    assert answer.status == (200 if background else 500)
    (failure,) = heard
    assert (failure.event.id, failure.background) == ("1", background)
    assert isinstance(failure.error, KeyError)
    # It was given back, so that it can be handled again.
    assert receiver.dispatch(failure.event).status == 200
    receiver.drain()
    assert working == ["1"]


def test_what_on_failure_raises_is_logged_and_changes_nothing(
    caplog: pytest.LogCaptureFixture,
) -> None:
    def fail(_: object) -> None:
        raise KeyError("in on_failure")

    receiver = webhooks.Receiver(headers=SECRET, on_failure=fail)
    receiver.fallback(fail)
    assert receiver.handle(body(), SECRET).status == 500
    assert "on_failure failed itself" in caplog.text
