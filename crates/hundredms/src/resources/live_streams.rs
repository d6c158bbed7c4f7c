//! Live streams: stream a room over HLS.

use super::recordings::{EmbeddedRecordingAsset, MediaJobStatus, SummaryConfig, TranscriptFormat};
use crate::define::{model, open_enum, operation, operations};
use crate::wire::secret::Secret;

operations![
    ListLiveStreams,
    StartLiveStream,
    StopAllLiveStreams,
    GetLiveStream,
    PauseLiveStreamRecording,
    ResumeLiveStreamRecording,
    StopLiveStream,
    SendTimedMetadata
];

operation! {
    /// List live streams.
    ///
    /// Returns the HLS live streams of the workspace. Optional filters select by room, session and state. `recording_assets` is
    /// null in list items.
    ListLiveStreams: "live_streams.list" = GET "/live-streams" -> LiveStreamList;
    method LiveStreams::list; docs "live-streams/list-all-live-streams"; retry always, pages last data [LiveStream];
    query {
        /// Only live streams of this room.
        filter room_id: String,
        /// Only live streams of this session.
        filter session_id: String,
        /// Only live streams in this state.
        filter status: MediaJobStatus,
        /// Cursor: the `last` value of the previous page. Omit for the first page.
        optional start: String,
        /// Items per page. A loop over the list reads all pages. Between 1 and 100. Defaults to 100. Below 10, the service may send
        /// 10 items, or refuse the call: it documents 10 to 100.
        optional limit: i64 [page_size] [in 1..=100],
    }
}

operation! {
    /// Start an HLS live stream of a room.
    ///
    /// Starts a browser bot and streams its view over HLS. Returns at once with `starting` (`started_at: null`) and the playback
    /// URL of the master manifest. The job becomes `running` shortly after. Arguments override the template. Without
    /// `transcription`, the template's transcription settings apply. Mode `live` adds `WebVTT` captions to the manifest. Mode
    /// `recorded` transcribes the recording afterwards. The job ends automatically in the same cases as a recording: empty room,
    /// maximum duration, room ended.
    StartLiveStream: "live_streams.start" = POST "/live-streams/room/{room_id}/start" -> LiveStream;
    method LiveStreams::start; docs "live-streams/start-live-stream-for-room"; retry if_unsent, look at ListLiveStreams,
    causes "`hls.started.success`, `hls.stopped.success` and `hls.recording.success`, or `hls.failure`; `transcription.started.success`, `transcription.success` and `transcription.failure` with transcription";
    path {
        /// Id of the room.
        room_id,
    }
    body {
        /// URL that takes a browser directly into the room, without a click: a 100ms link
        /// `https://<subdomain>.app.100ms.live/preview/<room_id>/<role>?skip_preview=true`, or your own web app. 100ms links accept
        /// these query parameters: `skip_preview=true` (join without header and controls), `skip_preview_headful=true` (join with
        /// them), `auth_token=<token>`, `ui_mode=activespeaker`, `name=<peer name>`. Required unless the template has both live
        /// streaming switched on (in the dashboard) and a subdomain (templates created by API have none).
        optional meeting_url: Secret,
        /// Which recordings are made of the live stream.
        optional recording: LiveStreamRecording,
        /// Name of the template's destination (or recording configuration) that provides the settings. Required if the template has
        /// several of this kind.
        optional destination: String,
        /// Transcription of a live stream. `output_modes` and `summary` matter for mode `recorded` only.
        optional transcription: TranscriptionLiveStreamConfig,
    }
}

operation! {
    /// Stop all live streams of a room.
    ///
    /// Stops every active live stream of the room and returns these jobs as a page.
    /// A job takes some time to stop: until its bot has left the room, it is active, and a further call returns it again.
    StopAllLiveStreams: "live_streams.stop_all" = POST "/live-streams/room/{room_id}/stop" -> LiveStreamStopResult;
    method LiveStreams::stop_all(room_id); docs "live-streams/stop-live-stream-for-room"; retry always;
    path {
        /// Id of the room.
        room_id,
    }
}

operation! {
    /// Return one live stream.
    ///
    /// Returns the live stream in any state. After it has finished, `recording_assets` lists its files (`room-vod` and/or one
    /// `room-composite` per layer, depending on `recording`).
    GetLiveStream: "live_streams.get" = GET "/live-streams/{stream_id}" -> LiveStream;
    method LiveStreams::get(stream_id); docs "live-streams/get-live-stream"; retry always;
    path {
        /// Id of the live stream job (its `id`).
        stream_id,
    }
}

operation! {
    /// Pause the recording of a live stream.
    ///
    /// Pauses the recording while the stream continues, for example while the broadcaster is away. Returns the live stream, still
    /// `running`. The live stream does not show the pause.
    PauseLiveStreamRecording: "live_streams.pause_recording" = POST "/live-streams/{stream_id}/pause-recording" -> LiveStream;
    method LiveStreams::pause_recording(stream_id); docs "live-streams/pause-live-stream-recording"; retry always;
    path {
        /// Id of the live stream job (its `id`).
        stream_id,
    }
}

operation! {
    /// Resume the recording of a live stream.
    ///
    /// Takes up a live stream recording that was paused before. Returns the live stream, `running`. No request body.
    ResumeLiveStreamRecording: "live_streams.resume_recording" = POST "/live-streams/{stream_id}/resume-recording" -> LiveStream;
    method LiveStreams::resume_recording(stream_id); docs "live-streams/resume-live-stream-recording"; retry always;
    path {
        /// Id of the live stream job (its `id`).
        stream_id,
    }
}

operation! {
    /// Stop one live stream.
    ///
    /// Asks the given live stream to stop and returns it. Stopping is asynchronous; recordings of the stream appear
    /// as assets after `post_processing`. No request body.
    StopLiveStream: "live_streams.stop" = POST "/live-streams/{stream_id}/stop" -> LiveStream;
    method LiveStreams::stop(stream_id); docs "live-streams/stop-live-stream-by-id"; retry always;
    path {
        /// Id of the live stream job (its `id`).
        stream_id,
    }
}

operation! {
    /// Insert timed metadata into a live stream.
    ///
    /// Puts a short text cue into the stream of a running live stream; players read it and can act on it. The text is
    /// at most 100 characters. Returns the unchanged live stream, not the cue.
    SendTimedMetadata: "live_streams.send_timed_metadata" = POST "/live-streams/{stream_id}/timed-metadata" -> LiveStream;
    method LiveStreams::send_timed_metadata; docs "live-streams/send-timed-metadata"; retry if_unsent;
    path {
        /// Id of the live stream job (its `id`).
        stream_id,
    }
    body {
        /// Text of the cue. At most 100 characters.
        required payload: String [len 100],
        /// Length of the cue in seconds.
        required duration: i64,
    }
}

model! {
    /// A page of live streams.
    answer LiveStreamList {
        /// Page size that the service applied.
        required limit: i64,
        /// Items on this page.
        required data: [LiveStream],
        /// Id of the last item. Pass it as `start` to get the next page.
        nullable last: String,
    }
}

model! {
    /// An HLS live stream job.
    answer LiveStream {
        /// Id of the live stream.
        required id: String,
        /// Room streamed.
        required room_id: String,
        /// Session streamed.
        required session_id: String,
        /// State of a recording, live stream or external stream job. A started job is `starting`, then `running`. A stopped job (on
        /// request or automatically) is `stopping`, then `post_processing` while files are finished and uploaded, then `completed`.
        /// Any state before `completed` can change to `failed`.
        required status: MediaJobStatus,
        /// Template destination used.
        required destination: String,
        /// How to watch the live stream.
        required playback: Playback,
        /// URL that the bot opens. It contains an auth token if the caller included one.
        required meeting_url: Secret,
        /// Which recordings are made of the live stream.
        required recording: LiveStreamRecording,
        /// Files created by the job. Null or empty until there are any.
        required recording_assets: [EmbeddedRecordingAsset],
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
    /// How to watch the live stream.
    answer Playback {
        /// URL of the HLS master manifest (m3u8).
        required url: String,
    }
}

model! {
    /// Which recordings are made of the live stream.
    both LiveStreamRecording {
        /// Make a room-vod asset.
        optional hls_vod: bool,
        /// Make one room-composite asset per layer.
        optional single_file_per_layer: bool,
    }
}

model! {
    /// Transcription of a live stream. `output_modes` and `summary` matter for mode `recorded` only.
    input TranscriptionLiveStreamConfig {
        /// Whether to transcribe. Must be true unless the template has transcription on.
        optional enabled: bool,
        /// recorded: transcribe the recording afterwards; live: captions in the HLS stream.
        optional modes: [StreamTranscriptionMode],
        /// File formats of the transcript, one asset each: plain text, subtitles, or words and sentences with times.
        optional output_modes: [TranscriptFormat],
        /// Names, abbreviations and technical terms that are likely to be spoken.
        optional custom_vocabulary: [String],
        /// How to summarise the transcript.
        optional summary: SummaryConfig,
    }
}

model! {
    /// Live streams that were stopped.
    answer LiveStreamStopResult {
        /// Undocumented by the service.
        nullable error: String,
        /// Items per page. A loop over the list reads all pages.
        required limit: i64,
        /// Items on this page.
        required data: [LiveStream],
        /// Id of the last item.
        nullable last: String,
    }
}

open_enum! {
    /// When the speech of a live stream is transcribed.
    StreamTranscriptionMode {
        Recorded = "recorded",
        Live = "live",
    }
}
