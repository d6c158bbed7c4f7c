# @generated from crates/hundredms/src/resources/recordings.rs by `cargo xtask gen`; do not edit.
"""Recordings: jobs that record a room."""

from __future__ import annotations

import builtins
from collections.abc import Callable, Mapping
from typing import Any

from .._absent import ABSENT
from .._pages import AsyncPager, Pager
from ..inputs import ResolutionInput, TranscriptionConfig
from ..models.recordings import (
    ChatMessage,
    FetchProgress,
    MediaJobStatus,
    Recording,
    RecordingJobConfig,
    RecordingList,
    RecordingStopResult,
    Resolution,
    Summary,
    Transcript,
    WaitProgress,
)
from ._lazy import lazy
from ._resource import AsyncResource, Resource
from ._with_raw_response import (
    WithRawResponse,
    first_page,
    first_page_async,
    responding,
    responding_async,
)


class Recordings(Resource):
    """Recordings: jobs that record a room."""

    __slots__ = ()

    @lazy
    def with_raw_response(self) -> RecordingsWithRawResponse:
        """The same methods. Each returns a `Response`: status, headers, attempts."""
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

        Returns the recording jobs of the workspace, started by REST call, client SDK or auto-start.
        List items do not contain `recording_assets`. To get these, read one job, or list the assets
        of the room or session.

        Args:
            room_id: Only recordings of this room.
            session_id: Only recordings of this session.
            status: Only recordings in this state.
            start: Cursor: the `last` value of the previous page. Omit for the first page.
            limit: Items per page. A loop over the list reads all pages. Between 1 and 100. Defaults
                to 100. Below 10, the service may send 10 items, or refuse the call: it documents 10
                to 100.
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

        Pauses the running recording of the room until it is resumed. Returns the job. Its `status`
        stays `running`, so the job does not show the pause.

        Args:
            room_id: Id of the room.
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

        Resumes a paused recording in this room. Returns the job with `status` `running`.

        Args:
            room_id: Id of the room.
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

        Starts a browser bot that joins the room through `meeting_url` and records what it sees as
        one mp4. Returns at once with `starting` and `started_at: null`. The job becomes `running`
        shortly after. Arguments override the template. Without `transcription`, the template's
        settings apply. `asset_types` in the response lists the expected assets: `room-composite`
        and `chat`, plus `transcript` and `summary` if enabled. These two are `processing` when the
        recording completes, and `completed` after about 20 % of its length, at least 5 minutes. The
        job ends automatically when all other peers have been gone for 5 minutes (or the template's
        `autoStopTimeout`), at the maximum duration (4 hours unless the template sets another), or
        when the room is ended.

        Webhook events that follow: `beam.started.success`, `beam.stopped.success` and
        `beam.recording.success` (not `recording.success`, which is of recordings by the media
        server), or `beam.failure`; `transcription.started.success`, `transcription.success` and
        `transcription.failure` with transcription.

        If the outcome is ambiguous, `recordings.list` shows whether it took effect.

        Args:
            room_id: Id of the room.
            meeting_url: URL that takes a browser directly into the room, without a click: a 100ms
                link
                `https://<subdomain>.app.100ms.live/preview/<room_id>/<role>?skip_preview=true`, or
                your own web app. 100ms links accept these query parameters: `skip_preview=true`
                (join without header and controls), `skip_preview_headful=true` (join with them),
                `auth_token=<token>`, `ui_mode=activespeaker`, `name=<peer name>`. Required unless
                the template has both composite recording switched on (in the dashboard) and a
                subdomain (templates created by API have none).
            resolution: Size of the recorded video, landscape or portrait. Defaults to 1280x720.
            destination: Name of the template's destination (or recording configuration) that
                provides the settings. Required if the template has several of this kind.
            audio_only: Record only the mixed audio of all peers.
            transcription: Transcription of a recording after it completes. English only. Not
                available for room-composite-legacy recordings. Its assets are `processing` when the
                recording completes, and ready after about 20 % of its length, at least 5 minutes.
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

        Stops every active recording of the room and returns these jobs as a page, each in
        `stopping` with `stopped_at: null`. A job takes some time to stop: until its bot has left
        the room, it is active, and a further call returns it again.

        Args:
            room_id: Id of the room.
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
        """Return one recording job.

        Returns the job in any state. After it has finished, `recording_assets` contains the files:
        composite video and chat first, transcript and summary files (one asset per output mode)
        some minutes later.

        Args:
            recording_id: Id of the recording job.
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
        """Return the configuration of a recording job.

        Returns the settings of the job as free-form JSON. Undocumented by the service.

        Args:
            recording_id: Id of the recording job.
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

        Stops the job and returns it in `stopping`, with `stopped_at` still null. Stopping is
        asynchronous: the job then passes through `post_processing` to `completed` or `failed`.
        `stopped_by` is an empty string because the server API stopped the job.

        Args:
            recording_id: Id of the recording job.
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

    def wait(
        self,
        recording_id: str,
        *,
        until: MediaJobStatus | None = None,
        on_progress: Callable[[WaitProgress], object] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> Recording:
        """Wait until a recording has reached a state.

        Looks at the recording again and again, with pauses of 1 s that grow to 10 s, and returns it
        as soon as it is in the state `until`. A recording runs until it is stopped, so stop it
        first if you wait for `completed`. Transcripts and summaries are ready later: to wait for
        these, use `recording_assets.wait`. Fails with `job_failed` if the recording ends in another
        state, and with `timeout` if it does not end in time; the error has the last `state`. The
        message says why a recording failed only if the service does; the webhook `beam.failure` has
        a reason. In the sandbox, a recording takes three seconds to start, and fails if it is
        stopped before.

        Args:
            recording_id: Id of the recording job.
            until: The state to wait for. Defaults to `completed`.
            on_progress: Called whenever the job has progressed. What it raises ends the job.
            timeout: Seconds for the whole job. Defaults to 3600.
            max_retries: How often a failed attempt of each call is repeated. Defaults to the
                client's setting.
        """
        return self._run(
            "recordings.wait",
            Recording,
            {"recording_id": recording_id, "until": until},
            WaitProgress,
            on_progress,
            timeout,
            max_retries,
        )

    def transcript(
        self,
        *,
        session_id: str | None = None,
        recording_id: str | None = None,
        on_progress: Callable[[FetchProgress], object] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> Transcript:
        """Return the transcript of a session or a recording.

        Takes exactly one of `session_id` and `recording_id`. Finds the newest completed transcript
        in the format `json`, makes a link to it, and reads and parses it. Use `recording_id` if a
        session was recorded several times. The file may have at most 64 MiB.

        Fails with `job_failed` if there is none; the message says why: it was off, it is still
        processing (wait for it with `recording_assets.wait`), it failed, or it exists in other
        formats only.

        Args:
            session_id: Id of the session.
            recording_id: Id of the recording job.
            on_progress: Called whenever the job has progressed. What it raises ends the job.
            timeout: Seconds for the whole job. Defaults to 120.
            max_retries: How often a failed attempt of each call is repeated. Defaults to the
                client's setting.
        """
        return self._run(
            "recordings.transcript",
            Transcript,
            {"session_id": session_id, "recording_id": recording_id},
            FetchProgress,
            on_progress,
            timeout,
            max_retries,
        )

    def summary(
        self,
        *,
        session_id: str | None = None,
        recording_id: str | None = None,
        on_progress: Callable[[FetchProgress], object] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> Summary:
        """Return the summary of a session or a recording.

        Takes exactly one of `session_id` and `recording_id`. Finds the newest completed summary,
        makes a link to it, and reads and parses it. Use `recording_id` if a session was recorded
        several times. The file may have at most 64 MiB.

        Fails with `job_failed` if there is none; the message says why: it was off, it is still
        processing (wait for it with `recording_assets.wait`), or it failed.

        Args:
            session_id: Id of the session.
            recording_id: Id of the recording job.
            on_progress: Called whenever the job has progressed. What it raises ends the job.
            timeout: Seconds for the whole job. Defaults to 120.
            max_retries: How often a failed attempt of each call is repeated. Defaults to the
                client's setting.
        """
        return self._run(
            "recordings.summary",
            Summary,
            {"session_id": session_id, "recording_id": recording_id},
            FetchProgress,
            on_progress,
            timeout,
            max_retries,
        )

    def chat(
        self,
        *,
        session_id: str | None = None,
        recording_id: str | None = None,
        on_progress: Callable[[FetchProgress], object] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> builtins.list[ChatMessage]:
        """Return the chat messages of a session or a recording.

        Takes exactly one of `session_id` and `recording_id`. Finds the newest completed chat file,
        makes a link to it, and reads and parses it. Use `recording_id` if a session was recorded
        several times. Direct messages are not recorded. The file may have at most 64 MiB.

        Fails with `job_failed` if there is none; the message says why: nothing was recorded, the
        recording has not ended, or the file failed.

        Args:
            session_id: Id of the session.
            recording_id: Id of the recording job.
            on_progress: Called whenever the job has progressed. What it raises ends the job.
            timeout: Seconds for the whole job. Defaults to 120.
            max_retries: How often a failed attempt of each call is repeated. Defaults to the
                client's setting.
        """
        return self._run(
            "recordings.chat",
            list[ChatMessage],
            {"session_id": session_id, "recording_id": recording_id},
            FetchProgress,
            on_progress,
            timeout,
            max_retries,
        )


class AsyncRecordings(AsyncResource):
    """Recordings: jobs that record a room."""

    __slots__ = ()

    @lazy
    def with_raw_response(self) -> AsyncRecordingsWithRawResponse:
        """The same methods. Each returns a `Response`: status, headers, attempts."""
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

        Returns the recording jobs of the workspace, started by REST call, client SDK or auto-start.
        List items do not contain `recording_assets`. To get these, read one job, or list the assets
        of the room or session.

        Args:
            room_id: Only recordings of this room.
            session_id: Only recordings of this session.
            status: Only recordings in this state.
            start: Cursor: the `last` value of the previous page. Omit for the first page.
            limit: Items per page. A loop over the list reads all pages. Between 1 and 100. Defaults
                to 100. Below 10, the service may send 10 items, or refuse the call: it documents 10
                to 100.
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

        Pauses the running recording of the room until it is resumed. Returns the job. Its `status`
        stays `running`, so the job does not show the pause.

        Args:
            room_id: Id of the room.
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

        Resumes a paused recording in this room. Returns the job with `status` `running`.

        Args:
            room_id: Id of the room.
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

        Starts a browser bot that joins the room through `meeting_url` and records what it sees as
        one mp4. Returns at once with `starting` and `started_at: null`. The job becomes `running`
        shortly after. Arguments override the template. Without `transcription`, the template's
        settings apply. `asset_types` in the response lists the expected assets: `room-composite`
        and `chat`, plus `transcript` and `summary` if enabled. These two are `processing` when the
        recording completes, and `completed` after about 20 % of its length, at least 5 minutes. The
        job ends automatically when all other peers have been gone for 5 minutes (or the template's
        `autoStopTimeout`), at the maximum duration (4 hours unless the template sets another), or
        when the room is ended.

        Webhook events that follow: `beam.started.success`, `beam.stopped.success` and
        `beam.recording.success` (not `recording.success`, which is of recordings by the media
        server), or `beam.failure`; `transcription.started.success`, `transcription.success` and
        `transcription.failure` with transcription.

        If the outcome is ambiguous, `recordings.list` shows whether it took effect.

        Args:
            room_id: Id of the room.
            meeting_url: URL that takes a browser directly into the room, without a click: a 100ms
                link
                `https://<subdomain>.app.100ms.live/preview/<room_id>/<role>?skip_preview=true`, or
                your own web app. 100ms links accept these query parameters: `skip_preview=true`
                (join without header and controls), `skip_preview_headful=true` (join with them),
                `auth_token=<token>`, `ui_mode=activespeaker`, `name=<peer name>`. Required unless
                the template has both composite recording switched on (in the dashboard) and a
                subdomain (templates created by API have none).
            resolution: Size of the recorded video, landscape or portrait. Defaults to 1280x720.
            destination: Name of the template's destination (or recording configuration) that
                provides the settings. Required if the template has several of this kind.
            audio_only: Record only the mixed audio of all peers.
            transcription: Transcription of a recording after it completes. English only. Not
                available for room-composite-legacy recordings. Its assets are `processing` when the
                recording completes, and ready after about 20 % of its length, at least 5 minutes.
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

        Stops every active recording of the room and returns these jobs as a page, each in
        `stopping` with `stopped_at: null`. A job takes some time to stop: until its bot has left
        the room, it is active, and a further call returns it again.

        Args:
            room_id: Id of the room.
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
        """Return one recording job.

        Returns the job in any state. After it has finished, `recording_assets` contains the files:
        composite video and chat first, transcript and summary files (one asset per output mode)
        some minutes later.

        Args:
            recording_id: Id of the recording job.
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
        """Return the configuration of a recording job.

        Returns the settings of the job as free-form JSON. Undocumented by the service.

        Args:
            recording_id: Id of the recording job.
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

        Stops the job and returns it in `stopping`, with `stopped_at` still null. Stopping is
        asynchronous: the job then passes through `post_processing` to `completed` or `failed`.
        `stopped_by` is an empty string because the server API stopped the job.

        Args:
            recording_id: Id of the recording job.
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

    async def wait(
        self,
        recording_id: str,
        *,
        until: MediaJobStatus | None = None,
        on_progress: Callable[[WaitProgress], object] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> Recording:
        """Wait until a recording has reached a state.

        Looks at the recording again and again, with pauses of 1 s that grow to 10 s, and returns it
        as soon as it is in the state `until`. A recording runs until it is stopped, so stop it
        first if you wait for `completed`. Transcripts and summaries are ready later: to wait for
        these, use `recording_assets.wait`. Fails with `job_failed` if the recording ends in another
        state, and with `timeout` if it does not end in time; the error has the last `state`. The
        message says why a recording failed only if the service does; the webhook `beam.failure` has
        a reason. In the sandbox, a recording takes three seconds to start, and fails if it is
        stopped before.

        Args:
            recording_id: Id of the recording job.
            until: The state to wait for. Defaults to `completed`.
            on_progress: Called whenever the job has progressed. What it raises ends the job.
            timeout: Seconds for the whole job. Defaults to 3600.
            max_retries: How often a failed attempt of each call is repeated. Defaults to the
                client's setting.
        """
        return await self._run(
            "recordings.wait",
            Recording,
            {"recording_id": recording_id, "until": until},
            WaitProgress,
            on_progress,
            timeout,
            max_retries,
        )

    async def transcript(
        self,
        *,
        session_id: str | None = None,
        recording_id: str | None = None,
        on_progress: Callable[[FetchProgress], object] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> Transcript:
        """Return the transcript of a session or a recording.

        Takes exactly one of `session_id` and `recording_id`. Finds the newest completed transcript
        in the format `json`, makes a link to it, and reads and parses it. Use `recording_id` if a
        session was recorded several times. The file may have at most 64 MiB.

        Fails with `job_failed` if there is none; the message says why: it was off, it is still
        processing (wait for it with `recording_assets.wait`), it failed, or it exists in other
        formats only.

        Args:
            session_id: Id of the session.
            recording_id: Id of the recording job.
            on_progress: Called whenever the job has progressed. What it raises ends the job.
            timeout: Seconds for the whole job. Defaults to 120.
            max_retries: How often a failed attempt of each call is repeated. Defaults to the
                client's setting.
        """
        return await self._run(
            "recordings.transcript",
            Transcript,
            {"session_id": session_id, "recording_id": recording_id},
            FetchProgress,
            on_progress,
            timeout,
            max_retries,
        )

    async def summary(
        self,
        *,
        session_id: str | None = None,
        recording_id: str | None = None,
        on_progress: Callable[[FetchProgress], object] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> Summary:
        """Return the summary of a session or a recording.

        Takes exactly one of `session_id` and `recording_id`. Finds the newest completed summary,
        makes a link to it, and reads and parses it. Use `recording_id` if a session was recorded
        several times. The file may have at most 64 MiB.

        Fails with `job_failed` if there is none; the message says why: it was off, it is still
        processing (wait for it with `recording_assets.wait`), or it failed.

        Args:
            session_id: Id of the session.
            recording_id: Id of the recording job.
            on_progress: Called whenever the job has progressed. What it raises ends the job.
            timeout: Seconds for the whole job. Defaults to 120.
            max_retries: How often a failed attempt of each call is repeated. Defaults to the
                client's setting.
        """
        return await self._run(
            "recordings.summary",
            Summary,
            {"session_id": session_id, "recording_id": recording_id},
            FetchProgress,
            on_progress,
            timeout,
            max_retries,
        )

    async def chat(
        self,
        *,
        session_id: str | None = None,
        recording_id: str | None = None,
        on_progress: Callable[[FetchProgress], object] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> builtins.list[ChatMessage]:
        """Return the chat messages of a session or a recording.

        Takes exactly one of `session_id` and `recording_id`. Finds the newest completed chat file,
        makes a link to it, and reads and parses it. Use `recording_id` if a session was recorded
        several times. Direct messages are not recorded. The file may have at most 64 MiB.

        Fails with `job_failed` if there is none; the message says why: nothing was recorded, the
        recording has not ended, or the file failed.

        Args:
            session_id: Id of the session.
            recording_id: Id of the recording job.
            on_progress: Called whenever the job has progressed. What it raises ends the job.
            timeout: Seconds for the whole job. Defaults to 120.
            max_retries: How often a failed attempt of each call is repeated. Defaults to the
                client's setting.
        """
        return await self._run(
            "recordings.chat",
            list[ChatMessage],
            {"session_id": session_id, "recording_id": recording_id},
            FetchProgress,
            on_progress,
            timeout,
            max_retries,
        )


class RecordingsWithRawResponse(WithRawResponse):
    """The methods of `Recordings`. Each returns a `Response`."""

    list = first_page(Recordings.list)
    pause = responding(Recordings.pause)
    resume = responding(Recordings.resume)
    start = responding(Recordings.start)
    stop_all = responding(Recordings.stop_all)
    get = responding(Recordings.get)
    get_config = responding(Recordings.get_config)
    stop = responding(Recordings.stop)


class AsyncRecordingsWithRawResponse(WithRawResponse):
    """The methods of `AsyncRecordings`. Each returns a `Response`."""

    list = first_page_async(AsyncRecordings.list)
    pause = responding_async(AsyncRecordings.pause)
    resume = responding_async(AsyncRecordings.resume)
    start = responding_async(AsyncRecordings.start)
    stop_all = responding_async(AsyncRecordings.stop_all)
    get = responding_async(AsyncRecordings.get)
    get_config = responding_async(AsyncRecordings.get_config)
    stop = responding_async(AsyncRecordings.stop)
