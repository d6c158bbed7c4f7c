// @generated from crates/hundredms/src/resources/recordings.rs by `cargo xtask gen`; not edited by hand.
// Recordings: jobs that record a room.
import { List } from '../list'
import type { CallOptions } from '../options'
import { coreOf, Resource } from '../resource'
import type { TrackType } from './active-rooms'

/** Recordings: jobs that record a room. */
export class Recordings extends Resource {
  /**
   * List recording jobs.
   *
   * Pages through the recording jobs of the workspace, whether started by REST call, client SDK or auto-start. List
   * items leave out `recording_assets`: read one job, or list the assets of the room or session, to get them.
   *
   * `GET /recordings`; service documentation:
   * https://www.100ms.live/docs/server-side/v2/api-reference/recordings/list-all-recordings
   */
  list(params: RecordingsListParams = {}, options?: CallOptions): List<Recording, RecordingList> {
    return new List(coreOf(this), { operation: 'recordings.list', items: 'data', param: 'start' }, {}, options, params)
  }

  /**
   * Pause the recording of a room.
   *
   * Pauses the running recording of the room until it is resumed. Returns the single job; its `status` stays
   * `running`, so a pause cannot be read back from the object. No request body.
   *
   * `POST /recordings/room/{room_id}/pause`; service documentation:
   * https://www.100ms.live/docs/server-side/v2/api-reference/recordings/pause-recording-for-room
   *
   * @param roomId Identifier of the room.
   */
  pause(roomId: string, options?: CallOptions): Promise<Recording> {
    return coreOf(this).call('recordings.pause', { room_id: roomId }, options)
  }

  /**
   * Resume the paused recording of a room.
   *
   * Continues a recording that was paused in this room. Returns the single job with `status` `running`. No request
   * body.
   *
   * `POST /recordings/room/{room_id}/resume`; service documentation:
   * https://www.100ms.live/docs/server-side/v2/api-reference/recordings/resume-recording-for-room
   *
   * @param roomId Identifier of the room.
   */
  resume(roomId: string, options?: CallOptions): Promise<Recording> {
    return coreOf(this).call('recordings.resume', { room_id: roomId }, options)
  }

  /**
   * Start a composite recording of a room.
   *
   * Launches a browser bot that joins the room through `meeting_url` and records what it sees into one mp4. Returns
   * at once with `starting` and `started_at: null`; the job becomes `running` shortly after. Values in the body
   * override the template; without `transcription` the settings of the template apply. `asset_types` of the answer
   * names the assets to expect: `room-composite` and `chat`, plus `transcript` and `summary` when those are on;
   * these two are listed as `processing` right after the recording has completed and become `completed` after
   * roughly 20 % of its length, at least 5 minutes. The job also ends by itself: when all other peers have left for
   * 5 minutes (or the template's `autoStopTimeout`), at the maximum duration (4 hours unless set on the template),
   * or when the room is ended.
   *
   * Webhook events that follow: `beam.started.success`, `beam.stopped.success` and `beam.recording.success` (not
   * `recording.success`, which is of recordings by the media server), or `beam.failure`;
   * `transcription.started.success`, `transcription.success` and `transcription.failure` with transcription.
   *
   * `POST /recordings/room/{room_id}/start`; service documentation:
   * https://www.100ms.live/docs/server-side/v2/api-reference/recordings/start-recording-for-room
   *
   * @param roomId Identifier of the room.
   * @throws AmbiguousOutcomeError when the connection breaks while it is under way; `recordings.list` shows whether
   * it took effect.
   */
  start(roomId: string, params: RecordingsStartParams = {}, options?: CallOptions): Promise<Recording> {
    return coreOf(this).call('recordings.start', { room_id: roomId }, options, params)
  }

  /**
   * Stop all recordings of a room.
   *
   * Stops every active recording of the room and returns those jobs, each in `stopping` with `stopped_at: null`,
   * wrapped like a list page. No request body.
   *
   * `POST /recordings/room/{room_id}/stop`; service documentation:
   * https://www.100ms.live/docs/server-side/v2/api-reference/recordings/stop-recording-for-room
   *
   * @param roomId Identifier of the room.
   */
  stopAll(roomId: string, options?: CallOptions): Promise<RecordingStopResult> {
    return coreOf(this).call('recordings.stop_all', { room_id: roomId }, options)
  }

  /**
   * Get one recording job.
   *
   * Returns the job in whatever state it is in. Once it has finished, `recording_assets` carries the produced
   * files: composite video and chat first, transcript and summary files (one asset per output mode) some minutes
   * later.
   *
   * `GET /recordings/{recording_id}`; service documentation:
   * https://www.100ms.live/docs/server-side/v2/api-reference/recordings/get-recording
   *
   * @param recordingId Identifier of the recording job.
   */
  get(recordingId: string, options?: CallOptions): Promise<Recording> {
    return coreOf(this).call('recordings.get', { recording_id: recordingId }, options)
  }

  /**
   * Get the configuration of a recording job.
   *
   * By its name this returns the settings the job runs with. The public documentation does not describe it, so
   * treat the answer as free-form JSON.
   *
   * `GET /recordings/{recording_id}/config`; service documentation:
   * https://www.100ms.live/docs/server-side/v2/api-reference/recordings/get-recording
   *
   * @param recordingId Identifier of the recording job.
   */
  getConfig(recordingId: string, options?: CallOptions): Promise<RecordingJobConfig> {
    return coreOf(this).call('recordings.get_config', { recording_id: recordingId }, options)
  }

  /**
   * Stop one recording job.
   *
   * Asks a given job to stop and returns it in `stopping`, with `stopped_at` still null. Stopping is asynchronous:
   * the job then goes through `post_processing` to `completed` or `failed`. `stopped_by` is an empty string because
   * the stop came from the server side. No request body.
   *
   * `POST /recordings/{recording_id}/stop`; service documentation:
   * https://www.100ms.live/docs/server-side/v2/api-reference/recordings/stop-recording-by-id
   *
   * @param recordingId Identifier of the recording job.
   */
  stop(recordingId: string, options?: CallOptions): Promise<Recording> {
    return coreOf(this).call('recordings.stop', { recording_id: recordingId }, options)
  }
}

/** Parameters of `recordings.list`. */
export interface RecordingsListParams {
  /** Only recordings that belong to this room. Not empty. */
  readonly room_id?: string | undefined
  /** Only recordings that belong to this session. Not empty. */
  readonly session_id?: string | undefined
  /** Only recordings in this state. Not empty. */
  readonly status?: MediaJobStatus | undefined
  /** Cursor: the `last` value of the page before. Omit for the first page. */
  readonly start?: string | undefined
  /**
   * Page size. The general API guide gives 10 to 100, default 10. The service takes 10 to 100; 100 unless set.
   * Between 1 and 100.
   */
  readonly limit?: number | undefined
}

/** Parameters of `recordings.start`. */
export interface RecordingsStartParams {
  /**
   * URL that takes a browser straight into the room, no click needed; a 100ms link
   * `https://<subdomain>.app.100ms.live/preview/<room_id>/<role>?skip_preview=true` or any own web app. On 100ms
   * links these query parameters count: `skip_preview=true` (join without header and controls),
   * `skip_preview_headful=true` (join with them), `auth_token=<token>`, `ui_mode=activespeaker`, `name=<peer
   * name>`. Mandatory unless the template has both composite recording switched on (in the dashboard) and a
   * subdomain (templates made by API have none).
   */
  readonly meeting_url?: string | undefined
  /** Size of the recorded video; landscape or portrait. Default 1280x720. */
  readonly resolution?: Resolution | undefined
  /**
   * Name of the destination (or recording configuration) of the template to take settings from. Needed when the
   * template has several of this kind.
   */
  readonly destination?: string | undefined
  /** True for a file with the mixed audio of all peers only. */
  readonly audio_only?: boolean | undefined
  /**
   * Transcription of a recording after it has completed. English only; not available for room-composite-legacy
   * recordings. Assets are listed as `processing` right after the recording has completed and are ready after
   * roughly 20 % of its length, at least 5 minutes.
   */
  readonly transcription?: TranscriptionConfig | undefined
}

/** A page of recording jobs. */
export interface RecordingList {
  /** Page size that was applied. */
  readonly limit: number
  /** What the page holds. */
  readonly data: readonly Recording[]
  /** Id of the last item; pass as `start` for the next page. */
  readonly last?: string | null
}

/** A recording job. */
export interface Recording {
  /** Identifier of the job. */
  readonly id: string
  /** Room recorded. */
  readonly room_id: string
  /** Session recorded. */
  readonly session_id: string
  /**
   * State of a recording, live stream or external stream job. Start gives `starting`, soon `running`; a stop
   * request (or an automatic stop) gives `stopping`, then `post_processing` while files are finished and uploaded,
   * then `completed`. `failed` can follow any state before `completed`.
   */
  readonly status: MediaJobStatus
  /** URL opened by the bot. May contain an auth token if the caller put one in. */
  readonly meeting_url: string
  /** Template destination used. */
  readonly destination?: string
  /** Kinds of asset the job makes. */
  readonly asset_types?: readonly AssetType[]
  /** Files made by the job; null (or empty) until there are any. */
  readonly recording_assets?: readonly EmbeddedRecordingAsset[]
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

/** Asset as it appears inside a job object: without `job_id`, `room_id` and `session_id`. */
export interface EmbeddedRecordingAsset {
  /** Identifier of the asset. */
  readonly id: string
  /**
   * Kind of a recording asset. room-composite: one mp4 of the whole room from the browser bot (for live streams one
   * per layer); room-composite-legacy: one mp4 made by the media server; room-vod: HLS recording, zipped or not;
   * chat: csv of the messages to everyone or to roles; transcript: txt, srt or json; summary: json; track: webm of
   * one track; stream: mp4 of the tracks of one peer.
   */
  readonly type: AssetType
  /** State of an asset. */
  readonly status: RecordingAssetStatus
  /** Where the file was put, e.g. an `s3://` URI in the 100ms bucket or in the own one. */
  readonly path?: string
  /** Size in bytes. */
  readonly size?: number
  /** Length of the media in seconds; 0 for chat and, in the examples, for room-composite-legacy. */
  readonly duration?: number
  /** When the asset was made. */
  readonly created_at?: string
  /** Paths of thumbnail images; used for room-vod only, otherwise null, empty or absent. */
  readonly thumbnails?: readonly string[]
  /**
   * All fields that can occur in `metadata`, each present only for the asset types of its variant (x-variants,
   * keyed by the asset's `type`). Unknown fields may be added.
   */
  readonly metadata?: RecordingAssetMetadata
}

/**
 * All fields that can occur in `metadata`, each present only for the asset types of its variant (x-variants,
 * keyed by the asset's `type`). Unknown fields may be added.
 */
export interface RecordingAssetMetadata {
  /**
   * Frame size of a produced file. Kept apart from Resolution, whose limits are for requests: live stream layers go
   * down to 240p.
   */
  readonly resolution?: AssetResolution
  /**
   * Index of the live stream layer the file was made from, as a string; 0 is the highest resolution. Only for
   * per-layer files of a live stream.
   */
  readonly layer?: string
  /** Only in the official Node SDK types; no documentation. */
  readonly media_type?: string
  /** Number of layers, as a string. */
  readonly num_layers?: string
  /** Width of the largest layer in pixels. */
  readonly max_width?: number
  /** Height of the largest layer in pixels. */
  readonly max_height?: number
  /** transcript: txt, srt or json; summary: json. */
  readonly output_mode?: TranscriptFormat
  /** Track that was recorded. */
  readonly track_id?: string
  /** track, stream: the stream. */
  readonly stream_id?: string
  /** track, stream: peer that published it. */
  readonly peer_id?: string
  /** Kind of track. */
  readonly track_type?: TrackType
  /** Customer-side user id of that peer. */
  readonly user_id?: string
  /** regular: camera and microphone; screen: screen share; audio: microphone only because no video was published. */
  readonly stream_type?: StreamType
}

/**
 * Frame size of a produced file. Kept apart from Resolution, whose limits are for requests: live stream layers go
 * down to 240p.
 */
export interface AssetResolution {
  /** Pixels. */
  readonly width: number
  /** Pixels. */
  readonly height: number
}

/** Frame size in pixels, shared by recordings and streams. */
export interface Resolution {
  /** Between 500 and 1920. Default: `1280`. */
  readonly width: number
  /** Between 480 and 1920. Default: `720`. */
  readonly height: number
}

/**
 * Transcription of a recording after it has completed. English only; not available for room-composite-legacy
 * recordings. Assets are listed as `processing` right after the recording has completed and are ready after
 * roughly 20 % of its length, at least 5 minutes.
 */
export interface TranscriptionConfig {
  /** Whether to transcribe. Must be true unless the template already has transcription on. */
  readonly enabled?: boolean | undefined
  /** File formats of the transcript, one asset each: plain text, subtitles, or words and sentences with times. */
  readonly output_modes?: readonly TranscriptFormat[] | undefined
  /** Names, abbreviations and jargon likely to be spoken. */
  readonly custom_vocabulary?: readonly string[] | undefined
  /** How to summarise the transcript. */
  readonly summary?: SummaryConfig | undefined
}

/** How to summarise the transcript. */
export interface SummaryConfig {
  /** Whether to make a summary. */
  readonly enabled?: boolean | undefined
  /** Hint about the meeting that helps the model. At most 300 characters. */
  readonly context?: string | undefined
  /** Freedom of the model: low is predictable, high is creative. Between 0.1 and 1.0. Default: `0.5`. */
  readonly temperature?: number | undefined
  /** Sections wanted, at most six. At most 6 items. */
  readonly sections?: readonly SummarySection[] | undefined
}

/** A section wanted in the summary. */
export interface SummarySection {
  /** Heading of the section; free text, the summary adapts to it. At most 100 characters. */
  readonly title: string
  /** Rendering of the section. */
  readonly format: SummaryFormat
}

/** Jobs affected by a stop of the whole room. */
export interface RecordingStopResult {
  /** In the example the number of jobs stopped. */
  readonly limit: number
  /** What the page holds. */
  readonly data: readonly Recording[]
  /** Id of the last item. */
  readonly last?: string | null
}

/** Configuration of a recording job. No public documentation of the fields: free-form. */
export type RecordingJobConfig = { readonly [name: string]: unknown }

/**
 * State of a recording, live stream or external stream job. Start gives `starting`, soon `running`; a stop
 * request (or an automatic stop) gives `stopping`, then `post_processing` while files are finished and uploaded,
 * then `completed`. `failed` can follow any state before `completed`.
 *
 * New values may be added.
 */
export type MediaJobStatus =
  | 'starting'
  | 'running'
  | 'stopping'
  | 'post_processing'
  | 'completed'
  | 'failed'
  | (string & {})

/**
 * Kind of a recording asset. room-composite: one mp4 of the whole room from the browser bot (for live streams one
 * per layer); room-composite-legacy: one mp4 made by the media server; room-vod: HLS recording, zipped or not;
 * chat: csv of the messages to everyone or to roles; transcript: txt, srt or json; summary: json; track: webm of
 * one track; stream: mp4 of the tracks of one peer.
 *
 * New values may be added.
 */
export type AssetType =
  | 'room-composite'
  | 'room-composite-legacy'
  | 'room-vod'
  | 'chat'
  | 'transcript'
  | 'summary'
  | 'track'
  | 'stream'
  | (string & {})

/**
 * State of an asset.
 *
 * New values may be added.
 */
export type RecordingAssetStatus = 'completed' | 'failed' | 'processing' | (string & {})

/**
 * File format of a transcript.
 *
 * New values may be added.
 */
export type TranscriptFormat = 'txt' | 'srt' | 'json' | (string & {})

/**
 * What a recorded stream carries.
 *
 * New values may be added.
 */
export type StreamType = 'regular' | 'screen' | 'audio' | (string & {})

/**
 * Form of a section of a summary.
 *
 * New values may be added.
 */
export type SummaryFormat = 'bullets' | 'paragraph' | (string & {})
