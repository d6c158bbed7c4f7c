//! RTMP-out streams of rooms: `/external-streams`.

use serde::Serialize;
use serde_json::Value;

use crate::{
    api::{
        jobs::{
            self, JobResponse, RESOLUTION, STOPPED_LIMIT, StoppedStreams, assets, job_response,
        },
        operation::Operation,
        recording_assets::EmbeddedAsset,
    },
    api_response::{ApiError, ApiResponse},
    ids::ObjectId,
    request::Request,
    rules::{job_settings as settings, media_jobs},
    shape::{Shape, optional, required},
    state::{
        State,
        job_settings::{JobKind, JobSettings, Resolution, Work},
        media_jobs::{self as state_media_jobs, MediaJob},
    },
};

pub(crate) const OPERATIONS: &[Operation] = &[
    Operation::new("external_streams.list", "GET", "/external-streams", list),
    Operation::new(
        "external_streams.start",
        "POST",
        "/external-streams/room/{room_id}/start",
        start,
    ),
    Operation::new(
        "external_streams.stop_all",
        "POST",
        "/external-streams/room/{room_id}/stop",
        stop_all,
    ),
    Operation::new(
        "external_streams.get",
        "GET",
        "/external-streams/{stream_id}",
        get,
    ),
    Operation::new(
        "external_streams.stop",
        "POST",
        "/external-streams/{stream_id}/stop",
        stop,
    ),
];

const KIND: JobKind = JobKind::ExternalStream;

const START: Shape = Shape::Object(&[
    optional("meeting_url", Shape::Text),
    required("rtmp_urls", Shape::List(&Shape::Text, 5)),
    optional("recording", Shape::Bool),
    optional("resolution", RESOLUTION),
    optional("destination", Shape::Text),
]);

fn start(state: &mut State, request: &Request) -> Result<ApiResponse, ApiError> {
    let room_id = jobs::room_id(state, request)?;
    let body = jobs::start_body(request, &START)?;
    let room = state.rooms.enabled(request.argument("room_id"))?;
    let configurations = settings::destinations(state.templates.of(room), "rtmpDestinations");
    let (name, config) =
        settings::configuration(&configurations, body)?.unwrap_or(("", &Value::Null));
    let recording = body["recording"].as_bool();
    let settings = JobSettings {
        destination: Some(name.to_owned()),
        meeting_url: settings::meeting_url(state, room, config, body)?,
        max_duration_seconds: settings::max_duration_seconds(config),
        auto_stop_seconds: settings::auto_stop_seconds(config),
        link_seconds: None,
        transcription: None,
        work: Work::ExternalStream {
            resolution: settings::resolution(body, config)?,
            rtmp_urls: rtmp_urls(body)?,
            recording: recording.unwrap_or(config["recordingEnabled"] == true),
        },
    };
    let id = media_jobs::start(state, room_id, settings)?;
    response(state, id)
}

/// Return the one to five RTMP URLs. Errors do not contain them, because they contain stream keys.
fn rtmp_urls(body: &Value) -> Result<Vec<String>, ApiError> {
    let urls = body["rtmp_urls"].as_array().into_iter().flatten();
    let urls: Vec<String> = urls
        .filter_map(|url| url.as_str().map(str::to_owned))
        .collect();
    if urls.is_empty() {
        return Err(settings::invalid_input([
            "rtmp_urls must name one target at least".to_owned(),
        ]));
    }
    let is_rtmp = |url: &String| url.starts_with("rtmp://") || url.starts_with("rtmps://");
    match urls.iter().position(|url| !is_rtmp(url)) {
        Some(place) => Err(settings::invalid_input([format!(
            "rtmp_urls[{place}] must begin with rtmp:// or rtmps://"
        )])),
        None => Ok(urls),
    }
}

fn stop_all(state: &mut State, request: &Request) -> Result<ApiResponse, ApiError> {
    let ids = jobs::stop_all(state, request, KIND)?;
    let jobs = ids.iter().filter_map(|id| state.media_jobs.of_id(*id));
    Ok(ApiResponse::ok(&StoppedStreams {
        limit: STOPPED_LIMIT,
        data: jobs.filter_map(|job| of_job(state, job)).collect(),
        last: ids.last().copied(),
    }))
}

fn stop(state: &mut State, request: &Request) -> Result<ApiResponse, ApiError> {
    let id = jobs::stop_one(state, request.argument("stream_id"), KIND)?;
    response(state, id)
}

fn list(state: &mut State, request: &Request) -> Result<ApiResponse, ApiError> {
    jobs::list(state, request, KIND, of_job)
}

fn get(state: &mut State, request: &Request) -> Result<ApiResponse, ApiError> {
    let id = state
        .media_jobs
        .get(request.argument("stream_id"), KIND)?
        .id;
    response(state, id)
}

#[derive(Debug, Serialize)]
struct ExternalStreamResponse<'a> {
    #[serde(flatten)]
    job: JobResponse<'a>,
    destination: &'a str,
    rtmp_urls: &'a [String],
    recording: bool,
    resolution: Resolution,
    recording_assets: Option<Vec<EmbeddedAsset<'a>>>,
}

fn response(state: &State, id: ObjectId) -> Result<ApiResponse, ApiError> {
    let job = state.media_jobs.of_id(id);
    Ok(ApiResponse::ok(
        &job.and_then(|job| of_job(state, job))
            .ok_or_else(state_media_jobs::beam_not_found)?,
    ))
}

/// Return `None` for a job of another kind.
fn of_job<'a>(state: &'a State, job: &'a MediaJob) -> Option<ExternalStreamResponse<'a>> {
    let Work::ExternalStream {
        resolution,
        rtmp_urls,
        recording,
    } = &job.settings.work
    else {
        return None;
    };
    Some(ExternalStreamResponse {
        job: job_response(job),
        destination: job.settings.destination.as_deref().unwrap_or_default(),
        rtmp_urls,
        recording: *recording,
        resolution: *resolution,
        recording_assets: assets(state, job),
    })
}
