//! The HTTP server: connections, requests and responses.

pub(crate) mod connection;
pub(crate) mod exchange;
pub(crate) mod files;
pub(crate) mod guard;
pub(crate) mod server;
pub(crate) mod skipped_time;
