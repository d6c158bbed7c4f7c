//! The store of room codes.

use std::{collections::BTreeMap, iter};

use jiff::Timestamp;
use serde::Serialize;

use crate::{api_response::ApiError, clock, ids::ObjectId};

/// The maximum number of codes that a room may have.
const CODES_PER_ROOM: usize = 100;

/// A code, stored as in responses.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct RoomCode {
    pub(crate) code: String,
    pub(crate) room_id: ObjectId,
    pub(crate) role: String,
    pub(crate) enabled: bool,
    #[serde(serialize_with = "clock::serialize")]
    pub(crate) created_at: Timestamp,
    #[serde(serialize_with = "clock::serialize")]
    pub(crate) updated_at: Timestamp,
}

/// All codes, and those of each room in the order of making.
#[derive(Debug, Clone, Default)]
pub(crate) struct RoomCodes {
    pub(crate) by_code: BTreeMap<String, RoomCode>,
    pub(crate) by_room: BTreeMap<ObjectId, Vec<String>>,
}

impl RoomCodes {
    pub(crate) fn of_room(&self, room_id: ObjectId) -> impl Iterator<Item = &RoomCode> {
        self.by_room
            .get(&room_id)
            .into_iter()
            .flatten()
            .filter_map(|code| self.by_code.get(code))
    }

    pub(crate) fn get(&self, code: &str) -> Option<&RoomCode> {
        self.by_code.get(code)
    }

    pub(crate) fn len(&self) -> usize {
        self.by_code.len()
    }

    /// Make a code, or say that the room has as many as it may.
    pub(crate) fn add(
        &mut self,
        room_id: ObjectId,
        role: &str,
        now: Timestamp,
    ) -> Result<RoomCode, ApiError> {
        let of_room = self.by_room.entry(room_id).or_default();
        if of_room.len() == CODES_PER_ROOM {
            return Err(ApiError::forbidden("Room code limit reached")
                .detail("a room has at most 100 room codes"));
        }
        let code = loop {
            let code = random_code();
            if !self.by_code.contains_key(&code) {
                break code;
            }
        };
        of_room.push(code.clone());
        let stored = RoomCode {
            code: code.clone(),
            room_id,
            role: role.into(),
            enabled: true,
            created_at: now,
            updated_at: now,
        };
        self.by_code.insert(code, stored.clone());
        Ok(stored)
    }

    pub(crate) fn set_enabled(&mut self, code: &str, enabled: bool, now: Timestamp) {
        if let Some(code) = self.by_code.get_mut(code) {
            code.enabled = enabled;
            code.updated_at = now;
        }
    }
}

/// Three, four and three lower-case letters.
fn random_code() -> String {
    let letters = |count| iter::repeat_with(fastrand::lowercase).take(count);
    letters(3)
        .chain(['-'])
        .chain(letters(4))
        .chain(['-'])
        .chain(letters(3))
        .collect()
}

pub(crate) fn code_not_found() -> ApiError {
    ApiError::not_found("Code not found")
}
