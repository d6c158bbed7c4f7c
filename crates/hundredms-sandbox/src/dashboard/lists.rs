//! The lists of the page. What is going on comes first and is never left out; of the rest, each list has the latest, and says how
//! many it leaves out.

use std::collections::HashMap;

use serde::Serialize;
use serde_json::{Value, json};

use super::calls::Call;
use crate::{
    api::{
        active_rooms::{PeerResponse, peer_response},
        jobs::{JobResponse, assets, job_response},
        poll_runs::run_response,
        recording_assets::EmbeddedAsset,
        sessions::stored_response,
    },
    ids::ObjectId,
    state::{
        State,
        job_settings::JobKind,
        media_jobs::{JobStatus, MediaJob},
        poll_runs::{Response, Run},
        polls::{Poll, Question},
        rooms::Room,
        sessions::Session,
    },
};

/// The maximum number of rooms without a session, and of jobs that have ended, that are listed.
const LATEST: usize = 100;

/// The maximum number of sessions that have ended that are listed.
const LATEST_SESSIONS: usize = 50;

/// The maximum number of polls that are open nowhere that are listed.
const LATEST_POLLS: usize = 200;

/// The maximum number of runs that have ended that are listed for a poll.
const LATEST_RUNS: usize = 20;

/// The maximum number of answers in text that are listed for a question.
const LATEST_TEXTS: usize = 5;

/// Items, and how many the list leaves out.
#[derive(Debug, Serialize)]
struct Listed<T> {
    items: Vec<T>,
    left_out: usize,
}

impl<T> Listed<T> {
    /// List all of `first`, then at most `most` of `rest`.
    fn new(
        first: impl IntoIterator<Item = T>,
        rest: impl IntoIterator<Item = T>,
        most: usize,
    ) -> Self {
        let mut items: Vec<T> = first.into_iter().collect();
        let mut rest = rest.into_iter();
        items.extend(rest.by_ref().take(most));
        Self {
            items,
            left_out: rest.count(),
        }
    }

    fn map<U>(self, change: impl FnMut(T) -> U) -> Listed<U> {
        Listed {
            items: self.items.into_iter().map(change).collect(),
            left_out: self.left_out,
        }
    }
}

#[derive(Debug, Serialize)]
struct ListedRoom<'a> {
    id: ObjectId,
    name: &'a str,
    enabled: bool,
    description: &'a str,
    roles: Vec<&'a str>,
    is_live: bool,
    peers: Vec<PeerResponse<'a>>,
}

/// Return the rooms whose name or id contains `search`: those with a running session, then the latest others.
pub(super) fn rooms(state: &State, search: &str) -> Value {
    let search = search.trim().to_lowercase();
    let fits = |room: &&Room| {
        search.is_empty()
            || room.name.to_lowercase().contains(&search)
            || room.id.to_string().contains(&search)
    };
    let running = |room: &Room| state.sessions.running(room.id);
    let newest = || state.rooms.by_id.values().rev().filter(fits);
    let live = state.sessions.running.keys().rev();
    let live = live.map(|id| state.rooms.of_id(*id)).filter(fits);
    let others = newest().filter(|room| running(room).is_none());
    let listed = Listed::new(live, others, LATEST).map(|room| {
        let session = running(room);
        let peers = session.into_iter().flat_map(Session::connected);
        let roles = state.templates.of(room).roles.keys();
        ListedRoom {
            id: room.id,
            name: &room.name,
            enabled: room.enabled,
            description: &room.description,
            roles: roles.map(String::as_str).collect(),
            is_live: session.is_some(),
            peers: peers.map(peer_response).collect(),
        }
    });
    json!({"items": listed.items, "left_out": listed.left_out, "all": state.rooms.len()})
}

/// Return id and name of each room that has a running session, for the forms of other views.
pub(super) fn live_rooms(state: &State) -> Value {
    let live = state.sessions.running.keys().rev();
    json!(
        live.map(|id| (id, room_name(state, *id)))
            .collect::<Vec<_>>()
    )
}

/// Return the name of a room that something else names.
fn room_name(state: &State, id: ObjectId) -> &str {
    let room = state.rooms.by_id.get(&id);
    room.map(|room| &*room.name).unwrap_or_default()
}

/// Return the name of the room with this id, if it is one.
pub(super) fn name_of(state: &State, id: Option<&str>) -> String {
    let room = id.and_then(|id| state.rooms.get(id).ok());
    room.map(|room| room.name.clone()).unwrap_or_default()
}

#[derive(Debug, Serialize)]
struct ListedJob<'a> {
    kind: JobKind,
    room: &'a str,
    job: JobResponse<'a>,
    assets: Vec<EmbeddedAsset<'a>>,
}

/// Return recordings and streams: those that have not ended, then the latest others.
pub(super) fn jobs(state: &State) -> Value {
    let has_ended = |job: &&MediaJob| {
        let ends = [JobStatus::Completed, JobStatus::Failed];
        ends.contains(&job.status)
    };
    let newest = || state.media_jobs.by_id.values().rev();
    let current = newest().filter(|job| !has_ended(job));
    let listed = Listed::new(current, newest().filter(has_ended), LATEST);
    json!(listed.map(|job| ListedJob {
        kind: job.settings.kind(),
        room: room_name(state, job.room_id),
        job: job_response(job),
        assets: assets(state, job).unwrap_or_default(),
    }))
}

/// Return the sessions: those that run, then the latest that have ended.
pub(super) fn sessions(state: &mut State) -> Value {
    let path = format!("/sessions?active=false&limit={LATEST_SESSIONS}");
    let ended = Call::get(&path).run(state).body.unwrap_or_default();
    let ended: Value = serde_json::from_slice(&ended).unwrap_or_default();
    let ended = ended["data"].as_array().cloned().unwrap_or_default();
    let seeded = state.seeded_sessions.iter().map(|some| some.count as usize);
    let all = state.sessions.len() + seeded.sum::<usize>();
    let running = state.sessions.running.values().rev();
    let running = running.filter_map(|id| stored_response(state, *id));
    let named = |session: Value| {
        let room = name_of(state, session["room_id"].as_str());
        json!({"session": session, "room": room})
    };
    let mut items: Vec<Value> = running.map(|session| named(json!(session))).collect();
    items.extend(ended.into_iter().map(named));
    json!({"left_out": all - items.len(), "items": items})
}

#[derive(Debug, Default)]
struct Answers<'a> {
    given: usize,
    votes: HashMap<i64, usize>,
    texts: Vec<&'a str>,
}

impl<'a> Answers<'a> {
    fn count(&mut self, response: &'a Response) {
        self.given += 1;
        let chosen = response
            .option
            .iter()
            .chain(response.options.iter().flatten());
        for option in chosen {
            *self.votes.entry(*option).or_default() += 1;
        }
        let text = response.text.as_deref().filter(|text| !text.is_empty());
        self.texts.extend(text);
    }
}

/// Return the polls: those that are open, then the latest others. All answers are counted.
pub(super) fn polls(state: &State) -> Value {
    let mut answers: HashMap<(ObjectId, i64), Answers<'_>> = HashMap::new();
    // The latest first.
    for response in state.poll_runs.responses.values().rev() {
        if !response.replaced {
            let key = (response.poll_id, response.question);
            answers.entry(key).or_default().count(response);
        }
    }
    let mut runs: HashMap<ObjectId, Vec<&Run>> = HashMap::new();
    for run in state.poll_runs.runs.values().rev() {
        runs.entry(run.poll_id).or_default().push(run);
    }
    let runs_of = |poll: &Poll| runs.get(&poll.id).map_or(&[][..], |runs| &runs[..]);
    let is_open = |poll: &&Poll| runs_of(poll).iter().any(|run| run.stopped_at.is_none());
    let newest = || state.polls.by_id.values().rev();
    let closed = newest().filter(|poll| !is_open(poll));
    let listed = Listed::new(newest().filter(is_open), closed, LATEST_POLLS);
    json!(listed.map(|poll| {
        let questions = poll.definition.questions.iter();
        let questions = questions
            .map(|question| shown_question(question, answers.get(&(poll.id, question.index))));
        json!({
            "id": poll.id,
            "title": poll.definition.title,
            "type": poll.definition.kind,
            "questions": questions.collect::<Vec<_>>(),
            "runs": shown_runs(state, runs_of(poll)),
        })
    }))
}

fn shown_question(question: &Question, answers: Option<&Answers<'_>>) -> Value {
    let votes = |index| answers.and_then(|answers| answers.votes.get(&index));
    let options = question.options.iter();
    let options = options
        .map(|option| json!({"text": option.text, "votes": votes(option.index).unwrap_or(&0)}));
    let texts = answers.map_or(&[][..], |answers| &answers.texts[..]);
    let listed = Listed::new([], texts, LATEST_TEXTS);
    json!({
        "text": question.text,
        "answers": answers.map_or(0, |answers| answers.given),
        "options": options.collect::<Vec<_>>(),
        "texts": listed,
    })
}

/// Return the runs that are open, then the latest others.
fn shown_runs(state: &State, runs: &[&Run]) -> Value {
    let (open, ended): (Vec<&Run>, Vec<&Run>) =
        runs.iter().partition(|run| run.stopped_at.is_none());
    json!(Listed::new(open, ended, LATEST_RUNS).map(|run| {
        let session = state.sessions.of_id(run.session_id);
        let room_id = session.map(|session| session.room_id);
        json!({
            "run": run_response(state, run.id),
            "room_id": room_id,
            "room": room_id.map(|id| room_name(state, id)),
        })
    }))
}
