//! Many calls: one for each item, several at a time, with a journal of what is done.
//!
//! ```no_run
//! use std::sync::Arc;
//!
//! use futures_util::StreamExt as _;
//! use hundredms::bulk::{Journal, map};
//! use hundredms::resources::rooms::CreateRoom;
//!
//! # async fn run(client: hundredms::Client, names: Vec<String>) -> hundredms::Result<()> {
//! let journal = Arc::new(Journal::open("rooms.ndjson", "import")?);
//! let results = map(names, |name| client.send(CreateRoom::new().name(name)))
//!     .concurrency(16)
//!     .journal(journal, String::clone)
//!     .stream();
//! let mut results = std::pin::pin!(results);
//! while let Some(done) = results.next().await {
//!     if let Err(error) = done.result {
//!         eprintln!("{}: {error}", done.item);
//!     }
//! }
//! # Ok(())
//! # }
//! ```

mod journal;
mod map;

pub use journal::Journal;
pub use map::{BulkCalls, BulkResult, map};
