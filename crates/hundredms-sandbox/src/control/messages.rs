//! Control of messages in rooms: `messages`.

use serde::{Deserialize, Serialize};

use super::{definition::Control, error::ControlError};
use crate::{clock::text, state::State, world::World};

/// A message that the API sent to a room.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "Message"))]
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
    #[cfg_attr(feature = "schema", schemars(extend("format" = "date-time")))]
    pub sent_at: String,
}

/// Return the messages.
#[derive(Debug, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(crate) struct ListMessages {
    /// Id of the room.
    room_id: String,
}

/// All messages.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(crate) struct Messages {
    /// Oldest first.
    messages: Vec<RoomMessage>,
}

impl Control for ListMessages {
    type Answer = Messages;

    fn run(self, world: &mut World) -> Result<Messages, ControlError> {
        let messages = of_room(&world.state, &self.room_id)?;
        Ok(Messages { messages })
    }
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
