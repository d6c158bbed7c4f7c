//! Transcriptions of recordings. The data of `transcription.started.success`, `transcription.success`,
//! `transcription.failure`.

use crate::define::model;
use crate::wire::secret::Secret;

model! {
    /// Transcription of a finished recording started. The data of `transcription.started.success`.
    ///
    /// Cause: a recording with transcription enabled is complete.
    answer TranscriptionStartedSuccess {
        /// Account (customer), as in the envelope.
        optional account_id: String,
        /// App (workspace), as in the envelope.
        optional app_id: String,
        /// Recording that is transcribed. In the sandbox, the id that `start` of the recording or stream returned. Undocumented by the
        /// service.
        optional recording_id: String,
        /// Room the event is about.
        required room_id: String,
        /// Name of the room. Hashed in HIPAA workspaces.
        optional room_name: String,
        /// Session of the room that was running at the time.
        optional session_id: String,
        /// Id of the notification message itself.
        optional metadata_id: String,
        /// Transcription run.
        required transcription_id: String,
        /// When the notification message was created.
        optional metadata_timestamp: Timestamp,
        /// Running time of the transcribed recording, in seconds.
        optional duration: i64,
        /// Recording asset of the AI summary as JSON.
        optional summary_json_asset_id: String,
        /// Recording asset of the transcript as JSON.
        optional transcript_json_asset_id: String,
        /// Recording asset of the transcript as SRT subtitles.
        optional transcript_srt_asset_id: String,
        /// Recording asset of the transcript as plain text.
        optional transcript_txt_asset_id: String,
    }
}

model! {
    /// Transcript and summary are uploaded. The data of `transcription.success`.
    ///
    /// Cause: all requested outputs are created.
    answer TranscriptionSuccess {
        /// Account (customer), as in the envelope.
        optional account_id: String,
        /// App (workspace), as in the envelope.
        optional app_id: String,
        /// Recording that is transcribed. In the sandbox, the id that `start` of the recording or stream returned. Undocumented by the
        /// service.
        optional recording_id: String,
        /// Room the event is about.
        required room_id: String,
        /// Name of the room. Hashed in HIPAA workspaces.
        optional room_name: String,
        /// Session of the room that was running at the time.
        optional session_id: String,
        /// Id of the notification message itself.
        optional metadata_id: String,
        /// Transcription run.
        required transcription_id: String,
        /// When the notification message was created.
        optional metadata_timestamp: Timestamp,
        /// Running time of the transcribed recording, in seconds.
        optional duration: i64,
        /// Recording asset of the AI summary as JSON.
        optional summary_json_asset_id: String,
        /// Storage path of the AI summary as JSON.
        optional summary_json_path: String,
        /// Temporary download link of the AI summary as JSON.
        optional summary_json_presigned_url: Secret,
        /// Recording asset of the transcript as JSON.
        optional transcript_json_asset_id: String,
        /// Storage path of the transcript as JSON.
        optional transcript_json_path: String,
        /// Temporary download link of the transcript as JSON.
        optional transcript_json_presigned_url: Secret,
        /// Recording asset of the transcript as SRT subtitles.
        optional transcript_srt_asset_id: String,
        /// Storage path of the transcript as SRT subtitles.
        optional transcript_srt_path: String,
        /// Temporary download link of the transcript as SRT subtitles.
        optional transcript_srt_presigned_url: Secret,
        /// Recording asset of the transcript as plain text.
        optional transcript_txt_asset_id: String,
        /// Storage path of the transcript as plain text.
        optional transcript_txt_path: String,
        /// Temporary download link of the transcript as plain text.
        optional transcript_txt_presigned_url: Secret,
    }
}

model! {
    /// Transcription failed, completely or in part. The data of `transcription.failure`.
    ///
    /// Cause: an enabled summary was not created, or transcript/summary files are missing or partial.
    answer TranscriptionFailure {
        /// Account (customer), as in the envelope.
        optional account_id: String,
        /// App (workspace), as in the envelope.
        optional app_id: String,
        /// Recording that is transcribed. In the sandbox, the id that `start` of the recording or stream returned. Undocumented by the
        /// service.
        optional recording_id: String,
        /// Room the event is about.
        required room_id: String,
        /// Name of the room. Hashed in HIPAA workspaces.
        optional room_name: String,
        /// Session of the room that was running at the time.
        optional session_id: String,
        /// Id of the notification message itself.
        optional metadata_id: String,
        /// Transcription run.
        required transcription_id: String,
        /// When the notification message was created.
        optional metadata_timestamp: Timestamp,
        /// Running time of the transcribed recording, in seconds.
        optional duration: i64,
        /// Recording asset of the AI summary as JSON.
        optional summary_json_asset_id: String,
        /// Storage path of the AI summary as JSON.
        optional summary_json_path: String,
        /// Temporary download link of the AI summary as JSON.
        optional summary_json_presigned_url: Secret,
        /// Recording asset of the transcript as JSON.
        optional transcript_json_asset_id: String,
        /// Storage path of the transcript as JSON.
        optional transcript_json_path: String,
        /// Temporary download link of the transcript as JSON.
        optional transcript_json_presigned_url: Secret,
        /// Recording asset of the transcript as SRT subtitles.
        optional transcript_srt_asset_id: String,
        /// Storage path of the transcript as SRT subtitles.
        optional transcript_srt_path: String,
        /// Temporary download link of the transcript as SRT subtitles.
        optional transcript_srt_presigned_url: Secret,
        /// Recording asset of the transcript as plain text.
        optional transcript_txt_asset_id: String,
        /// Storage path of the transcript as plain text.
        optional transcript_txt_path: String,
        /// Temporary download link of the transcript as plain text.
        optional transcript_txt_presigned_url: Secret,
    }
}
