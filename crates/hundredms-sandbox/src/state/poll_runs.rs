//! The store of polls in sessions: runs, responses and results.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::Serialize;

use crate::{
    clock,
    ids::ObjectId,
    state::polls::{Definition, Mode, QuestionKind},
};

/// One run of a poll in a session.
#[derive(Debug, Clone)]
pub(crate) struct Run {
    pub(crate) id: ObjectId,
    pub(crate) poll_id: ObjectId,
    pub(crate) session_id: ObjectId,
    /// The poll as it was at the start. Later changes do not affect runs.
    pub(crate) poll: Definition,
    pub(crate) started_at: Timestamp,
    pub(crate) stopped_at: Option<Timestamp>,
    pub(crate) received: usize,
    /// The current answers, by voter and question.
    pub(crate) current_answers: BTreeMap<String, BTreeMap<i64, CurrentAnswer>>,
}

#[derive(Debug, Clone, Copy)]
pub(crate) struct CurrentAnswer {
    pub(crate) response: ObjectId,
    pub(crate) result: ObjectId,
    pub(crate) retries: u32,
}

/// An answer to one question, stored as in responses.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Response {
    pub(crate) id: ObjectId,
    pub(crate) poll_id: ObjectId,
    pub(crate) session_id: ObjectId,
    pub(crate) question: i64,
    #[serde(rename = "type")]
    pub(crate) kind: QuestionKind,
    pub(crate) duration: i64,
    pub(crate) skipped: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) option: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) options: Option<Vec<i64>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) text: Option<String>,
    pub(crate) update: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) original_response: Option<ObjectId>,
    pub(crate) retries: u32,
    #[serde(serialize_with = "clock::serialize")]
    pub(crate) sent_at: Timestamp,
    /// None in anonymous polls.
    #[serde(flatten)]
    pub(crate) voter: Option<Voter>,
    /// A later response replaces this one.
    #[serde(skip)]
    pub(crate) replaced: bool,
}

/// The score of one voter for one question, stored as in responses.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct PollResult {
    pub(crate) id: ObjectId,
    pub(crate) poll_id: ObjectId,
    pub(crate) session_id: ObjectId,
    pub(crate) question: i64,
    pub(crate) duration: i64,
    /// None in anonymous polls.
    #[serde(flatten)]
    pub(crate) voter: Option<Voter>,
    pub(crate) score: i64,
}

/// Who answered.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Voter {
    pub(crate) peer_id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) user_id: Option<String>,
}

impl Voter {
    /// Return the identity that counts as one voter. A peer without a user id counts as itself.
    pub(crate) fn key(&self, mode: Mode) -> String {
        match (mode, &self.user_id) {
            (Mode::UserId, Some(user_id)) => format!("user {user_id}"),
            (Mode::UserId, None) | (Mode::PeerId, _) => format!("peer {}", self.peer_id),
        }
    }
}

/// Runs, responses and results of all polls.
#[derive(Debug, Clone, Default)]
pub(crate) struct PollRuns {
    pub(crate) runs: BTreeMap<ObjectId, Run>,
    pub(crate) responses: BTreeMap<ObjectId, Response>,
    pub(crate) results: BTreeMap<ObjectId, PollResult>,
}

impl PollRuns {
    /// Return the run of a poll that is open in a session.
    pub(crate) fn open(&self, poll_id: ObjectId, session_id: ObjectId) -> Option<&Run> {
        self.runs.values().rev().find(|run| {
            run.poll_id == poll_id && run.session_id == session_id && run.stopped_at.is_none()
        })
    }

    pub(crate) fn stop(&mut self, id: ObjectId, now: Timestamp) {
        if let Some(run) = self.runs.get_mut(&id) {
            run.stopped_at.get_or_insert(now);
        }
    }
}
