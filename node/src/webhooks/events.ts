// @generated from crates/hundredms/src/webhooks by `cargo xtask gen`; not edited by hand.
// The data of events.

/** The data of an event, by its type. */
export interface EventDataByType {
  /** A session started in a room. */
  readonly 'session.open.success': SessionOpenSuccess
  /** A session ended. */
  readonly 'session.close.success': SessionCloseSuccess
  /** A peer joined the room. */
  readonly 'peer.join.success': PeerJoinSuccess
  /** A peer left the room. */
  readonly 'peer.leave.success': PeerLeaveSuccess
  /** A peer could not join. */
  readonly 'peer.join.failure': PeerJoinFailure
  /** A leave request failed. */
  readonly 'peer.leave.failure': PeerLeaveFailure
  /** A room was ended on request. */
  readonly 'room.end.success': RoomEndSuccess
  /** An end-room request failed. */
  readonly 'room.end.failure': RoomEndFailure
  /** The role of a peer changed. */
  readonly 'role.change.success': RoleChangeSuccess
  /** A role change was refused. */
  readonly 'role.change.failure': RoleChangeFailure
  /** Recording of a single track started. */
  readonly 'track.recording.started.success': TrackRecordingStartedSuccess
  /** The recording of a single track is uploaded. */
  readonly 'track.recording.success': TrackRecordingSuccess
  /** The recording of a single track failed. */
  readonly 'track.recording.failure': TrackRecordingFailure
  /** The recording of one peer stream (its audio and video together) is uploaded. */
  readonly 'stream.recording.success': StreamRecordingSuccess
  /** The recording of one peer stream failed. */
  readonly 'stream.recording.failure': StreamRecordingFailure
  /** The composed (legacy, SFU side) recording of a session is uploaded. */
  readonly 'recording.success': RecordingSuccess
  /** The composed (legacy, SFU side) recording of a session failed. */
  readonly 'recording.failed': RecordingFailed
  /** A beam run (RTMP push, browser recording or both) started. */
  readonly 'beam.started.success': BeamStartedSuccess
  /** A beam run (RTMP push, browser recording or both) ended. */
  readonly 'beam.stopped.success': BeamStoppedSuccess
  /** The browser recording is uploaded. */
  readonly 'beam.recording.success': BeamRecordingSuccess
  /** A beam run (RTMP push, browser recording or both) failed. */
  readonly 'beam.failure': BeamFailure
  /** HLS live streaming is running. */
  readonly 'hls.started.success': HlsStartedSuccess
  /** HLS live streaming has stopped. */
  readonly 'hls.stopped.success': HlsStoppedSuccess
  /** HLS streaming and/or its recording failed. */
  readonly 'hls.failure': HlsFailure
  /** The recordings of an HLS stream are uploaded. */
  readonly 'hls.recording.success': HlsRecordingSuccess
  /** Transcription of a finished recording started. */
  readonly 'transcription.started.success': TranscriptionStartedSuccess
  /** Transcript and summary are uploaded. */
  readonly 'transcription.success': TranscriptionSuccess
  /** Transcription failed, completely or in part. */
  readonly 'transcription.failure': TranscriptionFailure
  /** An RTMP broadcaster is connected. */
  readonly 'ingest.start.success': IngestStartSuccess
  /** An RTMP broadcast ended. */
  readonly 'ingest.end.success': IngestEndSuccess
  /** An RTMP broadcaster could not start. */
  readonly 'ingest.start.failure': IngestStartFailure
  /** A running RTMP ingestion failed. */
  readonly 'ingest.failure': IngestFailure
}

/** The types of events. */
export const EVENT_TYPES = [
  'session.open.success',
  'session.close.success',
  'peer.join.success',
  'peer.leave.success',
  'peer.join.failure',
  'peer.leave.failure',
  'room.end.success',
  'room.end.failure',
  'role.change.success',
  'role.change.failure',
  'track.recording.started.success',
  'track.recording.success',
  'track.recording.failure',
  'stream.recording.success',
  'stream.recording.failure',
  'recording.success',
  'recording.failed',
  'beam.started.success',
  'beam.stopped.success',
  'beam.recording.success',
  'beam.failure',
  'hls.started.success',
  'hls.stopped.success',
  'hls.failure',
  'hls.recording.success',
  'transcription.started.success',
  'transcription.success',
  'transcription.failure',
  'ingest.start.success',
  'ingest.end.success',
  'ingest.start.failure',
  'ingest.failure',
] as const satisfies readonly (keyof EventDataByType)[]

/** @internal The fields that are shown when an event is inspected: those that are known, and no secrets. */
export const SHOWN_FIELDS: ReadonlySet<string> = new Set([
  'account_id',
  'app_id',
  'asset_id',
  'beam_id',
  'chat_recording_path',
  'completed_at',
  'created_at',
  'duration',
  'error',
  'error_code',
  'error_message',
  'error_type',
  'height',
  'hls_vod_recording_path',
  'hls_vod_recording_size',
  'ingest_id',
  'job_id',
  'joined_at',
  'last_disconnected_at',
  'layer',
  'left_at',
  'live_transcription_enabled',
  'location',
  'lock_room',
  'max_height',
  'max_width',
  'message',
  'metadata_id',
  'metadata_timestamp',
  'offset',
  'peer_id',
  'previous_role',
  'reason',
  'recording_created_at',
  'recording_enabled',
  'recording_id',
  'recording_path',
  'recording_single_file_per_layer_enabled',
  'recording_single_files',
  'recording_thumbnails',
  'recording_vod_playlist_enabled',
  'role',
  'role_change_requested_by',
  'role_changed_at',
  'room_id',
  'room_name',
  'rtmp',
  'session_duration',
  'session_id',
  'session_started_at',
  'session_stopped_at',
  'size',
  'source',
  'start_delay',
  'started_at',
  'state_message',
  'state_name',
  'state_timestamp',
  'stopped_at',
  'stream_id',
  'stream_type',
  'summary_json_asset_id',
  'summary_json_path',
  'template_id',
  'track_id',
  'track_type',
  'transcript_json_asset_id',
  'transcript_json_path',
  'transcript_srt_asset_id',
  'transcript_srt_path',
  'transcript_txt_asset_id',
  'transcript_txt_path',
  'transcription_id',
  'type',
  'url',
  'user_data',
  'user_id',
  'user_name',
  'width',
])

/**
 * A session started in a room. The data of `session.open.success`.
 *
 * Cause: first peer joins a room that has no running session.
 */
export interface SessionOpenSuccess {
  /** Room the event is about. */
  readonly room_id: string
  /** Name of the room. Hashed in HIPAA workspaces. */
  readonly room_name?: string
  /** Session of the room that was running at the time. */
  readonly session_id: string
  /** Template (policy) that the room follows. */
  readonly template_id?: string
  /** When the session started. */
  readonly session_started_at?: string
}

/**
 * A session ended. The data of `session.close.success`.
 *
 * Cause: last peer leaves, the room is ended, or the maximum session duration runs out.
 */
export interface SessionCloseSuccess {
  /** Room the event is about. */
  readonly room_id: string
  /** Name of the room. Hashed in HIPAA workspaces. */
  readonly room_name?: string
  /** Session of the room that was running at the time. */
  readonly session_id: string
  /** Template (policy) that the room follows. */
  readonly template_id?: string
  /** Duration of the whole session, in seconds. */
  readonly session_duration?: number
  /** When the session started. */
  readonly session_started_at?: string
  /** When the session ended. */
  readonly session_stopped_at?: string
}

/**
 * A peer joined the room. The data of `peer.join.success`.
 *
 * Cause: a client (SDK or SIP) finishes its join.
 */
export interface PeerJoinSuccess {
  /** Room the event is about. */
  readonly room_id: string
  /** Name of the room. Hashed in HIPAA workspaces. */
  readonly room_name?: string
  /** Session of the room that was running at the time. */
  readonly session_id: string
  /** Peer, which is one connection of one participant. */
  readonly peer_id: string
  /**
   * Your own id for the participant, from the auth token (or from the X-100ms-UserID header of a SIP invite).
   * Absent if the participant has none.
   */
  readonly user_id?: string
  /** Template (policy) that the room follows. */
  readonly template_id?: string
  /**
   * Display name of the participant. Hashed in HIPAA workspaces. For a SIP caller without a display name header,
   * the masked phone number.
   */
  readonly user_name?: string
  /** Free-form metadata of the peer. Often JSON, but not always. May be an empty string. */
  readonly user_data?: string
  /** Name of the role the participant has. */
  readonly role?: string
  /** When the peer joined. */
  readonly joined_at?: string
  /** When the session started. */
  readonly session_started_at?: string
  /** How the peer is connected. */
  readonly type?: PeerKind
}

/**
 * A peer left the room. The data of `peer.leave.success`.
 *
 * Cause: a peer leaves, is removed, loses its connection for about 60 seconds, or is dropped by the server.
 */
export interface PeerLeaveSuccess {
  /** Room the event is about. */
  readonly room_id: string
  /** Name of the room. Hashed in HIPAA workspaces. */
  readonly room_name?: string
  /** Session of the room that was running at the time. */
  readonly session_id: string
  /** Peer, which is one connection of one participant. */
  readonly peer_id: string
  /**
   * Your own id for the participant, from the auth token (or from the X-100ms-UserID header of a SIP invite).
   * Absent if the participant has none.
   */
  readonly user_id?: string
  /** Template (policy) that the room follows. */
  readonly template_id?: string
  /**
   * Display name of the participant. Hashed in HIPAA workspaces. For a SIP caller without a display name header,
   * the masked phone number.
   */
  readonly user_name?: string
  /** Free-form metadata of the peer. Often JSON, but not always. May be an empty string. */
  readonly user_data?: string
  /** Name of the role the participant has. */
  readonly role?: string
  /** When the peer left. */
  readonly left_at?: string
  /** Duration of the peer's stay in seconds. */
  readonly duration?: number
  /** Why the peer left. */
  readonly reason?: PeerLeaveReason
  /** Text given when the peer was removed. Set with the reason `peer kicked`. */
  readonly message?: string
  /** When the peer joined. */
  readonly joined_at?: string
  /** When the session started. */
  readonly session_started_at?: string
  /** How the peer is connected. */
  readonly type?: PeerKind
}

/**
 * A peer could not join. The data of `peer.join.failure`.
 *
 * Cause: join refused (role, duplicate peer id), server overload with a timeout, or connection lost during the
 * join.
 */
export interface PeerJoinFailure {
  /** Room the event is about. */
  readonly room_id: string
  /** Name of the room. Hashed in HIPAA workspaces. */
  readonly room_name?: string
  /** Peer, which is one connection of one participant. */
  readonly peer_id: string
  /**
   * Your own id for the participant, from the auth token (or from the X-100ms-UserID header of a SIP invite).
   * Absent if the participant has none.
   */
  readonly user_id?: string
  /** Template (policy) that the room follows. */
  readonly template_id?: string
  /**
   * Display name of the participant. Hashed in HIPAA workspaces. For a SIP caller without a display name header,
   * the masked phone number.
   */
  readonly user_name?: string
  /** Free-form metadata of the peer. Often JSON, but not always. May be an empty string. */
  readonly user_data?: string
  /** Name of the role the participant has. */
  readonly role?: string
  /** Always `None`, because no join took place. */
  readonly joined_at?: string
  /** Cause of the failure. Known: `role not allowed`, `network disconnection`, `duplicate peer id`. */
  readonly error_message?: string
  /** How the peer is connected. */
  readonly type?: PeerKind
}

/**
 * A leave request failed. The data of `peer.leave.failure`.
 *
 * Cause: leave requested twice, before or without a join, or after a removal or the end of the room.
 */
export interface PeerLeaveFailure {
  /** Room the event is about. */
  readonly room_id: string
  /** Name of the room. Hashed in HIPAA workspaces. */
  readonly room_name?: string
  /** Peer, which is one connection of one participant. */
  readonly peer_id: string
  /**
   * Your own id for the participant, from the auth token (or from the X-100ms-UserID header of a SIP invite).
   * Absent if the participant has none.
   */
  readonly user_id?: string
  /** Template (policy) that the room follows. */
  readonly template_id?: string
  /**
   * Display name of the participant. Hashed in HIPAA workspaces. For a SIP caller without a display name header,
   * the masked phone number.
   */
  readonly user_name?: string
  /** Free-form metadata of the peer. Often JSON, but not always. May be an empty string. */
  readonly user_data?: string
  /** Name of the role the participant has. */
  readonly role?: string
  /** When the peer left, if it had joined. */
  readonly left_at?: string
  /** Duration of the peer's stay in seconds. */
  readonly duration?: number
  /** Cause of the failure. Compare case-insensitively. Known: `peer not joined`. */
  readonly error_message?: string
  /** When the peer joined, if it did. */
  readonly joined_at?: string
  /** How the peer is connected. */
  readonly type?: PeerKind
}

/**
 * A room was ended on request. The data of `room.end.success`.
 *
 * Cause: an end-room request from a client or the server API succeeds.
 */
export interface RoomEndSuccess {
  /** Room the event is about. */
  readonly room_id: string
  /** Name of the room. Hashed in HIPAA workspaces. */
  readonly room_name?: string
  /** Session of the room that was running at the time. */
  readonly session_id: string
  /** Peer that requested the end. */
  readonly peer_id?: string
  /** Your own id for the participant who requested the end. Absent if the participant has none. */
  readonly user_id?: string
  /** Template (policy) that the room follows. */
  readonly template_id?: string
  /** Display name of the participant who requested the end. */
  readonly user_name?: string
  /** Role of the participant who requested the end. */
  readonly role?: string
  /** Whether the end request also locked (disabled) the room. */
  readonly lock_room?: boolean
  /** Text of the end request. */
  readonly reason?: string
  /** Origin of the end request. Known: `peer`. */
  readonly source?: string
  /** When the session started. */
  readonly session_started_at?: string
}

/**
 * An end-room request failed. The data of `room.end.failure`.
 *
 * Cause: an end-room request fails.
 */
export interface RoomEndFailure {
  /** Room the event is about. */
  readonly room_id: string
  /** Name of the room. Hashed in HIPAA workspaces. */
  readonly room_name?: string
  /** Session of the room that was running at the time. */
  readonly session_id?: string
  /** Peer that requested the end. */
  readonly peer_id?: string
  /** Your own id for the participant who requested the end. Absent if the participant has none. */
  readonly user_id?: string
  /** Template (policy) that the room follows. */
  readonly template_id?: string
  /** Display name of the participant who requested the end. */
  readonly user_name?: string
  /** Role of the participant who requested the end. */
  readonly role?: string
  /** Whether the end request also locked (disabled) the room. */
  readonly lock_room?: boolean
  /** Text of the end request. */
  readonly reason?: string
  /** Origin of the end request. Known: `peer`. */
  readonly source?: string
  /** When the session started. */
  readonly session_started_at?: string
  /** Cause of the failure, for example that there is no session. */
  readonly error_message?: string
  /** Code of the failure, like an HTTP status: for example 404. */
  readonly error_code?: number
}

/**
 * The role of a peer changed. The data of `role.change.success`.
 *
 * Cause: a role change requested by a peer or by the server API succeeds.
 */
export interface RoleChangeSuccess {
  /** Room the event is about. */
  readonly room_id: string
  /** Name of the room. Hashed in HIPAA workspaces. */
  readonly room_name?: string
  /** Session of the room that was running at the time. */
  readonly session_id: string
  /** Template (policy) that the room follows. */
  readonly template_id?: string
  /** Peer, which is one connection of one participant. */
  readonly peer_id: string
  /**
   * Your own id for the participant, from the auth token (or from the X-100ms-UserID header of a SIP invite).
   * Absent if the participant has none.
   */
  readonly user_id?: string
  /**
   * Display name of the participant. Hashed in HIPAA workspaces. For a SIP caller without a display name header,
   * the masked phone number.
   */
  readonly user_name?: string
  /** Free-form metadata of the peer. Often JSON, but not always. May be an empty string. */
  readonly user_data?: string
  /** Role before the change. */
  readonly previous_role?: string
  /** Role after the change. */
  readonly role?: string
  /** When the peer joined. */
  readonly joined_at?: string
  /** When the session started. */
  readonly session_started_at?: string
  /** When the role changed. */
  readonly role_changed_at?: string
  /** Peer that requested the change. Missing if the server API requested it. */
  readonly role_change_requested_by?: string
}

/**
 * A role change was refused. The data of `role.change.failure`.
 *
 * Cause: for example, the requested role is full (its maximum number of peers is reached).
 */
export interface RoleChangeFailure {
  /** Room the event is about. */
  readonly room_id: string
  /** Name of the room. Hashed in HIPAA workspaces. */
  readonly room_name?: string
  /** Session of the room that was running at the time. */
  readonly session_id: string
  /** Template (policy) that the room follows. */
  readonly template_id?: string
  /** Peer, which is one connection of one participant. */
  readonly peer_id: string
  /**
   * Your own id for the participant, from the auth token (or from the X-100ms-UserID header of a SIP invite).
   * Absent if the participant has none.
   */
  readonly user_id?: string
  /**
   * Display name of the participant. Hashed in HIPAA workspaces. For a SIP caller without a display name header,
   * the masked phone number.
   */
  readonly user_name?: string
  /** Free-form metadata of the peer. Often JSON, but not always. May be an empty string. */
  readonly user_data?: string
  /** Requested role. */
  readonly role?: string
  /** When the peer joined. */
  readonly joined_at?: string
  /** When the session started. */
  readonly session_started_at?: string
  /** Cause of the failure. Known: `role limit reached`. */
  readonly error_message?: string
  /** Peer that requested the change. Missing if the server API requested it. */
  readonly role_change_requested_by?: string
}

/**
 * Recording of a single track started. The data of `track.recording.started.success`.
 *
 * Cause: with track recording enabled in the template: a peer publishes a track.
 */
export interface TrackRecordingStartedSuccess {
  /** Room the event is about. */
  readonly room_id: string
  /** Session of the room that was running at the time. */
  readonly session_id: string
  /** Peer, which is one connection of one participant. */
  readonly peer_id: string
  /** Media stream the track is part of. */
  readonly stream_id?: string
  /** Track that is recorded. */
  readonly track_id: string
  /** Kind of the track. */
  readonly track_type?: RecordedTrack
}

/**
 * The recording of a single track is uploaded. The data of `track.recording.success`.
 *
 * Cause: a track recording ends and its file reaches the storage.
 */
export interface TrackRecordingSuccess {
  /** Room the event is about. */
  readonly room_id: string
  /** Session of the room that was running at the time. */
  readonly session_id: string
  /** Peer, which is one connection of one participant. */
  readonly peer_id: string
  /** Media stream the track is part of. */
  readonly stream_id?: string
  /** Track that is recorded. */
  readonly track_id: string
  /** Kind of the track. */
  readonly track_type?: RecordedTrack
  /** Size of the file in bytes. */
  readonly size?: number
  /** Duration of the recorded media, in seconds. */
  readonly duration?: number
  /** Id of the finished recording. In the sandbox, the id of its asset. Undocumented by the service. */
  readonly recording_id?: string
  /** Storage path of the file (`WebM`). */
  readonly recording_path?: string
  /** Temporary download link of the file. */
  readonly recording_presigned_url?: string
}

/**
 * The recording of a single track failed. The data of `track.recording.failure`.
 *
 * Cause: recording or upload of the track fails.
 */
export interface TrackRecordingFailure {
  /** Room the event is about. */
  readonly room_id: string
  /** Session of the room that was running at the time. */
  readonly session_id: string
  /** Peer, which is one connection of one participant. */
  readonly peer_id: string
  /** Media stream the track is part of. */
  readonly stream_id?: string
  /** Track that is recorded. */
  readonly track_id: string
  /** Kind of the track. */
  readonly track_type?: RecordedTrack
  /** Size of the file in bytes. */
  readonly size?: number
  /** Duration of the recorded media, in seconds. */
  readonly duration?: number
  /** Id of the finished recording. In the sandbox, the id of its asset. Undocumented by the service. */
  readonly recording_id?: string
  /** Intended storage path of the file. */
  readonly recording_path?: string
  /** Cause of the failure. Known: `INTERNAL_ERROR`. */
  readonly error_message?: string
}

/**
 * The recording of one peer stream (its audio and video together) is uploaded. The data of
 * `stream.recording.success`.
 *
 * Cause: a stream recording ends and its file reaches the storage.
 */
export interface StreamRecordingSuccess {
  /** Room the event is about. */
  readonly room_id: string
  /** Session of the room that was running at the time. */
  readonly session_id: string
  /** Peer, which is one connection of one participant. */
  readonly peer_id: string
  /** Media stream that is recorded. */
  readonly stream_id: string
  /**
   * Your own id for the participant, from the auth token (or from the X-100ms-UserID header of a SIP invite).
   * Absent if the participant has none.
   */
  readonly user_id?: string
  /** Size of the file in bytes. */
  readonly size?: number
  /** Duration of the recorded media, in seconds. */
  readonly duration?: number
  /** Id of the finished recording. In the sandbox, the id of its asset. Undocumented by the service. */
  readonly recording_id?: string
  /** Storage path of the file (MP4). */
  readonly recording_path?: string
  /** Temporary download link of the file. */
  readonly recording_presigned_url?: string
  /** Kind of the stream. */
  readonly stream_type?: RecordedStream
  /** Kind of the stream. */
  readonly type?: RecordedStream
}

/**
 * The recording of one peer stream failed. The data of `stream.recording.failure`.
 *
 * Cause: recording, composition or upload of the stream fails.
 */
export interface StreamRecordingFailure {
  /** Room the event is about. */
  readonly room_id: string
  /** Session of the room that was running at the time. */
  readonly session_id: string
  /** Peer, which is one connection of one participant. */
  readonly peer_id: string
  /** Media stream that is recorded. */
  readonly stream_id: string
  /**
   * Your own id for the participant, from the auth token (or from the X-100ms-UserID header of a SIP invite).
   * Absent if the participant has none.
   */
  readonly user_id?: string
  /** Size of the file in bytes. */
  readonly size?: number
  /** Duration of the recorded media, in seconds. */
  readonly duration?: number
  /** Id of the finished recording. In the sandbox, the id of its asset. Undocumented by the service. */
  readonly recording_id?: string
  /** Intended storage path of the file. */
  readonly recording_path?: string
  /** Kind of the stream. */
  readonly stream_type?: RecordedStream
  /** Kind of the stream. */
  readonly type?: RecordedStream
  /** Cause of the failure. Known: `INTERNAL_ERROR`. */
  readonly error_message?: string
}

/**
 * The composed (legacy, SFU side) recording of a session is uploaded. The data of `recording.success`.
 *
 * Cause: after the session, composition and upload are done.
 */
export interface RecordingSuccess {
  /** Room the event is about. */
  readonly room_id: string
  /** Name of the room. Hashed in HIPAA workspaces. */
  readonly room_name?: string
  /** Session of the room that was running at the time. */
  readonly session_id: string
  /** Template (policy) that the room follows. */
  readonly template_id?: string
  /** @deprecated Storage URI of the video. Read `recording_path` instead. */
  readonly location?: string
  /** @deprecated Download link of the video. Read `recording_presigned_url` instead. */
  readonly URL?: string
  /** Duration of the recording, in seconds. */
  readonly duration?: number
  /** Storage path of the video. */
  readonly recording_path?: string
  /** Temporary download link of the video, valid for 24 hours. */
  readonly recording_presigned_url?: string
  /** Storage path of the chat transcript (CSV), when chat was recorded. */
  readonly chat_recording_path?: string
  /** Temporary download link of the chat transcript. */
  readonly chat_recording_presigned_url?: string
  /** Size of the video in bytes. */
  readonly size?: number
  /** When the session started. */
  readonly session_started_at?: string
  /** When the session ended. */
  readonly session_stopped_at?: string
}

/**
 * The composed (legacy, SFU side) recording of a session failed. The data of `recording.failed`.
 *
 * Cause: composition or upload fails.
 */
export interface RecordingFailed {
  /** Room the event is about. */
  readonly room_id: string
  /** Name of the room. Hashed in HIPAA workspaces. */
  readonly room_name?: string
  /** Session of the room that was running at the time. */
  readonly session_id: string
  /** Template (policy) that the room follows. */
  readonly template_id?: string
  /** Human-readable cause, fixed per `error_type`; `INTERNAL_ERROR` for the internal error types. */
  readonly error?: string
  /** Machine-readable cause. */
  readonly error_type?: RecordingErrorType
  /** When the session started. */
  readonly session_started_at?: string
  /** When the session ended. */
  readonly session_stopped_at?: string
}

/**
 * A beam run (RTMP push, browser recording or both) started. The data of `beam.started.success`.
 *
 * Cause: start request accepted and the beam browser is in the room.
 */
export interface BeamStartedSuccess {
  /**
   * Run of the recording/streaming browser ("beam"), the same in all events of the run. In the sandbox, not the id
   * that `start` returns. Undocumented by the service.
   */
  readonly beam_id: string
  /**
   * Job of the run. In the sandbox, the id that `recordings.start` or `external_streams.start` returned, which
   * `beam.recording.success` has as `recording_id`. Undocumented by the service.
   */
  readonly job_id?: string
  /** Whether this run also records. */
  readonly recording_enabled?: boolean
  /** Room the event is about. */
  readonly room_id: string
  /**
   * Peer of the beam browser. Whether it is in lists of peers is undocumented by the service. In the sandbox, it is
   * not.
   */
  readonly peer_id?: string
  /** Session of the room that was running at the time. */
  readonly session_id?: string
  /** Id of the notification message itself. */
  readonly metadata_id?: string
  /** Template (policy) that the room follows. */
  readonly template_id?: string
  /** When the notification message was created. */
  readonly metadata_timestamp?: string
  /** Duration of the start in seconds. */
  readonly start_delay?: number
  /** @deprecated Internal name of the state reached. Use the event type instead. Known: `Started`. */
  readonly state_name?: string
  /** @deprecated Text of the state. Undocumented by the service. */
  readonly state_message?: string
  /** @deprecated When the state was entered. Use the envelope timestamp instead. */
  readonly state_timestamp?: string
  /** Maximum picture width in pixels. */
  readonly max_width?: number
  /** Maximum picture height in pixels. */
  readonly max_height?: number
  /** Web page that the beam browser opened. May contain a token in its query string. */
  readonly meeting_url?: string
  /** RTMP targets that the start request named. */
  readonly rtmp?: readonly BeamRtmpTarget[]
  /** When the session started. */
  readonly session_started_at?: string
}

/** One RTMP target of a beam run. */
export interface BeamRtmpTarget {
  /** RTMP(S) address. Usually includes the stream key of the platform. */
  readonly url: string
}

/**
 * A beam run (RTMP push, browser recording or both) ended. The data of `beam.stopped.success`.
 *
 * Cause: stop request, maximum duration, end of the room, no other peer for about 5 minutes, or a failure.
 */
export interface BeamStoppedSuccess {
  /**
   * Run of the recording/streaming browser ("beam"), the same in all events of the run. In the sandbox, not the id
   * that `start` returns. Undocumented by the service.
   */
  readonly beam_id: string
  /**
   * Job of the run. In the sandbox, the id that `recordings.start` or `external_streams.start` returned, which
   * `beam.recording.success` has as `recording_id`. Undocumented by the service.
   */
  readonly job_id?: string
  /** Whether this run also records. */
  readonly recording_enabled?: boolean
  /** Room the event is about. */
  readonly room_id: string
  /**
   * Peer of the beam browser. Whether it is in lists of peers is undocumented by the service. In the sandbox, it is
   * not.
   */
  readonly peer_id?: string
  /** Session of the room that was running at the time. */
  readonly session_id?: string
  /** Id of the notification message itself. */
  readonly metadata_id?: string
  /** Template (policy) that the room follows. */
  readonly template_id?: string
  /** When the notification message was created. */
  readonly metadata_timestamp?: string
  /** @deprecated Internal name of the state reached. Use the event type instead. Known: `Stopped`. */
  readonly state_name?: string
  /** @deprecated Text of the state. Undocumented by the service. */
  readonly state_message?: string
  /** @deprecated When the state was entered. Use the envelope timestamp instead. */
  readonly state_timestamp?: string
  /** Duration in seconds. */
  readonly duration?: number
  /** Maximum picture width in pixels. */
  readonly max_width?: number
  /** Maximum picture height in pixels. */
  readonly max_height?: number
  /** Web page that the beam browser opened. May contain a token in its query string. */
  readonly meeting_url?: string
  /** RTMP targets that the start request named. */
  readonly rtmp?: readonly BeamRtmpTarget[]
  /** When the session started. */
  readonly session_started_at?: string
  /** Why the run stopped. */
  readonly reason?: BeamStopReason
}

/**
 * The browser recording is uploaded. The data of `beam.recording.success`.
 *
 * Cause: after `beam.stopped.success`, once the video is in the storage.
 */
export interface BeamRecordingSuccess {
  /**
   * Run of the recording/streaming browser ("beam"), the same in all events of the run. In the sandbox, not the id
   * that `start` returns. Undocumented by the service.
   */
  readonly beam_id: string
  /** Room the event is about. */
  readonly room_id: string
  /**
   * Peer of the beam browser. Whether it is in lists of peers is undocumented by the service. In the sandbox, it is
   * not.
   */
  readonly peer_id?: string
  /** Id of the notification message itself. */
  readonly metadata_id?: string
  /** When the notification message was created. */
  readonly metadata_timestamp?: string
  /** Session of the room that was running at the time. */
  readonly session_id?: string
  /** Template (policy) that the room follows. */
  readonly template_id?: string
  /** When the recording object was created. */
  readonly created_at?: string
  /** Duration of the recording, in seconds. */
  readonly duration?: number
  /** @deprecated Download link of the video. Read `recording_presigned_url` instead. */
  readonly location?: string
  /** When recording started. */
  readonly started_at?: string
  /** When recording ended. */
  readonly stopped_at?: string
  /** Maximum picture width in pixels. */
  readonly max_width?: number
  /** Maximum picture height in pixels. */
  readonly max_height?: number
  /**
   * Id of the finished recording. In the sandbox, the id that `recordings.start` or `external_streams.start`
   * returned, which the other beam events have as `job_id`. Undocumented by the service.
   */
  readonly recording_id?: string
  /** Storage path of the video. */
  readonly recording_path?: string
  /** Temporary download link of the video. */
  readonly recording_presigned_url?: string
  /** Storage path of the chat transcript (CSV), when chat was recorded. */
  readonly chat_recording_path?: string
  /** Temporary download link of the chat transcript. */
  readonly chat_recording_presigned_url?: string
  /** Web page that the beam browser opened. May contain a token in its query string. */
  readonly meeting_url?: string
  /** RTMP targets that the start request named. */
  readonly rtmp?: readonly BeamRtmpTarget[]
  /** When the session started. */
  readonly session_started_at?: string
  /** Size of the video in bytes. */
  readonly size?: number
}

/**
 * A beam run (RTMP push, browser recording or both) failed. The data of `beam.failure`.
 *
 * Cause: bad RTMP or meeting URL, page that fails to load, storage credentials refused, or an internal error.
 */
export interface BeamFailure {
  /**
   * Run of the recording/streaming browser ("beam"), the same in all events of the run. In the sandbox, not the id
   * that `start` returns. Undocumented by the service.
   */
  readonly beam_id: string
  /**
   * Job of the run. In the sandbox, the id that `recordings.start` or `external_streams.start` returned, which
   * `beam.recording.success` has as `recording_id`. Undocumented by the service.
   */
  readonly job_id?: string
  /** Whether this run also records. */
  readonly recording_enabled?: boolean
  /** Room the event is about. */
  readonly room_id: string
  /**
   * Peer of the beam browser. Whether it is in lists of peers is undocumented by the service. In the sandbox, it is
   * not.
   */
  readonly peer_id?: string
  /** Session of the room that was running at the time. */
  readonly session_id?: string
  /** Template (policy) that the room follows. */
  readonly template_id?: string
  /** @deprecated Always 1. */
  readonly error_code?: number
  /** Human-readable cause, fixed per `error_type` since 2022-12-29. */
  readonly error_message?: string
  /** Machine-readable cause. */
  readonly error_type?: BeamErrorType
  /** Id of the notification message itself. */
  readonly metadata_id?: string
  /** When the notification message was created. */
  readonly metadata_timestamp?: string
  /** @deprecated Internal name of the state reached. Use the event type instead. Known: `Failed`. */
  readonly state_name?: string
  /** @deprecated Text of the state. Undocumented by the service. */
  readonly state_message?: string
  /** @deprecated When the state was entered. Use the envelope timestamp instead. */
  readonly state_timestamp?: string
  /** Duration in seconds. */
  readonly duration?: number
  /** Maximum picture width in pixels. */
  readonly max_width?: number
  /** Maximum picture height in pixels. */
  readonly max_height?: number
  /** Web page that the beam browser opened. May contain a token in its query string. */
  readonly meeting_url?: string
  /** RTMP targets that the start request named. */
  readonly rtmp?: readonly BeamRtmpTarget[]
  /** When the session started. */
  readonly session_started_at?: string
}

/**
 * HLS live streaming is running. The data of `hls.started.success`.
 *
 * Cause: start request (or RTMP ingestion) led to a playable stream.
 */
export interface HlsStartedSuccess {
  /**
   * Run of the recording/streaming browser ("beam"), the same in all events of the run. In the sandbox, not the id
   * that `start` returns. Undocumented by the service.
   */
  readonly beam_id: string
  /**
   * Job of the run. In the sandbox, the id that `live_streams.start` returned, which `hls.recording.success` has as
   * `recording_id`. Undocumented by the service.
   */
  readonly job_id?: string
  /** Whether the stream is also recorded as one MP4 file per quality layer. */
  readonly recording_single_file_per_layer_enabled?: boolean
  /** Whether the stream is also recorded as an on-demand HLS playlist. */
  readonly recording_vod_playlist_enabled?: boolean
  /** Room the event is about. */
  readonly room_id: string
  /**
   * Peer of the beam browser. Whether it is in lists of peers is undocumented by the service. In the sandbox, it is
   * not.
   */
  readonly peer_id?: string
  /** Session of the room that was running at the time. */
  readonly session_id?: string
  /** Template (policy) that the room follows. */
  readonly template_id?: string
  /** Web page that the beam browser opened. May contain a token in its query string. */
  readonly meeting_url?: string
  /** Id of the notification message itself. */
  readonly metadata_id?: string
  /** When the notification message was created. */
  readonly metadata_timestamp?: string
  /** Duration of the start in seconds. */
  readonly start_delay?: number
  /** @deprecated Internal name of the state reached. Use the event type instead. Known: `HLSStarted`. */
  readonly state_name?: string
  /** @deprecated Text of the state. Undocumented by the service. */
  readonly state_message?: string
  /** @deprecated When the state was entered. Use the envelope timestamp instead. */
  readonly state_timestamp?: string
  /** Maximum picture width in pixels. */
  readonly max_width?: number
  /** Maximum picture height in pixels. */
  readonly max_height?: number
  /** Playlist (m3u8) that viewers play. */
  readonly url?: string
  /** When streaming started. */
  readonly started_at?: string
  /** When the session started. */
  readonly session_started_at?: string
}

/**
 * HLS live streaming has stopped. The data of `hls.stopped.success`.
 *
 * Cause: stop request, maximum duration, end of the room, no other peer for about 5 minutes, or a failure.
 */
export interface HlsStoppedSuccess {
  /**
   * Run of the recording/streaming browser ("beam"), the same in all events of the run. In the sandbox, not the id
   * that `start` returns. Undocumented by the service.
   */
  readonly beam_id: string
  /**
   * Job of the run. In the sandbox, the id that `live_streams.start` returned, which `hls.recording.success` has as
   * `recording_id`. Undocumented by the service.
   */
  readonly job_id?: string
  /** Whether the stream is also recorded as one MP4 file per quality layer. */
  readonly recording_single_file_per_layer_enabled?: boolean
  /** Whether the stream is also recorded as an on-demand HLS playlist. */
  readonly recording_vod_playlist_enabled?: boolean
  /** Room the event is about. */
  readonly room_id: string
  /**
   * Peer of the beam browser. Whether it is in lists of peers is undocumented by the service. In the sandbox, it is
   * not.
   */
  readonly peer_id?: string
  /** Session of the room that was running at the time. */
  readonly session_id?: string
  /** Template (policy) that the room follows. */
  readonly template_id?: string
  /** Maximum picture width in pixels. */
  readonly max_width?: number
  /** Maximum picture height in pixels. */
  readonly max_height?: number
  /** Web page that the beam browser opened. May contain a token in its query string. */
  readonly meeting_url?: string
  /** Id of the notification message itself. */
  readonly metadata_id?: string
  /** When the notification message was created. */
  readonly metadata_timestamp?: string
  /** @deprecated Internal name of the state reached. Use the event type instead. Known: `HLSStopped`. */
  readonly state_name?: string
  /** @deprecated Text of the state. Undocumented by the service. */
  readonly state_message?: string
  /** @deprecated When the state was entered. Use the envelope timestamp instead. */
  readonly state_timestamp?: string
  /** Playlist (m3u8) that viewers play. */
  readonly url?: string
  /** Duration in seconds. */
  readonly duration?: number
  /** When streaming started. */
  readonly started_at?: string
  /** When streaming ended. */
  readonly stopped_at?: string
  /** When the session started. */
  readonly session_started_at?: string
  /** Why the run stopped. */
  readonly reason?: BeamStopReason
  /** Whether live captions were on for the stream. */
  readonly live_transcription_enabled?: boolean
}

/**
 * HLS streaming and/or its recording failed. The data of `hls.failure`.
 *
 * Cause: bad meeting URL, upload refused, stop before start, or an internal error.
 */
export interface HlsFailure {
  /**
   * Run of the recording/streaming browser ("beam"), the same in all events of the run. In the sandbox, not the id
   * that `start` returns. Undocumented by the service.
   */
  readonly beam_id: string
  /**
   * Job of the run. In the sandbox, the id that `live_streams.start` returned, which `hls.recording.success` has as
   * `recording_id`. Undocumented by the service.
   */
  readonly job_id?: string
  /** Whether the stream is also recorded as one MP4 file per quality layer. */
  readonly recording_single_file_per_layer_enabled?: boolean
  /** Whether the stream is also recorded as an on-demand HLS playlist. */
  readonly recording_vod_playlist_enabled?: boolean
  /** Room the event is about. */
  readonly room_id: string
  /**
   * Peer of the beam browser. Whether it is in lists of peers is undocumented by the service. In the sandbox, it is
   * not.
   */
  readonly peer_id?: string
  /** Session of the room that was running at the time. */
  readonly session_id?: string
  /** Template (policy) that the room follows. */
  readonly template_id?: string
  /** Maximum picture width in pixels. */
  readonly max_width?: number
  /** Maximum picture height in pixels. */
  readonly max_height?: number
  /** Web page that the beam browser opened. May contain a token in its query string. */
  readonly meeting_url?: string
  /** @deprecated Always 1. */
  readonly error_code?: number
  /** Human-readable cause, fixed per `error_type` since 2022-12-29. */
  readonly error_message?: string
  /** Machine-readable cause. */
  readonly error_type?: BeamErrorType
  /** Id of the notification message itself. */
  readonly metadata_id?: string
  /** When the notification message was created. */
  readonly metadata_timestamp?: string
  /** @deprecated Internal name of the state reached. Use the event type instead. Known: `HLSFailed`. */
  readonly state_name?: string
  /** @deprecated Text of the state. Undocumented by the service. */
  readonly state_message?: string
  /** @deprecated When the state was entered. Use the envelope timestamp instead. */
  readonly state_timestamp?: string
  /** Duration in seconds. */
  readonly duration?: number
  /** When the session started. */
  readonly session_started_at?: string
}

/**
 * The recordings of an HLS stream are uploaded. The data of `hls.recording.success`.
 *
 * Cause: after `hls.stopped.success`, once the files are in the storage.
 */
export interface HlsRecordingSuccess {
  /**
   * Run of the recording/streaming browser ("beam"), the same in all events of the run. In the sandbox, not the id
   * that `start` returns. Undocumented by the service.
   */
  readonly beam_id: string
  /** Room the event is about. */
  readonly room_id: string
  /** Id of the notification message itself. */
  readonly metadata_id?: string
  /** When the notification message was created. */
  readonly metadata_timestamp?: string
  /** Duration of the recording, in seconds. */
  readonly duration?: number
  /** Session of the room that was running at the time. */
  readonly session_id?: string
  /** Template (policy) that the room follows. */
  readonly template_id?: string
  /** Storage path of the on-demand playlist (m3u8) or of its ZIP archive. */
  readonly hls_vod_recording_path?: string
  /**
   * With 100ms's storage and unzipped upload, a playable CDN link. Otherwise a temporary link of the m3u8 file (not
   * playable by itself) or of the ZIP.
   */
  readonly hls_vod_recording_presigned_url?: string
  /** Storage path of the chat transcript (CSV), when chat was recorded. */
  readonly chat_recording_path?: string
  /** Temporary download link of the chat transcript. */
  readonly chat_recording_presigned_url?: string
  /** Size of the on-demand recording in bytes. */
  readonly hls_vod_recording_size?: number
  /** Maximum picture width in pixels. */
  readonly max_width?: number
  /** Maximum picture height in pixels. */
  readonly max_height?: number
  /** Web page that the beam browser opened. May contain a token in its query string. */
  readonly meeting_url?: string
  /** When the recording object was created. */
  readonly recording_created_at?: string
  /** When streaming started. */
  readonly started_at?: string
  /** When streaming ended. */
  readonly stopped_at?: string
  /**
   * Id of the finished recording. In the sandbox, the id that `live_streams.start` returned, which the other HLS
   * events have as `job_id`. Undocumented by the service.
   */
  readonly recording_id?: string
  /** One entry per quality layer, if single-file recording is on. Layer "0" is the best. */
  readonly recording_single_files?: readonly HlsRecordingFile[]
  /** @deprecated Link of the on-demand playlist. Read `hls_vod_recording_presigned_url` instead. */
  readonly recording_hls_vod_playlist_location?: string
  /** Still pictures taken from the stream, when thumbnails are on. */
  readonly recording_thumbnails?: readonly HlsThumbnail[]
  /** When the session started. */
  readonly session_started_at?: string
}

/** Recording of one HLS quality layer. */
export interface HlsRecordingFile {
  /** Recording asset of the file. */
  readonly asset_id?: string
  /** Layer number as text. "0" is the best quality. */
  readonly layer: string
  /** Storage path of the file. */
  readonly recording_path?: string
  /** Temporary download link of the file. */
  readonly recording_presigned_url?: string
  /** Size of the file in bytes. */
  readonly size?: number
  /** Picture width in pixels. */
  readonly width?: number
  /** Picture height in pixels. */
  readonly height?: number
}

/** Still picture taken from an HLS recording. */
export interface HlsThumbnail {
  /** Picture width in pixels. */
  readonly width?: number
  /** Picture height in pixels. */
  readonly height?: number
  /** Position in the recording in seconds. */
  readonly offset?: number
  /** Storage path of the picture. */
  readonly location?: string
  /** Temporary link of the picture. */
  readonly url?: string
}

/**
 * Transcription of a finished recording started. The data of `transcription.started.success`.
 *
 * Cause: a recording with transcription enabled is complete.
 */
export interface TranscriptionStartedSuccess {
  /** Account (customer), as in the envelope. */
  readonly account_id?: string
  /** App (workspace), as in the envelope. */
  readonly app_id?: string
  /**
   * Recording that is transcribed. In the sandbox, the id that `start` of the recording or stream returned.
   * Undocumented by the service.
   */
  readonly recording_id?: string
  /** Room the event is about. */
  readonly room_id: string
  /** Name of the room. Hashed in HIPAA workspaces. */
  readonly room_name?: string
  /** Session of the room that was running at the time. */
  readonly session_id?: string
  /** Id of the notification message itself. */
  readonly metadata_id?: string
  /** Transcription run. */
  readonly transcription_id: string
  /** When the notification message was created. */
  readonly metadata_timestamp?: string
  /** Running time of the transcribed recording, in seconds. */
  readonly duration?: number
  /** Recording asset of the AI summary as JSON. */
  readonly summary_json_asset_id?: string
  /** Recording asset of the transcript as JSON. */
  readonly transcript_json_asset_id?: string
  /** Recording asset of the transcript as SRT subtitles. */
  readonly transcript_srt_asset_id?: string
  /** Recording asset of the transcript as plain text. */
  readonly transcript_txt_asset_id?: string
}

/**
 * Transcript and summary are uploaded. The data of `transcription.success`.
 *
 * Cause: all requested outputs are created.
 */
export interface TranscriptionSuccess {
  /** Account (customer), as in the envelope. */
  readonly account_id?: string
  /** App (workspace), as in the envelope. */
  readonly app_id?: string
  /**
   * Recording that is transcribed. In the sandbox, the id that `start` of the recording or stream returned.
   * Undocumented by the service.
   */
  readonly recording_id?: string
  /** Room the event is about. */
  readonly room_id: string
  /** Name of the room. Hashed in HIPAA workspaces. */
  readonly room_name?: string
  /** Session of the room that was running at the time. */
  readonly session_id?: string
  /** Id of the notification message itself. */
  readonly metadata_id?: string
  /** Transcription run. */
  readonly transcription_id: string
  /** When the notification message was created. */
  readonly metadata_timestamp?: string
  /** Running time of the transcribed recording, in seconds. */
  readonly duration?: number
  /** Recording asset of the AI summary as JSON. */
  readonly summary_json_asset_id?: string
  /** Storage path of the AI summary as JSON. */
  readonly summary_json_path?: string
  /** Temporary download link of the AI summary as JSON. */
  readonly summary_json_presigned_url?: string
  /** Recording asset of the transcript as JSON. */
  readonly transcript_json_asset_id?: string
  /** Storage path of the transcript as JSON. */
  readonly transcript_json_path?: string
  /** Temporary download link of the transcript as JSON. */
  readonly transcript_json_presigned_url?: string
  /** Recording asset of the transcript as SRT subtitles. */
  readonly transcript_srt_asset_id?: string
  /** Storage path of the transcript as SRT subtitles. */
  readonly transcript_srt_path?: string
  /** Temporary download link of the transcript as SRT subtitles. */
  readonly transcript_srt_presigned_url?: string
  /** Recording asset of the transcript as plain text. */
  readonly transcript_txt_asset_id?: string
  /** Storage path of the transcript as plain text. */
  readonly transcript_txt_path?: string
  /** Temporary download link of the transcript as plain text. */
  readonly transcript_txt_presigned_url?: string
}

/**
 * Transcription failed, completely or in part. The data of `transcription.failure`.
 *
 * Cause: an enabled summary was not created, or transcript/summary files are missing or partial.
 */
export interface TranscriptionFailure {
  /** Account (customer), as in the envelope. */
  readonly account_id?: string
  /** App (workspace), as in the envelope. */
  readonly app_id?: string
  /**
   * Recording that is transcribed. In the sandbox, the id that `start` of the recording or stream returned.
   * Undocumented by the service.
   */
  readonly recording_id?: string
  /** Room the event is about. */
  readonly room_id: string
  /** Name of the room. Hashed in HIPAA workspaces. */
  readonly room_name?: string
  /** Session of the room that was running at the time. */
  readonly session_id?: string
  /** Id of the notification message itself. */
  readonly metadata_id?: string
  /** Transcription run. */
  readonly transcription_id: string
  /** When the notification message was created. */
  readonly metadata_timestamp?: string
  /** Running time of the transcribed recording, in seconds. */
  readonly duration?: number
  /** Recording asset of the AI summary as JSON. */
  readonly summary_json_asset_id?: string
  /** Storage path of the AI summary as JSON. */
  readonly summary_json_path?: string
  /** Temporary download link of the AI summary as JSON. */
  readonly summary_json_presigned_url?: string
  /** Recording asset of the transcript as JSON. */
  readonly transcript_json_asset_id?: string
  /** Storage path of the transcript as JSON. */
  readonly transcript_json_path?: string
  /** Temporary download link of the transcript as JSON. */
  readonly transcript_json_presigned_url?: string
  /** Recording asset of the transcript as SRT subtitles. */
  readonly transcript_srt_asset_id?: string
  /** Storage path of the transcript as SRT subtitles. */
  readonly transcript_srt_path?: string
  /** Temporary download link of the transcript as SRT subtitles. */
  readonly transcript_srt_presigned_url?: string
  /** Recording asset of the transcript as plain text. */
  readonly transcript_txt_asset_id?: string
  /** Storage path of the transcript as plain text. */
  readonly transcript_txt_path?: string
  /** Temporary download link of the transcript as plain text. */
  readonly transcript_txt_presigned_url?: string
}

/**
 * An RTMP broadcaster is connected. The data of `ingest.start.success`.
 *
 * Cause: the broadcaster connects with a valid stream key. The service then starts the live stream.
 */
export interface IngestStartSuccess {
  /** Account (customer), as in the envelope. */
  readonly account_id?: string
  /** App (workspace), as in the envelope. */
  readonly app_id?: string
  /** When ingestion started. */
  readonly started_at?: string
  /** Room the event is about. */
  readonly room_id: string
  /** Ingestion run. */
  readonly ingest_id: string
  /** Stream created from the ingested media. In the sandbox, the id of the live stream. Undocumented by the service. */
  readonly stream_id?: string
  /** Template (policy) that the room follows. */
  readonly template_id?: string
}

/**
 * An RTMP broadcast ended. The data of `ingest.end.success`.
 *
 * Cause: the broadcaster disconnected and did not reconnect in time. The service then stops the live stream.
 */
export interface IngestEndSuccess {
  /** Account (customer), as in the envelope. */
  readonly account_id?: string
  /** App (workspace), as in the envelope. */
  readonly app_id?: string
  /** When ingestion started. */
  readonly started_at?: string
  /** When ingestion ended. */
  readonly completed_at?: string
  /** Duration of the ingestion in seconds. */
  readonly duration?: number
  /** When media stopped arriving. */
  readonly last_disconnected_at?: string
  /** Why ingestion ended. */
  readonly reason?: IngestEndReason
  /** Room the event is about. */
  readonly room_id: string
  /** Ingestion run. */
  readonly ingest_id: string
  /** Stream created from the ingested media. In the sandbox, the id of the live stream. Undocumented by the service. */
  readonly stream_id?: string
  /** Template (policy) that the room follows. */
  readonly template_id?: string
}

/**
 * An RTMP broadcaster could not start. The data of `ingest.start.failure`.
 *
 * Cause: connection refused, for example a disabled key, no HLS destination, or a stream that is already running.
 */
export interface IngestStartFailure {
  /** Account (customer), as in the envelope. */
  readonly account_id?: string
  /** App (workspace), as in the envelope. */
  readonly app_id?: string
  /** Cause of the failure. */
  readonly error_message?: IngestStartError
  /** Room the event is about. */
  readonly room_id: string
  /** Template (policy) that the room follows. */
  readonly template_id?: string
}

/**
 * A running RTMP ingestion failed. The data of `ingest.failure`.
 *
 * Cause: internal failure during ingestion.
 */
export interface IngestFailure {
  /** Account (customer), as in the envelope. */
  readonly account_id?: string
  /** App (workspace), as in the envelope. */
  readonly app_id?: string
  /** Cause of the failure. Known: `internal error`. */
  readonly error_message?: string
  /** Ingestion run. */
  readonly ingest_id: string
  /** Room the event is about. */
  readonly room_id: string
  /** Template (policy) that the room follows. */
  readonly template_id?: string
}

/**
 * `regular` for peers that join through an SDK, `sip` for phone/SIP callers.
 *
 * New values may be added.
 */
export type PeerKind = 'regular' | 'sip' | (string & {})

/**
 * Why a peer left.
 *
 * New values may be added.
 */
export type PeerLeaveReason =
  | 'client request'
  | 'peer kicked'
  | 'websocket closed'
  | 'ice connection state closed'
  | 'server removed peer'
  | (string & {})

/**
 * Kind of a recorded track.
 *
 * New values may be added.
 */
export type RecordedTrack = 'audio' | 'video' | (string & {})

/**
 * `regular`: camera and microphone; `screen`: screen share (with its sound, if any); `audio`: microphone only.
 *
 * New values may be added.
 */
export type RecordedStream = 'regular' | 'screen' | 'audio' | (string & {})

/**
 * Cause class of `recording.failed`.
 *
 * New values may be added.
 */
export type RecordingErrorType =
  | 'INPUT_ERROR'
  | 'CLOUD_ACCESS_ERROR'
  | 'CONFIG_ERROR'
  | 'MEMORY_ERROR'
  | 'PROCESSING_CMD_ERROR'
  | 'API_ERROR'
  | (string & {})

/**
 * Why a beam or HLS run stopped: one of the fixed values, or `failure: <error_type>` with a `BeamErrorType`.
 *
 * New values may be added.
 */
export type BeamStopReason =
  | 'client request'
  | 'max duration reached'
  | 'room ended'
  | 'last peer left'
  | 'failure: INTERNAL_ERROR'
  | 'failure: MAX_RETRIES_REACHED'
  | 'failure: UPLOAD_ERROR'
  | 'failure: BEAM_STOPPED'
  | (string & {})

/**
 * Cause class of `beam.failure` and `hls.failure`.
 *
 * New values may be added.
 */
export type BeamErrorType = 'INTERNAL_ERROR' | 'MAX_RETRIES_REACHED' | 'UPLOAD_ERROR' | 'BEAM_STOPPED' | (string & {})

/**
 * Why an RTMP ingestion ended.
 *
 * New values may be added.
 */
export type IngestEndReason =
  | 'publish error'
  | 'reconnection window expired'
  | 'stream closed'
  | 'internal error'
  | (string & {})

/**
 * Why an RTMP ingestion could not start.
 *
 * New values may be added.
 */
export type IngestStartError =
  | 'stream key disabled'
  | 'internal error'
  | 'no hls destinations'
  | 'remote session active'
  | 'already connected'
  | 'beam start error'
  | (string & {})
