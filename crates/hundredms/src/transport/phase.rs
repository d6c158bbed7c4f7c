//! How far a try has come: told by the connector, by the body of the request, and by the answer.
//!
//! A try that never came to be sent may be repeated, whatever the operation. So the phase must never be told too early, and a
//! request counts as sent from the moment its body is looked at, which is when its head is written.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};

use crate::error::Phase;

tokio::task_local! {
    static CURRENT: Progress;
}

/// How far one try has come; it only goes forward.
#[derive(Debug, Clone, Default)]
pub(super) struct Progress(Arc<AtomicU8>);

const ORDER: [Phase; 5] = [
    Phase::Queue,
    Phase::Connect,
    Phase::Send,
    Phase::Wait,
    Phase::Body,
];

impl Progress {
    pub(super) fn reach(&self, phase: Phase) {
        self.0.fetch_max(phase as u8, Ordering::AcqRel);
    }

    pub(super) fn phase(&self) -> Phase {
        ORDER[usize::from(self.0.load(Ordering::Acquire)).min(ORDER.len() - 1)]
    }

    /// Tell whether anything of the request may have left.
    pub(super) fn sent(&self) -> bool {
        !matches!(self.phase(), Phase::Queue | Phase::Connect)
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

/// The body of a request, which tells when it is sent.
pub(super) struct TellingBody {
    data: Option<Bytes>,
    progress: Progress,
}

impl TellingBody {
    pub(super) fn new(data: Option<Bytes>, progress: Progress) -> Self {
        Self {
            data: data.filter(|data| !data.is_empty()),
            progress,
        }
    }
}

impl Body for TellingBody {
    type Data = Bytes;
    type Error = std::convert::Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        self.progress.reach(Phase::Wait);
        Poll::Ready(self.data.take().map(|data| Ok(Frame::data(data))))
    }

    fn is_end_stream(&self) -> bool {
        self.progress.reach(match self.data {
            Some(_) => Phase::Send,
            None => Phase::Wait,
        });
        self.data.is_none()
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.data.as_ref().map_or(0, |data| data.len() as u64))
    }
}
