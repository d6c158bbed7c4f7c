//! The resources: each file contains the store, responses and handlers of one resource, and its rows of the operation table.

#![allow(
    clippy::unnecessary_wraps,
    clippy::struct_field_names,
    reason = "all handlers have the one type that the table asks for; fields are named by the service"
)]

use crate::operations::Operation;

pub(crate) mod active_room_messages;
pub(crate) mod active_rooms;
pub(crate) mod analytics;
pub(crate) mod client_errors;
pub(crate) mod deliveries;
pub(crate) mod external_streams;
pub(crate) mod ingests;
pub(crate) mod live_streams;
mod media_job_answers;
mod media_job_assets;
mod media_job_events;
mod media_job_settings;
pub(crate) mod media_jobs;
mod media_storage;
pub(crate) mod peer_stats;
pub(crate) mod peers;
pub(crate) mod poll_runs;
pub(crate) mod poll_scores;
pub(crate) mod polls;
pub(crate) mod recording_assets;
pub(crate) mod recordings;
pub(crate) mod room_codes;
pub(crate) mod rooms;
mod session_events;
pub(crate) mod session_hooks;
pub(crate) mod session_life;
pub(crate) mod session_tracks;
pub(crate) mod sessions;
pub(crate) mod sfu_recordings;
pub(crate) mod sip;
pub(crate) mod stream_keys;
mod template_shapes;
pub(crate) mod templates;
pub(crate) mod transcriptions;
pub(crate) mod webhook_replays;

/// The rows of all resources.
pub(crate) const TABLES: &[&[Operation]] = &[
    rooms::OPERATIONS,
    room_codes::OPERATIONS,
    templates::OPERATIONS,
    stream_keys::OPERATIONS,
    active_rooms::OPERATIONS,
    sessions::OPERATIONS,
    recordings::OPERATIONS,
    recording_assets::OPERATIONS,
    live_streams::OPERATIONS,
    external_streams::OPERATIONS,
    polls::OPERATIONS,
    poll_runs::OPERATIONS,
    analytics::OPERATIONS,
    peer_stats::OPERATIONS,
    deliveries::OPERATIONS,
    webhook_replays::OPERATIONS,
    sip::OPERATIONS,
];
