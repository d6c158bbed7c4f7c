# @generated from crates/hundredms/src/resources/sessions.rs by `cargo xtask gen`; do not edit.
"""Sessions: the periods in which a room was in use, and their peers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from .._absent import ABSENT
from .._pages import AsyncPager, Pager
from .._session_windows import AsyncSessionWindows, SessionWindows
from .._times import aware
from ..models.sessions import Attendance, ItemProgress, Session, SessionList, SessionQuality
from ._lazy import lazy
from ._with_raw_response import (
    WithRawResponse,
    first_page,
    first_page_async,
    responding,
    responding_async,
)


class Sessions(SessionWindows):
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
        """List the running sessions, or the finished ones.

        Returns the running sessions of the workspace, or with `active` false the finished ones,
        latest first, with all their peers. Filters combine with AND. Both time bounds are inclusive
        and apply to the session's start.

        Args:
            active: Only running (true) or only finished (false) sessions. Defaults to `true`.
            room_id: Only sessions of this room.
            after: Lower bound (inclusive) on the start time, UTC with milliseconds.
            before: Upper bound (inclusive) on the start time.
            limit: Items per page. A loop over the list reads all pages. Between 1 and 100. Defaults
                to 100. Below 10, the service may send 10 items, or refuse the call: it documents 10
                to 100.
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

    def attendance(
        self,
        session_id: str,
        *,
        merge_names: bool | None = None,
        on_progress: Callable[[ItemProgress], object] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> Attendance:
        """Return who attended a session, and for how long.

        Reads the session once, and counts its peers as people: all peers with the same `user_id`
        are one person, and time that several of their devices were there at once counts once. Peers
        that are still there are counted until now, by the service's clock, with `present`. A peer
        without a logged leave in a session that has ended is counted until its end. Time that is
        assumed, or missing, is marked as `estimated`. Progress counts sessions.

        Peers without a `user_id` are counted one by one, because names are not unique.
        `merge_names` counts those with the same name as one person. The service reports one role
        per peer, so a change of role during a stay is not seen.

        Args:
            session_id: Id of the session.
            merge_names: Count peers without a `user_id` that have the same name as one person.
                Defaults to `false`.
            on_progress: Called whenever the job has progressed. What it raises ends the job.
            timeout: Seconds for the whole job. Defaults to 300.
            max_retries: How often a failed attempt of each call is repeated. Defaults to the
                client's setting.
        """
        return self._run(
            "sessions.attendance",
            Attendance,
            {"session_id": session_id, "merge_names": merge_names},
            ItemProgress,
            on_progress,
            timeout,
            max_retries,
        )

    def quality(
        self,
        session_id: str,
        *,
        concurrency: int | None = None,
        talk_bitrate: int | None = None,
        series: bool | None = None,
        on_progress: Callable[[ItemProgress], object] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> SessionQuality:
        """Return how long each peer of a session talked, and what it sent and received.

        Reads the session, then the statistics of each peer, `concurrency` at a time: one call for
        each peer, and if the service refuses one with 429, all wait as long as it asks. Progress
        counts peers.

        A peer without data is there with null instead of values, and `missing` says why. There is
        no data while a session runs, so the statistics are not requested then. The service does not
        document for which other peers it has none, such as those of HIPAA workspaces or with short
        stays. A value is also null if there are no samples for it.

        The service does not measure speech. `talk_seconds` is an estimate: the time in which the
        peer sent audio of at least `talk_bitrate`. Clients that send audio while nobody speaks are
        counted whenever they are not muted.

        Args:
            session_id: Id of the session.
            concurrency: How many calls are made at a time. Between 1 and 32. Defaults to 4.
            talk_bitrate: Bits per second from which audio counts as talk. Defaults to 10000.
            series: Also return the time series of each peer, in `stats`. Defaults to `false`.
            on_progress: Called whenever the job has progressed. What it raises ends the job.
            timeout: Seconds for the whole job. Defaults to 900.
            max_retries: How often a failed attempt of each call is repeated. Defaults to the
                client's setting.
        """
        return self._run(
            "sessions.quality",
            SessionQuality,
            {
                "session_id": session_id,
                "concurrency": concurrency,
                "talk_bitrate": talk_bitrate,
                "series": series,
            },
            ItemProgress,
            on_progress,
            timeout,
            max_retries,
        )


class AsyncSessions(AsyncSessionWindows):
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
        """List the running sessions, or the finished ones.

        Returns the running sessions of the workspace, or with `active` false the finished ones,
        latest first, with all their peers. Filters combine with AND. Both time bounds are inclusive
        and apply to the session's start.

        Args:
            active: Only running (true) or only finished (false) sessions. Defaults to `true`.
            room_id: Only sessions of this room.
            after: Lower bound (inclusive) on the start time, UTC with milliseconds.
            before: Upper bound (inclusive) on the start time.
            limit: Items per page. A loop over the list reads all pages. Between 1 and 100. Defaults
                to 100. Below 10, the service may send 10 items, or refuse the call: it documents 10
                to 100.
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

    async def attendance(
        self,
        session_id: str,
        *,
        merge_names: bool | None = None,
        on_progress: Callable[[ItemProgress], object] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> Attendance:
        """Return who attended a session, and for how long.

        Reads the session once, and counts its peers as people: all peers with the same `user_id`
        are one person, and time that several of their devices were there at once counts once. Peers
        that are still there are counted until now, by the service's clock, with `present`. A peer
        without a logged leave in a session that has ended is counted until its end. Time that is
        assumed, or missing, is marked as `estimated`. Progress counts sessions.

        Peers without a `user_id` are counted one by one, because names are not unique.
        `merge_names` counts those with the same name as one person. The service reports one role
        per peer, so a change of role during a stay is not seen.

        Args:
            session_id: Id of the session.
            merge_names: Count peers without a `user_id` that have the same name as one person.
                Defaults to `false`.
            on_progress: Called whenever the job has progressed. What it raises ends the job.
            timeout: Seconds for the whole job. Defaults to 300.
            max_retries: How often a failed attempt of each call is repeated. Defaults to the
                client's setting.
        """
        return await self._run(
            "sessions.attendance",
            Attendance,
            {"session_id": session_id, "merge_names": merge_names},
            ItemProgress,
            on_progress,
            timeout,
            max_retries,
        )

    async def quality(
        self,
        session_id: str,
        *,
        concurrency: int | None = None,
        talk_bitrate: int | None = None,
        series: bool | None = None,
        on_progress: Callable[[ItemProgress], object] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> SessionQuality:
        """Return how long each peer of a session talked, and what it sent and received.

        Reads the session, then the statistics of each peer, `concurrency` at a time: one call for
        each peer, and if the service refuses one with 429, all wait as long as it asks. Progress
        counts peers.

        A peer without data is there with null instead of values, and `missing` says why. There is
        no data while a session runs, so the statistics are not requested then. The service does not
        document for which other peers it has none, such as those of HIPAA workspaces or with short
        stays. A value is also null if there are no samples for it.

        The service does not measure speech. `talk_seconds` is an estimate: the time in which the
        peer sent audio of at least `talk_bitrate`. Clients that send audio while nobody speaks are
        counted whenever they are not muted.

        Args:
            session_id: Id of the session.
            concurrency: How many calls are made at a time. Between 1 and 32. Defaults to 4.
            talk_bitrate: Bits per second from which audio counts as talk. Defaults to 10000.
            series: Also return the time series of each peer, in `stats`. Defaults to `false`.
            on_progress: Called whenever the job has progressed. What it raises ends the job.
            timeout: Seconds for the whole job. Defaults to 900.
            max_retries: How often a failed attempt of each call is repeated. Defaults to the
                client's setting.
        """
        return await self._run(
            "sessions.quality",
            SessionQuality,
            {
                "session_id": session_id,
                "concurrency": concurrency,
                "talk_bitrate": talk_bitrate,
                "series": series,
            },
            ItemProgress,
            on_progress,
            timeout,
            max_retries,
        )


class SessionsWithRawResponse(WithRawResponse):
    """The methods of `Sessions`. Each returns a `Response`."""

    list = first_page(Sessions.list)
    get = responding(Sessions.get)


class AsyncSessionsWithRawResponse(WithRawResponse):
    """The methods of `AsyncSessions`. Each returns a `Response`."""

    list = first_page_async(AsyncSessions.list)
    get = responding_async(AsyncSessions.get)
