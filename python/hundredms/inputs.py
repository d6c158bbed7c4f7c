# @generated from crates/hundredms/src/resources by `cargo xtask gen`; do not edit.
"""What arguments hold as plain dictionaries, under the names that the service has for it."""

from __future__ import annotations

from typing import Any, TypedDict

from ._typing import NotRequired
from collections.abc import Mapping, Sequence

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
    """Region of the bucket, not needed for azure."""


class RoomWebhookInput(TypedDict):
    """Webhook target of a single room.

    When set, the workspace webhook is not used for this room.
    """

    url: str
    """Address that events are posted to."""
    headers: NotRequired[Mapping[str, str]]
    """Extra HTTP headers sent with every event."""


class RecordingInfoInput(TypedDict):
    """SFU recording settings of a room.

    One unit - sending it detaches the room from its template's recording settings.
    """

    enabled: NotRequired[bool]
    """Default: `false`."""
    upload_info: NotRequired[UploadInfoInput]
    """Where to store recordings. Leave the whole object out to let 100ms keep them (for 15 days)."""
    polls: NotRequired[Sequence[str]]
    """Poll ids; listed here by one page, most likely by mistake. Use the room's own `polls`. Deprecated."""


class UploadInfoInput(TypedDict):
    """Where to store recordings.

    Leave the whole object out to let 100ms keep them (for 15 days).
    """

    type: StorageType
    """s3 = AWS, gs = Google Cloud, oss = Alibaba Cloud, azure = Azure Blob Storage."""
    location: str
    """Bucket (azure - container) name."""
    prefix: NotRequired[str]
    """Path prefix inside the bucket; the customer id when none is set (said of template storage)."""
    options: NotRequired[UploadOptions | UploadOptionsInput]
    """Storage options."""
    credentials: NotRequired[UploadCredentialsInput]
    """Credentials with read (`GetObject`) and write (`PutObject`) access to the bucket."""


class UploadCredentialsInput(TypedDict):
    """Credentials with read (`GetObject`) and write (`PutObject`) access to the bucket."""

    key: str
    """Access key (azure - storage account name)."""
    secret: str
    """Secret key (azure - storage account key)."""


class ResolutionInput(TypedDict):
    """Frame size in pixels, shared by recordings and streams."""

    width: int
    """500 to 1920. Default: `1280`."""
    height: int
    """480 to 1920. Default: `720`."""


class TranscriptionConfig(TypedDict):
    """Transcription of a recording after it has completed.

    English only; not available for room-composite-legacy recordings. Assets are listed as
    `processing` right after the recording has completed and are ready after roughly 20 % of its
    length, at least 5 minutes.
    """

    enabled: NotRequired[bool]
    """Whether to transcribe. Must be true unless the template already has transcription on."""
    output_modes: NotRequired[Sequence[TranscriptFormat]]
    """File formats of the transcript, one asset each: plain text, subtitles, or words and sentences with times."""
    custom_vocabulary: NotRequired[Sequence[str]]
    """Names, abbreviations and jargon likely to be spoken."""
    summary: NotRequired[SummaryConfigInput]
    """How to summarise the transcript."""


class SummaryConfigInput(TypedDict):
    """How to summarise the transcript."""

    enabled: NotRequired[bool]
    """Whether to make a summary."""
    context: NotRequired[str]
    """Hint about the meeting that helps the model. At most 300 characters."""
    temperature: NotRequired[float]
    """Freedom of the model: low is predictable, high is creative. 0.1 to 1.0. Default: `0.5`."""
    sections: NotRequired[Sequence[SummarySectionInput]]
    """Sections wanted, at most six. At most 6 items."""


class SummarySectionInput(TypedDict):
    """A section wanted in the summary."""

    title: str
    """Heading of the section; free text, the summary adapts to it. At most 100 characters."""
    format: SummaryFormat
    """Rendering of the section."""


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
    """Whether to transcribe. Must be true unless the template already has transcription on."""
    modes: NotRequired[Sequence[StreamTranscriptionMode]]
    """recorded: transcribe the recording afterwards; live: captions in the HLS stream."""
    output_modes: NotRequired[Sequence[TranscriptFormat]]
    """File formats of the transcript, one asset each: plain text, subtitles, or words and sentences with times."""
    custom_vocabulary: NotRequired[Sequence[str]]
    """Names, abbreviations and jargon likely to be spoken."""
    summary: NotRequired[SummaryConfigInput]
    """How to summarise the transcript."""


class PollQuestionInput(TypedDict):
    """One question with its options and its right answer."""

    index: NotRequired[int]
    """Position of the question, unique in the poll, counted from 1; used as `question_id` in paths. At least 1."""
    text: NotRequired[str]
    """Wording of the question."""
    format: NotRequired[str]
    """How `text` is to be read; `text` unless set. Default: `text`."""
    type: NotRequired[PollQuestionType]
    """Kind of question: pick one option, pick several, or write a short or a long text."""
    attachment: NotRequired[Sequence[PollAttachment | PollAttachmentInput]]
    """Media shown with the question."""
    skippable: NotRequired[bool]
    """Whether a participant may pass over the question. Default: `true`."""
    duration: NotRequired[int]
    """Seconds the question is shown. At least 0."""
    once: NotRequired[bool]
    """If true an answer once sent cannot be changed. Default: `false`."""
    weight: NotRequired[int]
    """How much the question counts in scores. Default: `1`."""
    answer_min_len: NotRequired[int]
    """Fewest characters of a short or long text answer. At least 0."""
    answer_max_len: NotRequired[int]
    """Most characters of a short or long text answer. At least 0."""
    answer: NotRequired[PollAnswer | PollAnswerInput]
    """Right answer of a quiz question."""
    options: NotRequired[Sequence[PollOption | PollOptionInput]]
    """Choices of a choice question."""


class PollAttachmentInput(TypedDict):
    """Media file of a question."""

    type: NotRequired[str]
    """MIME type of the file."""
    url: NotRequired[str]
    """Where the file can be fetched."""


class PollAnswerInput(TypedDict):
    """Right answer of a quiz question."""

    hidden: NotRequired[bool]
    """If true the answer is withheld while the poll runs."""
    options: NotRequired[Sequence[int]]
    """Indexes of the options that make up the right answer. At least 1."""
    text: NotRequired[str]
    """Right answer of a text question."""
    case: NotRequired[bool]
    """If false, upper and lower case count as equal when comparing."""
    trim: NotRequired[bool]
    """If true, blanks at both ends of the given answer are dropped before comparing."""


class PollOptionInput(TypedDict):
    """One choice of a question."""

    index: NotRequired[int]
    """Position of the option, unique in the question, counted from 1; used as `option_id` in paths. At least 1."""
    text: NotRequired[str]
    """Label of the option."""
    weight: NotRequired[int]
    """How much the option counts."""


class PublishParamsInput(TypedDict):
    """What a role may publish and in which quality."""

    allowed: NotRequired[Sequence[PublishKind]]
    """Kinds of track the role may publish; empty for none. All of them where a request leaves it out."""
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
    """Highest bitrate in kbps. 16 to 128. Default: `32`."""
    codec: NotRequired[AudioCodec]
    """Audio codec. Default: `opus`."""


class VideoPublishParamsInput(TypedDict):
    """Quality of published camera video."""

    bitRate: NotRequired[int]
    """Highest bitrate in kbps. 30 to 2000. Default: `256`."""
    codec: NotRequired[VideoCodec]
    """Video codec. Default: `vp8`."""
    frameRate: NotRequired[int]
    """Highest number of frames per second. 1 to 30. Default: `25`."""
    height: NotRequired[int]
    """Height in pixels. 50 to 1080. Default: `180`."""
    width: NotRequired[int]
    """Width in pixels. 50 to 1920. Default: `320`."""


class ScreenPublishParamsInput(TypedDict):
    """Quality of published screen shares."""

    bitRate: NotRequired[int]
    """Highest bitrate in kbps. At least 500. Default: `1024`."""
    codec: NotRequired[VideoCodec]
    """Video codec. Default: `vp8`."""
    frameRate: NotRequired[int]
    """Highest number of frames per second. 1 to 30. Default: `10`."""
    height: NotRequired[int]
    """Height in pixels. 270 to 1080. Default: `720`."""
    width: NotRequired[int]
    """Width in pixels. 480 to 1920. Default: `1280`."""


class SimulcastParamsInput(TypedDict):
    """Simulcast layers per kind of video."""

    video: NotRequired[SimulcastLayers | SimulcastLayersInput]
    """List of simulcast layers; an empty object means no simulcast."""
    screen: NotRequired[SimulcastLayers | SimulcastLayersInput]
    """List of simulcast layers; an empty object means no simulcast."""


class SimulcastLayersInput(TypedDict):
    """List of simulcast layers; an empty object means no simulcast."""

    layers: NotRequired[Sequence[SimulcastLayer | SimulcastLayerInput]]
    """At most three layers, best first. The first must be `f` with scale 1.0; every next one must have a lower rid and a strictly larger scale; no rid twice. At most 3 items."""


class SimulcastLayerInput(TypedDict):
    """One encoding of a video track."""

    rid: SimulcastRid
    """RTP stream id of the layer; ordered f > h > q (full, half, quarter), strictly falling through the list."""
    scaleResolutionDownBy: float
    """Factor by which the picture is shrunk; strictly larger than in the layer before, 1.0 for the first layer. 1.0 to 12.0."""
    maxBitrate: NotRequired[int]
    """Highest bitrate in kbps. 0 to 2000. Default: `0`."""
    maxFramerate: int
    """Highest number of frames per second. 1 to 30."""


class SubscribeParamsInput(TypedDict):
    """What a role receives."""

    subscribeToRoles: NotRequired[Sequence[str]]
    """Names of the roles whose tracks are received."""
    maxSubsBitRate: NotRequired[int]
    """Highest total bitrate received, in kbps."""
    subscribeDegradation: NotRequired[SubscribeDegradation | SubscribeDegradationInput]
    """When received video is muted under packet loss and brought back; its presence also turns on simulcast for screen shares."""


class SubscribeDegradationInput(TypedDict):
    """When received video is muted under packet loss and brought back; its presence also turns on
    simulcast for screen shares.
    """

    packetLossThreshold: NotRequired[int]
    """Packet loss (percent) at which degrading starts. 1 to 100. Default: `50`."""
    degradeGracePeriodSeconds: NotRequired[int]
    """Seconds the loss must last before tracks are degraded. 1 to 10. Default: `1`."""
    recoverGracePeriodSeconds: NotRequired[int]
    """Seconds of good network before tracks come back. 1 to 10. Default: `4`."""
    videoAlwaysEnabled: NotRequired[bool]
    """If true, video is never switched off by degradation."""


class PermissionsInput(TypedDict):
    """What peers of a role may do."""

    endRoom: NotRequired[bool]
    """End the session for everyone. Default: `false`."""
    removeOthers: NotRequired[bool]
    """Remove other peers. Default: `false`."""
    mute: NotRequired[bool]
    """Mute other peers. Default: `false`."""
    unmute: NotRequired[bool]
    """Ask other peers to unmute. Default: `false`."""
    changeRole: NotRequired[bool]
    """Change or ask to change the role of other peers. Default: `false`."""
    sendRoomState: NotRequired[bool]
    """Receive the room state (peer count, peer list) on the preview screen. Default: `false`."""
    pollRead: NotRequired[bool]
    """See polls and quizzes and answer them. Default: `false`."""
    pollWrite: NotRequired[bool]
    """Create and change polls and quizzes; includes everything that `pollRead` gives. Default: `false`."""
    browserRecording: NotRequired[bool]
    """Start and stop browser recording; needed together with `rtmpStreaming` for RTMP plus recording. Default: `true`."""
    rtmpStreaming: NotRequired[bool]
    """Start and stop RTMP streaming; needed together with `browserRecording` for RTMP plus recording. Default: `true`."""
    hlsStreaming: NotRequired[bool]
    """Control HLS streams: start, stop, pause and resume their recording, insert timed metadata. Default: `true`."""


class TemplateRecordingSettingsInput(TypedDict):
    """Old recording switch and storage of recordings."""

    enabled: NotRequired[bool]
    """Turns on recording by the media server; use the recordings call of the template instead. Default: `false`. Deprecated."""
    upload: NotRequired[TemplateUpload | TemplateUploadInput]
    """Own storage for recordings; without it recordings stay with 100ms for a limited time."""


class TemplateUploadInput(TypedDict):
    """Own storage for recordings; without it recordings stay with 100ms for a limited time."""

    type: StorageType
    """Which cloud storage: s3 at AWS, gs at Google, oss at Alibaba, azure at Microsoft."""
    location: str
    """Name of the bucket (of the container for Azure)."""
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
    """Access key (storage account name for Azure)."""
    secretKey: NotRequired[str]
    """Secret key (storage account key for Azure)."""
    secret: NotRequired[str]
    """Same as `secretKey`, seen under this name in one sample answer."""


class TemplateRoomStateInput(TypedDict):
    """How room state is sent to clients on the preview screen."""

    messageInterval: NotRequired[int]
    """Seconds between two updates, a multiple of 5. 5 to 3600."""
    sendPeerList: NotRequired[bool]
    """Send the list of peers; otherwise only their number is sent."""
    stopRoomStateOnJoin: NotRequired[bool]
    """Stop these updates once the client has joined."""
    enabled: NotRequired[bool]
    """Turns room-state updates on."""


class DestinationsInput(TypedDict):
    """Streaming, recording and transcription configurations, each kind a map from destination name
    to configuration.

    The names can be passed as `destination` when a recording or stream is started.
    """

    browserRecordings: NotRequired[
        Mapping[str, DestinationBrowserRecording | DestinationBrowserRecordingInput]
    ]
    """Browser recordings by name; use the recordings call of the template instead. Deprecated."""
    rtmpDestinations: NotRequired[Mapping[str, DestinationRtmp | DestinationRtmpInput]]
    """RTMP outputs by name."""
    hlsDestinations: NotRequired[Mapping[str, DestinationHls | DestinationHlsInput]]
    """HLS streams by name."""
    transcriptions: NotRequired[
        Mapping[str, DestinationTranscription | DestinationTranscriptionInput]
    ]
    """Transcriptions by name; post-call transcripts also need a recording, so a browser recording or an HLS destination must be configured as well."""


class DestinationBrowserRecordingInput(TypedDict):
    """Browser recording configuration (deprecated)."""

    name: str
    """Name of the configuration."""
    role: str
    """Role with which the recorder joins the room."""
    width: NotRequired[int]
    """Width of the picture in pixels. At most 1920, and 1080 where the height is more."""
    height: NotRequired[int]
    """Height of the picture in pixels. At most 1920, and 1080 where the width is more."""
    maxDuration: NotRequired[int]
    """Longest recording in seconds."""
    thumbnails: NotRequired[RecordingConfigThumbnails | RecordingConfigThumbnailsInput]
    """Thumbnails of a recording."""
    presignDuration: NotRequired[int]
    """Seconds for which pre-signed download URLs stay valid."""
    autoStart: NotRequired[bool]
    """Start recording when the first peer joins."""
    autoStopTimeout: NotRequired[int]
    """How long to wait after all peers left before stopping."""


class RecordingConfigThumbnailsInput(TypedDict):
    """Thumbnails of a recording."""

    enabled: NotRequired[bool]
    """Make thumbnails."""
    width: NotRequired[int]
    """Width in pixels."""
    height: NotRequired[int]
    """Height in pixels."""
    offsets: NotRequired[Sequence[int]]
    """Points of the recording to take thumbnails at."""
    fps: NotRequired[int]
    """Frame rate."""


class DestinationRtmpInput(TypedDict):
    """RTMP-out configuration."""

    name: str
    """Name of the configuration."""
    width: NotRequired[int]
    """Width of the picture in pixels. At most 1920, and 1080 where the height is more."""
    height: NotRequired[int]
    """Height of the picture in pixels. At most 1920, and 1080 where the width is more."""
    maxDuration: NotRequired[int]
    """Longest stream in seconds."""
    rtmpUrls: NotRequired[Sequence[str]]
    """Targets to push to; they contain stream keys. At most 3 items."""
    recordingEnabled: NotRequired[bool]
    """Record the stream as well; does not affect streaming."""
    autoStopTimeout: NotRequired[int]
    """How long to wait after all peers left before stopping."""


class DestinationHlsInput(TypedDict):
    """HLS live stream configuration."""

    name: str
    """Name of the configuration."""
    role: NotRequired[str]
    """Role with which the streaming bot joins."""
    maxDuration: NotRequired[int]
    """Longest stream in seconds."""
    layers: NotRequired[Sequence[DestinationHlsLayer | DestinationHlsLayerInput]]
    """Renditions, falling in resolution and video bitrate."""
    playlistType: NotRequired[HlsPlaylistType]
    """`event` keeps all segments, `live` a sliding window."""
    numPlaylistSegments: NotRequired[int]
    """Segments in the playlist, 2 seconds each; only used with `playlistType` live. 3 to 150. Default: `5`."""
    videoFrameRate: NotRequired[int]
    """Frames per second of the stream."""
    enableMetadataInsertion: NotRequired[bool]
    """Allow timed metadata in the stream."""
    enableStaticUrl: NotRequired[bool]
    """Keep the same playback URL for every stream."""
    recording: NotRequired[DestinationHlsRecording | DestinationHlsRecordingInput]
    """Recording of an HLS stream."""
    autoStopTimeout: NotRequired[int]
    """How long to wait after all peers left before stopping; also the window in which an RTMP-in broadcaster may reconnect."""


class DestinationHlsLayerInput(TypedDict):
    """One HLS rendition.

    The shorter side must be within 144-1080, the longer within 192-1920 pixels; both sides even.
    """

    width: NotRequired[int]
    """Width in pixels, even. 144 to 1920."""
    height: NotRequired[int]
    """Height in pixels, even. 144 to 1920."""
    videoBitrate: NotRequired[int]
    """Video bitrate in kbps."""
    audioBitrate: NotRequired[int]
    """Audio bitrate in kbps."""


class DestinationHlsRecordingInput(TypedDict):
    """Recording of an HLS stream."""

    hlsVod: NotRequired[bool]
    """Make a video-on-demand asset (playlist with all chunks)."""
    singleFilePerLayer: NotRequired[bool]
    """Make one MP4 per layer."""
    enableZipUpload: NotRequired[bool]
    """Upload the VOD as one zip; only with own storage configured, an error with 100ms storage. Default: `false`."""
    layers: NotRequired[Sequence[DestinationHlsLayer | DestinationHlsLayerInput]]
    """Layers to record, a subset of the layers of the stream; all of them if missing."""
    thumbnails: NotRequired[RecordingConfigThumbnails | RecordingConfigThumbnailsInput]
    """Thumbnails of a recording."""
    presignDuration: NotRequired[int]
    """Seconds for which pre-signed download URLs stay valid."""


class DestinationTranscriptionInput(TypedDict):
    """Transcription and captions configuration."""

    name: str
    """Name of the configuration."""
    role: str
    """Role whose view is transcribed: the roles it subscribes to are transcribed. For post-call transcripts it must be the role of the browser recording."""
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
    """Turns the summary on."""
    context: NotRequired[str]
    """What the meeting is about, to help the summary. At most 300 characters."""
    temperature: NotRequired[float]
    """Creativity: low is predictable, high is free. 0.1 to 1.0. Default: `0.5`."""
    sections: NotRequired[Sequence[DestinationSummarySection | DestinationSummarySectionInput]]
    """Sections of the summary. At most 6 items."""


class DestinationSummarySectionInput(TypedDict):
    """One section of the summary."""

    title: str
    """Heading of the section; own headings are allowed and steer the content. At most 100 characters."""
    format: SummaryFormat
    """Layout of the section."""


class DestinationTranslationInput(TypedDict):
    """Translation of captions per role; caption mode only."""

    enabled: NotRequired[bool]
    """Turns translation on."""
    roleLanguages: NotRequired[Mapping[str, str]]
    """Language code by role name: what captions that role gets."""


class TemplatePluginsInput(TypedDict):
    """Plugin configuration of a template."""

    whiteboard: NotRequired[TemplateWhiteboardPlugin | TemplateWhiteboardPluginInput]
    """Whiteboard."""
    transcriptions: NotRequired[TemplateTranscriptionsPlugin | TemplateTranscriptionsPluginInput]
    """Rights for closed captions."""


class TemplateWhiteboardPluginInput(TypedDict):
    """Whiteboard."""

    permissions: NotRequired[TemplateWhiteboardPermissions | TemplateWhiteboardPermissionsInput]
    """Roles per right on the whiteboard; a role may be in several lists."""


class TemplateWhiteboardPermissionsInput(TypedDict):
    """Roles per right on the whiteboard; a role may be in several lists."""

    admin: NotRequired[Sequence[str]]
    """Roles that may open, close and view it (not draw, unless also a writer)."""
    writer: NotRequired[Sequence[str]]
    """Roles that may draw and view (not open or close, unless also an admin)."""
    reader: NotRequired[Sequence[str]]
    """Roles that may only view."""


class TemplateTranscriptionsPluginInput(TypedDict):
    """Rights for closed captions."""

    permissions: NotRequired[
        TemplateTranscriptionsPermissions | TemplateTranscriptionsPermissionsInput
    ]
    """Roles per right on captions."""
    mode: NotRequired[CaptionMode]
    """Transcription mode that the rights are about."""


class TemplateTranscriptionsPermissionsInput(TypedDict):
    """Roles per right on captions."""

    admin: NotRequired[Sequence[str]]
    """Roles that may turn captions on and off for everyone in the room."""


class RoleInput(TypedDict):
    """A role to write; every missing part is filled with defaults."""

    name: NotRequired[str]
    """Name of the role, unique in the template; used in auth tokens and room codes. In `put_role` a value other than the path renames the role; inside a template body it repeats the map key."""
    publishParams: NotRequired[PublishParams | PublishParamsInput]
    """What a role may publish and in which quality."""
    subscribeParams: NotRequired[SubscribeParams | SubscribeParamsInput]
    """What a role receives."""
    permissions: NotRequired[Permissions | PermissionsInput]
    """What peers of a role may do."""
    priority: NotRequired[int]
    """Order in which tracks of the roles are degraded under bad network: 1 is the highest priority, and the service documents 5 as the lowest."""
    maxPeerCount: NotRequired[int]
    """How many peers may hold this role in one session: 0 for no limit, n for at most n, -1 for none at all. At least -1. Default: `0`."""


class TemplateSettingsInput(TypedDict):
    """Settings to write."""

    region: NotRequired[Region]
    """Region in which rooms are hosted unless the room says otherwise; `auto` picks one automatically."""
    recording: NotRequired[TemplateRecordingSettings | TemplateRecordingSettingsInput | None]
    """Recording switch and storage; leave out (or null) to store with 100ms."""
    roomState: NotRequired[TemplateRoomState | TemplateRoomStateInput]
    """How room state is sent to clients on the preview screen."""
    retry: NotRequired[Mapping[str, Any]]
    """Undocumented; the update sample sends back the empty object it got."""


class RecordingConfigInput(TypedDict):
    """How rooms of a template are recorded."""

    name: str
    """Name of the configuration."""
    role: str
    """A role of the template; the recorder joins with it."""
    maxDuration: NotRequired[int]
    """Longest recording in seconds."""
    presignDuration: NotRequired[int]
    """Seconds for which pre-signed download URLs stay valid."""
    thumbnails: NotRequired[RecordingConfigThumbnails | RecordingConfigThumbnailsInput]
    """Thumbnails of a recording."""
    compositeRecording: NotRequired[RecordingConfigComposite | RecordingConfigCompositeInput]
    """One file for the whole room."""
    trackRecording: NotRequired[RecordingConfigTrack | RecordingConfigTrackInput]
    """One file per track; when on it starts with the first peer and ends with the last, and cannot be started by API."""
    streamRecording: NotRequired[RecordingConfigStream | RecordingConfigStreamInput]
    """One file per stream of a peer; when on it starts with the first peer and ends with the last, and cannot be started by API."""


class RecordingConfigCompositeInput(TypedDict):
    """One file for the whole room."""

    browserComposite: NotRequired[
        RecordingConfigBrowserComposite | RecordingConfigBrowserCompositeInput
    ]
    """Room composite made by a browser that joins as a bot."""
    customComposite: NotRequired[
        RecordingConfigCustomComposite | RecordingConfigCustomCompositeInput
    ]
    """Room composite made by the media server; starts by itself when on."""


class RecordingConfigBrowserCompositeInput(TypedDict):
    """Room composite made by a browser that joins as a bot."""

    autoStart: NotRequired[bool]
    """Start when the first peer joins. Default: `false`."""
    autoStopTimeout: NotRequired[int]
    """How long to wait after all peers left before stopping."""
    width: NotRequired[int]
    """Width of the picture in pixels. At most 1920, and 1080 where the height is more."""
    height: NotRequired[int]
    """Height of the picture in pixels. At most 1920, and 1080 where the width is more."""
    enabled: NotRequired[bool]
    """Whether browser recording is set up."""


class RecordingConfigCustomCompositeInput(TypedDict):
    """Room composite made by the media server; starts by itself when on."""

    enabled: NotRequired[bool]
    """Turns it on. Default: `false`."""


class RecordingConfigTrackInput(TypedDict):
    """One file per track; when on it starts with the first peer and ends with the last, and cannot
    be started by API.
    """

    enabled: NotRequired[bool]
    """Turns it on. Default: `false`."""


class RecordingConfigStreamInput(TypedDict):
    """One file per stream of a peer; when on it starts with the first peer and ends with the last,
    and cannot be started by API.
    """

    enabled: NotRequired[bool]
    """Turns it on. Default: `false`."""
    width: NotRequired[int]
    """Width of the picture in pixels. At most 1920, and 1080 where the height is more."""
    height: NotRequired[int]
    """Height of the picture in pixels. At most 1920, and 1080 where the width is more."""
