# @generated from crates/hundredms/src/resources/recordings.rs by `cargo xtask gen`; do not edit.
"""Models of recordings."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar, Literal, TypeAlias

import msgspec

from .._model import EXTRA, Model, SecretModel
from .._transcript import TranscriptModel
from .active_rooms import TrackType

if TYPE_CHECKING:
    MediaJobStatus: TypeAlias = (
        Literal["starting", "running", "stopping", "post_processing", "completed", "failed"] | str
    )
    """State of a recording, live stream or external stream job. A started job is `starting`, then `running`. A stopped job (on request or automatically) is `stopping`, then `post_processing` while files are finished and uploaded, then `completed`. Any state before `completed` can change to `failed`."""

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
    """Kind of a recording asset. room-composite: one mp4 of the whole room from the browser bot (for live streams, one per layer). room-composite-legacy: one mp4 from the media server. room-vod: HLS recording, zipped or not. chat: csv of the messages to everyone or to roles. transcript: txt, srt or json. summary: json. track: webm of one track. stream: mp4 of the tracks of one peer."""

    RecordingAssetStatus: TypeAlias = Literal["completed", "failed", "processing"] | str
    """State of an asset."""

    TranscriptFormat: TypeAlias = Literal["txt", "srt", "json"] | str
    """File format of a transcript."""

    StreamType: TypeAlias = Literal["regular", "screen", "audio"] | str
    """Kind of media of a recorded stream."""

    SummaryFormat: TypeAlias = Literal["bullets", "paragraph"] | str
    """Format of a section of a summary."""
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
    """Page size that the service applied."""
    data: list[Recording]
    """Items on this page."""
    last: str | None = None
    """Id of the last item. Pass it as `start` to get the next page."""


class Recording(SecretModel, frozen=True, kw_only=True):
    """A recording job."""

    _secrets: ClassVar[frozenset[str]] = frozenset({"meeting_url"})

    id: str
    """Id of the job."""
    room_id: str
    """Room recorded."""
    session_id: str
    """Session recorded."""
    status: MediaJobStatus
    """State of a recording, live stream or external stream job. A started job is `starting`, then `running`. A stopped job (on request or automatically) is `stopping`, then `post_processing` while files are finished and uploaded, then `completed`. Any state before `completed` can change to `failed`."""
    meeting_url: str
    """URL that the bot opens. It contains an auth token if the caller included one."""
    destination: str | None = None
    """Template destination used."""
    asset_types: list[AssetType] = []
    """Kinds of assets that the job creates."""
    recording_assets: list[EmbeddedRecordingAsset] = []
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


class EmbeddedRecordingAsset(Model, frozen=True, kw_only=True):
    """An asset inside a job, without `job_id`, `room_id` and `session_id`."""

    id: str
    """Id of the asset."""
    type: AssetType
    """Kind of a recording asset. room-composite: one mp4 of the whole room from the browser bot (for live streams, one per layer). room-composite-legacy: one mp4 from the media server. room-vod: HLS recording, zipped or not. chat: csv of the messages to everyone or to roles. transcript: txt, srt or json. summary: json. track: webm of one track. stream: mp4 of the tracks of one peer."""
    status: RecordingAssetStatus
    """State of an asset."""
    path: str | None = None
    """Where the file is stored, for example an `s3://` URI in 100ms's bucket or in yours."""
    size: int | None = None
    """Size in bytes."""
    duration: int | None = None
    """Duration of the media in seconds. 0 for chat, and possibly for room-composite-legacy."""
    created_at: datetime | None = None
    """When the asset was created."""
    thumbnails: list[str] = []
    """Paths of thumbnail images, for room-vod only. Otherwise null, empty or absent."""
    metadata: RecordingAssetMetadata | None = None
    """Metadata of an asset. Each field is present only for some asset types. New fields may be added."""


class RecordingAssetMetadata(Model, frozen=True, kw_only=True):
    """Metadata of an asset.

    Each field is present only for some asset types. New fields may be added.
    """

    resolution: AssetResolution | None = None
    """Frame size of a file. The limits of Resolution do not apply: live stream layers go down to 240p."""
    layer: str | None = None
    """Index of the live stream layer of the file, as a string. 0 is the highest resolution. Only for per-layer files of a live stream."""
    media_type: str | None = None
    """Undocumented by the service."""
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
    """Your own user id of that peer. Absent if the peer has none."""
    stream_type: StreamType | None = None
    """regular: camera and microphone; screen: screen share; audio: microphone only because no video was published."""


class AssetResolution(Model, frozen=True, kw_only=True):
    """Frame size of a file.

    The limits of Resolution do not apply: live stream layers go down to 240p.
    """

    width: int
    """Pixels."""
    height: int
    """Pixels."""


class Resolution(SecretModel, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Frame size in pixels, shared by recordings and streams."""

    _secrets: ClassVar[frozenset[str]] = frozenset({"extra"})

    width: int
    """Between 500 and 1920. Defaults to `1280`."""
    height: int
    """Between 480 and 1920. Defaults to `720`."""
    extra: dict[str, Any] = msgspec.field(name=EXTRA, default={})
    """Fields that the service sent and this version does not know. They are written back."""


class RecordingStopResult(Model, frozen=True, kw_only=True):
    """Jobs that were stopped."""

    limit: int
    """Number of stopped jobs."""
    data: list[Recording]
    """Items on this page."""
    last: str | None = None
    """Id of the last item."""


class RecordingJobConfig(Model, frozen=True, kw_only=True):
    """Configuration of a recording job, as free-form JSON. Undocumented by the service."""


class WaitProgress(Model, frozen=True, kw_only=True):
    """What a job that waits has seen."""

    state: str
    """The state at the last look."""
    looks: int
    """How often the job has looked."""
    elapsed: float
    """Seconds since the job began."""


class Transcript(TranscriptModel, frozen=True, kw_only=True):
    """What was said in a recording.

    The service describes the file in its guide "Post Call Transcription and Summarization"
    (`how-to-guides/enable-transcription-and-summary`), by an example.
    """

    sentences: list[TranscriptSentence]
    """The sentences, in the order of the file."""
    words: list[TranscriptWord]
    """The words, in the order of the file."""


class TranscriptSentence(Model, frozen=True, kw_only=True):
    """A sentence of a transcript."""

    sentence: str
    """The sentence."""
    name: str | None = None
    """Name of the speaker."""
    peer_id: str | None = None
    """Peer id of the speaker."""
    start_time: int
    """When it begins, in milliseconds since the start of the recording."""
    end_time: int
    """When it ends, in milliseconds since the start of the recording."""


class TranscriptWord(Model, frozen=True, kw_only=True):
    """A word of a transcript."""

    word: str
    """The word, without punctuation."""
    name: str | None = None
    """Name of the speaker."""
    peer_id: str | None = None
    """Peer id of the speaker."""
    start_time: int
    """When it begins, in milliseconds since the start of the recording."""
    end_time: int
    """When it ends, in milliseconds since the start of the recording."""


class FetchProgress(Model, frozen=True, kw_only=True):
    """What a job that reads a file has found."""

    asset_id: str
    """Id of the asset."""
    size: int | None = None
    """Size of the file in bytes, if the asset says it."""


class Summary(Model, frozen=True, kw_only=True):
    """The summary of a transcript.

    The service describes the file in its guide "Post Call Transcription and Summarization"
    (`how-to-guides/enable-transcription-and-summary`), by an example.
    """

    sections: list[SummaryFileSection]
    """The sections, in the order of the file."""


class SummaryFileSection(Model, frozen=True, kw_only=True):
    """A section of a summary."""

    title: str
    """Heading of the section."""
    format: SummaryFormat | None = None
    """Format of the section: which of the two fields has its contents."""
    bullets: list[str]
    """The points, for the format `bullets`."""
    paragraph: str | None = None
    """The text, for the format `paragraph`."""


class ChatMessage(Model, frozen=True, kw_only=True):
    """A chat message of a recording.

    The service describes the file in its page about storage, section "Chat recording". Direct
    messages are not recorded.
    """

    sender_peer_id: str | None = None
    """Peer id of the sender. Absent for messages of the server API."""
    sender_name: str | None = None
    """Name of the sender."""
    sender_user_id: str | None = None
    """Your own user id of the sender."""
    roles: list[str]
    """Roles to which the message was sent. Empty for all roles."""
    sent_at: datetime | None = None
    """When the message was sent."""
    type: str
    """Type of the message: `chat`."""
    message: str
    """The message."""
