//! Control of messages in rooms: `messages`.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{Control, ControlError, answer, read};
use crate::{clock::text, sandbox_state::SandboxState, state::State};

pub(super) const CONTROLS: &[Control] = &[Control::new("messages", messages)];

/// A message that the API sent to a room.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct RoomMessage {
    /// The session that was running.
    pub session_id: String,
    /// The text.
    pub message: String,
    /// The label of the message for client apps. Defaults to `chat`.
    #[serde(rename = "type")]
    pub kind: String,
    /// Ids of its recipients.
    pub recipients: Vec<String>,
    /// When it was sent (RFC 3339).
    pub sent_at: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Messages {
    room_id: String,
}

fn messages(sandbox: &mut SandboxState, arguments: Value) -> Result<Value, ControlError> {
    let Messages { room_id } = read(arguments)?;
    let messages = of_room(&sandbox.state, &room_id)?;
    Ok(json!({"messages": answer(&messages)?}))
}

/// The messages of all sessions of a room, oldest first.
pub(crate) fn of_room(state: &State, room_id: &str) -> Result<Vec<RoomMessage>, ControlError> {
    let room = state.rooms.get(room_id)?;
    let sessions = state.sessions.of_room(room.id).rev();
    Ok(sessions
        .flat_map(|session| session.messages.iter().map(move |sent| (session.id, sent)))
        .map(|(session_id, sent)| RoomMessage {
            session_id: session_id.to_string(),
            message: sent.message.clone(),
            kind: sent.kind.clone(),
            recipients: sent.recipients.clone(),
            sent_at: text(sent.sent_at),
        })
        .collect())
}
