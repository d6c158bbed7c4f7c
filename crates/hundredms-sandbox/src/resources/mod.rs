//! The resources: each file holds a store, the answers and the handlers of one, and its rows of the table.

#![allow(
    clippy::unnecessary_wraps,
    clippy::struct_field_names,
    reason = "all handlers have the one type that the table asks for; fields are named by the service"
)]

use crate::operations::Operation;

pub(crate) mod active_room_messages;
pub(crate) mod active_rooms;
pub(crate) mod peers;
pub(crate) mod poll_runs;
pub(crate) mod poll_scores;
pub(crate) mod polls;
pub(crate) mod room_codes;
pub(crate) mod rooms;
mod session_events;
pub(crate) mod session_hooks;
pub(crate) mod session_life;
pub(crate) mod session_tracks;
pub(crate) mod sessions;
pub(crate) mod stream_keys;
mod template_shapes;
pub(crate) mod templates;

/// The rows of all resources.
pub(crate) const TABLES: &[&[Operation]] = &[
    rooms::OPERATIONS,
    room_codes::OPERATIONS,
    templates::OPERATIONS,
    stream_keys::OPERATIONS,
    active_rooms::OPERATIONS,
    sessions::OPERATIONS,
    polls::OPERATIONS,
    poll_runs::OPERATIONS,
];
