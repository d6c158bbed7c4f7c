# @generated from crates/hundredms/src/webhooks by `cargo xtask gen`; do not edit.
"""Models of webhooks."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, ClassVar, Literal, TypeAlias

import msgspec

from .._model import Model, SecretModel

if TYPE_CHECKING:
    PeerKind: TypeAlias = Literal["regular", "sip"] | str
    """`regular` for peers that join through an SDK, `sip` for phone/SIP callers."""

    PeerLeaveReason: TypeAlias = (
        Literal[
            "client request",
            "peer kicked",
            "websocket closed",
            "ice connection state closed",
            "server removed peer",
        ]
        | str
    )
    """Why a peer left."""

    RecordedTrack: TypeAlias = Literal["audio", "video"] | str
    """Kind of a recorded track."""

    RecordedStream: TypeAlias = Literal["regular", "screen", "audio"] | str
    """`regular`: camera and microphone; `screen`: screen share (with its sound, if any); `audio`: microphone only."""

    RecordingErrorType: TypeAlias = (
        Literal[
            "INPUT_ERROR",
            "CLOUD_ACCESS_ERROR",
            "CONFIG_ERROR",
            "MEMORY_ERROR",
            "PROCESSING_CMD_ERROR",
            "API_ERROR",
        ]
        | str
    )
    """Cause class of `recording.failed`."""

    BeamStopReason: TypeAlias = (
        Literal[
            "client request",
            "max duration reached",
            "room ended",
            "last peer left",
            "failure: INTERNAL_ERROR",
            "failure: MAX_RETRIES_REACHED",
            "failure: UPLOAD_ERROR",
            "failure: BEAM_STOPPED",
        ]
        | str
    )
    """Why a beam or HLS run stopped: one of the fixed values, or `failure: <error_type>` with a `BeamErrorType`."""

    BeamErrorType: TypeAlias = (
        Literal["INTERNAL_ERROR", "MAX_RETRIES_REACHED", "UPLOAD_ERROR", "BEAM_STOPPED"] | str
    )
    """Cause class of `beam.failure` and `hls.failure`."""

    IngestEndReason: TypeAlias = (
        Literal["publish error", "reconnection window expired", "stream closed", "internal error"]
        | str
    )
    """Why an RTMP ingestion ended."""

    IngestStartError: TypeAlias = (
        Literal[
            "stream key disabled",
            "internal error",
            "no hls destinations",
            "remote session active",
            "already connected",
            "beam start error",
        ]
        | str
    )
    """Why an RTMP ingestion could not start."""
else:
    # The service may add words, and msgspec reads no union of words and text.
    PeerKind = str
    PeerLeaveReason = str
    RecordedTrack = str
    RecordedStream = str
    RecordingErrorType = str
    BeamStopReason = str
    BeamErrorType = str
    IngestEndReason = str
    IngestStartError = str


class SessionOpenSuccess(Model, frozen=True, kw_only=True):
    """A session started in a room. The data of `session.open.success`.

    Cause: first peer joins a room that has no running session.
    """

    room_id: str
    """Room the event is about."""
    room_name: str | None = None
    """Name of the room. Hashed in HIPAA workspaces."""
    session_id: str
    """Session of the room that was running at the time."""
    template_id: str | None = None
    """Template (policy) that the room follows."""
    session_started_at: datetime | None = None
    """When the session started."""


class SessionCloseSuccess(Model, frozen=True, kw_only=True):
    """A session ended. The data of `session.close.success`.

    Cause: last peer leaves, the room is ended, or the maximum session duration runs out.
    """

    room_id: str
    """Room the event is about."""
    room_name: str | None = None
    """Name of the room. Hashed in HIPAA workspaces."""
    session_id: str
    """Session of the room that was running at the time."""
    template_id: str | None = None
    """Template (policy) that the room follows."""
    session_duration: int | None = None
    """Duration of the whole session, in seconds."""
    session_started_at: datetime | None = None
    """When the session started."""
    session_stopped_at: datetime | None = None
    """When the session ended."""


class PeerJoinSuccess(Model, frozen=True, kw_only=True):
    """A peer joined the room. The data of `peer.join.success`.

    Cause: a client (SDK or SIP) finishes its join.
    """

    room_id: str
    """Room the event is about."""
    room_name: str | None = None
    """Name of the room. Hashed in HIPAA workspaces."""
    session_id: str
    """Session of the room that was running at the time."""
    peer_id: str
    """Peer, which is one connection of one participant."""
    user_id: str | None = None
    """Your own id for the participant, from the auth token (or from the X-100ms-UserID header of a SIP invite). Absent if the participant has none."""
    template_id: str | None = None
    """Template (policy) that the room follows."""
    user_name: str | None = None
    """Display name of the participant. Hashed in HIPAA workspaces. For a SIP caller without a display name header, the masked phone number."""
    user_data: str | None = None
    """Free-form metadata of the peer. Often JSON, but not always. May be an empty string."""
    role: str | None = None
    """Name of the role the participant has."""
    joined_at: datetime | None = None
    """When the peer joined."""
    session_started_at: datetime | None = None
    """When the session started."""
    type: PeerKind | None = None
    """How the peer is connected."""


class PeerLeaveSuccess(Model, frozen=True, kw_only=True):
    """A peer left the room. The data of `peer.leave.success`.

    Cause: a peer leaves, is removed, loses its connection for about 60 seconds, or is dropped by
    the server.
    """

    room_id: str
    """Room the event is about."""
    room_name: str | None = None
    """Name of the room. Hashed in HIPAA workspaces."""
    session_id: str
    """Session of the room that was running at the time."""
    peer_id: str
    """Peer, which is one connection of one participant."""
    user_id: str | None = None
    """Your own id for the participant, from the auth token (or from the X-100ms-UserID header of a SIP invite). Absent if the participant has none."""
    template_id: str | None = None
    """Template (policy) that the room follows."""
    user_name: str | None = None
    """Display name of the participant. Hashed in HIPAA workspaces. For a SIP caller without a display name header, the masked phone number."""
    user_data: str | None = None
    """Free-form metadata of the peer. Often JSON, but not always. May be an empty string."""
    role: str | None = None
    """Name of the role the participant has."""
    left_at: datetime | None = None
    """When the peer left."""
    duration: int | None = None
    """Duration of the peer's stay in seconds."""
    reason: PeerLeaveReason | None = None
    """Why the peer left."""
    message: str | None = None
    """Text given when the peer was removed. Set with the reason `peer kicked`."""
    joined_at: datetime | None = None
    """When the peer joined."""
    session_started_at: datetime | None = None
    """When the session started."""
    type: PeerKind | None = None
    """How the peer is connected."""


class PeerJoinFailure(Model, frozen=True, kw_only=True):
    """A peer could not join. The data of `peer.join.failure`.

    Cause: join refused (role, duplicate peer id), server overload with a timeout, or connection
    lost during the join.
    """

    room_id: str
    """Room the event is about."""
    room_name: str | None = None
    """Name of the room. Hashed in HIPAA workspaces."""
    peer_id: str
    """Peer, which is one connection of one participant."""
    user_id: str | None = None
    """Your own id for the participant, from the auth token (or from the X-100ms-UserID header of a SIP invite). Absent if the participant has none."""
    template_id: str | None = None
    """Template (policy) that the room follows."""
    user_name: str | None = None
    """Display name of the participant. Hashed in HIPAA workspaces. For a SIP caller without a display name header, the masked phone number."""
    user_data: str | None = None
    """Free-form metadata of the peer. Often JSON, but not always. May be an empty string."""
    role: str | None = None
    """Name of the role the participant has."""
    joined_at: datetime | None = None
    """Always `None`, because no join took place."""
    error_message: str | None = None
    """Cause of the failure. Known: `role not allowed`, `network disconnection`, `duplicate peer id`."""
    type: PeerKind | None = None
    """How the peer is connected."""


class PeerLeaveFailure(Model, frozen=True, kw_only=True):
    """A leave request failed. The data of `peer.leave.failure`.

    Cause: leave requested twice, before or without a join, or after a removal or the end of the
    room.
    """

    room_id: str
    """Room the event is about."""
    room_name: str | None = None
    """Name of the room. Hashed in HIPAA workspaces."""
    peer_id: str
    """Peer, which is one connection of one participant."""
    user_id: str | None = None
    """Your own id for the participant, from the auth token (or from the X-100ms-UserID header of a SIP invite). Absent if the participant has none."""
    template_id: str | None = None
    """Template (policy) that the room follows."""
    user_name: str | None = None
    """Display name of the participant. Hashed in HIPAA workspaces. For a SIP caller without a display name header, the masked phone number."""
    user_data: str | None = None
    """Free-form metadata of the peer. Often JSON, but not always. May be an empty string."""
    role: str | None = None
    """Name of the role the participant has."""
    left_at: datetime | None = None
    """When the peer left, if it had joined."""
    duration: int | None = None
    """Duration of the peer's stay in seconds."""
    error_message: str | None = None
    """Cause of the failure. Compare case-insensitively. Known: `peer not joined`."""
    joined_at: datetime | None = None
    """When the peer joined, if it did."""
    type: PeerKind | None = None
    """How the peer is connected."""


class RoomEndSuccess(Model, frozen=True, kw_only=True):
    """A room was ended on request. The data of `room.end.success`.

    Cause: an end-room request from a client or the server API succeeds.
    """

    room_id: str
    """Room the event is about."""
    room_name: str | None = None
    """Name of the room. Hashed in HIPAA workspaces."""
    session_id: str
    """Session of the room that was running at the time."""
    peer_id: str | None = None
    """Peer that requested the end."""
    user_id: str | None = None
    """Your own id for the participant who requested the end. Absent if the participant has none."""
    template_id: str | None = None
    """Template (policy) that the room follows."""
    user_name: str | None = None
    """Display name of the participant who requested the end."""
    role: str | None = None
    """Role of the participant who requested the end."""
    lock_room: bool | None = None
    """Whether the end request also locked (disabled) the room."""
    reason: str | None = None
    """Text of the end request."""
    source: str | None = None
    """Origin of the end request. Known: `peer`."""
    session_started_at: datetime | None = None
    """When the session started."""


class RoomEndFailure(Model, frozen=True, kw_only=True):
    """An end-room request failed. The data of `room.end.failure`.

    Cause: an end-room request fails.
    """

    room_id: str
    """Room the event is about."""
    room_name: str | None = None
    """Name of the room. Hashed in HIPAA workspaces."""
    session_id: str | None = None
    """Session of the room that was running at the time."""
    peer_id: str | None = None
    """Peer that requested the end."""
    user_id: str | None = None
    """Your own id for the participant who requested the end. Absent if the participant has none."""
    template_id: str | None = None
    """Template (policy) that the room follows."""
    user_name: str | None = None
    """Display name of the participant who requested the end."""
    role: str | None = None
    """Role of the participant who requested the end."""
    lock_room: bool | None = None
    """Whether the end request also locked (disabled) the room."""
    reason: str | None = None
    """Text of the end request."""
    source: str | None = None
    """Origin of the end request. Known: `peer`."""
    session_started_at: datetime | None = None
    """When the session started."""
    error_message: str | None = None
    """Cause of the failure, for example that there is no session."""
    error_code: int | None = None
    """Code of the failure, like an HTTP status: for example 404."""


class RoleChangeSuccess(Model, frozen=True, kw_only=True):
    """The role of a peer changed. The data of `role.change.success`.

    Cause: a role change requested by a peer or by the server API succeeds.
    """

    room_id: str
    """Room the event is about."""
    room_name: str | None = None
    """Name of the room. Hashed in HIPAA workspaces."""
    session_id: str
    """Session of the room that was running at the time."""
    template_id: str | None = None
    """Template (policy) that the room follows."""
    peer_id: str
    """Peer, which is one connection of one participant."""
    user_id: str | None = None
    """Your own id for the participant, from the auth token (or from the X-100ms-UserID header of a SIP invite). Absent if the participant has none."""
    user_name: str | None = None
    """Display name of the participant. Hashed in HIPAA workspaces. For a SIP caller without a display name header, the masked phone number."""
    user_data: str | None = None
    """Free-form metadata of the peer. Often JSON, but not always. May be an empty string."""
    previous_role: str | None = None
    """Role before the change."""
    role: str | None = None
    """Role after the change."""
    joined_at: datetime | None = None
    """When the peer joined."""
    session_started_at: datetime | None = None
    """When the session started."""
    role_changed_at: datetime | None = None
    """When the role changed."""
    role_change_requested_by: str | None = None
    """Peer that requested the change. Missing if the server API requested it."""


class RoleChangeFailure(Model, frozen=True, kw_only=True):
    """A role change was refused. The data of `role.change.failure`.

    Cause: for example, the requested role is full (its maximum number of peers is reached).
    """

    room_id: str
    """Room the event is about."""
    room_name: str | None = None
    """Name of the room. Hashed in HIPAA workspaces."""
    session_id: str
    """Session of the room that was running at the time."""
    template_id: str | None = None
    """Template (policy) that the room follows."""
    peer_id: str
    """Peer, which is one connection of one participant."""
    user_id: str | None = None
    """Your own id for the participant, from the auth token (or from the X-100ms-UserID header of a SIP invite). Absent if the participant has none."""
    user_name: str | None = None
    """Display name of the participant. Hashed in HIPAA workspaces. For a SIP caller without a display name header, the masked phone number."""
    user_data: str | None = None
    """Free-form metadata of the peer. Often JSON, but not always. May be an empty string."""
    role: str | None = None
    """Requested role."""
    joined_at: datetime | None = None
    """When the peer joined."""
    session_started_at: datetime | None = None
    """When the session started."""
    error_message: str | None = None
    """Cause of the failure. Known: `role limit reached`."""
    role_change_requested_by: str | None = None
    """Peer that requested the change. Missing if the server API requested it."""


class TrackRecordingStartedSuccess(Model, frozen=True, kw_only=True):
    """Recording of a single track started. The data of `track.recording.started.success`.

    Cause: with track recording enabled in the template: a peer publishes a track.
    """

    room_id: str
    """Room the event is about."""
    session_id: str
    """Session of the room that was running at the time."""
    peer_id: str
    """Peer, which is one connection of one participant."""
    stream_id: str | None = None
    """Media stream the track is part of."""
    track_id: str
    """Track that is recorded."""
    track_type: RecordedTrack | None = None
    """Kind of the track."""


class TrackRecordingSuccess(SecretModel, frozen=True, kw_only=True):
    """The recording of a single track is uploaded. The data of `track.recording.success`.

    Cause: a track recording ends and its file reaches the storage.
    """

    _secrets: ClassVar[frozenset[str]] = frozenset({"recording_presigned_url"})

    room_id: str
    """Room the event is about."""
    session_id: str
    """Session of the room that was running at the time."""
    peer_id: str
    """Peer, which is one connection of one participant."""
    stream_id: str | None = None
    """Media stream the track is part of."""
    track_id: str
    """Track that is recorded."""
    track_type: RecordedTrack | None = None
    """Kind of the track."""
    size: int | None = None
    """Size of the file in bytes."""
    duration: float | None = None
    """Duration of the recorded media, in seconds."""
    recording_id: str | None = None
    """Id of the finished recording. In the sandbox, the id of its asset. Undocumented by the service."""
    recording_path: str | None = None
    """Storage path of the file (`WebM`)."""
    recording_presigned_url: str | None = None
    """Temporary download link of the file."""


class TrackRecordingFailure(Model, frozen=True, kw_only=True):
    """The recording of a single track failed. The data of `track.recording.failure`.

    Cause: recording or upload of the track fails.
    """

    room_id: str
    """Room the event is about."""
    session_id: str
    """Session of the room that was running at the time."""
    peer_id: str
    """Peer, which is one connection of one participant."""
    stream_id: str | None = None
    """Media stream the track is part of."""
    track_id: str
    """Track that is recorded."""
    track_type: RecordedTrack | None = None
    """Kind of the track."""
    size: int | None = None
    """Size of the file in bytes."""
    duration: float | None = None
    """Duration of the recorded media, in seconds."""
    recording_id: str | None = None
    """Id of the finished recording. In the sandbox, the id of its asset. Undocumented by the service."""
    recording_path: str | None = None
    """Intended storage path of the file."""
    error_message: str | None = None
    """Cause of the failure. Known: `INTERNAL_ERROR`."""


class StreamRecordingSuccess(SecretModel, frozen=True, kw_only=True):
    """The recording of one peer stream (its audio and video together) is uploaded.

    The data of `stream.recording.success`.

    Cause: a stream recording ends and its file reaches the storage.
    """

    _secrets: ClassVar[frozenset[str]] = frozenset({"recording_presigned_url"})

    room_id: str
    """Room the event is about."""
    session_id: str
    """Session of the room that was running at the time."""
    peer_id: str
    """Peer, which is one connection of one participant."""
    stream_id: str
    """Media stream that is recorded."""
    user_id: str | None = None
    """Your own id for the participant, from the auth token (or from the X-100ms-UserID header of a SIP invite). Absent if the participant has none."""
    size: int | None = None
    """Size of the file in bytes."""
    duration: float | None = None
    """Duration of the recorded media, in seconds."""
    recording_id: str | None = None
    """Id of the finished recording. In the sandbox, the id of its asset. Undocumented by the service."""
    recording_path: str | None = None
    """Storage path of the file (MP4)."""
    recording_presigned_url: str | None = None
    """Temporary download link of the file."""
    stream_type: RecordedStream | None = None
    """Kind of the stream."""
    type: RecordedStream | None = None
    """Kind of the stream."""


class StreamRecordingFailure(Model, frozen=True, kw_only=True):
    """The recording of one peer stream failed. The data of `stream.recording.failure`.

    Cause: recording, composition or upload of the stream fails.
    """

    room_id: str
    """Room the event is about."""
    session_id: str
    """Session of the room that was running at the time."""
    peer_id: str
    """Peer, which is one connection of one participant."""
    stream_id: str
    """Media stream that is recorded."""
    user_id: str | None = None
    """Your own id for the participant, from the auth token (or from the X-100ms-UserID header of a SIP invite). Absent if the participant has none."""
    size: int | None = None
    """Size of the file in bytes."""
    duration: float | None = None
    """Duration of the recorded media, in seconds."""
    recording_id: str | None = None
    """Id of the finished recording. In the sandbox, the id of its asset. Undocumented by the service."""
    recording_path: str | None = None
    """Intended storage path of the file."""
    stream_type: RecordedStream | None = None
    """Kind of the stream."""
    type: RecordedStream | None = None
    """Kind of the stream."""
    error_message: str | None = None
    """Cause of the failure. Known: `INTERNAL_ERROR`."""


class RecordingSuccess(SecretModel, frozen=True, kw_only=True):
    """The composed (legacy, SFU side) recording of a session is uploaded.

    The data of `recording.success`.

    Cause: after the session, composition and upload are done.
    """

    _secrets: ClassVar[frozenset[str]] = frozenset(
        {"url", "recording_presigned_url", "chat_recording_presigned_url"}
    )

    room_id: str
    """Room the event is about."""
    room_name: str | None = None
    """Name of the room. Hashed in HIPAA workspaces."""
    session_id: str
    """Session of the room that was running at the time."""
    template_id: str | None = None
    """Template (policy) that the room follows."""
    location: str | None = None
    """Storage URI of the video. Read `recording_path` instead. Deprecated."""
    url: str | None = msgspec.field(name="URL", default=None)
    """Download link of the video. Read `recording_presigned_url` instead. Deprecated."""
    duration: int | None = None
    """Duration of the recording, in seconds."""
    recording_path: str | None = None
    """Storage path of the video."""
    recording_presigned_url: str | None = None
    """Temporary download link of the video, valid for 24 hours."""
    chat_recording_path: str | None = None
    """Storage path of the chat transcript (CSV), when chat was recorded."""
    chat_recording_presigned_url: str | None = None
    """Temporary download link of the chat transcript."""
    size: int | None = None
    """Size of the video in bytes."""
    session_started_at: datetime | None = None
    """When the session started."""
    session_stopped_at: datetime | None = None
    """When the session ended."""


class RecordingFailed(Model, frozen=True, kw_only=True):
    """The composed (legacy, SFU side) recording of a session failed.

    The data of `recording.failed`.

    Cause: composition or upload fails.
    """

    room_id: str
    """Room the event is about."""
    room_name: str | None = None
    """Name of the room. Hashed in HIPAA workspaces."""
    session_id: str
    """Session of the room that was running at the time."""
    template_id: str | None = None
    """Template (policy) that the room follows."""
    error: str | None = None
    """Human-readable cause, fixed per `error_type`; `INTERNAL_ERROR` for the internal error types."""
    error_type: RecordingErrorType | None = None
    """Machine-readable cause."""
    session_started_at: datetime | None = None
    """When the session started."""
    session_stopped_at: datetime | None = None
    """When the session ended."""


class BeamStartedSuccess(SecretModel, frozen=True, kw_only=True):
    """A beam run (RTMP push, browser recording or both) started.

    The data of `beam.started.success`.

    Cause: start request accepted and the beam browser is in the room.
    """

    _secrets: ClassVar[frozenset[str]] = frozenset({"meeting_url"})

    beam_id: str
    """Run of the recording/streaming browser ("beam"), the same in all events of the run. In the sandbox, not the id that `start` returns. Undocumented by the service."""
    job_id: str | None = None
    """Job of the run. In the sandbox, the id that `recordings.start` or `external_streams.start` returned, which `beam.recording.success` has as `recording_id`. Undocumented by the service."""
    recording_enabled: bool | None = None
    """Whether this run also records."""
    room_id: str
    """Room the event is about."""
    peer_id: str | None = None
    """Peer of the beam browser. Whether it is in lists of peers is undocumented by the service. In the sandbox, it is not."""
    session_id: str | None = None
    """Session of the room that was running at the time."""
    metadata_id: str | None = None
    """Id of the notification message itself."""
    template_id: str | None = None
    """Template (policy) that the room follows."""
    metadata_timestamp: datetime | None = None
    """When the notification message was created."""
    start_delay: int | None = None
    """Duration of the start in seconds."""
    state_name: str | None = None
    """Internal name of the state reached. Use the event type instead. Known: `Started`. Deprecated."""
    state_message: str | None = None
    """Text of the state. Undocumented by the service. Deprecated."""
    state_timestamp: datetime | None = None
    """When the state was entered. Use the envelope timestamp instead. Deprecated."""
    max_width: int | None = None
    """Maximum picture width in pixels."""
    max_height: int | None = None
    """Maximum picture height in pixels."""
    meeting_url: str | None = None
    """Web page that the beam browser opened. May contain a token in its query string."""
    rtmp: list[BeamRtmpTarget] = []
    """RTMP targets that the start request named."""
    session_started_at: datetime | None = None
    """When the session started."""


class BeamRtmpTarget(SecretModel, frozen=True, kw_only=True):
    """One RTMP target of a beam run."""

    _secrets: ClassVar[frozenset[str]] = frozenset({"url"})

    url: str
    """RTMP(S) address. Usually includes the stream key of the platform."""


class BeamStoppedSuccess(SecretModel, frozen=True, kw_only=True):
    """A beam run (RTMP push, browser recording or both) ended.

    The data of `beam.stopped.success`.

    Cause: stop request, maximum duration, end of the room, no other peer for about 5 minutes, or a
    failure.
    """

    _secrets: ClassVar[frozenset[str]] = frozenset({"meeting_url"})

    beam_id: str
    """Run of the recording/streaming browser ("beam"), the same in all events of the run. In the sandbox, not the id that `start` returns. Undocumented by the service."""
    job_id: str | None = None
    """Job of the run. In the sandbox, the id that `recordings.start` or `external_streams.start` returned, which `beam.recording.success` has as `recording_id`. Undocumented by the service."""
    recording_enabled: bool | None = None
    """Whether this run also records."""
    room_id: str
    """Room the event is about."""
    peer_id: str | None = None
    """Peer of the beam browser. Whether it is in lists of peers is undocumented by the service. In the sandbox, it is not."""
    session_id: str | None = None
    """Session of the room that was running at the time."""
    metadata_id: str | None = None
    """Id of the notification message itself."""
    template_id: str | None = None
    """Template (policy) that the room follows."""
    metadata_timestamp: datetime | None = None
    """When the notification message was created."""
    state_name: str | None = None
    """Internal name of the state reached. Use the event type instead. Known: `Stopped`. Deprecated."""
    state_message: str | None = None
    """Text of the state. Undocumented by the service. Deprecated."""
    state_timestamp: datetime | None = None
    """When the state was entered. Use the envelope timestamp instead. Deprecated."""
    duration: int | None = None
    """Duration in seconds."""
    max_width: int | None = None
    """Maximum picture width in pixels."""
    max_height: int | None = None
    """Maximum picture height in pixels."""
    meeting_url: str | None = None
    """Web page that the beam browser opened. May contain a token in its query string."""
    rtmp: list[BeamRtmpTarget] = []
    """RTMP targets that the start request named."""
    session_started_at: datetime | None = None
    """When the session started."""
    reason: BeamStopReason | None = None
    """Why the run stopped."""


class BeamRecordingSuccess(SecretModel, frozen=True, kw_only=True):
    """The browser recording is uploaded. The data of `beam.recording.success`.

    Cause: after `beam.stopped.success`, once the video is in the storage.
    """

    _secrets: ClassVar[frozenset[str]] = frozenset(
        {"location", "recording_presigned_url", "chat_recording_presigned_url", "meeting_url"}
    )

    beam_id: str
    """Run of the recording/streaming browser ("beam"), the same in all events of the run. In the sandbox, not the id that `start` returns. Undocumented by the service."""
    room_id: str
    """Room the event is about."""
    peer_id: str | None = None
    """Peer of the beam browser. Whether it is in lists of peers is undocumented by the service. In the sandbox, it is not."""
    metadata_id: str | None = None
    """Id of the notification message itself."""
    metadata_timestamp: datetime | None = None
    """When the notification message was created."""
    session_id: str | None = None
    """Session of the room that was running at the time."""
    template_id: str | None = None
    """Template (policy) that the room follows."""
    created_at: datetime | None = None
    """When the recording object was created."""
    duration: int | None = None
    """Duration of the recording, in seconds."""
    location: str | None = None
    """Download link of the video. Read `recording_presigned_url` instead. Deprecated."""
    started_at: datetime | None = None
    """When recording started."""
    stopped_at: datetime | None = None
    """When recording ended."""
    max_width: int | None = None
    """Maximum picture width in pixels."""
    max_height: int | None = None
    """Maximum picture height in pixels."""
    recording_id: str | None = None
    """Id of the finished recording. In the sandbox, the id that `recordings.start` or `external_streams.start` returned, which the other beam events have as `job_id`. Undocumented by the service."""
    recording_path: str | None = None
    """Storage path of the video."""
    recording_presigned_url: str | None = None
    """Temporary download link of the video."""
    chat_recording_path: str | None = None
    """Storage path of the chat transcript (CSV), when chat was recorded."""
    chat_recording_presigned_url: str | None = None
    """Temporary download link of the chat transcript."""
    meeting_url: str | None = None
    """Web page that the beam browser opened. May contain a token in its query string."""
    rtmp: list[BeamRtmpTarget] = []
    """RTMP targets that the start request named."""
    session_started_at: datetime | None = None
    """When the session started."""
    size: int | None = None
    """Size of the video in bytes."""


class BeamFailure(SecretModel, frozen=True, kw_only=True):
    """A beam run (RTMP push, browser recording or both) failed. The data of `beam.failure`.

    Cause: bad RTMP or meeting URL, page that fails to load, storage credentials refused, or an
    internal error.
    """

    _secrets: ClassVar[frozenset[str]] = frozenset({"meeting_url"})

    beam_id: str
    """Run of the recording/streaming browser ("beam"), the same in all events of the run. In the sandbox, not the id that `start` returns. Undocumented by the service."""
    job_id: str | None = None
    """Job of the run. In the sandbox, the id that `recordings.start` or `external_streams.start` returned, which `beam.recording.success` has as `recording_id`. Undocumented by the service."""
    recording_enabled: bool | None = None
    """Whether this run also records."""
    room_id: str
    """Room the event is about."""
    peer_id: str | None = None
    """Peer of the beam browser. Whether it is in lists of peers is undocumented by the service. In the sandbox, it is not."""
    session_id: str | None = None
    """Session of the room that was running at the time."""
    template_id: str | None = None
    """Template (policy) that the room follows."""
    error_code: int | None = None
    """Always 1. Deprecated."""
    error_message: str | None = None
    """Human-readable cause, fixed per `error_type` since 2022-12-29."""
    error_type: BeamErrorType | None = None
    """Machine-readable cause."""
    metadata_id: str | None = None
    """Id of the notification message itself."""
    metadata_timestamp: datetime | None = None
    """When the notification message was created."""
    state_name: str | None = None
    """Internal name of the state reached. Use the event type instead. Known: `Failed`. Deprecated."""
    state_message: str | None = None
    """Text of the state. Undocumented by the service. Deprecated."""
    state_timestamp: datetime | None = None
    """When the state was entered. Use the envelope timestamp instead. Deprecated."""
    duration: int | None = None
    """Duration in seconds."""
    max_width: int | None = None
    """Maximum picture width in pixels."""
    max_height: int | None = None
    """Maximum picture height in pixels."""
    meeting_url: str | None = None
    """Web page that the beam browser opened. May contain a token in its query string."""
    rtmp: list[BeamRtmpTarget] = []
    """RTMP targets that the start request named."""
    session_started_at: datetime | None = None
    """When the session started."""


class HlsStartedSuccess(SecretModel, frozen=True, kw_only=True):
    """HLS live streaming is running. The data of `hls.started.success`.

    Cause: start request (or RTMP ingestion) led to a playable stream.
    """

    _secrets: ClassVar[frozenset[str]] = frozenset({"meeting_url"})

    beam_id: str
    """Run of the recording/streaming browser ("beam"), the same in all events of the run. In the sandbox, not the id that `start` returns. Undocumented by the service."""
    job_id: str | None = None
    """Job of the run. In the sandbox, the id that `live_streams.start` returned, which `hls.recording.success` has as `recording_id`. Undocumented by the service."""
    recording_single_file_per_layer_enabled: bool | None = None
    """Whether the stream is also recorded as one MP4 file per quality layer."""
    recording_vod_playlist_enabled: bool | None = None
    """Whether the stream is also recorded as an on-demand HLS playlist."""
    room_id: str
    """Room the event is about."""
    peer_id: str | None = None
    """Peer of the beam browser. Whether it is in lists of peers is undocumented by the service. In the sandbox, it is not."""
    session_id: str | None = None
    """Session of the room that was running at the time."""
    template_id: str | None = None
    """Template (policy) that the room follows."""
    meeting_url: str | None = None
    """Web page that the beam browser opened. May contain a token in its query string."""
    metadata_id: str | None = None
    """Id of the notification message itself."""
    metadata_timestamp: datetime | None = None
    """When the notification message was created."""
    start_delay: int | None = None
    """Duration of the start in seconds."""
    state_name: str | None = None
    """Internal name of the state reached. Use the event type instead. Known: `HLSStarted`. Deprecated."""
    state_message: str | None = None
    """Text of the state. Undocumented by the service. Deprecated."""
    state_timestamp: datetime | None = None
    """When the state was entered. Use the envelope timestamp instead. Deprecated."""
    max_width: int | None = None
    """Maximum picture width in pixels."""
    max_height: int | None = None
    """Maximum picture height in pixels."""
    url: str | None = None
    """Playlist (m3u8) that viewers play."""
    started_at: datetime | None = None
    """When streaming started."""
    session_started_at: datetime | None = None
    """When the session started."""


class HlsStoppedSuccess(SecretModel, frozen=True, kw_only=True):
    """HLS live streaming has stopped. The data of `hls.stopped.success`.

    Cause: stop request, maximum duration, end of the room, no other peer for about 5 minutes, or a
    failure.
    """

    _secrets: ClassVar[frozenset[str]] = frozenset({"meeting_url"})

    beam_id: str
    """Run of the recording/streaming browser ("beam"), the same in all events of the run. In the sandbox, not the id that `start` returns. Undocumented by the service."""
    job_id: str | None = None
    """Job of the run. In the sandbox, the id that `live_streams.start` returned, which `hls.recording.success` has as `recording_id`. Undocumented by the service."""
    recording_single_file_per_layer_enabled: bool | None = None
    """Whether the stream is also recorded as one MP4 file per quality layer."""
    recording_vod_playlist_enabled: bool | None = None
    """Whether the stream is also recorded as an on-demand HLS playlist."""
    room_id: str
    """Room the event is about."""
    peer_id: str | None = None
    """Peer of the beam browser. Whether it is in lists of peers is undocumented by the service. In the sandbox, it is not."""
    session_id: str | None = None
    """Session of the room that was running at the time."""
    template_id: str | None = None
    """Template (policy) that the room follows."""
    max_width: int | None = None
    """Maximum picture width in pixels."""
    max_height: int | None = None
    """Maximum picture height in pixels."""
    meeting_url: str | None = None
    """Web page that the beam browser opened. May contain a token in its query string."""
    metadata_id: str | None = None
    """Id of the notification message itself."""
    metadata_timestamp: datetime | None = None
    """When the notification message was created."""
    state_name: str | None = None
    """Internal name of the state reached. Use the event type instead. Known: `HLSStopped`. Deprecated."""
    state_message: str | None = None
    """Text of the state. Undocumented by the service. Deprecated."""
    state_timestamp: datetime | None = None
    """When the state was entered. Use the envelope timestamp instead. Deprecated."""
    url: str | None = None
    """Playlist (m3u8) that viewers play."""
    duration: int | None = None
    """Duration in seconds."""
    started_at: datetime | None = None
    """When streaming started."""
    stopped_at: datetime | None = None
    """When streaming ended."""
    session_started_at: datetime | None = None
    """When the session started."""
    reason: BeamStopReason | None = None
    """Why the run stopped."""
    live_transcription_enabled: bool | None = None
    """Whether live captions were on for the stream."""


class HlsFailure(SecretModel, frozen=True, kw_only=True):
    """HLS streaming and/or its recording failed. The data of `hls.failure`.

    Cause: bad meeting URL, upload refused, stop before start, or an internal error.
    """

    _secrets: ClassVar[frozenset[str]] = frozenset({"meeting_url"})

    beam_id: str
    """Run of the recording/streaming browser ("beam"), the same in all events of the run. In the sandbox, not the id that `start` returns. Undocumented by the service."""
    job_id: str | None = None
    """Job of the run. In the sandbox, the id that `live_streams.start` returned, which `hls.recording.success` has as `recording_id`. Undocumented by the service."""
    recording_single_file_per_layer_enabled: bool | None = None
    """Whether the stream is also recorded as one MP4 file per quality layer."""
    recording_vod_playlist_enabled: bool | None = None
    """Whether the stream is also recorded as an on-demand HLS playlist."""
    room_id: str
    """Room the event is about."""
    peer_id: str | None = None
    """Peer of the beam browser. Whether it is in lists of peers is undocumented by the service. In the sandbox, it is not."""
    session_id: str | None = None
    """Session of the room that was running at the time."""
    template_id: str | None = None
    """Template (policy) that the room follows."""
    max_width: int | None = None
    """Maximum picture width in pixels."""
    max_height: int | None = None
    """Maximum picture height in pixels."""
    meeting_url: str | None = None
    """Web page that the beam browser opened. May contain a token in its query string."""
    error_code: int | None = None
    """Always 1. Deprecated."""
    error_message: str | None = None
    """Human-readable cause, fixed per `error_type` since 2022-12-29."""
    error_type: BeamErrorType | None = None
    """Machine-readable cause."""
    metadata_id: str | None = None
    """Id of the notification message itself."""
    metadata_timestamp: datetime | None = None
    """When the notification message was created."""
    state_name: str | None = None
    """Internal name of the state reached. Use the event type instead. Known: `HLSFailed`. Deprecated."""
    state_message: str | None = None
    """Text of the state. Undocumented by the service. Deprecated."""
    state_timestamp: datetime | None = None
    """When the state was entered. Use the envelope timestamp instead. Deprecated."""
    duration: int | None = None
    """Duration in seconds."""
    session_started_at: datetime | None = None
    """When the session started."""


class HlsRecordingSuccess(SecretModel, frozen=True, kw_only=True):
    """The recordings of an HLS stream are uploaded. The data of `hls.recording.success`.

    Cause: after `hls.stopped.success`, once the files are in the storage.
    """

    _secrets: ClassVar[frozenset[str]] = frozenset(
        {
            "hls_vod_recording_presigned_url",
            "chat_recording_presigned_url",
            "meeting_url",
            "recording_hls_vod_playlist_location",
        }
    )

    beam_id: str
    """Run of the recording/streaming browser ("beam"), the same in all events of the run. In the sandbox, not the id that `start` returns. Undocumented by the service."""
    room_id: str
    """Room the event is about."""
    metadata_id: str | None = None
    """Id of the notification message itself."""
    metadata_timestamp: datetime | None = None
    """When the notification message was created."""
    duration: int | None = None
    """Duration of the recording, in seconds."""
    session_id: str | None = None
    """Session of the room that was running at the time."""
    template_id: str | None = None
    """Template (policy) that the room follows."""
    hls_vod_recording_path: str | None = None
    """Storage path of the on-demand playlist (m3u8) or of its ZIP archive."""
    hls_vod_recording_presigned_url: str | None = None
    """With 100ms's storage and unzipped upload, a playable CDN link. Otherwise a temporary link of the m3u8 file (not playable by itself) or of the ZIP."""
    chat_recording_path: str | None = None
    """Storage path of the chat transcript (CSV), when chat was recorded."""
    chat_recording_presigned_url: str | None = None
    """Temporary download link of the chat transcript."""
    hls_vod_recording_size: int | None = None
    """Size of the on-demand recording in bytes."""
    max_width: int | None = None
    """Maximum picture width in pixels."""
    max_height: int | None = None
    """Maximum picture height in pixels."""
    meeting_url: str | None = None
    """Web page that the beam browser opened. May contain a token in its query string."""
    recording_created_at: datetime | None = None
    """When the recording object was created."""
    started_at: datetime | None = None
    """When streaming started."""
    stopped_at: datetime | None = None
    """When streaming ended."""
    recording_id: str | None = None
    """Id of the finished recording. In the sandbox, the id that `live_streams.start` returned, which the other HLS events have as `job_id`. Undocumented by the service."""
    recording_single_files: list[HlsRecordingFile] = []
    """One entry per quality layer, if single-file recording is on. Layer "0" is the best."""
    recording_hls_vod_playlist_location: str | None = None
    """Link of the on-demand playlist. Read `hls_vod_recording_presigned_url` instead. Deprecated."""
    recording_thumbnails: list[HlsThumbnail] = []
    """Still pictures taken from the stream, when thumbnails are on."""
    session_started_at: datetime | None = None
    """When the session started."""


class HlsRecordingFile(SecretModel, frozen=True, kw_only=True):
    """Recording of one HLS quality layer."""

    _secrets: ClassVar[frozenset[str]] = frozenset({"recording_presigned_url"})

    asset_id: str | None = None
    """Recording asset of the file."""
    layer: str
    """Layer number as text. "0" is the best quality."""
    recording_path: str | None = None
    """Storage path of the file."""
    recording_presigned_url: str | None = None
    """Temporary download link of the file."""
    size: int | None = None
    """Size of the file in bytes."""
    width: int | None = None
    """Picture width in pixels."""
    height: int | None = None
    """Picture height in pixels."""


class HlsThumbnail(SecretModel, frozen=True, kw_only=True):
    """Still picture taken from an HLS recording."""

    _secrets: ClassVar[frozenset[str]] = frozenset({"url"})

    width: int | None = None
    """Picture width in pixels."""
    height: int | None = None
    """Picture height in pixels."""
    offset: float | None = None
    """Position in the recording in seconds."""
    location: str | None = None
    """Storage path of the picture."""
    url: str | None = None
    """Temporary link of the picture."""


class TranscriptionStartedSuccess(Model, frozen=True, kw_only=True):
    """Transcription of a finished recording started.

    The data of `transcription.started.success`.

    Cause: a recording with transcription enabled is complete.
    """

    account_id: str | None = None
    """Account (customer), as in the envelope."""
    app_id: str | None = None
    """App (workspace), as in the envelope."""
    recording_id: str | None = None
    """Recording that is transcribed. In the sandbox, the id that `start` of the recording or stream returned. Undocumented by the service."""
    room_id: str
    """Room the event is about."""
    room_name: str | None = None
    """Name of the room. Hashed in HIPAA workspaces."""
    session_id: str | None = None
    """Session of the room that was running at the time."""
    metadata_id: str | None = None
    """Id of the notification message itself."""
    transcription_id: str
    """Transcription run."""
    metadata_timestamp: datetime | None = None
    """When the notification message was created."""
    duration: int | None = None
    """Running time of the transcribed recording, in seconds."""
    summary_json_asset_id: str | None = None
    """Recording asset of the AI summary as JSON."""
    transcript_json_asset_id: str | None = None
    """Recording asset of the transcript as JSON."""
    transcript_srt_asset_id: str | None = None
    """Recording asset of the transcript as SRT subtitles."""
    transcript_txt_asset_id: str | None = None
    """Recording asset of the transcript as plain text."""


class TranscriptionSuccess(SecretModel, frozen=True, kw_only=True):
    """Transcript and summary are uploaded. The data of `transcription.success`.

    Cause: all requested outputs are created.
    """

    _secrets: ClassVar[frozenset[str]] = frozenset(
        {
            "summary_json_presigned_url",
            "transcript_json_presigned_url",
            "transcript_srt_presigned_url",
            "transcript_txt_presigned_url",
        }
    )

    account_id: str | None = None
    """Account (customer), as in the envelope."""
    app_id: str | None = None
    """App (workspace), as in the envelope."""
    recording_id: str | None = None
    """Recording that is transcribed. In the sandbox, the id that `start` of the recording or stream returned. Undocumented by the service."""
    room_id: str
    """Room the event is about."""
    room_name: str | None = None
    """Name of the room. Hashed in HIPAA workspaces."""
    session_id: str | None = None
    """Session of the room that was running at the time."""
    metadata_id: str | None = None
    """Id of the notification message itself."""
    transcription_id: str
    """Transcription run."""
    metadata_timestamp: datetime | None = None
    """When the notification message was created."""
    duration: int | None = None
    """Running time of the transcribed recording, in seconds."""
    summary_json_asset_id: str | None = None
    """Recording asset of the AI summary as JSON."""
    summary_json_path: str | None = None
    """Storage path of the AI summary as JSON."""
    summary_json_presigned_url: str | None = None
    """Temporary download link of the AI summary as JSON."""
    transcript_json_asset_id: str | None = None
    """Recording asset of the transcript as JSON."""
    transcript_json_path: str | None = None
    """Storage path of the transcript as JSON."""
    transcript_json_presigned_url: str | None = None
    """Temporary download link of the transcript as JSON."""
    transcript_srt_asset_id: str | None = None
    """Recording asset of the transcript as SRT subtitles."""
    transcript_srt_path: str | None = None
    """Storage path of the transcript as SRT subtitles."""
    transcript_srt_presigned_url: str | None = None
    """Temporary download link of the transcript as SRT subtitles."""
    transcript_txt_asset_id: str | None = None
    """Recording asset of the transcript as plain text."""
    transcript_txt_path: str | None = None
    """Storage path of the transcript as plain text."""
    transcript_txt_presigned_url: str | None = None
    """Temporary download link of the transcript as plain text."""


class TranscriptionFailure(SecretModel, frozen=True, kw_only=True):
    """Transcription failed, completely or in part. The data of `transcription.failure`.

    Cause: an enabled summary was not created, or transcript/summary files are missing or partial.
    """

    _secrets: ClassVar[frozenset[str]] = frozenset(
        {
            "summary_json_presigned_url",
            "transcript_json_presigned_url",
            "transcript_srt_presigned_url",
            "transcript_txt_presigned_url",
        }
    )

    account_id: str | None = None
    """Account (customer), as in the envelope."""
    app_id: str | None = None
    """App (workspace), as in the envelope."""
    recording_id: str | None = None
    """Recording that is transcribed. In the sandbox, the id that `start` of the recording or stream returned. Undocumented by the service."""
    room_id: str
    """Room the event is about."""
    room_name: str | None = None
    """Name of the room. Hashed in HIPAA workspaces."""
    session_id: str | None = None
    """Session of the room that was running at the time."""
    metadata_id: str | None = None
    """Id of the notification message itself."""
    transcription_id: str
    """Transcription run."""
    metadata_timestamp: datetime | None = None
    """When the notification message was created."""
    duration: int | None = None
    """Running time of the transcribed recording, in seconds."""
    summary_json_asset_id: str | None = None
    """Recording asset of the AI summary as JSON."""
    summary_json_path: str | None = None
    """Storage path of the AI summary as JSON."""
    summary_json_presigned_url: str | None = None
    """Temporary download link of the AI summary as JSON."""
    transcript_json_asset_id: str | None = None
    """Recording asset of the transcript as JSON."""
    transcript_json_path: str | None = None
    """Storage path of the transcript as JSON."""
    transcript_json_presigned_url: str | None = None
    """Temporary download link of the transcript as JSON."""
    transcript_srt_asset_id: str | None = None
    """Recording asset of the transcript as SRT subtitles."""
    transcript_srt_path: str | None = None
    """Storage path of the transcript as SRT subtitles."""
    transcript_srt_presigned_url: str | None = None
    """Temporary download link of the transcript as SRT subtitles."""
    transcript_txt_asset_id: str | None = None
    """Recording asset of the transcript as plain text."""
    transcript_txt_path: str | None = None
    """Storage path of the transcript as plain text."""
    transcript_txt_presigned_url: str | None = None
    """Temporary download link of the transcript as plain text."""


class IngestStartSuccess(Model, frozen=True, kw_only=True):
    """An RTMP broadcaster is connected. The data of `ingest.start.success`.

    Cause: the broadcaster connects with a valid stream key. The service then starts the live
    stream.
    """

    account_id: str | None = None
    """Account (customer), as in the envelope."""
    app_id: str | None = None
    """App (workspace), as in the envelope."""
    started_at: datetime | None = None
    """When ingestion started."""
    room_id: str
    """Room the event is about."""
    ingest_id: str
    """Ingestion run."""
    stream_id: str | None = None
    """Stream created from the ingested media. In the sandbox, the id of the live stream. Undocumented by the service."""
    template_id: str | None = None
    """Template (policy) that the room follows."""


class IngestEndSuccess(Model, frozen=True, kw_only=True):
    """An RTMP broadcast ended. The data of `ingest.end.success`.

    Cause: the broadcaster disconnected and did not reconnect in time. The service then stops the
    live stream.
    """

    account_id: str | None = None
    """Account (customer), as in the envelope."""
    app_id: str | None = None
    """App (workspace), as in the envelope."""
    started_at: datetime | None = None
    """When ingestion started."""
    completed_at: datetime | None = None
    """When ingestion ended."""
    duration: int | None = None
    """Duration of the ingestion in seconds."""
    last_disconnected_at: datetime | None = None
    """When media stopped arriving."""
    reason: IngestEndReason | None = None
    """Why ingestion ended."""
    room_id: str
    """Room the event is about."""
    ingest_id: str
    """Ingestion run."""
    stream_id: str | None = None
    """Stream created from the ingested media. In the sandbox, the id of the live stream. Undocumented by the service."""
    template_id: str | None = None
    """Template (policy) that the room follows."""


class IngestStartFailure(Model, frozen=True, kw_only=True):
    """An RTMP broadcaster could not start. The data of `ingest.start.failure`.

    Cause: connection refused, for example a disabled key, no HLS destination, or a stream that is
    already running.
    """

    account_id: str | None = None
    """Account (customer), as in the envelope."""
    app_id: str | None = None
    """App (workspace), as in the envelope."""
    error_message: IngestStartError | None = None
    """Cause of the failure."""
    room_id: str
    """Room the event is about."""
    template_id: str | None = None
    """Template (policy) that the room follows."""


class IngestFailure(Model, frozen=True, kw_only=True):
    """A running RTMP ingestion failed. The data of `ingest.failure`.

    Cause: internal failure during ingestion.
    """

    account_id: str | None = None
    """Account (customer), as in the envelope."""
    app_id: str | None = None
    """App (workspace), as in the envelope."""
    error_message: str | None = None
    """Cause of the failure. Known: `internal error`."""
    ingest_id: str
    """Ingestion run."""
    room_id: str
    """Room the event is about."""
    template_id: str | None = None
    """Template (policy) that the room follows."""
