//! Jobs: several calls that do one thing, such as waiting until a recording is complete.
//!
//! A job is started by a method of a resource, like a call, and runs when it is awaited. It has one timeout for everything it does,
//! and ends at once when it is dropped. [`JobCall::on_progress`] observes it.

pub(crate) mod all;
mod asset_file;
pub mod asset_stream;
mod by_name;
pub(crate) mod context;
pub mod download;
pub mod download_all;
pub mod downloaded;
mod file_version;
pub(crate) mod info;
pub(crate) mod job;
mod part_file;
mod transfer;
pub mod wait;

pub use asset_stream::AssetStream;
pub use by_name::{Progress, jobs};
pub use context::JobContext;
pub use info::{JobArgument, JobInfo};
pub use job::{Job, JobCall};
