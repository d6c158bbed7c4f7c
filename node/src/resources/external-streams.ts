// @generated from crates/hundredms/src/resources/external_streams.rs by `cargo xtask gen`; not edited by hand.
// External streams: stream a room to RTMP targets.
import { List } from '../list'
import type { CallOptions, JobOptions } from '../options'
import { coreOf, Resource } from '../resource'
import type { EmbeddedRecordingAsset, MediaJobStatus, Resolution, WaitProgress } from './recordings'

/** External streams: stream a room to RTMP targets. */
export class ExternalStreams extends Resource {
  /**
   * List external streams.
   *
   * Returns the RTMP-out streams of the workspace. Optional filters select by room, session and state.
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
   * Starts a browser bot and pushes its view to up to five RTMP targets at once. Returns with `starting`. The job
   * becomes `running` shortly after. With `recording: true`, the view is also recorded as a `room-composite` asset.
   * The job ends automatically in the same cases as a recording: empty room, maximum duration, room ended.
   *
   * Webhook events that follow: `beam.started.success` and `beam.stopped.success`, `beam.recording.success` with
   * recording, or `beam.failure`.
   *
   * `POST /external-streams/room/{room_id}/start`; service documentation:
   * https://www.100ms.live/docs/server-side/v2/api-reference/external-streams/start-external-stream-for-room
   *
   * @param roomId Id of the room.
   * @throws AmbiguousOutcomeError when the connection breaks while it is under way; `external_streams.list` shows
   * whether it took effect.
   */
  start(roomId: string, params: ExternalStreamsStartParams, options?: CallOptions): Promise<ExternalStream> {
    return coreOf(this).call('external_streams.start', { room_id: roomId }, options, params)
  }

  /**
   * Stop all external streams of a room.
   *
   * Stops every active external stream of the room and returns these jobs as a page. A job takes some time to stop:
   * until its bot has left the room, it is active, and a further call returns it again.
   *
   * `POST /external-streams/room/{room_id}/stop`; service documentation:
   * https://www.100ms.live/docs/server-side/v2/api-reference/external-streams/stop-external-stream-for-room
   *
   * @param roomId Id of the room.
   */
  stopAll(roomId: string, options?: CallOptions): Promise<ExternalStreamStopResult> {
    return coreOf(this).call('external_streams.stop_all', { room_id: roomId }, options)
  }

  /**
   * Return one external stream.
   *
   * Returns the external stream in any state. If it was recorded, `recording_assets` contains a `room-composite`
   * asset after it has finished.
   *
   * `GET /external-streams/{stream_id}`; service documentation:
   * https://www.100ms.live/docs/server-side/v2/api-reference/external-streams/get-external-stream
   *
   * @param streamId Id of the external stream job (its `id`).
   */
  get(streamId: string, options?: CallOptions): Promise<ExternalStream> {
    return coreOf(this).call('external_streams.get', { stream_id: streamId }, options)
  }

  /**
   * Stop one external stream.
   *
   * Stops the external stream and returns it. Stopping is asynchronous.
   *
   * `POST /external-streams/{stream_id}/stop`; service documentation:
   * https://www.100ms.live/docs/server-side/v2/api-reference/external-streams/stop-external-stream-by-id
   *
   * @param streamId Id of the external stream job (its `id`).
   */
  stop(streamId: string, options?: CallOptions): Promise<ExternalStream> {
    return coreOf(this).call('external_streams.stop', { stream_id: streamId }, options)
  }

  /**
   * Wait until an external stream has reached a state.
   *
   * Looks at the stream again and again, with pauses of 1 s that grow to 10 s, and returns it as soon as it is in
   * the state `until`. Fails with `job_failed` if the stream ends in another state, and with `timeout` if it does
   * not get there in time; the error has the last `state`.
   *
   * Defaults to a timeout of 3600 seconds for the whole job.
   *
   * @param streamId Id of the external stream.
   */
  wait(
    streamId: string,
    params: ExternalStreamsWaitParams = {},
    options?: JobOptions<WaitProgress>,
  ): Promise<ExternalStream> {
    return coreOf(this).runJob('external_streams.wait', { stream_id: streamId }, options, params)
  }
}

/** Parameters of `external_streams.list`. */
export interface ExternalStreamsListParams {
  /** Only external streams of this room. Not empty. */
  readonly room_id?: string | undefined
  /** Only external streams of this session. Not empty. */
  readonly session_id?: string | undefined
  /** Only external streams in this state. Not empty. */
  readonly status?: MediaJobStatus | undefined
  /** Cursor: the `last` value of the previous page. Omit for the first page. */
  readonly start?: string | undefined
  /**
   * Items per page. A loop over the list reads all pages. Between 1 and 100. Defaults to 100. Below 10, the service
   * may send 10 items, or refuse the call: it documents 10 to 100.
   */
  readonly limit?: number | undefined
}

/** Parameters of `external_streams.start`. */
export interface ExternalStreamsStartParams {
  /**
   * URL that takes a browser directly into the room, without a click: a 100ms link
   * `https://<subdomain>.app.100ms.live/preview/<room_id>/<role>?skip_preview=true`, or your own web app. 100ms
   * links accept these query parameters: `skip_preview=true` (join without header and controls),
   * `skip_preview_headful=true` (join with them), `auth_token=<token>`, `ui_mode=activespeaker`, `name=<peer
   * name>`. Required unless the template has both external streaming switched on (in the dashboard) and a subdomain
   * (templates created by API have none).
   */
  readonly meeting_url?: string | undefined
  /** RTMP targets. At least one. At most 5 items. */
  readonly rtmp_urls: readonly string[]
  /** Also record the stream as a room-composite asset. */
  readonly recording?: boolean | undefined
  /** Size of the video. Width and height are both required. Defaults to 1280x720. */
  readonly resolution?: Resolution | undefined
  /**
   * Name of the template's destination (or recording configuration) that provides the settings. Required if the
   * template has several of this kind.
   */
  readonly destination?: string | undefined
}

/** Parameters of `external_streams.wait`. */
export interface ExternalStreamsWaitParams {
  /** The state to wait for. Defaults to `completed`. */
  readonly until?: MediaJobStatus | undefined
}

/** A page of external streams. */
export interface ExternalStreamList {
  /** Page size that the service applied. */
  readonly limit: number
  /** Items on this page. */
  readonly data: readonly ExternalStream[]
  /** Id of the last item. Pass it as `start` to get the next page. */
  readonly last?: string | null
}

/** An RTMP-out stream job. */
export interface ExternalStream {
  /** Id of the external stream. */
  readonly id: string
  /** Room streamed. */
  readonly room_id: string
  /** Session streamed. */
  readonly session_id: string
  /**
   * State of a recording, live stream or external stream job. A started job is `starting`, then `running`. A
   * stopped job (on request or automatically) is `stopping`, then `post_processing` while files are finished and
   * uploaded, then `completed`. Any state before `completed` can change to `failed`.
   */
  readonly status: MediaJobStatus
  /** Template destination used. */
  readonly destination: string
  /** RTMP targets, including stream keys. */
  readonly rtmp_urls: readonly string[]
  /** Whether the stream is recorded. */
  readonly recording: boolean
  /** Frame size in pixels, shared by recordings and streams. */
  readonly resolution: Resolution
  /** URL that the bot opens. It contains an auth token if the caller included one. */
  readonly meeting_url: string
  /** Files created by the job. Null or empty until there are any. */
  readonly recording_assets: readonly EmbeddedRecordingAsset[]
  /** When the job was created. */
  readonly created_at?: string
  /** When the job started to run. Null before. */
  readonly started_at?: string | null
  /** When the job last changed. */
  readonly updated_at?: string
  /** When the job ended. Null before. */
  readonly stopped_at?: string | null
  /** Id of the peer that started the job. Empty if the server API started it. */
  readonly started_by: string
  /** Id of the peer that stopped the job. Empty if the server API stopped it, or if it is not stopped yet. */
  readonly stopped_by: string
}

/** External streams that were stopped. */
export interface ExternalStreamStopResult {
  /** Undocumented by the service. */
  readonly error?: string | null
  /** Items per page. A loop over the list reads all pages. */
  readonly limit: number
  /** Items on this page. */
  readonly data: readonly ExternalStream[]
  /** Id of the last item. */
  readonly last?: string | null
}
