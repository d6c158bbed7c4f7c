//! The command `hundredms` as a user runs it, against a sandbox.
#![cfg(unix)]

mod calls;
mod events;
mod files;
mod operations;
mod options;
mod outcomes;
mod profiles;
mod reference;
mod session;
mod terminal;
mod workspace;
