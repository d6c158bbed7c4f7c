# @generated from crates/hundredms/src/resources/live_streams.rs by `cargo xtask gen`; do not edit.
"""Models of live streams."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar, Literal, TypeAlias

import msgspec

from .._model import EXTRA, Model, SecretModel
from .recordings import EmbeddedRecordingAsset, MediaJobStatus

if TYPE_CHECKING:
    StreamTranscriptionMode: TypeAlias = Literal["recorded", "live"] | str
    """When the speech of a live stream is transcribed."""
else:
    # The service may add words, and msgspec reads no union of words and text.
    StreamTranscriptionMode = str


class LiveStreamList(Model, frozen=True, kw_only=True):
    """A page of live streams."""

    limit: int
    """Page size that the service applied."""
    data: list[LiveStream]
    """Items on this page."""
    last: str | None = None
    """Id of the last item. Pass it as `start` to get the next page."""


class LiveStream(SecretModel, frozen=True, kw_only=True):
    """An HLS live stream job."""

    _secrets: ClassVar[frozenset[str]] = frozenset({"meeting_url"})

    id: str
    """Id of the live stream."""
    room_id: str
    """Room streamed."""
    session_id: str
    """Session streamed."""
    status: MediaJobStatus
    """State of a recording, live stream or external stream job. A started job is `starting`, then `running`. A stopped job (on request or automatically) is `stopping`, then `post_processing` while files are finished and uploaded, then `completed`. Any state before `completed` can change to `failed`."""
    destination: str
    """Template destination used."""
    playback: Playback
    """How to watch the live stream."""
    meeting_url: str
    """URL that the bot opens. It contains an auth token if the caller included one."""
    recording: LiveStreamRecording
    """Which recordings are made of the live stream."""
    recording_assets: list[EmbeddedRecordingAsset]
    """Files created by the job. Null or empty until there are any."""
    created_at: datetime | None = None
    """When the job was created."""
    started_at: datetime | None = None
    """When the job started to run. Null before."""
    updated_at: datetime | None = None
    """When the job last changed."""
    stopped_at: datetime | None = None
    """When the job ended. Null before."""
    started_by: str
    """Id of the peer that started the job. Empty if the server API started it."""
    stopped_by: str
    """Id of the peer that stopped the job. Empty if the server API stopped it, or if it is not stopped yet."""


class Playback(Model, frozen=True, kw_only=True):
    """How to watch the live stream."""

    url: str
    """URL of the HLS master manifest (m3u8)."""


class LiveStreamRecording(SecretModel, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which recordings are made of the live stream."""

    _secrets: ClassVar[frozenset[str]] = frozenset({"extra"})

    hls_vod: bool | None = None
    """Make a room-vod asset."""
    single_file_per_layer: bool | None = None
    """Make one room-composite asset per layer."""
    extra: dict[str, Any] = msgspec.field(name=EXTRA, default={})
    """Fields that the service sent and this version does not know. They are written back."""


class LiveStreamStopResult(Model, frozen=True, kw_only=True):
    """Live streams that were stopped."""

    error: str | None = None
    """Undocumented by the service."""
    limit: int
    """Items per page. A loop over the list reads all pages."""
    data: list[LiveStream]
    """Items on this page."""
    last: str | None = None
    """Id of the last item."""
