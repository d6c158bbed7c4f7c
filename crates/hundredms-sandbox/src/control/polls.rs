//! Controls of polls: `start_poll`, `stop_poll`, `answer_poll`.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Control, ControlError, answer, read};
use crate::{
    api::poll_runs as api_poll_runs,
    ids::ObjectId,
    rules::{
        poll_runs::{self, Vote},
        poll_scores::Given,
    },
    sandbox_state::SandboxState,
    state::{State, poll_runs::Voter},
};

pub(super) const CONTROLS: &[Control] = &[
    Control::new("start_poll", start_poll),
    Control::new("stop_poll", stop_poll),
    Control::new("answer_poll", answer_poll).keeping(),
];

/// One run of a poll in a session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct PollRun {
    /// Id of the run.
    pub id: String,
    /// The poll.
    pub poll_id: String,
    /// The session in which it runs.
    pub session_id: String,
    /// When it was opened (RFC 3339).
    pub started_at: String,
    /// When it was closed. `None` while it is open.
    pub stopped_at: Option<String>,
    /// Number of received responses, including replaced ones.
    pub total_responses: usize,
    /// Number of participants who answered.
    pub unique_participants: usize,
}

/// A participant's answer to one question of a running poll.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct PollAnswer {
    /// The poll.
    pub poll_id: String,
    /// The room in whose running session the poll is open. Optional with a `peer_id`.
    pub room_id: Option<String>,
    /// Index of the question.
    pub question: i64,
    /// The chosen option of a question that takes one.
    pub option: Option<i64>,
    /// The chosen options of a question that takes several.
    pub options: Option<Vec<i64>>,
    /// The text for a question that takes text.
    pub text: Option<String>,
    /// Skips the question.
    pub skipped: bool,
    /// The connected peer that answers.
    pub peer_id: Option<String>,
    /// The user who answers, instead of `peer_id`: the connected peer with this user id.
    pub user_id: Option<String>,
    /// How long the participant took, in milliseconds. Defaults to the time since the poll was opened.
    pub duration: Option<i64>,
}

impl PollAnswer {
    /// An answer of a connected peer.
    pub fn by_peer(peer_id: impl Into<String>, poll_id: impl Into<String>, question: i64) -> Self {
        Self {
            poll_id: poll_id.into(),
            question,
            peer_id: Some(peer_id.into()),
            ..Self::default()
        }
    }

    /// An answer of the peer with this user id that is connected to the room.
    pub fn by_user(
        room_id: impl Into<String>,
        user_id: impl Into<String>,
        poll_id: impl Into<String>,
        question: i64,
    ) -> Self {
        Self {
            poll_id: poll_id.into(),
            room_id: Some(room_id.into()),
            question,
            user_id: Some(user_id.into()),
            ..Self::default()
        }
    }

    /// Set one chosen option.
    pub fn option(mut self, index: i64) -> Self {
        self.option = Some(index);
        self
    }

    /// Set the chosen options.
    pub fn options(mut self, indexes: impl IntoIterator<Item = i64>) -> Self {
        self.options = Some(indexes.into_iter().collect());
        self
    }

    /// Set the text.
    pub fn text(mut self, text: impl Into<String>) -> Self {
        self.text = Some(text.into());
        self
    }

    /// Skips the question.
    pub fn skipped(mut self) -> Self {
        self.skipped = true;
        self
    }

    /// Set how many milliseconds the participant took.
    pub fn duration(mut self, milliseconds: i64) -> Self {
        self.duration = Some(milliseconds);
        self
    }
}

/// The result of an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct PollAnswered {
    /// Id of the response.
    pub response_id: String,
    /// Id of the result. Later answers of the participant to this question have the same.
    pub result_id: String,
    /// Points. In a quiz, the weight of the question if the answer is right. In a poll, that weight times the weights of the chosen
    /// options.
    pub score: i64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PollInRoom {
    room_id: String,
    poll_id: String,
}

fn start_poll(sandbox: &mut SandboxState, arguments: Value) -> Result<Value, ControlError> {
    let PollInRoom { room_id, poll_id } = read(arguments)?;
    let session_id = running(&sandbox.state, &room_id)?;
    let run = poll_runs::start(&mut sandbox.state, &poll_id, session_id)?;
    run_answer(&sandbox.state, run)
}

fn stop_poll(sandbox: &mut SandboxState, arguments: Value) -> Result<Value, ControlError> {
    let PollInRoom { room_id, poll_id } = read(arguments)?;
    let session_id = running(&sandbox.state, &room_id)?;
    let run = poll_runs::stop(&mut sandbox.state, &poll_id, session_id)?;
    run_answer(&sandbox.state, run)
}

fn run_answer(state: &State, id: ObjectId) -> Result<Value, ControlError> {
    answer(&api_poll_runs::run_response(state, id))
}

/// The running session of a room.
fn running(state: &State, room_id: &str) -> Result<ObjectId, ControlError> {
    let room = state.rooms.get(room_id)?;
    let session = state.sessions.running(room.id);
    let session = session.ok_or_else(|| ControlError::not_found("no session runs in the room"))?;
    Ok(session.id)
}

fn answer_poll(sandbox: &mut SandboxState, arguments: Value) -> Result<Value, ControlError> {
    let poll: PollAnswer = read(arguments)?;
    let state = &mut sandbox.state;
    let given = match (poll.skipped, poll.option, poll.options, poll.text) {
        (true, None, None, None) => Given::Skipped,
        (false, Some(option), None, None) => Given::Options(vec![option]),
        (false, None, Some(options), None) => Given::Options(options),
        (false, None, None, Some(text)) => Given::Text(text),
        _ => {
            return Err(ControlError::invalid(
                "an answer is one of option, options, text and skipped",
            ));
        }
    };
    let room = poll.room_id.map(|id| running(state, &id)).transpose()?;
    let (session, peer) = match (poll.peer_id, poll.user_id, room) {
        (Some(peer_id), None, room) => state
            .sessions
            .peer(&peer_id)
            .filter(|(session, _)| room.is_none_or(|id| id == session.id)),
        (None, Some(user_id), Some(room)) => state.sessions.of_id(room).and_then(|session| {
            let peer = session.connected().find(|peer| peer.user_id == user_id)?;
            Some((session, peer))
        }),
        _ => {
            return Err(ControlError::invalid(
                "an answer comes from a peer_id, or from a room_id and a user_id",
            ));
        }
    }
    .filter(|(_, peer)| peer.is_connected())
    .ok_or_else(|| ControlError::not_found("no such peer is connected"))?;
    let session_id = session.id;
    let vote = Vote {
        question: poll.question,
        given,
        voter: Voter {
            peer_id: peer.id.clone(),
            user_id: Some(peer.user_id.clone()).filter(|id| !id.is_empty()),
        },
        duration: poll.duration,
    };
    answer(&poll_runs::vote(state, &poll.poll_id, session_id, vote)?)
}
