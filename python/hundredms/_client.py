"""The blocking and the async client."""

from __future__ import annotations

import math
import os
from collections import UserString
from collections.abc import (
    AsyncGenerator,
    AsyncIterable,
    Awaitable,
    Callable,
    Generator,
    Iterable,
    Mapping,
    Sequence,
)
from decimal import Decimal
from enum import Enum
from numbers import Integral, Real
from types import TracebackType
from typing import TYPE_CHECKING, Any, Generic, Literal, TypeAlias, TypedDict, TypeVar, overload

from . import _loaded as _loaded  # noqa: PLC0414
from ._arguments import (
    content,
    not_configured,
    number,
    refused,
    request,
    scalar,
    settings,
    text,
)
from ._bulk_types import ItemT, JournalOption, MapProgress, MapResult, ValueT
from ._calls import Calls, RawResponse
from ._errors import HundredmsError
from ._frames import seal
from ._hooks import Hooks, RequestView, ResponseView, RetryView
from ._native import Core
from ._shared import Recipe, Shared
from ._tokens import Tokens
from ._typing import Self
from .resources import AsyncResources, Resources
from .resources._lazy import lazy

if TYPE_CHECKING:
    from ._links import Links


def _core(keys: dict[str, Any], options: dict[str, Any]) -> Core:
    token, ca_file = keys["token"], options["ca_file"]
    recording, played = _cassette(options["cassette"])
    checked = {
        "token": "" if callable(token) else token,
        "ca_file": None if ca_file is None else str(ca_file),
        "cassette": played,
        **{name: _finite(name, options[name]) for name in ("timeout", "connect_timeout")},
        **{name: _not_negative(name, options[name]) for name in _COUNTS},
        "rate_limit": _rates(options["rate_limit"]),
    }
    return Core(settings({**keys, **options, **checked}), recording, callable(token))


_COUNTS = ("max_retries", "max_connections", "max_response_bytes", "max_in_flight")


def _rates(limit: RateLimit | None) -> RateLimit | None:
    """Return a limit as plain numbers."""
    if limit is None or isinstance(limit, str):
        return limit
    if isinstance(limit, Mapping):
        return {name: _rate(f"rate_limit: {name}", rate) for name, rate in limit.items()}
    return _rate("rate_limit", limit)


def _rate(name: str, rate: object) -> float | Literal["adaptive"]:
    if rate == "adaptive":
        return "adaptive"
    if isinstance(rate, bool) or not isinstance(rate, (Real, Decimal)):
        raise not_configured(name, f"must be requests per second, not {type(rate).__name__}")
    plain = number(rate)
    if plain is None or not math.isfinite(plain):
        raise not_configured(name, "must be more than 0, and finite")
    return plain


def _cassette(cassette: Cassette | None) -> tuple[str | None, dict[str, str] | None]:
    """Return the file to record to, and the recording to replay."""
    match cassette:
        case None:
            return None, None
        case {"path": path, "mode": "record", **others} if not others:
            return str(path), None
        case {"path": path, "mode": "replay", **others} if not others:
            return None, {"path": str(path), "mode": "replay"}
        case _:
            reason = 'must be {"path": …, "mode": "record" or "replay"}'
            raise not_configured("cassette", reason)


def _recipe(kind: type[Any], keys: dict[str, Any], options: dict[str, Any]) -> Recipe:
    """Store how to create the client again in another process, without secrets."""
    hidden = next((name for name, value in keys.items() if value is not None), None)
    proxy, cassette = options["proxy"], options["cassette"]
    if hidden is None and proxy is not None and "@" in str(proxy):
        hidden = "proxy"
    if hidden is None and "@" in (options["rate_limit_redis"] or ""):
        hidden = "rate_limit_redis"
    if cassette is not None and cassette["mode"] == "record":  # as in a forked child
        options = {**options, "cassette": None}
    return Recipe(kind, {} if hidden else options, hidden)


def _finite(name: str, seconds: float | None) -> float | None:
    """Refuse numbers that JSON cannot represent."""
    if seconds is None:
        return None
    if not isinstance(seconds, (Real, Decimal)):
        raise not_configured(name, f"must be a number of seconds, not {type(seconds).__name__}")
    plain = number(seconds)
    if plain is not None and math.isfinite(plain):
        return plain
    raise not_configured(name, "must be more than 0 seconds, and finite")


def _not_negative(name: str, count: int | None) -> int | None:
    if count is None:
        return None
    if not isinstance(count, Integral):
        raise not_configured(name, f"must be a whole number, not {type(count).__name__}")
    if count >= 0:
        return int(count)
    raise not_configured(name, "must be 0 or more")


TokenCallback: TypeAlias = "Callable[[], str | Awaitable[str]]"
CallbackT = TypeVar("CallbackT", bound=TokenCallback)
ModelT = TypeVar("ModelT")


class Cassette(TypedDict):
    """A file of recorded exchanges, for tests."""

    path: str | os.PathLike[str]
    """The file. Each client that records overwrites it. A forked child does not record."""
    mode: Literal["record", "replay"]
    """Whether to record or to replay."""


RateLimit: TypeAlias = "float | Literal['adaptive'] | Mapping[str, float | Literal['adaptive']]"
"""Requests per second to each group of resources; by group, `*` for all others; or adaptive."""

Word: TypeAlias = "str | int | float | bool"
Query: TypeAlias = "Mapping[str, Word | Sequence[Word] | None]"


def _word(name: str, value: object) -> str:
    plain = scalar(value.value if isinstance(value, Enum) else value)
    if isinstance(plain, bool):
        return "true" if plain else "false"
    if isinstance(plain, float) and not math.isfinite(plain):
        raise refused("request", f"query.{name}", f"must be a finite number, not {plain}")
    if isinstance(plain, (str, int, float)):
        try:
            return text("request", f"query.{name}", str(plain))
        except ValueError as error:
            if isinstance(error, HundredmsError):
                raise
            raise refused("request", f"query.{name}", "has too many digits") from None
    reason = f"must be text, a number or a bool, not {type(value).__name__}"
    raise refused("request", f"query.{name}", reason)


def _pairs(query: Query | None) -> list[tuple[str, str]]:
    """Return each value of a query as text.

    A sequence gives one for each item, and None gives none.
    """
    pairs: list[tuple[str, str]] = []
    if not isinstance(query, Mapping):
        if query is None:
            return pairs
        raise refused("request", "query", f"must be a mapping, not {type(query).__name__}")
    for key, value in query.items():
        name = text("request", "query: its names", key)
        if isinstance(value, Sequence) and not isinstance(value, (str, UserString, bytes)):
            pairs.extend((name, _word(name, item)) for item in value)
        elif value is not None:
            pairs.append((name, _word(name, value)))
    return pairs


def _named(operation: str, arguments: Mapping[str, Any] | None) -> tuple[str, bytes]:
    """Return the name and the arguments of an operation as the core takes them."""
    name = text("call_raw", "operation", operation)
    if arguments is None:
        return name, b"{}"
    if not isinstance(arguments, Mapping):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise refused(name, "arguments", f"must be a mapping, not {type(arguments).__name__}")
    return name, request(name, arguments)


def _sent(
    method: str, path: str, query: Query | None, body: Any
) -> tuple[str, str, list[tuple[str, str]], bytes | None]:
    """Return the parts of a request as the core takes them."""
    return (
        text("request", "method", method),
        text("request", "path", path),
        _pairs(query),
        None if body is None else content("request", "body", body),
    )


class _Common(Shared, Generic[CallbackT]):
    """The common base of both clients."""

    _core: Core
    _recipe: Recipe

    def __init__(
        self,
        access_key: str | None = None,
        secret: str | None = None,
        *,
        token: str | CallbackT | None = None,
        base_url: str | None = None,
        auth_url: str | None = None,
        timeout: float | None = None,
        connect_timeout: float | None = None,
        max_retries: int | None = None,
        max_connections: int | None = None,
        max_response_bytes: int | None = None,
        rate_limit: RateLimit | None = None,
        rate_limit_redis: str | None = None,
        max_in_flight: int | None = None,
        proxy: str | bool | None = None,
        ca_file: str | os.PathLike[str] | None = None,
        user_agent: str | None = None,
        cassette: Cassette | None = None,
        on_request: Callable[[RequestView], object] | None = None,
        on_response: Callable[[ResponseView], object] | None = None,
        on_retry: Callable[[RetryView], object] | None = None,
    ) -> None:
        """Create a client. It does not connect before the first call.

        Args:
            access_key: Access key. Defaults to HMS_ACCESS_KEY, then to APP_ACCESS_KEY.
            secret: Its secret. Defaults to HMS_SECRET, then to APP_SECRET.
            token: Instead of both, a management token, which is not renewed, or a callback that
                returns one. It is called at the first call, 5 minutes before the token expires, and
                after a 401. A `Client` calls it in a separate thread, an `AsyncClient` in the event
                loop of the call, where it may also be async.
            base_url: Base URL of the API. Defaults to HMS_BASE_URL, then to the service.
            auth_url: Base URL for the exchange of room codes. Defaults to HMS_AUTH_URL, then to
                `/v2` of the server of `base_url` if that is on this machine, else to the service.
            timeout: Seconds for a whole call, over all attempts. Defaults to 30, and to more for
                operations that take long. A call that had to wait is only sent if a second of it is
                left, or a quarter if that is less.
            connect_timeout: Seconds for opening a connection. Defaults to 5.
            max_retries: How often a failed attempt is retried. Defaults to 2. A request that fails
                because the server has closed an idle connection is not counted: if the operation
                may be repeated, it is sent once more, even with 0.
            max_connections: Maximum number of connections to each server. Further calls wait for
                one. Defaults to 100.
            max_response_bytes: Maximum size of a response in bytes. Defaults to 8 MiB.
            rate_limit: How many requests per second are sent to each group of resources: a number;
                "adaptive" for as many as the service accepts; or one of these by group,
                `{"rooms": 20, "*": "adaptive"}`, of which `*` is for all others. Each attempt
                counts. Calls wait in order, within their timeout. One whose turn comes too late is
                not sent: raise the timeout, or make fewer calls at once. A 429 pauses all calls
                of its group, which continue at the rate that the service accepted; it grows back by
                itself. Defaults to no limit.
            rate_limit_redis: Redis that the processes which share the limit use:
                `redis://host:6379`. While it cannot be reached, each process keeps its share.
            max_in_flight: Maximum number of requests in flight. Further calls wait, first come,
                first served.
            proxy: Address of a proxy, or False for none. Defaults to the environment's settings.
            ca_file: PEM file with certificates to trust in addition to the system's.
            user_agent: Product that is added to the user agent.
            cassette: For tests: a file to record every exchange to, or to replay it from without
                network and credentials: `{"path": "rooms.json", "mode": "replay"}`. It contains no
                secrets.
            on_request: Called before every attempt is sent. Hooks see no header, body or argument.
                Their exceptions are logged and change nothing.
            on_response: Called when an attempt has ended, with or without a response.
            on_retry: Called before the pause before a retry.

        Raises:
            ConfigurationError: Missing credentials, an invalid URL, an unreadable CA file.
        """
        keys: dict[str, Any] = {"access_key": access_key, "secret": secret, "token": token}
        options: dict[str, Any] = {
            "base_url": base_url,
            "auth_url": auth_url,
            "timeout": timeout,
            "connect_timeout": connect_timeout,
            "max_retries": max_retries,
            "max_connections": max_connections,
            "max_response_bytes": max_response_bytes,
            "rate_limit": rate_limit,
            "rate_limit_redis": rate_limit_redis,
            "max_in_flight": max_in_flight,
            "proxy": proxy,
            "ca_file": ca_file,
            "user_agent": user_agent,
            "cassette": cassette,
        }
        hooks: dict[str, Any] = {
            "on_request": on_request,
            "on_response": on_response,
            "on_retry": on_retry,
        }
        made = Hooks(**hooks)
        self._core = _core(keys, options)
        self._recipe = _recipe(self._kind(), keys, {**options, **hooks})
        self._begin(made, token if callable(token) else None)

    def _kind(self) -> type[Any]:
        """Return the class that creates the client again elsewhere."""
        raise NotImplementedError

    def _begin(self, hooks: Hooks, token: CallbackT | None) -> None:
        """Create the calls of the client."""
        raise NotImplementedError

    @lazy
    def tokens(self) -> Tokens:
        """Create, decode and verify tokens."""
        return Tokens(self._core, self._recipe)

    @lazy
    def links(self) -> Links:
        """Create links at which people and recorders join rooms."""
        from ._links import Links  # noqa: PLC0415 - seldom needed

        return Links(self._core, self._recipe)

    def __repr__(self) -> str:
        target = self._core.target("request")
        base_url = "" if target is None else str(target[2])
        shown = base_url if "@" not in base_url else "[redacted]"
        return f"{type(self).__name__}(base_url={shown!r})"

    def __reduce__(self) -> tuple[Any, ...]:
        return self._recipe.reduce()


class Client(_Common[Callable[[], str]], Resources):
    """A blocking client of the service.

    Safe to share between threads, and usable in a forked child.

    Can be used as a context manager. A client that is never closed does not keep the process alive.
    """

    def _kind(self) -> type[Any]:
        return Client

    def _begin(self, hooks: Hooks, token: Callable[[], str] | None) -> None:
        Resources.__init__(self, Calls(self._core, hooks, token, self._recipe))

    def call_raw(
        self,
        operation: str,
        arguments: Mapping[str, Any] | None = None,
        *,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> RawResponse:
        """Call an operation by name and return the raw response: status, headers, bytes.

        Args:
            operation: Name of the operation: `rooms.get`.
            arguments: Its arguments, under the service's names.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is retried. Defaults to the client's setting.
        """
        return self._calls.raw(*_named(operation, arguments), timeout, max_retries)

    def request(
        self,
        method: str,
        path: str,
        *,
        query: Query | None = None,
        body: Any = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> RawResponse:
        """Send a request for which this version has no operation, with the management token.

        Args:
            method: HTTP method.
            path: Path relative to the base URL, sent unchanged: encode the values in it.
            query: Query parameters. A sequence is sent once for each item; None is not sent.
            body: Body, sent as JSON unless None.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is retried. Defaults to the client's setting.
        """
        sent = _sent(method, path, query, body)
        return self._calls.request(*sent, timeout, max_retries)

    @overload
    def reconcile(self, error: HundredmsError) -> Any: ...

    @overload
    def reconcile(self, error: HundredmsError, model: type[ModelT]) -> ModelT | None: ...

    def reconcile(self, error: HundredmsError, model: type[Any] | None = None) -> Any:
        """Check whether the call that failed with `error` took effect, and return what it made.

        None means that there is no such object yet; then the call can be repeated. After a timeout,
        a 408 or a 504, the service may still be working on the request: wait longer than that takes
        before treating None as proof. The search covers what was made since the call began, with
        the name that the call gave. The same object made by somebody else at the same time cannot
        be distinguished.

            except hundredms.AmbiguousOutcomeError as error:
                time.sleep(10)
                recording = client.reconcile(error, Recording)
                recording = recording or client.recordings.start(room_id)

        Args:
            error: The error.
            model: What the call returns, such as `models.Recording`. Checked against the call; the
                type of the result for type checkers. Without it, this type is Any.

        Raises:
            InvalidRequestError: No operation shows the effect, the error is not from a call in this
                process, or the call does not return `model`.
        """
        return self._calls.reconcile(error, model)

    def map(
        self,
        call: Callable[[ItemT], ValueT],
        items: Iterable[ItemT],
        *,
        concurrency: int = 16,
        ordered: bool = True,
        stop_on_error: bool = False,
        journal: JournalOption | None = None,
        on_progress: Callable[[MapProgress], object] | None = None,
    ) -> Generator[MapResult[ItemT, ValueT], None, None]:
        """Make a call for each item, several at a time, and yield the results.

        An error of a call is a result; the other calls go on. Items are taken as calls end, so a
        generator of a million items needs no memory. A pause that the service asks for with 429
        delays the run, up to 10 minutes: waiting for its turn does not count against the timeout
        of a call. The calls run in threads, which end with the iteration. Closing the iterator
        cancels the calls of this client that run. Other code of `call` is not interrupted: its
        thread goes on until it returns.

        Args:
            call: Makes the call for an item, in a thread:
                `lambda name: client.rooms.create(name=name)`.
            items: The items. They are taken in the thread that iterates.
            concurrency: How many calls run at a time. Between 1 and 10000.
            ordered: Whether results come in the order of the items, or as calls end.
            stop_on_error: Whether the first error is raised, and ends the run.
            journal: File with the keys of the items that are done, to resume the run: a path, or
                `{"path": …, "name": …, "key": …}`. Items that it has are left out.
            on_progress: Called after each result.

        Raises:
            ConfigurationError: An invalid option, or the journal is of another run.
                The journal is opened at the first result.

            for done in client.map(create, names, journal="rooms.ndjson"):
                if done.error is not None:
                    print(done.item, done.error)
        """
        from ._bulk import Settings, run  # noqa: PLC0415 - seldom needed

        settings = Settings(call, concurrency, journal, on_progress)
        return run(settings, call, items, ordered=ordered, stop_on_error=stop_on_error)

    def close(self) -> None:
        """Close the connections. Running calls continue, later ones fail."""
        self._core.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        type: type[BaseException] | None,
        value: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()


class AsyncClient(_Common[Callable[[], str | Awaitable[str]]], AsyncResources):
    """An async client of the service. It works in any event loop, and in several at once."""

    def _kind(self) -> type[Any]:
        return AsyncClient

    def _begin(self, hooks: Hooks, token: TokenCallback | None) -> None:
        from ._async_calls import AsyncCalls  # noqa: PLC0415 - asyncio is slow to import

        AsyncResources.__init__(self, AsyncCalls(self._core, hooks, token, self._recipe))

    async def call_raw(
        self,
        operation: str,
        arguments: Mapping[str, Any] | None = None,
        *,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> RawResponse:
        """Call an operation by name and return the raw response: status, headers, bytes.

        Args:
            operation: Name of the operation: `rooms.get`.
            arguments: Its arguments, under the service's names.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is retried. Defaults to the client's setting.
        """
        return await self._calls.raw(*_named(operation, arguments), timeout, max_retries)

    async def request(
        self,
        method: str,
        path: str,
        *,
        query: Query | None = None,
        body: Any = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> RawResponse:
        """Send a request for which this version has no operation, with the management token.

        Args:
            method: HTTP method.
            path: Path relative to the base URL, sent unchanged: encode the values in it.
            query: Query parameters. A sequence is sent once for each item; None is not sent.
            body: Body, sent as JSON unless None.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is retried. Defaults to the client's setting.
        """
        sent = _sent(method, path, query, body)
        return await self._calls.request(*sent, timeout, max_retries)

    @overload
    async def reconcile(self, error: HundredmsError) -> Any: ...

    @overload
    async def reconcile(self, error: HundredmsError, model: type[ModelT]) -> ModelT | None: ...

    async def reconcile(self, error: HundredmsError, model: type[Any] | None = None) -> Any:
        """Check whether the call that failed with `error` took effect, and return what it made.

        None means that there is no such object yet; then the call can be repeated. After a timeout,
        a 408 or a 504, the service may still be working on the request: wait longer than that takes
        before treating None as proof. The search covers what was made since the call began, with
        the name that the call gave. The same object made by somebody else at the same time cannot
        be distinguished.

            except hundredms.AmbiguousOutcomeError as error:
                await asyncio.sleep(10)
                recording = await client.reconcile(error, Recording)
                recording = recording or await client.recordings.start(room_id)

        Args:
            error: The error.
            model: What the call returns, such as `models.Recording`. Checked against the call; the
                type of the result for type checkers. Without it, this type is Any.

        Raises:
            InvalidRequestError: No operation shows the effect, the error is not from a call in this
                process, or the call does not return `model`.
        """
        return await self._calls.reconcile(error, model)

    def map(
        self,
        call: Callable[[ItemT], Awaitable[ValueT]],
        items: Iterable[ItemT] | AsyncIterable[ItemT],
        *,
        concurrency: int = 16,
        ordered: bool = True,
        stop_on_error: bool = False,
        journal: JournalOption | None = None,
        on_progress: Callable[[MapProgress], object] | None = None,
    ) -> AsyncGenerator[MapResult[ItemT, ValueT], None]:
        """Make a call for each item, several at a time, and yield the results.

        An error of a call is a result; the other calls go on. Items are taken as calls end, so a
        generator of a million items needs no memory. A pause that the service asks for with 429
        delays the run, up to 10 minutes: waiting for its turn does not count against the timeout
        of a call. Closing the iterator (`aclose`) cancels the calls that run. A `break` does not
        close it at once: for that, use `contextlib.aclosing`.

        Args:
            call: Makes the call for an item: `lambda name: client.rooms.create(name=name)`.
            items: The items, which may be async.
            concurrency: How many calls run at a time. Between 1 and 10000.
            ordered: Whether results come in the order of the items, or as calls end.
            stop_on_error: Whether the first error is raised, and ends the run.
            journal: File with the keys of the items that are done, to resume the run: a path, or
                `{"path": …, "name": …, "key": …}`. Items that it has are left out.
            on_progress: Called after each result.

        Raises:
            ConfigurationError: An invalid option, or the journal is of another run.
                The journal is opened at the first result.

            async for done in client.map(create, names, journal="rooms.ndjson"):
                if done.error is not None:
                    print(done.item, done.error)
        """
        from ._async_bulk import run_async  # noqa: PLC0415 - asyncio is slow to import
        from ._bulk import Settings  # noqa: PLC0415 - seldom needed

        settings = Settings(call, concurrency, journal, on_progress)
        return run_async(settings, call, items, ordered=ordered, stop_on_error=stop_on_error)

    async def close(self) -> None:
        """Close the connections. Running calls continue, later ones fail."""
        self._core.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        type: type[BaseException] | None,
        value: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self.close()


seal(_Common, ("__init__",))
for _client in (Client, AsyncClient):
    seal(_client, ("call_raw", "request", "reconcile", "map"))
