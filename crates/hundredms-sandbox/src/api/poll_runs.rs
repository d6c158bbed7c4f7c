//! Polls in sessions: runs, responses and results, all below `/polls/{poll_id}`.

use jiff::Timestamp;
use serde::Serialize;
use serde_json::json;

use crate::{
    api::operation::Operation,
    api_response::{ApiError, ApiResponse},
    clock,
    ids::ObjectId,
    paging::{self, Last, Page},
    request::Request,
    state::{State, poll_runs::Run},
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

/// The scope of a request: a poll, in one session or in all.
struct Scope {
    poll_id: ObjectId,
    session_id: Option<ObjectId>,
}

impl Scope {
    /// Return the scope of a request. 404 if the poll does not exist, or never ran in the session.
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

fn list_runs(state: &mut State, request: &Request) -> Result<ApiResponse, ApiError> {
    let scope = Scope::of(state, request)?;
    let limit = paging::limit(request)?;
    let runs = paging::newest_first(&state.poll_runs.runs, request)?
        .filter(|run| scope.holds(run.poll_id, run.session_id));
    let page = Page::take(limit, Last::OfPage, runs, |run| {
        (run.id.to_string(), RunResponse::of(run))
    });
    Ok(ApiResponse::ok(
        &json!({"last": page.last, "limit": page.limit, "responses": page.data}),
    ))
}

fn list_responses(state: &mut State, request: &Request) -> Result<ApiResponse, ApiError> {
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
    Ok(ApiResponse::ok(
        &json!({"last": page.last, "limit": page.limit, "responses": page.data}),
    ))
}

fn list_results(state: &mut State, request: &Request) -> Result<ApiResponse, ApiError> {
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
    Ok(ApiResponse::ok(
        &json!({"last": page.last, "limit": page.limit, "results": page.data}),
    ))
}

fn get_response(state: &mut State, request: &Request) -> Result<ApiResponse, ApiError> {
    let scope = Scope::of(state, request)?;
    let id = request.argument("response_id").parse().ok();
    id.and_then(|id| state.poll_runs.responses.get(&id))
        .filter(|response| scope.holds(response.poll_id, response.session_id))
        .map(ApiResponse::ok)
        .ok_or_else(|| ApiError::not_found("Response not found"))
}

fn get_result(state: &mut State, request: &Request) -> Result<ApiResponse, ApiError> {
    let scope = Scope::of(state, request)?;
    let id = request.argument("result_id").parse().ok();
    id.and_then(|id| state.poll_runs.results.get(&id))
        .filter(|result| scope.holds(result.poll_id, result.session_id))
        .map(ApiResponse::ok)
        .ok_or_else(|| ApiError::not_found("Result not found"))
}

/// A run as the API and the controls show it.
#[derive(Debug, Serialize)]
pub(crate) struct RunResponse {
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

impl RunResponse {
    fn of(run: &Run) -> Self {
        Self {
            id: run.id,
            poll_id: run.poll_id,
            session_id: run.session_id,
            started_at: run.started_at,
            stopped_at: run.stopped_at,
            total_responses: run.received,
            unique_participants: run.current_answers.len(),
        }
    }
}

/// Return the response body for the run with this id.
pub(crate) fn run_response(state: &State, id: ObjectId) -> Option<RunResponse> {
    state.poll_runs.runs.get(&id).map(RunResponse::of)
}
