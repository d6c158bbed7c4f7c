//! Recordings: jobs that record a room.

use super::active_rooms::TrackType;
use super::rules::RESOLUTION;
use crate::by_name::{Entry, entry};
use crate::define::{model, open_enum, operation};
use crate::wire::Secret;

pub(super) const OPERATIONS: &[Entry] = &[
    entry::<ListRecordings>(),
    entry::<PauseRecording>(),
    entry::<ResumeRecording>(),
    entry::<StartRecording>(),
    entry::<StopAllRecordings>(),
    entry::<GetRecording>(),
    entry::<GetRecordingConfig>(),
    entry::<StopRecording>(),
];

operation! {
    /// List recording jobs.
    ///
    /// Pages through the recording jobs of the workspace, whether started by REST call, client SDK or auto-start.
    /// List items leave out `recording_assets`: read one job, or list the assets of the room or session, to get them.
    ListRecordings: "recordings.list" = GET "/recordings" -> RecordingList;
    method Recordings::list; docs "recordings/list-all-recordings"; retry always, pages last data [Recording];
    query {
        /// Only recordings that belong to this room.
        filter room_id: String,
        /// Only recordings that belong to this session.
        filter session_id: String,
        /// Only recordings in this state.
        filter status: MediaJobStatus,
        /// Cursor: the `last` value of the page before. Omit for the first page.
        optional start: String,
        /// Page size. The general API guide gives 10 to 100, default 10. The service takes 10 to 100; 100 unless set.
        optional limit: i64 [page_size] [in 1..=100],
    }
}

operation! {
    /// Pause the recording of a room.
    ///
    /// Pauses the running recording of the room until it is resumed. Returns the single job; its `status` stays
    /// `running`, so a pause cannot be read back from the object. No request body.
    PauseRecording: "recordings.pause" = POST "/recordings/room/{room_id}/pause" -> Recording;
    method Recordings::pause(room_id); docs "recordings/pause-recording-for-room"; retry always;
    path {
        /// Identifier of the room.
        room_id,
    }
}

operation! {
    /// Resume the paused recording of a room.
    ///
    /// Continues a recording that was paused in this room. Returns the single job with `status` `running`. No request
    /// body.
    ResumeRecording: "recordings.resume" = POST "/recordings/room/{room_id}/resume" -> Recording;
    method Recordings::resume(room_id); docs "recordings/resume-recording-for-room"; retry always;
    path {
        /// Identifier of the room.
        room_id,
    }
}

operation! {
    /// Start a composite recording of a room.
    ///
    /// Launches a browser bot that joins the room through `meeting_url` and records what it sees into one mp4.
    /// Returns at once with `starting` and `started_at: null`; the job becomes `running` shortly after. Values in the
    /// body override the template; without `transcription` the settings of the template apply. `asset_types` of the
    /// answer names the assets to expect: `room-composite` and `chat`, plus `transcript` and `summary` when those are
    /// on; these two are listed as `processing` right after the recording has completed and become `completed` after
    /// roughly 20 % of its length, at least 5 minutes. The job also ends by itself: when all other peers have left
    /// for 5 minutes (or the template's `autoStopTimeout`), at the maximum duration (4 hours unless set on the
    /// template), or when the room is ended.
    StartRecording: "recordings.start" = POST "/recordings/room/{room_id}/start" -> Recording;
    method Recordings::start; docs "recordings/start-recording-for-room"; retry if_unsent, look at "recordings.list",
    causes "`beam.started.success`, `beam.stopped.success` and `beam.recording.success` (not `recording.success`, which is of recordings by the media server), or `beam.failure`; `transcription.started.success`, `transcription.success` and `transcription.failure` with transcription";
    path {
        /// Identifier of the room.
        room_id,
    }
    body {
        /// URL that takes a browser straight into the room, no click needed; a 100ms link
        /// `https://<subdomain>.app.100ms.live/preview/<room_id>/<role>?skip_preview=true` or any own web app. On
        /// 100ms links these query parameters count: `skip_preview=true` (join without header and controls),
        /// `skip_preview_headful=true` (join with them), `auth_token=<token>`, `ui_mode=activespeaker`, `name=<peer
        /// name>`. Mandatory unless the template has both composite recording switched on (in the dashboard) and a
        /// subdomain (templates made by API have none).
        optional meeting_url: Secret,
        /// Size of the recorded video; landscape or portrait. Default 1280x720.
        optional resolution: Resolution [by RESOLUTION],
        /// Name of the destination (or recording configuration) of the template to take settings from. Needed when
        /// the template has several of this kind.
        optional destination: String,
        /// True for a file with the mixed audio of all peers only.
        optional audio_only: bool,
        /// Transcription of a recording after it has completed. English only; not available for room-composite-legacy
        /// recordings. Assets are listed as `processing` right after the recording has completed and are ready after
        /// roughly 20 % of its length, at least 5 minutes.
        optional transcription: TranscriptionConfig,
    }
}

operation! {
    /// Stop all recordings of a room.
    ///
    /// Stops every active recording of the room and returns those jobs, each in `stopping` with `stopped_at: null`,
    /// wrapped like a list page. No request body.
    StopAllRecordings: "recordings.stop_all" = POST "/recordings/room/{room_id}/stop" -> RecordingStopResult;
    method Recordings::stop_all(room_id); docs "recordings/stop-recording-for-room"; retry always;
    path {
        /// Identifier of the room.
        room_id,
    }
}

operation! {
    /// Get one recording job.
    ///
    /// Returns the job in whatever state it is in. Once it has finished, `recording_assets` carries the produced
    /// files: composite video and chat first, transcript and summary files (one asset per output mode) some minutes
    /// later.
    GetRecording: "recordings.get" = GET "/recordings/{recording_id}" -> Recording;
    method Recordings::get(recording_id); docs "recordings/get-recording"; retry always;
    path {
        /// Identifier of the recording job.
        recording_id,
    }
}

operation! {
    /// Get the configuration of a recording job.
    ///
    /// By its name this returns the settings the job runs with. The public documentation does not describe it, so
    /// treat the answer as free-form JSON.
    GetRecordingConfig: "recordings.get_config" = GET "/recordings/{recording_id}/config" -> RecordingJobConfig;
    method Recordings::get_config(recording_id); docs "recordings/get-recording"; retry always;
    path {
        /// Identifier of the recording job.
        recording_id,
    }
}

operation! {
    /// Stop one recording job.
    ///
    /// Asks a given job to stop and returns it in `stopping`, with `stopped_at` still null. Stopping is asynchronous:
    /// the job then goes through `post_processing` to `completed` or `failed`. `stopped_by` is an empty string
    /// because the stop came from the server side. No request body.
    StopRecording: "recordings.stop" = POST "/recordings/{recording_id}/stop" -> Recording;
    method Recordings::stop(recording_id); docs "recordings/stop-recording-by-id"; retry always;
    path {
        /// Identifier of the recording job.
        recording_id,
    }
}

model! {
    /// A page of recording jobs.
    answer RecordingList {
        /// Page size that was applied.
        required limit: i64,
        /// What the page holds.
        required data: [Recording],
        /// Id of the last item; pass as `start` for the next page.
        nullable last: String,
    }
}

model! {
    /// A recording job.
    answer Recording {
        /// Identifier of the job.
        required id: String,
        /// Room recorded.
        required room_id: String,
        /// Session recorded.
        required session_id: String,
        /// State of a recording, live stream or external stream job. Start gives `starting`, soon `running`; a stop
        /// request (or an automatic stop) gives `stopping`, then `post_processing` while files are finished and
        /// uploaded, then `completed`. `failed` can follow any state before `completed`.
        required status: MediaJobStatus,
        /// URL opened by the bot. May contain an auth token if the caller put one in.
        required meeting_url: Secret,
        /// Template destination used.
        optional destination: String,
        /// Kinds of asset the job makes.
        optional asset_types: [AssetType],
        /// Files made by the job; null (or empty) until there are any.
        optional recording_assets: [EmbeddedRecordingAsset],
        /// When the job was created.
        optional created_at: Timestamp,
        /// When it began to run; null before.
        nullable started_at: Timestamp,
        /// When it last changed.
        optional updated_at: Timestamp,
        /// When it ended; null before.
        nullable stopped_at: Timestamp,
        /// Peer id of whoever started it; empty string when started from the server side.
        required started_by: String,
        /// Peer id of whoever stopped it; empty string when stopped from the server side (or not yet stopped).
        required stopped_by: String,
    }
}

model! {
    /// Asset as it appears inside a job object: without `job_id`, `room_id` and `session_id`.
    answer EmbeddedRecordingAsset {
        /// Identifier of the asset.
        required id: String,
        /// Kind of a recording asset. room-composite: one mp4 of the whole room from the browser bot (for live
        /// streams one per layer); room-composite-legacy: one mp4 made by the media server; room-vod: HLS recording,
        /// zipped or not; chat: csv of the messages to everyone or to roles; transcript: txt, srt or json; summary:
        /// json; track: webm of one track; stream: mp4 of the tracks of one peer.
        required r#type as "type": AssetType,
        /// State of an asset.
        required status: RecordingAssetStatus,
        /// Where the file was put, e.g. an `s3://` URI in the 100ms bucket or in the own one.
        optional path: String,
        /// Size in bytes.
        optional size: i64,
        /// Length of the media in seconds; 0 for chat and, in the examples, for room-composite-legacy.
        optional duration: i64,
        /// When the asset was made.
        optional created_at: Timestamp,
        /// Paths of thumbnail images; used for room-vod only, otherwise null, empty or absent.
        optional thumbnails: [String],
        /// All fields that can occur in `metadata`, each present only for the asset types of its variant (x-variants,
        /// keyed by the asset's `type`). Unknown fields may be added.
        optional metadata: RecordingAssetMetadata,
    }
}

model! {
    /// All fields that can occur in `metadata`, each present only for the asset types of its variant (x-variants,
    /// keyed by the asset's `type`). Unknown fields may be added.
    answer RecordingAssetMetadata {
        /// Frame size of a produced file. Kept apart from Resolution, whose limits are for requests: live stream
        /// layers go down to 240p.
        optional resolution: AssetResolution,
        /// Index of the live stream layer the file was made from, as a string; 0 is the highest resolution. Only for
        /// per-layer files of a live stream.
        optional layer: String,
        /// Only in the official Node SDK types; no documentation.
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
        /// Customer-side user id of that peer.
        optional user_id: String,
        /// regular: camera and microphone; screen: screen share; audio: microphone only because no video was
        /// published.
        optional stream_type: StreamType,
    }
}

model! {
    /// Frame size of a produced file. Kept apart from Resolution, whose limits are for requests: live stream layers
    /// go down to 240p.
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
        /// 500 to 1920. Default: `1280`.
        required width: i64 [in 500..=1920],
        /// 480 to 1920. Default: `720`.
        required height: i64 [in 480..=1920],
    }
}

model! {
    /// Transcription of a recording after it has completed. English only; not available for room-composite-legacy
    /// recordings. Assets are listed as `processing` right after the recording has completed and are ready after
    /// roughly 20 % of its length, at least 5 minutes.
    input TranscriptionConfig {
        /// Whether to transcribe. Must be true unless the template already has transcription on.
        optional enabled: bool,
        /// File formats of the transcript, one asset each: plain text, subtitles, or words and sentences with times.
        optional output_modes: [TranscriptFormat],
        /// Names, abbreviations and jargon likely to be spoken.
        optional custom_vocabulary: [String],
        /// How to summarise the transcript.
        optional summary: SummaryConfig,
    }
}

model! {
    /// How to summarise the transcript.
    input SummaryConfig {
        /// Whether to make a summary.
        optional enabled: bool,
        /// Hint about the meeting that helps the model. At most 300 characters.
        optional context: String [len 300],
        /// Freedom of the model: low is predictable, high is creative. 0.1 to 1.0. Default: `0.5`.
        optional temperature: f64 [in 0.1..=1.0],
        /// Sections wanted, at most six. At most 6 items.
        optional sections: [SummarySection] [items 6],
    }
}

model! {
    /// A section wanted in the summary.
    input SummarySection {
        /// Heading of the section; free text, the summary adapts to it. At most 100 characters.
        required title: String [len 100],
        /// Rendering of the section.
        required format: SummaryFormat,
    }
}

model! {
    /// Jobs affected by a stop of the whole room.
    answer RecordingStopResult {
        /// In the example the number of jobs stopped.
        required limit: i64,
        /// What the page holds.
        required data: [Recording],
        /// Id of the last item.
        nullable last: String,
    }
}

model! {
    /// Configuration of a recording job. No public documentation of the fields: free-form.
    answer RecordingJobConfig {
    }
}

open_enum! {
    /// State of a recording, live stream or external stream job. Start gives `starting`, soon `running`; a stop
    /// request (or an automatic stop) gives `stopping`, then `post_processing` while files are finished and uploaded,
    /// then `completed`. `failed` can follow any state before `completed`.
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
    /// Kind of a recording asset. room-composite: one mp4 of the whole room from the browser bot (for live streams
    /// one per layer); room-composite-legacy: one mp4 made by the media server; room-vod: HLS recording, zipped or
    /// not; chat: csv of the messages to everyone or to roles; transcript: txt, srt or json; summary: json; track:
    /// webm of one track; stream: mp4 of the tracks of one peer.
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
    /// What a recorded stream carries.
    StreamType {
        Regular = "regular",
        Screen = "screen",
        Audio = "audio",
    }
}

open_enum! {
    /// Form of a section of a summary.
    SummaryFormat {
        Bullets = "bullets",
        Paragraph = "paragraph",
    }
}
