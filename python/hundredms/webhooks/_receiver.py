"""`Receiver`: verifies what comes in, and gives each event to its handler, once."""

from __future__ import annotations

import inspect
import itertools
import logging
import os
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar, cast

from .. import _native
from .._calls import encode
from .._errors import ConfigurationError
from ._event import Event, read
from ._refusal import Refusal
from ._response import (
    FAILED,
    HANDLED,
    HANDLED_BEFORE,
    IN_PROGRESS,
    MALFORMED,
    NO_HANDLER,
    TAKEN,
    Response,
)
from ._route import FALLBACK, Route, register
from ._stores import MONTH, AsyncStore, Claim, MemoryStore, Store
from ._types import Routes

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Awaitable, Sequence
    from concurrent.futures import Future, ThreadPoolExecutor

    from flask import Response as FlaskResponse
    from starlette.requests import Request
    from starlette.responses import Response as StarletteResponse

    from ._asgi import Asgi
    from ._types import EventData

ResultT = TypeVar("ResultT")

Headers: TypeAlias = Mapping[str, str] | Iterable[tuple[str, str]]

logger = logging.getLogger("hundredms.webhooks")

LEASE_IN_BACKGROUND = 3600.0
"""Seconds: work in the background may take its time, and the service does not wait for it."""


class Receiver(Routes):
    """Verifies requests, and gives each event to the handler of its type, once.

        receiver = webhooks.Receiver(headers={"x-webhook-secret": SECRET})

        @receiver.on("peer.join.success")
        def joined(event):
            attendance.begin(event.data.peer_id, event.data.joined_at)

    It is closed: something to verify by must be given, unless `open_for_development` is. Everything
    that is given must hold, and it is verified before anything of the body is read.

    An event is done when its handler returns. When the handler raises, the event is given back and
    500 is answered, so that the service sends it again. What is done is not handled again, however
    often it comes: after a retry, a replay, or twice at once. Several processes need a store in
    common for that.
    """

    def __init__(
        self,
        *,
        headers: Mapping[str, str | Sequence[str]] | None = None,
        allow_list: str | Sequence[str] | None = None,
        hmac_key: str | Sequence[str] | None = None,
        trusted_proxies: int = 0,
        max_bytes: int | None = None,
        open_for_development: bool = False,
        store: Store | AsyncStore | None = None,
        lease: float = 60.0,
        ttl: float = MONTH,
    ) -> None:
        """Make a receiver.

        Args:
            headers: Headers that the service was told to send, with their values; of several
                values any is good, as you need while you change a secret.
            allow_list: Ranges of addresses to take requests from: `10.0.0.0/8`. The word
                `published` stands for those that the service published when this version was made.
            hmac_key: Key of the signature that HIPAA workspaces send, or several of which any is
                good.
            trusted_proxies: How many proxies stand before this server and add to
                X-Forwarded-For; the address is taken from there then.
            max_bytes: Size of the largest body; 1 MiB when None.
            open_for_development: Whether nothing is verified when nothing else is given.
            store: Where it is kept which events were handled; a `MemoryStore` when None.
            lease: Seconds after which an event whose handler has not ended may be handled again, as
                after a crash.
            ttl: Seconds for which it is remembered that an event was handled. The service replays
                events of the last 30 days.

        Raises:
            ConfigurationError: Nothing to verify by, or a setting that cannot be.
        """
        options = {
            "headers": None if headers is None else dict(headers),
            "allow_list": allow_list,
            "hmac_key": hmac_key,
            "trusted_proxies": trusted_proxies,
            "max_bytes": max_bytes,
            "open_for_development": open_for_development,
        }
        given = {name: value for name, value in options.items() if value is not None}
        self._native = _native.Receiver(encode(given).decode())
        self._names = frozenset(self._native.header_names())
        self._routes: dict[str, Route] = {}
        self._store = MemoryStore() if store is None else store
        self._blocking = None if isinstance(self._store, AsyncStore) else self._store
        self._at_once = isinstance(self._store, MemoryStore)
        self._lease = lease
        self._ttl = ttl
        self._pool: tuple[int, ThreadPoolExecutor] | None = None
        self._tasks: set[asyncio.Task[Response]] = set()
        self._futures: set[Future[Response]] = set()

    def __repr__(self) -> str:
        return f"Receiver(on={sorted(self._routes)!r})"

    @property
    def header_names(self) -> frozenset[str]:
        """The headers that are looked at, in lower case; no others need to be handed over."""
        return self._names

    @property
    def max_bytes(self) -> int:
        """Size of the largest body that is taken."""
        return self._native.max_bytes()

    def fallback(
        self, handler: Callable[[Event[EventData]], ResultT]
    ) -> Callable[[Event[EventData]], ResultT]:
        """Register what handles the events that have no other handler: a decorator.

        Events of types that this version does not know come here, and those whose data does not fit
        their type. Without it events that have no handler are answered with 200 and forgotten, but
        those whose data does not fit their handler with 500, so that they stay in the service's log
        of failed deliveries.
        """
        register(self._routes, FALLBACK, handler, False)
        return handler

    def receive(self, body: bytes, headers: Headers, peer: str | None = None) -> Event[EventData]:
        """Verify a request and give its event, without handling it.

        Args:
            body: The body as it came.
            headers: Its headers, a mapping or pairs; letter case in their names does not matter.
            peer: Address at the other end of the connection; for `allow_list` without proxies.

        Raises:
            Refusal: It is not from the service, too large, or not JSON; `reason` says which.
        """
        names = self._names
        items: Callable[[], Iterable[tuple[str, str]]] | None = getattr(headers, "items", None)
        pairs = cast("Iterable[tuple[str, str]]", headers) if items is None else items()
        shown = [(name, _as_sent(value)) for name, value in pairs if name.lower() in names]
        body = bytes(body)
        try:
            told = self._native.receive(body, shown, peer)
        except ValueError as refused:
            raise Refusal(*refused.args) from None
        return read(told, body)

    def handle(self, body: bytes, headers: Headers, peer: str | None = None) -> Response:
        """Verify a request, run the handler of its event, and say what to answer.

        Async handlers are run in an event loop of their own.
        """
        try:
            event = self.receive(body, headers, peer)
        except Refusal as refusal:
            return _refuse(refusal)
        return self.dispatch(event)

    def dispatch(self, event: Event[Any]) -> Response:
        """Run the handler of an event that is known to be good, unless it was handled."""
        route = self._route_of(event)
        if route is None:
            return self._unheard(event)
        store = self._blocking
        if store is None:
            message = "an async store needs handle_async"
            raise ConfigurationError(f"webhooks: {message} (configuration)", message=message)
        owner = _owner()
        if event.id:
            try:
                claim = store.claim(event.id, owner, self._lease_of(route))
            except Exception:
                return _no_store(event)
            if claim != "new":
                return _CLAIMED[claim]
        if not route.background:
            return self._work(store, route, event, owner)
        future = self._executor().submit(self._work, store, route, event, owner)
        self._futures.add(future)
        future.add_done_callback(self._futures.discard)
        return TAKEN

    def _work(self, store: Store, route: Route, event: Event[Any], owner: str) -> Response:
        try:
            result = route.handler(event)
            if result is not None and inspect.isawaitable(result):
                import asyncio  # noqa: PLC0415 - slow to import, and most do without it

                async def wait() -> None:
                    await result

                asyncio.run(wait())
        except BaseException as error:
            if event.id:
                try:
                    store.release(event.id, owner)
                except Exception:
                    _no_store(event)
            if isinstance(error, Exception):
                return _failed(event)
            raise
        if event.id:
            try:
                store.done(event.id, self._ttl)
            except Exception:
                # The lease keeps it from being handled again; to fail would ask for that.
                _no_store(event)
        return HANDLED

    async def handle_async(
        self, body: bytes, headers: Headers, peer: str | None = None
    ) -> Response:
        """Verify a request, run the handler of its event, and say what to answer.

        Handlers that are not async run in a thread, and so does a store that waits.
        """
        try:
            event = self.receive(body, headers, peer)
        except Refusal as refusal:
            return _refuse(refusal)
        return await self.dispatch_async(event)

    async def dispatch_async(self, event: Event[Any]) -> Response:
        """Run the handler of an event that is known to be good, unless it was handled."""
        route = self._route_of(event)
        if route is None:
            return self._unheard(event)
        owner = _owner()
        if event.id:
            try:
                claim: Claim = await self._ask("claim", event.id, owner, self._lease_of(route))
            except Exception:
                return _no_store(event)
            if claim != "new":
                return _CLAIMED[claim]
        work = self._work_async(route, event, owner)
        if not route.background:
            return await work
        import asyncio  # noqa: PLC0415

        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return TAKEN

    async def _work_async(self, route: Route, event: Event[Any], owner: str) -> Response:
        try:
            if route.is_async:
                result = route.handler(event)
            else:
                import asyncio  # noqa: PLC0415

                result = await asyncio.to_thread(route.handler, event)
            if result is not None and inspect.isawaitable(result):
                await result
        except BaseException as error:
            if event.id:
                await self._give_back(event, owner)
            if isinstance(error, Exception):
                return _failed(event)
            raise
        if event.id:
            try:
                await self._ask("done", event.id, self._ttl)
            except Exception:
                # The lease keeps it from being handled again; to fail would ask for that.
                _no_store(event)
        return HANDLED

    async def _give_back(self, event: Event[Any], owner: str) -> None:
        import asyncio  # noqa: PLC0415

        try:
            # Also when the task is cancelled meanwhile.
            await asyncio.shield(self._ask("release", event.id, owner))
        except Exception:
            _no_store(event)

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
        """Wait for handlers in the background that `handle` began, for `timeout` seconds at most.

        The interpreter does so too before it ends.
        """
        from concurrent.futures import wait  # noqa: PLC0415

        wait(set(self._futures), timeout)

    async def drain_async(self) -> None:
        """Wait for handlers in the background that `handle_async` began in this event loop.

        Await it before the loop ends, or they are cancelled. The ASGI adapter does.
        """
        import asyncio  # noqa: PLC0415

        loop = asyncio.get_running_loop()
        while tasks := [task for task in self._tasks if task.get_loop() is loop]:
            await asyncio.wait(tasks)

    def asgi(self) -> Asgi:
        """Give an ASGI app of its own, for any ASGI server: `uvicorn service:app`."""
        from ._asgi import Asgi  # noqa: PLC0415

        return Asgi(self)

    def starlette(self) -> Callable[[Request], Awaitable[StarletteResponse]]:
        """Give an endpoint for Starlette and FastAPI.

        app.add_route("/webhooks/100ms", receiver.starlette(), methods=["POST"])
        """
        from ._starlette import endpoint  # noqa: PLC0415

        return endpoint(self)

    def flask(self) -> Callable[[], FlaskResponse]:
        """Give a view for Flask.

        app.add_url_rule("/webhooks/100ms", view_func=receiver.flask(), methods=["POST"])
        """
        from ._flask import view  # noqa: PLC0415

        return view(self)

    def django(self) -> Callable[[Any], Any]:
        """Give a view for Django, free of its CSRF check.

        urlpatterns = [path("webhooks/100ms", receiver.django())]
        """
        from ._django import view  # noqa: PLC0415

        return view(self)

    def django_async(self) -> Callable[[Any], Awaitable[Any]]:
        """Give an async view for Django under ASGI, free of its CSRF check."""
        from ._django import async_view  # noqa: PLC0415

        return async_view(self)

    def _route_of(self, event: Event[Any]) -> Route | None:
        if event.problem is None:
            route = self._routes.get(event.type)
            if route is not None:
                return route
        return self._routes.get(FALLBACK)

    def _unheard(self, event: Event[Any]) -> Response:
        if event.problem is not None and event.type in self._routes:
            logger.error("webhook %s (%s) does not fit: %s", event.id, event.type, event.problem)
            return MALFORMED
        return NO_HANDLER

    def _lease_of(self, route: Route) -> float:
        return max(self._lease, LEASE_IN_BACKGROUND) if route.background else self._lease

    def _executor(self) -> ThreadPoolExecutor:
        process = os.getpid()
        if self._pool is None or self._pool[0] != process:  # a forked child has no threads of it
            from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415

            self._pool = (process, ThreadPoolExecutor(thread_name_prefix="hundredms-webhooks"))
        return self._pool[1]


_CLAIMED = {"done": HANDLED_BEFORE, "in_progress": IN_PROGRESS}


def _as_sent(value: str) -> bytes:
    """Give the bytes of a header back: servers read them as Latin-1."""
    try:
        return value.encode("latin-1")
    except UnicodeEncodeError:
        return value.encode()


class _Owners:
    """Gives each claim a name of its own: a random one for the process, and a number."""

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


def _refuse(refusal: Refusal) -> Response:
    logger.warning("a webhook was refused: %s", refusal)
    return Response(refusal.status, refusal.public_message)


def _failed(event: Event[Any]) -> Response:
    logger.exception("the handler of webhook %s (%s) failed", event.id, event.type)
    return FAILED


def _no_store(event: Event[Any]) -> Response:
    logger.exception("the store of handled webhooks does not answer, for %s", event.id)
    return FAILED
