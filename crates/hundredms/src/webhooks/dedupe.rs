//! [`DedupeStore`]: which events were handled, and which are being handled.

use std::error::Error;
use std::pin::Pin;
use std::time::Duration;

/// What a store returns for a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Claim {
    /// The claim succeeded: call `done` after the event is handled, or `release` if that failed.
    New,
    /// Another claim is handling it.
    InProgress,
    /// It was handled already.
    Done,
}

impl Claim {
    /// Return the name: `in_progress`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::InProgress => "in_progress",
            Self::Done => "done",
        }
    }
}

/// Why a store cannot respond.
pub type StoreError = Box<dyn Error + Send + Sync>;

/// The future result of a store.
pub type Pending<'a, T> = Pin<Box<dyn Future<Output = Result<T, StoreError>> + Send + 'a>>;

/// Remembers which events were handled, so that each is handled once although the service may send it several times.
///
/// [`MemoryStore`](super::MemoryStore) serves one process. Several processes need a shared store, such as Redis.
///
/// Each method must be atomic: of two processes that claim an event at once, one gets [`Claim::New`]. Errors are passed to
/// [`Router::on_failure`](super::Router::on_failure). If `claim` fails, the response is 500, and the service sends the event again. Nothing
/// limits how long a method may take, so set a timeout of about 2 seconds.
pub trait DedupeStore: Send + Sync + 'static {
    /// Claim the event `id`. An abandoned claim expires after `lease`. `owner` is different for each claim: a store that repeats its
    /// request after a broken connection recognises its own claim by it, and returns [`Claim::New`].
    fn claim<'a>(&'a self, id: &'a str, owner: &'a str, lease: Duration) -> Pending<'a, Claim>;

    /// Mark the event as handled, and remember it for `ttl`.
    fn done<'a>(&'a self, id: &'a str, ttl: Duration) -> Pending<'a, ()>;

    /// Release the event, if `owner` still has it: the next claim is new.
    fn release<'a>(&'a self, id: &'a str, owner: &'a str) -> Pending<'a, ()>;
}
