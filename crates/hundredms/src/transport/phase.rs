//! The phase of an attempt, recorded by the body of the request and by the response.
//!
//! An attempt that was never sent may be repeated, whatever the operation. So the phase must never be recorded too late: a request
//! counts as sent from the moment its body is polled, which is when its head is written.

use std::collections::HashSet;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, AtomicU8, AtomicU16, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};

use bytes::Bytes;
use http::StatusCode;
use http_body::{Body, Frame, SizeHint};
use tokio::task::Id;

use crate::error::Phase;

/// The phase of one attempt. It only advances.
///
/// An attempt begins when it has its place among the connections, so until its request is taken up, it waits for a connection to be
/// opened.
#[derive(Debug, Clone)]
pub(crate) struct Progress(Arc<State>);

#[derive(Debug)]
struct State {
    phase: AtomicU8,
    /// The connections of the client. `None` for a client of the user.
    used: Option<UsedConnections>,
    /// The request was sent over a connection that carried another one before.
    reused: AtomicBool,
    /// The status of the response, once its head was received.
    status: AtomicU16,
}

const ORDER: [Phase; 5] = [
    Phase::Queue,
    Phase::Connect,
    Phase::Send,
    Phase::Wait,
    Phase::Body,
];

impl Progress {
    pub(crate) fn new(used: Option<UsedConnections>) -> Self {
        Self(Arc::new(State {
            phase: AtomicU8::new(Phase::Connect as u8),
            used,
            reused: AtomicBool::new(false),
            status: AtomicU16::new(0),
        }))
    }

    pub(crate) fn reach(&self, phase: Phase) {
        self.0.phase.fetch_max(phase as u8, Ordering::AcqRel);
    }

    pub(crate) fn phase(&self) -> Phase {
        ORDER[usize::from(self.0.phase.load(Ordering::Acquire)).min(ORDER.len() - 1)]
    }

    /// Return whether anything of the request may have been sent.
    pub(crate) fn sent(&self) -> bool {
        self.phase() != Phase::Connect
    }

    /// Return whether the request was sent over a pooled connection, and no response has begun.
    pub(crate) fn stale(&self) -> bool {
        let unanswered = matches!(self.phase(), Phase::Send | Phase::Wait);
        unanswered && self.0.reused.load(Ordering::Acquire)
    }

    /// Record that the running connection starts the request.
    fn started(&self) {
        if let Some(used) = self.0.used.as_ref().filter(|_| !self.sent()) {
            self.0.reused.store(used.note(), Ordering::Release);
        }
    }

    /// Record the head of a response.
    pub(crate) fn answered(&self, status: StatusCode) {
        self.0.status.store(status.as_u16(), Ordering::Release);
        self.reach(Phase::Body);
    }

    /// Return the status of the response, if its head was received.
    pub(crate) fn status(&self) -> Option<u16> {
        Some(self.0.status.load(Ordering::Acquire)).filter(|status| *status != 0)
    }
}

/// The connections of a client that have carried a request.
///
/// That a connection was opened for an attempt does not show which one carries its request, because another may become free
/// meanwhile. But the task of the connection starts the request, and its id identifies the connection.
#[derive(Debug, Clone, Default)]
pub(crate) struct UsedConnections(Arc<Mutex<Generations>>);

/// Connections do not report when they close, so those that were not used recently are dropped.
#[derive(Debug, Default)]
struct Generations {
    young: HashSet<Id>,
    old: HashSet<Id>,
}

/// The minimum number of connections that are remembered.
const REMEMBERED: usize = 1024;

impl UsedConnections {
    /// Record that the running connection carries a request. Return whether it carried one before.
    fn note(&self) -> bool {
        let Some(connection) = tokio::task::try_id() else {
            return false;
        };
        let mut generations = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let Generations { young, old } = &mut *generations;
        if young.contains(&connection) {
            return true;
        }
        if young.len() >= REMEMBERED {
            *old = std::mem::take(young);
        }
        young.insert(connection);
        old.remove(&connection)
    }
}

/// The body of a request. It records when it is sent.
pub(crate) struct TrackedBody {
    data: Option<Bytes>,
    /// Nothing follows the head.
    empty: bool,
    progress: Progress,
}

impl TrackedBody {
    pub(crate) fn new(data: Option<Bytes>, progress: Progress) -> Self {
        let data = data.filter(|data| !data.is_empty());
        Self {
            empty: data.is_none(),
            data,
            progress,
        }
    }

    fn polled(&self) {
        self.progress.started();
        self.progress
            .reach(if self.empty { Phase::Wait } else { Phase::Send });
    }
}

/// The last bytes of a body. The connection drops them when it has written them.
///
/// It also drops them when it breaks. But it takes little more than it can write, so then the last bytes of a large body are still
/// in the body.
struct TrackedBytes {
    bytes: Bytes,
    progress: Progress,
}

/// How much of a body is passed to the connection at a time.
const CHUNK: usize = 64 * 1024;

impl AsRef<[u8]> for TrackedBytes {
    fn as_ref(&self) -> &[u8] {
        &self.bytes
    }
}

impl Drop for TrackedBytes {
    fn drop(&mut self) {
        self.progress.reach(Phase::Wait);
    }
}

impl Body for TrackedBody {
    type Data = Bytes;
    type Error = std::convert::Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        self.polled();
        let progress = self.progress.clone();
        let Some(data) = &mut self.data else {
            return Poll::Ready(None);
        };
        let bytes = if data.len() > CHUNK {
            data.split_to(CHUNK)
        } else {
            let bytes = std::mem::take(data);
            self.data = None;
            Bytes::from_owner(TrackedBytes { bytes, progress })
        };
        Poll::Ready(Some(Ok(Frame::data(bytes))))
    }

    fn is_end_stream(&self) -> bool {
        self.polled();
        self.data.is_none()
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.data.as_ref().map_or(0, |data| data.len() as u64))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn carries(used: &UsedConnections) -> bool {
        let progress = Progress::new(Some(used.clone()));
        let body = TrackedBody::new(None, progress.clone());
        assert!(body.is_end_stream() && body.is_end_stream());
        tokio::task::yield_now().await;
        progress.stale()
    }

    #[tokio::test]
    async fn a_connection_was_used_before_when_it_carried_a_request() {
        let used = UsedConnections::default();
        let connection = async |used: UsedConnections| {
            let mut stale = Vec::new();
            for _ in 0..3 {
                stale.push(carries(&used).await);
            }
            stale
        };
        for _ in 0..2 {
            let connection = tokio::spawn(connection(used.clone()));
            assert_eq!(connection.await.expect("no panic"), [false, true, true]);
        }
    }

    #[tokio::test]
    async fn of_connections_only_so_many_are_remembered() {
        let used = UsedConnections::default();
        let others = used.clone();
        let lasting = tokio::spawn(async move {
            carries(&others).await;
            let mut kept = true;
            for _ in 0..5 * REMEMBERED {
                let other = others.clone();
                let other = tokio::spawn(async move { carries(&other).await });
                assert!(!other.await.expect("no panic"));
                kept &= carries(&others).await;
            }
            kept
        });
        assert!(lasting.await.expect("no panic"));
        let generations = used.0.lock().expect("no panic");
        assert!(generations.young.len() + generations.old.len() <= 2 * REMEMBERED);
    }
}
