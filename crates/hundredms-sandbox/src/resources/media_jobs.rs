//! The state machine that recordings, live streams and external streams share: the store, and every change of state.
//!
//! A job is a bot in the room. It starts, runs, stops, creates its files, and completes. While it is in the room, it keeps the
//! session open.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::{
    ingests, media_job_assets as files, media_job_events as events,
    media_job_settings::JobSettings, session_hooks::Ending, session_life, transcriptions,
};
use crate::{
    answer::{Answer, ApiError},
    ids::{ObjectId, uuid},
    paging::{self, Last, Page},
    request::Request,
    resources::recording_assets::query_word,
    state::State,
};

/// From the start to the bot in the room.
pub(super) const STARTING_SECONDS: i64 = 3;
/// From a request to stop to the bot out of the room.
const STOPPING_SECONDS: i64 = 2;
/// From the bot out of the room to its files in the storage.
const POST_PROCESSING_SECONDS: i64 = 10;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum JobStatus {
    Starting,
    Running,
    Stopping,
    PostProcessing,
    Completed,
    Failed,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum JobKind {
    Recording,
    LiveStream,
    ExternalStream,
}

/// Why a job failed, with the texts of the webhooks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum JobError {
    InternalError,
    MaxRetriesReached,
    UploadError,
    BeamStopped,
}

impl JobError {
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::InternalError => "INTERNAL_ERROR",
            Self::MaxRetriesReached => "MAX_RETRIES_REACHED",
            Self::UploadError => "UPLOAD_ERROR",
            Self::BeamStopped => "BEAM_STOPPED",
        }
    }

    pub(super) fn text(self) -> &'static str {
        match self {
            Self::InternalError => "Internal error",
            Self::MaxRetriesReached => {
                "Beam couldn't connect to Meeting URL after 5 retries. Check if meeting URL is correct."
            }
            Self::UploadError => "Failed to upload recordings. Check if upload config is correct.",
            Self::BeamStopped => "Beam stopped too early",
        }
    }
}

/// Asked by the API or a client, or by the end of the room.
pub(crate) const CLIENT_REQUEST: &str = "client request";
const MAX_DURATION_REACHED: &str = "max duration reached";
const LAST_PEER_LEFT: &str = "last peer left";

/// A recording, live stream or external stream.
#[derive(Debug, Clone)]
pub(crate) struct MediaJob {
    pub(crate) id: ObjectId,
    pub(crate) room_id: ObjectId,
    pub(crate) session_id: ObjectId,
    pub(crate) status: JobStatus,
    pub(crate) settings: JobSettings,
    pub(crate) created_at: Timestamp,
    pub(crate) started_at: Option<Timestamp>,
    pub(crate) updated_at: Timestamp,
    pub(crate) stopped_at: Option<Timestamp>,
    /// The run, in the words of the webhooks.
    pub(super) beam_id: ObjectId,
    /// The bot. It is a peer only in webhooks.
    pub(super) peer_id: String,
    pub(super) asset_ids: Vec<ObjectId>,
    stop_reason: &'static str,
    paused_since: Option<Timestamp>,
    paused: SignedDuration,
}

impl MediaJob {
    /// Whether the bot is in the room, or on its way in or out.
    pub(crate) fn is_in_room(&self) -> bool {
        use JobStatus::{Running, Starting, Stopping};
        matches!(self.status, Starting | Running | Stopping)
    }

    /// How long it ran, in whole seconds.
    pub(super) fn seconds(&self) -> i64 {
        self.ran().as_secs()
    }

    /// How much it recorded, in whole seconds: without the pauses.
    pub(super) fn recorded_seconds(&self) -> i64 {
        (self.ran() - self.paused).as_secs().max(0)
    }

    fn ran(&self) -> SignedDuration {
        match (self.started_at, self.stopped_at) {
            (Some(started), Some(stopped)) => stopped.duration_since(started),
            _ => SignedDuration::ZERO,
        }
    }

    fn resume(&mut self, now: Timestamp) {
        if let Some(since) = self.paused_since.take() {
            self.paused += now.duration_since(since);
        }
    }
}

/// All jobs of all kinds.
#[derive(Debug, Clone, Default)]
pub(crate) struct MediaJobs {
    by_id: BTreeMap<ObjectId, MediaJob>,
    /// Room and job, for the jobs that are in a room.
    in_rooms: BTreeSet<(ObjectId, ObjectId)>,
}

impl MediaJobs {
    pub(crate) fn of_id(&self, id: ObjectId) -> Option<&MediaJob> {
        self.by_id.get(&id)
    }

    pub(super) fn of_id_mut(&mut self, id: ObjectId) -> Option<&mut MediaJob> {
        self.by_id.get_mut(&id)
    }

    /// The job with this id and kind. 404 if there is none.
    pub(super) fn get(&self, id: &str, kind: JobKind) -> Result<&MediaJob, ApiError> {
        id.parse()
            .ok()
            .and_then(|id| self.by_id.get(&id))
            .filter(|job| job.settings.kind() == kind)
            .ok_or_else(beam_not_found)
    }

    /// The jobs of a room that are in it, oldest first.
    pub(crate) fn in_room(&self, room_id: ObjectId) -> impl Iterator<Item = &MediaJob> {
        self.in_rooms
            .range((room_id, ObjectId::LOWEST)..=(room_id, ObjectId::HIGHEST))
            .filter_map(|(_, id)| self.by_id.get(id))
    }

    /// The jobs that are in a session.
    fn in_session(&self, room_id: ObjectId, session_id: ObjectId) -> Vec<ObjectId> {
        self.in_room(room_id)
            .filter(|job| job.session_id == session_id)
            .map(|job| job.id)
            .collect()
    }
}

/// The service's error for a job that does not exist or has ended.
pub(super) fn beam_not_found() -> ApiError {
    ApiError::not_found("beam not found")
}

/// Start a job, in a new session if the room has none. 409 when one of its kind is in the room.
pub(super) fn start(
    state: &mut State,
    room_id: ObjectId,
    settings: JobSettings,
) -> Result<ObjectId, ApiError> {
    let kind = settings.kind();
    if state
        .media_jobs
        .in_room(room_id)
        .any(|job| job.settings.kind() == kind)
    {
        return Err(ApiError::new(409, "beam already started"));
    }
    let running = state.sessions.running(room_id).map(|session| session.id);
    let session_id = running.unwrap_or_else(|| session_life::open(state, room_id));
    let (id, beam_id, now) = (state.new_id(), state.new_id(), state.now());
    let job = MediaJob {
        id,
        room_id,
        session_id,
        status: JobStatus::Starting,
        settings,
        created_at: now,
        started_at: None,
        updated_at: now,
        stopped_at: None,
        beam_id,
        peer_id: uuid(),
        asset_ids: Vec::new(),
        stop_reason: CLIENT_REQUEST,
        paused_since: None,
        paused: SignedDuration::ZERO,
    };
    state.media_jobs.by_id.insert(id, job);
    state.media_jobs.in_rooms.insert((room_id, id));
    schedule_in(state, STARTING_SECONDS, run, id);
    Ok(id)
}

fn schedule_in(
    state: &mut State,
    seconds: i64,
    action: crate::timeline::Action,
    subject: ObjectId,
) {
    if let Ok(at) = state.now().checked_add(SignedDuration::from_secs(seconds)) {
        state.schedule(at, action, subject.to_string());
    }
}

/// Look up the job that a scheduled change is for, if it is still in that state.
fn due<'a>(state: &'a mut State, id: &str, status: JobStatus) -> Option<&'a mut MediaJob> {
    let job = state.media_jobs.by_id.get_mut(&id.parse().ok()?)?;
    (job.status == status).then_some(job)
}

fn run(state: &mut State, id: &str) {
    let now = state.now();
    let Some(job) = due(state, id, JobStatus::Starting) else {
        return;
    };
    job.status = JobStatus::Running;
    job.started_at = Some(now);
    job.updated_at = now;
    let (id, longest, alone) = (
        job.id,
        job.settings.max_duration_seconds,
        job.settings.auto_stop_seconds,
    );
    events::started(state, id);
    schedule_in(state, longest, reach_max_duration, id);
    schedule_in(state, alone, leave_when_alone, id);
}

fn reach_max_duration(state: &mut State, id: &str) {
    if let Some(job) = due(state, id, JobStatus::Running) {
        let id = job.id;
        stop(state, id, MAX_DURATION_REACHED);
    }
}

/// Notify the jobs of a session that its last peer has left. Return false if there are none, so that nothing keeps it open.
pub(super) fn left_alone(state: &mut State, room_id: ObjectId, session_id: ObjectId) -> bool {
    let jobs = state.media_jobs.in_session(room_id, session_id);
    for id in &jobs {
        if let Some(job) = state.media_jobs.of_id(*id) {
            let seconds = job.settings.auto_stop_seconds;
            schedule_in(state, seconds, leave_when_alone, *id);
        }
    }
    !jobs.is_empty()
}

/// Stop a job that has been alone for its timeout. A job that an encoder feeds is exempt.
fn leave_when_alone(state: &mut State, id: &str) {
    let now = state.now();
    let Some(job) = due(state, id, JobStatus::Running) else {
        return;
    };
    let id = job.id;
    let patience = SignedDuration::from_secs(job.settings.auto_stop_seconds);
    let (session_id, started_at) = (job.session_id, job.started_at.unwrap_or(now));
    let Some(session) = state.sessions.of_id(session_id) else {
        return;
    };
    if session.connected().next().is_some() || state.ingests.feeds(id) {
        return;
    }
    let left = session.peers.iter().filter_map(|peer| peer.left_at).max();
    let alone_since = left.map_or(started_at, |left| left.max(started_at));
    if now.duration_since(alone_since) >= patience {
        stop(state, id, LAST_PEER_LEFT);
    }
}

/// Stop a job. Does nothing if it is stopping or has stopped.
pub(super) fn stop(state: &mut State, id: ObjectId, reason: &'static str) {
    let Some(job) = state.media_jobs.of_id_mut(id) else {
        return;
    };
    if matches!(job.status, JobStatus::Starting | JobStatus::Running) {
        job.status = JobStatus::Stopping;
        job.stop_reason = reason;
        schedule_in(state, STOPPING_SECONDS, leave_room, id);
    }
}

fn leave_room(state: &mut State, id: &str) {
    let now = state.now();
    let Some(job) = due(state, id, JobStatus::Stopping) else {
        return;
    };
    let id = job.id;
    if job.started_at.is_none() {
        return fail(state, id, JobError::BeamStopped);
    }
    job.resume(now);
    job.stopped_at = Some(now);
    job.updated_at = now;
    let records = job.settings.records();
    job.status = if records {
        JobStatus::PostProcessing
    } else {
        JobStatus::Completed
    };
    let reason = job.stop_reason;
    events::stopped(state, id, reason);
    if records {
        schedule_in(state, POST_PROCESSING_SECONDS, complete, id);
    }
    release(state, id);
}

fn complete(state: &mut State, id: &str) {
    let now = state.now();
    let Some(job) = due(state, id, JobStatus::PostProcessing) else {
        return;
    };
    job.status = JobStatus::Completed;
    job.updated_at = now;
    let id = job.id;
    files::make(state, id);
    events::recorded(state, id);
    transcriptions::begin(state, id);
}

/// Make a job fail. Does nothing if it has ended.
pub(crate) fn fail(state: &mut State, id: ObjectId, error: JobError) {
    let now = state.now();
    let Some(job) = state.media_jobs.of_id_mut(id) else {
        return;
    };
    if matches!(job.status, JobStatus::Completed | JobStatus::Failed) {
        return;
    }
    let was_in_room = job.is_in_room();
    job.status = JobStatus::Failed;
    job.resume(now);
    job.stopped_at = job.stopped_at.or(Some(now));
    job.updated_at = now;
    if was_in_room {
        events::failed(state, id, error);
        events::stopped(state, id, &format!("failure: {}", error.word()));
        release(state, id);
    } else {
        files::give_up(state, id);
        events::failed(state, id, error);
    }
}

/// Remove a job from its room, and close the session if nobody else is in it.
fn release(state: &mut State, id: ObjectId) {
    let Some(job) = state.media_jobs.of_id(id) else {
        return;
    };
    let (room_id, session_id) = (job.room_id, job.session_id);
    state.media_jobs.in_rooms.remove(&(room_id, id));
    ingests::stream_closed(state, room_id, id);
    let others = state.media_jobs.in_session(room_id, session_id);
    if let Some(session) = state.sessions.of_id(session_id) {
        let empty = session.connected().next().is_none() && others.is_empty();
        if empty && session.ended_at.is_none() {
            session_life::finish(state, session_id, Ending::LastPeerLeft);
        }
    }
}

/// Stop what is in a session that was ended.
pub(super) fn session_closed(state: &mut State, session_id: ObjectId, _: Ending) {
    let Some(session) = state.sessions.of_id(session_id) else {
        return;
    };
    for id in state.media_jobs.in_session(session.room_id, session_id) {
        stop(state, id, CLIENT_REQUEST);
    }
}

/// The running job of a kind in a room. 404 if there is none.
pub(super) fn running(
    state: &State,
    room_id: ObjectId,
    kind: JobKind,
) -> Result<ObjectId, ApiError> {
    state
        .media_jobs
        .in_room(room_id)
        .find(|job| job.settings.kind() == kind && job.status == JobStatus::Running)
        .map(|job| job.id)
        .ok_or_else(beam_not_found)
}

/// Pause recording without stopping the job. Does nothing if it is paused.
pub(super) fn pause(state: &mut State, id: ObjectId) {
    let now = state.now();
    if let Some(job) = state.media_jobs.of_id_mut(id) {
        job.paused_since = job.paused_since.or(Some(now));
    }
}

/// Resume recording. Does nothing if it was not paused.
pub(super) fn resume(state: &mut State, id: ObjectId) {
    let now = state.now();
    if let Some(job) = state.media_jobs.of_id_mut(id) {
        job.resume(now);
    }
}

/// The room that jobs of the request's path are for. 403 if there is none.
pub(super) fn room_id(state: &State, request: &Request) -> Result<ObjectId, ApiError> {
    let room = state.rooms.get(request.argument("room_id"));
    Ok(room
        .map_err(|_| ApiError::forbidden("user does not have required permission"))?
        .id)
}

/// Stop the jobs of a kind in the request's room and return them, including those that are already stopping. 404 if there are none.
pub(super) fn stop_all(
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
pub(super) fn stop_one(state: &mut State, id: &str, kind: JobKind) -> Result<ObjectId, ApiError> {
    let job = state.media_jobs.get(id, kind)?;
    if !job.is_in_room() {
        return Err(beam_not_found());
    }
    let id = job.id;
    stop(state, id, CLIENT_REQUEST);
    Ok(id)
}

/// One page of the jobs of a kind, newest first.
pub(super) fn list<'a, T: Serialize>(
    state: &'a State,
    request: &Request,
    kind: JobKind,
    answer: impl Fn(&'a State, &'a MediaJob) -> T,
) -> Result<Answer, ApiError> {
    let limit = paging::limit(request)?;
    let expected = "starting, running, stopping, post_processing, completed or failed";
    let status: Option<JobStatus> = query_word(request, "status", expected)?;
    let (room_id, session_id) = (request.query("room_id"), request.query("session_id"));
    let fits = |job: &&MediaJob| {
        job.settings.kind() == kind
            && status.is_none_or(|status| job.status == status)
            && room_id.is_none_or(|id| id.parse() == Ok(job.room_id))
            && session_id.is_none_or(|id| id.parse() == Ok(job.session_id))
    };
    let jobs = paging::newest_first(&state.media_jobs.by_id, request)?;
    Ok(Answer::ok(&Page::take(
        limit,
        Last::OfPage,
        jobs.filter(fits),
        |job| (job.id.to_string(), answer(state, job)),
    )))
}
