//! What the sandbox does, over real HTTP on the loopback interface; one file per theme.

#[path = "../support/http.rs"]
mod http;
#[path = "../support/raw.rs"]
mod raw;

mod active_rooms;
mod analytics;
mod api;
mod control;
mod dashboard;
mod external_streams;
mod faults;
mod joining;
mod limits;
mod live_streams;
mod media_jobs;
mod operations;
mod poll_runs;
mod polls;
mod rate_limit;
mod receiver;
mod recording_assets;
mod recordings;
mod room_codes;
mod rooms;
mod rtmp_in;
mod server;
mod sessions;
mod sip;
mod storage;
mod stream_keys;
mod templates;
mod tokens;
mod web_pages;
mod webhook_log;
mod webhook_schema;
mod webhook_sending;
mod webhooks;
