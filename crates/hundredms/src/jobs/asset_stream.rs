//! [`AssetStream`]: the bytes of an asset's file, as a stream.
//!
//! Written by hand in each language, because what it returns is not one value.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use futures_core::Stream;
use futures_util::FutureExt as _;

use super::context::JobContext;
use super::download::{DownloadProgress, refuse_replay};
use super::info::JobInfo;
use super::transfer::{Piece, Transfer};
use crate::call_options::CallOptions;
use crate::client::Client;
use crate::error::Result;
use crate::resources::handles::RecordingAssets;

/// Pieces that are there already are joined up to about this size.
const PIECE: usize = 256 * 1024;

static INFO: JobInfo = JobInfo {
    name: "recording_assets.stream",
    timeout: 86400,
    arguments: &[],
};

impl RecordingAssets {
    /// Stream the file of an asset.
    ///
    /// The stream yields the bytes in order. If the connection breaks, the storage is slow, or the link expires, it continues where it
    /// was, with a new link. Nothing is read ahead: a slow reader slows the transfer. Dropping the stream ends it at once.
    ///
    /// Defaults to a timeout of 86400 seconds. Fails with `job_failed` if the file changes meanwhile, or is an HLS playlist; else as
    /// [`download`](Self::download). After an error the stream ends.
    pub fn stream(&self, asset_id: impl Into<String>) -> AssetStream {
        self.client
            .asset_stream(asset_id.into(), CallOptions::default())
    }
}

impl Client {
    /// Stream the file of an asset. For the bindings.
    #[doc(hidden)]
    pub fn asset_stream(&self, asset_id: String, options: CallOptions) -> AssetStream {
        AssetStream {
            start: Some((self.clone(), asset_id, options)),
            running: None,
        }
    }
}

type Running = Pin<Box<dyn Stream<Item = Result<Bytes>> + Send>>;

/// The bytes of an asset's file. Nothing is sent until it is polled.
#[must_use = "nothing is read until the stream is polled"]
pub struct AssetStream {
    start: Option<(Client, String, CallOptions)>,
    running: Option<Running>,
}

impl fmt::Debug for AssetStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AssetStream").finish_non_exhaustive()
    }
}

impl AssetStream {
    /// Set the timeout of the whole transfer, including the time in which nobody reads.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        if let Some((_, _, options)) = &mut self.start {
            options.timeout = Some(timeout);
        }
        self
    }

    /// Set how many attempts in a row may fail without receiving anything. Defaults to the client's setting.
    pub fn max_retries(mut self, max_retries: u32) -> Self {
        if let Some((_, _, options)) = &mut self.start {
            options.max_retries = Some(max_retries);
        }
        self
    }

    /// Return the next bytes. `None` at the end of the file.
    ///
    /// # Errors
    ///
    /// As for [`RecordingAssets::stream`].
    pub async fn next(&mut self) -> Option<Result<Bytes>> {
        std::future::poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }
}

fn run(client: Client, asset_id: &str, options: CallOptions) -> Running {
    let context: JobContext<DownloadProgress> = JobContext::new(client, &INFO, options, None);
    let transfer = Transfer::new(context.clone(), asset_id, false);
    Box::pin(futures_util::stream::unfold(
        Some((context, transfer)),
        |state| async {
            let (context, mut transfer) = state?;
            match piece(&context, &mut transfer).await {
                Ok(Some(bytes)) => Some((Ok(bytes), Some((context, transfer)))),
                Ok(None) => None,
                Err(error) => Some((Err(error), None)),
            }
        },
    ))
}

async fn piece(
    context: &JobContext<DownloadProgress>,
    transfer: &mut Transfer<DownloadProgress>,
) -> Result<Option<Bytes>> {
    refuse_replay(context)?;
    let first = loop {
        match transfer.next().await? {
            Some(Piece::Bytes(bytes)) => break bytes,
            // Only before the first bytes.
            Some(Piece::Start) => {}
            None => return Ok(None),
        }
    };
    let Some(second) = ready(transfer) else {
        return Ok(Some(first));
    };
    let mut joined = BytesMut::with_capacity(PIECE.max(first.len() + second.len()));
    joined.extend_from_slice(&first);
    joined.extend_from_slice(&second);
    while joined.len() < PIECE {
        match ready(transfer) {
            Some(more) => joined.extend_from_slice(&more),
            None => break,
        }
    }
    Ok(Some(joined.freeze()))
}

/// Return bytes that have arrived already.
fn ready(transfer: &mut Transfer<DownloadProgress>) -> Option<Bytes> {
    transfer.received_already().now_or_never().flatten()
}

impl Stream for AssetStream {
    type Item = Result<Bytes>;

    fn poll_next(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes>>> {
        if let Some((client, asset_id, options)) = self.start.take() {
            self.running = Some(run(client, &asset_id, options));
        }
        match &mut self.running {
            Some(running) => {
                let polled = running.as_mut().poll_next(context);
                if matches!(polled, Poll::Ready(None)) {
                    self.running = None;
                }
                polled
            }
            None => Poll::Ready(None),
        }
    }
}
