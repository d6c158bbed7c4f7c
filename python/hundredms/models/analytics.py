# @generated from crates/hundredms/src/resources/analytics.rs by `cargo xtask gen`; do not edit.
"""Models of analytics."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar, Literal, TypeAlias

import msgspec

from .._model import Model, OpenUnion, SecretModel
from .active_rooms import TrackType

if TYPE_CHECKING:
    AnalyticsEventType: TypeAlias = (
        Literal[
            "track.add.success",
            "track.update.success",
            "track.remove.success",
            "beam.recording.success",
            "client.publish.failed",
            "client.subscribe.failed",
            "client.join.failed",
            "client.disconnected",
            "client.connect.failed",
        ]
        | str
    )
    """Type of an analytics event."""

    VideoSource: TypeAlias = Literal["regular", "screen"] | str
    """Where a video comes from."""

    ClientAction: TypeAlias = (
        Literal["PUBLISH", "SUBSCRIBE", "JOIN", "RECONNECT_SIGNAL", "INIT"] | str
    )
    """Action of a client that failed."""

    AnalyticsDomain: TypeAlias = Literal["HMS", "CUSTOM"] | str
    """Origin of the client app."""

    TransportState: TypeAlias = Literal["Preview", "Connecting"] | str
    """State of a client's connection when it failed."""

    QualityLayer: TypeAlias = Literal["h", "m", "l"] | str
    """Simulcast layer: high, medium, low."""

    DeliveryStatus: TypeAlias = Literal["all", "failed", "success"] | str
    """Outcome of a delivery."""

    WebhookEventName: TypeAlias = (
        Literal[
            "session.open.success",
            "session.close.success",
            "peer.join.success",
            "peer.leave.success",
            "recording.success",
            "recording.failed",
            "transcription.success",
            "beam.started.success",
            "beam.stopped.success",
            "beam.recording.success",
            "hls.recording.success",
            "stream.recording.success",
            "peer.join.failure",
            "peer.leave.failure",
            "room.end.success",
            "room.end.failure",
            "role.change.success",
            "role.change.failure",
            "track.recording.started.success",
            "track.recording.success",
            "track.recording.failure",
            "stream.recording.failure",
            "beam.failure",
            "hls.started.success",
            "hls.stopped.success",
            "hls.failure",
            "transcription.started.success",
            "transcription.failure",
            "ingest.start.success",
            "ingest.end.success",
            "ingest.start.failure",
            "ingest.failure",
        ]
        | str
    )
    """Webhook event whose deliveries can be listed and replayed. The service documents only the first twelve."""

    WebhookReport: TypeAlias = Literal["reporter.webhook.delivery.failed"] | str
    """Kind of an entry of the webhook log."""

    WebhookReplayStart: TypeAlias = Literal["started", "already_running"] | str
    """Whether a replay was started."""

    WebhookReplayState: TypeAlias = (
        Literal[
            "Running", "completed", "completed_with_failures", "failed", "Canceled", "Terminated"
        ]
        | str
    )
    """State of a replay."""
else:
    # The service may add words, and msgspec reads no union of words and text.
    AnalyticsEventType = str
    VideoSource = str
    ClientAction = str
    AnalyticsDomain = str
    TransportState = str
    QualityLayer = str
    DeliveryStatus = str
    WebhookEventName = str
    WebhookReport = str
    WebhookReplayStart = str
    WebhookReplayState = str


class AnalyticsEventList(Model, frozen=True, kw_only=True):
    """A page of analytics events."""

    limit: int
    """Number of events in this page."""
    total: int
    """Total number of matching events."""
    next: str | None = None
    """Cursor of the next page. Empty on the last page."""
    events: list[AnalyticsEvent]
    """Items on this page."""


class AnalyticsTrackEvent(Model, frozen=True, kw_only=True):
    """A peer added, muted/unmuted or removed a track."""

    version: str
    """Version of the event format, `2.0`."""
    id: str
    """Id of the event (UUID)."""
    timestamp: datetime | None = None
    """When the event happened."""
    type: AnalyticsEventType
    """Name of the event."""
    data: AnalyticsTrackEventData
    """Data of a track event."""


class AnalyticsTrackEventData(Model, frozen=True, kw_only=True):
    """Data of a track event."""

    room_id: str
    """Id of the Room."""
    session_id: str
    """Id of the Session."""
    room_name: str
    """Name of the room."""
    peer_id: str
    """Id of the Peer."""
    user_id: str
    """Your own user id."""
    user_name: str
    """Name of the peer."""
    joined_at: datetime | None = None
    """When the peer joined."""
    role: str
    """Role of the peer."""
    track_id: str
    """Id of the Track."""
    stream_id: str
    """Internal stream the track belongs to."""
    type: TrackType
    """Kind of track."""
    source: VideoSource
    """Where the media comes from: camera/microphone or screen share."""
    mute: bool
    """Whether the track was muted at that time."""
    started_at: datetime | None = None
    """When the track began."""
    stopped_at: datetime | None = None
    """When the track ended; in `track.remove.success` only."""


class AnalyticsRecordingEvent(Model, frozen=True, kw_only=True):
    """A browser recording was made and uploaded."""

    version: str
    """Version of the event format, `2.0`."""
    id: str
    """Id of the event (UUID)."""
    timestamp: datetime | None = None
    """When the event happened."""
    type: AnalyticsEventType
    """Name of the event."""
    data: AnalyticsRecordingEventData
    """Data of a recording event."""


class AnalyticsRecordingEventData(SecretModel, frozen=True, kw_only=True):
    """Data of a recording event."""

    _secrets: ClassVar[frozenset[str]] = frozenset({"recording_presigned_url", "meeting_url"})

    beam_id: str
    """Beam that recorded."""
    room_id: str
    """Id of the Room."""
    peer_id: str
    """Peer id of the bot or of the requester."""
    session_id: str
    """Id of the Session."""
    template_id: str
    """Template of the room."""
    created_at: datetime | None = None
    """When the recording was created."""
    duration: int
    """Length in seconds."""
    location: str | None = None
    """HTTPS URL of the file; superseded by `recording_presigned_url`. Deprecated."""
    started_at: datetime | None = None
    """Start of the recording."""
    stopped_at: datetime | None = None
    """End of the recording."""
    max_width: int
    """Largest recorded width in pixels."""
    max_height: int
    """Largest recorded height in pixels."""
    recording_path: str
    """Storage path of the file."""
    recording_presigned_url: str
    """Signed download URL."""
    meeting_url: str
    """URL that the bot opens."""
    rtmp: list[AnalyticsRtmpTarget] = []
    """RTMP targets given at the start."""
    session_started_at: datetime | None = None
    """Start of the session."""
    size: int
    """Size in bytes."""


class AnalyticsRtmpTarget(SecretModel, frozen=True, kw_only=True):
    """An RTMP target of a beam."""

    _secrets: ClassVar[frozenset[str]] = frozenset({"url"})

    url: str
    """RTMP URL."""


class AnalyticsPublishFailedEvent(Model, frozen=True, kw_only=True):
    """A peer could not publish audio or video."""

    version: str
    """Version of the event format, `2.0`."""
    id: str
    """Id of the event (UUID)."""
    timestamp: datetime | None = None
    """When the event happened."""
    type: AnalyticsEventType
    """Name of the event."""
    data: AnalyticsPublishFailedEventData
    """Data of `client.publish.failed`."""


class AnalyticsPublishFailedEventData(Model, frozen=True, kw_only=True):
    """Data of `client.publish.failed`."""

    user_id: str
    """Your own user id."""
    user_name: str
    """Name of the peer."""
    peer_id: str
    """Id of the Peer."""
    account_id: str
    """Id of the 100ms account."""
    room_id: str
    """Id of the Room."""
    session_id: str | None = None
    """Id of the session. May be absent."""
    room_name: str | None = None
    """Name of the room."""
    template_id: str | None = None
    """Template of the room."""
    role: str | None = None
    """Role of the peer."""
    error_code: int
    """100ms error code."""
    error_name: str
    """Short name of the error."""
    error_message: str
    """Error message."""
    error_description: str
    """Error details."""
    is_terminal: bool
    """True if the SDK gave up. If false, the SDK retried, so the action may have succeeded later."""
    action: ClientAction
    """Action of the client that failed, for example `PUBLISH`."""
    domain: AnalyticsDomain | None = None
    """Whether the event comes from a 100ms app or your own app."""
    audio: AnalyticsAudioConfig | None = None
    """Audio settings of the peer."""
    video: AnalyticsVideoConfig | None = None
    """Video settings of the peer."""
    devices: AnalyticsDevices | None = None
    """Devices of the peer."""
    agent: AnalyticsUserAgent
    """Client software of the peer."""


class AnalyticsAudioConfig(Model, frozen=True, kw_only=True):
    """Audio settings of the peer."""

    max_bitrate: int | None = msgspec.field(name="maxBitrate", default=None)
    """Bitrate limit."""
    device_id: str | None = msgspec.field(name="deviceId", default=None)
    """Device in use."""
    volume: float | None = None
    """Volume."""
    codec: str | None = None
    """Codec."""


class AnalyticsVideoConfig(Model, frozen=True, kw_only=True):
    """Video settings of the peer."""

    device_id: str | None = msgspec.field(name="deviceId", default=None)
    """Device in use."""
    max_framerate: int | None = msgspec.field(name="maxFramerate", default=None)
    """Frame rate limit."""
    max_bitrate: int | None = msgspec.field(name="maxBitrate", default=None)
    """Bitrate limit."""
    codec: str | None = None
    """Codec."""
    height: int | None = None
    """Height in pixels."""
    width: int | None = None
    """Width in pixels."""


class AnalyticsDevices(Model, frozen=True, kw_only=True):
    """Devices of the peer."""

    video_input: list[Any] = msgspec.field(name="videoInput", default=[])
    """Cameras."""
    audio_input: list[Any] = msgspec.field(name="audioInput", default=[])
    """Microphones."""
    audio_output: list[Any] = msgspec.field(name="audioOutput", default=[])
    """Speakers."""


class AnalyticsUserAgent(Model, frozen=True, kw_only=True):
    """Client software of the peer."""

    sdk: str | None = None
    """SDK kind, e.g. web."""
    sdk_version: str | None = None
    """SDK version."""
    framework: str | None = None
    """Framework, e.g. react-web."""
    framework_version: str | None = None
    """Framework version."""
    framework_sdk_version: str | None = None
    """Version of the framework SDK."""
    os: str | None = None
    """Operating system."""
    os_version: str | None = None
    """Its version."""
    device_model: str | None = None
    """Device or browser."""
    is_prebuilt: bool | None = None
    """Whether the 100ms prebuilt UI was used."""
    domain: AnalyticsDomain | None = None
    """HMS for a 100ms app, CUSTOM for your own app."""
    string: str | None = None
    """The unparsed agent string, comma-separated key:value pairs (has `env` too)."""


class AnalyticsSubscribeFailedEvent(Model, frozen=True, kw_only=True):
    """A peer could not receive the media of others."""

    version: str
    """Version of the event format, `2.0`."""
    id: str
    """Id of the event (UUID)."""
    timestamp: datetime | None = None
    """When the event happened."""
    type: AnalyticsEventType
    """Name of the event."""
    data: AnalyticsSubscribeFailedEventData
    """Data of `client.subscribe.failed`."""


class AnalyticsSubscribeFailedEventData(Model, frozen=True, kw_only=True):
    """Data of `client.subscribe.failed`."""

    user_id: str
    """Your own user id."""
    user_name: str
    """Name of the peer."""
    peer_id: str
    """Id of the Peer."""
    account_id: str
    """Id of the 100ms account."""
    room_id: str
    """Id of the Room."""
    session_id: str | None = None
    """Id of the session. May be absent."""
    room_name: str | None = None
    """Name of the room."""
    template_id: str | None = None
    """Template of the room."""
    role: str | None = None
    """Role of the peer."""
    error_code: int
    """100ms error code."""
    error_name: str
    """Short name of the error."""
    error_message: str
    """Error message."""
    error_description: str
    """Error details."""
    is_terminal: bool
    """True if the SDK gave up. If false, the SDK retried, so the action may have succeeded later."""
    action: ClientAction
    """Action of the client that failed, for example `SUBSCRIBE`."""
    agent: AnalyticsUserAgent
    """Client software of the peer."""


class AnalyticsJoinFailedEvent(Model, frozen=True, kw_only=True):
    """A peer could not join a room."""

    version: str
    """Version of the event format, `2.0`."""
    id: str
    """Id of the event (UUID)."""
    timestamp: datetime | None = None
    """When the event happened."""
    type: AnalyticsEventType
    """Name of the event."""
    data: AnalyticsJoinFailedEventData
    """Data of `client.join.failed`."""


class AnalyticsJoinFailedEventData(Model, frozen=True, kw_only=True):
    """Data of `client.join.failed`."""

    user_id: str
    """Your own user id."""
    user_name: str
    """Name of the peer."""
    peer_id: str
    """Id of the Peer."""
    account_id: str
    """Id of the 100ms account."""
    room_id: str
    """Id of the Room."""
    session_id: str | None = None
    """Id of the session. May be absent."""
    room_name: str | None = None
    """Name of the room."""
    template_id: str | None = None
    """Template of the room."""
    role: str | None = None
    """Role of the peer."""
    error_code: int
    """100ms error code."""
    error_name: str
    """Short name of the error."""
    error_message: str
    """Error message."""
    error_description: str
    """Error details."""
    is_terminal: bool
    """True if the SDK gave up. If false, the SDK retried, so the action may have succeeded later."""
    action: ClientAction
    """Action of the client that failed, for example `JOIN`."""
    domain: AnalyticsDomain | None = None
    """Whether the event comes from a 100ms app or your own app."""
    retries_join: int | None = None
    """Number of join retries."""
    agent: AnalyticsUserAgent
    """Client software of the peer."""


class AnalyticsDisconnectedEvent(Model, frozen=True, kw_only=True):
    """A peer lost its connection, temporarily or permanently, because of the network."""

    version: str
    """Version of the event format, `2.0`."""
    id: str
    """Id of the event (UUID)."""
    timestamp: datetime | None = None
    """When the event happened."""
    type: AnalyticsEventType
    """Name of the event."""
    data: AnalyticsDisconnectedEventData
    """Data of `client.disconnected`."""


class AnalyticsDisconnectedEventData(Model, frozen=True, kw_only=True):
    """Data of `client.disconnected`."""

    user_id: str
    """Your own user id."""
    user_name: str
    """Name of the peer."""
    peer_id: str
    """Id of the Peer."""
    account_id: str
    """Id of the 100ms account."""
    room_id: str
    """Id of the Room."""
    session_id: str | None = None
    """Id of the session. May be absent."""
    room_name: str | None = None
    """Name of the room."""
    template_id: str | None = None
    """Template of the room."""
    role: str | None = None
    """Role of the peer."""
    error_code: int
    """100ms error code."""
    error_name: str
    """Short name of the error."""
    error_message: str
    """Error message."""
    error_description: str
    """Error details."""
    is_terminal: bool
    """True if the SDK gave up. If false, the SDK retried, so the action may have succeeded later."""
    action: ClientAction
    """Action of the client that failed, for example `RECONNECT_SIGNAL`."""
    transport_state: TransportState | None = None
    """State of the client connection."""
    agent: AnalyticsUserAgent
    """Client software of the peer."""


class AnalyticsConnectFailedEvent(Model, frozen=True, kw_only=True):
    """A peer could not reach the service."""

    version: str
    """Version of the event format, `2.0`."""
    id: str
    """Id of the event (UUID)."""
    timestamp: datetime | None = None
    """When the event happened."""
    type: AnalyticsEventType
    """Name of the event."""
    data: AnalyticsConnectFailedEventData
    """Data of `client.connect.failed`."""


class AnalyticsConnectFailedEventData(Model, frozen=True, kw_only=True):
    """Data of `client.connect.failed`."""

    user_id: str
    """Your own user id."""
    user_name: str
    """Name of the peer."""
    peer_id: str
    """Id of the Peer."""
    account_id: str
    """Id of the 100ms account."""
    room_id: str
    """Id of the Room."""
    session_id: str | None = None
    """Id of the session. May be absent."""
    room_name: str | None = None
    """Name of the room."""
    template_id: str | None = None
    """Template of the room."""
    role: str | None = None
    """Role of the peer."""
    error_code: int
    """100ms error code."""
    error_name: str
    """Short name of the error."""
    error_message: str
    """Error message."""
    error_description: str
    """Error details."""
    is_terminal: bool
    """True if the SDK gave up. If false, the SDK retried, so the action may have succeeded later."""
    action: ClientAction
    """Action of the client that failed, for example `INIT`."""
    transport_state: TransportState | None = None
    """State of the client connection."""
    endpoint: str | None = None
    """Address that was tried. May be empty."""
    agent: AnalyticsUserAgent
    """Client software of the peer."""


class AnalyticsPeerStats(Model, frozen=True, kw_only=True):
    """Quality time series of a peer in a session."""

    peer_id: str
    """Id of the Peer."""
    session_id: str
    """Id of the Session."""
    room_id: str
    """Id of the Room."""
    publisher: AnalyticsPublisherStats
    """What the peer sent."""
    subscriber: AnalyticsSubscriberStats
    """What the peer received."""


class AnalyticsPublisherStats(Model, frozen=True, kw_only=True):
    """What the peer sent."""

    video: list[AnalyticsPublisherVideoTrack]
    """Video tracks."""
    audio: list[AnalyticsPublisherAudioTrack]
    """Audio tracks."""


class AnalyticsPublisherVideoTrack(Model, frozen=True, kw_only=True):
    """A published video layer. A track id appears once per layer."""

    track_id: str
    """Id of the track (UUID)."""
    type: VideoSource
    """Camera or screen share."""
    rid: QualityLayer | None = None
    """Simulcast layer: h, m or l. Null without simulcast."""
    time_series: AnalyticsPublisherVideoSeries
    """Series of a published video layer."""


class AnalyticsPublisherVideoSeries(Model, frozen=True, kw_only=True):
    """Series of a published video layer."""

    timestamps: list[int]
    """Times as Unix milliseconds. The other arrays have one value for each."""
    bitrate: list[float]
    """Bits per second."""
    fps: list[float]
    """Frames per second."""
    packet_loss_percent: list[float]
    """Packet loss in percent."""
    rtt_ms: list[float]
    """Round-trip time in milliseconds."""


class AnalyticsPublisherAudioTrack(Model, frozen=True, kw_only=True):
    """A published audio track."""

    track_id: str
    """Id of the track (UUID)."""
    time_series: AnalyticsPublisherAudioSeries
    """Series of a published audio track."""


class AnalyticsPublisherAudioSeries(Model, frozen=True, kw_only=True):
    """Series of a published audio track."""

    timestamps: list[int]
    """Times as Unix milliseconds. The other arrays have one value for each."""
    bitrate: list[float]
    """Bits per second."""
    packet_loss_percent: list[float]
    """Packet loss in percent."""
    rtt_ms: list[float]
    """Round-trip time in milliseconds."""
    jitter_ms: list[float]
    """Jitter in milliseconds."""


class AnalyticsSubscriberStats(Model, frozen=True, kw_only=True):
    """What the peer received."""

    video: list[AnalyticsSubscriberVideoTrack]
    """Video tracks."""
    audio: list[AnalyticsSubscriberAudioTrack]
    """Audio tracks."""


class AnalyticsSubscriberVideoTrack(Model, frozen=True, kw_only=True):
    """A received video track."""

    track_id: str
    """Id of the track (UUID)."""
    type: VideoSource
    """Camera or screen share."""
    time_series: AnalyticsSubscriberVideoSeries
    """Series of a received video track."""


class AnalyticsSubscriberVideoSeries(Model, frozen=True, kw_only=True):
    """Series of a received video track."""

    timestamps: list[int]
    """Times as Unix milliseconds. The other arrays have one value for each."""
    bitrate: list[float | None]
    """Bits per second, or null."""
    fps: list[float]
    """Frames per second."""
    freeze_count: list[float]
    """Number of freezes."""


class AnalyticsSubscriberAudioTrack(Model, frozen=True, kw_only=True):
    """A received audio track."""

    track_id: str
    """Id of the track (UUID)."""
    time_series: AnalyticsSubscriberAudioSeries
    """Series of a received audio track."""


class AnalyticsSubscriberAudioSeries(Model, frozen=True, kw_only=True):
    """Series of a received audio track."""

    timestamps: list[int]
    """Times as Unix milliseconds. The other arrays have one value for each."""
    bitrate: list[float | None]
    """Bits per second, or null."""
    concealed_samples: list[float]
    """Concealed samples."""
    packet_loss_percent: list[float]
    """Packet loss in percent."""


class AnalyticsWebhookEventList(Model, frozen=True, kw_only=True):
    """A page of webhook deliveries."""

    events: list[AnalyticsWebhookEvent]
    """Items on this page."""
    pagination: AnalyticsPageInfo
    """Position in the pages."""
    summary: AnalyticsWebhookTotals
    """Counts over all pages."""


class AnalyticsWebhookEvent(Model, frozen=True, kw_only=True):
    """One webhook delivery."""

    event_id: str
    """Id of the event."""
    event_name: WebhookReport
    """Delivery record name."""
    room_id: str
    """Id of the Room."""
    event_timestamp: datetime | None = None
    """When the event happened."""
    payload: AnalyticsWebhookEventPayload
    """Details of a delivery."""


class AnalyticsWebhookEventPayload(SecretModel, frozen=True, kw_only=True):
    """Details of a delivery."""

    _urls: ClassVar[frozenset[str]] = frozenset({"webhook_url"})

    _secrets: ClassVar[frozenset[str]] = frozenset({})

    event_data: dict[str, Any]
    """Data of the original event, e.g. `session_id`, `peer_id`, `user_id`."""
    webhook_url: str
    """Where it was sent."""
    original_event_name: WebhookEventName
    """Webhook event that was sent."""
    error_reason: str | None = None
    """Why the delivery failed. Only in failed deliveries."""


class AnalyticsPageInfo(Model, frozen=True, kw_only=True):
    """Position in the pages."""

    current_page: int
    """Number of this page."""
    page_size: int
    """Items per page."""
    total_pages: int
    """Number of pages."""
    total_items: int
    """Total number of items."""
    has_next: bool
    """Whether there is a next page."""
    has_prev: bool
    """Whether there is a previous page."""


class AnalyticsWebhookTotals(Model, frozen=True, kw_only=True):
    """Counts over all pages of a list."""

    total_events: int
    """Number of matching deliveries."""


class AnalyticsWebhookReplay(Model, frozen=True, kw_only=True):
    """A replay that was started, or that is already running."""

    workflow_id: str
    """Id of the workflow."""
    status: WebhookReplayStart
    """`started`, or `already_running` if the same replay is still running."""
    message: str
    """Message for people."""
    filters: AnalyticsWebhookReplayFilters
    """Filters as understood by the service."""


class AnalyticsWebhookReplayFilters(Model, frozen=True, kw_only=True):
    """Filters as understood by the service."""

    start_time: datetime | None = None
    """Start of the range."""
    end_time: datetime | None = None
    """End of the range."""
    room_id: str
    """Room filter. Empty if unset."""
    event_types: list[WebhookEventName] = []
    """Event filter."""
    limit: int | None = None
    """Limit. Only in the status response."""
    offset: int | None = None
    """Offset. Only in the status response."""


class AnalyticsWebhookReplayStatus(Model, frozen=True, kw_only=True):
    """State of a replay."""

    workflow_id: str
    """Id of the workflow."""
    status: WebhookReplayState
    """State of the workflow, in mixed case."""
    started_at: datetime | None = None
    """Start time."""
    completed_at: datetime | None = None
    """When it ended."""
    filters: AnalyticsWebhookReplayFilters
    """Filters as understood by the service."""
    progress: AnalyticsWebhookReplayProgress | None = None
    """Progress of the replay."""
    result: AnalyticsWebhookReplayResult | None = None
    """Result. Null while the replay runs."""


class AnalyticsWebhookReplayProgress(Model, frozen=True, kw_only=True):
    """How many deliveries a running replay has made."""

    total: int
    """Webhooks to send."""
    completed: int
    """Webhooks that were sent."""
    failed: int
    """Webhooks that could not be sent."""


class AnalyticsWebhookReplayResult(Model, frozen=True, kw_only=True):
    """Result of a finished replay."""

    total: int
    """Webhooks to send."""
    completed: int
    """Webhooks that were sent."""
    failed: int
    """Webhooks that could not be sent."""
    failed_events: list[str] = []
    """Ids of the events that could not be sent."""


class UnknownAnalyticsEvent(Model, frozen=True, kw_only=True):
    """One of a kind that this version does not know."""

    type: str
    """The kind."""
    raw: dict[str, Any]
    """All of it, as it came."""


class MalformedAnalyticsEvent(Model, frozen=True, kw_only=True):
    """A value of a known kind that does not match its type."""

    type: str
    """The kind."""
    problem: str
    """Where it does not match, and why."""
    raw: dict[str, Any]
    """All of it, as it came."""


if TYPE_CHECKING:
    AnalyticsEvent: TypeAlias = (
        AnalyticsTrackEvent
        | AnalyticsRecordingEvent
        | AnalyticsPublishFailedEvent
        | AnalyticsSubscribeFailedEvent
        | AnalyticsJoinFailedEvent
        | AnalyticsDisconnectedEvent
        | AnalyticsConnectFailedEvent
        | UnknownAnalyticsEvent
        | MalformedAnalyticsEvent
    )
    """An analytics event. `type` determines its data. Events of unknown types are kept as they are."""
else:

    class AnalyticsEvent(OpenUnion):
        """An analytics event.

        `type` determines its data. Events of unknown types are kept as they are.
        """

        tag = "type"
        unknown = UnknownAnalyticsEvent
        malformed = MalformedAnalyticsEvent
        shapes = {
            "track.add.success": AnalyticsTrackEvent,
            "track.update.success": AnalyticsTrackEvent,
            "track.remove.success": AnalyticsTrackEvent,
            "beam.recording.success": AnalyticsRecordingEvent,
            "client.publish.failed": AnalyticsPublishFailedEvent,
            "client.subscribe.failed": AnalyticsSubscribeFailedEvent,
            "client.join.failed": AnalyticsJoinFailedEvent,
            "client.disconnected": AnalyticsDisconnectedEvent,
            "client.connect.failed": AnalyticsConnectFailedEvent,
        }
