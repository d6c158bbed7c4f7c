// @generated from crates/hundredms/src/resources/external_streams.rs by `cargo xtask gen`; not edited by hand.
// External streams: a room sent on by RTMP.
import { List } from '../list'
import type { CallOptions } from '../options'
import { coreOf, Resource } from '../resource'
import type { EmbeddedRecordingAsset, MediaJobStatus, Resolution } from './recordings'

/** External streams: a room sent on by RTMP. */
export class ExternalStreams extends Resource {
  /**
   * List external streams.
   *
   * Pages through the RTMP-out streams of the workspace, optionally narrowed to a room, a session or a state.
   *
   * `GET /external-streams`; service documentation:
   * https://www.100ms.live/docs/server-side/v2/api-reference/external-streams/list-all-external-streams
   */
  list(params: ExternalStreamsListParams = {}, options?: CallOptions): List<ExternalStream, ExternalStreamList> {
    return new List(
      coreOf(this),
      { operation: 'external_streams.list', items: 'data', param: 'start' },
      {},
      options,
      params,
    )
  }

  /**
   * Start an RTMP-out stream of a room.
   *
   * Launches the browser bot and pushes its view to up to five RTMP targets at once. Answers in `starting`; the job
   * becomes `running` shortly after. With `recording: true` the same view is also kept as a `room-composite` asset.
   * The job ends by itself in the same cases as a recording (empty room, maximum duration, room ended).
   *
   * Webhook events that follow: `beam.started.success` and `beam.stopped.success`, `beam.recording.success` with
   * recording, or `beam.failure`.
   *
   * `POST /external-streams/room/{room_id}/start`; service documentation:
   * https://www.100ms.live/docs/server-side/v2/api-reference/external-streams/start-external-stream-for-room
   *
   * @param roomId Identifier of the room.
   * @throws AmbiguousOutcomeError when the connection breaks while it is under way; `external_streams.list` shows
   * whether it took effect.
   */
  start(roomId: string, params: ExternalStreamsStartParams, options?: CallOptions): Promise<ExternalStream> {
    return coreOf(this).call('external_streams.start', { room_id: roomId }, options, params)
  }

  /**
   * Stop all external streams of a room.
   *
   * Stops every active external stream of the room and returns those jobs in a list wrapper. No request body.
   *
   * `POST /external-streams/room/{room_id}/stop`; service documentation:
   * https://www.100ms.live/docs/server-side/v2/api-reference/external-streams/stop-external-stream-for-room
   *
   * @param roomId Identifier of the room.
   */
  stopAll(roomId: string, options?: CallOptions): Promise<ExternalStreamStopResult> {
    return coreOf(this).call('external_streams.stop_all', { room_id: roomId }, options)
  }

  /**
   * Get one external stream.
   *
   * Returns the external stream in whatever state it is in; if it was recorded, a `room-composite` asset appears in
   * `recording_assets` after it has finished.
   *
   * `GET /external-streams/{stream_id}`; service documentation:
   * https://www.100ms.live/docs/server-side/v2/api-reference/external-streams/get-external-stream
   *
   * @param streamId Identifier of the external stream job (its `id`).
   */
  get(streamId: string, options?: CallOptions): Promise<ExternalStream> {
    return coreOf(this).call('external_streams.get', { stream_id: streamId }, options)
  }

  /**
   * Stop one external stream.
   *
   * Asks the given external stream to stop and returns it. Stopping is asynchronous. No request body.
   *
   * `POST /external-streams/{stream_id}/stop`; service documentation:
   * https://www.100ms.live/docs/server-side/v2/api-reference/external-streams/stop-external-stream-by-id
   *
   * @param streamId Identifier of the external stream job (its `id`).
   */
  stop(streamId: string, options?: CallOptions): Promise<ExternalStream> {
    return coreOf(this).call('external_streams.stop', { stream_id: streamId }, options)
  }
}

/** Parameters of `external_streams.list`. */
export interface ExternalStreamsListParams {
  /** Only external streams that belong to this room. Not empty. */
  readonly room_id?: string | undefined
  /** Only external streams that belong to this session. Not empty. */
  readonly session_id?: string | undefined
  /** Only external streams in this state. Not empty. */
  readonly status?: MediaJobStatus | undefined
  /** Cursor: the `last` value of the page before. Omit for the first page. */
  readonly start?: string | undefined
  /**
   * Page size. The general API guide gives 10 to 100, default 10. The service takes 10 to 100; 100 unless set.
   * Between 1 and 100.
   */
  readonly limit?: number | undefined
}

/** Parameters of `external_streams.start`. */
export interface ExternalStreamsStartParams {
  /**
   * URL that takes a browser straight into the room, no click needed; a 100ms link
   * `https://<subdomain>.app.100ms.live/preview/<room_id>/<role>?skip_preview=true` or any own web app. On 100ms
   * links these query parameters count: `skip_preview=true` (join without header and controls),
   * `skip_preview_headful=true` (join with them), `auth_token=<token>`, `ui_mode=activespeaker`, `name=<peer
   * name>`. Mandatory unless the template has both external streaming switched on (in the dashboard) and a
   * subdomain (templates made by API have none).
   */
  readonly meeting_url?: string | undefined
  /** Targets, one to five. At most 5 items. */
  readonly rtmp_urls: readonly string[]
  /** Also keep the stream as a room-composite asset. */
  readonly recording?: boolean | undefined
  /** Size of the video. Width and height both needed. Default 1280x720. */
  readonly resolution?: Resolution | undefined
  /**
   * Name of the destination (or recording configuration) of the template to take settings from. Needed when the
   * template has several of this kind.
   */
  readonly destination?: string | undefined
}

/** A page of external streams. */
export interface ExternalStreamList {
  /** Page size that was applied. */
  readonly limit: number
  /** What the page holds. */
  readonly data: readonly ExternalStream[]
  /** Id of the last item; pass as `start` for the next page. */
  readonly last?: string | null
}

/** An RTMP-out stream job. */
export interface ExternalStream {
  /** Identifier of the external stream. */
  readonly id: string
  /** Room streamed. */
  readonly room_id: string
  /** Session streamed. */
  readonly session_id: string
  /**
   * State of a recording, live stream or external stream job. Start gives `starting`, soon `running`; a stop
   * request (or an automatic stop) gives `stopping`, then `post_processing` while files are finished and uploaded,
   * then `completed`. `failed` can follow any state before `completed`.
   */
  readonly status: MediaJobStatus
  /** Template destination used. */
  readonly destination: string
  /** Targets, stream keys included. */
  readonly rtmp_urls: readonly string[]
  /** Whether the stream is recorded. */
  readonly recording: boolean
  /** Frame size in pixels, shared by recordings and streams. */
  readonly resolution: Resolution
  /** URL opened by the bot. May contain an auth token if the caller put one in. */
  readonly meeting_url: string
  /** Files made by the job; null (or empty) until there are any. */
  readonly recording_assets: readonly EmbeddedRecordingAsset[]
  /** When the job was created. */
  readonly created_at?: string
  /** When it began to run; null before. */
  readonly started_at?: string | null
  /** When it last changed. */
  readonly updated_at?: string
  /** When it ended; null before. */
  readonly stopped_at?: string | null
  /** Peer id of whoever started it; empty string when started from the server side. */
  readonly started_by: string
  /** Peer id of whoever stopped it; empty string when stopped from the server side (or not yet stopped). */
  readonly stopped_by: string
}

/** External streams affected by a stop of the whole room. */
export interface ExternalStreamStopResult {
  /** Seen in the example only; meaning not explained. */
  readonly error?: string | null
  /** Page size. */
  readonly limit: number
  /** What the page holds. */
  readonly data: readonly ExternalStream[]
  /** Id of the last item. */
  readonly last?: string | null
}
