//! The store of stream keys.

use std::collections::BTreeMap;

use jiff::Timestamp;

use crate::ids::ObjectId;

/// A stored key. A disabled key stays disabled. Disabling the room does not change the key.
#[derive(Debug, Clone)]
pub(crate) struct StreamKey {
    pub(crate) id: ObjectId,
    pub(crate) room_id: ObjectId,
    pub(crate) key: String,
    pub(crate) enabled: bool,
    pub(crate) created_at: Timestamp,
    pub(crate) updated_at: Timestamp,
}

/// The keys of each room in the order of making; at most the last one is enabled.
#[derive(Debug, Clone, Default)]
pub(crate) struct StreamKeys {
    pub(crate) by_room: BTreeMap<ObjectId, Vec<StreamKey>>,
}

impl StreamKeys {
    /// Return the active key of a room. It works only while the room is enabled.
    pub(crate) fn active(&self, room_id: ObjectId) -> Option<&StreamKey> {
        let latest = self.by_room.get(&room_id)?.last();
        latest.filter(|key| key.enabled)
    }

    /// Return the room that a key, enabled or not, is or was for.
    pub(crate) fn room_of(&self, key: &str) -> Option<ObjectId> {
        let mut keys = self.by_room.values().flatten();
        Some(keys.find(|stored| stored.key == key)?.room_id)
    }

    pub(crate) fn active_mut(&mut self, room_id: ObjectId) -> Option<&mut StreamKey> {
        let latest = self.by_room.get_mut(&room_id)?.last_mut();
        latest.filter(|key| key.enabled)
    }
}
