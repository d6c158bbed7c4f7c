// @generated from crates/hundredms/src/resources/analytics.rs by `cargo xtask gen`; not edited by hand.
// Analytics: events and quality of sessions, and the log of webhooks.
import type { Time } from '../arguments'
import { List } from '../list'
import type { CallOptions } from '../options'
import { coreOf, Resource } from '../resource'
import type { TrackType } from './active-rooms'

/** Analytics: events and quality of sessions, and the log of webhooks. */
export class Analytics extends Resource {
  /**
   * Query analytics events of a room.
   *
   * Returns track, recording and client error events of a room from the last 30 days. `type` selects the kinds of
   * events. Without it, all supported kinds are returned. Paging uses a snapshot taken by the first query: later
   * events do not appear, and the `next` token expires 24 hours after the first query. `next` is empty on the last
   * page.
   *
   * `GET /analytics/events`; service documentation:
   * https://www.100ms.live/docs/server-side/v2/api-reference/analytics/overview
   */
  listEvents(params: AnalyticsListEventsParams, options?: CallOptions): List<AnalyticsEvent, AnalyticsEventList> {
    return new List(
      coreOf(this),
      { operation: 'analytics.list_events', items: 'events', param: 'start' },
      {},
      options,
      params,
    )
  }

  /**
   * Return quality time series of a peer.
   *
   * Returns time series of what a peer sent and received in a session (bitrate, frame rate, loss, round trip,
   * jitter, freezes, concealment). There is one entry per track and, for published video, per simulcast layer. The
   * data is available after the session has ended. Series without data are empty arrays.
   *
   * `GET /analytics/peer-stats`; service documentation:
   * https://www.100ms.live/docs/server-side/v2/api-reference/analytics/peer-quality-stats
   */
  peerQualityStats(params: AnalyticsPeerQualityStatsParams, options?: CallOptions): Promise<AnalyticsPeerStats> {
    return coreOf(this).call('analytics.peer_quality_stats', {}, options, params)
  }

  /**
   * List webhook deliveries.
   *
   * Returns which webhooks were delivered and which failed in a time range of at most 14 days within the last 30
   * days. Defaults to the last 24 hours. Paging is by page number, not by cursor.
   *
   * `GET /analytics/webhooks`; service documentation:
   * https://www.100ms.live/docs/server-side/v2/api-reference/analytics/list-webhook-events
   */
  listWebhookEvents(
    params: AnalyticsListWebhookEventsParams = {},
    options?: CallOptions,
  ): List<AnalyticsWebhookEvent, AnalyticsWebhookEventList> {
    return new List(
      coreOf(this),
      { operation: 'analytics.list_webhook_events', items: 'events', param: 'page' },
      {},
      options,
      params,
    )
  }

  /**
   * Replay webhooks of a time range.
   *
   * Starts a background workflow that sends matching webhooks again to the configured URL, ten per second, each
   * with `is_replay: true`. Defaults to failed deliveries of the last 24 hours. At most 50000 per request; use
   * `offset` for more. If a replay with the same filters is running, no second one starts, and the response reports
   * the running one (`already_running`).
   *
   * `POST /analytics/webhooks/replay`; service documentation:
   * https://www.100ms.live/docs/server-side/v2/api-reference/analytics/replay-webhook-events
   */
  replayWebhookEvents(
    params: AnalyticsReplayWebhookEventsParams = {},
    options?: CallOptions,
  ): Promise<AnalyticsWebhookReplay> {
    return coreOf(this).call('analytics.replay_webhook_events', {}, options, params)
  }

  /**
   * Return the state of a webhook replay.
   *
   * Returns progress and result of a replay: how many webhooks it covers, how many were sent or failed, and the ids
   * of failed events.
   *
   * `GET /analytics/webhooks/replay/{workflow_id}`; service documentation:
   * https://www.100ms.live/docs/server-side/v2/api-reference/analytics/replay-webhook-events
   *
   * @param workflowId Id of the workflow, as returned by the replay.
   */
  getWebhookReplay(workflowId: string, options?: CallOptions): Promise<AnalyticsWebhookReplayStatus> {
    return coreOf(this).call('analytics.get_webhook_replay', { workflow_id: workflowId }, options)
  }
}

/** Parameters of `analytics.list_events`. */
export interface AnalyticsListEventsParams {
  /** Id of the room. */
  readonly room_id: string
  /** Kinds of events to return. Defaults to all. Not empty. */
  readonly type?: readonly AnalyticsEventType[] | undefined
  /** Only events of this session. Not empty. */
  readonly session_id?: string | undefined
  /** Only events of this peer. Not empty. */
  readonly peer_id?: string | undefined
  /** Only events of the peer(s) with this own user id. Not empty. */
  readonly user_id?: string | undefined
  /** Only events of this beam. Applies to `beam.recording.success` only. Not empty. */
  readonly beam_id?: string | undefined
  /** When true, only the client error events. Defaults to `false`. Not empty. */
  readonly error?: boolean | undefined
  /** Items per page. A loop over the list reads all pages. Between 1 and 100. Defaults to 100. */
  readonly limit?: number | undefined
  /** Cursor: the `next` value of the previous page. */
  readonly start?: string | undefined
}

/** Parameters of `analytics.peer_quality_stats`. */
export interface AnalyticsPeerQualityStatsParams {
  /** Id of the peer. */
  readonly peer_id: string
  /** Session of the peer. */
  readonly session_id: string
}

/** Parameters of `analytics.list_webhook_events`. */
export interface AnalyticsListWebhookEventsParams {
  /** Start of the range, RFC 3339. At most 30 days ago. Defaults to 24 hours ago. Not empty. */
  readonly start_time?: Time | undefined
  /** End of the range, RFC 3339. At most 14 days after `start_time`. Defaults to now. Not empty. */
  readonly end_time?: Time | undefined
  /** Only webhooks about this room. Not empty. */
  readonly room_id?: string | undefined
  /** Which delivery outcome to list. Defaults to `all`. Not empty. */
  readonly status?: DeliveryStatus | undefined
  /** Names of the original webhook events. Defaults to all. Not empty. */
  readonly event_names?: readonly WebhookEventName[] | undefined
  /** Items per page. A loop over the list reads all pages. Between 1 and 100. Defaults to 100. */
  readonly limit?: number | undefined
  /** Page number, starting at 1. Defaults to `1`. */
  readonly page?: number | undefined
}

/** Parameters of `analytics.replay_webhook_events`. */
export interface AnalyticsReplayWebhookEventsParams {
  /** Start of the range. At most 30 days ago. Defaults to 24 hours ago. Not empty. */
  readonly start_time?: Time | undefined
  /** End of the range. At most 14 days after `start_time`. Defaults to now. Not empty. */
  readonly end_time?: Time | undefined
  /** Only webhooks about this room. Not empty. */
  readonly room_id?: string | undefined
  /** Only these webhook events. Not empty. */
  readonly event_names?: readonly WebhookEventName[] | undefined
  /** Maximum number of webhooks to replay. At most 50000. Defaults to `50000`. Not empty. */
  readonly limit?: number | undefined
  /** Number of matching webhooks to skip. Defaults to `0`. Not empty. */
  readonly offset?: number | undefined
  /** Which delivery outcome to replay. Defaults to `failed`. Not empty. */
  readonly status?: DeliveryStatus | undefined
}

/** A page of analytics events. */
export interface AnalyticsEventList {
  /** Number of events in this page. */
  readonly limit: number
  /** Total number of matching events. */
  readonly total: number
  /** Cursor of the next page. Empty on the last page. */
  readonly next?: string | null
  /** Items on this page. */
  readonly events: readonly AnalyticsEvent[]
}

/** A peer added, muted/unmuted or removed a track. */
export interface AnalyticsTrackEvent {
  /** Version of the event format, `2.0`. */
  readonly version: string
  /** Id of the event (UUID). */
  readonly id: string
  /** When the event happened. */
  readonly timestamp?: string
  /** Name of the event. */
  readonly type: AnalyticsEventType
  /** Data of a track event. */
  readonly data: AnalyticsTrackEventData
}

/** Data of a track event. */
export interface AnalyticsTrackEventData {
  /** Id of the Room. */
  readonly room_id: string
  /** Id of the Session. */
  readonly session_id: string
  /** Name of the room. */
  readonly room_name: string
  /** Id of the Peer. */
  readonly peer_id: string
  /** Your own user id. */
  readonly user_id: string
  /** Name of the peer. */
  readonly user_name: string
  /** When the peer joined. */
  readonly joined_at?: string
  /** Role of the peer. */
  readonly role: string
  /** Id of the Track. */
  readonly track_id: string
  /** Internal stream the track belongs to. */
  readonly stream_id: string
  /** Kind of track. */
  readonly type: TrackType
  /** Where the media comes from: camera/microphone or screen share. */
  readonly source: VideoSource
  /** Whether the track was muted at that time. */
  readonly mute: boolean
  /** When the track began. */
  readonly started_at?: string
  /** When the track ended; in `track.remove.success` only. */
  readonly stopped_at?: string
}

/** A browser recording was made and uploaded. */
export interface AnalyticsRecordingEvent {
  /** Version of the event format, `2.0`. */
  readonly version: string
  /** Id of the event (UUID). */
  readonly id: string
  /** When the event happened. */
  readonly timestamp?: string
  /** Name of the event. */
  readonly type: AnalyticsEventType
  /** Data of a recording event. */
  readonly data: AnalyticsRecordingEventData
}

/** Data of a recording event. */
export interface AnalyticsRecordingEventData {
  /** Beam that recorded. */
  readonly beam_id: string
  /** Id of the Room. */
  readonly room_id: string
  /** Peer id of the bot or of the requester. */
  readonly peer_id: string
  /** Id of the Session. */
  readonly session_id: string
  /** Template of the room. */
  readonly template_id: string
  /** When the recording was created. */
  readonly created_at?: string
  /** Length in seconds. */
  readonly duration: number
  /** @deprecated HTTPS URL of the file; superseded by `recording_presigned_url`. */
  readonly location?: string
  /** Start of the recording. */
  readonly started_at?: string
  /** End of the recording. */
  readonly stopped_at?: string
  /** Largest recorded width in pixels. */
  readonly max_width: number
  /** Largest recorded height in pixels. */
  readonly max_height: number
  /** Storage path of the file. */
  readonly recording_path: string
  /** Signed download URL. */
  readonly recording_presigned_url: string
  /** URL that the bot opens. */
  readonly meeting_url: string
  /** RTMP targets given at the start. */
  readonly rtmp?: readonly AnalyticsRtmpTarget[]
  /** Start of the session. */
  readonly session_started_at?: string
  /** Size in bytes. */
  readonly size: number
}

/** An RTMP target of a beam. */
export interface AnalyticsRtmpTarget {
  /** RTMP URL. */
  readonly url: string
}

/** A peer could not publish audio or video. */
export interface AnalyticsPublishFailedEvent {
  /** Version of the event format, `2.0`. */
  readonly version: string
  /** Id of the event (UUID). */
  readonly id: string
  /** When the event happened. */
  readonly timestamp?: string
  /** Name of the event. */
  readonly type: AnalyticsEventType
  /** Data of `client.publish.failed`. */
  readonly data: AnalyticsPublishFailedEventData
}

/** Data of `client.publish.failed`. */
export interface AnalyticsPublishFailedEventData {
  /** Your own user id. */
  readonly user_id: string
  /** Name of the peer. */
  readonly user_name: string
  /** Id of the Peer. */
  readonly peer_id: string
  /** Id of the 100ms account. */
  readonly account_id: string
  /** Id of the Room. */
  readonly room_id: string
  /** Id of the session. May be absent. */
  readonly session_id?: string
  /** Name of the room. */
  readonly room_name?: string
  /** Template of the room. */
  readonly template_id?: string
  /** Role of the peer. */
  readonly role?: string
  /** 100ms error code. */
  readonly error_code: number
  /** Short name of the error. */
  readonly error_name: string
  /** Error message. */
  readonly error_message: string
  /** Error details. */
  readonly error_description: string
  /** True if the SDK gave up. If false, the SDK retried, so the action may have succeeded later. */
  readonly is_terminal: boolean
  /** Action of the client that failed, for example `PUBLISH`. */
  readonly action: ClientAction
  /** Whether the event comes from a 100ms app or your own app. */
  readonly domain?: AnalyticsDomain
  /** Audio settings of the peer. */
  readonly audio?: AnalyticsAudioConfig
  /** Video settings of the peer. */
  readonly video?: AnalyticsVideoConfig
  /** Devices of the peer. */
  readonly devices?: AnalyticsDevices
  /** Client software of the peer. */
  readonly agent: AnalyticsUserAgent
}

/** Audio settings of the peer. */
export interface AnalyticsAudioConfig {
  /** Bitrate limit. */
  readonly maxBitrate?: number
  /** Device in use. */
  readonly deviceId?: string
  /** Volume. */
  readonly volume?: number
  /** Codec. */
  readonly codec?: string
}

/** Video settings of the peer. */
export interface AnalyticsVideoConfig {
  /** Device in use. */
  readonly deviceId?: string
  /** Frame rate limit. */
  readonly maxFramerate?: number
  /** Bitrate limit. */
  readonly maxBitrate?: number
  /** Codec. */
  readonly codec?: string
  /** Height in pixels. */
  readonly height?: number
  /** Width in pixels. */
  readonly width?: number
}

/** Devices of the peer. */
export interface AnalyticsDevices {
  /** Cameras. */
  readonly videoInput?: readonly unknown[]
  /** Microphones. */
  readonly audioInput?: readonly unknown[]
  /** Speakers. */
  readonly audioOutput?: readonly unknown[]
}

/** Client software of the peer. */
export interface AnalyticsUserAgent {
  /** SDK kind, e.g. web. */
  readonly sdk?: string
  /** SDK version. */
  readonly sdk_version?: string
  /** Framework, e.g. react-web. */
  readonly framework?: string
  /** Framework version. */
  readonly framework_version?: string
  /** Version of the framework SDK. */
  readonly framework_sdk_version?: string
  /** Operating system. */
  readonly os?: string
  /** Its version. */
  readonly os_version?: string
  /** Device or browser. */
  readonly device_model?: string
  /** Whether the 100ms prebuilt UI was used. */
  readonly is_prebuilt?: boolean
  /** HMS for a 100ms app, CUSTOM for your own app. */
  readonly domain?: AnalyticsDomain
  /** The unparsed agent string, comma-separated key:value pairs (has `env` too). */
  readonly string?: string
}

/** A peer could not receive the media of others. */
export interface AnalyticsSubscribeFailedEvent {
  /** Version of the event format, `2.0`. */
  readonly version: string
  /** Id of the event (UUID). */
  readonly id: string
  /** When the event happened. */
  readonly timestamp?: string
  /** Name of the event. */
  readonly type: AnalyticsEventType
  /** Data of `client.subscribe.failed`. */
  readonly data: AnalyticsSubscribeFailedEventData
}

/** Data of `client.subscribe.failed`. */
export interface AnalyticsSubscribeFailedEventData {
  /** Your own user id. */
  readonly user_id: string
  /** Name of the peer. */
  readonly user_name: string
  /** Id of the Peer. */
  readonly peer_id: string
  /** Id of the 100ms account. */
  readonly account_id: string
  /** Id of the Room. */
  readonly room_id: string
  /** Id of the session. May be absent. */
  readonly session_id?: string
  /** Name of the room. */
  readonly room_name?: string
  /** Template of the room. */
  readonly template_id?: string
  /** Role of the peer. */
  readonly role?: string
  /** 100ms error code. */
  readonly error_code: number
  /** Short name of the error. */
  readonly error_name: string
  /** Error message. */
  readonly error_message: string
  /** Error details. */
  readonly error_description: string
  /** True if the SDK gave up. If false, the SDK retried, so the action may have succeeded later. */
  readonly is_terminal: boolean
  /** Action of the client that failed, for example `SUBSCRIBE`. */
  readonly action: ClientAction
  /** Client software of the peer. */
  readonly agent: AnalyticsUserAgent
}

/** A peer could not join a room. */
export interface AnalyticsJoinFailedEvent {
  /** Version of the event format, `2.0`. */
  readonly version: string
  /** Id of the event (UUID). */
  readonly id: string
  /** When the event happened. */
  readonly timestamp?: string
  /** Name of the event. */
  readonly type: AnalyticsEventType
  /** Data of `client.join.failed`. */
  readonly data: AnalyticsJoinFailedEventData
}

/** Data of `client.join.failed`. */
export interface AnalyticsJoinFailedEventData {
  /** Your own user id. */
  readonly user_id: string
  /** Name of the peer. */
  readonly user_name: string
  /** Id of the Peer. */
  readonly peer_id: string
  /** Id of the 100ms account. */
  readonly account_id: string
  /** Id of the Room. */
  readonly room_id: string
  /** Id of the session. May be absent. */
  readonly session_id?: string
  /** Name of the room. */
  readonly room_name?: string
  /** Template of the room. */
  readonly template_id?: string
  /** Role of the peer. */
  readonly role?: string
  /** 100ms error code. */
  readonly error_code: number
  /** Short name of the error. */
  readonly error_name: string
  /** Error message. */
  readonly error_message: string
  /** Error details. */
  readonly error_description: string
  /** True if the SDK gave up. If false, the SDK retried, so the action may have succeeded later. */
  readonly is_terminal: boolean
  /** Action of the client that failed, for example `JOIN`. */
  readonly action: ClientAction
  /** Whether the event comes from a 100ms app or your own app. */
  readonly domain?: AnalyticsDomain
  /** Number of join retries. */
  readonly retries_join?: number
  /** Client software of the peer. */
  readonly agent: AnalyticsUserAgent
}

/** A peer lost its connection, temporarily or permanently, because of the network. */
export interface AnalyticsDisconnectedEvent {
  /** Version of the event format, `2.0`. */
  readonly version: string
  /** Id of the event (UUID). */
  readonly id: string
  /** When the event happened. */
  readonly timestamp?: string
  /** Name of the event. */
  readonly type: AnalyticsEventType
  /** Data of `client.disconnected`. */
  readonly data: AnalyticsDisconnectedEventData
}

/** Data of `client.disconnected`. */
export interface AnalyticsDisconnectedEventData {
  /** Your own user id. */
  readonly user_id: string
  /** Name of the peer. */
  readonly user_name: string
  /** Id of the Peer. */
  readonly peer_id: string
  /** Id of the 100ms account. */
  readonly account_id: string
  /** Id of the Room. */
  readonly room_id: string
  /** Id of the session. May be absent. */
  readonly session_id?: string
  /** Name of the room. */
  readonly room_name?: string
  /** Template of the room. */
  readonly template_id?: string
  /** Role of the peer. */
  readonly role?: string
  /** 100ms error code. */
  readonly error_code: number
  /** Short name of the error. */
  readonly error_name: string
  /** Error message. */
  readonly error_message: string
  /** Error details. */
  readonly error_description: string
  /** True if the SDK gave up. If false, the SDK retried, so the action may have succeeded later. */
  readonly is_terminal: boolean
  /** Action of the client that failed, for example `RECONNECT_SIGNAL`. */
  readonly action: ClientAction
  /** State of the client connection. */
  readonly transport_state?: TransportState
  /** Client software of the peer. */
  readonly agent: AnalyticsUserAgent
}

/** A peer could not reach the service. */
export interface AnalyticsConnectFailedEvent {
  /** Version of the event format, `2.0`. */
  readonly version: string
  /** Id of the event (UUID). */
  readonly id: string
  /** When the event happened. */
  readonly timestamp?: string
  /** Name of the event. */
  readonly type: AnalyticsEventType
  /** Data of `client.connect.failed`. */
  readonly data: AnalyticsConnectFailedEventData
}

/** Data of `client.connect.failed`. */
export interface AnalyticsConnectFailedEventData {
  /** Your own user id. */
  readonly user_id: string
  /** Name of the peer. */
  readonly user_name: string
  /** Id of the Peer. */
  readonly peer_id: string
  /** Id of the 100ms account. */
  readonly account_id: string
  /** Id of the Room. */
  readonly room_id: string
  /** Id of the session. May be absent. */
  readonly session_id?: string
  /** Name of the room. */
  readonly room_name?: string
  /** Template of the room. */
  readonly template_id?: string
  /** Role of the peer. */
  readonly role?: string
  /** 100ms error code. */
  readonly error_code: number
  /** Short name of the error. */
  readonly error_name: string
  /** Error message. */
  readonly error_message: string
  /** Error details. */
  readonly error_description: string
  /** True if the SDK gave up. If false, the SDK retried, so the action may have succeeded later. */
  readonly is_terminal: boolean
  /** Action of the client that failed, for example `INIT`. */
  readonly action: ClientAction
  /** State of the client connection. */
  readonly transport_state?: TransportState
  /** Address that was tried. May be empty. */
  readonly endpoint?: string
  /** Client software of the peer. */
  readonly agent: AnalyticsUserAgent
}

/** Quality time series of a peer in a session. */
export interface AnalyticsPeerStats {
  /** Id of the Peer. */
  readonly peer_id: string
  /** Id of the Session. */
  readonly session_id: string
  /** Id of the Room. */
  readonly room_id: string
  /** What the peer sent. */
  readonly publisher: AnalyticsPublisherStats
  /** What the peer received. */
  readonly subscriber: AnalyticsSubscriberStats
}

/** What the peer sent. */
export interface AnalyticsPublisherStats {
  /** Video tracks. */
  readonly video: readonly AnalyticsPublisherVideoTrack[]
  /** Audio tracks. */
  readonly audio: readonly AnalyticsPublisherAudioTrack[]
}

/** A published video layer. A track id appears once per layer. */
export interface AnalyticsPublisherVideoTrack {
  /** Id of the track (UUID). */
  readonly track_id: string
  /** Camera or screen share. */
  readonly type: VideoSource
  /** Simulcast layer: h, m or l. Null without simulcast. */
  readonly rid?: QualityLayer | null
  /** Series of a published video layer. */
  readonly time_series: AnalyticsPublisherVideoSeries
}

/** Series of a published video layer. */
export interface AnalyticsPublisherVideoSeries {
  /** Times as Unix milliseconds. The other arrays have one value for each. */
  readonly timestamps: readonly number[]
  /** Bits per second. */
  readonly bitrate: readonly number[]
  /** Frames per second. */
  readonly fps: readonly number[]
  /** Packet loss in percent. */
  readonly packet_loss_percent: readonly number[]
  /** Round-trip time in milliseconds. */
  readonly rtt_ms: readonly number[]
}

/** A published audio track. */
export interface AnalyticsPublisherAudioTrack {
  /** Id of the track (UUID). */
  readonly track_id: string
  /** Series of a published audio track. */
  readonly time_series: AnalyticsPublisherAudioSeries
}

/** Series of a published audio track. */
export interface AnalyticsPublisherAudioSeries {
  /** Times as Unix milliseconds. The other arrays have one value for each. */
  readonly timestamps: readonly number[]
  /** Bits per second. */
  readonly bitrate: readonly number[]
  /** Packet loss in percent. */
  readonly packet_loss_percent: readonly number[]
  /** Round-trip time in milliseconds. */
  readonly rtt_ms: readonly number[]
  /** Jitter in milliseconds. */
  readonly jitter_ms: readonly number[]
}

/** What the peer received. */
export interface AnalyticsSubscriberStats {
  /** Video tracks. */
  readonly video: readonly AnalyticsSubscriberVideoTrack[]
  /** Audio tracks. */
  readonly audio: readonly AnalyticsSubscriberAudioTrack[]
}

/** A received video track. */
export interface AnalyticsSubscriberVideoTrack {
  /** Id of the track (UUID). */
  readonly track_id: string
  /** Camera or screen share. */
  readonly type: VideoSource
  /** Series of a received video track. */
  readonly time_series: AnalyticsSubscriberVideoSeries
}

/** Series of a received video track. */
export interface AnalyticsSubscriberVideoSeries {
  /** Times as Unix milliseconds. The other arrays have one value for each. */
  readonly timestamps: readonly number[]
  /** Bits per second, or null. */
  readonly bitrate: readonly (number | null)[]
  /** Frames per second. */
  readonly fps: readonly number[]
  /** Number of freezes. */
  readonly freeze_count: readonly number[]
}

/** A received audio track. */
export interface AnalyticsSubscriberAudioTrack {
  /** Id of the track (UUID). */
  readonly track_id: string
  /** Series of a received audio track. */
  readonly time_series: AnalyticsSubscriberAudioSeries
}

/** Series of a received audio track. */
export interface AnalyticsSubscriberAudioSeries {
  /** Times as Unix milliseconds. The other arrays have one value for each. */
  readonly timestamps: readonly number[]
  /** Bits per second, or null. */
  readonly bitrate: readonly (number | null)[]
  /** Concealed samples. */
  readonly concealed_samples: readonly number[]
  /** Packet loss in percent. */
  readonly packet_loss_percent: readonly number[]
}

/** A page of webhook deliveries. */
export interface AnalyticsWebhookEventList {
  /** Items on this page. */
  readonly events: readonly AnalyticsWebhookEvent[]
  /** Position in the pages. */
  readonly pagination: AnalyticsPageInfo
  /** Counts over all pages. */
  readonly summary: AnalyticsWebhookTotals
}

/** One webhook delivery. */
export interface AnalyticsWebhookEvent {
  /** Id of the event. */
  readonly event_id: string
  /** Delivery record name. */
  readonly event_name: WebhookReport
  /** Id of the Room. */
  readonly room_id: string
  /** When the event happened. */
  readonly event_timestamp?: string
  /** Details of a delivery. */
  readonly payload: AnalyticsWebhookEventPayload
}

/** Details of a delivery. */
export interface AnalyticsWebhookEventPayload {
  /** Data of the original event, e.g. `session_id`, `peer_id`, `user_id`. */
  readonly event_data: { readonly [name: string]: unknown }
  /** Where it was sent. */
  readonly webhook_url: string
  /** Webhook event that was sent. */
  readonly original_event_name: WebhookEventName
  /** Why the delivery failed. Only in failed deliveries. */
  readonly error_reason?: string
}

/** Position in the pages. */
export interface AnalyticsPageInfo {
  /** Number of this page. */
  readonly current_page: number
  /** Items per page. */
  readonly page_size: number
  /** Number of pages. */
  readonly total_pages: number
  /** Total number of items. */
  readonly total_items: number
  /** Whether there is a next page. */
  readonly has_next: boolean
  /** Whether there is a previous page. */
  readonly has_prev: boolean
}

/** Counts over all pages of a list. */
export interface AnalyticsWebhookTotals {
  /** Number of matching deliveries. */
  readonly total_events: number
}

/** A replay that was started, or that is already running. */
export interface AnalyticsWebhookReplay {
  /** Id of the workflow. */
  readonly workflow_id: string
  /** `started`, or `already_running` if the same replay is still running. */
  readonly status: WebhookReplayStart
  /** Message for people. */
  readonly message: string
  /** Filters as understood by the service. */
  readonly filters: AnalyticsWebhookReplayFilters
}

/** Filters as understood by the service. */
export interface AnalyticsWebhookReplayFilters {
  /** Start of the range. */
  readonly start_time?: string
  /** End of the range. */
  readonly end_time?: string
  /** Room filter. Empty if unset. */
  readonly room_id: string
  /** Event filter. */
  readonly event_types?: readonly WebhookEventName[]
  /** Limit. Only in the status response. */
  readonly limit?: number
  /** Offset. Only in the status response. */
  readonly offset?: number
}

/** State of a replay. */
export interface AnalyticsWebhookReplayStatus {
  /** Id of the workflow. */
  readonly workflow_id: string
  /** State of the workflow, in mixed case. */
  readonly status: WebhookReplayState
  /** Start time. */
  readonly started_at?: string
  /** When it ended. */
  readonly completed_at?: string | null
  /** Filters as understood by the service. */
  readonly filters: AnalyticsWebhookReplayFilters
  /** Progress of the replay. */
  readonly progress?: AnalyticsWebhookReplayProgress
  /** Result. Null while the replay runs. */
  readonly result?: AnalyticsWebhookReplayResult | null
}

/** How many deliveries a running replay has made. */
export interface AnalyticsWebhookReplayProgress {
  /** Webhooks to send. */
  readonly total: number
  /** Webhooks that were sent. */
  readonly completed: number
  /** Webhooks that could not be sent. */
  readonly failed: number
}

/** Result of a finished replay. */
export interface AnalyticsWebhookReplayResult {
  /** Webhooks to send. */
  readonly total: number
  /** Webhooks that were sent. */
  readonly completed: number
  /** Webhooks that could not be sent. */
  readonly failed: number
  /** Ids of the events that could not be sent. */
  readonly failed_events?: readonly string[]
}

/**
 * An analytics event. `type` determines its data. Events of unknown types are kept as they are.
 *
 * `type` tells which it is.
 */
export type AnalyticsEvent =
  | AnalyticsTrackEvent
  | AnalyticsRecordingEvent
  | AnalyticsPublishFailedEvent
  | AnalyticsSubscribeFailedEvent
  | AnalyticsJoinFailedEvent
  | AnalyticsDisconnectedEvent
  | AnalyticsConnectFailedEvent
  | MalformedAnalyticsEvent

/** A value of a known kind that does not match its type. */
export interface MalformedAnalyticsEvent {
  readonly type: 'malformed'
  /** The kind. */
  readonly kind: string
  /** Where it does not match, and why. */
  readonly problem: string
  /** All of it, as it came. */
  readonly raw: { readonly [name: string]: unknown }
}

/**
 * Type of an analytics event.
 *
 * New values may be added.
 */
export type AnalyticsEventType =
  | 'track.add.success'
  | 'track.update.success'
  | 'track.remove.success'
  | 'beam.recording.success'
  | 'client.publish.failed'
  | 'client.subscribe.failed'
  | 'client.join.failed'
  | 'client.disconnected'
  | 'client.connect.failed'
  | (string & {})

/**
 * Where a video comes from.
 *
 * New values may be added.
 */
export type VideoSource = 'regular' | 'screen' | (string & {})

/**
 * Action of a client that failed.
 *
 * New values may be added.
 */
export type ClientAction = 'PUBLISH' | 'SUBSCRIBE' | 'JOIN' | 'RECONNECT_SIGNAL' | 'INIT' | (string & {})

/**
 * Origin of the client app.
 *
 * New values may be added.
 */
export type AnalyticsDomain = 'HMS' | 'CUSTOM' | (string & {})

/**
 * State of a client's connection when it failed.
 *
 * New values may be added.
 */
export type TransportState = 'Preview' | 'Connecting' | (string & {})

/**
 * Simulcast layer: high, medium, low.
 *
 * New values may be added.
 */
export type QualityLayer = 'h' | 'm' | 'l' | (string & {})

/**
 * Outcome of a delivery.
 *
 * New values may be added.
 */
export type DeliveryStatus = 'all' | 'failed' | 'success' | (string & {})

/**
 * Webhook event whose deliveries can be listed and replayed. The service documents only the first twelve.
 *
 * New values may be added.
 */
export type WebhookEventName =
  | 'session.open.success'
  | 'session.close.success'
  | 'peer.join.success'
  | 'peer.leave.success'
  | 'recording.success'
  | 'recording.failed'
  | 'transcription.success'
  | 'beam.started.success'
  | 'beam.stopped.success'
  | 'beam.recording.success'
  | 'hls.recording.success'
  | 'stream.recording.success'
  | 'peer.join.failure'
  | 'peer.leave.failure'
  | 'room.end.success'
  | 'room.end.failure'
  | 'role.change.success'
  | 'role.change.failure'
  | 'track.recording.started.success'
  | 'track.recording.success'
  | 'track.recording.failure'
  | 'stream.recording.failure'
  | 'beam.failure'
  | 'hls.started.success'
  | 'hls.stopped.success'
  | 'hls.failure'
  | 'transcription.started.success'
  | 'transcription.failure'
  | 'ingest.start.success'
  | 'ingest.end.success'
  | 'ingest.start.failure'
  | 'ingest.failure'
  | (string & {})

/**
 * Kind of an entry of the webhook log.
 *
 * New values may be added.
 */
export type WebhookReport = 'reporter.webhook.delivery.failed' | (string & {})

/**
 * Whether a replay was started.
 *
 * New values may be added.
 */
export type WebhookReplayStart = 'started' | 'already_running' | (string & {})

/**
 * State of a replay.
 *
 * New values may be added.
 */
export type WebhookReplayState =
  | 'Running'
  | 'completed'
  | 'completed_with_failures'
  | 'failed'
  | 'Canceled'
  | 'Terminated'
  | (string & {})
