# @generated from crates/hundredms/src/resources/templates.rs by `cargo xtask gen`; do not edit.
"""Models of templates."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar, Literal, TypeAlias

import msgspec

from .._model import EXTRA, Model, SecretModel
from .recordings import SummaryFormat, TranscriptFormat
from .rooms import Region, StorageType

if TYPE_CHECKING:
    PublishKind: TypeAlias = Literal["audio", "video", "screen", "simulcast"] | str
    """What a role may publish."""

    AudioCodec: TypeAlias = Literal["opus"] | str
    """Codec for audio."""

    VideoCodec: TypeAlias = Literal["vp8"] | str
    """Codec for video."""

    SimulcastRid: TypeAlias = Literal["f", "h", "q"] | str
    """Simulcast layer: full, half, quarter."""

    HlsPlaylistType: TypeAlias = Literal["event", "live"] | str
    """Type of the HLS playlist."""

    TranscriptionMode: TypeAlias = Literal["recorded", "live", "caption"] | str
    """When speech is transcribed."""

    CaptionMode: TypeAlias = Literal["caption"] | str
    """Mode of the transcription plugin."""
else:
    # The service may add words, and msgspec reads no union of words and text.
    PublishKind = str
    AudioCodec = str
    VideoCodec = str
    SimulcastRid = str
    HlsPlaylistType = str
    TranscriptionMode = str
    CaptionMode = str


class TemplateList(Model, frozen=True, kw_only=True):
    """One page of templates."""

    limit: int | None = None
    """Page size that was applied."""
    data: list[Template]
    """The templates."""
    last: str | None = None
    """Id of the last template of the page; pass it as `start` to get the next page."""


class Template(SecretModel, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Blueprint of rooms: roles, settings, destinations."""

    _secrets: ClassVar[frozenset[str]] = frozenset({"extra"})

    id: str
    """Identifier of the template."""
    name: str
    """Name of the template, unique in the account."""
    customer_id: str = msgspec.field(name="customerId")
    """Account that owns the template."""
    roles: dict[str, Role]
    """Roles by role name."""
    settings: TemplateSettings
    """Settings of a template as stored."""
    destinations: Destinations
    """Streaming, recording and transcription configurations, each kind a map from destination name to configuration. The names can be passed as `destination` when a recording or stream is started."""
    plugins: TemplatePlugins | None = None
    """Plugin configuration of a template."""
    created_at: datetime | None = msgspec.field(name="createdAt", default=None)
    """When the template was made."""
    updated_at: datetime | None = msgspec.field(name="updatedAt", default=None)
    """When the template was last changed."""
    legacy_id: str | None = msgspec.field(name="_id", default=None)
    """Old name of `id`, same value. Deprecated."""
    customer: str | None = None
    """Old name of `customerId`, same value. Deprecated."""
    default: bool | None = None
    """True for the template that rooms get when none is named on creation."""
    app_id: str | None = msgspec.field(name="appId", default=None)
    """App that the template belongs to."""
    extra: dict[str, Any] = msgspec.field(name=EXTRA, default={})
    """Fields that the service sent and this version does not know. They are written back."""


class Role(SecretModel, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A role of a template as stored."""

    _secrets: ClassVar[frozenset[str]] = frozenset({"extra"})

    name: str
    """Name of the role, unique in the template; used in auth tokens and room codes."""
    publish_params: PublishParams = msgspec.field(name="publishParams")
    """What a role may publish and in which quality."""
    subscribe_params: SubscribeParams = msgspec.field(name="subscribeParams")
    """What a role receives."""
    permissions: Permissions
    """What peers of a role may do."""
    priority: int
    """Order in which tracks of the roles are degraded under bad network: 1 is the highest priority, and the service documents 5 as the lowest."""
    max_peer_count: int = msgspec.field(name="maxPeerCount")
    """How many peers may hold this role in one session: 0 for no limit, n for at most n, -1 for none at all."""
    extra: dict[str, Any] = msgspec.field(name=EXTRA, default={})
    """Fields that the service sent and this version does not know. They are written back."""


class PublishParams(SecretModel, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a role may publish and in which quality."""

    _secrets: ClassVar[frozenset[str]] = frozenset({"extra"})

    allowed: list[PublishKind] | None = None
    """Kinds of track the role may publish; empty for none. All of them where a request leaves it out."""
    audio: AudioPublishParams | None = None
    """Quality of published audio."""
    video: VideoPublishParams | None = None
    """Quality of published camera video."""
    screen: ScreenPublishParams | None = None
    """Quality of published screen shares."""
    simulcast: SimulcastParams | None = None
    """Simulcast layers per kind of video."""
    extra: dict[str, Any] = msgspec.field(name=EXTRA, default={})
    """Fields that the service sent and this version does not know. They are written back."""


class AudioPublishParams(SecretModel, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Quality of published audio."""

    _secrets: ClassVar[frozenset[str]] = frozenset({"extra"})

    bit_rate: int | None = msgspec.field(name="bitRate", default=None)
    """Highest bitrate in kbps. 16 to 128. Default: `32`."""
    codec: AudioCodec | None = None
    """Audio codec. Default: `opus`."""
    extra: dict[str, Any] = msgspec.field(name=EXTRA, default={})
    """Fields that the service sent and this version does not know. They are written back."""


class VideoPublishParams(SecretModel, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Quality of published camera video."""

    _secrets: ClassVar[frozenset[str]] = frozenset({"extra"})

    bit_rate: int | None = msgspec.field(name="bitRate", default=None)
    """Highest bitrate in kbps. 30 to 2000. Default: `256`."""
    codec: VideoCodec | None = None
    """Video codec. Default: `vp8`."""
    frame_rate: int | None = msgspec.field(name="frameRate", default=None)
    """Highest number of frames per second. 1 to 30. Default: `25`."""
    height: int | None = None
    """Height in pixels. 50 to 1080. Default: `180`."""
    width: int | None = None
    """Width in pixels. 50 to 1920. Default: `320`."""
    extra: dict[str, Any] = msgspec.field(name=EXTRA, default={})
    """Fields that the service sent and this version does not know. They are written back."""


class ScreenPublishParams(SecretModel, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Quality of published screen shares."""

    _secrets: ClassVar[frozenset[str]] = frozenset({"extra"})

    bit_rate: int | None = msgspec.field(name="bitRate", default=None)
    """Highest bitrate in kbps. At least 500. Default: `1024`."""
    codec: VideoCodec | None = None
    """Video codec. Default: `vp8`."""
    frame_rate: int | None = msgspec.field(name="frameRate", default=None)
    """Highest number of frames per second. 1 to 30. Default: `10`."""
    height: int | None = None
    """Height in pixels. 270 to 1080. Default: `720`."""
    width: int | None = None
    """Width in pixels. 480 to 1920. Default: `1280`."""
    extra: dict[str, Any] = msgspec.field(name=EXTRA, default={})
    """Fields that the service sent and this version does not know. They are written back."""


class SimulcastParams(SecretModel, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Simulcast layers per kind of video."""

    _secrets: ClassVar[frozenset[str]] = frozenset({"extra"})

    video: SimulcastLayers | None = None
    """List of simulcast layers; an empty object means no simulcast."""
    screen: SimulcastLayers | None = None
    """List of simulcast layers; an empty object means no simulcast."""
    extra: dict[str, Any] = msgspec.field(name=EXTRA, default={})
    """Fields that the service sent and this version does not know. They are written back."""


class SimulcastLayers(SecretModel, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """List of simulcast layers; an empty object means no simulcast."""

    _secrets: ClassVar[frozenset[str]] = frozenset({"extra"})

    layers: list[SimulcastLayer] | None = None
    """At most three layers, best first. The first must be `f` with scale 1.0; every next one must have a lower rid and a strictly larger scale; no rid twice. At most 3 items."""
    extra: dict[str, Any] = msgspec.field(name=EXTRA, default={})
    """Fields that the service sent and this version does not know. They are written back."""


class SimulcastLayer(SecretModel, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One encoding of a video track."""

    _secrets: ClassVar[frozenset[str]] = frozenset({"extra"})

    rid: SimulcastRid
    """RTP stream id of the layer; ordered f > h > q (full, half, quarter), strictly falling through the list."""
    scale_resolution_down_by: float = msgspec.field(name="scaleResolutionDownBy")
    """Factor by which the picture is shrunk; strictly larger than in the layer before, 1.0 for the first layer. 1.0 to 12.0."""
    max_bitrate: int | None = msgspec.field(name="maxBitrate", default=None)
    """Highest bitrate in kbps. 0 to 2000. Default: `0`."""
    max_framerate: int = msgspec.field(name="maxFramerate")
    """Highest number of frames per second. 1 to 30."""
    extra: dict[str, Any] = msgspec.field(name=EXTRA, default={})
    """Fields that the service sent and this version does not know. They are written back."""


class SubscribeParams(SecretModel, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a role receives."""

    _secrets: ClassVar[frozenset[str]] = frozenset({"extra"})

    subscribe_to_roles: list[str] | None = msgspec.field(name="subscribeToRoles", default=None)
    """Names of the roles whose tracks are received."""
    max_subs_bit_rate: int | None = msgspec.field(name="maxSubsBitRate", default=None)
    """Highest total bitrate received, in kbps."""
    subscribe_degradation: SubscribeDegradation | None = msgspec.field(
        name="subscribeDegradation", default=None
    )
    """When received video is muted under packet loss and brought back; its presence also turns on simulcast for screen shares."""
    extra: dict[str, Any] = msgspec.field(name=EXTRA, default={})
    """Fields that the service sent and this version does not know. They are written back."""


class SubscribeDegradation(SecretModel, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """When received video is muted under packet loss and brought back; its presence also turns on
    simulcast for screen shares.
    """

    _secrets: ClassVar[frozenset[str]] = frozenset({"extra"})

    packet_loss_threshold: int | None = msgspec.field(name="packetLossThreshold", default=None)
    """Packet loss (percent) at which degrading starts. 1 to 100. Default: `50`."""
    degrade_grace_period_seconds: int | None = msgspec.field(
        name="degradeGracePeriodSeconds", default=None
    )
    """Seconds the loss must last before tracks are degraded. 1 to 10. Default: `1`."""
    recover_grace_period_seconds: int | None = msgspec.field(
        name="recoverGracePeriodSeconds", default=None
    )
    """Seconds of good network before tracks come back. 1 to 10. Default: `4`."""
    video_always_enabled: bool | None = msgspec.field(name="videoAlwaysEnabled", default=None)
    """If true, video is never switched off by degradation."""
    extra: dict[str, Any] = msgspec.field(name=EXTRA, default={})
    """Fields that the service sent and this version does not know. They are written back."""


class Permissions(SecretModel, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What peers of a role may do."""

    _secrets: ClassVar[frozenset[str]] = frozenset({"extra"})

    end_room: bool | None = msgspec.field(name="endRoom", default=None)
    """End the session for everyone. Default: `false`."""
    remove_others: bool | None = msgspec.field(name="removeOthers", default=None)
    """Remove other peers. Default: `false`."""
    mute: bool | None = None
    """Mute other peers. Default: `false`."""
    unmute: bool | None = None
    """Ask other peers to unmute. Default: `false`."""
    change_role: bool | None = msgspec.field(name="changeRole", default=None)
    """Change or ask to change the role of other peers. Default: `false`."""
    send_room_state: bool | None = msgspec.field(name="sendRoomState", default=None)
    """Receive the room state (peer count, peer list) on the preview screen. Default: `false`."""
    poll_read: bool | None = msgspec.field(name="pollRead", default=None)
    """See polls and quizzes and answer them. Default: `false`."""
    poll_write: bool | None = msgspec.field(name="pollWrite", default=None)
    """Create and change polls and quizzes; includes everything that `pollRead` gives. Default: `false`."""
    browser_recording: bool | None = msgspec.field(name="browserRecording", default=None)
    """Start and stop browser recording; needed together with `rtmpStreaming` for RTMP plus recording. Default: `true`."""
    rtmp_streaming: bool | None = msgspec.field(name="rtmpStreaming", default=None)
    """Start and stop RTMP streaming; needed together with `browserRecording` for RTMP plus recording. Default: `true`."""
    hls_streaming: bool | None = msgspec.field(name="hlsStreaming", default=None)
    """Control HLS streams: start, stop, pause and resume their recording, insert timed metadata. Default: `true`."""
    extra: dict[str, Any] = msgspec.field(name=EXTRA, default={})
    """Fields that the service sent and this version does not know. They are written back."""


class TemplateSettings(SecretModel, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Settings of a template as stored."""

    _secrets: ClassVar[frozenset[str]] = frozenset({"extra"})

    region: Region
    """Region in which rooms are hosted unless the room says otherwise."""
    recording: TemplateRecordingSettings | None = None
    """Recording switch and storage; null when nothing is configured."""
    room_state: TemplateRoomState = msgspec.field(name="roomState")
    """How room state is sent to clients on the preview screen."""
    retry: dict[str, Any]
    """Undocumented; an empty object in every sample."""
    extra: dict[str, Any] = msgspec.field(name=EXTRA, default={})
    """Fields that the service sent and this version does not know. They are written back."""


class TemplateRecordingSettings(SecretModel, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Old recording switch and storage of recordings."""

    _secrets: ClassVar[frozenset[str]] = frozenset({"extra"})

    enabled: bool | None = None
    """Turns on recording by the media server; use the recordings call of the template instead. Default: `false`. Deprecated."""
    upload: TemplateUpload | None = None
    """Own storage for recordings; without it recordings stay with 100ms for a limited time."""
    extra: dict[str, Any] = msgspec.field(name=EXTRA, default={})
    """Fields that the service sent and this version does not know. They are written back."""


class TemplateUpload(SecretModel, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Own storage for recordings; without it recordings stay with 100ms for a limited time."""

    _secrets: ClassVar[frozenset[str]] = frozenset({"extra"})

    type: StorageType
    """Which cloud storage: s3 at AWS, gs at Google, oss at Alibaba, azure at Microsoft."""
    location: str
    """Name of the bucket (of the container for Azure)."""
    prefix: str
    """Path prefix inside the bucket."""
    options: TemplateUploadOptions | None = None
    """Further storage options."""
    credentials: TemplateUploadCredentials | None = None
    """Access to the bucket."""
    extra: dict[str, Any] = msgspec.field(name=EXTRA, default={})
    """Fields that the service sent and this version does not know. They are written back."""


class TemplateUploadOptions(SecretModel, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Further storage options."""

    _secrets: ClassVar[frozenset[str]] = frozenset({"extra"})

    region: str | None = None
    """Region of the bucket; not needed for Azure."""
    extra: dict[str, Any] = msgspec.field(name=EXTRA, default={})
    """Fields that the service sent and this version does not know. They are written back."""


class TemplateUploadCredentials(SecretModel, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Access to the bucket."""

    _secrets: ClassVar[frozenset[str]] = frozenset({"key", "secret_key", "secret", "extra"})

    key: str
    """Access key (storage account name for Azure)."""
    secret_key: str | None = msgspec.field(name="secretKey", default=None)
    """Secret key (storage account key for Azure)."""
    secret: str | None = None
    """Same as `secretKey`, seen under this name in one sample answer."""
    extra: dict[str, Any] = msgspec.field(name=EXTRA, default={})
    """Fields that the service sent and this version does not know. They are written back."""


class TemplateRoomState(SecretModel, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How room state is sent to clients on the preview screen."""

    _secrets: ClassVar[frozenset[str]] = frozenset({"extra"})

    message_interval: int | None = msgspec.field(name="messageInterval", default=None)
    """Seconds between two updates, a multiple of 5. 5 to 3600."""
    send_peer_list: bool | None = msgspec.field(name="sendPeerList", default=None)
    """Send the list of peers; otherwise only their number is sent."""
    stop_room_state_on_join: bool | None = msgspec.field(name="stopRoomStateOnJoin", default=None)
    """Stop these updates once the client has joined."""
    enabled: bool | None = None
    """Turns room-state updates on."""
    extra: dict[str, Any] = msgspec.field(name=EXTRA, default={})
    """Fields that the service sent and this version does not know. They are written back."""


class Destinations(SecretModel, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Streaming, recording and transcription configurations, each kind a map from destination name
    to configuration.

    The names can be passed as `destination` when a recording or stream is started.
    """

    _secrets: ClassVar[frozenset[str]] = frozenset({"extra"})

    browser_recordings: dict[str, DestinationBrowserRecording] | None = msgspec.field(
        name="browserRecordings", default=None
    )
    """Browser recordings by name; use the recordings call of the template instead. Deprecated."""
    rtmp_destinations: dict[str, DestinationRtmp] | None = msgspec.field(
        name="rtmpDestinations", default=None
    )
    """RTMP outputs by name."""
    hls_destinations: dict[str, DestinationHls] | None = msgspec.field(
        name="hlsDestinations", default=None
    )
    """HLS streams by name."""
    transcriptions: dict[str, DestinationTranscription] | None = None
    """Transcriptions by name; post-call transcripts also need a recording, so a browser recording or an HLS destination must be configured as well."""
    extra: dict[str, Any] = msgspec.field(name=EXTRA, default={})
    """Fields that the service sent and this version does not know. They are written back."""


class DestinationBrowserRecording(
    SecretModel, frozen=True, kw_only=True, forbid_unknown_fields=True
):
    """Browser recording configuration (deprecated)."""

    _secrets: ClassVar[frozenset[str]] = frozenset({"extra"})

    name: str
    """Name of the configuration."""
    role: str
    """Role with which the recorder joins the room."""
    width: int | None = None
    """Width of the picture in pixels. At most 1920, and 1080 where the height is more."""
    height: int | None = None
    """Height of the picture in pixels. At most 1920, and 1080 where the width is more."""
    max_duration: int | None = msgspec.field(name="maxDuration", default=None)
    """Longest recording in seconds."""
    thumbnails: RecordingConfigThumbnails | None = None
    """Thumbnails of a recording."""
    presign_duration: int | None = msgspec.field(name="presignDuration", default=None)
    """Seconds for which pre-signed download URLs stay valid."""
    auto_start: bool | None = msgspec.field(name="autoStart", default=None)
    """Start recording when the first peer joins."""
    auto_stop_timeout: int | None = msgspec.field(name="autoStopTimeout", default=None)
    """How long to wait after all peers left before stopping."""
    extra: dict[str, Any] = msgspec.field(name=EXTRA, default={})
    """Fields that the service sent and this version does not know. They are written back."""


class RecordingConfigThumbnails(SecretModel, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Thumbnails of a recording."""

    _secrets: ClassVar[frozenset[str]] = frozenset({"extra"})

    enabled: bool | None = None
    """Make thumbnails."""
    width: int | None = None
    """Width in pixels."""
    height: int | None = None
    """Height in pixels."""
    offsets: list[int] | None = None
    """Points of the recording to take thumbnails at."""
    fps: int | None = None
    """Frame rate."""
    extra: dict[str, Any] = msgspec.field(name=EXTRA, default={})
    """Fields that the service sent and this version does not know. They are written back."""


class DestinationRtmp(SecretModel, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """RTMP-out configuration."""

    _secrets: ClassVar[frozenset[str]] = frozenset({"rtmp_urls", "extra"})

    name: str
    """Name of the configuration."""
    width: int | None = None
    """Width of the picture in pixels. At most 1920, and 1080 where the height is more."""
    height: int | None = None
    """Height of the picture in pixels. At most 1920, and 1080 where the width is more."""
    max_duration: int | None = msgspec.field(name="maxDuration", default=None)
    """Longest stream in seconds."""
    rtmp_urls: list[str] | None = msgspec.field(name="rtmpUrls", default=None)
    """Targets to push to; they contain stream keys. At most 3 items."""
    recording_enabled: bool | None = msgspec.field(name="recordingEnabled", default=None)
    """Record the stream as well; does not affect streaming."""
    auto_stop_timeout: int | None = msgspec.field(name="autoStopTimeout", default=None)
    """How long to wait after all peers left before stopping."""
    extra: dict[str, Any] = msgspec.field(name=EXTRA, default={})
    """Fields that the service sent and this version does not know. They are written back."""


class DestinationHls(SecretModel, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """HLS live stream configuration."""

    _secrets: ClassVar[frozenset[str]] = frozenset({"extra"})

    name: str
    """Name of the configuration."""
    role: str | None = None
    """Role with which the streaming bot joins."""
    max_duration: int | None = msgspec.field(name="maxDuration", default=None)
    """Longest stream in seconds."""
    layers: list[DestinationHlsLayer] | None = None
    """Renditions, falling in resolution and video bitrate."""
    playlist_type: HlsPlaylistType | None = msgspec.field(name="playlistType", default=None)
    """`event` keeps all segments, `live` a sliding window."""
    num_playlist_segments: int | None = msgspec.field(name="numPlaylistSegments", default=None)
    """Segments in the playlist, 2 seconds each; only used with `playlistType` live. 3 to 150. Default: `5`."""
    video_frame_rate: int | None = msgspec.field(name="videoFrameRate", default=None)
    """Frames per second of the stream."""
    enable_metadata_insertion: bool | None = msgspec.field(
        name="enableMetadataInsertion", default=None
    )
    """Allow timed metadata in the stream."""
    enable_static_url: bool | None = msgspec.field(name="enableStaticUrl", default=None)
    """Keep the same playback URL for every stream."""
    recording: DestinationHlsRecording | None = None
    """Recording of an HLS stream."""
    auto_stop_timeout: int | None = msgspec.field(name="autoStopTimeout", default=None)
    """How long to wait after all peers left before stopping; also the window in which an RTMP-in broadcaster may reconnect."""
    extra: dict[str, Any] = msgspec.field(name=EXTRA, default={})
    """Fields that the service sent and this version does not know. They are written back."""


class DestinationHlsLayer(SecretModel, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One HLS rendition.

    The shorter side must be within 144-1080, the longer within 192-1920 pixels; both sides even.
    """

    _secrets: ClassVar[frozenset[str]] = frozenset({"extra"})

    width: int | None = None
    """Width in pixels, even. 144 to 1920."""
    height: int | None = None
    """Height in pixels, even. 144 to 1920."""
    video_bitrate: int | None = msgspec.field(name="videoBitrate", default=None)
    """Video bitrate in kbps."""
    audio_bitrate: int | None = msgspec.field(name="audioBitrate", default=None)
    """Audio bitrate in kbps."""
    extra: dict[str, Any] = msgspec.field(name=EXTRA, default={})
    """Fields that the service sent and this version does not know. They are written back."""


class DestinationHlsRecording(SecretModel, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Recording of an HLS stream."""

    _secrets: ClassVar[frozenset[str]] = frozenset({"extra"})

    hls_vod: bool | None = msgspec.field(name="hlsVod", default=None)
    """Make a video-on-demand asset (playlist with all chunks)."""
    single_file_per_layer: bool | None = msgspec.field(name="singleFilePerLayer", default=None)
    """Make one MP4 per layer."""
    enable_zip_upload: bool | None = msgspec.field(name="enableZipUpload", default=None)
    """Upload the VOD as one zip; only with own storage configured, an error with 100ms storage. Default: `false`."""
    layers: list[DestinationHlsLayer] | None = None
    """Layers to record, a subset of the layers of the stream; all of them if missing."""
    thumbnails: RecordingConfigThumbnails | None = None
    """Thumbnails of a recording."""
    presign_duration: int | None = msgspec.field(name="presignDuration", default=None)
    """Seconds for which pre-signed download URLs stay valid."""
    extra: dict[str, Any] = msgspec.field(name=EXTRA, default={})
    """Fields that the service sent and this version does not know. They are written back."""


class DestinationTranscription(SecretModel, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Transcription and captions configuration."""

    _secrets: ClassVar[frozenset[str]] = frozenset({"extra"})

    name: str
    """Name of the configuration."""
    role: str
    """Role whose view is transcribed: the roles it subscribes to are transcribed. For post-call transcripts it must be the role of the browser recording."""
    modes: list[TranscriptionMode] | None = None
    """When to transcribe: the recording after the call, captions for HLS viewers, real-time captions in the room."""
    output_modes: list[TranscriptFormat] | None = msgspec.field(name="outputModes", default=None)
    """File formats of the transcript (recorded mode): plain text, `SubRip`, timed words and sentences."""
    custom_vocabulary: list[str] | None = msgspec.field(name="customVocabulary", default=None)
    """Names and unusual words to recognise."""
    summary: DestinationSummary | None = None
    """AI summary of a recorded transcript."""
    translation: DestinationTranslation | None = None
    """Translation of captions per role; caption mode only."""
    extra: dict[str, Any] = msgspec.field(name=EXTRA, default={})
    """Fields that the service sent and this version does not know. They are written back."""


class DestinationSummary(SecretModel, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """AI summary of a recorded transcript."""

    _secrets: ClassVar[frozenset[str]] = frozenset({"extra"})

    enabled: bool | None = None
    """Turns the summary on."""
    context: str | None = None
    """What the meeting is about, to help the summary. At most 300 characters."""
    temperature: float | None = None
    """Creativity: low is predictable, high is free. 0.1 to 1.0. Default: `0.5`."""
    sections: list[DestinationSummarySection] | None = None
    """Sections of the summary. At most 6 items."""
    extra: dict[str, Any] = msgspec.field(name=EXTRA, default={})
    """Fields that the service sent and this version does not know. They are written back."""


class DestinationSummarySection(SecretModel, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One section of the summary."""

    _secrets: ClassVar[frozenset[str]] = frozenset({"extra"})

    title: str
    """Heading of the section; own headings are allowed and steer the content. At most 100 characters."""
    format: SummaryFormat
    """Layout of the section."""
    extra: dict[str, Any] = msgspec.field(name=EXTRA, default={})
    """Fields that the service sent and this version does not know. They are written back."""


class DestinationTranslation(SecretModel, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Translation of captions per role; caption mode only."""

    _secrets: ClassVar[frozenset[str]] = frozenset({"extra"})

    enabled: bool | None = None
    """Turns translation on."""
    role_languages: dict[str, str] | None = msgspec.field(name="roleLanguages", default=None)
    """Language code by role name: what captions that role gets."""
    extra: dict[str, Any] = msgspec.field(name=EXTRA, default={})
    """Fields that the service sent and this version does not know. They are written back."""


class TemplatePlugins(SecretModel, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Plugin configuration of a template."""

    _secrets: ClassVar[frozenset[str]] = frozenset({"extra"})

    whiteboard: TemplateWhiteboardPlugin | None = None
    """Whiteboard."""
    transcriptions: TemplateTranscriptionsPlugin | None = None
    """Rights for closed captions."""
    extra: dict[str, Any] = msgspec.field(name=EXTRA, default={})
    """Fields that the service sent and this version does not know. They are written back."""


class TemplateWhiteboardPlugin(SecretModel, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Whiteboard."""

    _secrets: ClassVar[frozenset[str]] = frozenset({"extra"})

    permissions: TemplateWhiteboardPermissions | None = None
    """Roles per right on the whiteboard; a role may be in several lists."""
    extra: dict[str, Any] = msgspec.field(name=EXTRA, default={})
    """Fields that the service sent and this version does not know. They are written back."""


class TemplateWhiteboardPermissions(
    SecretModel, frozen=True, kw_only=True, forbid_unknown_fields=True
):
    """Roles per right on the whiteboard; a role may be in several lists."""

    _secrets: ClassVar[frozenset[str]] = frozenset({"extra"})

    admin: list[str] | None = None
    """Roles that may open, close and view it (not draw, unless also a writer)."""
    writer: list[str] | None = None
    """Roles that may draw and view (not open or close, unless also an admin)."""
    reader: list[str] | None = None
    """Roles that may only view."""
    extra: dict[str, Any] = msgspec.field(name=EXTRA, default={})
    """Fields that the service sent and this version does not know. They are written back."""


class TemplateTranscriptionsPlugin(
    SecretModel, frozen=True, kw_only=True, forbid_unknown_fields=True
):
    """Rights for closed captions."""

    _secrets: ClassVar[frozenset[str]] = frozenset({"extra"})

    permissions: TemplateTranscriptionsPermissions | None = None
    """Roles per right on captions."""
    mode: CaptionMode | None = None
    """Transcription mode that the rights are about."""
    extra: dict[str, Any] = msgspec.field(name=EXTRA, default={})
    """Fields that the service sent and this version does not know. They are written back."""


class TemplateTranscriptionsPermissions(
    SecretModel, frozen=True, kw_only=True, forbid_unknown_fields=True
):
    """Roles per right on captions."""

    _secrets: ClassVar[frozenset[str]] = frozenset({"extra"})

    admin: list[str] | None = None
    """Roles that may turn captions on and off for everyone in the room."""
    extra: dict[str, Any] = msgspec.field(name=EXTRA, default={})
    """Fields that the service sent and this version does not know. They are written back."""


class RecordingConfig(SecretModel, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How rooms of a template are recorded."""

    _secrets: ClassVar[frozenset[str]] = frozenset({"extra"})

    name: str
    """Name of the configuration."""
    role: str
    """A role of the template; the recorder joins with it."""
    max_duration: int | None = msgspec.field(name="maxDuration", default=None)
    """Longest recording in seconds."""
    presign_duration: int | None = msgspec.field(name="presignDuration", default=None)
    """Seconds for which pre-signed download URLs stay valid."""
    thumbnails: RecordingConfigThumbnails | None = None
    """Thumbnails of a recording."""
    composite_recording: RecordingConfigComposite | None = msgspec.field(
        name="compositeRecording", default=None
    )
    """One file for the whole room."""
    track_recording: RecordingConfigTrack | None = msgspec.field(
        name="trackRecording", default=None
    )
    """One file per track; when on it starts with the first peer and ends with the last, and cannot be started by API."""
    stream_recording: RecordingConfigStream | None = msgspec.field(
        name="streamRecording", default=None
    )
    """One file per stream of a peer; when on it starts with the first peer and ends with the last, and cannot be started by API."""
    extra: dict[str, Any] = msgspec.field(name=EXTRA, default={})
    """Fields that the service sent and this version does not know. They are written back."""


class RecordingConfigComposite(SecretModel, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One file for the whole room."""

    _secrets: ClassVar[frozenset[str]] = frozenset({"extra"})

    browser_composite: RecordingConfigBrowserComposite | None = msgspec.field(
        name="browserComposite", default=None
    )
    """Room composite made by a browser that joins as a bot."""
    custom_composite: RecordingConfigCustomComposite | None = msgspec.field(
        name="customComposite", default=None
    )
    """Room composite made by the media server; starts by itself when on."""
    extra: dict[str, Any] = msgspec.field(name=EXTRA, default={})
    """Fields that the service sent and this version does not know. They are written back."""


class RecordingConfigBrowserComposite(
    SecretModel, frozen=True, kw_only=True, forbid_unknown_fields=True
):
    """Room composite made by a browser that joins as a bot."""

    _secrets: ClassVar[frozenset[str]] = frozenset({"extra"})

    auto_start: bool | None = msgspec.field(name="autoStart", default=None)
    """Start when the first peer joins. Default: `false`."""
    auto_stop_timeout: int | None = msgspec.field(name="autoStopTimeout", default=None)
    """How long to wait after all peers left before stopping."""
    width: int | None = None
    """Width of the picture in pixels. At most 1920, and 1080 where the height is more."""
    height: int | None = None
    """Height of the picture in pixels. At most 1920, and 1080 where the width is more."""
    enabled: bool | None = None
    """Whether browser recording is set up."""
    extra: dict[str, Any] = msgspec.field(name=EXTRA, default={})
    """Fields that the service sent and this version does not know. They are written back."""


class RecordingConfigCustomComposite(
    SecretModel, frozen=True, kw_only=True, forbid_unknown_fields=True
):
    """Room composite made by the media server; starts by itself when on."""

    _secrets: ClassVar[frozenset[str]] = frozenset({"extra"})

    enabled: bool | None = None
    """Turns it on. Default: `false`."""
    extra: dict[str, Any] = msgspec.field(name=EXTRA, default={})
    """Fields that the service sent and this version does not know. They are written back."""


class RecordingConfigTrack(SecretModel, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One file per track; when on it starts with the first peer and ends with the last, and cannot
    be started by API.
    """

    _secrets: ClassVar[frozenset[str]] = frozenset({"extra"})

    enabled: bool | None = None
    """Turns it on. Default: `false`."""
    extra: dict[str, Any] = msgspec.field(name=EXTRA, default={})
    """Fields that the service sent and this version does not know. They are written back."""


class RecordingConfigStream(SecretModel, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One file per stream of a peer; when on it starts with the first peer and ends with the last,
    and cannot be started by API.
    """

    _secrets: ClassVar[frozenset[str]] = frozenset({"extra"})

    enabled: bool | None = None
    """Turns it on. Default: `false`."""
    width: int | None = None
    """Width of the picture in pixels. At most 1920, and 1080 where the height is more."""
    height: int | None = None
    """Height of the picture in pixels. At most 1920, and 1080 where the width is more."""
    extra: dict[str, Any] = msgspec.field(name=EXTRA, default={})
    """Fields that the service sent and this version does not know. They are written back."""
