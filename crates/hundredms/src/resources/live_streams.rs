//! Live streams: a room as HLS.

use super::recordings::{EmbeddedRecordingAsset, MediaJobStatus, SummaryConfig, TranscriptFormat};
use crate::by_name::{Entry, entry};
use crate::define::{model, open_enum, operation};
use crate::wire::Secret;

pub(super) const OPERATIONS: &[Entry] = &[
    entry::<ListLiveStreams>(),
    entry::<StartLiveStream>(),
    entry::<StopAllLiveStreams>(),
    entry::<GetLiveStream>(),
    entry::<PauseLiveStreamRecording>(),
    entry::<ResumeLiveStreamRecording>(),
    entry::<StopLiveStream>(),
    entry::<SendTimedMetadata>(),
];

operation! {
    /// List live streams.
    ///
    /// Pages through the HLS live streams of the workspace, optionally narrowed to a room, a session or a state.
    /// `recording_assets` is null in list items.
    ListLiveStreams: "live_streams.list" = GET "/live-streams" -> LiveStreamList;
    method LiveStreams::list; docs "live-streams/list-all-live-streams"; retry always, pages last data [LiveStream];
    query {
        /// Only live streams that belong to this room.
        filter room_id: String,
        /// Only live streams that belong to this session.
        filter session_id: String,
        /// Only live streams in this state.
        filter status: MediaJobStatus,
        /// Cursor: the `last` value of the page before. Omit for the first page.
        optional start: String,
        /// Page size. The general API guide gives 10 to 100, default 10. The service takes 10 to 100; 100 unless set.
        optional limit: i64 [page_size] [in 1..=100],
    }
}

operation! {
    /// Start an HLS live stream of a room.
    ///
    /// Launches the browser bot and streams its view over HLS. Answers at once in `starting` (`started_at: null`) and
    /// already with the playback URL of the master manifest; the job becomes `running` shortly after. Body values
    /// override the template; without `transcription` the template's transcription settings apply. Mode `live` adds
    /// `WebVTT` captions to the manifest, mode `recorded` transcribes the recording afterwards. The job ends by itself
    /// in the same cases as a recording (empty room, maximum duration, room ended).
    StartLiveStream: "live_streams.start" = POST "/live-streams/room/{room_id}/start" -> LiveStream;
    method LiveStreams::start; docs "live-streams/start-live-stream-for-room"; retry if_unsent, look at "live_streams.list",
    causes "`hls.started.success`, `hls.stopped.success` and `hls.recording.success`, or `hls.failure`; `transcription.started.success`, `transcription.success` and `transcription.failure` with transcription";
    path {
        /// Identifier of the room.
        room_id,
    }
    body {
        /// URL that takes a browser straight into the room, no click needed; a 100ms link
        /// `https://<subdomain>.app.100ms.live/preview/<room_id>/<role>?skip_preview=true` or any own web app. On
        /// 100ms links these query parameters count: `skip_preview=true` (join without header and controls),
        /// `skip_preview_headful=true` (join with them), `auth_token=<token>`, `ui_mode=activespeaker`, `name=<peer
        /// name>`. Mandatory unless the template has both live streaming switched on (in the dashboard) and a
        /// subdomain (templates made by API have none).
        optional meeting_url: Secret,
        /// Which recordings are made of the live stream.
        optional recording: LiveStreamRecording,
        /// Name of the destination (or recording configuration) of the template to take settings from. Needed when
        /// the template has several of this kind.
        optional destination: String,
        /// Transcription of a live stream. `output_modes` and `summary` matter for mode `recorded` only.
        optional transcription: TranscriptionLiveStreamConfig,
    }
}

operation! {
    /// Stop all live streams of a room.
    ///
    /// Stops every active live stream of the room and returns those jobs in a list wrapper. No request body.
    StopAllLiveStreams: "live_streams.stop_all" = POST "/live-streams/room/{room_id}/stop" -> LiveStreamStopResult;
    method LiveStreams::stop_all(room_id); docs "live-streams/stop-live-stream-for-room"; retry always;
    path {
        /// Identifier of the room.
        room_id,
    }
}

operation! {
    /// Get one live stream.
    ///
    /// Returns the live stream in whatever state it is in; after it has finished, `recording_assets` lists the files
    /// made from it (`room-vod` and/or one `room-composite` per layer, depending on `recording`).
    GetLiveStream: "live_streams.get" = GET "/live-streams/{stream_id}" -> LiveStream;
    method LiveStreams::get(stream_id); docs "live-streams/get-live-stream"; retry always;
    path {
        /// Identifier of the live stream job (its `id`).
        stream_id,
    }
}

operation! {
    /// Pause the recording of a live stream.
    ///
    /// Stops writing to the recording while the stream itself goes on, for instance while the broadcaster is away.
    /// Returns the live stream, still `running`; nothing in the object shows the pause. No request body.
    PauseLiveStreamRecording: "live_streams.pause_recording" = POST "/live-streams/{stream_id}/pause-recording" -> LiveStream;
    method LiveStreams::pause_recording(stream_id); docs "live-streams/pause-live-stream-recording"; retry always;
    path {
        /// Identifier of the live stream job (its `id`).
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
        /// Identifier of the live stream job (its `id`).
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
        /// Identifier of the live stream job (its `id`).
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
        /// Identifier of the live stream job (its `id`).
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
        /// Page size that was applied.
        required limit: i64,
        /// What the page holds.
        required data: [LiveStream],
        /// Id of the last item; pass as `start` for the next page.
        nullable last: String,
    }
}

model! {
    /// An HLS live stream job.
    answer LiveStream {
        /// Identifier of the live stream.
        required id: String,
        /// Room streamed.
        required room_id: String,
        /// Session streamed.
        required session_id: String,
        /// State of a recording, live stream or external stream job. Start gives `starting`, soon `running`; a stop
        /// request (or an automatic stop) gives `stopping`, then `post_processing` while files are finished and
        /// uploaded, then `completed`. `failed` can follow any state before `completed`.
        required status: MediaJobStatus,
        /// Template destination used.
        required destination: String,
        /// How to watch the live stream.
        required playback: Playback,
        /// URL opened by the bot. May contain an auth token if the caller put one in.
        required meeting_url: Secret,
        /// Which recordings are made of the live stream.
        required recording: LiveStreamRecording,
        /// Files made by the job; null (or empty) until there are any.
        required recording_assets: [EmbeddedRecordingAsset],
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
        /// Whether to transcribe. Must be true unless the template already has transcription on.
        optional enabled: bool,
        /// recorded: transcribe the recording afterwards; live: captions in the HLS stream.
        optional modes: [StreamTranscriptionMode],
        /// File formats of the transcript, one asset each: plain text, subtitles, or words and sentences with times.
        optional output_modes: [TranscriptFormat],
        /// Names, abbreviations and jargon likely to be spoken.
        optional custom_vocabulary: [String],
        /// How to summarise the transcript.
        optional summary: SummaryConfig,
    }
}

model! {
    /// Live streams affected by a stop of the whole room.
    answer LiveStreamStopResult {
        /// Seen in the example only; meaning not explained.
        nullable error: String,
        /// Page size.
        required limit: i64,
        /// What the page holds.
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
