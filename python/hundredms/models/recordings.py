# @generated from crates/hundredms/src/resources/recordings.rs by `cargo xtask gen`; do not edit.
"""Models of recordings."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar, Literal, TypeAlias

import msgspec

from .._model import EXTRA, Model, SecretModel
from .active_rooms import TrackType

if TYPE_CHECKING:
    MediaJobStatus: TypeAlias = (
        Literal[
            "starting",
            "running",
            "stopping",
            "post_processing",
            "completed",
            "failed",
        ]
        | str
    )
    """State of a recording, live stream or external stream job. Start gives `starting`, soon `running`; a stop request (or an automatic stop) gives `stopping`, then `post_processing` while files are finished and uploaded, then `completed`. `failed` can follow any state before `completed`."""

    AssetType: TypeAlias = (
        Literal[
            "room-composite",
            "room-composite-legacy",
            "room-vod",
            "chat",
            "transcript",
            "summary",
            "track",
            "stream",
        ]
        | str
    )
    """Kind of a recording asset. room-composite: one mp4 of the whole room from the browser bot (for live streams one per layer); room-composite-legacy: one mp4 made by the media server; room-vod: HLS recording, zipped or not; chat: csv of the messages to everyone or to roles; transcript: txt, srt or json; summary: json; track: webm of one track; stream: mp4 of the tracks of one peer."""

    RecordingAssetStatus: TypeAlias = Literal["completed", "failed", "processing"] | str
    """State of an asset."""

    TranscriptFormat: TypeAlias = Literal["txt", "srt", "json"] | str
    """File format of a transcript."""

    StreamType: TypeAlias = Literal["regular", "screen", "audio"] | str
    """What a recorded stream carries."""

    SummaryFormat: TypeAlias = Literal["bullets", "paragraph"] | str
    """Form of a section of a summary."""
else:
    # The service may add words, and msgspec reads no union of words and text.
    MediaJobStatus = str
    AssetType = str
    RecordingAssetStatus = str
    TranscriptFormat = str
    StreamType = str
    SummaryFormat = str


class RecordingList(Model, frozen=True, kw_only=True):
    """A page of recording jobs."""

    limit: int
    """Page size that was applied."""
    data: list[Recording]
    """What the page holds."""
    last: str | None = None
    """Id of the last item; pass as `start` for the next page."""


class Recording(SecretModel, frozen=True, kw_only=True):
    """A recording job."""

    _secrets: ClassVar[frozenset[str]] = frozenset({"meeting_url"})

    id: str
    """Identifier of the job."""
    room_id: str
    """Room recorded."""
    session_id: str
    """Session recorded."""
    status: MediaJobStatus
    """State of a recording, live stream or external stream job. Start gives `starting`, soon `running`; a stop request (or an automatic stop) gives `stopping`, then `post_processing` while files are finished and uploaded, then `completed`. `failed` can follow any state before `completed`."""
    meeting_url: str
    """URL opened by the bot. May contain an auth token if the caller put one in."""
    destination: str | None = None
    """Template destination used."""
    asset_types: list[AssetType] = []
    """Kinds of asset the job makes."""
    recording_assets: list[EmbeddedRecordingAsset] = []
    """Files made by the job; null (or empty) until there are any."""
    created_at: datetime | None = None
    """When the job was created."""
    started_at: datetime | None = None
    """When it began to run; null before."""
    updated_at: datetime | None = None
    """When it last changed."""
    stopped_at: datetime | None = None
    """When it ended; null before."""
    started_by: str
    """Peer id of whoever started it; empty string when started from the server side."""
    stopped_by: str
    """Peer id of whoever stopped it; empty string when stopped from the server side (or not yet stopped)."""


class EmbeddedRecordingAsset(Model, frozen=True, kw_only=True):
    """Asset as it appears inside a job object: without `job_id`, `room_id` and `session_id`."""

    id: str
    """Identifier of the asset."""
    type: AssetType
    """Kind of a recording asset. room-composite: one mp4 of the whole room from the browser bot (for live streams one per layer); room-composite-legacy: one mp4 made by the media server; room-vod: HLS recording, zipped or not; chat: csv of the messages to everyone or to roles; transcript: txt, srt or json; summary: json; track: webm of one track; stream: mp4 of the tracks of one peer."""
    status: RecordingAssetStatus
    """State of an asset."""
    path: str | None = None
    """Where the file was put, e.g. an `s3://` URI in the 100ms bucket or in the own one."""
    size: int | None = None
    """Size in bytes."""
    duration: int | None = None
    """Length of the media in seconds; 0 for chat and, in the examples, for room-composite-legacy."""
    created_at: datetime | None = None
    """When the asset was made."""
    thumbnails: list[str] = []
    """Paths of thumbnail images; used for room-vod only, otherwise null, empty or absent."""
    metadata: RecordingAssetMetadata | None = None
    """All fields that can occur in `metadata`, each present only for the asset types of its variant (x-variants, keyed by the asset's `type`). Unknown fields may be added."""


class RecordingAssetMetadata(Model, frozen=True, kw_only=True):
    """All fields that can occur in `metadata`, each present only for the asset types of its variant
    (x-variants, keyed by the asset's `type`).

    Unknown fields may be added.
    """

    resolution: AssetResolution | None = None
    """Frame size of a produced file. Kept apart from Resolution, whose limits are for requests: live stream layers go down to 240p."""
    layer: str | None = None
    """Index of the live stream layer the file was made from, as a string; 0 is the highest resolution. Only for per-layer files of a live stream."""
    media_type: str | None = None
    """Only in the official Node SDK types; no documentation."""
    num_layers: str | None = None
    """Number of layers, as a string."""
    max_width: int | None = None
    """Width of the largest layer in pixels."""
    max_height: int | None = None
    """Height of the largest layer in pixels."""
    output_mode: TranscriptFormat | None = None
    """transcript: txt, srt or json; summary: json."""
    track_id: str | None = None
    """Track that was recorded."""
    stream_id: str | None = None
    """track, stream: the stream."""
    peer_id: str | None = None
    """track, stream: peer that published it."""
    track_type: TrackType | None = None
    """Kind of track."""
    user_id: str | None = None
    """Customer-side user id of that peer."""
    stream_type: StreamType | None = None
    """regular: camera and microphone; screen: screen share; audio: microphone only because no video was published."""


class AssetResolution(Model, frozen=True, kw_only=True):
    """Frame size of a produced file.

    Kept apart from Resolution, whose limits are for requests: live stream layers go down to 240p.
    """

    width: int
    """Pixels."""
    height: int
    """Pixels."""


class Resolution(SecretModel, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Frame size in pixels, shared by recordings and streams."""

    _secrets: ClassVar[frozenset[str]] = frozenset({"extra"})

    width: int
    """500 to 1920. Default: `1280`."""
    height: int
    """480 to 1920. Default: `720`."""
    extra: dict[str, Any] = msgspec.field(name=EXTRA, default={})
    """Fields that the service sent and this version does not know. They are written back."""


class RecordingStopResult(Model, frozen=True, kw_only=True):
    """Jobs affected by a stop of the whole room."""

    limit: int
    """In the example the number of jobs stopped."""
    data: list[Recording]
    """What the page holds."""
    last: str | None = None
    """Id of the last item."""


class RecordingJobConfig(Model, frozen=True, kw_only=True):
    """Configuration of a recording job. No public documentation of the fields: free-form."""
