# @generated from crates/hundredms/src/resources/live_streams.rs by `cargo xtask gen`; do not edit.
"""Live streams: stream a room over HLS."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from .._absent import ABSENT
from .._pages import AsyncPager, Pager
from ..inputs import LiveStreamRecordingInput, TranscriptionLiveStreamConfig
from ..models.live_streams import (
    LiveStream,
    LiveStreamList,
    LiveStreamRecording,
    LiveStreamStopResult,
)
from ..models.recordings import MediaJobStatus, WaitProgress
from ._lazy import lazy
from ._resource import AsyncResource, Resource
from ._with_raw_response import (
    WithRawResponse,
    first_page,
    first_page_async,
    responding,
    responding_async,
)


class LiveStreams(Resource):
    """Live streams: stream a room over HLS."""

    __slots__ = ()

    @lazy
    def with_raw_response(self) -> LiveStreamsWithRawResponse:
        """The same methods. Each returns a `Response`: status, headers, attempts."""
        return LiveStreamsWithRawResponse(self._responding())

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
    ) -> Pager[LiveStream, LiveStreamList]:
        """List live streams.

        Returns the HLS live streams of the workspace. Optional filters select by room, session and
        state. `recording_assets` is null in list items.

        Args:
            room_id: Only live streams of this room.
            session_id: Only live streams of this session.
            status: Only live streams in this state.
            start: Cursor: the `last` value of the previous page. Omit for the first page.
            limit: Items per page. A loop over the list reads all pages. Between 1 and 100. Defaults
                to 100. Below 10, the service may send 10 items, or refuse the call: it documents 10
                to 100.
            extra_query: Query parameters that this version does not know, sent as they are.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/live-streams/list-all-live-streams
        """
        return self._pages(
            "live_streams.list",
            LiveStreamList,
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
        recording: LiveStreamRecording | LiveStreamRecordingInput | None = None,
        destination: str | None = None,
        transcription: TranscriptionLiveStreamConfig | None = None,
        extra_body: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> LiveStream:
        """Start an HLS live stream of a room.

        Starts a browser bot and streams its view over HLS. Returns at once with `starting`
        (`started_at: null`) and the playback URL of the master manifest. The job becomes `running`
        shortly after. Arguments override the template. Without `transcription`, the template's
        transcription settings apply. Mode `live` adds `WebVTT` captions to the manifest. Mode
        `recorded` transcribes the recording afterwards. The job ends automatically in the same
        cases as a recording: empty room, maximum duration, room ended.

        Webhook events that follow: `hls.started.success`, `hls.stopped.success` and
        `hls.recording.success`, or `hls.failure`; `transcription.started.success`,
        `transcription.success` and `transcription.failure` with transcription.

        If the outcome is ambiguous, `live_streams.list` shows whether it took effect.

        Args:
            room_id: Id of the room.
            meeting_url: URL that takes a browser directly into the room, without a click: a 100ms
                link
                `https://<subdomain>.app.100ms.live/preview/<room_id>/<role>?skip_preview=true`, or
                your own web app. 100ms links accept these query parameters: `skip_preview=true`
                (join without header and controls), `skip_preview_headful=true` (join with them),
                `auth_token=<token>`, `ui_mode=activespeaker`, `name=<peer name>`. Required unless
                the template has both live streaming switched on (in the dashboard) and a subdomain
                (templates created by API have none).
            recording: Which recordings are made of the live stream.
            destination: Name of the template's destination (or recording configuration) that
                provides the settings. Required if the template has several of this kind.
            transcription: Transcription of a live stream. `output_modes` and `summary` matter for
                mode `recorded` only.
            extra_body: Fields of the body that this version does not know, sent as they are.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/live-streams/start-live-stream-for-room
        """
        return self._call(
            "live_streams.start",
            LiveStream,
            {
                "room_id": room_id,
                "meeting_url": meeting_url,
                "recording": recording,
                "destination": destination,
                "transcription": transcription,
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
    ) -> LiveStreamStopResult:
        """Stop all live streams of a room.

        Stops every active live stream of the room and returns these jobs as a page. A job takes
        some time to stop: until its bot has left the room, it is active, and a further call returns
        it again.

        Args:
            room_id: Id of the room.
            extra_body: Fields of the body that this version does not know, sent as they are.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/live-streams/stop-live-stream-for-room
        """
        return self._call(
            "live_streams.stop_all",
            LiveStreamStopResult,
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
    ) -> LiveStream:
        """Return one live stream.

        Returns the live stream in any state. After it has finished, `recording_assets` lists its
        files (`room-vod` and/or one `room-composite` per layer, depending on `recording`).

        Args:
            stream_id: Id of the live stream job (its `id`).
            extra_query: Query parameters that this version does not know, sent as they are.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/live-streams/get-live-stream
        """
        return self._call(
            "live_streams.get",
            LiveStream,
            {"stream_id": stream_id},
            timeout,
            max_retries,
            extra_query=extra_query,
        )

    def pause_recording(
        self,
        stream_id: str,
        *,
        extra_body: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> LiveStream:
        """Pause the recording of a live stream.

        Pauses the recording while the stream continues, for example while the broadcaster is away.
        Returns the live stream, still `running`. The live stream does not show the pause.

        Args:
            stream_id: Id of the live stream job (its `id`).
            extra_body: Fields of the body that this version does not know, sent as they are.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/live-streams/pause-live-stream-recording
        """
        return self._call(
            "live_streams.pause_recording",
            LiveStream,
            {"stream_id": stream_id},
            timeout,
            max_retries,
            extra_body=extra_body,
        )

    def resume_recording(
        self,
        stream_id: str,
        *,
        extra_body: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> LiveStream:
        """Resume the recording of a live stream.

        Takes up a live stream recording that was paused before. Returns the live stream, `running`.
        No request body.

        Args:
            stream_id: Id of the live stream job (its `id`).
            extra_body: Fields of the body that this version does not know, sent as they are.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/live-streams/resume-live-stream-recording
        """
        return self._call(
            "live_streams.resume_recording",
            LiveStream,
            {"stream_id": stream_id},
            timeout,
            max_retries,
            extra_body=extra_body,
        )

    def stop(
        self,
        stream_id: str,
        *,
        extra_body: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> LiveStream:
        """Stop one live stream.

        Asks the given live stream to stop and returns it. Stopping is asynchronous; recordings of
        the stream appear as assets after `post_processing`. No request body.

        Args:
            stream_id: Id of the live stream job (its `id`).
            extra_body: Fields of the body that this version does not know, sent as they are.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/live-streams/stop-live-stream-by-id
        """
        return self._call(
            "live_streams.stop",
            LiveStream,
            {"stream_id": stream_id},
            timeout,
            max_retries,
            extra_body=extra_body,
        )

    def send_timed_metadata(
        self,
        stream_id: str,
        *,
        payload: str,
        duration: int,
        extra_body: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> LiveStream:
        """Insert timed metadata into a live stream.

        Puts a short text cue into the stream of a running live stream; players read it and can act
        on it. The text is at most 100 characters. Returns the unchanged live stream, not the cue.

        Args:
            stream_id: Id of the live stream job (its `id`).
            payload: Text of the cue. At most 100 characters.
            duration: Length of the cue in seconds.
            extra_body: Fields of the body that this version does not know, sent as they are.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/live-streams/send-timed-metadata
        """
        return self._call(
            "live_streams.send_timed_metadata",
            LiveStream,
            {"stream_id": stream_id, "payload": payload, "duration": duration},
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
    ) -> LiveStream:
        """Wait until a live stream has reached a state.

        Looks at the stream again and again, with pauses of 1 s that grow to 10 s, and returns it as
        soon as it is in the state `until`. Fails with `job_failed` if the stream ends in another
        state, and with `timeout` if it does not get there in time; the error has the last `state`.

        Args:
            stream_id: Id of the live stream.
            until: The state to wait for. Defaults to `completed`.
            on_progress: Called whenever the job has progressed. What it raises ends the job.
            timeout: Seconds for the whole job. Defaults to 3600.
            max_retries: How often a failed attempt of each call is repeated. Defaults to the
                client's setting.
        """
        return self._run(
            "live_streams.wait",
            LiveStream,
            {"stream_id": stream_id, "until": until},
            WaitProgress,
            on_progress,
            timeout,
            max_retries,
        )


class AsyncLiveStreams(AsyncResource):
    """Live streams: stream a room over HLS."""

    __slots__ = ()

    @lazy
    def with_raw_response(self) -> AsyncLiveStreamsWithRawResponse:
        """The same methods. Each returns a `Response`: status, headers, attempts."""
        return AsyncLiveStreamsWithRawResponse(self._responding())

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
    ) -> AsyncPager[LiveStream, LiveStreamList]:
        """List live streams.

        Returns the HLS live streams of the workspace. Optional filters select by room, session and
        state. `recording_assets` is null in list items.

        Args:
            room_id: Only live streams of this room.
            session_id: Only live streams of this session.
            status: Only live streams in this state.
            start: Cursor: the `last` value of the previous page. Omit for the first page.
            limit: Items per page. A loop over the list reads all pages. Between 1 and 100. Defaults
                to 100. Below 10, the service may send 10 items, or refuse the call: it documents 10
                to 100.
            extra_query: Query parameters that this version does not know, sent as they are.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/live-streams/list-all-live-streams
        """
        return self._pages(
            "live_streams.list",
            LiveStreamList,
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
        recording: LiveStreamRecording | LiveStreamRecordingInput | None = None,
        destination: str | None = None,
        transcription: TranscriptionLiveStreamConfig | None = None,
        extra_body: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> LiveStream:
        """Start an HLS live stream of a room.

        Starts a browser bot and streams its view over HLS. Returns at once with `starting`
        (`started_at: null`) and the playback URL of the master manifest. The job becomes `running`
        shortly after. Arguments override the template. Without `transcription`, the template's
        transcription settings apply. Mode `live` adds `WebVTT` captions to the manifest. Mode
        `recorded` transcribes the recording afterwards. The job ends automatically in the same
        cases as a recording: empty room, maximum duration, room ended.

        Webhook events that follow: `hls.started.success`, `hls.stopped.success` and
        `hls.recording.success`, or `hls.failure`; `transcription.started.success`,
        `transcription.success` and `transcription.failure` with transcription.

        If the outcome is ambiguous, `live_streams.list` shows whether it took effect.

        Args:
            room_id: Id of the room.
            meeting_url: URL that takes a browser directly into the room, without a click: a 100ms
                link
                `https://<subdomain>.app.100ms.live/preview/<room_id>/<role>?skip_preview=true`, or
                your own web app. 100ms links accept these query parameters: `skip_preview=true`
                (join without header and controls), `skip_preview_headful=true` (join with them),
                `auth_token=<token>`, `ui_mode=activespeaker`, `name=<peer name>`. Required unless
                the template has both live streaming switched on (in the dashboard) and a subdomain
                (templates created by API have none).
            recording: Which recordings are made of the live stream.
            destination: Name of the template's destination (or recording configuration) that
                provides the settings. Required if the template has several of this kind.
            transcription: Transcription of a live stream. `output_modes` and `summary` matter for
                mode `recorded` only.
            extra_body: Fields of the body that this version does not know, sent as they are.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/live-streams/start-live-stream-for-room
        """
        return await self._call(
            "live_streams.start",
            LiveStream,
            {
                "room_id": room_id,
                "meeting_url": meeting_url,
                "recording": recording,
                "destination": destination,
                "transcription": transcription,
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
    ) -> LiveStreamStopResult:
        """Stop all live streams of a room.

        Stops every active live stream of the room and returns these jobs as a page. A job takes
        some time to stop: until its bot has left the room, it is active, and a further call returns
        it again.

        Args:
            room_id: Id of the room.
            extra_body: Fields of the body that this version does not know, sent as they are.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/live-streams/stop-live-stream-for-room
        """
        return await self._call(
            "live_streams.stop_all",
            LiveStreamStopResult,
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
    ) -> LiveStream:
        """Return one live stream.

        Returns the live stream in any state. After it has finished, `recording_assets` lists its
        files (`room-vod` and/or one `room-composite` per layer, depending on `recording`).

        Args:
            stream_id: Id of the live stream job (its `id`).
            extra_query: Query parameters that this version does not know, sent as they are.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/live-streams/get-live-stream
        """
        return await self._call(
            "live_streams.get",
            LiveStream,
            {"stream_id": stream_id},
            timeout,
            max_retries,
            extra_query=extra_query,
        )

    async def pause_recording(
        self,
        stream_id: str,
        *,
        extra_body: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> LiveStream:
        """Pause the recording of a live stream.

        Pauses the recording while the stream continues, for example while the broadcaster is away.
        Returns the live stream, still `running`. The live stream does not show the pause.

        Args:
            stream_id: Id of the live stream job (its `id`).
            extra_body: Fields of the body that this version does not know, sent as they are.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/live-streams/pause-live-stream-recording
        """
        return await self._call(
            "live_streams.pause_recording",
            LiveStream,
            {"stream_id": stream_id},
            timeout,
            max_retries,
            extra_body=extra_body,
        )

    async def resume_recording(
        self,
        stream_id: str,
        *,
        extra_body: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> LiveStream:
        """Resume the recording of a live stream.

        Takes up a live stream recording that was paused before. Returns the live stream, `running`.
        No request body.

        Args:
            stream_id: Id of the live stream job (its `id`).
            extra_body: Fields of the body that this version does not know, sent as they are.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/live-streams/resume-live-stream-recording
        """
        return await self._call(
            "live_streams.resume_recording",
            LiveStream,
            {"stream_id": stream_id},
            timeout,
            max_retries,
            extra_body=extra_body,
        )

    async def stop(
        self,
        stream_id: str,
        *,
        extra_body: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> LiveStream:
        """Stop one live stream.

        Asks the given live stream to stop and returns it. Stopping is asynchronous; recordings of
        the stream appear as assets after `post_processing`. No request body.

        Args:
            stream_id: Id of the live stream job (its `id`).
            extra_body: Fields of the body that this version does not know, sent as they are.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/live-streams/stop-live-stream-by-id
        """
        return await self._call(
            "live_streams.stop",
            LiveStream,
            {"stream_id": stream_id},
            timeout,
            max_retries,
            extra_body=extra_body,
        )

    async def send_timed_metadata(
        self,
        stream_id: str,
        *,
        payload: str,
        duration: int,
        extra_body: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> LiveStream:
        """Insert timed metadata into a live stream.

        Puts a short text cue into the stream of a running live stream; players read it and can act
        on it. The text is at most 100 characters. Returns the unchanged live stream, not the cue.

        Args:
            stream_id: Id of the live stream job (its `id`).
            payload: Text of the cue. At most 100 characters.
            duration: Length of the cue in seconds.
            extra_body: Fields of the body that this version does not know, sent as they are.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/live-streams/send-timed-metadata
        """
        return await self._call(
            "live_streams.send_timed_metadata",
            LiveStream,
            {"stream_id": stream_id, "payload": payload, "duration": duration},
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
    ) -> LiveStream:
        """Wait until a live stream has reached a state.

        Looks at the stream again and again, with pauses of 1 s that grow to 10 s, and returns it as
        soon as it is in the state `until`. Fails with `job_failed` if the stream ends in another
        state, and with `timeout` if it does not get there in time; the error has the last `state`.

        Args:
            stream_id: Id of the live stream.
            until: The state to wait for. Defaults to `completed`.
            on_progress: Called whenever the job has progressed. What it raises ends the job.
            timeout: Seconds for the whole job. Defaults to 3600.
            max_retries: How often a failed attempt of each call is repeated. Defaults to the
                client's setting.
        """
        return await self._run(
            "live_streams.wait",
            LiveStream,
            {"stream_id": stream_id, "until": until},
            WaitProgress,
            on_progress,
            timeout,
            max_retries,
        )


class LiveStreamsWithRawResponse(WithRawResponse):
    """The methods of `LiveStreams`. Each returns a `Response`."""

    list = first_page(LiveStreams.list)
    start = responding(LiveStreams.start)
    stop_all = responding(LiveStreams.stop_all)
    get = responding(LiveStreams.get)
    pause_recording = responding(LiveStreams.pause_recording)
    resume_recording = responding(LiveStreams.resume_recording)
    stop = responding(LiveStreams.stop)
    send_timed_metadata = responding(LiveStreams.send_timed_metadata)


class AsyncLiveStreamsWithRawResponse(WithRawResponse):
    """The methods of `AsyncLiveStreams`. Each returns a `Response`."""

    list = first_page_async(AsyncLiveStreams.list)
    start = responding_async(AsyncLiveStreams.start)
    stop_all = responding_async(AsyncLiveStreams.stop_all)
    get = responding_async(AsyncLiveStreams.get)
    pause_recording = responding_async(AsyncLiveStreams.pause_recording)
    resume_recording = responding_async(AsyncLiveStreams.resume_recording)
    stop = responding_async(AsyncLiveStreams.stop)
    send_timed_metadata = responding_async(AsyncLiveStreams.send_timed_metadata)
