//! The store of rooms.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde_json::Value;

use crate::{api_response::ApiError, ids::ObjectId};

/// A room as stored.
#[derive(Debug, Clone)]
pub(crate) struct Room {
    pub(crate) id: ObjectId,
    pub(crate) name: String,
    pub(crate) enabled: bool,
    pub(crate) description: String,
    pub(crate) template_id: ObjectId,
    /// None while the room follows its template.
    pub(crate) recording_info: Option<Value>,
    /// None for the template's region.
    pub(crate) region: Option<String>,
    pub(crate) large_room: Option<bool>,
    pub(crate) size: Option<i64>,
    pub(crate) max_duration_seconds: Option<i64>,
    pub(crate) polls: Option<Vec<String>>,
    /// `{url, headers?}`; replaces the workspace's webhook for this room.
    pub(crate) webhook: Option<Value>,
    pub(crate) created_at: Timestamp,
    pub(crate) updated_at: Timestamp,
}

/// All rooms, by id and by name without regard to case.
#[derive(Debug, Clone, Default)]
pub(crate) struct Rooms {
    pub(crate) by_id: BTreeMap<ObjectId, Room>,
    pub(crate) by_name: BTreeMap<String, ObjectId>,
    /// Whether any room has its own webhook.
    pub(crate) some_webhook: bool,
    /// The names `room-1` to this one are taken.
    pub(crate) seeded: usize,
}

impl Rooms {
    /// Whether any room has its own webhook.
    pub(crate) fn have_webhooks(&self) -> bool {
        self.some_webhook
    }

    /// Return the room with this id. 404 if there is none.
    pub(crate) fn get(&self, id: &str) -> Result<&Room, ApiError> {
        id.parse()
            .ok()
            .and_then(|id| self.by_id.get(&id))
            .ok_or_else(room_not_found)
    }

    /// Return the room of an id taken from a room: rooms are never deleted.
    pub(crate) fn of_id(&self, id: ObjectId) -> &Room {
        &self.by_id[&id]
    }

    pub(crate) fn get_mut(&mut self, id: &str) -> Result<&mut Room, ApiError> {
        id.parse()
            .ok()
            .and_then(|id| self.by_id.get_mut(&id))
            .ok_or_else(room_not_found)
    }

    /// Return the room with this id. 403 if it is disabled.
    pub(crate) fn enabled(&self, id: &str) -> Result<&Room, ApiError> {
        let room = self.get(id)?;
        if room.enabled {
            Ok(room)
        } else {
            Err(ApiError::forbidden("Room is disabled (not active)"))
        }
    }

    /// Return the id of the room that has this name in any case.
    pub(crate) fn named(&self, name: &str) -> Option<ObjectId> {
        self.by_name.get(&name.to_lowercase()).copied()
    }

    pub(crate) fn len(&self) -> usize {
        self.by_id.len()
    }

    /// Add a room with default settings. The name must be free.
    pub(crate) fn add(
        &mut self,
        id: ObjectId,
        name: String,
        template_id: ObjectId,
        now: Timestamp,
    ) {
        self.by_name.insert(name.to_lowercase(), id);
        let room = Room {
            id,
            name,
            enabled: true,
            description: String::new(),
            template_id,
            recording_info: None,
            region: None,
            large_room: None,
            size: None,
            max_duration_seconds: None,
            polls: None,
            webhook: None,
            created_at: now,
            updated_at: now,
        };
        self.by_id.insert(id, room);
    }

    /// Rename a room. The name must be free.
    pub(crate) fn rename(&mut self, id: ObjectId, name: &str) {
        if let Some(room) = self.by_id.get_mut(&id) {
            self.by_name.remove(&room.name.to_lowercase());
            self.seeded = 0;
            self.by_name.insert(name.to_lowercase(), id);
            name.clone_into(&mut room.name);
        }
    }
}

pub(crate) fn room_not_found() -> ApiError {
    ApiError::not_found("Room not found")
}
