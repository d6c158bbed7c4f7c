//! The resources of the service, each with its operations, requests and responses.

pub mod active_rooms;
pub(crate) mod all;
pub mod analytics;
pub mod external_streams;
pub(crate) mod handles;
pub mod live_streams;
mod patterns;
pub mod polls;
pub mod recording_assets;
pub mod recordings;
pub mod room_codes;
pub mod rooms;
mod rules;
mod session_windows;
pub mod sessions;
mod shortcuts;
pub mod sip;
pub mod stream_keys;
pub mod templates;

pub use handles::{
    ActiveRooms, Analytics, ExternalStreams, LiveStreams, Polls, RecordingAssets, Recordings,
    RoomCodes, Rooms, Sessions, Sip, StreamKeys, Templates,
};
pub use session_windows::{ListWindow, SessionWindow};
pub use shortcuts::{SHORTCUTS, Shortcut};
