//! Polls in sessions: start, stop and vote.

use std::collections::BTreeMap;

use jiff::SignedDuration;
use serde::Serialize;

use crate::{
    api_response::ApiError,
    ids::ObjectId,
    rules::poll_scores::{Given, score},
    state::{
        Action, State,
        poll_runs::{CurrentAnswer, PollResult, Response, Run, Voter},
        polls::{QuestionKind, Start},
    },
};

/// An answer as a participant sends it.
#[derive(Debug, Clone)]
pub(crate) struct Vote {
    pub(crate) question: i64,
    pub(crate) given: Given,
    pub(crate) voter: Voter,
    /// Milliseconds; counted from the start of the run when missing.
    pub(crate) duration: Option<i64>,
}

/// The result of a vote.
#[derive(Debug, Serialize)]
pub(crate) struct RecordedVote {
    pub(crate) response_id: ObjectId,
    pub(crate) result_id: ObjectId,
    pub(crate) score: i64,
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
            state.schedule(end, CLOSE_ON_TIME, id.to_string());
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
        current_answers: BTreeMap::new(),
    };
    state.poll_runs.runs.insert(id, run);
    Ok(id)
}

const CLOSE_ON_TIME: Action = Action {
    run: close_on_time,
    applies: |state, run_id| {
        let id = run_id.parse().ok();
        let run = id.and_then(|id| state.poll_runs.runs.get(&id));
        run.is_some_and(|run| run.stopped_at.is_none())
    },
};

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
pub(crate) fn session_opened(state: &mut State, session_id: ObjectId) {
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
pub(crate) fn session_closed(state: &mut State, session_id: ObjectId) {
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
) -> Result<RecordedVote, ApiError> {
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
        .current_answers
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
        PollResult {
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
        let current_answers = CurrentAnswer {
            response: response_id,
            result: result_id,
            retries,
        };
        let answers = run.current_answers.entry(key).or_default();
        answers.insert(vote.question, current_answers);
    }
    Ok(RecordedVote {
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
