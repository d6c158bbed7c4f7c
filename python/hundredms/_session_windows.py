"""Windows: parts of a range of time, for reading its sessions with several processes."""

from __future__ import annotations

import operator
from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import msgspec

from ._absent import ABSENT
from ._arguments import refused
from ._errors import error_of
from ._frozen import DATETIME
from ._native import undecodable
from ._pages import AsyncPager, Listing, Pager
from ._times import aware
from .models.sessions import Session, SessionList
from .resources._resource import AsyncResource, Resource

if TYPE_CHECKING:
    from ._pages import AsyncCalls, Calls

_NAME = "sessions.windows"
_LIST = "sessions.list"

_EPOCH = DATETIME[0](1970, 1, 1, tzinfo=timezone.utc)
_END = DATETIME[0](9999, 1, 1, tzinfo=timezone.utc)
_MILLISECOND = timedelta(milliseconds=1)

_MOST = 1_000_000
"""The maximum number of windows."""

_MARGIN = timedelta(seconds=1)
"""How much more than a window is requested on either side.

What lies outside of the window is left out, so it does not matter whether the service includes
bounds, or rounds them.
"""


class SessionWindow(msgspec.Struct, frozen=True, order=True):
    """A part of a range of time. A session belongs to the window in which it started.

    It can be pickled, compared, and used as a key. `msgspec.to_builtins` makes plain data of it,
    and `msgspec.convert(data, SessionWindow)` a window again, the same as in other languages. Times
    with a zone are converted to UTC.
    """

    after: datetime
    """Start. A session that starts at this time belongs to the window."""
    before: datetime
    """End. A session that starts at this time belongs to the next window."""

    def __post_init__(self) -> None:
        # Times with the same `zoneinfo` are compared, and added to, by their clock: an hour is lost
        # or repeated when that changes.
        for field, time in (("after", self.after), ("before", self.before)):
            if isinstance(time, DATETIME[0]) and time.utcoffset() is not None:
                msgspec.structs.force_setattr(self, field, _in_utc(field, time))

    @staticmethod
    def split(after: datetime, before: datetime, n: int) -> list[SessionWindow]:
        """Cut a range of time into `n` windows of the same length, earliest first.

        It needs no client. Each time of the range is in exactly one window, `after` in the first
        one; `before` is in none. Windows begin and end at whole milliseconds, in which the service
        counts: finer parts of the arguments are dropped.

        Args:
            after: Start of the range.
            before: End of the range.
            n: Number of windows. Between 1 and 1,000,000, and at most one per millisecond.

        Raises:
            InvalidRequestError: A time without a zone, `before` is not after `after`, or `n` is out
                of range.
        """
        start, end = _milliseconds("after", after), _milliseconds("before", before)
        span = end - start
        if span < 1:
            raise refused(_NAME, "before", "must be later than `after`, by a millisecond or more")
        try:
            count = operator.index(n)
        except TypeError:
            count = None
        if count is None or isinstance(n, bool):
            raise refused(_NAME, "n", f"must be a whole number, not {type(n).__name__}")
        if not 1 <= count <= _MOST:
            raise refused(_NAME, "n", f"must be between 1 and {_MOST}")
        if count > span:
            reason = f"must be at most {span}, the number of milliseconds of the range"
            raise refused(_NAME, "n", reason)
        edges = (start + span * index // count for index in range(count + 1))
        times = (_EPOCH + edge * _MILLISECOND for edge in edges)
        return [SessionWindow(*ends) for ends in pairwise(times)]

    def __contains__(self, time: datetime) -> bool:
        """Return whether a session that starts at `time` belongs to the window."""
        return self.after <= time < self.before


def _milliseconds(field: str, time: datetime) -> int:
    if not isinstance(time, DATETIME[0]):
        raise refused(_NAME, field, f"must be an aware datetime, not {type(time).__name__}")
    milliseconds: int = (_in_utc(field, aware(_NAME, field, time)) - _EPOCH) // _MILLISECOND
    return milliseconds


def _in_utc(field: str, time: datetime) -> datetime:
    try:
        return time.astimezone(timezone.utc)
    except OverflowError:
        raise refused(_NAME, field, "must be between the years 1 and 9999 in UTC") from None


def _bound(field: str, time: datetime) -> datetime:
    if not isinstance(time, DATETIME[0]):
        raise refused(_LIST, field, f"must be an aware datetime, not {type(time).__name__}")
    found: datetime = aware(_LIST, field, time)
    return found


def _listing(
    window: SessionWindow,
    arguments: dict[str, Any],
    timeout: float | None,
    max_retries: int | None,
    extra_query: Mapping[str, Any] | None,
) -> Listing[SessionList]:
    if not isinstance(window, SessionWindow):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise refused(_LIST, "window", f"must be a SessionWindow, not {type(window).__name__}")
    after, before = _bound("window.after", window.after), _bound("window.before", window.before)
    if before <= after:
        raise refused(_LIST, "window.before", "must be later than `window.after`")
    bounds = {"after": max(after, _EPOCH) - _MARGIN, "before": min(before, _END) + _MARGIN}
    asked = {**arguments, **bounds}
    return Listing(_LIST, SessionList, "data", "start", asked, timeout, max_retries, extra_query)


def _within(window: SessionWindow, page: Any) -> Any:
    """Leave out the sessions that started outside of a window."""
    kept: list[Any] = []
    for index, session in enumerate(page.data):
        start = session.created_at
        if isinstance(start, str):  # a row of a table
            start = msgspec.convert(start, DATETIME[0])
        if start is None:
            reason = "is missing, so the session belongs to no window"
            raise error_of(undecodable(_LIST, f"data[{index}].created_at", reason))
        if start in window:
            kept.append(session)
    return msgspec.structs.replace(page, data=kept)


class _WindowCalls:
    """Fetches the pages of a window, blocking."""

    __slots__ = ("_calls", "_window")

    def __init__(self, calls: Calls, window: SessionWindow) -> None:
        self._calls = calls
        self._window = window

    def page(self, listing: Listing[Any]) -> tuple[Any, str | None]:
        page, cursor = self._calls.page(listing)
        return _within(self._window, page), cursor


class _AsyncWindowCalls:
    """Fetches the pages of a window, async."""

    __slots__ = ("_calls", "_window")

    def __init__(self, calls: AsyncCalls, window: SessionWindow) -> None:
        self._calls = calls
        self._window = window

    async def page(self, listing: Listing[Any]) -> tuple[Any, str | None]:
        page, cursor = await self._calls.page(listing)
        return _within(self._window, page), cursor


class SessionWindows(Resource):
    """What is written by hand of the sessions of a blocking client."""

    __slots__ = ()

    def windows(self, after: datetime, before: datetime, n: int) -> list[SessionWindow]:
        """Cut a range of time into `n` windows, the same as `SessionWindow.split`.

        With windows, several processes can read the sessions of the range, each exactly once.

            for window in client.sessions.windows(after, before, 31):
                for session in client.sessions.list_window(window, active=False):
                    print(session.id)

        Args:
            after: Start of the range.
            before: End of the range.
            n: Number of windows. Between 1 and 1,000,000, and at most one per millisecond.

        Raises:
            InvalidRequestError: A time without a zone, `before` is not after `after`, or `n` is out
                of range.
        """
        return SessionWindow.split(after, before, n)

    def list_window(
        self,
        window: SessionWindow,
        *,
        active: bool = ABSENT,
        room_id: str = ABSENT,
        limit: int | None = None,
        start: str | None = None,
        extra_query: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> Pager[Session, SessionList]:
        """List the sessions that started within a window.

        Requests one second more on either side, and leaves out the sessions that started outside of
        the window. A page may therefore be shorter, or empty.

        A session that starts or ends meanwhile may be missing. Read ranges that ended more than 12
        hours ago, the maximum length of a session: reading a window again then returns the same
        sessions.

        Args:
            window: The window.
            active: Only running (true) or only finished (false) sessions. Defaults to `true`.
            room_id: Only sessions of this room.
            limit: Page size. Between 1 and 100. Defaults to 100. Below 10, the service may send 10
                items, or refuse the call: it documents 10 to 100.
            start: Cursor: the `last` value of the previous page. Omit for the first page.
            extra_query: Query parameters that this version does not know, sent as they are.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Raises:
            InvalidRequestError: A time of the window has no zone, or `before` is not after `after`.
            DecodeError: A session without a start time, which belongs to no window.
        """
        asked = {"active": active, "room_id": room_id, "limit": limit, "start": start}
        listing = _listing(window, asked, timeout, max_retries, extra_query)
        return Pager(_WindowCalls(self._calls, window), listing)


class AsyncSessionWindows(AsyncResource):
    """What is written by hand of the sessions of an async client."""

    __slots__ = ()

    def windows(self, after: datetime, before: datetime, n: int) -> list[SessionWindow]:
        """Cut a range of time into `n` windows, the same as `SessionWindow.split`.

        With windows, several processes can read the sessions of the range, each exactly once.

            for window in client.sessions.windows(after, before, 31):
                async for session in client.sessions.list_window(window, active=False):
                    print(session.id)

        Args:
            after: Start of the range.
            before: End of the range.
            n: Number of windows. Between 1 and 1,000,000, and at most one per millisecond.

        Raises:
            InvalidRequestError: A time without a zone, `before` is not after `after`, or `n` is out
                of range.
        """
        return SessionWindow.split(after, before, n)

    def list_window(
        self,
        window: SessionWindow,
        *,
        active: bool = ABSENT,
        room_id: str = ABSENT,
        limit: int | None = None,
        start: str | None = None,
        extra_query: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> AsyncPager[Session, SessionList]:
        """List the sessions that started within a window.

        Requests one second more on either side, and leaves out the sessions that started outside of
        the window. A page may therefore be shorter, or empty.

        A session that starts or ends meanwhile may be missing. Read ranges that ended more than 12
        hours ago, the maximum length of a session: reading a window again then returns the same
        sessions.

        Args:
            window: The window.
            active: Only running (true) or only finished (false) sessions. Defaults to `true`.
            room_id: Only sessions of this room.
            limit: Page size. Between 1 and 100. Defaults to 100. Below 10, the service may send 10
                items, or refuse the call: it documents 10 to 100.
            start: Cursor: the `last` value of the previous page. Omit for the first page.
            extra_query: Query parameters that this version does not know, sent as they are.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Raises:
            InvalidRequestError: A time of the window has no zone, or `before` is not after `after`.
            DecodeError: A session without a start time, which belongs to no window.
        """
        asked = {"active": active, "room_id": room_id, "limit": limit, "start": start}
        listing = _listing(window, asked, timeout, max_retries, extra_query)
        return AsyncPager(_AsyncWindowCalls(self._calls, window), listing)
