# @generated from crates/hundredms/src/resources by `cargo xtask gen`; do not edit.
"""What arguments hold as plain dictionaries, under the names that the service has for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypedDict

from ._template_description import TemplateDescription as TemplateDescription  # noqa: PLC0414
from ._typing import NotRequired
from .models.live_streams import StreamTranscriptionMode
from .models.polls import PollAnswer, PollAttachment, PollOption, PollQuestionType
from .models.recordings import SummaryFormat, TranscriptFormat
from .models.rooms import Region, StorageType, UploadOptions
from .models.templates import (
    AudioCodec,
    AudioPublishParams,
    CaptionMode,
    DestinationBrowserRecording,
    DestinationHls,
    DestinationHlsLayer,
    DestinationHlsRecording,
    DestinationRtmp,
    DestinationSummary,
    DestinationSummarySection,
    DestinationTranscription,
    DestinationTranslation,
    HlsPlaylistType,
    Permissions,
    PublishKind,
    PublishParams,
    RecordingConfigBrowserComposite,
    RecordingConfigComposite,
    RecordingConfigCustomComposite,
    RecordingConfigStream,
    RecordingConfigThumbnails,
    RecordingConfigTrack,
    ScreenPublishParams,
    SimulcastLayer,
    SimulcastLayers,
    SimulcastParams,
    SimulcastRid,
    SubscribeDegradation,
    SubscribeParams,
    TemplateRecordingSettings,
    TemplateRoomState,
    TemplateTranscriptionsPermissions,
    TemplateTranscriptionsPlugin,
    TemplateUpload,
    TemplateUploadCredentials,
    TemplateUploadOptions,
    TemplateWhiteboardPermissions,
    TemplateWhiteboardPlugin,
    TranscriptionMode,
    VideoCodec,
    VideoPublishParams,
)


class UploadOptionsInput(TypedDict):
    """Storage options."""

    region: NotRequired[str]
    """Region of the bucket. Not needed for Azure."""


class RoomWebhookInput(TypedDict):
    """Webhook target of this room. If set, it replaces the workspace's webhook."""

    url: str
    """Address that events are posted to."""
    headers: NotRequired[Mapping[str, str]]
    """Extra HTTP headers sent with every event."""


class RecordingInfoInput(TypedDict):
    """SFU recording settings of a room.

    They are one unit: setting them detaches the room from its template's recording settings.
    """

    enabled: NotRequired[bool]
    """Defaults to `false`."""
    upload_info: NotRequired[UploadInfoInput]
    """Where to store recordings. If missing, 100ms stores them for 15 days."""
    polls: NotRequired[Sequence[str]]
    """Poll ids. Use the room's own `polls`. Deprecated."""


class UploadInfoInput(TypedDict):
    """Where to store recordings. If missing, 100ms stores them for 15 days."""

    type: StorageType
    """Kind of storage: s3 (AWS), gs (Google Cloud), oss (Alibaba Cloud) or azure (Azure Blob Storage)."""
    location: str
    """Name of the bucket (for Azure, of the container)."""
    prefix: NotRequired[str]
    """Path prefix inside the bucket. Defaults to the customer id."""
    options: NotRequired[UploadOptions | UploadOptionsInput]
    """Storage options."""
    credentials: NotRequired[UploadCredentialsInput]
    """Credentials with read (`GetObject`) and write (`PutObject`) access to the bucket."""


class UploadCredentialsInput(TypedDict):
    """Credentials with read (`GetObject`) and write (`PutObject`) access to the bucket."""

    key: str
    """Access key (for Azure, the storage account name)."""
    secret: str
    """Secret key (for Azure, the storage account key)."""


class ResolutionInput(TypedDict):
    """Frame size in pixels, shared by recordings and streams."""

    width: int
    """Between 500 and 1920. Defaults to `1280`."""
    height: int
    """Between 480 and 1920. Defaults to `720`."""


class TranscriptionConfig(TypedDict):
    """Transcription of a recording after it completes.

    English only. Not available for room-composite-legacy recordings. Its assets are `processing`
    when the recording completes, and ready after about 20 % of its length, at least 5 minutes.
    """

    enabled: NotRequired[bool]
    """Whether to transcribe. Must be true unless the template has transcription on."""
    output_modes: NotRequired[Sequence[TranscriptFormat]]
    """File formats of the transcript, one asset each: plain text, subtitles, or words and sentences with times."""
    custom_vocabulary: NotRequired[Sequence[str]]
    """Names, abbreviations and technical terms that are likely to be spoken."""
    summary: NotRequired[SummaryConfig]
    """How to summarise the transcript."""


class SummaryConfig(TypedDict):
    """How to summarise the transcript."""

    enabled: NotRequired[bool]
    """Whether to create a summary."""
    context: NotRequired[str]
    """Description of the meeting, to help the model. At most 300 characters."""
    temperature: NotRequired[float]
    """Temperature of the model: low is predictable, high is creative. Between 0.1 and 1.0. Defaults to `0.5`."""
    sections: NotRequired[Sequence[SummarySection]]
    """Sections of the summary. At most 6 items."""


class SummarySection(TypedDict):
    """A section of the summary."""

    title: str
    """Heading of the section, free text. The summary adapts to it. At most 100 characters."""
    format: SummaryFormat
    """Format of the section."""


class LiveStreamRecordingInput(TypedDict):
    """Which recordings are made of the live stream."""

    hls_vod: NotRequired[bool]
    """Make a room-vod asset."""
    single_file_per_layer: NotRequired[bool]
    """Make one room-composite asset per layer."""


class TranscriptionLiveStreamConfig(TypedDict):
    """Transcription of a live stream.

    `output_modes` and `summary` matter for mode `recorded` only.
    """

    enabled: NotRequired[bool]
    """Whether to transcribe. Must be true unless the template has transcription on."""
    modes: NotRequired[Sequence[StreamTranscriptionMode]]
    """recorded: transcribe the recording afterwards; live: captions in the HLS stream."""
    output_modes: NotRequired[Sequence[TranscriptFormat]]
    """File formats of the transcript, one asset each: plain text, subtitles, or words and sentences with times."""
    custom_vocabulary: NotRequired[Sequence[str]]
    """Names, abbreviations and technical terms that are likely to be spoken."""
    summary: NotRequired[SummaryConfig]
    """How to summarise the transcript."""


class PollQuestionInput(TypedDict):
    """One question with its options and its right answer."""

    index: NotRequired[int]
    """Position of the question, unique in the poll, starting at 1. Used as `question_id` in paths. At least 1."""
    text: NotRequired[str]
    """Wording of the question."""
    format: NotRequired[str]
    """Format of `text`. Defaults to `text`."""
    type: NotRequired[PollQuestionType]
    """Kind of question: pick one option, pick several, or write a short or a long text."""
    attachment: NotRequired[Sequence[PollAttachment | PollAttachmentInput]]
    """Media shown with the question."""
    skippable: NotRequired[bool]
    """Whether a participant may skip the question. Defaults to `true`."""
    duration: NotRequired[int]
    """Seconds for which the question is shown. At least 0."""
    once: NotRequired[bool]
    """If true, an answer cannot be changed. Defaults to `false`."""
    weight: NotRequired[int]
    """Weight of the question in scores. Defaults to `1`."""
    answer_min_len: NotRequired[int]
    """Minimum number of characters of a text answer. At least 0."""
    answer_max_len: NotRequired[int]
    """Maximum number of characters of a text answer. At least 0."""
    answer: NotRequired[PollAnswer | PollAnswerInput]
    """Right answer of a quiz question."""
    options: NotRequired[Sequence[PollOption | PollOptionInput]]
    """Choices of a choice question."""


class PollAttachmentInput(TypedDict):
    """Media file of a question."""

    type: NotRequired[str]
    """MIME type of the file."""
    url: NotRequired[str]
    """URL of the file."""


class PollAnswerInput(TypedDict):
    """Right answer of a quiz question."""

    hidden: NotRequired[bool]
    """If true, the answer is hidden while the poll runs."""
    options: NotRequired[Sequence[int]]
    """Indexes of the right options. At least 1."""
    text: NotRequired[str]
    """Right answer of a text question."""
    case: NotRequired[bool]
    """If false, the comparison ignores case."""
    trim: NotRequired[bool]
    """If true, the comparison ignores blanks at both ends of the answer."""


class PollOptionInput(TypedDict):
    """One choice of a question."""

    index: NotRequired[int]
    """Position of the option, unique in the question, starting at 1. Used as `option_id` in paths. At least 1."""
    text: NotRequired[str]
    """Label of the option."""
    weight: NotRequired[int]
    """Weight of the option."""


class PublishParamsInput(TypedDict):
    """What a role may publish and in which quality."""

    allowed: NotRequired[Sequence[PublishKind]]
    """Kinds of tracks that the role may publish. Empty for none. Defaults to all in requests."""
    audio: NotRequired[AudioPublishParams | AudioPublishParamsInput]
    """Quality of published audio."""
    video: NotRequired[VideoPublishParams | VideoPublishParamsInput]
    """Quality of published camera video."""
    screen: NotRequired[ScreenPublishParams | ScreenPublishParamsInput]
    """Quality of published screen shares."""
    simulcast: NotRequired[SimulcastParams | SimulcastParamsInput]
    """Simulcast layers per kind of video."""


class AudioPublishParamsInput(TypedDict):
    """Quality of published audio."""

    bitRate: NotRequired[int]
    """Maximum bitrate in kbps. Between 16 and 128. Defaults to `32`."""
    codec: NotRequired[AudioCodec]
    """Audio codec. Defaults to `opus`."""


class VideoPublishParamsInput(TypedDict):
    """Quality of published camera video."""

    bitRate: NotRequired[int]
    """Maximum bitrate in kbps. Between 30 and 2000. Defaults to `256`."""
    codec: NotRequired[VideoCodec]
    """Video codec. Defaults to `vp8`."""
    frameRate: NotRequired[int]
    """Maximum number of frames per second. Between 1 and 30. Defaults to `25`."""
    height: NotRequired[int]
    """Height in pixels. Between 50 and 1080. Defaults to `180`."""
    width: NotRequired[int]
    """Width in pixels. Between 50 and 1920. Defaults to `320`."""


class ScreenPublishParamsInput(TypedDict):
    """Quality of published screen shares."""

    bitRate: NotRequired[int]
    """Maximum bitrate in kbps. At least 500. Defaults to `1024`."""
    codec: NotRequired[VideoCodec]
    """Video codec. Defaults to `vp8`."""
    frameRate: NotRequired[int]
    """Maximum number of frames per second. Between 1 and 30. Defaults to `10`."""
    height: NotRequired[int]
    """Height in pixels. Between 270 and 1080. Defaults to `720`."""
    width: NotRequired[int]
    """Width in pixels. Between 480 and 1920. Defaults to `1280`."""


class SimulcastParamsInput(TypedDict):
    """Simulcast layers per kind of video."""

    video: NotRequired[SimulcastLayers | SimulcastLayersInput]
    """Simulcast layers. An empty object means no simulcast."""
    screen: NotRequired[SimulcastLayers | SimulcastLayersInput]
    """Simulcast layers. An empty object means no simulcast."""


class SimulcastLayersInput(TypedDict):
    """Simulcast layers. An empty object means no simulcast."""

    layers: NotRequired[Sequence[SimulcastLayer | SimulcastLayerInput]]
    """At most three layers, best first. The first must be `f` with scale 1.0. Each next layer must have a lower rid and a larger scale. No rid may appear twice. At most 3 items."""


class SimulcastLayerInput(TypedDict):
    """One encoding of a video track."""

    rid: SimulcastRid
    """RTP stream id of the layer. Ordered f > h > q (full, half, quarter), strictly decreasing in the list."""
    scaleResolutionDownBy: float
    """Factor by which the picture is scaled down. 1.0 for the first layer, and larger in each next layer. Between 1.0 and 12.0."""
    maxBitrate: NotRequired[int]
    """Maximum bitrate in kbps. Between 0 and 2000. Defaults to `0`."""
    maxFramerate: int
    """Maximum number of frames per second. Between 1 and 30."""


class SubscribeParamsInput(TypedDict):
    """What a role receives."""

    subscribeToRoles: NotRequired[Sequence[str]]
    """Names of the roles whose tracks are received."""
    maxSubsBitRate: NotRequired[int]
    """Maximum total received bitrate in kbps."""
    subscribeDegradation: NotRequired[SubscribeDegradation | SubscribeDegradationInput]
    """When received video is muted because of packet loss, and when it returns. If present, it also enables simulcast for screen shares."""


class SubscribeDegradationInput(TypedDict):
    """When received video is muted because of packet loss, and when it returns.

    If present, it also enables simulcast for screen shares.
    """

    packetLossThreshold: NotRequired[int]
    """Packet loss in percent at which degradation starts. Between 1 and 100. Defaults to `50`."""
    degradeGracePeriodSeconds: NotRequired[int]
    """Seconds of packet loss before tracks are degraded. Between 1 and 10. Defaults to `1`."""
    recoverGracePeriodSeconds: NotRequired[int]
    """Seconds of good network before tracks return. Between 1 and 10. Defaults to `4`."""
    videoAlwaysEnabled: NotRequired[bool]
    """If true, video is never switched off by degradation."""


class PermissionsInput(TypedDict):
    """What peers of a role may do."""

    endRoom: NotRequired[bool]
    """End the session for everyone. Defaults to `false`."""
    removeOthers: NotRequired[bool]
    """Remove other peers. Defaults to `false`."""
    mute: NotRequired[bool]
    """Mute other peers. Defaults to `false`."""
    unmute: NotRequired[bool]
    """Ask other peers to unmute. Defaults to `false`."""
    changeRole: NotRequired[bool]
    """Change or ask to change the role of other peers. Defaults to `false`."""
    sendRoomState: NotRequired[bool]
    """Receive the room state (peer count, peer list) on the preview screen. Defaults to `false`."""
    pollRead: NotRequired[bool]
    """See polls and quizzes and answer them. Defaults to `false`."""
    pollWrite: NotRequired[bool]
    """Create and change polls and quizzes; includes everything that `pollRead` allows. Defaults to `false`."""
    browserRecording: NotRequired[bool]
    """Start and stop browser recording; needed together with `rtmpStreaming` for RTMP plus recording. Defaults to `true`."""
    rtmpStreaming: NotRequired[bool]
    """Start and stop RTMP streaming; needed together with `browserRecording` for RTMP plus recording. Defaults to `true`."""
    hlsStreaming: NotRequired[bool]
    """Control HLS streams: start, stop, pause and resume their recording, insert timed metadata. Defaults to `true`."""


class TemplateRecordingSettingsInput(TypedDict):
    """Old recording switch, and storage of recordings."""

    enabled: NotRequired[bool]
    """Turns on recording by the media server; use `templates.update_recordings` instead. Defaults to `false`. Deprecated."""
    upload: NotRequired[TemplateUpload | TemplateUploadInput]
    """Your own storage for recordings. Without it, 100ms stores recordings for a limited time."""


class TemplateUploadInput(TypedDict):
    """Your own storage for recordings. Without it, 100ms stores recordings for a limited time."""

    type: StorageType
    """Kind of storage: s3 (AWS), gs (Google), oss (Alibaba) or azure (Microsoft)."""
    location: str
    """Name of the bucket (for Azure, of the container)."""
    prefix: str
    """Path prefix inside the bucket."""
    options: NotRequired[TemplateUploadOptions | TemplateUploadOptionsInput]
    """Further storage options."""
    credentials: NotRequired[TemplateUploadCredentials | TemplateUploadCredentialsInput]
    """Access to the bucket."""


class TemplateUploadOptionsInput(TypedDict):
    """Further storage options."""

    region: NotRequired[str]
    """Region of the bucket; not needed for Azure."""


class TemplateUploadCredentialsInput(TypedDict):
    """Access to the bucket."""

    key: str
    """Access key (for Azure, the storage account name)."""
    secretKey: NotRequired[str]
    """Secret key (for Azure, the storage account key)."""
    secret: NotRequired[str]
    """Same as `secretKey`, under another name."""


class TemplateRoomStateInput(TypedDict):
    """How room state is sent to clients on the preview screen."""

    messageInterval: NotRequired[int]
    """Seconds between two updates, a multiple of 5. Between 5 and 3600."""
    sendPeerList: NotRequired[bool]
    """Send the list of peers. Otherwise only their number is sent."""
    stopRoomStateOnJoin: NotRequired[bool]
    """Stop these updates when the client has joined."""
    enabled: NotRequired[bool]
    """Whether room-state updates are enabled."""


class DestinationsInput(TypedDict):
    """Streaming, recording and transcription configurations, each kind as a map from destination
    name to configuration.

    Pass a name as `destination` to start a recording or stream with it.
    """

    browserRecordings: NotRequired[
        Mapping[str, DestinationBrowserRecording | DestinationBrowserRecordingInput]
    ]
    """Browser recordings by name; use `templates.update_recordings` instead. Deprecated."""
    rtmpDestinations: NotRequired[Mapping[str, DestinationRtmp | DestinationRtmpInput]]
    """RTMP outputs by name."""
    hlsDestinations: NotRequired[Mapping[str, DestinationHls | DestinationHlsInput]]
    """HLS streams by name."""
    transcriptions: NotRequired[
        Mapping[str, DestinationTranscription | DestinationTranscriptionInput]
    ]
    """Transcriptions by name. Post-call transcripts need a recording, so also configure a browser recording or an HLS destination."""


class DestinationBrowserRecordingInput(TypedDict):
    """Browser recording configuration (deprecated)."""

    name: str
    """Name of the configuration."""
    role: str
    """Role with which the recorder joins the room."""
    width: NotRequired[int]
    """Width of the picture in pixels. At most 1920, and at most 1080 if the height is larger."""
    height: NotRequired[int]
    """Height of the picture in pixels. At most 1920, and at most 1080 if the width is larger."""
    maxDuration: NotRequired[int]
    """Maximum duration of the recording in seconds."""
    thumbnails: NotRequired[RecordingConfigThumbnails | RecordingConfigThumbnailsInput]
    """Thumbnails of a recording."""
    presignDuration: NotRequired[int]
    """Validity of presigned download URLs in seconds."""
    autoStart: NotRequired[bool]
    """Start recording when the first peer joins."""
    autoStopTimeout: NotRequired[int]
    """How long to wait before stopping after all peers have left."""


class RecordingConfigThumbnailsInput(TypedDict):
    """Thumbnails of a recording."""

    enabled: NotRequired[bool]
    """Whether to create thumbnails."""
    width: NotRequired[int]
    """Width in pixels."""
    height: NotRequired[int]
    """Height in pixels."""
    offsets: NotRequired[Sequence[int]]
    """Positions in the recording to take thumbnails at."""
    fps: NotRequired[int]
    """Frame rate."""


class DestinationRtmpInput(TypedDict):
    """RTMP-out configuration."""

    name: str
    """Name of the configuration."""
    width: NotRequired[int]
    """Width of the picture in pixels. At most 1920, and at most 1080 if the height is larger."""
    height: NotRequired[int]
    """Height of the picture in pixels. At most 1920, and at most 1080 if the width is larger."""
    maxDuration: NotRequired[int]
    """Maximum duration of the stream in seconds."""
    rtmpUrls: NotRequired[Sequence[str]]
    """RTMP targets. They contain stream keys. At most 3 items."""
    recordingEnabled: NotRequired[bool]
    """Also record the stream. Does not affect streaming."""
    autoStopTimeout: NotRequired[int]
    """How long to wait before stopping after all peers have left."""


class DestinationHlsInput(TypedDict):
    """HLS live stream configuration."""

    name: str
    """Name of the configuration."""
    role: NotRequired[str]
    """Role with which the streaming bot joins."""
    maxDuration: NotRequired[int]
    """Maximum duration of the stream in seconds."""
    layers: NotRequired[Sequence[DestinationHlsLayer | DestinationHlsLayerInput]]
    """Renditions, with decreasing resolution and video bitrate."""
    playlistType: NotRequired[HlsPlaylistType]
    """`event` keeps all segments, `live` a sliding window."""
    numPlaylistSegments: NotRequired[int]
    """Number of segments in the playlist, 2 seconds each. Used only with `playlistType` live. Between 3 and 150. Defaults to `5`."""
    videoFrameRate: NotRequired[int]
    """Frames per second of the stream."""
    enableMetadataInsertion: NotRequired[bool]
    """Allow timed metadata in the stream."""
    enableStaticUrl: NotRequired[bool]
    """Keep the same playback URL for every stream."""
    recording: NotRequired[DestinationHlsRecording | DestinationHlsRecordingInput]
    """Recording of an HLS stream."""
    autoStopTimeout: NotRequired[int]
    """How long to wait before stopping after all peers have left. Also the time in which an RTMP-in broadcaster may reconnect."""


class DestinationHlsLayerInput(TypedDict):
    """One HLS rendition.

    The shorter side must be between 144 and 1080 pixels, the longer between 192 and 1920. Both must
    be even.
    """

    width: NotRequired[int]
    """Width in pixels, even. Between 144 and 1920."""
    height: NotRequired[int]
    """Height in pixels, even. Between 144 and 1920."""
    videoBitrate: NotRequired[int]
    """Video bitrate in kbps."""
    audioBitrate: NotRequired[int]
    """Audio bitrate in kbps."""


class DestinationHlsRecordingInput(TypedDict):
    """Recording of an HLS stream."""

    hlsVod: NotRequired[bool]
    """Create a video-on-demand asset (playlist with all chunks)."""
    singleFilePerLayer: NotRequired[bool]
    """Create one MP4 per layer."""
    enableZipUpload: NotRequired[bool]
    """Upload the VOD as one zip. Only with your own storage; an error with 100ms's storage. Defaults to `false`."""
    layers: NotRequired[Sequence[DestinationHlsLayer | DestinationHlsLayerInput]]
    """Layers to record, a subset of the stream's layers. Defaults to all."""
    thumbnails: NotRequired[RecordingConfigThumbnails | RecordingConfigThumbnailsInput]
    """Thumbnails of a recording."""
    presignDuration: NotRequired[int]
    """Validity of presigned download URLs in seconds."""


class DestinationTranscriptionInput(TypedDict):
    """Transcription and captions configuration."""

    name: str
    """Name of the configuration."""
    role: str
    """Role whose view is transcribed: the roles that it subscribes to. For post-call transcripts, it must be the role of the browser recording."""
    modes: NotRequired[Sequence[TranscriptionMode]]
    """When to transcribe: the recording after the call, captions for HLS viewers, real-time captions in the room."""
    outputModes: NotRequired[Sequence[TranscriptFormat]]
    """File formats of the transcript (recorded mode): plain text, `SubRip`, timed words and sentences."""
    customVocabulary: NotRequired[Sequence[str]]
    """Names and unusual words to recognise."""
    summary: NotRequired[DestinationSummary | DestinationSummaryInput]
    """AI summary of a recorded transcript."""
    translation: NotRequired[DestinationTranslation | DestinationTranslationInput]
    """Translation of captions per role; caption mode only."""


class DestinationSummaryInput(TypedDict):
    """AI summary of a recorded transcript."""

    enabled: NotRequired[bool]
    """Whether the summary is enabled."""
    context: NotRequired[str]
    """What the meeting is about, to help the summary. At most 300 characters."""
    temperature: NotRequired[float]
    """Temperature of the model: low is predictable, high is creative. Between 0.1 and 1.0. Defaults to `0.5`."""
    sections: NotRequired[Sequence[DestinationSummarySection | DestinationSummarySectionInput]]
    """Sections of the summary. At most 6 items."""


class DestinationSummarySectionInput(TypedDict):
    """One section of the summary."""

    title: str
    """Heading of the section. Your own headings are allowed and determine the content. At most 100 characters."""
    format: SummaryFormat
    """Format of the section."""


class DestinationTranslationInput(TypedDict):
    """Translation of captions per role; caption mode only."""

    enabled: NotRequired[bool]
    """Whether translation is enabled."""
    roleLanguages: NotRequired[Mapping[str, str]]
    """Language code of the captions for each role, by role name."""


class TemplatePluginsInput(TypedDict):
    """Plugin configuration of a template."""

    whiteboard: NotRequired[TemplateWhiteboardPlugin | TemplateWhiteboardPluginInput]
    """Whiteboard."""
    transcriptions: NotRequired[TemplateTranscriptionsPlugin | TemplateTranscriptionsPluginInput]
    """Permissions for closed captions."""


class TemplateWhiteboardPluginInput(TypedDict):
    """Whiteboard."""

    permissions: NotRequired[TemplateWhiteboardPermissions | TemplateWhiteboardPermissionsInput]
    """Roles per whiteboard permission. A role may be in several lists."""


class TemplateWhiteboardPermissionsInput(TypedDict):
    """Roles per whiteboard permission. A role may be in several lists."""

    admin: NotRequired[Sequence[str]]
    """Roles that may open, close and view the whiteboard. To draw, a role must also be a writer."""
    writer: NotRequired[Sequence[str]]
    """Roles that may draw on and view the whiteboard. To open or close it, a role must also be an admin."""
    reader: NotRequired[Sequence[str]]
    """Roles that may only view."""


class TemplateTranscriptionsPluginInput(TypedDict):
    """Permissions for closed captions."""

    permissions: NotRequired[
        TemplateTranscriptionsPermissions | TemplateTranscriptionsPermissionsInput
    ]
    """Roles per caption permission."""
    mode: NotRequired[CaptionMode]
    """Transcription mode of the permissions."""


class TemplateTranscriptionsPermissionsInput(TypedDict):
    """Roles per caption permission."""

    admin: NotRequired[Sequence[str]]
    """Roles that may turn captions on and off for everyone in the room."""


class RoleInput(TypedDict):
    """A role to write. Missing fields get their defaults."""

    name: NotRequired[str]
    """Name of the role, unique in the template. Used in auth tokens and room codes. In `put_role`, a different name renames the role. Inside a template, it equals the map key."""
    publishParams: NotRequired[PublishParams | PublishParamsInput]
    """What a role may publish and in which quality."""
    subscribeParams: NotRequired[SubscribeParams | SubscribeParamsInput]
    """What a role receives."""
    permissions: NotRequired[Permissions | PermissionsInput]
    """What peers of a role may do."""
    priority: NotRequired[int]
    """Priority of the role's tracks when the network is bad. 1 is the highest. The service documents 5 as the lowest."""
    maxPeerCount: NotRequired[int]
    """Maximum number of peers with this role in one session. 0 for no limit, -1 for none. At least -1. Defaults to `0`."""


class TemplateSettingsInput(TypedDict):
    """Settings to write."""

    region: NotRequired[Region]
    """Region in which rooms are hosted by default. `auto` selects one automatically."""
    recording: NotRequired[TemplateRecordingSettings | TemplateRecordingSettingsInput | None]
    """Recording switch and storage. If missing or null, 100ms stores recordings."""
    roomState: NotRequired[TemplateRoomState | TemplateRoomStateInput]
    """How room state is sent to clients on the preview screen."""
    retry: NotRequired[Mapping[str, Any]]
    """Undocumented by the service."""


class RecordingConfigInput(TypedDict):
    """How rooms of a template are recorded."""

    name: str
    """Name of the configuration."""
    role: str
    """Role of the template with which the recorder joins."""
    maxDuration: NotRequired[int]
    """Maximum duration of the recording in seconds."""
    presignDuration: NotRequired[int]
    """Validity of presigned download URLs in seconds."""
    thumbnails: NotRequired[RecordingConfigThumbnails | RecordingConfigThumbnailsInput]
    """Thumbnails of a recording."""
    compositeRecording: NotRequired[RecordingConfigComposite | RecordingConfigCompositeInput]
    """One file for the whole room."""
    trackRecording: NotRequired[RecordingConfigTrack | RecordingConfigTrackInput]
    """One file per track. If enabled, recording starts with the first peer and ends with the last. It cannot be started by API."""
    streamRecording: NotRequired[RecordingConfigStream | RecordingConfigStreamInput]
    """One file per stream of a peer. If enabled, recording starts with the first peer and ends with the last. It cannot be started by API."""


class RecordingConfigCompositeInput(TypedDict):
    """One file for the whole room."""

    browserComposite: NotRequired[
        RecordingConfigBrowserComposite | RecordingConfigBrowserCompositeInput
    ]
    """Room composite recorded by a browser that joins as a bot."""
    customComposite: NotRequired[
        RecordingConfigCustomComposite | RecordingConfigCustomCompositeInput
    ]
    """Room composite recorded by the media server. Starts automatically if enabled."""


class RecordingConfigBrowserCompositeInput(TypedDict):
    """Room composite recorded by a browser that joins as a bot."""

    autoStart: NotRequired[bool]
    """Start when the first peer joins. Defaults to `false`."""
    autoStopTimeout: NotRequired[int]
    """How long to wait before stopping after all peers have left."""
    width: NotRequired[int]
    """Width of the picture in pixels. At most 1920, and at most 1080 if the height is larger."""
    height: NotRequired[int]
    """Height of the picture in pixels. At most 1920, and at most 1080 if the width is larger."""
    enabled: NotRequired[bool]
    """Whether browser recording is set up."""


class RecordingConfigCustomCompositeInput(TypedDict):
    """Room composite recorded by the media server. Starts automatically if enabled."""

    enabled: NotRequired[bool]
    """Whether it is enabled. Defaults to `false`."""


class RecordingConfigTrackInput(TypedDict):
    """One file per track.

    If enabled, recording starts with the first peer and ends with the last. It cannot be started by
    API.
    """

    enabled: NotRequired[bool]
    """Whether it is enabled. Defaults to `false`."""


class RecordingConfigStreamInput(TypedDict):
    """One file per stream of a peer.

    If enabled, recording starts with the first peer and ends with the last. It cannot be started by
    API.
    """

    enabled: NotRequired[bool]
    """Whether it is enabled. Defaults to `false`."""
    width: NotRequired[int]
    """Width of the picture in pixels. At most 1920, and at most 1080 if the height is larger."""
    height: NotRequired[int]
    """Height of the picture in pixels. At most 1920, and at most 1080 if the width is larger."""
