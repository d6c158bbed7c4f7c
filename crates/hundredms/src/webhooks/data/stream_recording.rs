//! Recordings of the streams of single peers. The data of `stream.recording.success`, `stream.recording.failure`.

use crate::define::{model, open_enum};
use crate::wire::secret::Secret;

model! {
    /// The recording of one peer stream (its audio and video together) is uploaded. The data of
    /// `stream.recording.success`.
    ///
    /// Cause: a stream recording ends and its file reaches the storage.
    answer StreamRecordingSuccess {
        /// Room the event is about.
        required room_id: String,
        /// Session of the room that was running at the time.
        required session_id: String,
        /// Peer, which is one connection of one participant.
        required peer_id: String,
        /// Media stream that is recorded.
        required stream_id: String,
        /// Your own id for the participant, from the auth token (or from the X-100ms-UserID header of a SIP invite).
        /// Absent if the participant has none.
        unless_empty user_id: String,
        /// Size of the file in bytes.
        optional size: i64,
        /// Duration of the recorded media, in seconds.
        optional duration: f64,
        /// Id of the finished recording. In the sandbox, the id of its asset. Undocumented by the service.
        optional recording_id: String,
        /// Storage path of the file (MP4).
        optional recording_path: String,
        /// Temporary download link of the file.
        optional recording_presigned_url: Secret,
        /// Kind of the stream.
        optional stream_type: RecordedStream,
        /// Kind of the stream.
        optional r#type as "type": RecordedStream,
    }
}

model! {
    /// The recording of one peer stream failed. The data of `stream.recording.failure`.
    ///
    /// Cause: recording, composition or upload of the stream fails.
    answer StreamRecordingFailure {
        /// Room the event is about.
        required room_id: String,
        /// Session of the room that was running at the time.
        required session_id: String,
        /// Peer, which is one connection of one participant.
        required peer_id: String,
        /// Media stream that is recorded.
        required stream_id: String,
        /// Your own id for the participant, from the auth token (or from the X-100ms-UserID header of a SIP invite).
        /// Absent if the participant has none.
        unless_empty user_id: String,
        /// Size of the file in bytes.
        optional size: i64,
        /// Duration of the recorded media, in seconds.
        optional duration: f64,
        /// Id of the finished recording. In the sandbox, the id of its asset. Undocumented by the service.
        optional recording_id: String,
        /// Intended storage path of the file.
        optional recording_path: String,
        /// Kind of the stream.
        optional stream_type: RecordedStream,
        /// Kind of the stream.
        optional r#type as "type": RecordedStream,
        /// Cause of the failure. Known: `INTERNAL_ERROR`.
        optional error_message: String,
    }
}

open_enum! {
    /// `regular`: camera and microphone; `screen`: screen share (with its sound, if any); `audio`: microphone only.
    RecordedStream {
        Regular = "regular",
        Screen = "screen",
        Audio = "audio",
    }
}
