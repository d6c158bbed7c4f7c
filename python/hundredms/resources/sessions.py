# @generated from crates/hundredms/src/resources/sessions.rs by `cargo xtask gen`; do not edit.
"""Sessions: the periods in which a room was in use, and their peers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from .._absent import ABSENT
from .._pages import AsyncPager, Pager
from .._times import aware
from ..models.sessions import Session, SessionList
from ._lazy import lazy
from ._resource import AsyncResource, Resource
from ._with_raw_response import (
    WithRawResponse,
    first_page,
    first_page_async,
    responding,
    responding_async,
)


class Sessions(Resource):
    """Sessions: the periods in which a room was in use, and their peers."""

    __slots__ = ()

    @lazy
    def with_raw_response(self) -> SessionsWithRawResponse:
        """The same methods. Each returns a `Response`: status, headers, attempts."""
        return SessionsWithRawResponse(self._responding())

    def list(
        self,
        *,
        active: bool = ABSENT,
        room_id: str = ABSENT,
        after: datetime = ABSENT,
        before: datetime = ABSENT,
        limit: int | None = None,
        start: str | None = None,
        extra_query: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> Pager[Session, SessionList]:
        """List sessions.

        Returns the running sessions of the workspace, or the finished ones if `active` is false,
        latest first, with all their peers. Filters combine with AND. Both time bounds are inclusive
        and apply to the session's start.

        Args:
            active: Only running (true) or only finished (false) sessions. Defaults to `true`.
            room_id: Only sessions of this room.
            after: Lower bound (inclusive) on the start time, UTC with milliseconds.
            before: Upper bound (inclusive) on the start time.
            limit: Page size. The service accepts 10 to 100. Defaults to 100.
            start: Cursor: the `last` value of the previous page. Omit for the first page.
            extra_query: Query parameters that this version does not know, sent as they are.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/Sessions/list-sessions
        """
        return self._pages(
            "sessions.list",
            SessionList,
            "data",
            "start",
            {
                "active": active,
                "room_id": room_id,
                "after": aware("sessions.list", "after", after),
                "before": aware("sessions.list", "before", before),
                "limit": limit,
                "start": start,
            },
            timeout,
            max_retries,
            extra_query=extra_query,
        )

    def get(
        self,
        session_id: str,
        *,
        extra_query: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> Session:
        """Return one session with its peers.

        Returns a session, running or finished, with all peers and the times when they joined and
        left. A user who left and came back appears as a new peer with the same `user_id`.

        Args:
            session_id: Id of the session.
            extra_query: Query parameters that this version does not know, sent as they are.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/Sessions/retrieve-a-session
        """
        return self._call(
            "sessions.get",
            Session,
            {"session_id": session_id},
            timeout,
            max_retries,
            extra_query=extra_query,
        )


class AsyncSessions(AsyncResource):
    """Sessions: the periods in which a room was in use, and their peers."""

    __slots__ = ()

    @lazy
    def with_raw_response(self) -> AsyncSessionsWithRawResponse:
        """The same methods. Each returns a `Response`: status, headers, attempts."""
        return AsyncSessionsWithRawResponse(self._responding())

    def list(
        self,
        *,
        active: bool = ABSENT,
        room_id: str = ABSENT,
        after: datetime = ABSENT,
        before: datetime = ABSENT,
        limit: int | None = None,
        start: str | None = None,
        extra_query: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> AsyncPager[Session, SessionList]:
        """List sessions.

        Returns the running sessions of the workspace, or the finished ones if `active` is false,
        latest first, with all their peers. Filters combine with AND. Both time bounds are inclusive
        and apply to the session's start.

        Args:
            active: Only running (true) or only finished (false) sessions. Defaults to `true`.
            room_id: Only sessions of this room.
            after: Lower bound (inclusive) on the start time, UTC with milliseconds.
            before: Upper bound (inclusive) on the start time.
            limit: Page size. The service accepts 10 to 100. Defaults to 100.
            start: Cursor: the `last` value of the previous page. Omit for the first page.
            extra_query: Query parameters that this version does not know, sent as they are.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/Sessions/list-sessions
        """
        return self._pages(
            "sessions.list",
            SessionList,
            "data",
            "start",
            {
                "active": active,
                "room_id": room_id,
                "after": aware("sessions.list", "after", after),
                "before": aware("sessions.list", "before", before),
                "limit": limit,
                "start": start,
            },
            timeout,
            max_retries,
            extra_query=extra_query,
        )

    async def get(
        self,
        session_id: str,
        *,
        extra_query: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> Session:
        """Return one session with its peers.

        Returns a session, running or finished, with all peers and the times when they joined and
        left. A user who left and came back appears as a new peer with the same `user_id`.

        Args:
            session_id: Id of the session.
            extra_query: Query parameters that this version does not know, sent as they are.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/Sessions/retrieve-a-session
        """
        return await self._call(
            "sessions.get",
            Session,
            {"session_id": session_id},
            timeout,
            max_retries,
            extra_query=extra_query,
        )


class SessionsWithRawResponse(WithRawResponse):
    """The methods of `Sessions`. Each returns a `Response`."""

    list = first_page(Sessions.list)
    get = responding(Sessions.get)


class AsyncSessionsWithRawResponse(WithRawResponse):
    """The methods of `AsyncSessions`. Each returns a `Response`."""

    list = first_page_async(AsyncSessions.list)
    get = responding_async(AsyncSessions.get)
