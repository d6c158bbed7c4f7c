//! Beam runs: browser recordings and RTMP pushes. The data of `beam.started.success`, `beam.stopped.success`,
//! `beam.recording.success`, `beam.failure`.

use crate::define::{model, open_enum};
use crate::wire::Secret;

model! {
    /// A beam run (RTMP push, browser recording or both) is up. The data of `beam.started.success`.
    ///
    /// Cause: start request accepted and the beam browser is in the room.
    answer BeamStartedSuccess {
        /// Run of the recording/streaming browser ("beam").
        required beam_id: String,
        /// Job behind the run; presumably the `job_id` that recording assets name (not stated).
        optional job_id: String,
        /// Whether this run also makes a recording.
        optional recording_enabled: bool,
        /// Room the event is about.
        required room_id: String,
        /// Peer as which the beam browser sits in the room (assumed; the docs use their generic peer text).
        optional peer_id: String,
        /// Session of the room that was running at the time.
        optional session_id: String,
        /// Identifier of the notification message itself.
        optional metadata_id: String,
        /// Template (policy) that the room follows.
        optional template_id: String,
        /// When that notification message was made.
        optional metadata_timestamp: Timestamp,
        /// Time that the start took, in seconds.
        optional start_delay: i64,
        /// Internal name of the state reached. Use the event type instead. Known: `Started`. Deprecated.
        optional state_name: String,
        /// Text that went with the state. Only the release notes name it, as deprecated; no table or sample has it.
        /// Deprecated.
        optional state_message: String,
        /// When the state was entered. Use the envelope timestamp instead. Deprecated.
        optional state_timestamp: Timestamp,
        /// Upper bound of the picture width, in pixels.
        optional max_width: i64,
        /// Upper bound of the picture height, in pixels.
        optional max_height: i64,
        /// Web page that the beam browser opened, as given (or defaulted) at start. May carry a token in its query
        /// string.
        optional meeting_url: Secret,
        /// RTMP targets that the start request named.
        optional rtmp: [BeamRtmpTarget],
        /// When the session began.
        optional session_started_at: Timestamp,
    }
}

model! {
    /// A beam run (RTMP push, browser recording or both) is over. The data of `beam.stopped.success`.
    ///
    /// Cause: stop request, maximum duration, end of the room, no other peer for about 5 minutes, or a failure.
    answer BeamStoppedSuccess {
        /// Run of the recording/streaming browser ("beam").
        required beam_id: String,
        /// Job behind the run; presumably the `job_id` that recording assets name (not stated).
        optional job_id: String,
        /// Whether this run also makes a recording.
        optional recording_enabled: bool,
        /// Room the event is about.
        required room_id: String,
        /// Peer as which the beam browser sits in the room (assumed; the docs use their generic peer text).
        optional peer_id: String,
        /// Session of the room that was running at the time.
        optional session_id: String,
        /// Identifier of the notification message itself.
        optional metadata_id: String,
        /// Template (policy) that the room follows.
        optional template_id: String,
        /// When that notification message was made.
        optional metadata_timestamp: Timestamp,
        /// Internal name of the state reached. Use the event type instead. Known: `Stopped`. Deprecated.
        optional state_name: String,
        /// Text that went with the state. Only the release notes name it, as deprecated; no table or sample has it.
        /// Deprecated.
        optional state_message: String,
        /// When the state was entered. Use the envelope timestamp instead. Deprecated.
        optional state_timestamp: Timestamp,
        /// How long it ran, in seconds.
        optional duration: i64,
        /// Upper bound of the picture width, in pixels.
        optional max_width: i64,
        /// Upper bound of the picture height, in pixels.
        optional max_height: i64,
        /// Web page that the beam browser opened, as given (or defaulted) at start. May carry a token in its query
        /// string.
        optional meeting_url: Secret,
        /// RTMP targets that the start request named.
        optional rtmp: [BeamRtmpTarget],
        /// When the session began.
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
        /// Run of the recording/streaming browser ("beam").
        required beam_id: String,
        /// Room the event is about.
        required room_id: String,
        /// Peer as which the beam browser sits in the room (assumed; the docs use their generic peer text).
        optional peer_id: String,
        /// Identifier of the notification message itself.
        optional metadata_id: String,
        /// When that notification message was made.
        optional metadata_timestamp: Timestamp,
        /// Session of the room that was running at the time.
        optional session_id: String,
        /// Template (policy) that the room follows.
        optional template_id: String,
        /// When the recording object was made.
        optional created_at: Timestamp,
        /// Length of the recording, in seconds.
        optional duration: i64,
        /// Download link of the video. Read `recording_presigned_url` instead. Deprecated.
        optional location: Secret,
        /// When recording began (millisecond precision in the samples).
        optional started_at: Timestamp,
        /// When recording ended (millisecond precision in the samples).
        optional stopped_at: Timestamp,
        /// Upper bound of the picture width, in pixels.
        optional max_width: i64,
        /// Upper bound of the picture height, in pixels.
        optional max_height: i64,
        /// Identifier of the finished recording.
        optional recording_id: String,
        /// Storage path of the video.
        optional recording_path: String,
        /// Temporary download link of the video.
        optional recording_presigned_url: Secret,
        /// Storage path of the chat transcript (CSV), when chat was recorded.
        optional chat_recording_path: String,
        /// Temporary download link of the chat transcript.
        optional chat_recording_presigned_url: Secret,
        /// Web page that the beam browser opened, as given (or defaulted) at start. May carry a token in its query
        /// string.
        optional meeting_url: Secret,
        /// RTMP targets that the start request named.
        optional rtmp: [BeamRtmpTarget],
        /// When the session began.
        optional session_started_at: Timestamp,
        /// Size of the video in bytes.
        optional size: i64,
    }
}

model! {
    /// A beam run (RTMP push, browser recording or both) went wrong. The data of `beam.failure`.
    ///
    /// Cause: bad RTMP or meeting URL, page that fails to load, storage credentials refused, or an internal error.
    answer BeamFailure {
        /// Run of the recording/streaming browser ("beam").
        required beam_id: String,
        /// Job behind the run; presumably the `job_id` that recording assets name (not stated).
        optional job_id: String,
        /// Whether this run also makes a recording.
        optional recording_enabled: bool,
        /// Room the event is about.
        required room_id: String,
        /// Peer as which the beam browser sits in the room (assumed; the docs use their generic peer text).
        optional peer_id: String,
        /// Session of the room that was running at the time.
        optional session_id: String,
        /// Template (policy) that the room follows.
        optional template_id: String,
        /// Always 1, without meaning. Deprecated.
        optional error_code: i64,
        /// Human-readable cause, fixed per `error_type` since 2022-12-29.
        optional error_message: String,
        /// Machine-readable cause.
        optional error_type: BeamErrorType,
        /// Identifier of the notification message itself.
        optional metadata_id: String,
        /// When that notification message was made.
        optional metadata_timestamp: Timestamp,
        /// Internal name of the state reached. Use the event type instead. Known: `Failed`. Deprecated.
        optional state_name: String,
        /// Text that went with the state. Only the release notes name it, as deprecated; no table or sample has it.
        /// Deprecated.
        optional state_message: String,
        /// When the state was entered. Use the envelope timestamp instead. Deprecated.
        optional state_timestamp: Timestamp,
        /// How long it had run, in seconds.
        optional duration: i64,
        /// Upper bound of the picture width, in pixels.
        optional max_width: i64,
        /// Upper bound of the picture height, in pixels.
        optional max_height: i64,
        /// Web page that the beam browser opened, as given (or defaulted) at start. May carry a token in its query
        /// string.
        optional meeting_url: Secret,
        /// RTMP targets that the start request named.
        optional rtmp: [BeamRtmpTarget],
        /// When the session began.
        optional session_started_at: Timestamp,
    }
}

model! {
    /// One RTMP target of a beam run.
    answer BeamRtmpTarget {
        /// RTMP(S) address; usually includes the stream key of the platform.
        required url: Secret,
    }
}

open_enum! {
    /// Cause class of `beam.failure` and `hls.failure`.
    BeamErrorType {
        /// Trouble inside the service.
        InternalError = "INTERNAL_ERROR",
        /// The meeting page could not be joined within the allowed tries; check the URL.
        MaxRetriesReached = "MAX_RETRIES_REACHED",
        /// Recordings could not be uploaded; most often wrong storage settings.
        UploadError = "UPLOAD_ERROR",
        /// A stop arrived before the start, which takes a few seconds, was done.
        BeamStopped = "BEAM_STOPPED",
    }
}

open_enum! {
    /// Why a beam or HLS run stopped. Besides the fixed values there is the form `failure: <error_type>`, with a
    /// `BeamErrorType`.
    BeamStopReason {
        /// Stop asked by a client or the API, or internally when the room is ended.
        ClientRequest = "client request",
        /// The `maxDuration` of the template (4 hours by default) was used up.
        MaxDurationReached = "max duration reached",
        /// The run itself noticed that the room is over (within a minute) although no stop came, e.g. with a custom
        /// meeting URL.
        RoomEnded = "room ended",
        /// Nobody else in the room for about 5 minutes.
        LastPeerLeft = "last peer left",
        /// Trouble inside the service.
        FailureInternalError = "failure: INTERNAL_ERROR",
        /// The meeting page could not be joined within the allowed tries; check the URL.
        FailureMaxRetriesReached = "failure: MAX_RETRIES_REACHED",
        /// Recordings could not be uploaded; most often wrong storage settings.
        FailureUploadError = "failure: UPLOAD_ERROR",
        /// A stop arrived before the start, which takes a few seconds, was done.
        FailureBeamStopped = "failure: BEAM_STOPPED",
    }
}
