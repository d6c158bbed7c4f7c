//! Tests that need more than one file of the crate.

mod answers;
mod misspellings;
mod retries;
mod webhooks;
