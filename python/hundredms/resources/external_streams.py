# @generated from crates/hundredms/src/resources/external_streams.rs by `cargo xtask gen`; do not edit.
"""External streams: stream a room to RTMP targets."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from .._absent import ABSENT
from .._pages import AsyncPager, Pager
from ..inputs import ResolutionInput
from ..models.external_streams import ExternalStream, ExternalStreamList, ExternalStreamStopResult
from ..models.recordings import MediaJobStatus, Resolution, WaitProgress
from ._lazy import lazy
from ._resource import AsyncResource, Resource
from ._with_raw_response import (
    WithRawResponse,
    first_page,
    first_page_async,
    responding,
    responding_async,
)


class ExternalStreams(Resource):
    """External streams: stream a room to RTMP targets."""

    __slots__ = ()

    @lazy
    def with_raw_response(self) -> ExternalStreamsWithRawResponse:
        """The same methods. Each returns a `Response`: status, headers, attempts."""
        return ExternalStreamsWithRawResponse(self._responding())

    def list(
        self,
        *,
        room_id: str = ABSENT,
        session_id: str = ABSENT,
        status: MediaJobStatus = ABSENT,
        start: str | None = None,
        limit: int | None = None,
        extra_query: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> Pager[ExternalStream, ExternalStreamList]:
        """List external streams.

        Returns the RTMP-out streams of the workspace. Optional filters select by room, session and
        state.

        Args:
            room_id: Only external streams of this room.
            session_id: Only external streams of this session.
            status: Only external streams in this state.
            start: Cursor: the `last` value of the previous page. Omit for the first page.
            limit: Items per page. A loop over the list reads all pages. Between 1 and 100. Defaults
                to 100. Below 10, the service may send 10 items, or refuse the call: it documents 10
                to 100.
            extra_query: Query parameters that this version does not know, sent as they are.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/external-streams/list-all-external-streams
        """
        return self._pages(
            "external_streams.list",
            ExternalStreamList,
            "data",
            "start",
            {
                "room_id": room_id,
                "session_id": session_id,
                "status": status,
                "start": start,
                "limit": limit,
            },
            timeout,
            max_retries,
            extra_query=extra_query,
        )

    def start(
        self,
        room_id: str,
        *,
        meeting_url: str | None = None,
        rtmp_urls: Sequence[str],
        recording: bool | None = None,
        resolution: Resolution | ResolutionInput | None = None,
        destination: str | None = None,
        extra_body: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> ExternalStream:
        """Start an RTMP-out stream of a room.

        Starts a browser bot and pushes its view to up to five RTMP targets at once. Returns with
        `starting`. The job becomes `running` shortly after. With `recording: true`, the view is
        also recorded as a `room-composite` asset. The job ends automatically in the same cases as a
        recording: empty room, maximum duration, room ended.

        Webhook events that follow: `beam.started.success` and `beam.stopped.success`,
        `beam.recording.success` with recording, or `beam.failure`.

        If the outcome is ambiguous, `external_streams.list` shows whether it took effect.

        Args:
            room_id: Id of the room.
            meeting_url: URL that takes a browser directly into the room, without a click: a 100ms
                link
                `https://<subdomain>.app.100ms.live/preview/<room_id>/<role>?skip_preview=true`, or
                your own web app. 100ms links accept these query parameters: `skip_preview=true`
                (join without header and controls), `skip_preview_headful=true` (join with them),
                `auth_token=<token>`, `ui_mode=activespeaker`, `name=<peer name>`. Required unless
                the template has both external streaming switched on (in the dashboard) and a
                subdomain (templates created by API have none).
            rtmp_urls: RTMP targets. At least one. At most 5 items.
            recording: Also record the stream as a room-composite asset.
            resolution: Size of the video. Width and height are both required. Defaults to 1280x720.
            destination: Name of the template's destination (or recording configuration) that
                provides the settings. Required if the template has several of this kind.
            extra_body: Fields of the body that this version does not know, sent as they are.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/external-streams/start-external-stream-for-room
        """
        return self._call(
            "external_streams.start",
            ExternalStream,
            {
                "room_id": room_id,
                "meeting_url": meeting_url,
                "rtmp_urls": rtmp_urls,
                "recording": recording,
                "resolution": resolution,
                "destination": destination,
            },
            timeout,
            max_retries,
            extra_body=extra_body,
        )

    def stop_all(
        self,
        room_id: str,
        *,
        extra_body: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> ExternalStreamStopResult:
        """Stop all external streams of a room.

        Stops every active external stream of the room and returns these jobs as a page. A job takes
        some time to stop: until its bot has left the room, it is active, and a further call returns
        it again.

        Args:
            room_id: Id of the room.
            extra_body: Fields of the body that this version does not know, sent as they are.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/external-streams/stop-external-stream-for-room
        """
        return self._call(
            "external_streams.stop_all",
            ExternalStreamStopResult,
            {"room_id": room_id},
            timeout,
            max_retries,
            extra_body=extra_body,
        )

    def get(
        self,
        stream_id: str,
        *,
        extra_query: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> ExternalStream:
        """Return one external stream.

        Returns the external stream in any state. If it was recorded, `recording_assets` contains a
        `room-composite` asset after it has finished.

        Args:
            stream_id: Id of the external stream job (its `id`).
            extra_query: Query parameters that this version does not know, sent as they are.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/external-streams/get-external-stream
        """
        return self._call(
            "external_streams.get",
            ExternalStream,
            {"stream_id": stream_id},
            timeout,
            max_retries,
            extra_query=extra_query,
        )

    def stop(
        self,
        stream_id: str,
        *,
        extra_body: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> ExternalStream:
        """Stop one external stream.

        Stops the external stream and returns it. Stopping is asynchronous.

        Args:
            stream_id: Id of the external stream job (its `id`).
            extra_body: Fields of the body that this version does not know, sent as they are.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/external-streams/stop-external-stream-by-id
        """
        return self._call(
            "external_streams.stop",
            ExternalStream,
            {"stream_id": stream_id},
            timeout,
            max_retries,
            extra_body=extra_body,
        )

    def wait(
        self,
        stream_id: str,
        *,
        until: MediaJobStatus | None = None,
        on_progress: Callable[[WaitProgress], object] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> ExternalStream:
        """Wait until an external stream has reached a state.

        Looks at the stream again and again, with pauses of 1 s that grow to 10 s, and returns it as
        soon as it is in the state `until`. Fails with `job_failed` if the stream ends in another
        state, and with `timeout` if it does not get there in time; the error has the last `state`.

        Args:
            stream_id: Id of the external stream.
            until: The state to wait for. Defaults to `completed`.
            on_progress: Called whenever the job has progressed. What it raises ends the job.
            timeout: Seconds for the whole job. Defaults to 3600.
            max_retries: How often a failed attempt of each call is repeated. Defaults to the
                client's setting.
        """
        return self._run(
            "external_streams.wait",
            ExternalStream,
            {"stream_id": stream_id, "until": until},
            WaitProgress,
            on_progress,
            timeout,
            max_retries,
        )


class AsyncExternalStreams(AsyncResource):
    """External streams: stream a room to RTMP targets."""

    __slots__ = ()

    @lazy
    def with_raw_response(self) -> AsyncExternalStreamsWithRawResponse:
        """The same methods. Each returns a `Response`: status, headers, attempts."""
        return AsyncExternalStreamsWithRawResponse(self._responding())

    def list(
        self,
        *,
        room_id: str = ABSENT,
        session_id: str = ABSENT,
        status: MediaJobStatus = ABSENT,
        start: str | None = None,
        limit: int | None = None,
        extra_query: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> AsyncPager[ExternalStream, ExternalStreamList]:
        """List external streams.

        Returns the RTMP-out streams of the workspace. Optional filters select by room, session and
        state.

        Args:
            room_id: Only external streams of this room.
            session_id: Only external streams of this session.
            status: Only external streams in this state.
            start: Cursor: the `last` value of the previous page. Omit for the first page.
            limit: Items per page. A loop over the list reads all pages. Between 1 and 100. Defaults
                to 100. Below 10, the service may send 10 items, or refuse the call: it documents 10
                to 100.
            extra_query: Query parameters that this version does not know, sent as they are.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/external-streams/list-all-external-streams
        """
        return self._pages(
            "external_streams.list",
            ExternalStreamList,
            "data",
            "start",
            {
                "room_id": room_id,
                "session_id": session_id,
                "status": status,
                "start": start,
                "limit": limit,
            },
            timeout,
            max_retries,
            extra_query=extra_query,
        )

    async def start(
        self,
        room_id: str,
        *,
        meeting_url: str | None = None,
        rtmp_urls: Sequence[str],
        recording: bool | None = None,
        resolution: Resolution | ResolutionInput | None = None,
        destination: str | None = None,
        extra_body: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> ExternalStream:
        """Start an RTMP-out stream of a room.

        Starts a browser bot and pushes its view to up to five RTMP targets at once. Returns with
        `starting`. The job becomes `running` shortly after. With `recording: true`, the view is
        also recorded as a `room-composite` asset. The job ends automatically in the same cases as a
        recording: empty room, maximum duration, room ended.

        Webhook events that follow: `beam.started.success` and `beam.stopped.success`,
        `beam.recording.success` with recording, or `beam.failure`.

        If the outcome is ambiguous, `external_streams.list` shows whether it took effect.

        Args:
            room_id: Id of the room.
            meeting_url: URL that takes a browser directly into the room, without a click: a 100ms
                link
                `https://<subdomain>.app.100ms.live/preview/<room_id>/<role>?skip_preview=true`, or
                your own web app. 100ms links accept these query parameters: `skip_preview=true`
                (join without header and controls), `skip_preview_headful=true` (join with them),
                `auth_token=<token>`, `ui_mode=activespeaker`, `name=<peer name>`. Required unless
                the template has both external streaming switched on (in the dashboard) and a
                subdomain (templates created by API have none).
            rtmp_urls: RTMP targets. At least one. At most 5 items.
            recording: Also record the stream as a room-composite asset.
            resolution: Size of the video. Width and height are both required. Defaults to 1280x720.
            destination: Name of the template's destination (or recording configuration) that
                provides the settings. Required if the template has several of this kind.
            extra_body: Fields of the body that this version does not know, sent as they are.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/external-streams/start-external-stream-for-room
        """
        return await self._call(
            "external_streams.start",
            ExternalStream,
            {
                "room_id": room_id,
                "meeting_url": meeting_url,
                "rtmp_urls": rtmp_urls,
                "recording": recording,
                "resolution": resolution,
                "destination": destination,
            },
            timeout,
            max_retries,
            extra_body=extra_body,
        )

    async def stop_all(
        self,
        room_id: str,
        *,
        extra_body: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> ExternalStreamStopResult:
        """Stop all external streams of a room.

        Stops every active external stream of the room and returns these jobs as a page. A job takes
        some time to stop: until its bot has left the room, it is active, and a further call returns
        it again.

        Args:
            room_id: Id of the room.
            extra_body: Fields of the body that this version does not know, sent as they are.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/external-streams/stop-external-stream-for-room
        """
        return await self._call(
            "external_streams.stop_all",
            ExternalStreamStopResult,
            {"room_id": room_id},
            timeout,
            max_retries,
            extra_body=extra_body,
        )

    async def get(
        self,
        stream_id: str,
        *,
        extra_query: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> ExternalStream:
        """Return one external stream.

        Returns the external stream in any state. If it was recorded, `recording_assets` contains a
        `room-composite` asset after it has finished.

        Args:
            stream_id: Id of the external stream job (its `id`).
            extra_query: Query parameters that this version does not know, sent as they are.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/external-streams/get-external-stream
        """
        return await self._call(
            "external_streams.get",
            ExternalStream,
            {"stream_id": stream_id},
            timeout,
            max_retries,
            extra_query=extra_query,
        )

    async def stop(
        self,
        stream_id: str,
        *,
        extra_body: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> ExternalStream:
        """Stop one external stream.

        Stops the external stream and returns it. Stopping is asynchronous.

        Args:
            stream_id: Id of the external stream job (its `id`).
            extra_body: Fields of the body that this version does not know, sent as they are.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/external-streams/stop-external-stream-by-id
        """
        return await self._call(
            "external_streams.stop",
            ExternalStream,
            {"stream_id": stream_id},
            timeout,
            max_retries,
            extra_body=extra_body,
        )

    async def wait(
        self,
        stream_id: str,
        *,
        until: MediaJobStatus | None = None,
        on_progress: Callable[[WaitProgress], object] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> ExternalStream:
        """Wait until an external stream has reached a state.

        Looks at the stream again and again, with pauses of 1 s that grow to 10 s, and returns it as
        soon as it is in the state `until`. Fails with `job_failed` if the stream ends in another
        state, and with `timeout` if it does not get there in time; the error has the last `state`.

        Args:
            stream_id: Id of the external stream.
            until: The state to wait for. Defaults to `completed`.
            on_progress: Called whenever the job has progressed. What it raises ends the job.
            timeout: Seconds for the whole job. Defaults to 3600.
            max_retries: How often a failed attempt of each call is repeated. Defaults to the
                client's setting.
        """
        return await self._run(
            "external_streams.wait",
            ExternalStream,
            {"stream_id": stream_id, "until": until},
            WaitProgress,
            on_progress,
            timeout,
            max_retries,
        )


class ExternalStreamsWithRawResponse(WithRawResponse):
    """The methods of `ExternalStreams`. Each returns a `Response`."""

    list = first_page(ExternalStreams.list)
    start = responding(ExternalStreams.start)
    stop_all = responding(ExternalStreams.stop_all)
    get = responding(ExternalStreams.get)
    stop = responding(ExternalStreams.stop)


class AsyncExternalStreamsWithRawResponse(WithRawResponse):
    """The methods of `AsyncExternalStreams`. Each returns a `Response`."""

    list = first_page_async(AsyncExternalStreams.list)
    start = responding_async(AsyncExternalStreams.start)
    stop_all = responding_async(AsyncExternalStreams.stop_all)
    get = responding_async(AsyncExternalStreams.get)
    stop = responding_async(AsyncExternalStreams.stop)
