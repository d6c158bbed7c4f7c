//! Jobs: several calls that do one thing, such as waiting until a recording is complete.
//!
//! A job is started by a method of a resource, like a call, and runs when it is awaited. It has one timeout for everything it does,
//! and ends at once when it is dropped. [`JobCall::on_progress`] observes it.

pub(crate) mod all;
pub mod assets;
mod by_name;
pub mod chat;
pub mod contents;
pub(crate) mod context;
mod fetch;
pub(crate) mod info;
pub(crate) mod job;
mod scope;
pub mod transcript;
pub mod wait;

pub use by_name::{Progress, jobs};
pub use context::JobContext;
pub use info::{JobArgument, JobInfo};
pub use job::{Job, JobCall};
#[doc(hidden)]
pub use transcript::export_transcript;
