"""Whatever code of the program a call runs sees the context of that call: contextvars, and the trace."""

from __future__ import annotations

import asyncio
import contextvars
import gc
import http.server
import logging
import threading
import weakref
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

import hundredms
from hundredms import webhooks

from .conftest import CREDENTIALS

request_id: contextvars.ContextVar[str] = contextvars.ContextVar("request_id", default="none")

Runner = Callable[[Callable[[], Awaitable[None]]], None]


def plain(main: Callable[[], Awaitable[None]]) -> None:
    asyncio.run(main())  # type: ignore[arg-type]


def uvloop(main: Callable[[], Awaitable[None]]) -> None:
    module: Any = pytest.importorskip("uvloop")
    module.run(main())


class NoReaders(asyncio.SelectorEventLoop):
    """A loop that cannot read the descriptors of others, as the proactor of Windows."""

    def add_reader(self, *_: Any) -> None:  # type: ignore[override]
        raise NotImplementedError


def without_readers(main: Callable[[], Awaitable[None]]) -> None:
    loop = NoReaders()
    try:
        loop.run_until_complete(main())
    finally:
        loop.close()


LOOPS = [plain, uvloop, without_readers]


@pytest.fixture
def traced(hundredms_sandbox: hundredms.Sandbox) -> Iterator[tuple[hundredms.Sandbox, list[str]]]:
    """Note the id of the request in each line of the log."""
    seen: list[str] = []

    class Noting(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            seen.append(request_id.get())

    logger, handler = logging.getLogger("hundredms"), Noting()
    before = logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.DEBUG)
    yield hundredms_sandbox, seen
    logger.removeHandler(handler)
    logger.setLevel(before)


def settings(sandbox: hundredms.Sandbox) -> dict[str, Any]:
    return {"base_url": sandbox.base_url, "auth_url": sandbox.auth_url}


@pytest.mark.parametrize("run", LOOPS)
def test_hooks_and_log_of_an_async_call_see_the_context_of_that_call(
    traced: tuple[hundredms.Sandbox, list[str]], run: Runner
) -> None:
    sandbox, logged = traced
    sandbox.add_fault({"status": 503}, on={"nth": 2})
    hooked: list[tuple[str, str]] = []

    def note(kind: str) -> Callable[[Any], None]:
        return lambda _: hooked.append((kind, request_id.get()))

    async def main() -> None:
        async with hundredms.AsyncClient(
            sandbox.access_key,
            sandbox.secret,
            **settings(sandbox),
            on_request=note("request"),
            on_response=note("response"),
            on_retry=note("retry"),
        ) as client:

            async def one(name: str) -> None:
                request_id.set(name)
                await client.rooms.list().first_page()
                assert request_id.get() == name

            for name in ("1", "2", "3"):
                await asyncio.create_task(one(name))
            await asyncio.gather(*(one(name) for name in "456"))

    run(main)
    once = [("request", "1"), ("response", "1")]
    again = [
        ("request", "2"),
        ("response", "2"),
        ("retry", "2"),
        ("request", "2"),
        ("response", "2"),
    ]
    assert hooked[:7] == once + again
    assert sorted(name for _, name in hooked[9:]) == ["4", "4", "5", "5", "6", "6"]
    assert logged[:3] == ["1"] * 3
    assert set(logged) == {"1", "2", "3", "4", "5", "6"}


@pytest.mark.parametrize("run", LOOPS)
@pytest.mark.parametrize("waits", [False, True])
def test_a_token_callback_sees_the_context_of_the_call_that_needs_the_token(
    hundredms_sandbox: hundredms.Sandbox, run: Runner, waits: bool
) -> None:
    seen: list[str] = []
    with hundredms_sandbox.client() as minting:

        def give() -> str:
            seen.append(request_id.get())
            return minting.tokens.management()

        async def give_later() -> str:
            await asyncio.sleep(0)
            return give()

        async def main() -> None:
            async def one(name: str) -> None:
                request_id.set(name)
                async with hundredms.AsyncClient(
                    token=give_later if waits else give, **settings(hundredms_sandbox)
                ) as client:
                    await client.rooms.list().first_page()

            for name in ("1", "2"):
                await asyncio.create_task(one(name))

        run(main)
        assert seen == ["1", "2"]


def test_hooks_and_token_callback_of_a_blocking_call_see_its_context_in_every_thread(
    traced: tuple[hundredms.Sandbox, list[str]],
) -> None:
    sandbox, logged = traced
    hooked: list[str] = []
    with sandbox.client() as minting:

        def give() -> str:
            hooked.append(request_id.get())
            return minting.tokens.management()

        def one(name: str) -> None:
            request_id.set(name)
            with hundredms.Client(
                token=give,
                **settings(sandbox),
                on_response=lambda _: hooked.append(request_id.get()),
            ) as client:
                client.rooms.list().first_page()

        with ThreadPoolExecutor(2) as pool:
            list(pool.map(lambda name: contextvars.Context().run(one, name), "123"))
    assert sorted(hooked) == ["1", "1", "2", "2", "3", "3"]
    assert set(logged) == {"1", "2", "3"}


@pytest.mark.parametrize("run", LOOPS)
def test_the_loop_keeps_nothing_of_the_first_call_alive(
    hundredms_sandbox: hundredms.Sandbox, run: Runner
) -> None:
    class Request:
        pass

    current: contextvars.ContextVar[Request] = contextvars.ContextVar("current")

    async def main() -> None:
        client = hundredms.AsyncClient(
            hundredms_sandbox.access_key,
            hundredms_sandbox.secret,
            **settings(hundredms_sandbox),
            on_request=lambda _: None,
        )

        async def one() -> weakref.ref[Request]:
            request = Request()
            current.set(request)
            await client.rooms.list().first_page()
            return weakref.ref(request)

        first = await asyncio.create_task(one())
        await asyncio.create_task(one())
        gc.collect()
        assert first() is None

    run(main)


EVENT = (
    b'{"version":"2.0","id":"%d","type":"peer.join.success","data":{"room_id":"r","peer_id":"p"}}'
)


def test_blocking_webhook_handlers_see_the_context_of_their_request_in_the_background_too() -> None:
    seen: list[tuple[str, str]] = []
    receiver = webhooks.Receiver(headers={"x-s": "k"})

    @receiver.fallback(background=True)
    def handle(event: webhooks.Event[Any]) -> None:
        seen.append((event.id, request_id.get()))

    def one(number: int) -> None:
        request_id.set(str(number))
        assert receiver.handle(EVENT % number, {"x-s": "k"}).status == 200

    for number in range(3):
        contextvars.copy_context().run(one, number)
    receiver.drain()
    assert sorted(seen) == [("0", "0"), ("1", "1"), ("2", "2")]


def test_the_pool_of_webhook_handlers_keeps_nothing_of_the_first_request_alive() -> None:
    class Request:
        pass

    current: contextvars.ContextVar[Request] = contextvars.ContextVar("current")
    receiver = webhooks.Receiver(headers={"x-s": "k"})
    receiver.fallback(lambda _: None, background=True)

    def one() -> weakref.ref[Request]:
        request = Request()
        current.set(request)
        receiver.handle(EVENT % 1, {"x-s": "k"})
        return weakref.ref(request)

    first = contextvars.copy_context().run(one)
    receiver.drain()
    # The thread lets go of what it ran after it has said that it is done.
    for _ in range(100):
        receiver.handle(EVENT % 2, {"x-s": "k"})
        receiver.drain()
        gc.collect()
        if first() is None:
            break
    assert first() is None


@pytest.mark.parametrize("run", LOOPS)
@pytest.mark.parametrize("background", [False, True])
@pytest.mark.parametrize("waits", [False, True])
def test_async_webhook_handlers_see_the_context_of_their_request(
    run: Runner, background: bool, waits: bool
) -> None:
    seen: list[tuple[str, str]] = []
    receiver = webhooks.Receiver(headers={"x-s": "k"})

    async def later(event: webhooks.Event[Any]) -> None:
        await asyncio.sleep(0)
        seen.append((event.id, request_id.get()))

    def at_once(event: webhooks.Event[Any]) -> None:
        seen.append((event.id, request_id.get()))

    receiver.fallback(later if waits else at_once, background=background)

    async def main() -> None:
        async def one(number: int) -> None:
            request_id.set(str(number))
            assert (await receiver.handle_async(EVENT % number, {"x-s": "k"})).status == 200

        await asyncio.gather(*(one(number) for number in range(3)))
        await receiver.drain_async()

    run(main)
    assert sorted(seen) == [("0", "0"), ("1", "1"), ("2", "2")]


# Traces


@pytest.fixture(scope="session")
def exporter() -> Any:
    trace: Any = pytest.importorskip("opentelemetry.trace")
    sdk: Any = pytest.importorskip("opentelemetry.sdk.trace")
    export: Any = pytest.importorskip("opentelemetry.sdk.trace.export")
    memory: Any = pytest.importorskip("opentelemetry.sdk.trace.export.in_memory_span_exporter")

    class Exporter(memory.InMemorySpanExporter):  # type: ignore[misc]
        """Keeps spans while a test asks for them: the provider stays for all that come after."""

        recording = False

        def export(self, spans: Any) -> Any:
            """Keep the spans, if a test wants them."""
            return super().export(spans) if self.recording else export.SpanExportResult.SUCCESS

    exporter = Exporter()
    provider = sdk.TracerProvider()
    provider.add_span_processor(export.SimpleSpanProcessor(exporter))
    trace.set_tracer_provider(provider)
    return exporter


@pytest.fixture
def spans(exporter: Any) -> Iterator[Any]:
    exporter.recording = True
    yield exporter
    exporter.recording = False
    exporter.clear()


def make(
    sandbox: hundredms.Sandbox, waits: bool, calls: Callable[[Any], Any], **hooks: Any
) -> None:
    """Make calls with a blocking or an async client."""
    keys = (sandbox.access_key, sandbox.secret)
    blocking: Any = hundredms.Client
    if not waits:
        with blocking(*keys, **settings(sandbox), **hooks) as client:
            calls(client)
        return
    awaited: Any = hundredms.AsyncClient

    async def main() -> None:
        async with awaited(*keys, **settings(sandbox), **hooks) as client:
            await calls(client)

    asyncio.run(main())


@pytest.mark.parametrize("waits", [False, True])
def test_a_call_is_a_client_span_below_the_current_one(
    hundredms_sandbox: hundredms.Sandbox, spans: Any, waits: bool
) -> None:
    from opentelemetry import trace

    hundredms_sandbox.add_fault({"status": 503}, on={"nth": 1})
    current: list[int] = []
    with trace.get_tracer("test").start_as_current_span("handler") as parent:
        make(
            hundredms_sandbox,
            waits,
            lambda client: client.rooms.create(name="physics-7"),
            on_response=lambda _: current.append(
                trace.get_current_span().get_span_context().span_id
            ),
        )
    span = next(one for one in spans.get_finished_spans() if one.name != "handler")
    assert (span.name, span.kind) == ("POST /rooms", trace.SpanKind.CLIENT)
    assert span.parent.span_id == parent.get_span_context().span_id
    port = int(hundredms_sandbox.base_url.rsplit(":", 1)[1].split("/")[0])
    assert dict(span.attributes) == {
        "hundredms.operation": "rooms.create",
        "http.request.method": "POST",
        "url.template": "/rooms",
        "url.scheme": "http",
        "server.address": "127.0.0.1",
        "server.port": port,
        "http.response.status_code": 200,
        "http.request.resend_count": 1,
    }
    (event,) = span.events
    assert event.name == "trying again"
    assert event.attributes["attempt"] == 1
    assert event.attributes["http.response.status_code"] == 503
    assert event.attributes["error.type"] == "server"
    assert event.attributes["pause"] >= 0
    assert span.status.status_code == trace.StatusCode.UNSET
    # Hooks see the span that the program has made current.
    assert current == [parent.get_span_context().span_id] * 2


@pytest.mark.parametrize("waits", [False, True])
def test_the_span_of_a_call_that_fails_says_why(
    hundredms_sandbox: hundredms.Sandbox, spans: Any, waits: bool
) -> None:
    from opentelemetry import trace

    with pytest.raises(hundredms.NotFoundError):
        make(hundredms_sandbox, waits, lambda client: client.rooms.get("no-such-room"))
    (span,) = spans.get_finished_spans()
    assert span.name == "GET /rooms/{room_id}"
    assert span.parent is None
    assert span.status.status_code == trace.StatusCode.ERROR
    assert span.attributes["error.type"] == "not_found"
    assert span.attributes["http.response.status_code"] == 404
    assert "no-such-room" not in str(span.to_json())


def test_raw_calls_requests_and_pages_are_spans_too(
    hundredms_sandbox: hundredms.Sandbox, spans: Any
) -> None:
    with hundredms_sandbox.client() as client:
        client.call_raw("rooms.list")
        client.request("GET", "/rooms")
        list(client.rooms.list())
    named = [
        (one.name, one.attributes["hundredms.operation"]) for one in spans.get_finished_spans()
    ]
    assert named == [
        ("GET /rooms", "rooms.list"),
        ("GET /{path}", "request"),
        ("GET /rooms", "rooms.list"),
    ]


def test_the_span_of_a_call_that_is_cancelled_ends(silent_server: Any, spans: Any) -> None:
    async def main() -> None:
        client = hundredms.AsyncClient("key", "secret" * 4, base_url=silent_server.base_url)
        call = asyncio.create_task(client.rooms.list().first_page())
        await asyncio.to_thread(silent_server.wait_for, lambda seen: seen.asked == 1)
        call.cancel()
        with pytest.raises(asyncio.CancelledError):
            await call

    asyncio.run(main())
    (span,) = spans.get_finished_spans()
    assert span.attributes["error.type"] == "CancelledError"


def test_threads_have_spans_of_their_own(hundredms_sandbox: hundredms.Sandbox, spans: Any) -> None:
    from opentelemetry import trace

    tracer = trace.get_tracer("test")
    barrier = threading.Barrier(4)
    with hundredms_sandbox.client() as client:

        def one(name: str) -> None:
            with tracer.start_as_current_span(name):
                barrier.wait()
                client.rooms.list().first_page()

        with ThreadPoolExecutor(4) as pool:
            list(pool.map(one, "1234"))
    finished = spans.get_finished_spans()
    parents = {one.context.span_id: one.name for one in finished if one.name in "1234"}
    below = [parents[one.parent.span_id] for one in finished if one.name == "GET /rooms"]
    assert sorted(below) == ["1", "2", "3", "4"]


@pytest.fixture
def headers() -> Iterator[tuple[str, list[Any]]]:
    """Give a server that answers every request with an empty list, and the headers it received."""
    received: list[Any] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            received.append(self.headers)
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b'{"data":[]}')

        def log_message(self, format: str, *args: Any) -> None: ...

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/v2", received
        server.shutdown()
        thread.join()


def in_a_trace(base_url: str) -> Any:
    """Make three calls, two of them where another service has begun a trace, and give its span."""
    from opentelemetry import trace

    span = trace.NonRecordingSpan(
        trace.SpanContext(
            trace_id=0x0AF7651916CD43DD8448EB211C80319C,
            span_id=0x00F067AA0BA902B7,
            is_remote=False,
            trace_flags=trace.TraceFlags(1),
            trace_state=trace.TraceState([("vendor", "1")]),
        )
    )

    async def main() -> None:
        client = hundredms.AsyncClient(*CREDENTIALS, base_url=base_url)
        await client.rooms.list().first_page()

    client = hundredms.Client(*CREDENTIALS, base_url=base_url)
    with trace.use_span(span):
        client.rooms.list().first_page()
        asyncio.run(main())
    client.rooms.list().first_page()
    return span


def test_the_span_of_a_call_is_named_to_the_service(
    headers: tuple[str, list[Any]], spans: Any
) -> None:
    base_url, received = headers
    in_a_trace(base_url)
    sent = [one["traceparent"].split("-") for one in received]
    made = [one.context for one in spans.get_finished_spans()]
    assert [one[1] for one in sent] == [f"{one.trace_id:032x}" for one in made]
    assert [one[2] for one in sent] == [f"{one.span_id:016x}" for one in made]
    assert [one[1] for one in sent[:2]] == ["0af7651916cd43dd8448eb211c80319c"] * 2
    assert [one["tracestate"] for one in received] == ["vendor=1", "vendor=1", None]


def test_without_an_sdk_calls_belong_to_the_current_span(
    headers: tuple[str, list[Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    trace: Any = pytest.importorskip("opentelemetry.trace")
    monkeypatch.setattr(trace, "get_tracer", lambda *_: trace.NoOpTracer())
    base_url, received = headers
    in_a_trace(base_url)
    parent = "00-0af7651916cd43dd8448eb211c80319c-00f067aa0ba902b7-01"
    assert [one["traceparent"] for one in received] == [parent, parent, None]
    assert [one["tracestate"] for one in received] == ["vendor=1", "vendor=1", None]
