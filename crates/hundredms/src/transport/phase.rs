//! How far a try has come: told by the connector, by the body of the request, and by the answer.
//!
//! A try that never came to be sent may be repeated, whatever the operation. So the phase must never be told too late, and a
//! request counts as sent from the moment its body is looked at, which is when its head is written.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU8, Ordering};
use std::task::{Context, Poll};

use bytes::{Buf, Bytes};
use http_body::{Body, Frame, SizeHint};

use crate::error::Phase;

tokio::task_local! {
    static CURRENT: Progress;
}

/// How far one try has come; it only goes forward.
#[derive(Debug, Clone, Default)]
pub(super) struct Progress(Arc<Come>);

#[derive(Debug, Default)]
struct Come {
    phase: AtomicU8,
    /// A connection was made for the try.
    connected: AtomicBool,
}

const ORDER: [Phase; 5] = [
    Phase::Queue,
    Phase::Connect,
    Phase::Send,
    Phase::Wait,
    Phase::Body,
];

impl Progress {
    pub(super) fn reach(&self, phase: Phase) {
        self.0.phase.fetch_max(phase as u8, Ordering::AcqRel);
    }

    pub(super) fn phase(&self) -> Phase {
        ORDER[usize::from(self.0.phase.load(Ordering::Acquire)).min(ORDER.len() - 1)]
    }

    /// Tell whether anything of the request may have left.
    pub(super) fn sent(&self) -> bool {
        !matches!(self.phase(), Phase::Queue | Phase::Connect)
    }

    /// Tell whether the request went out over a connection that was there before, and no answer to it has begun.
    pub(super) fn stale(&self) -> bool {
        let unanswered = matches!(self.phase(), Phase::Send | Phase::Wait);
        unanswered && !self.0.connected.load(Ordering::Acquire)
    }

    /// Let the connector tell its part while `future` runs.
    pub(super) async fn follow<F: Future>(&self, future: F) -> F::Output {
        CURRENT.scope(self.clone(), future).await
    }
}

/// Tell that a connection is being made for the try under way.
pub(super) fn connecting() {
    // A connection that is made ahead for others belongs to no try.
    let _ = CURRENT.try_with(|progress| progress.reach(Phase::Connect));
}

/// Tell that the connection is made.
pub(super) fn connected() {
    let _ = CURRENT.try_with(|progress| progress.0.connected.store(true, Ordering::Release));
}

/// The body of a request, which tells when it is sent.
pub(super) struct TellingBody {
    data: Option<Bytes>,
    /// There is nothing to wait for after the head.
    empty: bool,
    progress: Progress,
}

impl TellingBody {
    pub(super) fn new(data: Option<Bytes>, progress: Progress) -> Self {
        let data = data.filter(|data| !data.is_empty());
        Self {
            empty: data.is_none(),
            data,
            progress,
        }
    }

    fn looked_at(&self) {
        self.progress
            .reach(if self.empty { Phase::Wait } else { Phase::Send });
    }
}

/// The bytes of a body, which tell when the connection has taken the last of them.
pub(super) struct TellingBytes {
    bytes: Bytes,
    progress: Progress,
}

impl Buf for TellingBytes {
    fn remaining(&self) -> usize {
        self.bytes.len()
    }

    fn chunk(&self) -> &[u8] {
        &self.bytes
    }

    fn advance(&mut self, count: usize) {
        self.bytes.advance(count);
        if self.bytes.is_empty() {
            self.progress.reach(Phase::Wait);
        }
    }
}

impl Body for TellingBody {
    type Data = TellingBytes;
    type Error = std::convert::Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<TellingBytes>, Self::Error>>> {
        self.looked_at();
        let progress = self.progress.clone();
        let data = self.data.take();
        Poll::Ready(data.map(|bytes| Ok(Frame::data(TellingBytes { bytes, progress }))))
    }

    fn is_end_stream(&self) -> bool {
        self.looked_at();
        self.data.is_none()
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.data.as_ref().map_or(0, |data| data.len() as u64))
    }
}
