"""Remembers which events were handled, so that each is handled once."""

from __future__ import annotations

import inspect
import sys
import warnings
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable
from contextlib import suppress
from types import NoneType
from typing import TYPE_CHECKING, Any, Literal, Protocol, TypeAlias, TypeVar, cast, get_args
from weakref import WeakKeyDictionary

from .. import _native
from .._arguments import not_configured
from .._frames import seal
from .._typing import Self

if TYPE_CHECKING:
    from asyncio import AbstractEventLoop

T = TypeVar("T")

Claim: TypeAlias = Literal["new", "in_progress", "done"]
"""The result of a claim: you may handle the event, it is being handled, or it was handled."""

CLAIMS = frozenset(get_args(Claim))

MONTH = 31 * 86400.0


def checked(store: object, claim: Any) -> Claim:
    """Return the result of a claim, if it is one."""
    if isinstance(claim, str) and claim in CLAIMS:
        return cast("Claim", claim)
    got = repr(claim) if isinstance(claim, (bool, str, NoneType)) else f"a {type(claim).__name__}"
    raise TypeError(
        f"{type(store).__name__}.claim must return 'new', 'in_progress' or 'done', not {got}"
    )


class Store(ABC):
    """A store with blocking methods.

    Each method must be atomic: of two processes that claim an event at once, one gets `new`. What a
    method raises is logged. If `claim` raises, the response is 500, and the service sends the event
    again. Nothing limits how long a method may take, so set a timeout of about 2 seconds.
    """

    @abstractmethod
    def claim(self, id: str, owner: str, lease: float) -> Claim:
        """Claim an event. An abandoned claim expires after `lease` seconds.

        `owner` is different for each claim. A store that repeats its request after a broken
        connection recognises its own claim by it, and returns `new`.

        Returns:
            `new` if the event is free, or its claim has expired. `in_progress` if another owner has
            it. `done` if it was handled.
        """

    @abstractmethod
    def done(self, id: str, ttl: float) -> None:
        """Mark the event as handled, and remember it for `ttl` seconds."""

    @abstractmethod
    def release(self, id: str, owner: str) -> None:
        """Release an event, if `owner` still has it. The next claim of it is new."""


class AsyncStore(ABC):
    """A store with async methods, for `Receiver.handle_async` and everything that uses it.

    Its methods must guarantee what those of a `Store` do.
    """

    @abstractmethod
    async def claim(self, id: str, owner: str, lease: float) -> Claim:
        """Claim an event. An abandoned claim expires after `lease` seconds.

        `owner` is different for each claim. A store that repeats its request after a broken
        connection recognises its own claim by it, and returns `new`.

        Returns:
            `new` if the event is free, or its claim has expired. `in_progress` if another owner has
            it. `done` if it was handled.
        """

    @abstractmethod
    async def done(self, id: str, ttl: float) -> None:
        """Mark the event as handled, and remember it for `ttl` seconds."""

    @abstractmethod
    async def release(self, id: str, owner: str) -> None:
        """Release an event, if `owner` still has it. The next claim of it is new."""


class MemoryStore(Store):
    """Remembers the events of this process, and drops the oldest if there are too many.

    Enough for one process. Several processes that handle the same webhooks need a shared store.
    """

    def __init__(self, *, capacity: int = 100_000) -> None:
        """Create an empty store that holds this many events.

        Raises:
            ConfigurationError: The number of events is invalid.
        """
        whole = isinstance(capacity, int)  # pyright: ignore[reportUnnecessaryIsInstance]
        if not whole or not 0 < capacity <= sys.maxsize:
            raise not_configured("capacity", "must be a whole number, and more than 0")
        self._native = _native.MemoryStore(capacity)

    def claim(self, id: str, owner: str, lease: float) -> Claim:
        """Claim an event."""
        return self._native.claim(id, owner, lease)

    def done(self, id: str, ttl: float) -> None:
        """Mark the event as handled."""
        self._native.done(id, ttl)

    def release(self, id: str, owner: str) -> None:
        """Release an event."""
        self._native.release(id, owner)


# What stands under a key is the owner while an event is handled, then `done`: in every language.
class Redis(Protocol):
    """The interface of a Redis client, such as `redis.Redis` and `redis.asyncio.Redis`."""

    def set(self, name: Any, value: Any, *, px: Any = ..., nx: bool = ...) -> Any: ...
    def get(self, name: Any) -> Any: ...
    def pipeline(self, transaction: Any = ...) -> Any: ...


def _milliseconds(seconds: float) -> int:
    return max(1, round(seconds * 1000))


def _state(value: Any, owner: str) -> Claim | None:
    """Read what stands under a key that could not be claimed; None if nothing does any more."""
    if value is None:
        return None
    match value.decode() if isinstance(value, bytes) else value:
        case "done":
            return "done"
        case held if held == owner:
            # The claim was sent twice, since the connection broke before its answer.
            return "new"
        case _:
            return "in_progress"


def _connect(kind: Any, url: str, **options: Any) -> Any:
    """Create a client of `redis`. Its error for a bad address may contain the password."""
    with suppress(ValueError):
        return kind.from_url(url, **options)
    raise not_configured("url", "must be the URL of a Redis: redis://localhost:6379/0")


def _name(client: object) -> str:
    kind = type(client)
    return f"{kind.__module__}.{kind.__qualname__}"


def _check(client: Any, store: str, *, waits: bool) -> None:
    """Refuse a client that would take the commands in a way of its own."""
    name = _name(client)
    missing = [
        method
        for method in ("set", "get", "pipeline", "execute_command")
        if not callable(getattr(client, method, None))
    ]
    if missing:
        ours = "redis.Redis" if waits else "redis.asyncio.Redis"
        raise TypeError(
            f"{store}: client must be a {ours} or one like it, not {name}, which has no "
            f"`{missing[0]}`. "
            "Use a client of the package `redis` (or `valkey`), or write a store of your own: "
            f"a subclass of {'Store' if waits else 'AsyncStore'}"
        )
    if inspect.iscoroutinefunction(client.execute_command) is waits:
        other = "AsyncRedisStore" if waits else "RedisStore"
        raise TypeError(f"a client of {name} needs {other}, not {store}")


def _lost_race(error: Exception) -> bool:
    """Return whether somebody else changed the key meanwhile; `redis` and `valkey` name it so."""
    return type(error).__name__ == "WatchError"


PATIENCE = 2.0
"""Timeout of Redis in seconds: the service is waiting meanwhile."""

PREFIX = "hundredms:webhook:"


class RedisStore(Store):
    """Remembers the events in Redis, for all processes that handle the same webhooks.

    Services in Rust and Node can share it: keys and values are the same.
    """

    def __init__(self, client: Redis, *, prefix: str = PREFIX) -> None:
        """Use your own client. `from_url` creates a suitable one.

        Args:
            client: A `redis.Redis`, or a similar client. For `redis.asyncio` use `AsyncRedisStore`.
                It must have a `socket_timeout`; otherwise webhooks hang if Redis does.
            prefix: Prefix of the keys.

        Raises:
            TypeError: The client takes Redis commands differently.
        """
        _check(client, "RedisStore", waits=True)
        options = getattr(getattr(client, "connection_pool", None), "connection_kwargs", None)
        if options is not None and options.get("socket_timeout") is None:
            message = "the client of Redis has no socket_timeout: webhooks hang when Redis does"
            warnings.warn(message, stacklevel=2)
        self._client = client
        self._prefix = prefix

    @classmethod
    def from_url(cls, url: str, *, prefix: str = PREFIX, timeout: float = PATIENCE) -> Self:
        """Connect to `redis://host:port` on first use.

        Args:
            url: As `redis.Redis.from_url` takes it.
            prefix: Prefix of the keys.
            timeout: Timeout of Redis in seconds. After it the response is 500, so that the service
                sends the event again.
        """
        from redis import ConnectionError, Redis  # noqa: PLC0415
        from redis.backoff import NoBackoff  # noqa: PLC0415
        from redis.retry import Retry  # noqa: PLC0415

        client = _connect(
            Redis,
            url,
            socket_timeout=timeout,
            socket_connect_timeout=timeout,
            # Once, for a connection that was dropped while it was idle; not for one that hangs.
            retry=Retry(NoBackoff(), 1, (ConnectionError,)),
        )
        return cls(client, prefix=prefix)

    def claim(self, id: str, owner: str, lease: float) -> Claim:
        """Claim an event."""
        key = self._prefix + id
        while not self._client.set(key, owner, nx=True, px=_milliseconds(lease)):
            state = _state(self._client.get(key), owner)
            if state is not None:
                return state
        return "new"

    def done(self, id: str, ttl: float) -> None:
        """Mark the event as handled."""
        self._client.set(self._prefix + id, "done", px=_milliseconds(ttl))

    def release(self, id: str, owner: str) -> None:
        """Release an event."""
        key = self._prefix + id
        # Not by a script: managed Redises and fakes of it refuse them.
        with self._client.pipeline(transaction=True) as pipe:
            try:
                pipe.watch(key)
                if _state(pipe.get(key), owner) == "new":
                    pipe.multi()
                    pipe.delete(key)
                    pipe.execute()
            except Exception as error:
                if not _lost_race(error):
                    raise


class AsyncRedisStore(AsyncStore):
    """Remembers the events in Redis, for all processes that handle the same webhooks.

    Services in Rust and Node can share it: keys and values are the same.
    """

    def __init__(self, client: Redis, *, prefix: str = PREFIX, timeout: float = PATIENCE) -> None:
        """Use your own client.

        Args:
            client: A `redis.asyncio.Redis`, or a similar client. For `redis.Redis` use
                `RedisStore`. Its connections belong to the event loop that uses it first. For
                several loops, such as those of test clients, use `from_url`.
            prefix: Prefix of the keys.
            timeout: Timeout of Redis in seconds. After it the response is 500, so that the service
                sends the event again.
        """
        _check(client, "AsyncRedisStore", waits=False)
        self._use(lambda: client, prefix, timeout)

    def _use(self, make: Callable[[], Redis], prefix: str, timeout: float) -> None:
        self._make = make
        self._clients: WeakKeyDictionary[AbstractEventLoop, Redis] = WeakKeyDictionary()
        self._prefix = prefix
        self._timeout = timeout

    @property
    def _client(self) -> Redis:
        """Return the client of this event loop, to which its connections belong."""
        import asyncio  # noqa: PLC0415

        loop = asyncio.get_running_loop()
        client = self._clients.get(loop)
        if client is None:
            client = self._clients[loop] = self._make()
        return client

    @classmethod
    def from_url(cls, url: str, *, prefix: str = PREFIX, timeout: float = PATIENCE) -> Self:
        """Connect to `redis://host:port` on first use, separately in each event loop.

        Args:
            url: As `redis.asyncio.Redis.from_url` takes it.
            prefix: Prefix of the keys.
            timeout: Timeout of Redis in seconds. After it the response is 500, so that the service
                sends the event again.
        """
        from redis.asyncio import Redis  # noqa: PLC0415

        store = cls(_connect(Redis, url), prefix=prefix, timeout=timeout)
        store._use(lambda: _connect(Redis, url), prefix, timeout)
        return store

    async def claim(self, id: str, owner: str, lease: float) -> Claim:
        """Claim an event."""
        return await self._in_time(self._claim(self._prefix + id, owner, _milliseconds(lease)))

    async def _claim(self, key: str, owner: str, lease: int) -> Claim:
        while not await self._client.set(key, owner, nx=True, px=lease):
            state = _state(await self._client.get(key), owner)
            if state is not None:
                return state
        return "new"

    async def done(self, id: str, ttl: float) -> None:
        """Mark the event as handled."""
        await self._in_time(self._client.set(self._prefix + id, "done", px=_milliseconds(ttl)))

    async def release(self, id: str, owner: str) -> None:
        """Release an event."""
        await self._in_time(self._release(self._prefix + id, owner))

    async def _release(self, key: str, owner: str) -> None:
        async with self._client.pipeline(transaction=True) as pipe:
            try:
                await pipe.watch(key)
                if _state(await pipe.get(key), owner) == "new":
                    pipe.multi()
                    pipe.delete(key)
                    await pipe.execute()
            except Exception as error:
                if not _lost_race(error):
                    raise

    async def _in_time(self, asked: Awaitable[T]) -> T:
        import asyncio  # noqa: PLC0415

        return await asyncio.wait_for(asked, self._timeout)


for _store in (RedisStore, AsyncRedisStore):
    seal(_store, ("__init__", "from_url"))
