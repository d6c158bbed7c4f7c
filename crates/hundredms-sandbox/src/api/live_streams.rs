//! HLS live streams of rooms: `/live-streams`.

use serde::Serialize;
use serde_json::Value;

use crate::{
    api::{
        jobs::{
            self, JobResponse, STOPPED_LIMIT, StoppedStreams, assets, job_response, start_body,
        },
        operation::Operation,
        recording_assets::EmbeddedAsset,
        transcription_shapes::STREAM_TRANSCRIPTION,
    },
    api_response::{ApiError, ApiResponse},
    ids::ObjectId,
    request::Request,
    rules::{
        job_settings as settings, live_streams::stream_settings, media_jobs, storage::playback_url,
    },
    shape::{Shape, optional, required},
    state::{
        State,
        job_settings::{JobKind, Work},
        media_jobs::{self as state_media_jobs, JobStatus, MediaJob},
    },
};

pub(crate) const OPERATIONS: &[Operation] = &[
    Operation::new("live_streams.list", "GET", "/live-streams", list),
    Operation::new(
        "live_streams.start",
        "POST",
        "/live-streams/room/{room_id}/start",
        start,
    ),
    Operation::new(
        "live_streams.stop_all",
        "POST",
        "/live-streams/room/{room_id}/stop",
        stop_all,
    ),
    Operation::new("live_streams.get", "GET", "/live-streams/{stream_id}", get),
    Operation::new(
        "live_streams.pause_recording",
        "POST",
        "/live-streams/{stream_id}/pause-recording",
        pause_recording,
    ),
    Operation::new(
        "live_streams.resume_recording",
        "POST",
        "/live-streams/{stream_id}/resume-recording",
        resume_recording,
    ),
    Operation::new(
        "live_streams.stop",
        "POST",
        "/live-streams/{stream_id}/stop",
        stop,
    ),
    Operation::new(
        "live_streams.send_timed_metadata",
        "POST",
        "/live-streams/{stream_id}/timed-metadata",
        send_timed_metadata,
    ),
];

const KIND: JobKind = JobKind::LiveStream;

const START: Shape = Shape::Object(&[
    optional("meeting_url", Shape::Text),
    optional(
        "recording",
        Shape::Object(&[
            optional("hls_vod", Shape::Bool),
            optional("single_file_per_layer", Shape::Bool),
        ]),
    ),
    optional("destination", Shape::Text),
    optional("transcription", STREAM_TRANSCRIPTION),
]);

fn start(state: &mut State, request: &Request) -> Result<ApiResponse, ApiError> {
    let room_id = jobs::room_id(state, request)?;
    let body = start_body(request, &START)?;
    let room = state.rooms.enabled(request.argument("room_id"))?;
    let configurations = settings::destinations(state.templates.of(room), "hlsDestinations");
    let (name, config) =
        settings::configuration(&configurations, body)?.unwrap_or(("", &Value::Null));
    let meeting_url = settings::meeting_url(state, room, config, body)?;
    let settings = stream_settings(state, room_id, name, config, body, meeting_url);
    let id = media_jobs::start(state, room_id, settings)?;
    response(state, id)
}

fn stop_all(state: &mut State, request: &Request) -> Result<ApiResponse, ApiError> {
    let ids = jobs::stop_all(state, request, KIND)?;
    let jobs = ids.iter().filter_map(|id| state.media_jobs.of_id(*id));
    Ok(ApiResponse::ok(&StoppedStreams {
        limit: STOPPED_LIMIT,
        data: jobs.filter_map(without_assets).collect(),
        last: ids.last().copied(),
    }))
}

fn stop(state: &mut State, request: &Request) -> Result<ApiResponse, ApiError> {
    let id = jobs::stop_one(state, request.argument("stream_id"), KIND)?;
    response(state, id)
}

fn pause_recording(state: &mut State, request: &Request) -> Result<ApiResponse, ApiError> {
    let id = running(state, request)?;
    media_jobs::pause(state, id);
    response(state, id)
}

fn resume_recording(state: &mut State, request: &Request) -> Result<ApiResponse, ApiError> {
    let id = running(state, request)?;
    media_jobs::resume(state, id);
    response(state, id)
}

const TIMED_METADATA: Shape = Shape::Object(&[
    required("payload", Shape::TextUpTo(100)),
    required("duration", Shape::Integer),
]);

/// Check the request. The metadata does not change the stream.
fn send_timed_metadata(state: &mut State, request: &Request) -> Result<ApiResponse, ApiError> {
    let id = running(state, request)?;
    request.body(&TIMED_METADATA)?;
    response(state, id)
}

/// Return the stream of the request's path. 404 if it does not run.
fn running(state: &State, request: &Request) -> Result<ObjectId, ApiError> {
    let job = state.media_jobs.get(request.argument("stream_id"), KIND)?;
    if job.status == JobStatus::Running {
        Ok(job.id)
    } else {
        Err(state_media_jobs::beam_not_found())
    }
}

fn list(state: &mut State, request: &Request) -> Result<ApiResponse, ApiError> {
    jobs::list(state, request, KIND, |_, job| without_assets(job))
}

fn get(state: &mut State, request: &Request) -> Result<ApiResponse, ApiError> {
    let job = state.media_jobs.get(request.argument("stream_id"), KIND)?;
    Ok(ApiResponse::ok(&without_assets(job).map(|response| {
        LiveStreamResponse {
            recording_assets: assets(state, job),
            ..response
        }
    })))
}

#[derive(Debug, Serialize)]
struct Playback {
    url: String,
}

#[derive(Debug, Serialize)]
struct RecordingOfStream {
    hls_vod: bool,
    single_file_per_layer: bool,
}

#[derive(Debug, Serialize)]
struct LiveStreamResponse<'a> {
    #[serde(flatten)]
    job: JobResponse<'a>,
    destination: &'a str,
    playback: Playback,
    recording: RecordingOfStream,
    recording_assets: Option<Vec<EmbeddedAsset<'a>>>,
}

fn response(state: &State, id: ObjectId) -> Result<ApiResponse, ApiError> {
    let job = state.media_jobs.of_id(id);
    Ok(ApiResponse::ok(
        &job.and_then(without_assets)
            .ok_or_else(state_media_jobs::beam_not_found)?,
    ))
}

/// Return `None` for a job of another kind.
fn without_assets(job: &MediaJob) -> Option<LiveStreamResponse<'_>> {
    let Work::LiveStream(hls) = &job.settings.work else {
        return None;
    };
    Some(LiveStreamResponse {
        job: job_response(job),
        destination: job.settings.destination.as_deref().unwrap_or_default(),
        playback: Playback {
            url: playback_url(job),
        },
        recording: RecordingOfStream {
            hls_vod: hls.vod.is_some(),
            single_file_per_layer: hls.file_per_layer,
        },
        recording_assets: None,
    })
}
