//! Analytics: events and quality of sessions, and the log of webhooks.

use super::active_rooms::TrackType;
use crate::define::{model, open_enum, operation, operations, union};
use crate::wire::secret::Secret;
use serde_json::Value;

operations![
    ListAnalyticsEvents,
    GetPeerQualityStats,
    ListWebhookEvents,
    ReplayWebhookEvents,
    GetWebhookReplay
];

operation! {
    /// Query analytics events of a room.
    ///
    /// Returns track, recording and client error events of a room from the last 30 days. `type` selects the kinds of events.
    /// Without it, all supported kinds are returned. Paging uses a snapshot taken by the first query: later events do not appear,
    /// and the `next` token expires 24 hours after the first query. `next` is empty on the last page.
    ListAnalyticsEvents: "analytics.list_events" = GET "/analytics/events" -> AnalyticsEventList;
    method Analytics::list_events; docs "analytics/overview"; retry always, pages next events [AnalyticsEvent];
    query {
        /// Id of the room.
        required room_id: String,
        /// Kinds of events to return. Defaults to all.
        filter r#type as "type": [AnalyticsEventType],
        /// Only events of this session.
        filter session_id: String,
        /// Only events of this peer.
        filter peer_id: String,
        /// Only events of the peer(s) with this own user id.
        filter user_id: String,
        /// Only events of this beam. Applies to `beam.recording.success` only.
        filter beam_id: String,
        /// When true, only the client error events. Defaults to `false`.
        filter error: bool,
        /// Items per page. A loop over the list reads all pages. Between 1 and 100. Defaults to 100.
        optional limit: i64 [page_size] [in 1..=100],
        /// Cursor: the `next` value of the previous page.
        optional start: String,
    }
}

operation! {
    /// Return quality time series of a peer.
    ///
    /// Returns time series of what a peer sent and received in a session (bitrate, frame rate, loss, round trip, jitter, freezes,
    /// concealment). There is one entry per track and, for published video, per simulcast layer. The data is available after the
    /// session has ended. Series without data are empty arrays.
    GetPeerQualityStats: "analytics.peer_quality_stats" = GET "/analytics/peer-stats" -> AnalyticsPeerStats;
    method Analytics::peer_quality_stats; docs "analytics/peer-quality-stats"; retry always;
    query {
        /// Id of the peer.
        required peer_id: String,
        /// Session of the peer.
        required session_id: String,
    }
}

operation! {
    /// List webhook deliveries.
    ///
    /// Returns which webhooks were delivered and which failed in a time range of at most 14 days within the last 30 days. Defaults
    /// to the last 24 hours. Paging is by page number, not by cursor.
    ListWebhookEvents: "analytics.list_webhook_events" = GET "/analytics/webhooks" -> AnalyticsWebhookEventList;
    method Analytics::list_webhook_events; docs "analytics/list-webhook-events"; retry always, pages page events [AnalyticsWebhookEvent];
    query {
        /// Start of the range, RFC 3339. At most 30 days ago. Defaults to 24 hours ago.
        filter start_time: Timestamp,
        /// End of the range, RFC 3339. At most 14 days after `start_time`. Defaults to now.
        filter end_time: Timestamp,
        /// Only webhooks about this room.
        filter room_id: String,
        /// Which delivery outcome to list. Defaults to `all`.
        filter status: DeliveryStatus,
        /// Names of the original webhook events. Defaults to all.
        filter event_names: [WebhookEventName],
        /// Items per page. A loop over the list reads all pages. Between 1 and 100. Defaults to 100.
        optional limit: i64 [page_size] [in 1..=100],
        /// Page number, starting at 1. Defaults to `1`.
        optional page: i64,
    }
}

operation! {
    /// Replay webhooks of a time range.
    ///
    /// Starts a background workflow that sends matching webhooks again to the configured URL, ten per second, each with
    /// `is_replay: true`. Defaults to failed deliveries of the last 24 hours. At most 50000 per request; use `offset` for more. If
    /// a replay with the same filters is running, no second one starts, and the response reports the running one
    /// (`already_running`).
    ReplayWebhookEvents: "analytics.replay_webhook_events" = POST "/analytics/webhooks/replay" -> AnalyticsWebhookReplay;
    method Analytics::replay_webhook_events; docs "analytics/replay-webhook-events"; retry if_unsent;
    body {
        /// Start of the range. At most 30 days ago. Defaults to 24 hours ago.
        filter start_time: Timestamp,
        /// End of the range. At most 14 days after `start_time`. Defaults to now.
        filter end_time: Timestamp,
        /// Only webhooks about this room.
        filter room_id: String,
        /// Only these webhook events.
        filter event_names: [WebhookEventName],
        /// Maximum number of webhooks to replay. At most 50000. Defaults to `50000`.
        filter limit: i64 [in ..=50000],
        /// Number of matching webhooks to skip. Defaults to `0`.
        filter offset: i64,
        /// Which delivery outcome to replay. Defaults to `failed`.
        filter status: DeliveryStatus,
    }
}

operation! {
    /// Return the state of a webhook replay.
    ///
    /// Returns progress and result of a replay: how many webhooks it covers, how many were sent or failed, and the ids of failed
    /// events.
    GetWebhookReplay: "analytics.get_webhook_replay" = GET "/analytics/webhooks/replay/{workflow_id}" -> AnalyticsWebhookReplayStatus;
    method Analytics::get_webhook_replay(workflow_id); docs "analytics/replay-webhook-events"; retry always;
    path {
        /// Id of the workflow, as returned by the replay.
        workflow_id,
    }
}

model! {
    /// A page of analytics events.
    answer AnalyticsEventList {
        /// Number of events in this page.
        required limit: i64,
        /// Total number of matching events.
        required total: i64,
        /// Cursor of the next page. Empty on the last page.
        nullable next: String,
        /// Items on this page.
        required events: [AnalyticsEvent],
    }
}

union! {
    /// An analytics event. `type` determines its data. Events of unknown types are kept as they are.
    AnalyticsEvent by "type" {
        /// A peer added, muted/unmuted or removed a track.
        Track(AnalyticsTrackEvent) = "track.add.success" | "track.update.success" | "track.remove.success",
        /// A browser recording was made and uploaded.
        Recording(AnalyticsRecordingEvent) = "beam.recording.success",
        /// A peer could not publish audio or video.
        PublishFailed(AnalyticsPublishFailedEvent) = "client.publish.failed",
        /// A peer could not receive the media of others.
        SubscribeFailed(AnalyticsSubscribeFailedEvent) = "client.subscribe.failed",
        /// A peer could not join a room.
        JoinFailed(AnalyticsJoinFailedEvent) = "client.join.failed",
        /// A peer lost its connection, temporarily or permanently, because of the network.
        Disconnected(AnalyticsDisconnectedEvent) = "client.disconnected",
        /// A peer could not reach the service.
        ConnectFailed(AnalyticsConnectFailedEvent) = "client.connect.failed",
    }
}

model! {
    /// A peer added, muted/unmuted or removed a track.
    answer AnalyticsTrackEvent {
        /// Version of the event format, `2.0`.
        required version: String,
        /// Id of the event (UUID).
        required id: String,
        /// When the event happened.
        optional timestamp: Timestamp,
        /// Name of the event.
        required r#type as "type": AnalyticsEventType,
        /// Data of a track event.
        required data: AnalyticsTrackEventData,
    }
}

model! {
    /// Data of a track event.
    answer AnalyticsTrackEventData {
        /// Id of the Room.
        required room_id: String,
        /// Id of the Session.
        required session_id: String,
        /// Name of the room.
        required room_name: String,
        /// Id of the Peer.
        required peer_id: String,
        /// Your own user id.
        required user_id: String,
        /// Name of the peer.
        required user_name: String,
        /// When the peer joined.
        optional joined_at: Timestamp,
        /// Role of the peer.
        required role: String,
        /// Id of the Track.
        required track_id: String,
        /// Internal stream the track belongs to.
        required stream_id: String,
        /// Kind of track.
        required r#type as "type": TrackType,
        /// Where the media comes from: camera/microphone or screen share.
        required source: VideoSource,
        /// Whether the track was muted at that time.
        required mute: bool,
        /// When the track began.
        optional started_at: Timestamp,
        /// When the track ended; in `track.remove.success` only.
        optional stopped_at: Timestamp,
    }
}

model! {
    /// A browser recording was made and uploaded.
    answer AnalyticsRecordingEvent {
        /// Version of the event format, `2.0`.
        required version: String,
        /// Id of the event (UUID).
        required id: String,
        /// When the event happened.
        optional timestamp: Timestamp,
        /// Name of the event.
        required r#type as "type": AnalyticsEventType,
        /// Data of a recording event.
        required data: AnalyticsRecordingEventData,
    }
}

model! {
    /// Data of a recording event.
    answer AnalyticsRecordingEventData {
        /// Beam that recorded.
        required beam_id: String,
        /// Id of the Room.
        required room_id: String,
        /// Peer id of the bot or of the requester.
        required peer_id: String,
        /// Id of the Session.
        required session_id: String,
        /// Template of the room.
        required template_id: String,
        /// When the recording was created.
        optional created_at: Timestamp,
        /// Length in seconds.
        required duration: i64,
        /// HTTPS URL of the file; superseded by `recording_presigned_url`. Deprecated.
        optional location: String,
        /// Start of the recording.
        optional started_at: Timestamp,
        /// End of the recording.
        optional stopped_at: Timestamp,
        /// Largest recorded width in pixels.
        required max_width: i64,
        /// Largest recorded height in pixels.
        required max_height: i64,
        /// Storage path of the file.
        required recording_path: String,
        /// Signed download URL.
        required recording_presigned_url: Secret,
        /// URL that the bot opens.
        required meeting_url: Secret,
        /// RTMP targets given at the start.
        optional rtmp: [AnalyticsRtmpTarget],
        /// Start of the session.
        optional session_started_at: Timestamp,
        /// Size in bytes.
        required size: i64,
    }
}

model! {
    /// An RTMP target of a beam.
    answer AnalyticsRtmpTarget {
        /// RTMP URL.
        required url: Secret,
    }
}

model! {
    /// A peer could not publish audio or video.
    answer AnalyticsPublishFailedEvent {
        /// Version of the event format, `2.0`.
        required version: String,
        /// Id of the event (UUID).
        required id: String,
        /// When the event happened.
        optional timestamp: Timestamp,
        /// Name of the event.
        required r#type as "type": AnalyticsEventType,
        /// Data of `client.publish.failed`.
        required data: AnalyticsPublishFailedEventData,
    }
}

model! {
    /// Data of `client.publish.failed`.
    answer AnalyticsPublishFailedEventData {
        /// Your own user id.
        required user_id: String,
        /// Name of the peer.
        required user_name: String,
        /// Id of the Peer.
        required peer_id: String,
        /// Id of the 100ms account.
        required account_id: String,
        /// Id of the Room.
        required room_id: String,
        /// Id of the session. May be absent.
        optional session_id: String,
        /// Name of the room.
        optional room_name: String,
        /// Template of the room.
        optional template_id: String,
        /// Role of the peer.
        optional role: String,
        /// 100ms error code.
        required error_code: i64,
        /// Short name of the error.
        required error_name: String,
        /// Error message.
        required error_message: String,
        /// Error details.
        required error_description: String,
        /// True if the SDK gave up. If false, the SDK retried, so the action may have succeeded later.
        required is_terminal: bool,
        /// Action of the client that failed, for example `PUBLISH`.
        required action: ClientAction,
        /// Whether the event comes from a 100ms app or your own app.
        optional domain: AnalyticsDomain,
        /// Audio settings of the peer.
        optional audio: AnalyticsAudioConfig,
        /// Video settings of the peer.
        optional video: AnalyticsVideoConfig,
        /// Devices of the peer.
        optional devices: AnalyticsDevices,
        /// Client software of the peer.
        required agent: AnalyticsUserAgent,
    }
}

model! {
    /// Audio settings of the peer.
    answer AnalyticsAudioConfig {
        /// Bitrate limit.
        optional max_bitrate as "maxBitrate": i64,
        /// Device in use.
        optional device_id as "deviceId": String,
        /// Volume.
        optional volume: f64,
        /// Codec.
        optional codec: String,
    }
}

model! {
    /// Video settings of the peer.
    answer AnalyticsVideoConfig {
        /// Device in use.
        optional device_id as "deviceId": String,
        /// Frame rate limit.
        optional max_framerate as "maxFramerate": i64,
        /// Bitrate limit.
        optional max_bitrate as "maxBitrate": i64,
        /// Codec.
        optional codec: String,
        /// Height in pixels.
        optional height: i64,
        /// Width in pixels.
        optional width: i64,
    }
}

model! {
    /// Devices of the peer.
    answer AnalyticsDevices {
        /// Cameras.
        optional video_input as "videoInput": [Value],
        /// Microphones.
        optional audio_input as "audioInput": [Value],
        /// Speakers.
        optional audio_output as "audioOutput": [Value],
    }
}

model! {
    /// Client software of the peer.
    answer AnalyticsUserAgent {
        /// SDK kind, e.g. web.
        optional sdk: String,
        /// SDK version.
        optional sdk_version: String,
        /// Framework, e.g. react-web.
        optional framework: String,
        /// Framework version.
        optional framework_version: String,
        /// Version of the framework SDK.
        optional framework_sdk_version: String,
        /// Operating system.
        optional os: String,
        /// Its version.
        optional os_version: String,
        /// Device or browser.
        optional device_model: String,
        /// Whether the 100ms prebuilt UI was used.
        optional is_prebuilt: bool,
        /// HMS for a 100ms app, CUSTOM for your own app.
        optional domain: AnalyticsDomain,
        /// The unparsed agent string, comma-separated key:value pairs (has `env` too).
        optional string: String,
    }
}

model! {
    /// A peer could not receive the media of others.
    answer AnalyticsSubscribeFailedEvent {
        /// Version of the event format, `2.0`.
        required version: String,
        /// Id of the event (UUID).
        required id: String,
        /// When the event happened.
        optional timestamp: Timestamp,
        /// Name of the event.
        required r#type as "type": AnalyticsEventType,
        /// Data of `client.subscribe.failed`.
        required data: AnalyticsSubscribeFailedEventData,
    }
}

model! {
    /// Data of `client.subscribe.failed`.
    answer AnalyticsSubscribeFailedEventData {
        /// Your own user id.
        required user_id: String,
        /// Name of the peer.
        required user_name: String,
        /// Id of the Peer.
        required peer_id: String,
        /// Id of the 100ms account.
        required account_id: String,
        /// Id of the Room.
        required room_id: String,
        /// Id of the session. May be absent.
        optional session_id: String,
        /// Name of the room.
        optional room_name: String,
        /// Template of the room.
        optional template_id: String,
        /// Role of the peer.
        optional role: String,
        /// 100ms error code.
        required error_code: i64,
        /// Short name of the error.
        required error_name: String,
        /// Error message.
        required error_message: String,
        /// Error details.
        required error_description: String,
        /// True if the SDK gave up. If false, the SDK retried, so the action may have succeeded later.
        required is_terminal: bool,
        /// Action of the client that failed, for example `SUBSCRIBE`.
        required action: ClientAction,
        /// Client software of the peer.
        required agent: AnalyticsUserAgent,
    }
}

model! {
    /// A peer could not join a room.
    answer AnalyticsJoinFailedEvent {
        /// Version of the event format, `2.0`.
        required version: String,
        /// Id of the event (UUID).
        required id: String,
        /// When the event happened.
        optional timestamp: Timestamp,
        /// Name of the event.
        required r#type as "type": AnalyticsEventType,
        /// Data of `client.join.failed`.
        required data: AnalyticsJoinFailedEventData,
    }
}

model! {
    /// Data of `client.join.failed`.
    answer AnalyticsJoinFailedEventData {
        /// Your own user id.
        required user_id: String,
        /// Name of the peer.
        required user_name: String,
        /// Id of the Peer.
        required peer_id: String,
        /// Id of the 100ms account.
        required account_id: String,
        /// Id of the Room.
        required room_id: String,
        /// Id of the session. May be absent.
        optional session_id: String,
        /// Name of the room.
        optional room_name: String,
        /// Template of the room.
        optional template_id: String,
        /// Role of the peer.
        optional role: String,
        /// 100ms error code.
        required error_code: i64,
        /// Short name of the error.
        required error_name: String,
        /// Error message.
        required error_message: String,
        /// Error details.
        required error_description: String,
        /// True if the SDK gave up. If false, the SDK retried, so the action may have succeeded later.
        required is_terminal: bool,
        /// Action of the client that failed, for example `JOIN`.
        required action: ClientAction,
        /// Whether the event comes from a 100ms app or your own app.
        optional domain: AnalyticsDomain,
        /// Number of join retries.
        optional retries_join: i64,
        /// Client software of the peer.
        required agent: AnalyticsUserAgent,
    }
}

model! {
    /// A peer lost its connection, temporarily or permanently, because of the network.
    answer AnalyticsDisconnectedEvent {
        /// Version of the event format, `2.0`.
        required version: String,
        /// Id of the event (UUID).
        required id: String,
        /// When the event happened.
        optional timestamp: Timestamp,
        /// Name of the event.
        required r#type as "type": AnalyticsEventType,
        /// Data of `client.disconnected`.
        required data: AnalyticsDisconnectedEventData,
    }
}

model! {
    /// Data of `client.disconnected`.
    answer AnalyticsDisconnectedEventData {
        /// Your own user id.
        required user_id: String,
        /// Name of the peer.
        required user_name: String,
        /// Id of the Peer.
        required peer_id: String,
        /// Id of the 100ms account.
        required account_id: String,
        /// Id of the Room.
        required room_id: String,
        /// Id of the session. May be absent.
        optional session_id: String,
        /// Name of the room.
        optional room_name: String,
        /// Template of the room.
        optional template_id: String,
        /// Role of the peer.
        optional role: String,
        /// 100ms error code.
        required error_code: i64,
        /// Short name of the error.
        required error_name: String,
        /// Error message.
        required error_message: String,
        /// Error details.
        required error_description: String,
        /// True if the SDK gave up. If false, the SDK retried, so the action may have succeeded later.
        required is_terminal: bool,
        /// Action of the client that failed, for example `RECONNECT_SIGNAL`.
        required action: ClientAction,
        /// State of the client connection.
        optional transport_state: TransportState,
        /// Client software of the peer.
        required agent: AnalyticsUserAgent,
    }
}

model! {
    /// A peer could not reach the service.
    answer AnalyticsConnectFailedEvent {
        /// Version of the event format, `2.0`.
        required version: String,
        /// Id of the event (UUID).
        required id: String,
        /// When the event happened.
        optional timestamp: Timestamp,
        /// Name of the event.
        required r#type as "type": AnalyticsEventType,
        /// Data of `client.connect.failed`.
        required data: AnalyticsConnectFailedEventData,
    }
}

model! {
    /// Data of `client.connect.failed`.
    answer AnalyticsConnectFailedEventData {
        /// Your own user id.
        required user_id: String,
        /// Name of the peer.
        required user_name: String,
        /// Id of the Peer.
        required peer_id: String,
        /// Id of the 100ms account.
        required account_id: String,
        /// Id of the Room.
        required room_id: String,
        /// Id of the session. May be absent.
        optional session_id: String,
        /// Name of the room.
        optional room_name: String,
        /// Template of the room.
        optional template_id: String,
        /// Role of the peer.
        optional role: String,
        /// 100ms error code.
        required error_code: i64,
        /// Short name of the error.
        required error_name: String,
        /// Error message.
        required error_message: String,
        /// Error details.
        required error_description: String,
        /// True if the SDK gave up. If false, the SDK retried, so the action may have succeeded later.
        required is_terminal: bool,
        /// Action of the client that failed, for example `INIT`.
        required action: ClientAction,
        /// State of the client connection.
        optional transport_state: TransportState,
        /// Address that was tried. May be empty.
        optional endpoint: String,
        /// Client software of the peer.
        required agent: AnalyticsUserAgent,
    }
}

model! {
    /// Quality time series of a peer in a session.
    answer AnalyticsPeerStats {
        /// Id of the Peer.
        required peer_id: String,
        /// Id of the Session.
        required session_id: String,
        /// Id of the Room.
        required room_id: String,
        /// What the peer sent.
        required publisher: AnalyticsPublisherStats,
        /// What the peer received.
        required subscriber: AnalyticsSubscriberStats,
    }
}

model! {
    /// What the peer sent.
    answer AnalyticsPublisherStats {
        /// Video tracks.
        required video: [AnalyticsPublisherVideoTrack],
        /// Audio tracks.
        required audio: [AnalyticsPublisherAudioTrack],
    }
}

model! {
    /// A published video layer. A track id appears once per layer.
    answer AnalyticsPublisherVideoTrack {
        /// Id of the track (UUID).
        required track_id: String,
        /// Camera or screen share.
        required r#type as "type": VideoSource,
        /// Simulcast layer: h, m or l. Null without simulcast.
        nullable rid: QualityLayer,
        /// Series of a published video layer.
        required time_series: AnalyticsPublisherVideoSeries,
    }
}

model! {
    /// Series of a published video layer.
    answer AnalyticsPublisherVideoSeries {
        /// Times as Unix milliseconds. The other arrays have one value for each.
        required timestamps: [i64],
        /// Bits per second.
        required bitrate: [f64],
        /// Frames per second.
        required fps: [f64],
        /// Packet loss in percent.
        required packet_loss_percent: [f64],
        /// Round-trip time in milliseconds.
        required rtt_ms: [f64],
    }
}

model! {
    /// A published audio track.
    answer AnalyticsPublisherAudioTrack {
        /// Id of the track (UUID).
        required track_id: String,
        /// Series of a published audio track.
        required time_series: AnalyticsPublisherAudioSeries,
    }
}

model! {
    /// Series of a published audio track.
    answer AnalyticsPublisherAudioSeries {
        /// Times as Unix milliseconds. The other arrays have one value for each.
        required timestamps: [i64],
        /// Bits per second.
        required bitrate: [f64],
        /// Packet loss in percent.
        required packet_loss_percent: [f64],
        /// Round-trip time in milliseconds.
        required rtt_ms: [f64],
        /// Jitter in milliseconds.
        required jitter_ms: [f64],
    }
}

model! {
    /// What the peer received.
    answer AnalyticsSubscriberStats {
        /// Video tracks.
        required video: [AnalyticsSubscriberVideoTrack],
        /// Audio tracks.
        required audio: [AnalyticsSubscriberAudioTrack],
    }
}

model! {
    /// A received video track.
    answer AnalyticsSubscriberVideoTrack {
        /// Id of the track (UUID).
        required track_id: String,
        /// Camera or screen share.
        required r#type as "type": VideoSource,
        /// Series of a received video track.
        required time_series: AnalyticsSubscriberVideoSeries,
    }
}

model! {
    /// Series of a received video track.
    answer AnalyticsSubscriberVideoSeries {
        /// Times as Unix milliseconds. The other arrays have one value for each.
        required timestamps: [i64],
        /// Bits per second, or null.
        required bitrate: [(? f64)],
        /// Frames per second.
        required fps: [f64],
        /// Number of freezes.
        required freeze_count: [f64],
    }
}

model! {
    /// A received audio track.
    answer AnalyticsSubscriberAudioTrack {
        /// Id of the track (UUID).
        required track_id: String,
        /// Series of a received audio track.
        required time_series: AnalyticsSubscriberAudioSeries,
    }
}

model! {
    /// Series of a received audio track.
    answer AnalyticsSubscriberAudioSeries {
        /// Times as Unix milliseconds. The other arrays have one value for each.
        required timestamps: [i64],
        /// Bits per second, or null.
        required bitrate: [(? f64)],
        /// Concealed samples.
        required concealed_samples: [f64],
        /// Packet loss in percent.
        required packet_loss_percent: [f64],
    }
}

model! {
    /// A page of webhook deliveries.
    answer AnalyticsWebhookEventList {
        /// Items on this page.
        required events: [AnalyticsWebhookEvent],
        /// Position in the pages.
        required pagination: AnalyticsPageInfo,
        /// Counts over all pages.
        required summary: AnalyticsWebhookTotals,
    }
}

model! {
    /// One webhook delivery.
    answer AnalyticsWebhookEvent {
        /// Id of the event.
        required event_id: String,
        /// Delivery record name.
        required event_name: WebhookReport,
        /// Id of the Room.
        required room_id: String,
        /// When the event happened.
        optional event_timestamp: Timestamp,
        /// Details of a delivery.
        required payload: AnalyticsWebhookEventPayload,
    }
}

model! {
    /// Details of a delivery.
    answer AnalyticsWebhookEventPayload {
        /// Data of the original event, e.g. `session_id`, `peer_id`, `user_id`.
        required event_data: Object,
        /// Where it was sent.
        required webhook_url: String [url],
        /// Webhook event that was sent.
        required original_event_name: WebhookEventName,
        /// Why the delivery failed. Only in failed deliveries.
        optional error_reason: String,
    }
}

model! {
    /// Position in the pages.
    answer AnalyticsPageInfo {
        /// Number of this page.
        required current_page: i64,
        /// Items per page.
        required page_size: i64,
        /// Number of pages.
        required total_pages: i64,
        /// Total number of items.
        required total_items: i64,
        /// Whether there is a next page.
        required has_next: bool,
        /// Whether there is a previous page.
        required has_prev: bool,
    }
}

model! {
    /// Counts over all pages of a list.
    answer AnalyticsWebhookTotals {
        /// Number of matching deliveries.
        required total_events: i64,
    }
}

model! {
    /// A replay that was started, or that is already running.
    answer AnalyticsWebhookReplay {
        /// Id of the workflow.
        required workflow_id: String,
        /// `started`, or `already_running` if the same replay is still running.
        required status: WebhookReplayStart,
        /// Message for people.
        required message: String,
        /// Filters as understood by the service.
        required filters: AnalyticsWebhookReplayFilters,
    }
}

model! {
    /// Filters as understood by the service.
    answer AnalyticsWebhookReplayFilters {
        /// Start of the range.
        optional start_time: Timestamp,
        /// End of the range.
        optional end_time: Timestamp,
        /// Room filter. Empty if unset.
        required room_id: String,
        /// Event filter.
        optional event_types: [WebhookEventName],
        /// Limit. Only in the status response.
        optional limit: i64,
        /// Offset. Only in the status response.
        optional offset: i64,
    }
}

model! {
    /// State of a replay.
    answer AnalyticsWebhookReplayStatus {
        /// Id of the workflow.
        required workflow_id: String,
        /// State of the workflow, in mixed case.
        required status: WebhookReplayState,
        /// Start time.
        optional started_at: Timestamp,
        /// When it ended.
        nullable completed_at: Timestamp,
        /// Filters as understood by the service.
        required filters: AnalyticsWebhookReplayFilters,
        /// Progress of the replay.
        optional progress: AnalyticsWebhookReplayProgress,
        /// Result. Null while the replay runs.
        nullable result: AnalyticsWebhookReplayResult,
    }
}

model! {
    /// How many deliveries a running replay has made.
    answer AnalyticsWebhookReplayProgress {
        /// Webhooks to send.
        required total: i64,
        /// Webhooks that were sent.
        required completed: i64,
        /// Webhooks that could not be sent.
        required failed: i64,
    }
}

model! {
    /// Result of a finished replay.
    answer AnalyticsWebhookReplayResult {
        /// Webhooks to send.
        required total: i64,
        /// Webhooks that were sent.
        required completed: i64,
        /// Webhooks that could not be sent.
        required failed: i64,
        /// Ids of the events that could not be sent.
        optional failed_events: [String],
    }
}

open_enum! {
    /// Type of an analytics event.
    AnalyticsEventType {
        TrackAddSuccess = "track.add.success",
        TrackUpdateSuccess = "track.update.success",
        TrackRemoveSuccess = "track.remove.success",
        BeamRecordingSuccess = "beam.recording.success",
        ClientPublishFailed = "client.publish.failed",
        ClientSubscribeFailed = "client.subscribe.failed",
        ClientJoinFailed = "client.join.failed",
        ClientDisconnected = "client.disconnected",
        ClientConnectFailed = "client.connect.failed",
    }
}

open_enum! {
    /// Where a video comes from.
    VideoSource {
        Regular = "regular",
        Screen = "screen",
    }
}

open_enum! {
    /// Action of a client that failed.
    ClientAction {
        Publish = "PUBLISH",
        Subscribe = "SUBSCRIBE",
        Join = "JOIN",
        ReconnectSignal = "RECONNECT_SIGNAL",
        Init = "INIT",
    }
}

open_enum! {
    /// Origin of the client app.
    AnalyticsDomain {
        Hms = "HMS",
        Custom = "CUSTOM",
    }
}

open_enum! {
    /// State of a client's connection when it failed.
    TransportState {
        Preview = "Preview",
        Connecting = "Connecting",
    }
}

open_enum! {
    /// Simulcast layer: high, medium, low.
    QualityLayer {
        H = "h",
        M = "m",
        L = "l",
    }
}

open_enum! {
    /// Outcome of a delivery.
    DeliveryStatus {
        All = "all",
        Failed = "failed",
        Success = "success",
    }
}

open_enum! {
    /// Webhook event whose deliveries can be listed and replayed. The service documents only the first twelve.
    WebhookEventName {
        SessionOpenSuccess = "session.open.success",
        SessionCloseSuccess = "session.close.success",
        PeerJoinSuccess = "peer.join.success",
        PeerLeaveSuccess = "peer.leave.success",
        RecordingSuccess = "recording.success",
        RecordingFailed = "recording.failed",
        TranscriptionSuccess = "transcription.success",
        BeamStartedSuccess = "beam.started.success",
        BeamStoppedSuccess = "beam.stopped.success",
        BeamRecordingSuccess = "beam.recording.success",
        HlsRecordingSuccess = "hls.recording.success",
        StreamRecordingSuccess = "stream.recording.success",
        PeerJoinFailure = "peer.join.failure",
        PeerLeaveFailure = "peer.leave.failure",
        RoomEndSuccess = "room.end.success",
        RoomEndFailure = "room.end.failure",
        RoleChangeSuccess = "role.change.success",
        RoleChangeFailure = "role.change.failure",
        TrackRecordingStartedSuccess = "track.recording.started.success",
        TrackRecordingSuccess = "track.recording.success",
        TrackRecordingFailure = "track.recording.failure",
        StreamRecordingFailure = "stream.recording.failure",
        BeamFailure = "beam.failure",
        HlsStartedSuccess = "hls.started.success",
        HlsStoppedSuccess = "hls.stopped.success",
        HlsFailure = "hls.failure",
        TranscriptionStartedSuccess = "transcription.started.success",
        TranscriptionFailure = "transcription.failure",
        IngestStartSuccess = "ingest.start.success",
        IngestEndSuccess = "ingest.end.success",
        IngestStartFailure = "ingest.start.failure",
        IngestFailure = "ingest.failure",
    }
}

open_enum! {
    /// Kind of an entry of the webhook log.
    WebhookReport {
        ReporterWebhookDeliveryFailed = "reporter.webhook.delivery.failed",
    }
}

open_enum! {
    /// Whether a replay was started.
    WebhookReplayStart {
        Started = "started",
        AlreadyRunning = "already_running",
    }
}

open_enum! {
    /// State of a replay.
    WebhookReplayState {
        Running = "Running",
        Completed = "completed",
        CompletedWithFailures = "completed_with_failures",
        Failed = "failed",
        Canceled = "Canceled",
        Terminated = "Terminated",
    }
}
