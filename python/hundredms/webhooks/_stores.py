"""Where it is kept which events were handled, so that each is handled once."""

from __future__ import annotations

import inspect
from abc import ABC, abstractmethod
from typing import Any, Literal, Protocol, TypeAlias

from .. import _native

Claim: TypeAlias = Literal["new", "in_progress", "done"]
"""What became of a claim: the event is yours, somebody handles it now, or it was handled."""

MONTH = 31 * 86400.0


class Store(ABC):
    """A store whose methods wait."""

    @abstractmethod
    def claim(self, id: str, owner: str, lease: float) -> Claim:
        """Claim an event; a claim of which nothing more is heard ends after `lease` seconds.

        `owner` is another text for each claim.
        """

    @abstractmethod
    def done(self, id: str, ttl: float) -> None:
        """Note that the event was handled, and remember that for `ttl` seconds."""

    @abstractmethod
    def release(self, id: str, owner: str) -> None:
        """Give an event back, if `owner` still has it; the next claim of it is new."""


class AsyncStore(ABC):
    """A store whose methods are awaited; for `Receiver.handle_async` and what builds on it."""

    @abstractmethod
    async def claim(self, id: str, owner: str, lease: float) -> Claim:
        """Claim an event; a claim of which nothing more is heard ends after `lease` seconds.

        `owner` is another text for each claim.
        """

    @abstractmethod
    async def done(self, id: str, ttl: float) -> None:
        """Note that the event was handled, and remember that for `ttl` seconds."""

    @abstractmethod
    async def release(self, id: str, owner: str) -> None:
        """Give an event back, if `owner` still has it; the next claim of it is new."""


class MemoryStore(Store):
    """Keeps the events of this process, and forgets the oldest when there are too many.

    Enough for one process. Where several handle the same webhooks, they need a store in common.
    """

    def __init__(self, *, capacity: int = 100_000) -> None:
        """Make an empty store that holds so many events."""
        self._native = _native.MemoryStore(capacity)

    def claim(self, id: str, owner: str, lease: float) -> Claim:
        """Claim an event."""
        return self._native.claim(id, owner, lease)

    def done(self, id: str, ttl: float) -> None:
        """Note that the event was handled."""
        self._native.done(id, ttl)

    def release(self, id: str, owner: str) -> None:
        """Give an event back."""
        self._native.release(id, owner)


# What stands under a key is the owner while an event is handled, then `done`: in every language.
_RELEASE = (
    "if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) end return 0"
)


class Redis(Protocol):
    """What is asked of a client of Redis: `redis.Redis` is one, and so is `redis.asyncio.Redis`."""

    def set(self, name: Any, value: Any, *, px: Any = ..., nx: bool = ...) -> Any: ...
    def get(self, name: Any) -> Any: ...
    def eval(self, script: Any, numkeys: int, *keys_and_args: Any) -> Any: ...


def _milliseconds(seconds: float) -> int:
    return max(1, round(seconds * 1000))


def _state(value: Any) -> Claim:
    return "done" if value in {b"done", "done"} else "in_progress"


def _waits(client: Redis) -> bool:
    return not inspect.iscoroutinefunction(getattr(client, "execute_command", None))


class RedisStore(Store):
    """Keeps the events in Redis, for all processes that handle the same webhooks.

    Services in Rust and Node share it: keys and values are the same.
    """

    def __init__(self, client: Redis, *, prefix: str = "hundredms:webhook:") -> None:
        """Use a client of your own.

        Args:
            client: A `redis.Redis`, or one like it; for `redis.asyncio` take `AsyncRedisStore`.
            prefix: What the keys begin with.
        """
        if not _waits(client):
            raise TypeError("a client of redis.asyncio needs an AsyncRedisStore")
        self._client = client
        self._prefix = prefix

    def claim(self, id: str, owner: str, lease: float) -> Claim:
        """Claim an event."""
        key = self._prefix + id
        if self._client.set(key, owner, nx=True, px=_milliseconds(lease)):
            return "new"
        return _state(self._client.get(key))

    def done(self, id: str, ttl: float) -> None:
        """Note that the event was handled."""
        self._client.set(self._prefix + id, "done", px=_milliseconds(ttl))

    def release(self, id: str, owner: str) -> None:
        """Give an event back."""
        self._client.eval(_RELEASE, 1, self._prefix + id, owner)


class AsyncRedisStore(AsyncStore):
    """Keeps the events in Redis, for all processes that handle the same webhooks.

    Services in Rust and Node share it: keys and values are the same.
    """

    def __init__(self, client: Redis, *, prefix: str = "hundredms:webhook:") -> None:
        """Use a client of your own.

        Args:
            client: A `redis.asyncio.Redis`, or one like it; for `redis.Redis` take `RedisStore`.
            prefix: What the keys begin with.
        """
        if _waits(client):
            raise TypeError("a client that waits needs a RedisStore")
        self._client = client
        self._prefix = prefix

    async def claim(self, id: str, owner: str, lease: float) -> Claim:
        """Claim an event."""
        key = self._prefix + id
        if await self._client.set(key, owner, nx=True, px=_milliseconds(lease)):
            return "new"
        return _state(await self._client.get(key))

    async def done(self, id: str, ttl: float) -> None:
        """Note that the event was handled."""
        await self._client.set(self._prefix + id, "done", px=_milliseconds(ttl))

    async def release(self, id: str, owner: str) -> None:
        """Give an event back."""
        await self._client.eval(_RELEASE, 1, self._prefix + id, owner)
