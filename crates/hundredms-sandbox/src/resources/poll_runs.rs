//! Polls in sessions: runs, responses and results, all below `/polls/{poll_id}`.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use serde::Serialize;
use serde_json::json;

use super::{
    poll_scores::{Given, score},
    polls::{Definition, Mode, QuestionKind, Start},
    session_hooks::Ending,
};
use crate::{
    answer::{Answer, ApiError},
    clock,
    ids::ObjectId,
    operations::Operation,
    paging::{self, Last, Page},
    request::Request,
    state::State,
};

// The same handler serves a path with and without a session: without one it covers all sessions of the poll.
pub(crate) const OPERATIONS: &[Operation] = &[
    Operation::new(
        "polls.list_responses",
        "GET",
        "/polls/{poll_id}/responses",
        list_responses,
    ),
    Operation::new(
        "polls.get_response",
        "GET",
        "/polls/{poll_id}/responses/{response_id}",
        get_response,
    ),
    Operation::new(
        "polls.list_results",
        "GET",
        "/polls/{poll_id}/results",
        list_results,
    ),
    Operation::new(
        "polls.get_result",
        "GET",
        "/polls/{poll_id}/results/{result_id}",
        get_result,
    ),
    Operation::new(
        "polls.list_sessions",
        "GET",
        "/polls/{poll_id}/sessions",
        list_runs,
    ),
    Operation::new(
        "polls.get_session",
        "GET",
        "/polls/{poll_id}/sessions/{session_id}",
        list_runs,
    ),
    Operation::new(
        "polls.list_session_responses",
        "GET",
        "/polls/{poll_id}/sessions/{session_id}/responses",
        list_responses,
    ),
    Operation::new(
        "polls.get_session_response",
        "GET",
        "/polls/{poll_id}/sessions/{session_id}/responses/{response_id}",
        get_response,
    ),
    Operation::new(
        "polls.list_session_results",
        "GET",
        "/polls/{poll_id}/sessions/{session_id}/results",
        list_results,
    ),
    Operation::new(
        "polls.get_session_result",
        "GET",
        "/polls/{poll_id}/sessions/{session_id}/results/{result_id}",
        get_result,
    ),
];

/// One run of a poll in a session.
#[derive(Debug, Clone)]
pub(crate) struct Run {
    id: ObjectId,
    poll_id: ObjectId,
    session_id: ObjectId,
    /// The poll as it was at the start. Later changes do not affect runs.
    poll: Definition,
    started_at: Timestamp,
    stopped_at: Option<Timestamp>,
    received: usize,
    /// The standing answers, by voter and question.
    standing: BTreeMap<String, BTreeMap<i64, Standing>>,
}

#[derive(Debug, Clone, Copy)]
struct Standing {
    response: ObjectId,
    result: ObjectId,
    retries: u32,
}

/// An answer to one question, stored as in responses.
#[derive(Debug, Clone, Serialize)]
struct Response {
    id: ObjectId,
    poll_id: ObjectId,
    session_id: ObjectId,
    question: i64,
    #[serde(rename = "type")]
    kind: QuestionKind,
    duration: i64,
    skipped: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    option: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    options: Option<Vec<i64>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<String>,
    update: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    original_response: Option<ObjectId>,
    retries: u32,
    #[serde(serialize_with = "clock::serialize")]
    sent_at: Timestamp,
    /// None in anonymous polls.
    #[serde(flatten)]
    voter: Option<Voter>,
    /// A later response replaces this one.
    #[serde(skip)]
    replaced: bool,
}

/// The score of one voter for one question, stored as in responses.
#[derive(Debug, Clone, Serialize)]
struct Scored {
    id: ObjectId,
    poll_id: ObjectId,
    session_id: ObjectId,
    question: i64,
    duration: i64,
    /// None in anonymous polls.
    #[serde(flatten)]
    voter: Option<Voter>,
    score: i64,
}

/// Who answered.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Voter {
    pub(crate) peer_id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) user_id: Option<String>,
}

impl Voter {
    /// The identity that counts as one voter. A peer without a user id counts as itself.
    fn key(&self, mode: Mode) -> String {
        match (mode, &self.user_id) {
            (Mode::UserId, Some(user_id)) => format!("user {user_id}"),
            (Mode::UserId, None) | (Mode::PeerId, _) => format!("peer {}", self.peer_id),
        }
    }
}

/// An answer as a participant sends it.
#[derive(Debug, Clone)]
pub(crate) struct Vote {
    pub(crate) question: i64,
    pub(crate) given: Given,
    pub(crate) voter: Voter,
    /// Milliseconds; counted from the start of the run when missing.
    pub(crate) duration: Option<i64>,
}

/// What came of a vote.
#[derive(Debug, Serialize)]
pub(crate) struct Counted {
    pub(crate) response_id: ObjectId,
    pub(crate) result_id: ObjectId,
    pub(crate) score: i64,
}

/// Runs, responses and results of all polls.
#[derive(Debug, Clone, Default)]
pub(crate) struct PollRuns {
    runs: BTreeMap<ObjectId, Run>,
    responses: BTreeMap<ObjectId, Response>,
    results: BTreeMap<ObjectId, Scored>,
}

impl PollRuns {
    /// The run of a poll that is open in a session.
    fn open(&self, poll_id: ObjectId, session_id: ObjectId) -> Option<&Run> {
        self.runs.values().rev().find(|run| {
            run.poll_id == poll_id && run.session_id == session_id && run.stopped_at.is_none()
        })
    }

    fn stop(&mut self, id: ObjectId, now: Timestamp) {
        if let Some(run) = self.runs.get_mut(&id) {
            run.stopped_at.get_or_insert(now);
        }
    }
}

/// Open a poll in a running session. 409 when it is open there already.
pub(crate) fn start(
    state: &mut State,
    poll_id: &str,
    session_id: ObjectId,
) -> Result<ObjectId, ApiError> {
    let poll = state.polls.get(poll_id)?;
    let (poll_id, poll) = (poll.id, poll.definition.clone());
    if state.poll_runs.open(poll_id, session_id).is_some() {
        return Err(ApiError::new(409, "the poll is running in this session"));
    }
    let (id, started_at) = (state.new_id(), state.now());
    let duration = SignedDuration::from_secs(poll.duration);
    if poll.duration > 0 {
        if let Ok(end) = started_at.checked_add(duration) {
            state.schedule(end, close_on_time, id.to_string());
        }
    }
    let run = Run {
        id,
        poll_id,
        session_id,
        poll,
        started_at,
        stopped_at: None,
        received: 0,
        standing: BTreeMap::new(),
    };
    state.poll_runs.runs.insert(id, run);
    Ok(id)
}

fn close_on_time(state: &mut State, run_id: &str) {
    if let Ok(id) = run_id.parse() {
        let now = state.now();
        state.poll_runs.stop(id, now);
    }
}

/// Close the open run of a poll in a session. 404 if there is none.
pub(crate) fn stop(
    state: &mut State,
    poll_id: &str,
    session_id: ObjectId,
) -> Result<ObjectId, ApiError> {
    let id = open_run(state, poll_id, session_id)?.id;
    let now = state.now();
    state.poll_runs.stop(id, now);
    Ok(id)
}

/// Start the polls of a session's room that start automatically.
pub(super) fn session_opened(state: &mut State, session_id: ObjectId) {
    let Some(session) = state.sessions.of_id(session_id) else {
        return;
    };
    let polls = state.rooms.of_id(session.room_id).polls.clone();
    for poll_id in polls.unwrap_or_default() {
        let poll = state.polls.get(&poll_id);
        if poll.is_ok_and(|poll| poll.definition.start == Start::Auto) {
            // Refused only when the room names the poll twice: it runs already.
            let _ = start(state, &poll_id, session_id);
        }
    }
}

/// Close the polls that are open in a session.
pub(super) fn session_closed(state: &mut State, session_id: ObjectId, _: Ending) {
    let now = state.now();
    let of_session = |run: &&mut Run| run.session_id == session_id;
    for run in state.poll_runs.runs.values_mut().filter(of_session) {
        run.stopped_at.get_or_insert(now);
    }
}

/// Take an answer to a question of a poll that is open in the session.
pub(crate) fn vote(
    state: &mut State,
    poll_id: &str,
    session_id: ObjectId,
    vote: Vote,
) -> Result<Counted, ApiError> {
    let run = open_run(state, poll_id, session_id)?;
    let question = run
        .poll
        .questions
        .iter()
        .find(|question| question.index == vote.question)
        .ok_or_else(|| ApiError::not_found("Question not found"))?;
    question.check(&vote.given)?;
    let key = vote.voter.key(run.poll.mode);
    let before = run
        .standing
        .get(&key)
        .and_then(|answers| answers.get(&vote.question))
        .copied();
    if before.is_some() && question.once {
        return Err(ApiError::new(409, "the question takes one answer only"));
    }

    let now = state.now();
    let elapsed = now.as_millisecond() - run.started_at.as_millisecond();
    let duration = vote.duration.unwrap_or(elapsed);
    let score = score(&run.poll, question, &vote.given);
    let kind = question.effective_kind();
    let voter = Some(vote.voter).filter(|_| !run.poll.anonymous);
    let (skipped, chosen, text) = match vote.given {
        Given::Skipped => (true, None, None),
        Given::Options(chosen) => (false, Some(chosen), None),
        Given::Text(text) => (false, None, Some(text)),
    };
    let (option, options) = match (kind, chosen) {
        (QuestionKind::SingleChoice, Some(chosen)) => (chosen.first().copied(), None),
        (_, chosen) => (None, chosen),
    };
    let (run_id, poll_id) = (run.id, run.poll_id);
    let response_id = state.new_id();
    let result_id = before.map_or_else(|| state.new_id(), |before| before.result);
    let retries = before.map_or(0, |before| before.retries + 1);

    let records = &mut state.poll_runs;
    if let Some(before) = before.and_then(|before| records.responses.get_mut(&before.response)) {
        before.replaced = true;
    }
    records.responses.insert(
        response_id,
        Response {
            id: response_id,
            poll_id,
            session_id,
            question: vote.question,
            kind,
            duration,
            skipped,
            option,
            options,
            text,
            update: before.is_some(),
            original_response: before.map(|before| before.response),
            retries,
            sent_at: now,
            voter: voter.clone(),
            replaced: false,
        },
    );
    records.results.insert(
        result_id,
        Scored {
            id: result_id,
            poll_id,
            session_id,
            question: vote.question,
            duration,
            voter,
            score,
        },
    );
    if let Some(run) = records.runs.get_mut(&run_id) {
        run.received += 1;
        let standing = Standing {
            response: response_id,
            result: result_id,
            retries,
        };
        let answers = run.standing.entry(key).or_default();
        answers.insert(vote.question, standing);
    }
    Ok(Counted {
        response_id,
        result_id,
        score,
    })
}

fn open_run<'a>(
    state: &'a State,
    poll_id: &str,
    session_id: ObjectId,
) -> Result<&'a Run, ApiError> {
    let poll_id = state.polls.get(poll_id)?.id;
    state
        .poll_runs
        .open(poll_id, session_id)
        .ok_or_else(|| ApiError::not_found("the poll is not running in this session"))
}

/// The scope of a request: a poll, in one session or in all.
struct Scope {
    poll_id: ObjectId,
    session_id: Option<ObjectId>,
}

impl Scope {
    /// 404 if the poll does not exist, or never ran in the session.
    fn of(state: &State, request: &Request) -> Result<Self, ApiError> {
        let poll_id = state.polls.get(request.argument("poll_id"))?.id;
        let mut scope = Self {
            poll_id,
            session_id: None,
        };
        let session_id = request.argument("session_id");
        if !session_id.is_empty() {
            scope.session_id = session_id.parse().ok();
            let mut runs = state.poll_runs.runs.values();
            if scope.session_id.is_none()
                || !runs.any(|run| scope.holds(run.poll_id, run.session_id))
            {
                return Err(
                    ApiError::not_found("Session not found").detail("the poll never ran in it")
                );
            }
        }
        Ok(scope)
    }

    fn holds(&self, poll_id: ObjectId, session_id: ObjectId) -> bool {
        poll_id == self.poll_id && self.session_id.is_none_or(|id| id == session_id)
    }
}

fn list_runs(state: &mut State, request: &Request) -> Result<Answer, ApiError> {
    let scope = Scope::of(state, request)?;
    let limit = paging::limit(request)?;
    let runs = paging::newest_first(&state.poll_runs.runs, request)?
        .filter(|run| scope.holds(run.poll_id, run.session_id));
    let page = Page::take(limit, Last::OfPage, runs, |run| {
        (run.id.to_string(), RunAnswer::of(run))
    });
    Ok(Answer::ok(
        &json!({"last": page.last, "limit": page.limit, "responses": page.data}),
    ))
}

fn list_responses(state: &mut State, request: &Request) -> Result<Answer, ApiError> {
    let scope = Scope::of(state, request)?;
    let limit = paging::limit(request)?;
    let all = request.query_bool("all")?.unwrap_or(false);
    let question = request.query_integer("question")?;
    let responses = paging::newest_first(&state.poll_runs.responses, request)?.filter(|response| {
        scope.holds(response.poll_id, response.session_id)
            && (all || !response.replaced)
            && question.is_none_or(|question| response.question == question)
    });
    let page = Page::take(limit, Last::OfPage, responses, |response| {
        (response.id.to_string(), response)
    });
    Ok(Answer::ok(
        &json!({"last": page.last, "limit": page.limit, "responses": page.data}),
    ))
}

fn list_results(state: &mut State, request: &Request) -> Result<Answer, ApiError> {
    let scope = Scope::of(state, request)?;
    let limit = paging::limit(request)?;
    let question = request.query_integer("question")?;
    let results = paging::newest_first(&state.poll_runs.results, request)?.filter(|result| {
        scope.holds(result.poll_id, result.session_id)
            && question.is_none_or(|question| result.question == question)
    });
    let page = Page::take(limit, Last::OfPage, results, |result| {
        (result.id.to_string(), result)
    });
    Ok(Answer::ok(
        &json!({"last": page.last, "limit": page.limit, "results": page.data}),
    ))
}

fn get_response(state: &mut State, request: &Request) -> Result<Answer, ApiError> {
    let scope = Scope::of(state, request)?;
    let id = request.argument("response_id").parse().ok();
    id.and_then(|id| state.poll_runs.responses.get(&id))
        .filter(|response| scope.holds(response.poll_id, response.session_id))
        .map(Answer::ok)
        .ok_or_else(|| ApiError::not_found("Response not found"))
}

fn get_result(state: &mut State, request: &Request) -> Result<Answer, ApiError> {
    let scope = Scope::of(state, request)?;
    let id = request.argument("result_id").parse().ok();
    id.and_then(|id| state.poll_runs.results.get(&id))
        .filter(|result| scope.holds(result.poll_id, result.session_id))
        .map(Answer::ok)
        .ok_or_else(|| ApiError::not_found("Result not found"))
}

/// A run as the API and the controls show it.
#[derive(Debug, Serialize)]
pub(crate) struct RunAnswer {
    pub(crate) id: ObjectId,
    pub(crate) poll_id: ObjectId,
    pub(crate) session_id: ObjectId,
    #[serde(serialize_with = "clock::serialize")]
    pub(crate) started_at: Timestamp,
    #[serde(
        serialize_with = "clock::serialize_option",
        skip_serializing_if = "Option::is_none"
    )]
    pub(crate) stopped_at: Option<Timestamp>,
    pub(crate) total_responses: usize,
    pub(crate) unique_participants: usize,
}

impl RunAnswer {
    fn of(run: &Run) -> Self {
        Self {
            id: run.id,
            poll_id: run.poll_id,
            session_id: run.session_id,
            started_at: run.started_at,
            stopped_at: run.stopped_at,
            total_responses: run.received,
            unique_participants: run.standing.len(),
        }
    }
}

/// The run with this id, as it is answered.
pub(crate) fn run_answer(state: &State, id: ObjectId) -> Option<RunAnswer> {
    state.poll_runs.runs.get(&id).map(RunAnswer::of)
}
