"""The events of the service's own history as they come, for programs without a public URL."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Iterator, Sequence
from datetime import datetime, timezone
from types import TracebackType
from typing import Any

import msgspec

from .._absent import ABSENT
from .._arguments import refused
from .._client import AsyncClient, Client
from .._times import aware
from .._typing import Self
from ..models.analytics import WebhookEventName
from ._event import Event, parse
from ._recover import check_client
from ._types import EventData

_JOB = "webhooks.tail"

_LATEST = datetime(9999, 12, 30, tzinfo=timezone.utc)
"""Counts as later than all others, for an event without a time."""


class _Look(msgspec.Struct, frozen=True):
    """What a look at the history has found."""

    before: str
    after: str
    state: dict[str, Any]
    events: list[str] = []


class _Closed(Exception):
    """The tail was closed while it waited."""


class _Place:
    """The place in the history, and the events that were found but not yet yielded."""

    def __init__(
        self,
        since: datetime | None,
        cursor: str | None,
        room_id: str,
        event_names: Sequence[WebhookEventName],
    ) -> None:
        if since is not None and cursor is not None:
            raise refused(_JOB, "cursor", "must not be given together with since")
        self._arguments: dict[str, Any] = {
            "since": aware(_JOB, "since", since),
            "cursor": cursor,
            "room_id": room_id,
            "event_names": event_names,
        }
        self._events: deque[Event[EventData]] = deque()
        self._cursor: dict[str, Any] | None = None
        self._given = cursor
        self._after: str | None = None

    @property
    def cursor(self) -> str | None:
        """The place after the last event that was yielded."""
        if self._cursor is None:
            return self._given
        return msgspec.json.encode(self._cursor).decode()

    def arguments(self) -> dict[str, Any]:
        """Return the arguments of the next look."""
        return self._arguments

    def take(self, look: _Look) -> None:
        """Keep what a look has found."""
        self._events.extend(map(parse, look.events))
        self._arguments = {**self._arguments, "cursor": look.after, "state": look.state}
        self._after = look.after
        self._cursor = msgspec.json.decode(look.before if look.events else look.after)

    def next(self) -> Event[EventData] | None:
        """Return the next event that was found."""
        if not self._events:
            return None
        event = self._events.popleft()
        if not self._events and self._after is not None:
            self._cursor = msgspec.json.decode(self._after)
        elif self._cursor is not None:
            self._cursor["seen"][event.id] = event.timestamp or _LATEST
        return event


class Tail(Iterator[Event[EventData]]):
    """The events of the service's history, without end. Made by `tail`.

    A context manager; `close` ends it, from another thread too, within 100 ms.
    """

    def __init__(self, client: Client, place: _Place) -> None:
        self._client = client
        self._place = place
        self._closed = False

    @property
    def cursor(self) -> str | None:
        """The place after the last event, to continue there with `cursor=`.

        None before the first event. It contains the ids of the events of the last ten minutes.
        """
        return self._place.cursor

    def __next__(self) -> Event[EventData]:
        while not self._closed:
            event = self._place.next()
            if event is not None:
                return event
            arguments = self._place.arguments()
            run = self._client.analytics._calls.run  # pyright: ignore[reportPrivateUsage]
            try:
                look = run(_JOB, _Look, arguments, None, None, None, self._check)
            except _Closed:
                break
            self._place.take(look)
        raise StopIteration

    def _check(self) -> None:
        if self._closed:
            raise _Closed

    def close(self) -> None:
        """End it: the loop over it ends."""
        self._closed = True

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()


class AsyncTail(AsyncIterator[Event[EventData]]):
    """The events of the service's history, without end. Made by `tail_async`.

    An async context manager; `aclose` ends it at once, from another task too.
    """

    def __init__(self, client: AsyncClient, place: _Place) -> None:
        self._client = client
        self._place = place
        self._closed = False
        self._looking: asyncio.Task[_Look] | None = None

    @property
    def cursor(self) -> str | None:
        """The place after the last event, to continue there with `cursor=`.

        None before the first event. It contains the ids of the events of the last ten minutes.
        """
        return self._place.cursor

    async def __anext__(self) -> Event[EventData]:
        while not self._closed:
            event = self._place.next()
            if event is not None:
                return event
            if self._looking is not None:
                raise RuntimeError("another task waits for the next event of this tail")
            run = self._client.analytics._calls.run  # pyright: ignore[reportPrivateUsage]
            looking = run(_JOB, _Look, self._place.arguments(), None, None, None)
            self._looking = asyncio.ensure_future(looking)
            try:
                look = await self._looking
            except asyncio.CancelledError:
                if self._closed:
                    break
                raise
            finally:
                self._looking = None
            self._place.take(look)
        raise StopAsyncIteration

    async def aclose(self) -> None:
        """End it: the loop over it ends."""
        self._closed = True
        if self._looking is not None:
            self._looking.cancel()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self.aclose()


def tail(
    client: Client,
    since: datetime | None = None,
    *,
    cursor: str | None = None,
    room_id: str = ABSENT,
    event_names: Sequence[WebhookEventName] = ABSENT,
) -> Tail:
    """Yield the events of the service's history as they come, without a public URL.

        for event in webhooks.tail(client):
            match event.data:
                case events.PeerJoinSuccess() as join:
                    print(join.peer_id, join.room_id)

    Looks at the history again and again, with pauses of 1 s that grow to 10 s while nothing
    happens. Each event comes once, by its id, oldest first within a look. The history lists an
    event after its delivery was attempted, so a webhook URL must be configured, even one that
    nobody answers, and an event that is listed more than five minutes after its time may be missed.
    It lists only some event types and has less data than the webhooks, so some events are
    `Malformed`. It reaches back 30 days. An event that is replayed more than five minutes later
    comes again.

    Looks that fail because of the network or the service are repeated: at first five in a row, and
    after a successful one for about ten minutes. After an error, the iteration can continue.

    Args:
        client: The client to use.
        since: Where to start, an aware datetime. At most 30 days ago. Defaults to now.
        cursor: Where to continue, instead of `since`: the `cursor` of an earlier tail.
        room_id: Only webhooks about this room.
        event_names: Only webhooks of these types.

    Raises:
        InvalidRequestError: An invalid argument.
        HundredmsError: While iterating, as `client.analytics.list_webhook_events` does.
    """
    check_client(client, awaited=False)
    return Tail(client, _Place(since, cursor, room_id, event_names))


def tail_async(
    client: AsyncClient,
    since: datetime | None = None,
    *,
    cursor: str | None = None,
    room_id: str = ABSENT,
    event_names: Sequence[WebhookEventName] = ABSENT,
) -> AsyncTail:
    """Yield the events of the service's history as they come: see `tail`."""
    check_client(client, awaited=True)
    return AsyncTail(client, _Place(since, cursor, room_id, event_names))
