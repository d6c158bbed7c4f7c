//! Tests that need more than one file of the crate.

mod answers;
mod jobs;
#[path = "../../tests/support/queue.rs"]
#[allow(dead_code)]
mod queue;
mod retries;
mod webhooks;
