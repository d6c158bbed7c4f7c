"""`Receiver`: verifies requests, and runs the handler of each event, once."""

from __future__ import annotations

import inspect
import itertools
import math
import os
import sys
import time
from collections.abc import Awaitable, Callable, Generator, Iterable, Mapping, Sequence
from contextlib import contextmanager
from contextvars import Context, copy_context
from datetime import timedelta
from ipaddress import IPv4Address, IPv6Address
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar, cast, overload

from .. import _native
from .._arguments import not_configured, number, refused, settings
from .._errors import ConfigurationError, InvalidRequestError
from .._frames import seal
from .._loops import need_asyncio
from ._asgi import Asgi
from ._event import Event, as_it_came, read
from ._handler_failure import HandlerFailure
from ._host import Host
from ._log import logger, refuse, store_failed
from ._observer import observer
from ._response import (
    ACCEPTED,
    DUPLICATE,
    FAILED,
    HANDLED,
    IN_PROGRESS,
    MALFORMED,
    NO_HANDLER,
    Response,
)
from ._route import FALLBACK, On, Route
from ._stores import MONTH, AsyncStore, MemoryStore, Store, checked
from ._types import EventData, Routes
from ._verification_error import WebhookVerificationError

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Coroutine
    from concurrent.futures import Future, ThreadPoolExecutor

    from flask import Response as FlaskResponse
    from starlette.requests import Request
    from starlette.responses import Response as StarletteResponse
else:  # annotations can be read without these packages
    FlaskResponse = Request = StarletteResponse = Any

ResultT = TypeVar("ResultT")

Headers: TypeAlias = Mapping[str, str] | Iterable[tuple[str, str]]

LEASE_IN_BACKGROUND = 3600.0
"""Seconds: work in the background may take its time, and the service does not wait for it."""


class Receiver(Routes):
    """Verifies requests, and runs the handler of each event, once.

        receiver = webhooks.Receiver(headers={"x-webhook-secret": SECRET})

        @receiver.on("peer.join.success")
        def joined(event: Event[events.PeerJoinSuccess]) -> None:
            attendance.begin(event.data.peer_id, event.data.joined_at)

    Receivers fail closed: at least one verification method is required, unless
    `allow_unverified` is set. All methods that are set must pass, before the body is parsed.

    An event is done when its handler returns. If the handler raises, the event is released and the
    response is 500, so that the service sends it again. Events that are done are not handled again,
    however often they are delivered: after a retry, a replay, or twice at once. Several processes
    need a shared store for this.
    """

    def __init__(
        self,
        *,
        headers: Mapping[str, str | Sequence[str]] | None = None,
        allow_list: str | Sequence[str] | None = None,
        hmac_key: str | Sequence[str] | None = None,
        trusted_proxies: int = 0,
        max_bytes: int | None = None,
        max_age: float | timedelta | None = None,
        allow_unverified: bool = False,
        store: Store | AsyncStore | None = None,
        lease: float = 60.0,
        ttl: float = MONTH,
        on_failure: Callable[[HandlerFailure], object] | None = None,
    ) -> None:
        """Create a receiver.

        Args:
            headers: Required secret headers, with their values. Of several values any is accepted,
                which allows rotation of a secret.
            allow_list: Address ranges that may send requests: `10.0.0.0/8`. `published` means the
                ranges that the service had published when this version was released.
            hmac_key: Key of the signature that HIPAA workspaces send, or several, of which any is
                accepted.
            trusted_proxies: Number of proxies in front of this server that add to X-Forwarded-For.
                The address is then taken from this header.
            max_bytes: Maximum size of a body. Defaults to 1 MiB.
            max_age: Maximum age of an event by its timestamp, in seconds or as a timedelta.
                Requires `hmac_key`, since otherwise anybody can write any timestamp. Replays, which
                the service marks with `is_replay`, are accepted at any age. Set it to more than the
                time over which the service retries: an hour is a good value. Defaults to no limit.
            allow_unverified: Whether requests are accepted without verification if no method is
                set.
            store: Remembers which events were handled. Defaults to a `MemoryStore`.
            lease: Seconds after which an unfinished event may be handled again, for example after a
                crash.
            ttl: Seconds for which handled events are remembered. The service replays events of the
                last 30 days.
            on_failure: Called with the event and the error when a handler has failed, or the
                store's `claim`. The service does not send an event of a background handler again:
                store `failure.event.raw` here, the bytes of the event, and pass
                `webhooks.parse(raw)` to `dispatch` later. Not called if the store's `done` or
                `release` fails: that is logged. Exceptions of `on_failure` are logged.

        Raises:
            ConfigurationError: No verification method, or an invalid setting.
        """
        options = {
            "headers": headers,
            "allow_list": allow_list,
            "hmac_key": hmac_key,
            "trusted_proxies": trusted_proxies,
            "max_bytes": max_bytes,
            "max_age": max_age.total_seconds() if isinstance(max_age, timedelta) else max_age,
            "allow_unverified": allow_unverified,
        }
        given = {name: value for name, value in options.items() if value is not None}
        self._native = _native.Receiver(settings(given).decode())
        self._names = frozenset(self._native.header_names())
        self._routes: dict[str, Route] = {}
        self._store = MemoryStore() if store is None else _answers(store)
        self._blocking = None if isinstance(self._store, AsyncStore) else self._store
        self._at_once = isinstance(self._store, MemoryStore)
        if on_failure is not None and not callable(on_failure):  # pyright: ignore[reportUnnecessaryComparison]
            raise not_configured("on_failure", "must be callable")
        self._on_failure = on_failure
        self._lease = _seconds("lease", lease)
        self._ttl = _seconds("ttl", ttl)
        self._pool: tuple[int, ThreadPoolExecutor] | None = None
        self._tasks: set[asyncio.Task[object]] = set()
        self._futures: set[Future[Response]] = set()

    def __repr__(self) -> str:
        return f"Receiver(on={sorted(self._routes)!r})"

    @property
    def header_names(self) -> frozenset[str]:
        """The headers that are used, in lower case. No others need to be passed."""
        return self._names

    @property
    def max_bytes(self) -> int:
        """Maximum size of a body."""
        return self._native.max_bytes()

    @overload
    def fallback(
        self, handler: Callable[[Event[EventData]], ResultT], *, background: bool = False
    ) -> Callable[[Event[EventData]], ResultT]: ...

    @overload
    def fallback(self, *, background: bool = False) -> On[EventData]: ...

    def fallback(
        self, handler: Callable[[Event[Any]], Any] | None = None, *, background: bool = False
    ) -> Any:
        """Register the handler of events without another handler: a decorator.

            @receiver.fallback
            def other(event: Event[EventData]) -> None:
                print(event.type)

        The fallback handles types that this version does not know, and data that does not match its
        type. Without a fallback, events without a handler get 200 and are dropped. Data that does
        not match the type of its handler gets 500, so that it stays in the service's log of failed
        deliveries.

        Args:
            handler: The handler, if this is not called with arguments.
            background: Whether the response 200 is sent before the handler has run, as for `on`:
                `@receiver.fallback(background=True)`.

        Raises:
            ConfigurationError: There is a fallback already.
        """
        on: On[Any] = On(self._routes, FALLBACK, background)
        return on if handler is None else on(handler)

    def receive(self, body: bytes, headers: Headers, peer: str | None = None) -> Event[EventData]:
        """Verify a request and return its event, without handling it.

        Args:
            body: The unchanged body.
            headers: Its headers, a mapping or pairs. Names are case-insensitive.
            peer: Address at the other end of the connection. For `allow_list` without proxies.

        Raises:
            WebhookVerificationError: It is not from the service, too large, or not JSON; `reason`
                says which.
            InvalidRequestError: This is not the unchanged body, or these are not headers.
        """
        shown, address = self._shown(headers), _address(peer)
        body = as_it_came(body)
        try:
            told = self._native.receive(body, shown, address, time.time())
        except ValueError as refused:
            raise _refusal(refused, body) from None
        return read(told, body)

    def verify_sender(self, headers: Headers, peer: str | None = None) -> None:
        """Verify what can be verified before the body is read: address, secret headers.

        With an `hmac_key`, also verify that there is a signature. The adapters call this first, so
        that a sender without the secret cannot make the server receive a body. `receive` verifies
        it too.

        Args:
            headers: As for `receive`.
            peer: As for `receive`.

        Raises:
            WebhookVerificationError: The request is not from the service; `reason` says which.
            InvalidRequestError: These are not headers.
        """
        shown, address = self._shown(headers), _address(peer)
        try:
            self._native.verify_sender(shown, address)
        except ValueError as refused:
            raise WebhookVerificationError(*refused.args) from None

    def _shown(self, headers: Headers) -> list[tuple[str, bytes]]:
        """Return the headers that are used."""
        names = self._names
        try:
            pairs = _pairs(headers)
            shown = [(name, _as_sent(value)) for name, value in pairs if name.lower() in names]
        except (AttributeError, TypeError, ValueError):
            raise _no_headers(headers, names) from None
        if not shown and names:
            _check_names(headers)
        return shown

    def handle(
        self, body: bytes, headers: Headers, peer: str | None = None, *, host: Host | None = None
    ) -> Response:
        """Verify a request, run the handler of its event, and return the response.

        Async handlers run in a separate event loop. `host` is for the adapters.
        """
        try:
            event = self.receive(body, headers, peer)
        except WebhookVerificationError as refusal:
            return refuse(refusal)
        del body, headers  # not in the frames of what a handler raises
        return self.dispatch(event, host=host)

    def dispatch(self, event: Event[Any], *, host: Host | None = None) -> Response:
        """Run the handler of a trusted event, unless it was handled."""
        host = host or _host
        route = self._route_of(event)
        if route is None:
            return self._unheard(event)
        store = self._store_that_waits()
        owner = _owner()
        if event.id:
            try:
                claim = checked(store, store.claim(event.id, owner, self._lease_of(route)))
            except Exception as error:
                store_failed("claim", event, error)
                # It may have been claimed all the same.
                _release(store, event, owner)
                reported = self._report(event, error)
                if reported is not None:
                    with _logged(event):
                        host.wait(reported)
                return FAILED
            if claim != "new":
                return _CLAIMED[claim]

        def work() -> Response:
            return self._work(store, route, event, owner, host)

        if not route.background:
            return work()
        context = copy_context()

        observe = observer.get()
        executor = self._executor() if observe is None else observe.executor

        def submit() -> Future[Response]:
            return executor.submit(context.run, host.background, work)

        # A thread of the pool may keep the context that it is started in.
        future = Context().run(submit)
        self._futures.add(future)
        future.add_done_callback(self._futures.discard)
        _observe(future)
        return ACCEPTED

    def _work(
        self, store: Store, route: Route, event: Event[Any], owner: str, host: Host
    ) -> Response:
        try:
            result = route.handler(event)
            if result is not None and inspect.isawaitable(result):
                host.wait(result)
        except BaseException as error:
            _observe_failure(route, error)
            if event.id:
                _release(store, event, owner)
            if isinstance(error, Exception):
                reported = self._failed(route, event, error)
                if reported is not None:
                    with _logged(event):
                        host.wait(reported)
                return FAILED
            raise
        if event.id:
            try:
                store.done(event.id, self._ttl)
            except Exception as error:
                # The lease keeps it from being handled again; to fail would ask for that.
                store_failed("done", event, error)
        return HANDLED

    async def handle_async(
        self, body: bytes, headers: Headers, peer: str | None = None, *, host: Host | None = None
    ) -> Response:
        """Verify a request, run the handler of its event, and return the response.

        Blocking handlers run in a thread, and so does a blocking store. `host` is for the adapters.
        """
        try:
            event = self.receive(body, headers, peer)
        except WebhookVerificationError as refusal:
            return refuse(refusal)
        del body, headers  # not in the frames of what a handler raises
        return await self.dispatch_async(event, host=host)

    async def dispatch_async(self, event: Event[Any], *, host: Host | None = None) -> Response:
        """Run the handler of a trusted event, unless it was handled."""
        host = host or _host
        need_asyncio("Receiver.handle_async()")
        route = self._route_of(event)
        if route is None:
            return self._unheard(event)
        import asyncio  # noqa: PLC0415

        # A separate task continues if the caller gives up: a sender that disconnects does not
        # interrupt the handler.
        answer = asyncio.get_running_loop().create_future()
        task = self._begin(_tell(answer, self._claim_and_work(route, event, host)), at_once=True)
        _observe(task)
        response: Response = answer.result() if answer.done() else await answer
        return response

    def _begin(
        self, work: Coroutine[Any, Any, object], *, at_once: bool = False
    ) -> asyncio.Task[object]:
        import asyncio  # noqa: PLC0415

        loop = asyncio.get_running_loop()
        if at_once and sys.version_info >= (3, 12):
            task = asyncio.Task(work, loop=loop, eager_start=True)
        else:
            task = loop.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def _claim_and_work(self, route: Route, event: Event[Any], host: Host) -> Response:
        owner = _owner()
        if event.id:
            try:
                asked = self._ask("claim", event.id, owner, self._lease_of(route))
                claim = checked(self._store, await asked)
            except Exception as error:
                store_failed("claim", event, error)
                # It may have been claimed all the same.
                await self._give_back(event, owner)
                reported = self._report(event, error)
                if reported is not None:
                    with _logged(event):
                        await reported
                return FAILED
            if claim != "new":
                return _CLAIMED[claim]
        work = self._work_async(route, event, owner, host)
        if not route.background:
            return await work
        _observe(self._begin(work))
        return ACCEPTED

    async def _work_async(
        self, route: Route, event: Event[Any], owner: str, host: Host
    ) -> Response:
        try:
            if route.is_async:
                result = route.handler(event)
            else:
                result = await host.thread(route.handler, event, background=route.background)
            if result is not None and inspect.isawaitable(result):
                await result
        except GeneratorExit:  # the loop is gone: the lease ends
            raise
        except BaseException as error:
            _observe_failure(route, error)
            if event.id:
                await self._give_back(event, owner)
            if isinstance(error, Exception):
                reported = self._failed(route, event, error)
                if reported is not None:
                    with _logged(event):
                        await reported
                return FAILED
            raise
        finally:
            if route.background and route.is_async:
                await host.ended()
        if event.id:
            try:
                await self._ask("done", event.id, self._ttl)
            except Exception as error:
                # The lease keeps it from being handled again; to fail would ask for that.
                store_failed("done", event, error)
        return HANDLED

    async def _give_back(self, event: Event[Any], owner: str) -> None:
        import asyncio  # noqa: PLC0415

        try:
            # Also when the task is cancelled meanwhile.
            await asyncio.shield(self._ask("release", event.id, owner))
        except Exception as error:
            store_failed("release", event, error)

    async def _ask(self, what: str, *arguments: Any) -> Any:
        """Ask the store, and keep the loop free meanwhile."""
        ask = getattr(self._store, what)
        if self._at_once:
            return ask(*arguments)
        if self._blocking is None:
            return await ask(*arguments)
        import asyncio  # noqa: PLC0415

        return await asyncio.to_thread(ask, *arguments)

    def drain(self, timeout: float | None = None) -> None:
        """Wait at most `timeout` seconds for background handlers that `handle` started.

        The interpreter also does this before it ends.
        """
        from concurrent.futures import wait  # noqa: PLC0415

        wait(set(self._futures), timeout)

    async def drain_async(self) -> None:
        """Wait for the handlers that `handle_async` started in this event loop.

        These are background handlers, and handlers whose sender has disconnected. Await it before
        the loop ends; otherwise they are cancelled and their events are released. The ASGI adapter
        does this.
        """
        import asyncio  # noqa: PLC0415

        loop = asyncio.get_running_loop()
        while tasks := [task for task in self._tasks if task.get_loop() is loop]:
            await asyncio.wait(tasks)

    def asgi(self) -> Asgi:
        """Return an ASGI app, for any ASGI server: `uvicorn service:app`."""
        return Asgi(self)

    def starlette(self) -> Callable[[Request], Awaitable[StarletteResponse]]:
        """Return an endpoint for Starlette and FastAPI.

        app.add_route("/webhooks/100ms", receiver.starlette(), methods=["POST"])
        """
        from ._starlette import endpoint  # noqa: PLC0415

        return endpoint(self)

    def flask(self) -> Callable[[], FlaskResponse]:
        """Return a view for Flask.

            app.add_url_rule("/webhooks/100ms", view_func=receiver.flask(), methods=["POST"])

        Raises:
            ConfigurationError: The store is an `AsyncStore`.
        """
        self._store_that_waits()
        from ._flask import view  # noqa: PLC0415

        return view(self)

    def django(self) -> Callable[[Any], Any]:
        """Return a view for Django, exempt from its CSRF check.

            urlpatterns = [path("webhooks/100ms", receiver.django())]

        Raises:
            ConfigurationError: The store is an `AsyncStore`.
        """
        self._store_that_waits()
        from ._django import view  # noqa: PLC0415

        return view(self)

    def django_async(self) -> Callable[[Any], Awaitable[Any]]:
        """Return an async view for Django under ASGI, exempt from its CSRF check."""
        from ._django import async_view  # noqa: PLC0415

        return async_view(self)

    def _failed(
        self, route: Route, event: Event[Any], error: Exception
    ) -> Awaitable[object] | None:
        """Report that a handler failed. Return what must be awaited, if `on_failure` is async."""
        logger.exception("the handler of webhook %s (%s) failed", event.id, event.type)
        return self._report(event, error, background=route.background)

    def _report(
        self, event: Event[Any], error: Exception, *, background: bool = False
    ) -> Awaitable[object] | None:
        """Call `on_failure`. Return what must be awaited, if it is async."""
        if self._on_failure is None:
            return None
        failure = HandlerFailure(event=event, error=error, background=background)
        with _logged(event):
            heard = self._on_failure(failure)
            if inspect.isawaitable(heard):
                return heard
        return None

    def aws_lambda(self) -> Callable[[Any, Any], dict[str, Any]]:
        """Return a function for AWS Lambda, behind API Gateway, a load balancer, or a function URL.

            handler = receiver.aws_lambda()

        Background handlers finish before it returns, because the process is frozen afterwards.

        Raises:
            ConfigurationError: The store is an `AsyncStore`.
        """
        self._store_that_waits()
        from ._lambda import function  # noqa: PLC0415

        return function(self)

    def _route_of(self, event: Event[Any]) -> Route | None:
        if event.problem is None:
            route = self._routes.get(event.type)
            if route is not None:
                return route
        return self._routes.get(FALLBACK)

    def _unheard(self, event: Event[Any]) -> Response:
        if event.problem is not None and event.type in self._routes:
            logger.error(
                "webhook %s (%s) cannot be decoded: %s", event.id, event.type, event.problem
            )
            return MALFORMED
        return NO_HANDLER

    def _store_that_waits(self) -> Store:
        if self._blocking is None:
            message = "an AsyncStore needs handle_async, or an adapter that is async"
            raise ConfigurationError(f"webhooks: {message} (configuration)", message=message)
        return self._blocking

    def _lease_of(self, route: Route) -> float:
        return max(self._lease, LEASE_IN_BACKGROUND) if route.background else self._lease

    def _executor(self) -> ThreadPoolExecutor:
        process = os.getpid()
        if self._pool is None or self._pool[0] != process:  # a forked child has no threads of it
            from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415

            self._pool = (process, ThreadPoolExecutor(thread_name_prefix="hundredms-webhooks"))
        return self._pool[1]


_ASKED = ("claim", "done", "release")

_CLAIMED = {"done": DUPLICATE, "in_progress": IN_PROGRESS}


def _seconds(name: str, seconds: float) -> float:
    plain = number(seconds)
    if plain is not None and 0 < plain < math.inf:
        return plain
    raise not_configured(name, "must be a number of seconds, more than 0 and finite")


def _answers(store: Store | AsyncStore) -> Store | AsyncStore:
    """Return the store if it can be used."""
    for method in _ASKED:
        if not callable(getattr(store, method, None)):
            reason = f"must be a Store or an AsyncStore; {type(store).__name__} has no {method}"
            raise not_configured("store", reason)
    awaited = isinstance(store, AsyncStore)
    for method in _ASKED:
        if inspect.iscoroutinefunction(inspect.unwrap(getattr(store, method))) != awaited:
            name = f"{type(store).__name__}.{method}"
            reason = (
                f"must be a subclass of Store: {name} is not async"
                if awaited
                else f"must be a subclass of AsyncStore: {name} is async"
            )
            raise not_configured("store", f"{reason}. All three methods are of one kind")
    return store


def _pairs(headers: Headers) -> Iterable[tuple[str, str]]:
    items: Callable[[], Iterable[tuple[str, str]]] | None = getattr(headers, "items", None)
    return cast("Iterable[tuple[str, str]]", headers) if items is None else items()


def _check_names(headers: Headers) -> None:
    """Refuse what can only seem to be a request without the right headers."""
    for name, _ in _pairs(headers):
        if not isinstance(name, str):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise _no_text(name)


def _no_headers(headers: Any, names: Iterable[str]) -> InvalidRequestError:
    """Say what is wrong with headers that cannot be read."""
    try:
        for name, value in _pairs(headers):
            if not isinstance(name, str):  # pyright: ignore[reportUnnecessaryIsInstance]
                return _no_text(name)
            if name.lower() in names and not isinstance(value, str):  # pyright: ignore[reportUnnecessaryIsInstance]
                return _no_text(value)
    except (AttributeError, TypeError, ValueError):
        pass
    reason = f"must be a mapping or pairs of names and values, not {type(headers).__name__}"
    return refused("webhooks", "headers", reason)


def _no_text(word: object) -> InvalidRequestError:
    reason = f"names and values must be text, not {type(word).__name__}: decode them"
    return refused("webhooks", "headers", reason)


def _as_sent(value: str) -> bytes:
    """Return the original bytes of a header: servers decode them as Latin-1."""
    try:
        return value.encode("latin-1")
    except UnicodeEncodeError:
        return value.encode()


class _Owners:
    """Creates a unique name for each claim: a random prefix for the process, and a number."""

    def __init__(self) -> None:
        self._renew()
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(after_in_child=self._renew)

    def _renew(self) -> None:
        self._process = os.urandom(12).hex()
        self._numbers = itertools.count()

    def __call__(self) -> str:
        return f"{self._process}-{next(self._numbers)}"


_owner = _Owners()


def _release(store: Store, event: Event[Any], owner: str) -> None:
    try:
        store.release(event.id, owner)
    except Exception as error:
        store_failed("release", event, error)


async def _tell(answer: asyncio.Future[Response], work: Coroutine[Any, Any, Response]) -> None:
    """Store the result of `work` in `answer`: a shield that needs one loop iteration less."""
    try:
        response = await work
    except BaseException as error:
        if answer.done():
            raise
        answer.set_exception(error)
    else:
        if not answer.done():
            answer.set_result(response)


def _observe(work: Future[Any] | asyncio.Task[Any]) -> None:
    observe = observer.get()
    if observe is not None:
        observe.began(work)


def _observe_failure(route: Route, error: BaseException) -> None:
    observe = observer.get()
    if observe is not None:
        observe.failed(error, background=route.background)


@contextmanager
def _logged(event: Event[Any]) -> Generator[None]:
    """Log what `on_failure` raises."""
    try:
        yield
    except Exception:
        logger.exception("on_failure failed itself, for webhook %s (%s)", event.id, event.type)


def _address(peer: object) -> str | None:
    """Return the address of the other end as text."""
    if peer is None or isinstance(peer, str):
        return peer
    if isinstance(peer, (IPv4Address, IPv6Address)):
        return str(peer)
    reason = f"must be an IP address as text, not {type(peer).__name__}"
    raise refused("webhooks", "peer", reason)


def _refusal(refused: ValueError, body: bytes) -> WebhookVerificationError:
    """Create the exception. A body that a gateway has encoded is recognised."""
    message, reason, *rest = refused.args
    # `{"` in base64.
    if reason == "not_json" and body.lstrip()[:2] in {b"ey", b"ew"}:
        message = f"{message}; it looks like base64, as API gateways write bodies: decode it first"
    return WebhookVerificationError(message, reason, *rest)


_host = Host()

_TAKE_SECRETS = ("__init__", "receive", "verify_sender", "handle", "handle_async")
seal(Receiver, (*_TAKE_SECRETS, "dispatch", "dispatch_async"))
