"""Webhooks of a sandbox, delivered to a receiver or an app of this process."""

from __future__ import annotations

import asyncio
import inspect
import io
import logging
import sys
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from contextvars import copy_context
from functools import partial
from types import TracebackType
from typing import TYPE_CHECKING, Any, TypeAlias
from urllib.parse import unquote

from .._typing import Self
from ..webhooks import Receiver
from ..webhooks._observer import observer
from . import _delivery_work as work
from ._delivery_outcomes import Failed, Outcome, Outcomes, note_late
from ._emulator import SandboxError
from ._lifespan import Lifespan

if TYPE_CHECKING:
    from . import AsyncSandbox, Sandbox

App: TypeAlias = "Receiver | Callable[..., Any]"
"""A receiver, an ASGI app, or a WSGI app."""

Answer: TypeAlias = "tuple[int, list[tuple[str, str]], bytes]"

MISSED = (
    "If the handler needs what the lifespan of the app makes, and nothing else runs that, "
    "pass lifespan=True."
)

NOT_ASYNC = (
    "write `with sandbox.deliver_to(...)`: this is a `Sandbox`. `async with` is for that of an "
    "`AsyncSandbox`, such as of the fixture hundredms_async_sandbox"
)
NOT_BLOCKING = (
    "write `async with sandbox.deliver_to(...)`: this is an `AsyncSandbox`. `with` is for that of "
    "a `Sandbox`, such as of the fixture hundredms_sandbox"
)

BLOCKED = (
    "an async handler or the app blocks its event loop, so that the block cannot end: run what "
    "blocks in a thread, with asyncio.to_thread"
)

PROPAGATED = (asyncio.CancelledError, GeneratorExit, KeyboardInterrupt, SystemExit)
"""What ends more than the request in which it is raised."""

logger = logging.getLogger("hundredms.sandbox")


class Request:
    """A received webhook."""

    def __init__(self, head: str, body: bytes, port: int) -> None:
        line, *fields = head.split("\r\n")
        self.method, self.target, _ = line.split(" ", 2)
        self.path, _, self.query = self.target.partition("?")
        pairs = [field.partition(":") for field in fields if field]
        self.headers = [(name.lower(), value.strip()) for name, _, value in pairs]
        self.body = body
        self.port = port

    def scope(self, state: Mapping[str, Any]) -> dict[str, Any]:
        """Return the request as ASGI has it, with what the lifespan of the app has made."""
        return {
            "state": dict(state),
            "type": "http",
            "asgi": {"version": "3.0", "spec_version": "2.3"},
            "http_version": "1.1",
            "method": self.method,
            "scheme": "http",
            "path": unquote(self.path),
            "raw_path": self.path.encode("latin-1"),
            "query_string": self.query.encode("latin-1"),
            "root_path": "",
            "headers": [
                (name.encode("latin-1"), value.encode("latin-1")) for name, value in self.headers
            ],
            "client": ("127.0.0.1", self.port),
            "server": ("127.0.0.1", self.port),
        }

    def environ(self) -> dict[str, Any]:
        """Return the request as WSGI has it."""
        environ = {
            "REQUEST_METHOD": self.method,
            "SCRIPT_NAME": "",
            "PATH_INFO": unquote(self.path, "latin-1"),
            "QUERY_STRING": self.query,
            "SERVER_NAME": "127.0.0.1",
            "SERVER_PORT": str(self.port),
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(self.body),
            "wsgi.errors": sys.stderr,
            "wsgi.multithread": True,
            "wsgi.multiprocess": False,
            "wsgi.run_once": False,
        }
        for name, value in self.headers:
            known = name.upper().replace("-", "_")
            plain = known in {"CONTENT_TYPE", "CONTENT_LENGTH"}
            environ[known if plain else f"HTTP_{known}"] = value
        return environ


class Server:
    """Passes requests to a loopback port on to an app."""

    def __init__(self, app: App, *, lifespan: bool) -> None:
        self._receiver = app if isinstance(app, Receiver) else None
        self._app: Any = app.asgi() if isinstance(app, Receiver) else app
        self._is_async = _is_async(self._app)
        if lifespan and not self._is_async:
            raise TypeError("lifespan=True is for ASGI apps, and this is a WSGI app: leave it out")
        self._lifespan = Lifespan(self._app) if lifespan else None
        self._server: asyncio.Server | None = None
        self._working: dict[asyncio.Future[Any], Outcome | None] = {}
        self.port = 0
        self.outcomes = Outcomes()

    @property
    def may_miss_lifespan(self) -> bool:
        """Return whether handlers may need what a lifespan makes that is not run here."""
        return self._is_async and self._receiver is None and self._lifespan is None

    async def start(self) -> None:
        """Start the lifespan if it is run here, and listen, in this event loop."""
        if self._lifespan is not None:
            await self._lifespan.start()
        try:
            self._server = await asyncio.start_server(self._connected, "127.0.0.1", 0)
        except BaseException:
            await self.stop()
            raise
        self.port = self._server.sockets[0].getsockname()[1]

    async def stop(self, *, patient: bool = True) -> None:
        """Stop listening, wait for running requests and handlers, and end the lifespan.

        What runs for too long is cancelled, at once if this task is cancelled or not `patient`.
        """
        if self._server is not None:
            self._server.close()
        now = asyncio.get_running_loop().time()
        deadline = now + work.LATE if patient else now
        cancelled: asyncio.CancelledError | None = None
        for end in (self._end_requests, self.outcomes.end_handlers):
            try:
                await end(deadline)
            except asyncio.CancelledError as error:
                cancelled, deadline = error, now
        if self._lifespan is not None:
            try:
                await self._lifespan.stop()
            except SandboxError:
                if cancelled is None:
                    raise
        if cancelled is not None:
            raise cancelled

    async def _end_requests(self, deadline: float) -> None:
        await work.end(list(self._working), deadline, partial(note_late, self._working))

    def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self._server is None or not self._server.is_serving():
            writer.close()
            return
        # Before 3.12, the server would log that a task of its own was cancelled.
        task = asyncio.get_running_loop().create_task(self._serve(reader, writer))
        self._working[task] = None
        task.add_done_callback(partial(self._served, writer))

    def _served(self, writer: asyncio.StreamWriter, task: asyncio.Future[Any]) -> None:
        writer.close()
        del self._working[task]
        error = None if task.cancelled() else task.exception()
        if isinstance(error, Exception):
            logger.error(
                "a request to the app that webhooks are delivered to failed", exc_info=error
            )

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError, asyncio.IncompleteReadError):
            request = await self._read(reader)
            outcome = self.outcomes.add(request.body)
            task = asyncio.current_task()
            assert task is not None  # noqa: S101 - `_connected` has made it
            self._working[task] = outcome
            writer.write(await self._answered(request, outcome))
            await writer.drain()

    async def _read(self, reader: asyncio.StreamReader) -> Request:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").removesuffix("\r\n\r\n")
        request = Request(head, b"", self.port)
        length = next((value for name, value in request.headers if name == "content-length"), "0")
        request.body = await reader.readexactly(int(length))
        return request

    async def _answered(self, request: Request, outcome: Outcome) -> bytes:
        answer: Answer
        observer.set(outcome)  # this task is that of the request
        try:
            if self._is_async:
                state = self._lifespan.state if self._lifespan is not None else {}
                answer = await _through_asgi(self._app, request, state, outcome)
            else:
                context, loop = copy_context(), asyncio.get_running_loop()
                answer = await loop.run_in_executor(
                    outcome.executor, lambda: context.run(_through_wsgi, self._app, request)
                )
        except BaseException as error:
            outcome.fail(Failed.APP, error)
            if isinstance(error, PROPAGATED):
                raise
            logger.exception("the app that webhooks are delivered to failed")
            answer = 500, [], b""
        status, headers, body = answer
        outcome.status = status
        framing = {"content-length", "connection", "transfer-encoding"}
        lines = [f"HTTP/1.1 {status} -", f"content-length: {len(body)}", "connection: close"]
        lines += [f"{name}: {value}" for name, value in headers if name.lower() not in framing]
        return "\r\n".join([*lines, "", ""]).encode("latin-1") + body


def _is_async(app: Any) -> bool:
    call = getattr(app, "__call__", None)  # noqa: B004 - how it is called, not whether
    return inspect.iscoroutinefunction(app) or inspect.iscoroutinefunction(call)


async def _through_asgi(
    app: Any, request: Request, state: Mapping[str, Any], outcome: Outcome
) -> Answer:
    status = 500
    headers: list[tuple[str, str]] = []
    parts: list[bytes] = []
    over = asyncio.Event()
    messages = iter([{"type": "http.request", "body": request.body, "more_body": False}])

    async def receive() -> dict[str, Any]:
        for message in messages:
            return message
        await over.wait()
        return {"type": "http.disconnect"}

    async def send(message: Mapping[str, Any]) -> None:
        nonlocal status, headers
        if message["type"] == "http.response.start":
            status = message["status"]
            headers = [
                (n.decode("latin-1"), v.decode("latin-1")) for n, v in message.get("headers", ())
            ]
        elif message["type"] == "http.response.body":
            parts.append(message.get("body", b""))
            if not message.get("more_body", False):
                over.set()

    try:
        await app(request.scope(state), receive, send)
    except BaseException as error:
        if not over.is_set():
            raise
        # A server has sent the answer before, as with background tasks of Starlette.
        outcome.status = status
        outcome.fail(Failed.APP, error)
        if isinstance(error, PROPAGATED):
            raise
        logger.exception("the app that webhooks are delivered to failed after its answer")
    return status, headers, b"".join(parts)


def _through_wsgi(app: Any, request: Request) -> Answer:
    begun: list[Any] = []
    parts: list[bytes] = []

    def start_response(status: str, headers: list[tuple[str, str]], _: Any = None) -> Any:
        begun[:] = [int(status.split(" ", 1)[0]), headers]
        return parts.append

    answer = app(request.environ(), start_response)
    try:
        parts.extend(answer)
    finally:
        close = getattr(answer, "close", None)
        if close is not None:
            close()
    status, headers = begun
    return status, headers, b"".join(parts)


class _Target:
    """Where the webhooks of a sandbox go while a block runs."""

    def __init__(
        self,
        app: App,
        path: str,
        headers: Mapping[str, str] | None,
        signing_key: str | None,
        allow_refusals: bool,
        allow_failures: bool,
        lifespan: bool,
    ) -> None:
        self._server = Server(app, lifespan=lifespan)
        self._path = path
        self._told = {"headers": headers, "signing_key": signing_key}
        self._allow_refusals = allow_refusals
        self._allow_failures = allow_failures

    @property
    def _url(self) -> str:
        return f"http://127.0.0.1:{self._server.port}/{self._path.removeprefix('/')}"

    def _check(self, unsettled: SandboxError | None) -> None:
        """Fail if handlers were not reached or failed: a test of their effects may not notice.

        This says more than that some deliveries are `unsettled`.
        """
        if not self._allow_refusals:
            self._server.outcomes.check_refusals(self._path)
        if not self._allow_failures:
            self._server.outcomes.check_failures([MISSED] if self._server.may_miss_lifespan else [])
        if unsettled is not None:
            raise unsettled


class Delivery(_Target):
    """Delivers the webhooks of a sandbox to an app, in an event loop and a thread of its own."""

    def __init__(self, sandbox: Sandbox, *target: Any) -> None:
        super().__init__(*target)
        self._sandbox = sandbox
        self._started = threading.Event()
        self._over = threading.Event()
        self._ended = threading.Event()
        self._patient = True
        self._failed: BaseException | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stop: Callable[[], object] = lambda: None
        # What ignores that it is cancelled keeps the loop running, and no more than that.
        self._thread = threading.Thread(
            target=self._run, name="hundredms-sandbox-webhooks", daemon=True
        )

    def _run(self) -> None:
        try:
            asyncio.run(self._live())
        except BaseException as error:
            self._failed = error
        finally:
            self._started.set()
            self._ended.set()

    async def _live(self) -> None:
        try:
            await self._serve()
        except BaseException as error:
            # Not only when the loop has ended, which what is left in it may prevent.
            self._failed = error
            raise
        finally:
            self._started.set()
            self._ended.set()

    async def _serve(self) -> None:
        over = asyncio.Event()
        loop = self._loop = asyncio.get_running_loop()
        loop.set_default_executor(work.THREADS)
        start = loop.create_task(self._server.start())

        def stop() -> None:
            start.cancel()
            over.set()

        self._stop = lambda: loop.call_soon_threadsafe(stop)
        if self._over.is_set():
            stop()
        await start
        self._started.set()
        try:
            await over.wait()
        finally:
            await self._server.stop(patient=self._patient)

    def __enter__(self) -> Self:
        try:
            self._thread.start()
            self._started.wait()
            if self._failed is not None:
                raise self._failed
            self._sandbox.set_webhook(self._url, **self._told)  # type: ignore[arg-type]
        except BaseException:
            self._end()
            raise
        return self

    def __exit__(
        self,
        type: type[BaseException] | None,
        value: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        unsettled: SandboxError | None = None
        try:
            if type is None:
                self._sandbox.settle_webhooks()
        except SandboxError as error:
            unsettled, self._patient = error, False
        finally:
            try:
                self._sandbox.set_webhook(None)
            finally:
                self._end()
        if type is None:
            if self._failed is not None:
                raise self._failed
            self._check(unsettled)

    if not TYPE_CHECKING:  # type checkers say the same

        async def __aenter__(self) -> None:
            raise TypeError(NOT_ASYNC)

        async def __aexit__(self, *_: object) -> None:
            raise TypeError(NOT_ASYNC)

    def _end(self) -> None:
        self._over.set()
        with suppress(RuntimeError):  # its loop is closed
            self._stop()
        while not self._ended.wait(work.LATE):
            if not self._responds():
                self._failed = SandboxError(BLOCKED, 500)
                return
        self._thread.join(work.GRACE)

    def _responds(self) -> bool:
        """Return whether the event loop still runs what it is given."""
        alive = threading.Event()
        with suppress(RuntimeError):  # its loop is closed
            if self._loop is not None:
                self._loop.call_soon_threadsafe(alive.set)
        return alive.wait(work.BLOCKED) or self._ended.is_set()


class AsyncDelivery(_Target):
    """Delivers the webhooks of a sandbox to an app, in the event loop of the block."""

    def __init__(self, sandbox: AsyncSandbox, *target: Any) -> None:
        super().__init__(*target)
        self._sandbox = sandbox

    async def __aenter__(self) -> Self:
        await self._server.start()
        try:
            self._sandbox.set_webhook(self._url, **self._told)  # type: ignore[arg-type]
        except BaseException:
            await self._end(raises=False)
            raise
        return self

    async def __aexit__(
        self,
        type: type[BaseException] | None,
        value: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        unsettled: SandboxError | None = None
        raises, patient = type is None, True
        try:
            if type is None:
                await self._sandbox.settle_webhooks()
        except SandboxError as error:
            unsettled, patient = error, False
        except BaseException:
            raises = patient = False
            raise
        finally:
            try:
                self._sandbox.set_webhook(None)
            finally:
                await self._end(raises=raises, patient=patient)
        if type is None:
            self._check(unsettled)

    async def _end(self, *, raises: bool, patient: bool = True) -> None:
        try:
            await self._server.stop(patient=patient)
        except SandboxError:
            # What the block has raised says more.
            if raises:
                raise

    if not TYPE_CHECKING:  # type checkers say the same

        def __enter__(self) -> None:
            raise TypeError(NOT_BLOCKING)

        def __exit__(self, *_: object) -> None:
            raise TypeError(NOT_BLOCKING)
