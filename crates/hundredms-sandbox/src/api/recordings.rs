//! Composite recordings of rooms: `/recordings`.

use serde::Serialize;
use serde_json::Value;

use crate::{
    api::{
        jobs::{self, JobResponse, RESOLUTION, assets, job_response},
        operation::Operation,
        recording_assets::EmbeddedAsset,
        transcription_shapes::TRANSCRIPTION,
    },
    api_response::{ApiError, ApiResponse},
    ids::ObjectId,
    request::Request,
    rules::{
        job_settings as settings, media_jobs,
        recordings::{composite, configurations, from_template},
        transcriptions,
    },
    shape::{Shape, optional},
    state::{
        State,
        job_settings::{JobKind, JobSettings, Resolution, Work},
        media_jobs::{self as state_media_jobs, MediaJob},
        recording_assets::AssetKind,
        transcriptions::Transcription,
    },
};

pub(crate) const OPERATIONS: &[Operation] = &[
    Operation::new("recordings.list", "GET", "/recordings", list),
    Operation::new(
        "recordings.pause",
        "POST",
        "/recordings/room/{room_id}/pause",
        pause,
    ),
    Operation::new(
        "recordings.resume",
        "POST",
        "/recordings/room/{room_id}/resume",
        resume,
    ),
    Operation::new(
        "recordings.start",
        "POST",
        "/recordings/room/{room_id}/start",
        start,
    ),
    Operation::new(
        "recordings.stop_all",
        "POST",
        "/recordings/room/{room_id}/stop",
        stop_all,
    ),
    Operation::new("recordings.get", "GET", "/recordings/{recording_id}", get),
    Operation::new(
        "recordings.get_config",
        "GET",
        "/recordings/{recording_id}/config",
        get_config,
    ),
    Operation::new(
        "recordings.stop",
        "POST",
        "/recordings/{recording_id}/stop",
        stop,
    ),
];

const KIND: JobKind = JobKind::Recording;

const START: Shape = Shape::Object(&[
    optional("meeting_url", Shape::Text),
    optional("resolution", RESOLUTION),
    optional("destination", Shape::Text),
    optional("audio_only", Shape::Bool),
    optional("transcription", TRANSCRIPTION),
]);

fn start(state: &mut State, request: &Request) -> Result<ApiResponse, ApiError> {
    let room_id = jobs::room_id(state, request)?;
    let body = jobs::start_body(request, &START)?;
    let room = state.rooms.enabled(request.argument("room_id"))?;
    let template = state.templates.of(room);
    let (name, config) =
        settings::configuration(&configurations(template), body)?.unwrap_or(("", &Value::Null));
    let meeting_url = settings::meeting_url(state, room, config, body)?;
    let composite = composite(config);
    let settings = JobSettings {
        work: Work::Recording {
            resolution: settings::resolution(body, composite)?,
            audio_only: body["audio_only"] == true,
        },
        transcription: transcriptions::wanted(&body["transcription"], template),
        ..from_template(name, config, meeting_url)
    };
    let id = media_jobs::start(state, room_id, settings)?;
    response(state, id, |job| RecordingResponse {
        destination: job.settings.destination.as_deref(),
        ..without_assets(job)
    })
}

fn stop_all(state: &mut State, request: &Request) -> Result<ApiResponse, ApiError> {
    let ids = jobs::stop_all(state, request, KIND)?;
    let jobs = ids.iter().filter_map(|id| state.media_jobs.of_id(*id));
    Ok(ApiResponse::ok(&Stopped {
        limit: ids.len(),
        data: jobs.map(without_assets).collect(),
        last: ids.last().copied(),
    }))
}

fn stop(state: &mut State, request: &Request) -> Result<ApiResponse, ApiError> {
    let id = jobs::stop_one(state, request.argument("recording_id"), KIND)?;
    response(state, id, without_assets)
}

fn pause(state: &mut State, request: &Request) -> Result<ApiResponse, ApiError> {
    let room_id = jobs::room_id(state, request)?;
    let id = media_jobs::running(state, room_id, KIND)?;
    media_jobs::pause(state, id);
    response(state, id, without_asset_types)
}

fn resume(state: &mut State, request: &Request) -> Result<ApiResponse, ApiError> {
    let room_id = jobs::room_id(state, request)?;
    let id = media_jobs::running(state, room_id, KIND)?;
    media_jobs::resume(state, id);
    response(state, id, without_asset_types)
}

fn list(state: &mut State, request: &Request) -> Result<ApiResponse, ApiError> {
    jobs::list(state, request, KIND, |_, job| RecordingResponse {
        recording_assets: AssetsResponse::LeftOut,
        ..without_assets(job)
    })
}

fn get(state: &mut State, request: &Request) -> Result<ApiResponse, ApiError> {
    let job = state
        .media_jobs
        .get(request.argument("recording_id"), KIND)?;
    Ok(ApiResponse::ok(&RecordingResponse {
        recording_assets: AssetsResponse::Shown(assets(state, job)),
        ..without_assets(job)
    }))
}

/// Return the settings. The service does not document their shape.
fn get_config(state: &mut State, request: &Request) -> Result<ApiResponse, ApiError> {
    let job = state
        .media_jobs
        .get(request.argument("recording_id"), KIND)?;
    let settings = &job.settings;
    Ok(ApiResponse::ok(&Config {
        meeting_url: &settings.meeting_url,
        resolution: settings.resolution(),
        destination: settings.destination.as_deref(),
        audio_only: is_audio_only(job),
        max_duration: settings.max_duration_seconds,
        auto_stop_timeout: settings.auto_stop_seconds,
        transcription: settings.transcription.as_ref(),
    }))
}

#[derive(Debug, Serialize)]
struct Config<'a> {
    meeting_url: &'a str,
    resolution: Resolution,
    #[serde(skip_serializing_if = "Option::is_none")]
    destination: Option<&'a str>,
    audio_only: bool,
    max_duration: i64,
    auto_stop_timeout: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    transcription: Option<&'a Transcription>,
}

fn is_audio_only(job: &MediaJob) -> bool {
    matches!(
        job.settings.work,
        Work::Recording {
            audio_only: true,
            ..
        }
    )
}

#[derive(Debug, Serialize)]
struct Stopped<'a> {
    limit: usize,
    data: Vec<RecordingResponse<'a>>,
    last: Option<ObjectId>,
}

/// A recording in responses. Some responses omit fields or set them to null, as documented.
#[derive(Debug, Serialize)]
struct RecordingResponse<'a> {
    #[serde(flatten)]
    job: JobResponse<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    destination: Option<&'a str>,
    asset_types: Option<Vec<AssetKind>>,
    #[serde(skip_serializing_if = "AssetsResponse::is_left_out")]
    recording_assets: AssetsResponse<'a>,
}

#[derive(Debug, Serialize)]
#[serde(untagged)]
enum AssetsResponse<'a> {
    LeftOut,
    Shown(Option<Vec<EmbeddedAsset<'a>>>),
}

impl AssetsResponse<'_> {
    fn is_left_out(&self) -> bool {
        matches!(self, Self::LeftOut)
    }
}

fn response<'a>(
    state: &'a State,
    id: ObjectId,
    of: impl FnOnce(&'a MediaJob) -> RecordingResponse<'a>,
) -> Result<ApiResponse, ApiError> {
    let job = state.media_jobs.of_id(id);
    Ok(ApiResponse::ok(&of(
        job.ok_or_else(state_media_jobs::beam_not_found)?
    )))
}

fn without_assets(job: &MediaJob) -> RecordingResponse<'_> {
    let mut types = vec![AssetKind::RoomComposite, AssetKind::Chat];
    if let Some(transcription) = &job.settings.transcription {
        types.push(AssetKind::Transcript);
        types.extend(transcription.summary.as_ref().map(|_| AssetKind::Summary));
    }
    RecordingResponse {
        job: job_response(job),
        destination: None,
        asset_types: Some(types),
        recording_assets: AssetsResponse::Shown(None),
    }
}

fn without_asset_types(job: &MediaJob) -> RecordingResponse<'_> {
    RecordingResponse {
        destination: job.settings.destination.as_deref(),
        asset_types: None,
        ..without_assets(job)
    }
}
