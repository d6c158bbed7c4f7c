//! Recordings: jobs that record a room.

use super::active_rooms::TrackType;
use super::rules::{Checked, each_of_itself, picture};
use crate::define::{model, open_enum, operation, operations};
use crate::wire::secret::Secret;

operations![
    ListRecordings,
    PauseRecording,
    ResumeRecording,
    StartRecording,
    StopAllRecordings,
    GetRecording,
    GetRecordingConfig,
    StopRecording
];

each_of_itself!(Resolution);

/// Size of a recording or a stream.
pub(super) const RESOLUTION: fn(&Resolution) -> Checked =
    |resolution| picture(Some(resolution.width), Some(resolution.height));

operation! {
    /// List recording jobs.
    ///
    /// Returns the recording jobs of the workspace, started by REST call, client SDK or auto-start. List items do not contain
    /// `recording_assets`. To get these, read one job, or list the assets of the room or session.
    ListRecordings: "recordings.list" = GET "/recordings" -> RecordingList;
    method Recordings::list; docs "recordings/list-all-recordings"; retry always, pages last data [Recording];
    query {
        /// Only recordings of this room.
        filter room_id: String,
        /// Only recordings of this session.
        filter session_id: String,
        /// Only recordings in this state.
        filter status: MediaJobStatus,
        /// Cursor: the `last` value of the previous page. Omit for the first page.
        optional start: String,
        /// Items per page. A loop over the list reads all pages. Between 1 and 100. Defaults to 100. Below 10, the service may send
        /// 10 items, or refuse the call: it documents 10 to 100.
        optional limit: i64 [page_size] [in 1..=100],
    }
}

operation! {
    /// Pause the recording of a room.
    ///
    /// Pauses the running recording of the room until it is resumed. Returns the job. Its `status` stays `running`, so the job does
    /// not show the pause.
    PauseRecording: "recordings.pause" = POST "/recordings/room/{room_id}/pause" -> Recording;
    method Recordings::pause(room_id); docs "recordings/pause-recording-for-room"; retry always;
    path {
        /// Id of the room.
        room_id,
    }
}

operation! {
    /// Resume the paused recording of a room.
    ///
    /// Resumes a paused recording in this room. Returns the job with `status` `running`.
    ResumeRecording: "recordings.resume" = POST "/recordings/room/{room_id}/resume" -> Recording;
    method Recordings::resume(room_id); docs "recordings/resume-recording-for-room"; retry always;
    path {
        /// Id of the room.
        room_id,
    }
}

operation! {
    /// Start a composite recording of a room.
    ///
    /// Starts a browser bot that joins the room through `meeting_url` and records what it sees as one mp4. Returns at once with
    /// `starting` and `started_at: null`. The job becomes `running` shortly after. Arguments override the template. Without
    /// `transcription`, the template's settings apply. `asset_types` in the response lists the expected assets: `room-composite`
    /// and `chat`, plus `transcript` and `summary` if enabled. These two are `processing` when the recording completes, and
    /// `completed` after about 20 % of its length, at least 5 minutes. The job ends automatically when all other peers have been
    /// gone for 5 minutes (or the template's `autoStopTimeout`), at the maximum duration (4 hours unless the template sets
    /// another), or when the room is ended.
    StartRecording: "recordings.start" = POST "/recordings/room/{room_id}/start" -> Recording;
    method Recordings::start; docs "recordings/start-recording-for-room"; retry if_unsent, look at ListRecordings,
    causes "`beam.started.success`, `beam.stopped.success` and `beam.recording.success` (not `recording.success`, which is of recordings by the media server), or `beam.failure`; `transcription.started.success`, `transcription.success` and `transcription.failure` with transcription";
    path {
        /// Id of the room.
        room_id,
    }
    body {
        /// URL that takes a browser directly into the room, without a click: a 100ms link
        /// `https://<subdomain>.app.100ms.live/preview/<room_id>/<role>?skip_preview=true`, or your own web app. 100ms links accept
        /// these query parameters: `skip_preview=true` (join without header and controls), `skip_preview_headful=true` (join with
        /// them), `auth_token=<token>`, `ui_mode=activespeaker`, `name=<peer name>`. Required unless the template has both
        /// composite recording switched on (in the dashboard) and a subdomain (templates created by API have none).
        optional meeting_url: Secret,
        /// Size of the recorded video, landscape or portrait. Defaults to 1280x720.
        optional resolution: Resolution [by RESOLUTION],
        /// Name of the template's destination (or recording configuration) that provides the settings. Required if the template has
        /// several of this kind.
        optional destination: String,
        /// Record only the mixed audio of all peers.
        optional audio_only: bool,
        /// Transcription of a recording after it completes. English only. Not available for room-composite-legacy recordings. Its
        /// assets are `processing` when the recording completes, and ready after about 20 % of its length, at least 5 minutes.
        optional transcription: TranscriptionConfig,
    }
}

operation! {
    /// Stop all recordings of a room.
    ///
    /// Stops every active recording of the room and returns these jobs as a page, each in `stopping` with `stopped_at: null`.
    /// A job takes some time to stop: until its bot has left the room, it is active, and a further call returns it again.
    StopAllRecordings: "recordings.stop_all" = POST "/recordings/room/{room_id}/stop" -> RecordingStopResult;
    method Recordings::stop_all(room_id); docs "recordings/stop-recording-for-room"; retry always;
    path {
        /// Id of the room.
        room_id,
    }
}

operation! {
    /// Return one recording job.
    ///
    /// Returns the job in any state. After it has finished, `recording_assets` contains the files: composite video and chat first,
    /// transcript and summary files (one asset per output mode) some minutes later.
    GetRecording: "recordings.get" = GET "/recordings/{recording_id}" -> Recording;
    method Recordings::get(recording_id); docs "recordings/get-recording"; retry always;
    path {
        /// Id of the recording job.
        recording_id,
    }
}

operation! {
    /// Return the configuration of a recording job.
    ///
    /// Returns the settings of the job as free-form JSON. Undocumented by the service.
    GetRecordingConfig: "recordings.get_config" = GET "/recordings/{recording_id}/config" -> RecordingJobConfig;
    method Recordings::get_config(recording_id); docs "recordings/get-recording"; retry always;
    path {
        /// Id of the recording job.
        recording_id,
    }
}

operation! {
    /// Stop one recording job.
    ///
    /// Stops the job and returns it in `stopping`, with `stopped_at` still null. Stopping is asynchronous: the job then passes
    /// through `post_processing` to `completed` or `failed`. `stopped_by` is an empty string because the server API stopped the
    /// job.
    StopRecording: "recordings.stop" = POST "/recordings/{recording_id}/stop" -> Recording;
    method Recordings::stop(recording_id); docs "recordings/stop-recording-by-id"; retry always;
    path {
        /// Id of the recording job.
        recording_id,
    }
}

model! {
    /// A page of recording jobs.
    answer RecordingList {
        /// Page size that the service applied.
        required limit: i64,
        /// Items on this page.
        required data: [Recording],
        /// Id of the last item. Pass it as `start` to get the next page.
        nullable last: String,
    }
}

model! {
    /// A recording job.
    answer Recording {
        /// Id of the job.
        required id: String,
        /// Room recorded.
        required room_id: String,
        /// Session recorded.
        required session_id: String,
        /// State of a recording, live stream or external stream job. A started job is `starting`, then `running`. A stopped job (on
        /// request or automatically) is `stopping`, then `post_processing` while files are finished and uploaded, then `completed`.
        /// Any state before `completed` can change to `failed`.
        required status: MediaJobStatus,
        /// URL that the bot opens. It contains an auth token if the caller included one.
        required meeting_url: Secret,
        /// Template destination used.
        optional destination: String,
        /// Kinds of assets that the job creates.
        optional asset_types: [AssetType],
        /// Files created by the job. Null or empty until there are any.
        optional recording_assets: [EmbeddedRecordingAsset],
        /// When the job was created.
        optional created_at: Timestamp,
        /// When the job started to run. Null before.
        nullable started_at: Timestamp,
        /// When the job last changed.
        optional updated_at: Timestamp,
        /// When the job ended. Null before.
        nullable stopped_at: Timestamp,
        /// Id of the peer that started the job. Empty if the server API started it.
        required started_by: String,
        /// Id of the peer that stopped the job. Empty if the server API stopped it, or if it is not stopped yet.
        required stopped_by: String,
    }
}

model! {
    /// An asset inside a job, without `job_id`, `room_id` and `session_id`.
    answer EmbeddedRecordingAsset {
        /// Id of the asset.
        required id: String,
        /// Kind of a recording asset. room-composite: one mp4 of the whole room from the browser bot (for live streams, one per
        /// layer). room-composite-legacy: one mp4 from the media server. room-vod: HLS recording, zipped or not. chat: csv of the
        /// messages to everyone or to roles. transcript: txt, srt or json. summary: json. track: webm of one track. stream: mp4 of
        /// the tracks of one peer.
        required r#type as "type": AssetType,
        /// State of an asset.
        required status: RecordingAssetStatus,
        /// Where the file is stored, for example an `s3://` URI in 100ms's bucket or in yours.
        optional path: String,
        /// Size in bytes.
        optional size: i64,
        /// Duration of the media in seconds. 0 for chat, and possibly for room-composite-legacy.
        optional duration: i64,
        /// When the asset was created.
        optional created_at: Timestamp,
        /// Paths of thumbnail images, for room-vod only. Otherwise null, empty or absent.
        optional thumbnails: [String],
        /// Metadata of an asset. Each field is present only for some asset types. New fields may be added.
        optional metadata: RecordingAssetMetadata,
    }
}

model! {
    /// Metadata of an asset. Each field is present only for some asset types. New fields may be added.
    answer RecordingAssetMetadata {
        /// Frame size of a file. The limits of Resolution do not apply: live stream layers go down to 240p.
        optional resolution: AssetResolution,
        /// Index of the live stream layer of the file, as a string. 0 is the highest resolution. Only for per-layer files of a live
        /// stream.
        optional layer: String,
        /// Undocumented by the service.
        optional media_type: String,
        /// Number of layers, as a string.
        optional num_layers: String,
        /// Width of the largest layer in pixels.
        optional max_width: i64,
        /// Height of the largest layer in pixels.
        optional max_height: i64,
        /// transcript: txt, srt or json; summary: json.
        optional output_mode: TranscriptFormat,
        /// Track that was recorded.
        optional track_id: String,
        /// track, stream: the stream.
        optional stream_id: String,
        /// track, stream: peer that published it.
        optional peer_id: String,
        /// Kind of track.
        optional track_type: TrackType,
        /// Your own user id of that peer. Absent if the peer has none.
        unless_empty user_id: String,
        /// regular: camera and microphone; screen: screen share; audio: microphone only because no video was
        /// published.
        optional stream_type: StreamType,
    }
}

model! {
    /// Frame size of a file. The limits of Resolution do not apply: live stream layers go down to 240p.
    answer AssetResolution {
        /// Pixels.
        required width: i64,
        /// Pixels.
        required height: i64,
    }
}

model! {
    /// Frame size in pixels, shared by recordings and streams.
    both Resolution {
        /// Between 500 and 1920. Defaults to `1280`.
        required width: i64 [in 500..=1920],
        /// Between 480 and 1920. Defaults to `720`.
        required height: i64 [in 480..=1920],
    }
}

model! {
    /// Transcription of a recording after it completes. English only. Not available for room-composite-legacy recordings. Its
    /// assets are `processing` when the recording completes, and ready after about 20 % of its length, at least 5 minutes.
    input TranscriptionConfig {
        /// Whether to transcribe. Must be true unless the template has transcription on.
        optional enabled: bool,
        /// File formats of the transcript, one asset each: plain text, subtitles, or words and sentences with times.
        optional output_modes: [TranscriptFormat],
        /// Names, abbreviations and technical terms that are likely to be spoken.
        optional custom_vocabulary: [String],
        /// How to summarise the transcript.
        optional summary: SummaryConfig,
    }
}

model! {
    /// How to summarise the transcript.
    input SummaryConfig {
        /// Whether to create a summary.
        optional enabled: bool,
        /// Description of the meeting, to help the model. At most 300 characters.
        optional context: String [len 300],
        /// Temperature of the model: low is predictable, high is creative. Between 0.1 and 1.0. Defaults to `0.5`.
        optional temperature: f64 [in 0.1..=1.0],
        /// Sections of the summary. At most 6 items.
        optional sections: [SummarySection] [items 6],
    }
}

model! {
    /// A section of the summary.
    input SummarySection {
        /// Heading of the section, free text. The summary adapts to it. At most 100 characters.
        required title: String [len 100],
        /// Format of the section.
        required format: SummaryFormat,
    }
}

model! {
    /// Jobs that were stopped.
    answer RecordingStopResult {
        /// Number of stopped jobs.
        required limit: i64,
        /// Items on this page.
        required data: [Recording],
        /// Id of the last item.
        nullable last: String,
    }
}

model! {
    /// Configuration of a recording job, as free-form JSON. Undocumented by the service.
    answer RecordingJobConfig {
    }
}

open_enum! {
    /// State of a recording, live stream or external stream job. A started job is `starting`, then `running`. A stopped job (on
    /// request or automatically) is `stopping`, then `post_processing` while files are finished and uploaded, then `completed`. Any
    /// state before `completed` can change to `failed`.
    MediaJobStatus {
        Starting = "starting",
        Running = "running",
        Stopping = "stopping",
        PostProcessing = "post_processing",
        Completed = "completed",
        Failed = "failed",
    }
}

open_enum! {
    /// Kind of a recording asset. room-composite: one mp4 of the whole room from the browser bot (for live streams, one per layer).
    /// room-composite-legacy: one mp4 from the media server. room-vod: HLS recording, zipped or not. chat: csv of the messages to
    /// everyone or to roles. transcript: txt, srt or json. summary: json. track: webm of one track. stream: mp4 of the tracks of
    /// one peer.
    AssetType {
        RoomComposite = "room-composite",
        RoomCompositeLegacy = "room-composite-legacy",
        RoomVod = "room-vod",
        Chat = "chat",
        Transcript = "transcript",
        Summary = "summary",
        Track = "track",
        Stream = "stream",
    }
}

open_enum! {
    /// State of an asset.
    RecordingAssetStatus {
        Completed = "completed",
        Failed = "failed",
        Processing = "processing",
    }
}

open_enum! {
    /// File format of a transcript.
    TranscriptFormat {
        Txt = "txt",
        Srt = "srt",
        Json = "json",
    }
}

open_enum! {
    /// Kind of media of a recorded stream.
    StreamType {
        Regular = "regular",
        Screen = "screen",
        Audio = "audio",
    }
}

open_enum! {
    /// Format of a section of a summary.
    SummaryFormat {
        Bullets = "bullets",
        Paragraph = "paragraph",
    }
}
