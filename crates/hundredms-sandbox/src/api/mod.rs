//! The operations: shapes of their bodies, handlers and responses. Each file contains one resource, with its rows of the operation
//! table.

#![allow(
    clippy::unnecessary_wraps,
    clippy::struct_field_names,
    reason = "all handlers have the one type that the table asks for; fields are named by the service"
)]

pub(crate) mod active_rooms;
pub(crate) mod analytics;
pub(crate) mod deliveries;
pub(crate) mod external_streams;
pub(crate) mod jobs;
pub(crate) mod live_streams;
pub(crate) mod operation;
pub(crate) mod peer_stats;
pub(crate) mod poll_runs;
pub(crate) mod polls;
pub(crate) mod recording_assets;
pub(crate) mod recordings;
pub(crate) mod room_codes;
pub(crate) mod rooms;
pub(crate) mod routes;
pub(crate) mod run;
pub(crate) mod sessions;
pub(crate) mod sip;
pub(crate) mod stream_keys;
pub(crate) mod template_shapes;
pub(crate) mod templates;
pub(crate) mod transcription_shapes;
pub(crate) mod webhook_replays;
