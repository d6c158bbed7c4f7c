//! Beam runs: browser recordings and RTMP pushes. The data of `beam.started.success`, `beam.stopped.success`,
//! `beam.recording.success`, `beam.failure`.

use crate::define::{model, open_enum};
use crate::wire::secret::Secret;

model! {
    /// A beam run (RTMP push, browser recording or both) started. The data of `beam.started.success`.
    ///
    /// Cause: start request accepted and the beam browser is in the room.
    answer BeamStartedSuccess {
        /// Run of the recording/streaming browser ("beam"), the same in all events of the run. In the sandbox, not the id that
        /// `start` returns. Undocumented by the service.
        required beam_id: String,
        /// Job of the run. In the sandbox, the id that `recordings.start` or `external_streams.start` returned, which
        /// `beam.recording.success` has as `recording_id`. Undocumented by the service.
        optional job_id: String,
        /// Whether this run also records.
        optional recording_enabled: bool,
        /// Room the event is about.
        required room_id: String,
        /// Peer of the beam browser. Whether it is in lists of peers is undocumented by the service. In the sandbox, it is not.
        optional peer_id: String,
        /// Session of the room that was running at the time.
        optional session_id: String,
        /// Id of the notification message itself.
        optional metadata_id: String,
        /// Template (policy) that the room follows.
        optional template_id: String,
        /// When the notification message was created.
        optional metadata_timestamp: Timestamp,
        /// Duration of the start in seconds.
        optional start_delay: i64,
        /// Internal name of the state reached. Use the event type instead. Known: `Started`. Deprecated.
        optional state_name: String,
        /// Text of the state. Undocumented by the service. Deprecated.
        optional state_message: String,
        /// When the state was entered. Use the envelope timestamp instead. Deprecated.
        optional state_timestamp: Timestamp,
        /// Maximum picture width in pixels.
        optional max_width: i64,
        /// Maximum picture height in pixels.
        optional max_height: i64,
        /// Web page that the beam browser opened. May contain a token in its query string.
        optional meeting_url: Secret,
        /// RTMP targets that the start request named.
        optional rtmp: [BeamRtmpTarget],
        /// When the session started.
        optional session_started_at: Timestamp,
    }
}

model! {
    /// A beam run (RTMP push, browser recording or both) ended. The data of `beam.stopped.success`.
    ///
    /// Cause: stop request, maximum duration, end of the room, no other peer for about 5 minutes, or a failure.
    answer BeamStoppedSuccess {
        /// Run of the recording/streaming browser ("beam"), the same in all events of the run. In the sandbox, not the id that
        /// `start` returns. Undocumented by the service.
        required beam_id: String,
        /// Job of the run. In the sandbox, the id that `recordings.start` or `external_streams.start` returned, which
        /// `beam.recording.success` has as `recording_id`. Undocumented by the service.
        optional job_id: String,
        /// Whether this run also records.
        optional recording_enabled: bool,
        /// Room the event is about.
        required room_id: String,
        /// Peer of the beam browser. Whether it is in lists of peers is undocumented by the service. In the sandbox, it is not.
        optional peer_id: String,
        /// Session of the room that was running at the time.
        optional session_id: String,
        /// Id of the notification message itself.
        optional metadata_id: String,
        /// Template (policy) that the room follows.
        optional template_id: String,
        /// When the notification message was created.
        optional metadata_timestamp: Timestamp,
        /// Internal name of the state reached. Use the event type instead. Known: `Stopped`. Deprecated.
        optional state_name: String,
        /// Text of the state. Undocumented by the service. Deprecated.
        optional state_message: String,
        /// When the state was entered. Use the envelope timestamp instead. Deprecated.
        optional state_timestamp: Timestamp,
        /// Duration in seconds.
        optional duration: i64,
        /// Maximum picture width in pixels.
        optional max_width: i64,
        /// Maximum picture height in pixels.
        optional max_height: i64,
        /// Web page that the beam browser opened. May contain a token in its query string.
        optional meeting_url: Secret,
        /// RTMP targets that the start request named.
        optional rtmp: [BeamRtmpTarget],
        /// When the session started.
        optional session_started_at: Timestamp,
        /// Why the run stopped.
        optional reason: BeamStopReason,
    }
}

model! {
    /// The browser recording is uploaded. The data of `beam.recording.success`.
    ///
    /// Cause: after `beam.stopped.success`, once the video is in the storage.
    answer BeamRecordingSuccess {
        /// Run of the recording/streaming browser ("beam"), the same in all events of the run. In the sandbox, not the id that
        /// `start` returns. Undocumented by the service.
        required beam_id: String,
        /// Room the event is about.
        required room_id: String,
        /// Peer of the beam browser. Whether it is in lists of peers is undocumented by the service. In the sandbox, it is not.
        optional peer_id: String,
        /// Id of the notification message itself.
        optional metadata_id: String,
        /// When the notification message was created.
        optional metadata_timestamp: Timestamp,
        /// Session of the room that was running at the time.
        optional session_id: String,
        /// Template (policy) that the room follows.
        optional template_id: String,
        /// When the recording object was created.
        optional created_at: Timestamp,
        /// Duration of the recording, in seconds.
        optional duration: i64,
        /// Download link of the video. Read `recording_presigned_url` instead. Deprecated.
        optional location: Secret,
        /// When recording started.
        optional started_at: Timestamp,
        /// When recording ended.
        optional stopped_at: Timestamp,
        /// Maximum picture width in pixels.
        optional max_width: i64,
        /// Maximum picture height in pixels.
        optional max_height: i64,
        /// Id of the finished recording. In the sandbox, the id that `recordings.start` or `external_streams.start` returned, which
        /// the other beam events have as `job_id`. Undocumented by the service.
        optional recording_id: String,
        /// Storage path of the video.
        optional recording_path: String,
        /// Temporary download link of the video.
        optional recording_presigned_url: Secret,
        /// Storage path of the chat transcript (CSV), when chat was recorded.
        optional chat_recording_path: String,
        /// Temporary download link of the chat transcript.
        optional chat_recording_presigned_url: Secret,
        /// Web page that the beam browser opened. May contain a token in its query string.
        optional meeting_url: Secret,
        /// RTMP targets that the start request named.
        optional rtmp: [BeamRtmpTarget],
        /// When the session started.
        optional session_started_at: Timestamp,
        /// Size of the video in bytes.
        optional size: i64,
    }
}

model! {
    /// A beam run (RTMP push, browser recording or both) failed. The data of `beam.failure`.
    ///
    /// Cause: bad RTMP or meeting URL, page that fails to load, storage credentials refused, or an internal error.
    answer BeamFailure {
        /// Run of the recording/streaming browser ("beam"), the same in all events of the run. In the sandbox, not the id that
        /// `start` returns. Undocumented by the service.
        required beam_id: String,
        /// Job of the run. In the sandbox, the id that `recordings.start` or `external_streams.start` returned, which
        /// `beam.recording.success` has as `recording_id`. Undocumented by the service.
        optional job_id: String,
        /// Whether this run also records.
        optional recording_enabled: bool,
        /// Room the event is about.
        required room_id: String,
        /// Peer of the beam browser. Whether it is in lists of peers is undocumented by the service. In the sandbox, it is not.
        optional peer_id: String,
        /// Session of the room that was running at the time.
        optional session_id: String,
        /// Template (policy) that the room follows.
        optional template_id: String,
        /// Always 1. Deprecated.
        optional error_code: i64,
        /// Human-readable cause, fixed per `error_type` since 2022-12-29.
        optional error_message: String,
        /// Machine-readable cause.
        optional error_type: BeamErrorType,
        /// Id of the notification message itself.
        optional metadata_id: String,
        /// When the notification message was created.
        optional metadata_timestamp: Timestamp,
        /// Internal name of the state reached. Use the event type instead. Known: `Failed`. Deprecated.
        optional state_name: String,
        /// Text of the state. Undocumented by the service. Deprecated.
        optional state_message: String,
        /// When the state was entered. Use the envelope timestamp instead. Deprecated.
        optional state_timestamp: Timestamp,
        /// Duration in seconds.
        optional duration: i64,
        /// Maximum picture width in pixels.
        optional max_width: i64,
        /// Maximum picture height in pixels.
        optional max_height: i64,
        /// Web page that the beam browser opened. May contain a token in its query string.
        optional meeting_url: Secret,
        /// RTMP targets that the start request named.
        optional rtmp: [BeamRtmpTarget],
        /// When the session started.
        optional session_started_at: Timestamp,
    }
}

model! {
    /// One RTMP target of a beam run.
    answer BeamRtmpTarget {
        /// RTMP(S) address. Usually includes the stream key of the platform.
        required url: Secret,
    }
}

open_enum! {
    /// Cause class of `beam.failure` and `hls.failure`.
    BeamErrorType {
        /// Error inside the service.
        InternalError = "INTERNAL_ERROR",
        /// The meeting page could not be joined within the allowed attempts. Check the URL.
        MaxRetriesReached = "MAX_RETRIES_REACHED",
        /// Recordings could not be uploaded, usually because of wrong storage settings.
        UploadError = "UPLOAD_ERROR",
        /// A stop arrived before the start was complete. A start takes a few seconds.
        BeamStopped = "BEAM_STOPPED",
    }
}

open_enum! {
    /// Why a beam or HLS run stopped: one of the fixed values, or `failure: <error_type>` with a `BeamErrorType`.
    BeamStopReason {
        /// Stop requested by a client or the API, or internally when the room ended.
        ClientRequest = "client request",
        /// The `maxDuration` of the template (4 hours by default) was reached.
        MaxDurationReached = "max duration reached",
        /// The run detected (within a minute) that the room ended without a stop, for example with a custom meeting URL.
        RoomEnded = "room ended",
        /// Nobody else in the room for about 5 minutes.
        LastPeerLeft = "last peer left",
        /// Error inside the service.
        FailureInternalError = "failure: INTERNAL_ERROR",
        /// The meeting page could not be joined within the allowed attempts. Check the URL.
        FailureMaxRetriesReached = "failure: MAX_RETRIES_REACHED",
        /// Recordings could not be uploaded, usually because of wrong storage settings.
        FailureUploadError = "failure: UPLOAD_ERROR",
        /// A stop arrived before the start was complete. A start takes a few seconds.
        FailureBeamStopped = "failure: BEAM_STOPPED",
    }
}
