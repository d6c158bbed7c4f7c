//! HLS live streams and their recordings. The data of `hls.started.success`, `hls.stopped.success`, `hls.failure`,
//! `hls.recording.success`.

use super::beam::{BeamErrorType, BeamStopReason};
use crate::define::model;
use crate::wire::secret::Secret;

model! {
    /// HLS live streaming is running. The data of `hls.started.success`.
    ///
    /// Cause: start request (or RTMP ingestion) led to a playable stream.
    answer HlsStartedSuccess {
        /// Run of the recording/streaming browser ("beam"), the same in all events of the run. In the sandbox, not the id that
        /// `start` returns. Undocumented by the service.
        required beam_id: String,
        /// Job of the run. In the sandbox, the id that `live_streams.start` returned, which `hls.recording.success` has as
        /// `recording_id`. Undocumented by the service.
        optional job_id: String,
        /// Whether the stream is also recorded as one MP4 file per quality layer.
        optional recording_single_file_per_layer_enabled: bool,
        /// Whether the stream is also recorded as an on-demand HLS playlist.
        optional recording_vod_playlist_enabled: bool,
        /// Room the event is about.
        required room_id: String,
        /// Peer of the beam browser. Whether it is in lists of peers is undocumented by the service. In the sandbox, it is not.
        optional peer_id: String,
        /// Session of the room that was running at the time.
        optional session_id: String,
        /// Template (policy) that the room follows.
        optional template_id: String,
        /// Web page that the beam browser opened. May contain a token in its query string.
        optional meeting_url: Secret,
        /// Id of the notification message itself.
        optional metadata_id: String,
        /// When the notification message was created.
        optional metadata_timestamp: Timestamp,
        /// Duration of the start in seconds.
        optional start_delay: i64,
        /// Internal name of the state reached. Use the event type instead. Known: `HLSStarted`. Deprecated.
        optional state_name: String,
        /// Text of the state. Undocumented by the service. Deprecated.
        optional state_message: String,
        /// When the state was entered. Use the envelope timestamp instead. Deprecated.
        optional state_timestamp: Timestamp,
        /// Maximum picture width in pixels.
        optional max_width: i64,
        /// Maximum picture height in pixels.
        optional max_height: i64,
        /// Playlist (m3u8) that viewers play.
        optional url: String,
        /// When streaming started.
        optional started_at: Timestamp,
        /// When the session started.
        optional session_started_at: Timestamp,
    }
}

model! {
    /// HLS live streaming has stopped. The data of `hls.stopped.success`.
    ///
    /// Cause: stop request, maximum duration, end of the room, no other peer for about 5 minutes, or a failure.
    answer HlsStoppedSuccess {
        /// Run of the recording/streaming browser ("beam"), the same in all events of the run. In the sandbox, not the id that
        /// `start` returns. Undocumented by the service.
        required beam_id: String,
        /// Job of the run. In the sandbox, the id that `live_streams.start` returned, which `hls.recording.success` has as
        /// `recording_id`. Undocumented by the service.
        optional job_id: String,
        /// Whether the stream is also recorded as one MP4 file per quality layer.
        optional recording_single_file_per_layer_enabled: bool,
        /// Whether the stream is also recorded as an on-demand HLS playlist.
        optional recording_vod_playlist_enabled: bool,
        /// Room the event is about.
        required room_id: String,
        /// Peer of the beam browser. Whether it is in lists of peers is undocumented by the service. In the sandbox, it is not.
        optional peer_id: String,
        /// Session of the room that was running at the time.
        optional session_id: String,
        /// Template (policy) that the room follows.
        optional template_id: String,
        /// Maximum picture width in pixels.
        optional max_width: i64,
        /// Maximum picture height in pixels.
        optional max_height: i64,
        /// Web page that the beam browser opened. May contain a token in its query string.
        optional meeting_url: Secret,
        /// Id of the notification message itself.
        optional metadata_id: String,
        /// When the notification message was created.
        optional metadata_timestamp: Timestamp,
        /// Internal name of the state reached. Use the event type instead. Known: `HLSStopped`. Deprecated.
        optional state_name: String,
        /// Text of the state. Undocumented by the service. Deprecated.
        optional state_message: String,
        /// When the state was entered. Use the envelope timestamp instead. Deprecated.
        optional state_timestamp: Timestamp,
        /// Playlist (m3u8) that viewers play.
        optional url: String,
        /// Duration in seconds.
        optional duration: i64,
        /// When streaming started.
        optional started_at: Timestamp,
        /// When streaming ended.
        optional stopped_at: Timestamp,
        /// When the session started.
        optional session_started_at: Timestamp,
        /// Why the run stopped.
        optional reason: BeamStopReason,
        /// Whether live captions were on for the stream.
        optional live_transcription_enabled: bool,
    }
}

model! {
    /// HLS streaming and/or its recording failed. The data of `hls.failure`.
    ///
    /// Cause: bad meeting URL, upload refused, stop before start, or an internal error.
    answer HlsFailure {
        /// Run of the recording/streaming browser ("beam"), the same in all events of the run. In the sandbox, not the id that
        /// `start` returns. Undocumented by the service.
        required beam_id: String,
        /// Job of the run. In the sandbox, the id that `live_streams.start` returned, which `hls.recording.success` has as
        /// `recording_id`. Undocumented by the service.
        optional job_id: String,
        /// Whether the stream is also recorded as one MP4 file per quality layer.
        optional recording_single_file_per_layer_enabled: bool,
        /// Whether the stream is also recorded as an on-demand HLS playlist.
        optional recording_vod_playlist_enabled: bool,
        /// Room the event is about.
        required room_id: String,
        /// Peer of the beam browser. Whether it is in lists of peers is undocumented by the service. In the sandbox, it is not.
        optional peer_id: String,
        /// Session of the room that was running at the time.
        optional session_id: String,
        /// Template (policy) that the room follows.
        optional template_id: String,
        /// Maximum picture width in pixels.
        optional max_width: i64,
        /// Maximum picture height in pixels.
        optional max_height: i64,
        /// Web page that the beam browser opened. May contain a token in its query string.
        optional meeting_url: Secret,
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
        /// Internal name of the state reached. Use the event type instead. Known: `HLSFailed`. Deprecated.
        optional state_name: String,
        /// Text of the state. Undocumented by the service. Deprecated.
        optional state_message: String,
        /// When the state was entered. Use the envelope timestamp instead. Deprecated.
        optional state_timestamp: Timestamp,
        /// Duration in seconds.
        optional duration: i64,
        /// When the session started.
        optional session_started_at: Timestamp,
    }
}

model! {
    /// The recordings of an HLS stream are uploaded. The data of `hls.recording.success`.
    ///
    /// Cause: after `hls.stopped.success`, once the files are in the storage.
    answer HlsRecordingSuccess {
        /// Run of the recording/streaming browser ("beam"), the same in all events of the run. In the sandbox, not the id that
        /// `start` returns. Undocumented by the service.
        required beam_id: String,
        /// Room the event is about.
        required room_id: String,
        /// Id of the notification message itself.
        optional metadata_id: String,
        /// When the notification message was created.
        optional metadata_timestamp: Timestamp,
        /// Duration of the recording, in seconds.
        optional duration: i64,
        /// Session of the room that was running at the time.
        optional session_id: String,
        /// Template (policy) that the room follows.
        optional template_id: String,
        /// Storage path of the on-demand playlist (m3u8) or of its ZIP archive.
        optional hls_vod_recording_path: String,
        /// With 100ms's storage and unzipped upload, a playable CDN link. Otherwise a temporary link of the m3u8 file (not playable
        /// by itself) or of the ZIP.
        optional hls_vod_recording_presigned_url: Secret,
        /// Storage path of the chat transcript (CSV), when chat was recorded.
        optional chat_recording_path: String,
        /// Temporary download link of the chat transcript.
        optional chat_recording_presigned_url: Secret,
        /// Size of the on-demand recording in bytes.
        optional hls_vod_recording_size: i64,
        /// Maximum picture width in pixels.
        optional max_width: i64,
        /// Maximum picture height in pixels.
        optional max_height: i64,
        /// Web page that the beam browser opened. May contain a token in its query string.
        optional meeting_url: Secret,
        /// When the recording object was created.
        optional recording_created_at: Timestamp,
        /// When streaming started.
        optional started_at: Timestamp,
        /// When streaming ended.
        optional stopped_at: Timestamp,
        /// Id of the finished recording. In the sandbox, the id that `live_streams.start` returned, which the other HLS events have
        /// as `job_id`. Undocumented by the service.
        optional recording_id: String,
        /// One entry per quality layer, if single-file recording is on. Layer "0" is the best.
        optional recording_single_files: [HlsRecordingFile],
        /// Link of the on-demand playlist. Read `hls_vod_recording_presigned_url` instead. Deprecated.
        optional recording_hls_vod_playlist_location: Secret,
        /// Still pictures taken from the stream, when thumbnails are on.
        optional recording_thumbnails: [HlsThumbnail],
        /// When the session started.
        optional session_started_at: Timestamp,
    }
}

model! {
    /// Recording of one HLS quality layer.
    answer HlsRecordingFile {
        /// Recording asset of the file.
        optional asset_id: String,
        /// Layer number as text. "0" is the best quality.
        required layer: String,
        /// Storage path of the file.
        optional recording_path: String,
        /// Temporary download link of the file.
        optional recording_presigned_url: Secret,
        /// Size of the file in bytes.
        optional size: i64,
        /// Picture width in pixels.
        optional width: i64,
        /// Picture height in pixels.
        optional height: i64,
    }
}

model! {
    /// Still picture taken from an HLS recording.
    answer HlsThumbnail {
        /// Picture width in pixels.
        optional width: i64,
        /// Picture height in pixels.
        optional height: i64,
        /// Position in the recording in seconds.
        optional offset: f64,
        /// Storage path of the picture.
        optional location: String,
        /// Temporary link of the picture.
        optional url: Secret,
    }
}
