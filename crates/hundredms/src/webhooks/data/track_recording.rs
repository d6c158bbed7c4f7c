//! Recordings of single tracks. The data of `track.recording.started.success`, `track.recording.success`,
//! `track.recording.failure`.

use crate::define::{model, open_enum};
use crate::wire::secret::Secret;

model! {
    /// Recording of a single track started. The data of `track.recording.started.success`.
    ///
    /// Cause: with track recording enabled in the template: a peer publishes a track.
    answer TrackRecordingStartedSuccess {
        /// Room the event is about.
        required room_id: String,
        /// Session of the room that was running at the time.
        required session_id: String,
        /// Peer, which is one connection of one participant.
        required peer_id: String,
        /// Media stream the track is part of.
        optional stream_id: String,
        /// Track that is recorded.
        required track_id: String,
        /// Kind of the track.
        optional track_type: RecordedTrack,
    }
}

model! {
    /// The recording of a single track is uploaded. The data of `track.recording.success`.
    ///
    /// Cause: a track recording ends and its file reaches the storage.
    answer TrackRecordingSuccess {
        /// Room the event is about.
        required room_id: String,
        /// Session of the room that was running at the time.
        required session_id: String,
        /// Peer, which is one connection of one participant.
        required peer_id: String,
        /// Media stream the track is part of.
        optional stream_id: String,
        /// Track that is recorded.
        required track_id: String,
        /// Kind of the track.
        optional track_type: RecordedTrack,
        /// Size of the file in bytes.
        optional size: i64,
        /// Duration of the recorded media, in seconds.
        optional duration: f64,
        /// Id of the finished recording. In the sandbox, the id of its asset. Undocumented by the service.
        optional recording_id: String,
        /// Storage path of the file (`WebM`).
        optional recording_path: String,
        /// Temporary download link of the file.
        optional recording_presigned_url: Secret,
    }
}

model! {
    /// The recording of a single track failed. The data of `track.recording.failure`.
    ///
    /// Cause: recording or upload of the track fails.
    answer TrackRecordingFailure {
        /// Room the event is about.
        required room_id: String,
        /// Session of the room that was running at the time.
        required session_id: String,
        /// Peer, which is one connection of one participant.
        required peer_id: String,
        /// Media stream the track is part of.
        optional stream_id: String,
        /// Track that is recorded.
        required track_id: String,
        /// Kind of the track.
        optional track_type: RecordedTrack,
        /// Size of the file in bytes.
        optional size: i64,
        /// Duration of the recorded media, in seconds.
        optional duration: f64,
        /// Id of the finished recording. In the sandbox, the id of its asset. Undocumented by the service.
        optional recording_id: String,
        /// Intended storage path of the file.
        optional recording_path: String,
        /// Cause of the failure. Known: `INTERNAL_ERROR`.
        optional error_message: String,
    }
}

open_enum! {
    /// Kind of a recorded track.
    RecordedTrack {
        Audio = "audio",
        Video = "video",
    }
}
