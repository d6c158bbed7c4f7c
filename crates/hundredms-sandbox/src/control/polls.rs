//! Controls of polls: `start_poll`, `stop_poll`, `answer_poll`.

use serde::{Deserialize, Serialize};

use super::{
    definition::{Control, bytes},
    error::ControlError,
};
use crate::{
    clock::text,
    ids::ObjectId,
    resources::{
        poll_runs::{self, RunAnswer, Vote, Voter},
        poll_scores::Given,
    },
    state::State,
    world::World,
};

/// One run of a poll in a session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct PollRun {
    /// Id of the run.
    pub id: String,
    /// The poll.
    pub poll_id: String,
    /// The session in which it runs.
    pub session_id: String,
    /// When it was opened (RFC 3339).
    #[cfg_attr(feature = "schema", schemars(extend("format" = "date-time")))]
    pub started_at: String,
    /// When it was closed. `None` while it is open.
    #[cfg_attr(feature = "schema", schemars(extend("format" = "date-time")))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stopped_at: Option<String>,
    /// Number of received responses, including replaced ones.
    pub total_responses: usize,
    /// Number of participants who answered.
    pub unique_participants: usize,
}

/// A participant's answer to one question of a running poll.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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

/// A poll in the running session of a room.
#[derive(Debug, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(crate) struct PollInRoom {
    /// Id of the room.
    pub(crate) room_id: String,
    /// Id of the poll.
    pub(crate) poll_id: String,
}

impl PollInRoom {
    pub(crate) fn new(room_id: &str, poll_id: &str) -> Self {
        Self {
            room_id: room_id.into(),
            poll_id: poll_id.into(),
        }
    }
}

/// Open a poll.
#[derive(Debug, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub(crate) struct StartPoll(pub(crate) PollInRoom);

/// Close a poll.
#[derive(Debug, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub(crate) struct StopPoll(pub(crate) PollInRoom);

impl Control for StartPoll {
    type Answer = PollRun;

    fn run(self, world: &mut World) -> Result<PollRun, ControlError> {
        let PollInRoom { room_id, poll_id } = self.0;
        let session_id = running(&world.state, &room_id)?;
        let run = poll_runs::start(&mut world.state, &poll_id, session_id)?;
        poll_run(&world.state, run)
    }
}

impl Control for StopPoll {
    type Answer = PollRun;

    fn run(self, world: &mut World) -> Result<PollRun, ControlError> {
        let PollInRoom { room_id, poll_id } = self.0;
        let session_id = running(&world.state, &room_id)?;
        let run = poll_runs::stop(&mut world.state, &poll_id, session_id)?;
        poll_run(&world.state, run)
    }
}

fn poll_run(state: &State, id: ObjectId) -> Result<PollRun, ControlError> {
    let run = poll_runs::run_answer(state, id);
    run.map(PollRun::from)
        .ok_or_else(|| ControlError::not_found("no such poll runs"))
}

impl From<RunAnswer> for PollRun {
    fn from(run: RunAnswer) -> Self {
        Self {
            id: run.id.to_string(),
            poll_id: run.poll_id.to_string(),
            session_id: run.session_id.to_string(),
            started_at: text(run.started_at),
            stopped_at: run.stopped_at.map(text),
            total_responses: run.total_responses,
            unique_participants: run.unique_participants,
        }
    }
}

/// The running session of a room.
fn running(state: &State, room_id: &str) -> Result<ObjectId, ControlError> {
    let room = state.rooms.get(room_id)?;
    let session = state.sessions.running(room.id);
    let session = session.ok_or_else(|| ControlError::not_found("no session runs in the room"))?;
    Ok(session.id)
}

impl Control for PollAnswer {
    type Answer = PollAnswered;

    fn kept_bytes(&self) -> usize {
        let options = self
            .options
            .as_ref()
            .map_or(0, |options| size_of_val(options.as_slice()));
        self.poll_id.len()
            + options
            + bytes([&self.room_id, &self.text, &self.peer_id, &self.user_id])
    }

    fn run(self, world: &mut World) -> Result<PollAnswered, ControlError> {
        answer_poll(&mut world.state, self)
    }
}

fn answer_poll(state: &mut State, poll: PollAnswer) -> Result<PollAnswered, ControlError> {
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
    let counted = poll_runs::vote(state, &poll.poll_id, session_id, vote)?;
    Ok(PollAnswered {
        response_id: counted.response_id.to_string(),
        result_id: counted.result_id.to_string(),
        score: counted.score,
    })
}
