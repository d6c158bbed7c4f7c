//! [`DedupeStore`]: which events were handled already, and which are being handled.

use std::error::Error;
use std::pin::Pin;
use std::time::Duration;

/// What a store says to somebody who wants to handle an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Claim {
    /// It is yours: call `done` when it is handled, `release` when that failed.
    New,
    /// Somebody else is handling it.
    InProgress,
    /// It was handled.
    Done,
}

impl Claim {
    /// Give the name: `in_progress`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::InProgress => "in_progress",
            Self::Done => "done",
        }
    }
}

/// Why a store cannot answer.
pub type StoreError = Box<dyn Error + Send + Sync>;

/// An answer of a store, to be awaited.
pub type Pending<'a, T> = Pin<Box<dyn Future<Output = Result<T, StoreError>> + Send + 'a>>;

/// Remembers which events were handled, so that each is handled once although the service may send it several times.
///
/// [`MemoryStore`](super::MemoryStore) serves one process. More than one need a common store, such as Redis.
pub trait DedupeStore: Send + Sync + 'static {
    /// Ask for the event `id`. A claim of which nothing more is heard ends after `lease`. `owner` is different for each claim.
    fn claim<'a>(&'a self, id: &'a str, owner: &'a str, lease: Duration) -> Pending<'a, Claim>;

    /// Say that the event was handled; remember that for `ttl`.
    fn done<'a>(&'a self, id: &'a str, ttl: Duration) -> Pending<'a, ()>;

    /// Give the event back, if `owner` still has it: the next claim is new.
    fn release<'a>(&'a self, id: &'a str, owner: &'a str) -> Pending<'a, ()>;
}
