// @generated from crates/hundredms/src/resources/live_streams.rs by `cargo xtask gen`; not edited by hand.
// Live streams: stream a room over HLS.
import { List } from '../list'
import type { CallOptions, JobOptions } from '../options'
import { coreOf, Resource } from '../resource'
import type {
  EmbeddedRecordingAsset,
  MediaJobStatus,
  SummaryConfig,
  TranscriptFormat,
  WaitProgress,
} from './recordings'

/** Live streams: stream a room over HLS. */
export class LiveStreams extends Resource {
  /**
   * List live streams.
   *
   * Returns the HLS live streams of the workspace. Optional filters select by room, session and state.
   * `recording_assets` is null in list items.
   *
   * `GET /live-streams`; service documentation:
   * https://www.100ms.live/docs/server-side/v2/api-reference/live-streams/list-all-live-streams
   */
  list(params: LiveStreamsListParams = {}, options?: CallOptions): List<LiveStream, LiveStreamList> {
    return new List(
      coreOf(this),
      { operation: 'live_streams.list', items: 'data', param: 'start' },
      {},
      options,
      params,
    )
  }

  /**
   * Start an HLS live stream of a room.
   *
   * Starts a browser bot and streams its view over HLS. Returns at once with `starting` (`started_at: null`) and
   * the playback URL of the master manifest. The job becomes `running` shortly after. Arguments override the
   * template. Without `transcription`, the template's transcription settings apply. Mode `live` adds `WebVTT`
   * captions to the manifest. Mode `recorded` transcribes the recording afterwards. The job ends automatically in
   * the same cases as a recording: empty room, maximum duration, room ended.
   *
   * Webhook events that follow: `hls.started.success`, `hls.stopped.success` and `hls.recording.success`, or
   * `hls.failure`; `transcription.started.success`, `transcription.success` and `transcription.failure` with
   * transcription.
   *
   * `POST /live-streams/room/{room_id}/start`; service documentation:
   * https://www.100ms.live/docs/server-side/v2/api-reference/live-streams/start-live-stream-for-room
   *
   * @param roomId Id of the room.
   * @throws AmbiguousOutcomeError when the connection breaks while it is under way; `live_streams.list` shows
   * whether it took effect.
   */
  start(roomId: string, params: LiveStreamsStartParams = {}, options?: CallOptions): Promise<LiveStream> {
    return coreOf(this).call('live_streams.start', { room_id: roomId }, options, params)
  }

  /**
   * Stop all live streams of a room.
   *
   * Stops every active live stream of the room and returns these jobs as a page. A job takes some time to stop:
   * until its bot has left the room, it is active, and a further call returns it again.
   *
   * `POST /live-streams/room/{room_id}/stop`; service documentation:
   * https://www.100ms.live/docs/server-side/v2/api-reference/live-streams/stop-live-stream-for-room
   *
   * @param roomId Id of the room.
   */
  stopAll(roomId: string, options?: CallOptions): Promise<LiveStreamStopResult> {
    return coreOf(this).call('live_streams.stop_all', { room_id: roomId }, options)
  }

  /**
   * Return one live stream.
   *
   * Returns the live stream in any state. After it has finished, `recording_assets` lists its files (`room-vod`
   * and/or one `room-composite` per layer, depending on `recording`).
   *
   * `GET /live-streams/{stream_id}`; service documentation:
   * https://www.100ms.live/docs/server-side/v2/api-reference/live-streams/get-live-stream
   *
   * @param streamId Id of the live stream job (its `id`).
   */
  get(streamId: string, options?: CallOptions): Promise<LiveStream> {
    return coreOf(this).call('live_streams.get', { stream_id: streamId }, options)
  }

  /**
   * Pause the recording of a live stream.
   *
   * Pauses the recording while the stream continues, for example while the broadcaster is away. Returns the live
   * stream, still `running`. The live stream does not show the pause.
   *
   * `POST /live-streams/{stream_id}/pause-recording`; service documentation:
   * https://www.100ms.live/docs/server-side/v2/api-reference/live-streams/pause-live-stream-recording
   *
   * @param streamId Id of the live stream job (its `id`).
   */
  pauseRecording(streamId: string, options?: CallOptions): Promise<LiveStream> {
    return coreOf(this).call('live_streams.pause_recording', { stream_id: streamId }, options)
  }

  /**
   * Resume the recording of a live stream.
   *
   * Takes up a live stream recording that was paused before. Returns the live stream, `running`. No request body.
   *
   * `POST /live-streams/{stream_id}/resume-recording`; service documentation:
   * https://www.100ms.live/docs/server-side/v2/api-reference/live-streams/resume-live-stream-recording
   *
   * @param streamId Id of the live stream job (its `id`).
   */
  resumeRecording(streamId: string, options?: CallOptions): Promise<LiveStream> {
    return coreOf(this).call('live_streams.resume_recording', { stream_id: streamId }, options)
  }

  /**
   * Stop one live stream.
   *
   * Asks the given live stream to stop and returns it. Stopping is asynchronous; recordings of the stream appear as
   * assets after `post_processing`. No request body.
   *
   * `POST /live-streams/{stream_id}/stop`; service documentation:
   * https://www.100ms.live/docs/server-side/v2/api-reference/live-streams/stop-live-stream-by-id
   *
   * @param streamId Id of the live stream job (its `id`).
   */
  stop(streamId: string, options?: CallOptions): Promise<LiveStream> {
    return coreOf(this).call('live_streams.stop', { stream_id: streamId }, options)
  }

  /**
   * Insert timed metadata into a live stream.
   *
   * Puts a short text cue into the stream of a running live stream; players read it and can act on it. The text is
   * at most 100 characters. Returns the unchanged live stream, not the cue.
   *
   * `POST /live-streams/{stream_id}/timed-metadata`; service documentation:
   * https://www.100ms.live/docs/server-side/v2/api-reference/live-streams/send-timed-metadata
   *
   * @param streamId Id of the live stream job (its `id`).
   */
  sendTimedMetadata(
    streamId: string,
    params: LiveStreamsSendTimedMetadataParams,
    options?: CallOptions,
  ): Promise<LiveStream> {
    return coreOf(this).call('live_streams.send_timed_metadata', { stream_id: streamId }, options, params)
  }

  /**
   * Wait until a live stream has reached a state.
   *
   * Looks at the stream again and again, with pauses of 1 s that grow to 10 s, and returns it as soon as it is in
   * the state `until`. Fails with `job_failed` if the stream ends in another state, and with `timeout` if it does
   * not get there in time; the error has the last `state`.
   *
   * Defaults to a timeout of 3600 seconds for the whole job.
   *
   * @param streamId Id of the live stream.
   */
  wait(streamId: string, params: LiveStreamsWaitParams = {}, options?: JobOptions<WaitProgress>): Promise<LiveStream> {
    return coreOf(this).runJob('live_streams.wait', { stream_id: streamId }, options, params)
  }
}

/** Parameters of `live_streams.list`. */
export interface LiveStreamsListParams {
  /** Only live streams of this room. Not empty. */
  readonly room_id?: string | undefined
  /** Only live streams of this session. Not empty. */
  readonly session_id?: string | undefined
  /** Only live streams in this state. Not empty. */
  readonly status?: MediaJobStatus | undefined
  /** Cursor: the `last` value of the previous page. Omit for the first page. */
  readonly start?: string | undefined
  /**
   * Items per page. A loop over the list reads all pages. Between 1 and 100. Defaults to 100. Below 10, the service
   * may send 10 items, or refuse the call: it documents 10 to 100.
   */
  readonly limit?: number | undefined
}

/** Parameters of `live_streams.start`. */
export interface LiveStreamsStartParams {
  /**
   * URL that takes a browser directly into the room, without a click: a 100ms link
   * `https://<subdomain>.app.100ms.live/preview/<room_id>/<role>?skip_preview=true`, or your own web app. 100ms
   * links accept these query parameters: `skip_preview=true` (join without header and controls),
   * `skip_preview_headful=true` (join with them), `auth_token=<token>`, `ui_mode=activespeaker`, `name=<peer
   * name>`. Required unless the template has both live streaming switched on (in the dashboard) and a subdomain
   * (templates created by API have none).
   */
  readonly meeting_url?: string | undefined
  /** Which recordings are made of the live stream. */
  readonly recording?: LiveStreamRecording | undefined
  /**
   * Name of the template's destination (or recording configuration) that provides the settings. Required if the
   * template has several of this kind.
   */
  readonly destination?: string | undefined
  /** Transcription of a live stream. `output_modes` and `summary` matter for mode `recorded` only. */
  readonly transcription?: TranscriptionLiveStreamConfig | undefined
}

/** Parameters of `live_streams.send_timed_metadata`. */
export interface LiveStreamsSendTimedMetadataParams {
  /** Text of the cue. At most 100 characters. */
  readonly payload: string
  /** Length of the cue in seconds. */
  readonly duration: number
}

/** Parameters of `live_streams.wait`. */
export interface LiveStreamsWaitParams {
  /** The state to wait for. Defaults to `completed`. */
  readonly until?: MediaJobStatus | undefined
}

/** A page of live streams. */
export interface LiveStreamList {
  /** Page size that the service applied. */
  readonly limit: number
  /** Items on this page. */
  readonly data: readonly LiveStream[]
  /** Id of the last item. Pass it as `start` to get the next page. */
  readonly last?: string | null
}

/** An HLS live stream job. */
export interface LiveStream {
  /** Id of the live stream. */
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
  /** How to watch the live stream. */
  readonly playback: Playback
  /** URL that the bot opens. It contains an auth token if the caller included one. */
  readonly meeting_url: string
  /** Which recordings are made of the live stream. */
  readonly recording: LiveStreamRecording
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

/** How to watch the live stream. */
export interface Playback {
  /** URL of the HLS master manifest (m3u8). */
  readonly url: string
}

/** Which recordings are made of the live stream. */
export interface LiveStreamRecording {
  /** Make a room-vod asset. */
  readonly hls_vod?: boolean | undefined
  /** Make one room-composite asset per layer. */
  readonly single_file_per_layer?: boolean | undefined
}

/** Transcription of a live stream. `output_modes` and `summary` matter for mode `recorded` only. */
export interface TranscriptionLiveStreamConfig {
  /** Whether to transcribe. Must be true unless the template has transcription on. */
  readonly enabled?: boolean | undefined
  /** recorded: transcribe the recording afterwards; live: captions in the HLS stream. */
  readonly modes?: readonly StreamTranscriptionMode[] | undefined
  /** File formats of the transcript, one asset each: plain text, subtitles, or words and sentences with times. */
  readonly output_modes?: readonly TranscriptFormat[] | undefined
  /** Names, abbreviations and technical terms that are likely to be spoken. */
  readonly custom_vocabulary?: readonly string[] | undefined
  /** How to summarise the transcript. */
  readonly summary?: SummaryConfig | undefined
}

/** Live streams that were stopped. */
export interface LiveStreamStopResult {
  /** Undocumented by the service. */
  readonly error?: string | null
  /** Items per page. A loop over the list reads all pages. */
  readonly limit: number
  /** Items on this page. */
  readonly data: readonly LiveStream[]
  /** Id of the last item. */
  readonly last?: string | null
}

/**
 * When the speech of a live stream is transcribed.
 *
 * New values may be added.
 */
export type StreamTranscriptionMode = 'recorded' | 'live' | (string & {})
