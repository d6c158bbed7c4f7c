//! Tests that need more than one file of the crate.

mod answers;
mod retries;
mod webhooks;
