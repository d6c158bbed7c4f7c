//! What the operations of recordings, live streams and external streams have in common: arguments, pages and responses.

use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;

use crate::{
    api::recording_assets::{EmbeddedAsset, embedded},
    api_response::{ApiError, ApiResponse},
    clock,
    ids::ObjectId,
    paging::{self, Last, Page},
    request::Request,
    rules::{
        job_settings::invalid_input,
        media_jobs::{CLIENT_REQUEST, stop},
    },
    shape::{Shape, required},
    state::{
        State,
        job_settings::JobKind,
        media_jobs::{JobStatus, MediaJob, beam_not_found},
    },
};

/// Return the room that jobs of the request's path are for. 403 if there is none.
pub(crate) fn room_id(state: &State, request: &Request) -> Result<ObjectId, ApiError> {
    let room = state.rooms.get(request.argument("room_id"));
    Ok(room
        .map_err(|_| ApiError::forbidden("user does not have required permission"))?
        .id)
}

/// Stop the jobs of a kind in the request's room and return them, including those that are already stopping. 404 if there are none.
pub(crate) fn stop_all(
    state: &mut State,
    request: &Request,
    kind: JobKind,
) -> Result<Vec<ObjectId>, ApiError> {
    let room_id = room_id(state, request)?;
    let of_kind = state
        .media_jobs
        .in_room(room_id)
        .filter(|job| job.settings.kind() == kind);
    let ids: Vec<ObjectId> = of_kind.map(|job| job.id).collect();
    if ids.is_empty() {
        return Err(beam_not_found());
    }
    for id in &ids {
        stop(state, *id, CLIENT_REQUEST);
    }
    Ok(ids)
}

/// Stop one job, which may already be stopping. 404 if it does not exist or has ended.
pub(crate) fn stop_one(state: &mut State, id: &str, kind: JobKind) -> Result<ObjectId, ApiError> {
    let job = state.media_jobs.get(id, kind)?;
    if !job.is_in_room() {
        return Err(beam_not_found());
    }
    let id = job.id;
    stop(state, id, CLIENT_REQUEST);
    Ok(id)
}

/// One page of the jobs of a kind, newest first.
pub(crate) fn list<'a, T: Serialize>(
    state: &'a State,
    request: &Request,
    kind: JobKind,
    response: impl Fn(&'a State, &'a MediaJob) -> T,
) -> Result<ApiResponse, ApiError> {
    let limit = paging::limit(request)?;
    let expected = "starting, running, stopping, post_processing, completed or failed";
    let status: Option<JobStatus> = request.query_word("status", expected)?;
    let (room_id, session_id) = (request.query("room_id"), request.query("session_id"));
    let fits = |job: &&MediaJob| {
        job.settings.kind() == kind
            && status.is_none_or(|status| job.status == status)
            && room_id.is_none_or(|id| id.parse() == Ok(job.room_id))
            && session_id.is_none_or(|id| id.parse() == Ok(job.session_id))
    };
    let jobs = paging::newest_first(&state.media_jobs.by_id, request)?;
    Ok(ApiResponse::ok(&Page::take(
        limit,
        Last::OfPage,
        jobs.filter(fits),
        |job| (job.id.to_string(), response(state, job)),
    )))
}

/// Return the required body of a start, checked against its shape.
pub(crate) fn start_body<'a>(request: &'a Request, shape: &Shape) -> Result<&'a Value, ApiError> {
    if !request.has_body {
        return Err(ApiError::bad_request("request body must not be empty"));
    }
    request
        .body(shape)
        .map_err(|error| invalid_input(error.details))
}

pub(crate) const RESOLUTION: Shape = Shape::Object(&[
    required("width", Shape::Integer),
    required("height", Shape::Integer),
]);

/// The fields that all kinds of jobs have.
#[derive(Debug, Serialize)]
pub(crate) struct JobResponse<'a> {
    id: ObjectId,
    room_id: ObjectId,
    session_id: ObjectId,
    status: JobStatus,
    meeting_url: &'a str,
    #[serde(serialize_with = "clock::serialize")]
    created_at: Timestamp,
    #[serde(serialize_with = "clock::serialize_option")]
    started_at: Option<Timestamp>,
    #[serde(serialize_with = "clock::serialize")]
    updated_at: Timestamp,
    #[serde(serialize_with = "clock::serialize_option")]
    stopped_at: Option<Timestamp>,
    /// Peers that started and stopped it. Empty, because here only the API and the service do.
    started_by: &'static str,
    stopped_by: &'static str,
}

pub(crate) fn job_response(job: &MediaJob) -> JobResponse<'_> {
    JobResponse {
        id: job.id,
        room_id: job.room_id,
        session_id: job.session_id,
        status: job.status,
        meeting_url: &job.settings.meeting_url,
        created_at: job.created_at,
        started_at: job.started_at,
        updated_at: job.updated_at,
        stopped_at: job.stopped_at,
        started_by: "",
        stopped_by: "",
    }
}

/// Return the files of a job. `None` before there is one.
pub(crate) fn assets<'a>(state: &'a State, job: &MediaJob) -> Option<Vec<EmbeddedAsset<'a>>> {
    let ids = job.asset_ids.iter();
    let assets: Vec<_> = ids
        .filter_map(|id| state.recording_assets.of_id(*id))
        .map(embedded)
        .collect();
    (!assets.is_empty()).then_some(assets)
}

/// The jobs that a stop of a whole room has stopped, wrapped as the streams have it.
#[derive(Debug, Serialize)]
pub(crate) struct StoppedStreams<T> {
    pub(crate) limit: usize,
    pub(crate) data: Vec<T>,
    pub(crate) last: Option<ObjectId>,
}

/// The `limit` of every such response.
pub(crate) const STOPPED_LIMIT: usize = 10;
