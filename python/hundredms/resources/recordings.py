# @generated from crates/hundredms/src/resources/recordings.rs by `cargo xtask gen`; do not edit.
"""The operations of recordings."""

from __future__ import annotations

from .._absent import ABSENT
from ..models.recordings import Recording, RecordingJobConfig, RecordingList, RecordingStopResult
from ._lazy import lazy
from ._resource import AsyncResource, Resource
from ._with_raw_response import (
    WithRawResponse,
    first_page,
    first_page_async,
    responding,
    responding_async,
)

from collections.abc import Mapping
from typing import Any

from .._pages import AsyncPager, Pager
from ..inputs import ResolutionInput, TranscriptionConfig
from ..models.recordings import MediaJobStatus, Resolution


class Recordings(Resource):
    """The operations of recordings."""

    __slots__ = ()

    @lazy
    def with_raw_response(self) -> RecordingsWithRawResponse:
        """The same operations, each of which gives a `Response`: status, headers, attempts."""
        return RecordingsWithRawResponse(self._responding())

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
    ) -> Pager[Recording, RecordingList]:
        """List recording jobs.

        Pages through the recording jobs of the workspace, whether started by REST call, client SDK
        or auto-start. List items leave out `recording_assets`: read one job, or list the assets of
        the room or session, to get them.

        Args:
            room_id: Only recordings that belong to this room.
            session_id: Only recordings that belong to this session.
            status: Only recordings in this state.
            start: Cursor: the `last` value of the page before. Omit for the first page.
            limit: Page size. The general API guide gives 10 to 100, default 10. The service takes
                10 to 100; 100 unless set.
            extra_query: Query parameters that this version does not know, sent as they are.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/recordings/list-all-recordings
        """
        return self._pages(
            "recordings.list",
            RecordingList,
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

    def pause(
        self,
        room_id: str,
        *,
        extra_body: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> Recording:
        """Pause the recording of a room.

        Pauses the running recording of the room until it is resumed. Returns the single job; its
        `status` stays `running`, so a pause cannot be read back from the object. No request body.

        Args:
            room_id: Identifier of the room.
            extra_body: Fields of the body that this version does not know, sent as they are.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/recordings/pause-recording-for-room
        """
        return self._call(
            "recordings.pause",
            Recording,
            {"room_id": room_id},
            timeout,
            max_retries,
            extra_body=extra_body,
        )

    def resume(
        self,
        room_id: str,
        *,
        extra_body: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> Recording:
        """Resume the paused recording of a room.

        Continues a recording that was paused in this room. Returns the single job with `status`
        `running`. No request body.

        Args:
            room_id: Identifier of the room.
            extra_body: Fields of the body that this version does not know, sent as they are.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/recordings/resume-recording-for-room
        """
        return self._call(
            "recordings.resume",
            Recording,
            {"room_id": room_id},
            timeout,
            max_retries,
            extra_body=extra_body,
        )

    def start(
        self,
        room_id: str,
        *,
        meeting_url: str | None = None,
        resolution: Resolution | ResolutionInput | None = None,
        destination: str | None = None,
        audio_only: bool | None = None,
        transcription: TranscriptionConfig | None = None,
        extra_body: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> Recording:
        """Start a composite recording of a room.

        Launches a browser bot that joins the room through `meeting_url` and records what it sees
        into one mp4. Returns at once with `starting` and `started_at: null`; the job becomes
        `running` shortly after. Values in the body override the template; without `transcription`
        the settings of the template apply. `asset_types` of the answer names the assets to expect:
        `room-composite` and `chat`, plus `transcript` and `summary` when those are on; these two
        are listed as `processing` right after the recording has completed and become `completed`
        after roughly 20 % of its length, at least 5 minutes. The job also ends by itself: when all
        other peers have left for 5 minutes (or the template's `autoStopTimeout`), at the maximum
        duration (4 hours unless set on the template), or when the room is ended.

        Webhook events that follow: `beam.started.success`, `beam.stopped.success` and
        `beam.recording.success` (not `recording.success`, which is of recordings by the media
        server), or `beam.failure`; `transcription.started.success`, `transcription.success` and
        `transcription.failure` with transcription.

        If the outcome is ambiguous, `recordings.list` shows whether it took effect.

        Args:
            room_id: Identifier of the room.
            meeting_url: URL that takes a browser straight into the room, no click needed; a 100ms
                link `https://<subdomain>.app.100ms.live/preview/<room_id>/<role>?skip_preview=true`
                or any own web app. On 100ms links these query parameters count: `skip_preview=true`
                (join without header and controls), `skip_preview_headful=true` (join with them),
                `auth_token=<token>`, `ui_mode=activespeaker`, `name=<peer name>`. Mandatory unless
                the template has both composite recording switched on (in the dashboard) and a
                subdomain (templates made by API have none).
            resolution: Size of the recorded video; landscape or portrait. Default 1280x720.
            destination: Name of the destination (or recording configuration) of the template to
                take settings from. Needed when the template has several of this kind.
            audio_only: True for a file with the mixed audio of all peers only.
            transcription: Transcription of a recording after it has completed. English only; not
                available for room-composite-legacy recordings. Assets are listed as `processing`
                right after the recording has completed and are ready after roughly 20 % of its
                length, at least 5 minutes.
            extra_body: Fields of the body that this version does not know, sent as they are.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/recordings/start-recording-for-room
        """
        return self._call(
            "recordings.start",
            Recording,
            {
                "room_id": room_id,
                "meeting_url": meeting_url,
                "resolution": resolution,
                "destination": destination,
                "audio_only": audio_only,
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
    ) -> RecordingStopResult:
        """Stop all recordings of a room.

        Stops every active recording of the room and returns those jobs, each in `stopping` with
        `stopped_at: null`, wrapped like a list page. No request body.

        Args:
            room_id: Identifier of the room.
            extra_body: Fields of the body that this version does not know, sent as they are.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/recordings/stop-recording-for-room
        """
        return self._call(
            "recordings.stop_all",
            RecordingStopResult,
            {"room_id": room_id},
            timeout,
            max_retries,
            extra_body=extra_body,
        )

    def get(
        self,
        recording_id: str,
        *,
        extra_query: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> Recording:
        """Get one recording job.

        Returns the job in whatever state it is in. Once it has finished, `recording_assets` carries
        the produced files: composite video and chat first, transcript and summary files (one asset
        per output mode) some minutes later.

        Args:
            recording_id: Identifier of the recording job.
            extra_query: Query parameters that this version does not know, sent as they are.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/recordings/get-recording
        """
        return self._call(
            "recordings.get",
            Recording,
            {"recording_id": recording_id},
            timeout,
            max_retries,
            extra_query=extra_query,
        )

    def get_config(
        self,
        recording_id: str,
        *,
        extra_query: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> RecordingJobConfig:
        """Get the configuration of a recording job.

        By its name this returns the settings the job runs with. The public documentation does not
        describe it, so treat the answer as free-form JSON.

        Args:
            recording_id: Identifier of the recording job.
            extra_query: Query parameters that this version does not know, sent as they are.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/recordings/get-recording
        """
        return self._call(
            "recordings.get_config",
            RecordingJobConfig,
            {"recording_id": recording_id},
            timeout,
            max_retries,
            extra_query=extra_query,
        )

    def stop(
        self,
        recording_id: str,
        *,
        extra_body: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> Recording:
        """Stop one recording job.

        Asks a given job to stop and returns it in `stopping`, with `stopped_at` still null.
        Stopping is asynchronous: the job then goes through `post_processing` to `completed` or
        `failed`. `stopped_by` is an empty string because the stop came from the server side. No
        request body.

        Args:
            recording_id: Identifier of the recording job.
            extra_body: Fields of the body that this version does not know, sent as they are.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/recordings/stop-recording-by-id
        """
        return self._call(
            "recordings.stop",
            Recording,
            {"recording_id": recording_id},
            timeout,
            max_retries,
            extra_body=extra_body,
        )


class AsyncRecordings(AsyncResource):
    """The operations of recordings."""

    __slots__ = ()

    @lazy
    def with_raw_response(self) -> AsyncRecordingsWithRawResponse:
        """The same operations, each of which gives a `Response`: status, headers, attempts."""
        return AsyncRecordingsWithRawResponse(self._responding())

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
    ) -> AsyncPager[Recording, RecordingList]:
        """List recording jobs.

        Pages through the recording jobs of the workspace, whether started by REST call, client SDK
        or auto-start. List items leave out `recording_assets`: read one job, or list the assets of
        the room or session, to get them.

        Args:
            room_id: Only recordings that belong to this room.
            session_id: Only recordings that belong to this session.
            status: Only recordings in this state.
            start: Cursor: the `last` value of the page before. Omit for the first page.
            limit: Page size. The general API guide gives 10 to 100, default 10. The service takes
                10 to 100; 100 unless set.
            extra_query: Query parameters that this version does not know, sent as they are.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/recordings/list-all-recordings
        """
        return self._pages(
            "recordings.list",
            RecordingList,
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

    async def pause(
        self,
        room_id: str,
        *,
        extra_body: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> Recording:
        """Pause the recording of a room.

        Pauses the running recording of the room until it is resumed. Returns the single job; its
        `status` stays `running`, so a pause cannot be read back from the object. No request body.

        Args:
            room_id: Identifier of the room.
            extra_body: Fields of the body that this version does not know, sent as they are.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/recordings/pause-recording-for-room
        """
        return await self._call(
            "recordings.pause",
            Recording,
            {"room_id": room_id},
            timeout,
            max_retries,
            extra_body=extra_body,
        )

    async def resume(
        self,
        room_id: str,
        *,
        extra_body: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> Recording:
        """Resume the paused recording of a room.

        Continues a recording that was paused in this room. Returns the single job with `status`
        `running`. No request body.

        Args:
            room_id: Identifier of the room.
            extra_body: Fields of the body that this version does not know, sent as they are.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/recordings/resume-recording-for-room
        """
        return await self._call(
            "recordings.resume",
            Recording,
            {"room_id": room_id},
            timeout,
            max_retries,
            extra_body=extra_body,
        )

    async def start(
        self,
        room_id: str,
        *,
        meeting_url: str | None = None,
        resolution: Resolution | ResolutionInput | None = None,
        destination: str | None = None,
        audio_only: bool | None = None,
        transcription: TranscriptionConfig | None = None,
        extra_body: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> Recording:
        """Start a composite recording of a room.

        Launches a browser bot that joins the room through `meeting_url` and records what it sees
        into one mp4. Returns at once with `starting` and `started_at: null`; the job becomes
        `running` shortly after. Values in the body override the template; without `transcription`
        the settings of the template apply. `asset_types` of the answer names the assets to expect:
        `room-composite` and `chat`, plus `transcript` and `summary` when those are on; these two
        are listed as `processing` right after the recording has completed and become `completed`
        after roughly 20 % of its length, at least 5 minutes. The job also ends by itself: when all
        other peers have left for 5 minutes (or the template's `autoStopTimeout`), at the maximum
        duration (4 hours unless set on the template), or when the room is ended.

        Webhook events that follow: `beam.started.success`, `beam.stopped.success` and
        `beam.recording.success` (not `recording.success`, which is of recordings by the media
        server), or `beam.failure`; `transcription.started.success`, `transcription.success` and
        `transcription.failure` with transcription.

        If the outcome is ambiguous, `recordings.list` shows whether it took effect.

        Args:
            room_id: Identifier of the room.
            meeting_url: URL that takes a browser straight into the room, no click needed; a 100ms
                link `https://<subdomain>.app.100ms.live/preview/<room_id>/<role>?skip_preview=true`
                or any own web app. On 100ms links these query parameters count: `skip_preview=true`
                (join without header and controls), `skip_preview_headful=true` (join with them),
                `auth_token=<token>`, `ui_mode=activespeaker`, `name=<peer name>`. Mandatory unless
                the template has both composite recording switched on (in the dashboard) and a
                subdomain (templates made by API have none).
            resolution: Size of the recorded video; landscape or portrait. Default 1280x720.
            destination: Name of the destination (or recording configuration) of the template to
                take settings from. Needed when the template has several of this kind.
            audio_only: True for a file with the mixed audio of all peers only.
            transcription: Transcription of a recording after it has completed. English only; not
                available for room-composite-legacy recordings. Assets are listed as `processing`
                right after the recording has completed and are ready after roughly 20 % of its
                length, at least 5 minutes.
            extra_body: Fields of the body that this version does not know, sent as they are.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/recordings/start-recording-for-room
        """
        return await self._call(
            "recordings.start",
            Recording,
            {
                "room_id": room_id,
                "meeting_url": meeting_url,
                "resolution": resolution,
                "destination": destination,
                "audio_only": audio_only,
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
    ) -> RecordingStopResult:
        """Stop all recordings of a room.

        Stops every active recording of the room and returns those jobs, each in `stopping` with
        `stopped_at: null`, wrapped like a list page. No request body.

        Args:
            room_id: Identifier of the room.
            extra_body: Fields of the body that this version does not know, sent as they are.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/recordings/stop-recording-for-room
        """
        return await self._call(
            "recordings.stop_all",
            RecordingStopResult,
            {"room_id": room_id},
            timeout,
            max_retries,
            extra_body=extra_body,
        )

    async def get(
        self,
        recording_id: str,
        *,
        extra_query: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> Recording:
        """Get one recording job.

        Returns the job in whatever state it is in. Once it has finished, `recording_assets` carries
        the produced files: composite video and chat first, transcript and summary files (one asset
        per output mode) some minutes later.

        Args:
            recording_id: Identifier of the recording job.
            extra_query: Query parameters that this version does not know, sent as they are.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/recordings/get-recording
        """
        return await self._call(
            "recordings.get",
            Recording,
            {"recording_id": recording_id},
            timeout,
            max_retries,
            extra_query=extra_query,
        )

    async def get_config(
        self,
        recording_id: str,
        *,
        extra_query: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> RecordingJobConfig:
        """Get the configuration of a recording job.

        By its name this returns the settings the job runs with. The public documentation does not
        describe it, so treat the answer as free-form JSON.

        Args:
            recording_id: Identifier of the recording job.
            extra_query: Query parameters that this version does not know, sent as they are.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/recordings/get-recording
        """
        return await self._call(
            "recordings.get_config",
            RecordingJobConfig,
            {"recording_id": recording_id},
            timeout,
            max_retries,
            extra_query=extra_query,
        )

    async def stop(
        self,
        recording_id: str,
        *,
        extra_body: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> Recording:
        """Stop one recording job.

        Asks a given job to stop and returns it in `stopping`, with `stopped_at` still null.
        Stopping is asynchronous: the job then goes through `post_processing` to `completed` or
        `failed`. `stopped_by` is an empty string because the stop came from the server side. No
        request body.

        Args:
            recording_id: Identifier of the recording job.
            extra_body: Fields of the body that this version does not know, sent as they are.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/recordings/stop-recording-by-id
        """
        return await self._call(
            "recordings.stop",
            Recording,
            {"recording_id": recording_id},
            timeout,
            max_retries,
            extra_body=extra_body,
        )


class RecordingsWithRawResponse(WithRawResponse):
    """The operations of recordings, each of which gives a `Response`."""

    list = first_page(Recordings.list)
    pause = responding(Recordings.pause)
    resume = responding(Recordings.resume)
    start = responding(Recordings.start)
    stop_all = responding(Recordings.stop_all)
    get = responding(Recordings.get)
    get_config = responding(Recordings.get_config)
    stop = responding(Recordings.stop)


class AsyncRecordingsWithRawResponse(WithRawResponse):
    """The operations of recordings, each of which gives a `Response`."""

    list = first_page_async(AsyncRecordings.list)
    pause = responding_async(AsyncRecordings.pause)
    resume = responding_async(AsyncRecordings.resume)
    start = responding_async(AsyncRecordings.start)
    stop_all = responding_async(AsyncRecordings.stop_all)
    get = responding_async(AsyncRecordings.get)
    get_config = responding_async(AsyncRecordings.get_config)
    stop = responding_async(AsyncRecordings.stop)
