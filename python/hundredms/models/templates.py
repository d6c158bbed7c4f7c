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
    """Page size that the service applied."""
    data: list[Template]
    """The templates."""
    last: str | None = None
    """Id of the last template of the page. Pass it as `start` to get the next page."""


class Template(SecretModel, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Blueprint of rooms: roles, settings, destinations."""

    _secrets: ClassVar[frozenset[str]] = frozenset({"extra"})

    id: str
    """Id of the template."""
    name: str
    """Name of the template, unique in the account."""
    customer_id: str = msgspec.field(name="customerId")
    """Account that owns the template."""
    roles: dict[str, Role]
    """Roles by role name."""
    settings: TemplateSettings
    """Settings of a template as stored."""
    destinations: Destinations
    """Streaming, recording and transcription configurations, each kind as a map from destination name to configuration. Pass a name as `destination` to start a recording or stream with it."""
    plugins: TemplatePlugins | None = None
    """Plugin configuration of a template."""
    created_at: datetime | None = msgspec.field(name="createdAt", default=None)
    """When the template was created."""
    updated_at: datetime | None = msgspec.field(name="updatedAt", default=None)
    """When the template was last changed."""
    legacy_id: str | None = msgspec.field(name="_id", default=None)
    """Old name of `id`, with the same value. Deprecated."""
    customer: str | None = None
    """Old name of `customerId`, with the same value. Deprecated."""
    default: bool | None = None
    """True for the template that rooms use by default."""
    app_id: str | None = msgspec.field(name="appId", default=None)
    """App that the template belongs to."""
    extra: dict[str, Any] = msgspec.field(name=EXTRA, default={})
    """Fields that the service sent and this version does not know. They are written back."""


class Role(SecretModel, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A role of a template as stored."""

    _secrets: ClassVar[frozenset[str]] = frozenset({"extra"})

    name: str
    """Name of the role, unique in the template. Used in auth tokens and room codes."""
    publish_params: PublishParams = msgspec.field(name="publishParams")
    """What a role may publish and in which quality."""
    subscribe_params: SubscribeParams = msgspec.field(name="subscribeParams")
    """What a role receives."""
    permissions: Permissions
    """What peers of a role may do."""
    priority: int
    """Priority of the role's tracks when the network is bad. 1 is the highest. The service documents 5 as the lowest."""
    max_peer_count: int = msgspec.field(name="maxPeerCount")
    """Maximum number of peers with this role in one session. 0 for no limit, -1 for none."""
    extra: dict[str, Any] = msgspec.field(name=EXTRA, default={})
    """Fields that the service sent and this version does not know. They are written back."""


class PublishParams(SecretModel, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a role may publish and in which quality."""

    _secrets: ClassVar[frozenset[str]] = frozenset({"extra"})

    allowed: list[PublishKind] | None = None
    """Kinds of tracks that the role may publish. Empty for none. Defaults to all in requests."""
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
    """Maximum bitrate in kbps. Between 16 and 128. Defaults to `32`."""
    codec: AudioCodec | None = None
    """Audio codec. Defaults to `opus`."""
    extra: dict[str, Any] = msgspec.field(name=EXTRA, default={})
    """Fields that the service sent and this version does not know. They are written back."""


class VideoPublishParams(SecretModel, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Quality of published camera video."""

    _secrets: ClassVar[frozenset[str]] = frozenset({"extra"})

    bit_rate: int | None = msgspec.field(name="bitRate", default=None)
    """Maximum bitrate in kbps. Between 30 and 2000. Defaults to `256`."""
    codec: VideoCodec | None = None
    """Video codec. Defaults to `vp8`."""
    frame_rate: int | None = msgspec.field(name="frameRate", default=None)
    """Maximum number of frames per second. Between 1 and 30. Defaults to `25`."""
    height: int | None = None
    """Height in pixels. Between 50 and 1080. Defaults to `180`."""
    width: int | None = None
    """Width in pixels. Between 50 and 1920. Defaults to `320`."""
    extra: dict[str, Any] = msgspec.field(name=EXTRA, default={})
    """Fields that the service sent and this version does not know. They are written back."""


class ScreenPublishParams(SecretModel, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Quality of published screen shares."""

    _secrets: ClassVar[frozenset[str]] = frozenset({"extra"})

    bit_rate: int | None = msgspec.field(name="bitRate", default=None)
    """Maximum bitrate in kbps. At least 500. Defaults to `1024`."""
    codec: VideoCodec | None = None
    """Video codec. Defaults to `vp8`."""
    frame_rate: int | None = msgspec.field(name="frameRate", default=None)
    """Maximum number of frames per second. Between 1 and 30. Defaults to `10`."""
    height: int | None = None
    """Height in pixels. Between 270 and 1080. Defaults to `720`."""
    width: int | None = None
    """Width in pixels. Between 480 and 1920. Defaults to `1280`."""
    extra: dict[str, Any] = msgspec.field(name=EXTRA, default={})
    """Fields that the service sent and this version does not know. They are written back."""


class SimulcastParams(SecretModel, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Simulcast layers per kind of video."""

    _secrets: ClassVar[frozenset[str]] = frozenset({"extra"})

    video: SimulcastLayers | None = None
    """Simulcast layers. An empty object means no simulcast."""
    screen: SimulcastLayers | None = None
    """Simulcast layers. An empty object means no simulcast."""
    extra: dict[str, Any] = msgspec.field(name=EXTRA, default={})
    """Fields that the service sent and this version does not know. They are written back."""


class SimulcastLayers(SecretModel, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Simulcast layers. An empty object means no simulcast."""

    _secrets: ClassVar[frozenset[str]] = frozenset({"extra"})

    layers: list[SimulcastLayer] | None = None
    """At most three layers, best first. The first must be `f` with scale 1.0. Each next layer must have a lower rid and a larger scale. No rid may appear twice. At most 3 items."""
    extra: dict[str, Any] = msgspec.field(name=EXTRA, default={})
    """Fields that the service sent and this version does not know. They are written back."""


class SimulcastLayer(SecretModel, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One encoding of a video track."""

    _secrets: ClassVar[frozenset[str]] = frozenset({"extra"})

    rid: SimulcastRid
    """RTP stream id of the layer. Ordered f > h > q (full, half, quarter), strictly decreasing in the list."""
    scale_resolution_down_by: float = msgspec.field(name="scaleResolutionDownBy")
    """Factor by which the picture is scaled down. 1.0 for the first layer, and larger in each next layer. Between 1.0 and 12.0."""
    max_bitrate: int | None = msgspec.field(name="maxBitrate", default=None)
    """Maximum bitrate in kbps. Between 0 and 2000. Defaults to `0`."""
    max_framerate: int = msgspec.field(name="maxFramerate")
    """Maximum number of frames per second. Between 1 and 30."""
    extra: dict[str, Any] = msgspec.field(name=EXTRA, default={})
    """Fields that the service sent and this version does not know. They are written back."""


class SubscribeParams(SecretModel, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a role receives."""

    _secrets: ClassVar[frozenset[str]] = frozenset({"extra"})

    subscribe_to_roles: list[str] | None = msgspec.field(name="subscribeToRoles", default=None)
    """Names of the roles whose tracks are received."""
    max_subs_bit_rate: int | None = msgspec.field(name="maxSubsBitRate", default=None)
    """Maximum total received bitrate in kbps."""
    subscribe_degradation: SubscribeDegradation | None = msgspec.field(
        name="subscribeDegradation", default=None
    )
    """When received video is muted because of packet loss, and when it returns. If present, it also enables simulcast for screen shares."""
    extra: dict[str, Any] = msgspec.field(name=EXTRA, default={})
    """Fields that the service sent and this version does not know. They are written back."""


class SubscribeDegradation(SecretModel, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """When received video is muted because of packet loss, and when it returns.

    If present, it also enables simulcast for screen shares.
    """

    _secrets: ClassVar[frozenset[str]] = frozenset({"extra"})

    packet_loss_threshold: int | None = msgspec.field(name="packetLossThreshold", default=None)
    """Packet loss in percent at which degradation starts. Between 1 and 100. Defaults to `50`."""
    degrade_grace_period_seconds: int | None = msgspec.field(
        name="degradeGracePeriodSeconds", default=None
    )
    """Seconds of packet loss before tracks are degraded. Between 1 and 10. Defaults to `1`."""
    recover_grace_period_seconds: int | None = msgspec.field(
        name="recoverGracePeriodSeconds", default=None
    )
    """Seconds of good network before tracks return. Between 1 and 10. Defaults to `4`."""
    video_always_enabled: bool | None = msgspec.field(name="videoAlwaysEnabled", default=None)
    """If true, video is never switched off by degradation."""
    extra: dict[str, Any] = msgspec.field(name=EXTRA, default={})
    """Fields that the service sent and this version does not know. They are written back."""


class Permissions(SecretModel, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What peers of a role may do."""

    _secrets: ClassVar[frozenset[str]] = frozenset({"extra"})

    end_room: bool | None = msgspec.field(name="endRoom", default=None)
    """End the session for everyone. Defaults to `false`."""
    remove_others: bool | None = msgspec.field(name="removeOthers", default=None)
    """Remove other peers. Defaults to `false`."""
    mute: bool | None = None
    """Mute other peers. Defaults to `false`."""
    unmute: bool | None = None
    """Ask other peers to unmute. Defaults to `false`."""
    change_role: bool | None = msgspec.field(name="changeRole", default=None)
    """Change or ask to change the role of other peers. Defaults to `false`."""
    send_room_state: bool | None = msgspec.field(name="sendRoomState", default=None)
    """Receive the room state (peer count, peer list) on the preview screen. Defaults to `false`."""
    poll_read: bool | None = msgspec.field(name="pollRead", default=None)
    """See polls and quizzes and answer them. Defaults to `false`."""
    poll_write: bool | None = msgspec.field(name="pollWrite", default=None)
    """Create and change polls and quizzes; includes everything that `pollRead` allows. Defaults to `false`."""
    browser_recording: bool | None = msgspec.field(name="browserRecording", default=None)
    """Start and stop browser recording; needed together with `rtmpStreaming` for RTMP plus recording. Defaults to `true`."""
    rtmp_streaming: bool | None = msgspec.field(name="rtmpStreaming", default=None)
    """Start and stop RTMP streaming; needed together with `browserRecording` for RTMP plus recording. Defaults to `true`."""
    hls_streaming: bool | None = msgspec.field(name="hlsStreaming", default=None)
    """Control HLS streams: start, stop, pause and resume their recording, insert timed metadata. Defaults to `true`."""
    extra: dict[str, Any] = msgspec.field(name=EXTRA, default={})
    """Fields that the service sent and this version does not know. They are written back."""


class TemplateSettings(SecretModel, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Settings of a template as stored."""

    _secrets: ClassVar[frozenset[str]] = frozenset({"extra"})

    region: Region
    """Region in which rooms are hosted by default."""
    recording: TemplateRecordingSettings | None = None
    """Recording switch and storage. Null if not configured."""
    room_state: TemplateRoomState = msgspec.field(name="roomState")
    """How room state is sent to clients on the preview screen."""
    retry: dict[str, Any]
    """Undocumented by the service."""
    extra: dict[str, Any] = msgspec.field(name=EXTRA, default={})
    """Fields that the service sent and this version does not know. They are written back."""


class TemplateRecordingSettings(SecretModel, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Old recording switch, and storage of recordings."""

    _secrets: ClassVar[frozenset[str]] = frozenset({"extra"})

    enabled: bool | None = None
    """Turns on recording by the media server; use `templates.update_recordings` instead. Defaults to `false`. Deprecated."""
    upload: TemplateUpload | None = None
    """Your own storage for recordings. Without it, 100ms stores recordings for a limited time."""
    extra: dict[str, Any] = msgspec.field(name=EXTRA, default={})
    """Fields that the service sent and this version does not know. They are written back."""


class TemplateUpload(SecretModel, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Your own storage for recordings. Without it, 100ms stores recordings for a limited time."""

    _secrets: ClassVar[frozenset[str]] = frozenset({"extra"})

    type: StorageType
    """Kind of storage: s3 (AWS), gs (Google), oss (Alibaba) or azure (Microsoft)."""
    location: str
    """Name of the bucket (for Azure, of the container)."""
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
    """Access key (for Azure, the storage account name)."""
    secret_key: str | None = msgspec.field(name="secretKey", default=None)
    """Secret key (for Azure, the storage account key)."""
    secret: str | None = None
    """Same as `secretKey`, under another name."""
    extra: dict[str, Any] = msgspec.field(name=EXTRA, default={})
    """Fields that the service sent and this version does not know. They are written back."""


class TemplateRoomState(SecretModel, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How room state is sent to clients on the preview screen."""

    _secrets: ClassVar[frozenset[str]] = frozenset({"extra"})

    message_interval: int | None = msgspec.field(name="messageInterval", default=None)
    """Seconds between two updates, a multiple of 5. Between 5 and 3600."""
    send_peer_list: bool | None = msgspec.field(name="sendPeerList", default=None)
    """Send the list of peers. Otherwise only their number is sent."""
    stop_room_state_on_join: bool | None = msgspec.field(name="stopRoomStateOnJoin", default=None)
    """Stop these updates when the client has joined."""
    enabled: bool | None = None
    """Whether room-state updates are enabled."""
    extra: dict[str, Any] = msgspec.field(name=EXTRA, default={})
    """Fields that the service sent and this version does not know. They are written back."""


class Destinations(SecretModel, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Streaming, recording and transcription configurations, each kind as a map from destination
    name to configuration.

    Pass a name as `destination` to start a recording or stream with it.
    """

    _secrets: ClassVar[frozenset[str]] = frozenset({"extra"})

    browser_recordings: dict[str, DestinationBrowserRecording] | None = msgspec.field(
        name="browserRecordings", default=None
    )
    """Browser recordings by name; use `templates.update_recordings` instead. Deprecated."""
    rtmp_destinations: dict[str, DestinationRtmp] | None = msgspec.field(
        name="rtmpDestinations", default=None
    )
    """RTMP outputs by name."""
    hls_destinations: dict[str, DestinationHls] | None = msgspec.field(
        name="hlsDestinations", default=None
    )
    """HLS streams by name."""
    transcriptions: dict[str, DestinationTranscription] | None = None
    """Transcriptions by name. Post-call transcripts need a recording, so also configure a browser recording or an HLS destination."""
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
    """Width of the picture in pixels. At most 1920, and at most 1080 if the height is larger."""
    height: int | None = None
    """Height of the picture in pixels. At most 1920, and at most 1080 if the width is larger."""
    max_duration: int | None = msgspec.field(name="maxDuration", default=None)
    """Maximum duration of the recording in seconds."""
    thumbnails: RecordingConfigThumbnails | None = None
    """Thumbnails of a recording."""
    presign_duration: int | None = msgspec.field(name="presignDuration", default=None)
    """Validity of presigned download URLs in seconds."""
    auto_start: bool | None = msgspec.field(name="autoStart", default=None)
    """Start recording when the first peer joins."""
    auto_stop_timeout: int | None = msgspec.field(name="autoStopTimeout", default=None)
    """How long to wait before stopping after all peers have left."""
    extra: dict[str, Any] = msgspec.field(name=EXTRA, default={})
    """Fields that the service sent and this version does not know. They are written back."""


class RecordingConfigThumbnails(SecretModel, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Thumbnails of a recording."""

    _secrets: ClassVar[frozenset[str]] = frozenset({"extra"})

    enabled: bool | None = None
    """Whether to create thumbnails."""
    width: int | None = None
    """Width in pixels."""
    height: int | None = None
    """Height in pixels."""
    offsets: list[int] | None = None
    """Positions in the recording to take thumbnails at."""
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
    """Width of the picture in pixels. At most 1920, and at most 1080 if the height is larger."""
    height: int | None = None
    """Height of the picture in pixels. At most 1920, and at most 1080 if the width is larger."""
    max_duration: int | None = msgspec.field(name="maxDuration", default=None)
    """Maximum duration of the stream in seconds."""
    rtmp_urls: list[str] | None = msgspec.field(name="rtmpUrls", default=None)
    """RTMP targets. They contain stream keys. At most 3 items."""
    recording_enabled: bool | None = msgspec.field(name="recordingEnabled", default=None)
    """Also record the stream. Does not affect streaming."""
    auto_stop_timeout: int | None = msgspec.field(name="autoStopTimeout", default=None)
    """How long to wait before stopping after all peers have left."""
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
    """Maximum duration of the stream in seconds."""
    layers: list[DestinationHlsLayer] | None = None
    """Renditions, with decreasing resolution and video bitrate."""
    playlist_type: HlsPlaylistType | None = msgspec.field(name="playlistType", default=None)
    """`event` keeps all segments, `live` a sliding window."""
    num_playlist_segments: int | None = msgspec.field(name="numPlaylistSegments", default=None)
    """Number of segments in the playlist, 2 seconds each. Used only with `playlistType` live. Between 3 and 150. Defaults to `5`."""
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
    """How long to wait before stopping after all peers have left. Also the time in which an RTMP-in broadcaster may reconnect."""
    extra: dict[str, Any] = msgspec.field(name=EXTRA, default={})
    """Fields that the service sent and this version does not know. They are written back."""


class DestinationHlsLayer(SecretModel, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One HLS rendition.

    The shorter side must be between 144 and 1080 pixels, the longer between 192 and 1920. Both must
    be even.
    """

    _secrets: ClassVar[frozenset[str]] = frozenset({"extra"})

    width: int | None = None
    """Width in pixels, even. Between 144 and 1920."""
    height: int | None = None
    """Height in pixels, even. Between 144 and 1920."""
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
    """Create a video-on-demand asset (playlist with all chunks)."""
    single_file_per_layer: bool | None = msgspec.field(name="singleFilePerLayer", default=None)
    """Create one MP4 per layer."""
    enable_zip_upload: bool | None = msgspec.field(name="enableZipUpload", default=None)
    """Upload the VOD as one zip. Only with your own storage; an error with 100ms's storage. Defaults to `false`."""
    layers: list[DestinationHlsLayer] | None = None
    """Layers to record, a subset of the stream's layers. Defaults to all."""
    thumbnails: RecordingConfigThumbnails | None = None
    """Thumbnails of a recording."""
    presign_duration: int | None = msgspec.field(name="presignDuration", default=None)
    """Validity of presigned download URLs in seconds."""
    extra: dict[str, Any] = msgspec.field(name=EXTRA, default={})
    """Fields that the service sent and this version does not know. They are written back."""


class DestinationTranscription(SecretModel, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Transcription and captions configuration."""

    _secrets: ClassVar[frozenset[str]] = frozenset({"extra"})

    name: str
    """Name of the configuration."""
    role: str
    """Role whose view is transcribed: the roles that it subscribes to. For post-call transcripts, it must be the role of the browser recording."""
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
    """Whether the summary is enabled."""
    context: str | None = None
    """What the meeting is about, to help the summary. At most 300 characters."""
    temperature: float | None = None
    """Temperature of the model: low is predictable, high is creative. Between 0.1 and 1.0. Defaults to `0.5`."""
    sections: list[DestinationSummarySection] | None = None
    """Sections of the summary. At most 6 items."""
    extra: dict[str, Any] = msgspec.field(name=EXTRA, default={})
    """Fields that the service sent and this version does not know. They are written back."""


class DestinationSummarySection(SecretModel, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One section of the summary."""

    _secrets: ClassVar[frozenset[str]] = frozenset({"extra"})

    title: str
    """Heading of the section. Your own headings are allowed and determine the content. At most 100 characters."""
    format: SummaryFormat
    """Format of the section."""
    extra: dict[str, Any] = msgspec.field(name=EXTRA, default={})
    """Fields that the service sent and this version does not know. They are written back."""


class DestinationTranslation(SecretModel, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Translation of captions per role; caption mode only."""

    _secrets: ClassVar[frozenset[str]] = frozenset({"extra"})

    enabled: bool | None = None
    """Whether translation is enabled."""
    role_languages: dict[str, str] | None = msgspec.field(name="roleLanguages", default=None)
    """Language code of the captions for each role, by role name."""
    extra: dict[str, Any] = msgspec.field(name=EXTRA, default={})
    """Fields that the service sent and this version does not know. They are written back."""


class TemplatePlugins(SecretModel, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Plugin configuration of a template."""

    _secrets: ClassVar[frozenset[str]] = frozenset({"extra"})

    whiteboard: TemplateWhiteboardPlugin | None = None
    """Whiteboard."""
    transcriptions: TemplateTranscriptionsPlugin | None = None
    """Permissions for closed captions."""
    extra: dict[str, Any] = msgspec.field(name=EXTRA, default={})
    """Fields that the service sent and this version does not know. They are written back."""


class TemplateWhiteboardPlugin(SecretModel, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Whiteboard."""

    _secrets: ClassVar[frozenset[str]] = frozenset({"extra"})

    permissions: TemplateWhiteboardPermissions | None = None
    """Roles per whiteboard permission. A role may be in several lists."""
    extra: dict[str, Any] = msgspec.field(name=EXTRA, default={})
    """Fields that the service sent and this version does not know. They are written back."""


class TemplateWhiteboardPermissions(
    SecretModel, frozen=True, kw_only=True, forbid_unknown_fields=True
):
    """Roles per whiteboard permission. A role may be in several lists."""

    _secrets: ClassVar[frozenset[str]] = frozenset({"extra"})

    admin: list[str] | None = None
    """Roles that may open, close and view the whiteboard. To draw, a role must also be a writer."""
    writer: list[str] | None = None
    """Roles that may draw on and view the whiteboard. To open or close it, a role must also be an admin."""
    reader: list[str] | None = None
    """Roles that may only view."""
    extra: dict[str, Any] = msgspec.field(name=EXTRA, default={})
    """Fields that the service sent and this version does not know. They are written back."""


class TemplateTranscriptionsPlugin(
    SecretModel, frozen=True, kw_only=True, forbid_unknown_fields=True
):
    """Permissions for closed captions."""

    _secrets: ClassVar[frozenset[str]] = frozenset({"extra"})

    permissions: TemplateTranscriptionsPermissions | None = None
    """Roles per caption permission."""
    mode: CaptionMode | None = None
    """Transcription mode of the permissions."""
    extra: dict[str, Any] = msgspec.field(name=EXTRA, default={})
    """Fields that the service sent and this version does not know. They are written back."""


class TemplateTranscriptionsPermissions(
    SecretModel, frozen=True, kw_only=True, forbid_unknown_fields=True
):
    """Roles per caption permission."""

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
    """Role of the template with which the recorder joins."""
    max_duration: int | None = msgspec.field(name="maxDuration", default=None)
    """Maximum duration of the recording in seconds."""
    presign_duration: int | None = msgspec.field(name="presignDuration", default=None)
    """Validity of presigned download URLs in seconds."""
    thumbnails: RecordingConfigThumbnails | None = None
    """Thumbnails of a recording."""
    composite_recording: RecordingConfigComposite | None = msgspec.field(
        name="compositeRecording", default=None
    )
    """One file for the whole room."""
    track_recording: RecordingConfigTrack | None = msgspec.field(
        name="trackRecording", default=None
    )
    """One file per track. If enabled, recording starts with the first peer and ends with the last. It cannot be started by API."""
    stream_recording: RecordingConfigStream | None = msgspec.field(
        name="streamRecording", default=None
    )
    """One file per stream of a peer. If enabled, recording starts with the first peer and ends with the last. It cannot be started by API."""
    extra: dict[str, Any] = msgspec.field(name=EXTRA, default={})
    """Fields that the service sent and this version does not know. They are written back."""


class RecordingConfigComposite(SecretModel, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One file for the whole room."""

    _secrets: ClassVar[frozenset[str]] = frozenset({"extra"})

    browser_composite: RecordingConfigBrowserComposite | None = msgspec.field(
        name="browserComposite", default=None
    )
    """Room composite recorded by a browser that joins as a bot."""
    custom_composite: RecordingConfigCustomComposite | None = msgspec.field(
        name="customComposite", default=None
    )
    """Room composite recorded by the media server. Starts automatically if enabled."""
    extra: dict[str, Any] = msgspec.field(name=EXTRA, default={})
    """Fields that the service sent and this version does not know. They are written back."""


class RecordingConfigBrowserComposite(
    SecretModel, frozen=True, kw_only=True, forbid_unknown_fields=True
):
    """Room composite recorded by a browser that joins as a bot."""

    _secrets: ClassVar[frozenset[str]] = frozenset({"extra"})

    auto_start: bool | None = msgspec.field(name="autoStart", default=None)
    """Start when the first peer joins. Defaults to `false`."""
    auto_stop_timeout: int | None = msgspec.field(name="autoStopTimeout", default=None)
    """How long to wait before stopping after all peers have left."""
    width: int | None = None
    """Width of the picture in pixels. At most 1920, and at most 1080 if the height is larger."""
    height: int | None = None
    """Height of the picture in pixels. At most 1920, and at most 1080 if the width is larger."""
    enabled: bool | None = None
    """Whether browser recording is set up."""
    extra: dict[str, Any] = msgspec.field(name=EXTRA, default={})
    """Fields that the service sent and this version does not know. They are written back."""


class RecordingConfigCustomComposite(
    SecretModel, frozen=True, kw_only=True, forbid_unknown_fields=True
):
    """Room composite recorded by the media server. Starts automatically if enabled."""

    _secrets: ClassVar[frozenset[str]] = frozenset({"extra"})

    enabled: bool | None = None
    """Whether it is enabled. Defaults to `false`."""
    extra: dict[str, Any] = msgspec.field(name=EXTRA, default={})
    """Fields that the service sent and this version does not know. They are written back."""


class RecordingConfigTrack(SecretModel, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One file per track.

    If enabled, recording starts with the first peer and ends with the last. It cannot be started by
    API.
    """

    _secrets: ClassVar[frozenset[str]] = frozenset({"extra"})

    enabled: bool | None = None
    """Whether it is enabled. Defaults to `false`."""
    extra: dict[str, Any] = msgspec.field(name=EXTRA, default={})
    """Fields that the service sent and this version does not know. They are written back."""


class RecordingConfigStream(SecretModel, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One file per stream of a peer.

    If enabled, recording starts with the first peer and ends with the last. It cannot be started by
    API.
    """

    _secrets: ClassVar[frozenset[str]] = frozenset({"extra"})

    enabled: bool | None = None
    """Whether it is enabled. Defaults to `false`."""
    width: int | None = None
    """Width of the picture in pixels. At most 1920, and at most 1080 if the height is larger."""
    height: int | None = None
    """Height of the picture in pixels. At most 1920, and at most 1080 if the width is larger."""
    extra: dict[str, Any] = msgspec.field(name=EXTRA, default={})
    """Fields that the service sent and this version does not know. They are written back."""


class TemplatePlan(Model, frozen=True, kw_only=True):
    """The changes that make a template what its description says."""

    template_id: str | None = None
    """Id of the template. Missing if it does not exist yet."""
    name: str
    """Name of the template, as it is or will be."""
    creates: bool
    """Whether the template is created."""
    applied: bool
    """Whether the changes were made. False if there are none."""
    changes: list[TemplateChange]
    """The changes, in the order in which they are made. Empty if the template is as described."""
    warnings: list[str]
    """What is probably a mistake in the description: fields that neither this version nor the stored template knows, and roles that the template does not have. `apply` logs it as a warning too."""


class TemplateChange(Model, frozen=True, kw_only=True):
    """One change of a template."""

    path: str
    """Path of the value, under the names of the service: `roles.host.priority`."""
    operation: str
    """The operation that makes the change."""
    before: Any = None
    """The value before. Missing if there is none. Secrets, and texts in fields that this version does not know, are `[redacted]`."""
    after: Any = None
    """The value after. Missing if it is removed. Secrets, and texts in fields that this version does not know, are `[redacted]`."""


class TemplateProgress(Model, frozen=True, kw_only=True):
    """How many of the calls have been made that change a template."""

    operation: str
    """The operation that is called next."""
    done: int
    """Number of calls that have been made."""
    total: int
    """Number of all calls that change something."""
