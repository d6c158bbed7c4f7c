//! What other resources do when something happens in a session. To react to something, add a function here.

use crate::{
    rules::{analytics, ingests, media_jobs, poll_runs, recordings, sfu_recordings},
    state::{Hooks, State},
    tokens::Credentials,
};

/// The functions of every sandbox.
pub(crate) static HOOKS: Hooks = Hooks {
    session_opened: &[poll_runs::session_opened, recordings::auto_start],
    session_closed: &[
        poll_runs::session_closed,
        media_jobs::session_closed,
        sfu_recordings::session_closed,
    ],
    track_changed: &[sfu_recordings::track_changed, analytics::track_changed],
    last_peer_left: media_jobs::last_peer_left,
    job_left_room: ingests::stream_closed,
};

/// Create a workspace without rooms.
pub(crate) fn new_state(credentials: Credentials) -> State {
    State::new(credentials, &HOOKS)
}
