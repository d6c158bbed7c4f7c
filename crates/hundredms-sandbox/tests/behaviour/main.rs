//! What the sandbox does, over real HTTP on the loopback interface; one file per theme.

mod active_rooms;
mod api;
mod control;
mod joining;
mod poll_runs;
mod polls;
mod room_codes;
mod rooms;
mod server;
mod sessions;
mod stream_keys;
mod templates;
mod tokens;
