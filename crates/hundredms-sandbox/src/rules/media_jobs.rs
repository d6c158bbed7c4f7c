//! The state machine that recordings, live streams and external streams share: every change of state.
//!
//! A job is a bot in the room. It starts, runs, stops, creates its files, and completes. While it is in the room, it keeps the
//! session open.

use jiff::SignedDuration;

use crate::{
    api_response::ApiError,
    ids::{ObjectId, uuid},
    rules::{job_events as events, job_files as files, sessions, transcriptions},
    state::{
        Action, State,
        job_settings::{JobKind, JobSettings},
        media_jobs::{JobError, JobStatus, MediaJob, STARTING_SECONDS, beam_not_found},
    },
};

/// Time from a request to stop until the bot has left the room.
const STOPPING_SECONDS: i64 = 2;
/// Time from then until the files are in the storage.
const POST_PROCESSING_SECONDS: i64 = 10;

/// Asked by the API or a client, or by the end of the room.
pub(crate) const CLIENT_REQUEST: &str = "client request";
const MAX_DURATION_REACHED: &str = "max duration reached";
const LAST_PEER_LEFT: &str = "last peer left";

/// Start a job, in a new session if the room has none. 409 when one of its kind is in the room.
pub(crate) fn start(
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
    let session_id = running.unwrap_or_else(|| sessions::open(state, room_id));
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
    schedule_in(state, STARTING_SECONDS, RUN, id);
    Ok(id)
}

fn schedule_in(state: &mut State, seconds: i64, action: Action, subject: ObjectId) {
    if let Ok(at) = state.now().checked_add(SignedDuration::from_secs(seconds)) {
        state.schedule(at, action, subject.to_string());
    }
}

/// Run a job that starts.
const RUN: Action = Action {
    run,
    applies: |state, id| is(state, id, JobStatus::Starting),
};
const REACH_MAX_DURATION: Action = Action {
    run: reach_max_duration,
    applies: |state, id| is(state, id, JobStatus::Running),
};
const LEAVE_WHEN_ALONE: Action = Action {
    run: leave_when_alone,
    applies: |state, id| {
        let id = id.parse().ok();
        let job = id.and_then(|id| state.media_jobs.of_id(id));
        job.is_some_and(|job| job.status == JobStatus::Running && is_alone(state, job))
    },
};
const LEAVE_ROOM: Action = Action {
    run: leave_room,
    applies: |state, id| is(state, id, JobStatus::Stopping),
};
const COMPLETE: Action = Action {
    run: complete,
    applies: |state, id| is(state, id, JobStatus::PostProcessing),
};

/// Return whether a job is in this state.
fn is(state: &State, id: &str, status: JobStatus) -> bool {
    let id = id.parse().ok();
    let job = id.and_then(|id| state.media_jobs.of_id(id));
    job.is_some_and(|job| job.status == status)
}

/// Return whether a job has no peers to record and no encoder that feeds it.
fn is_alone(state: &State, job: &MediaJob) -> bool {
    let session = state.sessions.of_id(job.session_id);
    let has_peers = session.is_some_and(|session| session.connected().next().is_some());
    !has_peers && !state.ingests.feeds(job.id)
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
    schedule_in(state, longest, REACH_MAX_DURATION, id);
    schedule_in(state, alone, LEAVE_WHEN_ALONE, id);
}

fn reach_max_duration(state: &mut State, id: &str) {
    if let Some(job) = due(state, id, JobStatus::Running) {
        let id = job.id;
        stop(state, id, MAX_DURATION_REACHED);
    }
}

/// Notify the jobs of a session that its last peer has left. Return false if there are none, so that nothing keeps it open.
pub(crate) fn last_peer_left(state: &mut State, room_id: ObjectId, session_id: ObjectId) -> bool {
    let jobs = state.media_jobs.in_session(room_id, session_id);
    for id in &jobs {
        if let Some(job) = state.media_jobs.of_id(*id) {
            let seconds = job.settings.auto_stop_seconds;
            schedule_in(state, seconds, LEAVE_WHEN_ALONE, *id);
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
    if !state
        .media_jobs
        .of_id(id)
        .is_some_and(|job| is_alone(state, job))
    {
        return;
    }
    let left = session.peers.iter().filter_map(|peer| peer.left_at).max();
    let alone_since = left.map_or(started_at, |left| left.max(started_at));
    if now.duration_since(alone_since) >= patience {
        stop(state, id, LAST_PEER_LEFT);
    }
}

/// Stop a job. Does nothing if it is stopping or has stopped.
pub(crate) fn stop(state: &mut State, id: ObjectId, reason: &'static str) {
    let Some(job) = state.media_jobs.of_id_mut(id) else {
        return;
    };
    if matches!(job.status, JobStatus::Starting | JobStatus::Running) {
        job.status = JobStatus::Stopping;
        job.stop_reason = reason;
        schedule_in(state, STOPPING_SECONDS, LEAVE_ROOM, id);
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
        schedule_in(state, POST_PROCESSING_SECONDS, COMPLETE, id);
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
    files::create(state, id);
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
        files::mark_failed(state, id);
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
    (state.hooks.job_left_room)(state, room_id, id);
    let others = state.media_jobs.in_session(room_id, session_id);
    if let Some(session) = state.sessions.of_id(session_id) {
        let empty = session.connected().next().is_none() && others.is_empty();
        if empty && session.ended_at.is_none() {
            sessions::finish(state, session_id);
        }
    }
}

/// Stop the jobs of a session that has closed.
pub(crate) fn session_closed(state: &mut State, session_id: ObjectId) {
    let Some(session) = state.sessions.of_id(session_id) else {
        return;
    };
    for id in state.media_jobs.in_session(session.room_id, session_id) {
        stop(state, id, CLIENT_REQUEST);
    }
}

/// Return the running job of a kind in a room. 404 if there is none.
pub(crate) fn running(
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
pub(crate) fn pause(state: &mut State, id: ObjectId) {
    let now = state.now();
    if let Some(job) = state.media_jobs.of_id_mut(id) {
        job.paused_since = job.paused_since.or(Some(now));
    }
}

/// Resume recording. Does nothing if it was not paused.
pub(crate) fn resume(state: &mut State, id: ObjectId) {
    let now = state.now();
    if let Some(job) = state.media_jobs.of_id_mut(id) {
        job.resume(now);
    }
}
