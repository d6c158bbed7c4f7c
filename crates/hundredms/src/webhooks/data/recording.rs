//! Composed recordings of the SFU (legacy). The data of `recording.success`, `recording.failed`.

use crate::define::{model, open_enum};
use crate::wire::secret::Secret;

model! {
    /// The composed (legacy, SFU side) recording of a session is uploaded. The data of `recording.success`.
    ///
    /// Cause: after the session, composition and upload are done.
    answer RecordingSuccess {
        /// Room the event is about.
        required room_id: String,
        /// Name of the room. Hashed in HIPAA workspaces.
        optional room_name: String,
        /// Session of the room that was running at the time.
        required session_id: String,
        /// Template (policy) that the room follows.
        optional template_id: String,
        /// Storage URI of the video. Read `recording_path` instead. Deprecated.
        optional location: String,
        /// Download link of the video. Read `recording_presigned_url` instead. Deprecated.
        optional url as "URL": Secret,
        /// Duration of the recording, in seconds.
        optional duration: i64,
        /// Storage path of the video.
        optional recording_path: String,
        /// Temporary download link of the video, valid for 24 hours.
        optional recording_presigned_url: Secret,
        /// Storage path of the chat transcript (CSV), when chat was recorded.
        optional chat_recording_path: String,
        /// Temporary download link of the chat transcript.
        optional chat_recording_presigned_url: Secret,
        /// Size of the video in bytes.
        optional size: i64,
        /// When the session started.
        optional session_started_at: Timestamp,
        /// When the session ended.
        optional session_stopped_at: Timestamp,
    }
}

model! {
    /// The composed (legacy, SFU side) recording of a session failed. The data of `recording.failed`.
    ///
    /// Cause: composition or upload fails.
    answer RecordingFailed {
        /// Room the event is about.
        required room_id: String,
        /// Name of the room. Hashed in HIPAA workspaces.
        optional room_name: String,
        /// Session of the room that was running at the time.
        required session_id: String,
        /// Template (policy) that the room follows.
        optional template_id: String,
        /// Human-readable cause, fixed per `error_type`; `INTERNAL_ERROR` for the internal error types.
        optional error: String,
        /// Machine-readable cause.
        optional error_type: RecordingErrorType,
        /// When the session started.
        optional session_started_at: Timestamp,
        /// When the session ended.
        optional session_stopped_at: Timestamp,
    }
}

open_enum! {
    /// Cause class of `recording.failed`.
    RecordingErrorType {
        /// There was no stream to record in the session.
        InputError = "INPUT_ERROR",
        /// The configured bucket could not be reached. Check the upload settings.
        CloudAccessError = "CLOUD_ACCESS_ERROR",
        /// Internal.
        ConfigError = "CONFIG_ERROR",
        /// Internal.
        MemoryError = "MEMORY_ERROR",
        /// Internal.
        ProcessingCmdError = "PROCESSING_CMD_ERROR",
        /// Internal.
        ApiError = "API_ERROR",
    }
}
