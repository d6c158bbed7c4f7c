//! Jobs: several calls that do one thing, such as waiting until a recording is complete.
//!
//! A job is started by a method of a resource, like a call, and runs when it is awaited. It has one timeout for everything it does,
//! and ends at once when it is dropped. [`JobCall::on_progress`] observes it.

pub(crate) mod all;
pub mod apply_template;
mod asset_file;
pub mod asset_stream;
pub mod assets;
pub mod attendance;
mod by_name;
pub mod chat;
mod compare;
pub mod contents;
pub(crate) mod context;
pub mod download;
pub mod download_all;
pub mod downloaded;
#[doc(hidden)]
pub mod edit_template;
mod fetch;
mod file_version;
#[doc(hidden)]
pub mod history;
pub(crate) mod info;
mod intervals;
pub(crate) mod job;
mod part_file;
mod patient_call;
pub mod people;
pub mod progress;
pub mod quality;
pub mod room_setup;
mod scope;
mod template_description;
mod template_doubts;
mod template_plan;
mod template_secrets;
pub mod transcript;
mod transfer;
pub mod wait;

pub use asset_stream::AssetStream;
pub use by_name::{Progress, is_job, jobs};
pub use context::JobContext;
pub use info::{JobArgument, JobInfo};
pub use job::{Job, JobCall};
pub use template_description::TemplateDescription;
#[doc(hidden)]
pub use transcript::export_transcript;
