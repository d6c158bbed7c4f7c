// @generated from crates/hundredms/src/resources/recordings.rs by `cargo xtask gen`; not edited by hand.
// Recordings: jobs that record a room.
import { List } from '../list'
import type { CallOptions, JobOptions } from '../options'
import { coreOf, Resource } from '../resource'
import type { TrackType } from './active-rooms'

/** Recordings: jobs that record a room. */
export class Recordings extends Resource {
  /**
   * List recording jobs.
   *
   * Returns the recording jobs of the workspace, started by REST call, client SDK or auto-start. List items do not
   * contain `recording_assets`. To get these, read one job, or list the assets of the room or session.
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
   * Pauses the running recording of the room until it is resumed. Returns the job. Its `status` stays `running`, so
   * the job does not show the pause.
   *
   * `POST /recordings/room/{room_id}/pause`; service documentation:
   * https://www.100ms.live/docs/server-side/v2/api-reference/recordings/pause-recording-for-room
   *
   * @param roomId Id of the room.
   */
  pause(roomId: string, options?: CallOptions): Promise<Recording> {
    return coreOf(this).call('recordings.pause', { room_id: roomId }, options)
  }

  /**
   * Resume the paused recording of a room.
   *
   * Resumes a paused recording in this room. Returns the job with `status` `running`.
   *
   * `POST /recordings/room/{room_id}/resume`; service documentation:
   * https://www.100ms.live/docs/server-side/v2/api-reference/recordings/resume-recording-for-room
   *
   * @param roomId Id of the room.
   */
  resume(roomId: string, options?: CallOptions): Promise<Recording> {
    return coreOf(this).call('recordings.resume', { room_id: roomId }, options)
  }

  /**
   * Start a composite recording of a room.
   *
   * Starts a browser bot that joins the room through `meeting_url` and records what it sees as one mp4. Returns at
   * once with `starting` and `started_at: null`. The job becomes `running` shortly after. Arguments override the
   * template. Without `transcription`, the template's settings apply. `asset_types` in the response lists the
   * expected assets: `room-composite` and `chat`, plus `transcript` and `summary` if enabled. These two are
   * `processing` when the recording completes, and `completed` after about 20 % of its length, at least 5 minutes.
   * The job ends automatically when all other peers have been gone for 5 minutes (or the template's
   * `autoStopTimeout`), at the maximum duration (4 hours unless the template sets another), or when the room is
   * ended.
   *
   * Webhook events that follow: `beam.started.success`, `beam.stopped.success` and `beam.recording.success` (not
   * `recording.success`, which is of recordings by the media server), or `beam.failure`;
   * `transcription.started.success`, `transcription.success` and `transcription.failure` with transcription.
   *
   * `POST /recordings/room/{room_id}/start`; service documentation:
   * https://www.100ms.live/docs/server-side/v2/api-reference/recordings/start-recording-for-room
   *
   * @param roomId Id of the room.
   * @throws AmbiguousOutcomeError when the connection breaks while it is under way; `recordings.list` shows whether
   * it took effect.
   */
  start(roomId: string, params: RecordingsStartParams = {}, options?: CallOptions): Promise<Recording> {
    return coreOf(this).call('recordings.start', { room_id: roomId }, options, params)
  }

  /**
   * Stop all recordings of a room.
   *
   * Stops every active recording of the room and returns these jobs as a page, each in `stopping` with `stopped_at:
   * null`. A job takes some time to stop: until its bot has left the room, it is active, and a further call returns
   * it again.
   *
   * `POST /recordings/room/{room_id}/stop`; service documentation:
   * https://www.100ms.live/docs/server-side/v2/api-reference/recordings/stop-recording-for-room
   *
   * @param roomId Id of the room.
   */
  stopAll(roomId: string, options?: CallOptions): Promise<RecordingStopResult> {
    return coreOf(this).call('recordings.stop_all', { room_id: roomId }, options)
  }

  /**
   * Return one recording job.
   *
   * Returns the job in any state. After it has finished, `recording_assets` contains the files: composite video and
   * chat first, transcript and summary files (one asset per output mode) some minutes later.
   *
   * `GET /recordings/{recording_id}`; service documentation:
   * https://www.100ms.live/docs/server-side/v2/api-reference/recordings/get-recording
   *
   * @param recordingId Id of the recording job.
   */
  get(recordingId: string, options?: CallOptions): Promise<Recording> {
    return coreOf(this).call('recordings.get', { recording_id: recordingId }, options)
  }

  /**
   * Return the configuration of a recording job.
   *
   * Returns the settings of the job as free-form JSON. Undocumented by the service.
   *
   * `GET /recordings/{recording_id}/config`; service documentation:
   * https://www.100ms.live/docs/server-side/v2/api-reference/recordings/get-recording
   *
   * @param recordingId Id of the recording job.
   */
  getConfig(recordingId: string, options?: CallOptions): Promise<RecordingJobConfig> {
    return coreOf(this).call('recordings.get_config', { recording_id: recordingId }, options)
  }

  /**
   * Stop one recording job.
   *
   * Stops the job and returns it in `stopping`, with `stopped_at` still null. Stopping is asynchronous: the job
   * then passes through `post_processing` to `completed` or `failed`. `stopped_by` is an empty string because the
   * server API stopped the job.
   *
   * `POST /recordings/{recording_id}/stop`; service documentation:
   * https://www.100ms.live/docs/server-side/v2/api-reference/recordings/stop-recording-by-id
   *
   * @param recordingId Id of the recording job.
   */
  stop(recordingId: string, options?: CallOptions): Promise<Recording> {
    return coreOf(this).call('recordings.stop', { recording_id: recordingId }, options)
  }

  /**
   * Wait until a recording has reached a state.
   *
   * Looks at the recording again and again, with pauses of 1 s that grow to 10 s, and returns it as soon as it is
   * in the state `until`. A recording runs until it is stopped, so stop it first if you wait for `completed`.
   * Transcripts and summaries are ready later: to wait for these, use `recording_assets.wait`. Fails with
   * `job_failed` if the recording ends in another state, and with `timeout` if it does not end in time; the error
   * has the last `state`. The message says why a recording failed only if the service does; the webhook
   * `beam.failure` has a reason. In the sandbox, a recording takes three seconds to start, and fails if it is
   * stopped before.
   *
   * Defaults to a timeout of 3600 seconds for the whole job.
   *
   * @param recordingId Id of the recording job.
   */
  wait(recordingId: string, params: RecordingsWaitParams = {}, options?: JobOptions<WaitProgress>): Promise<Recording> {
    return coreOf(this).runJob('recordings.wait', { recording_id: recordingId }, options, params)
  }

  /**
   * Return the transcript of a session or a recording.
   *
   * Takes exactly one of `session_id` and `recording_id`. Finds the newest completed transcript in the format
   * `json`, makes a link to it, and reads and parses it. Use `recording_id` if a session was recorded several
   * times. The file may have at most 64 MiB.
   *
   * Fails with `job_failed` if there is none; the message says why: it was off, it is still processing (wait for it
   * with `recording_assets.wait`), it failed, or it exists in other formats only.
   *
   * Defaults to a timeout of 120 seconds for the whole job.
   */
  transcript(params: RecordingsTranscriptParams = {}, options?: JobOptions<FetchProgress>): Promise<Transcript> {
    return coreOf(this).runJob('recordings.transcript', {}, options, params)
  }

  /**
   * Return the summary of a session or a recording.
   *
   * Takes exactly one of `session_id` and `recording_id`. Finds the newest completed summary, makes a link to it,
   * and reads and parses it. Use `recording_id` if a session was recorded several times. The file may have at most
   * 64 MiB.
   *
   * Fails with `job_failed` if there is none; the message says why: it was off, it is still processing (wait for it
   * with `recording_assets.wait`), or it failed.
   *
   * Defaults to a timeout of 120 seconds for the whole job.
   */
  summary(params: RecordingsSummaryParams = {}, options?: JobOptions<FetchProgress>): Promise<Summary> {
    return coreOf(this).runJob('recordings.summary', {}, options, params)
  }

  /**
   * Return the chat messages of a session or a recording.
   *
   * Takes exactly one of `session_id` and `recording_id`. Finds the newest completed chat file, makes a link to it,
   * and reads and parses it. Use `recording_id` if a session was recorded several times. Direct messages are not
   * recorded. The file may have at most 64 MiB.
   *
   * Fails with `job_failed` if there is none; the message says why: nothing was recorded, the recording has not
   * ended, or the file failed.
   *
   * Defaults to a timeout of 120 seconds for the whole job.
   */
  chat(params: RecordingsChatParams = {}, options?: JobOptions<FetchProgress>): Promise<readonly ChatMessage[]> {
    return coreOf(this).runJob('recordings.chat', {}, options, params)
  }
}

/** Parameters of `recordings.list`. */
export interface RecordingsListParams {
  /** Only recordings of this room. Not empty. */
  readonly room_id?: string | undefined
  /** Only recordings of this session. Not empty. */
  readonly session_id?: string | undefined
  /** Only recordings in this state. Not empty. */
  readonly status?: MediaJobStatus | undefined
  /** Cursor: the `last` value of the previous page. Omit for the first page. */
  readonly start?: string | undefined
  /**
   * Items per page. A loop over the list reads all pages. Between 1 and 100. Defaults to 100. Below 10, the service
   * may send 10 items, or refuse the call: it documents 10 to 100.
   */
  readonly limit?: number | undefined
}

/** Parameters of `recordings.start`. */
export interface RecordingsStartParams {
  /**
   * URL that takes a browser directly into the room, without a click: a 100ms link
   * `https://<subdomain>.app.100ms.live/preview/<room_id>/<role>?skip_preview=true`, or your own web app. 100ms
   * links accept these query parameters: `skip_preview=true` (join without header and controls),
   * `skip_preview_headful=true` (join with them), `auth_token=<token>`, `ui_mode=activespeaker`, `name=<peer
   * name>`. Required unless the template has both composite recording switched on (in the dashboard) and a
   * subdomain (templates created by API have none).
   */
  readonly meeting_url?: string | undefined
  /** Size of the recorded video, landscape or portrait. Defaults to 1280x720. */
  readonly resolution?: Resolution | undefined
  /**
   * Name of the template's destination (or recording configuration) that provides the settings. Required if the
   * template has several of this kind.
   */
  readonly destination?: string | undefined
  /** Record only the mixed audio of all peers. */
  readonly audio_only?: boolean | undefined
  /**
   * Transcription of a recording after it completes. English only. Not available for room-composite-legacy
   * recordings. Its assets are `processing` when the recording completes, and ready after about 20 % of its length,
   * at least 5 minutes.
   */
  readonly transcription?: TranscriptionConfig | undefined
}

/** Parameters of `recordings.wait`. */
export interface RecordingsWaitParams {
  /** The state to wait for. Defaults to `completed`. */
  readonly until?: MediaJobStatus | undefined
}

/** Parameters of `recordings.transcript`. */
export interface RecordingsTranscriptParams {
  /** Id of the session. */
  readonly session_id?: string | undefined
  /** Id of the recording job. */
  readonly recording_id?: string | undefined
}

/** Parameters of `recordings.summary`. */
export interface RecordingsSummaryParams {
  /** Id of the session. */
  readonly session_id?: string | undefined
  /** Id of the recording job. */
  readonly recording_id?: string | undefined
}

/** Parameters of `recordings.chat`. */
export interface RecordingsChatParams {
  /** Id of the session. */
  readonly session_id?: string | undefined
  /** Id of the recording job. */
  readonly recording_id?: string | undefined
}

/** A page of recording jobs. */
export interface RecordingList {
  /** Page size that the service applied. */
  readonly limit: number
  /** Items on this page. */
  readonly data: readonly Recording[]
  /** Id of the last item. Pass it as `start` to get the next page. */
  readonly last?: string | null
}

/** A recording job. */
export interface Recording {
  /** Id of the job. */
  readonly id: string
  /** Room recorded. */
  readonly room_id: string
  /** Session recorded. */
  readonly session_id: string
  /**
   * State of a recording, live stream or external stream job. A started job is `starting`, then `running`. A
   * stopped job (on request or automatically) is `stopping`, then `post_processing` while files are finished and
   * uploaded, then `completed`. Any state before `completed` can change to `failed`.
   */
  readonly status: MediaJobStatus
  /** URL that the bot opens. It contains an auth token if the caller included one. */
  readonly meeting_url: string
  /** Template destination used. */
  readonly destination?: string
  /** Kinds of assets that the job creates. */
  readonly asset_types?: readonly AssetType[]
  /** Files created by the job. Null or empty until there are any. */
  readonly recording_assets?: readonly EmbeddedRecordingAsset[]
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

/** An asset inside a job, without `job_id`, `room_id` and `session_id`. */
export interface EmbeddedRecordingAsset {
  /** Id of the asset. */
  readonly id: string
  /**
   * Kind of a recording asset. room-composite: one mp4 of the whole room from the browser bot (for live streams,
   * one per layer). room-composite-legacy: one mp4 from the media server. room-vod: HLS recording, zipped or not.
   * chat: csv of the messages to everyone or to roles. transcript: txt, srt or json. summary: json. track: webm of
   * one track. stream: mp4 of the tracks of one peer.
   */
  readonly type: AssetType
  /** State of an asset. */
  readonly status: RecordingAssetStatus
  /** Where the file is stored, for example an `s3://` URI in 100ms's bucket or in yours. */
  readonly path?: string
  /** Size in bytes. */
  readonly size?: number
  /** Duration of the media in seconds. 0 for chat, and possibly for room-composite-legacy. */
  readonly duration?: number
  /** When the asset was created. */
  readonly created_at?: string
  /** Paths of thumbnail images, for room-vod only. Otherwise null, empty or absent. */
  readonly thumbnails?: readonly string[]
  /** Metadata of an asset. Each field is present only for some asset types. New fields may be added. */
  readonly metadata?: RecordingAssetMetadata
}

/** Metadata of an asset. Each field is present only for some asset types. New fields may be added. */
export interface RecordingAssetMetadata {
  /** Frame size of a file. The limits of Resolution do not apply: live stream layers go down to 240p. */
  readonly resolution?: AssetResolution
  /**
   * Index of the live stream layer of the file, as a string. 0 is the highest resolution. Only for per-layer files
   * of a live stream.
   */
  readonly layer?: string
  /** Undocumented by the service. */
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
  /** Your own user id of that peer. Absent if the peer has none. */
  readonly user_id?: string
  /** regular: camera and microphone; screen: screen share; audio: microphone only because no video was published. */
  readonly stream_type?: StreamType
}

/** Frame size of a file. The limits of Resolution do not apply: live stream layers go down to 240p. */
export interface AssetResolution {
  /** Pixels. */
  readonly width: number
  /** Pixels. */
  readonly height: number
}

/** Frame size in pixels, shared by recordings and streams. */
export interface Resolution {
  /** Between 500 and 1920. Defaults to `1280`. */
  readonly width: number
  /** Between 480 and 1920. Defaults to `720`. */
  readonly height: number
}

/**
 * Transcription of a recording after it completes. English only. Not available for room-composite-legacy
 * recordings. Its assets are `processing` when the recording completes, and ready after about 20 % of its length,
 * at least 5 minutes.
 */
export interface TranscriptionConfig {
  /** Whether to transcribe. Must be true unless the template has transcription on. */
  readonly enabled?: boolean | undefined
  /** File formats of the transcript, one asset each: plain text, subtitles, or words and sentences with times. */
  readonly output_modes?: readonly TranscriptFormat[] | undefined
  /** Names, abbreviations and technical terms that are likely to be spoken. */
  readonly custom_vocabulary?: readonly string[] | undefined
  /** How to summarise the transcript. */
  readonly summary?: SummaryConfig | undefined
}

/** How to summarise the transcript. */
export interface SummaryConfig {
  /** Whether to create a summary. */
  readonly enabled?: boolean | undefined
  /** Description of the meeting, to help the model. At most 300 characters. */
  readonly context?: string | undefined
  /** Temperature of the model: low is predictable, high is creative. Between 0.1 and 1.0. Defaults to `0.5`. */
  readonly temperature?: number | undefined
  /** Sections of the summary. At most 6 items. */
  readonly sections?: readonly SummarySection[] | undefined
}

/** A section of the summary. */
export interface SummarySection {
  /** Heading of the section, free text. The summary adapts to it. At most 100 characters. */
  readonly title: string
  /** Format of the section. */
  readonly format: SummaryFormat
}

/** Jobs that were stopped. */
export interface RecordingStopResult {
  /** Number of stopped jobs. */
  readonly limit: number
  /** Items on this page. */
  readonly data: readonly Recording[]
  /** Id of the last item. */
  readonly last?: string | null
}

/** Configuration of a recording job, as free-form JSON. Undocumented by the service. */
export type RecordingJobConfig = { readonly [name: string]: unknown }

/** What a job that waits has seen. */
export interface WaitProgress {
  /** The state at the last look. */
  readonly state: string
  /** How often the job has looked. */
  readonly looks: number
  /** Seconds since the job began. */
  readonly elapsed: number
}

/**
 * What was said in a recording. The service describes the file in its guide "Post Call Transcription and
 * Summarization" (`how-to-guides/enable-transcription-and-summary`), by an example.
 */
export interface Transcript {
  /** The sentences, in the order of the file. */
  readonly sentences: readonly TranscriptSentence[]
  /** The words, in the order of the file. */
  readonly words: readonly TranscriptWord[]
}

/** A sentence of a transcript. */
export interface TranscriptSentence {
  /** The sentence. */
  readonly sentence: string
  /** Name of the speaker. */
  readonly name?: string
  /** Peer id of the speaker. */
  readonly peer_id?: string
  /** When it begins, in milliseconds since the start of the recording. */
  readonly start_time: number
  /** When it ends, in milliseconds since the start of the recording. */
  readonly end_time: number
}

/** A word of a transcript. */
export interface TranscriptWord {
  /** The word, without punctuation. */
  readonly word: string
  /** Name of the speaker. */
  readonly name?: string
  /** Peer id of the speaker. */
  readonly peer_id?: string
  /** When it begins, in milliseconds since the start of the recording. */
  readonly start_time: number
  /** When it ends, in milliseconds since the start of the recording. */
  readonly end_time: number
}

/** What a job that reads a file has found. */
export interface FetchProgress {
  /** Id of the asset. */
  readonly asset_id: string
  /** Size of the file in bytes, if the asset says it. */
  readonly size?: number
}

/**
 * The summary of a transcript. The service describes the file in its guide "Post Call Transcription and
 * Summarization" (`how-to-guides/enable-transcription-and-summary`), by an example.
 */
export interface Summary {
  /** The sections, in the order of the file. */
  readonly sections: readonly SummaryFileSection[]
}

/** A section of a summary. */
export interface SummaryFileSection {
  /** Heading of the section. */
  readonly title: string
  /** Format of the section: which of the two fields has its contents. */
  readonly format?: SummaryFormat
  /** The points, for the format `bullets`. */
  readonly bullets: readonly string[]
  /** The text, for the format `paragraph`. */
  readonly paragraph?: string
}

/**
 * A chat message of a recording. The service describes the file in its page about storage, section "Chat
 * recording". Direct messages are not recorded.
 */
export interface ChatMessage {
  /** Peer id of the sender. Absent for messages of the server API. */
  readonly sender_peer_id?: string
  /** Name of the sender. */
  readonly sender_name?: string
  /** Your own user id of the sender. */
  readonly sender_user_id?: string
  /** Roles to which the message was sent. Empty for all roles. */
  readonly roles: readonly string[]
  /** When the message was sent. */
  readonly sent_at?: string
  /** Type of the message: `chat`. */
  readonly type: string
  /** The message. */
  readonly message: string
}

/**
 * State of a recording, live stream or external stream job. A started job is `starting`, then `running`. A
 * stopped job (on request or automatically) is `stopping`, then `post_processing` while files are finished and
 * uploaded, then `completed`. Any state before `completed` can change to `failed`.
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
 * Kind of a recording asset. room-composite: one mp4 of the whole room from the browser bot (for live streams,
 * one per layer). room-composite-legacy: one mp4 from the media server. room-vod: HLS recording, zipped or not.
 * chat: csv of the messages to everyone or to roles. transcript: txt, srt or json. summary: json. track: webm of
 * one track. stream: mp4 of the tracks of one peer.
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
 * Kind of media of a recorded stream.
 *
 * New values may be added.
 */
export type StreamType = 'regular' | 'screen' | 'audio' | (string & {})

/**
 * Format of a section of a summary.
 *
 * New values may be added.
 */
export type SummaryFormat = 'bullets' | 'paragraph' | (string & {})
