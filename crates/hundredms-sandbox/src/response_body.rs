//! [`ResponseBody`]: the body of a response: bytes, or a part of a generated file, which is never in memory as a whole.

use std::{
    convert::Infallible,
    ops::Range,
    pin::Pin,
    sync::LazyLock,
    task::{Context, Poll},
};

use bytes::Bytes;
use hyper::body::{Body, Frame, SizeHint};
use tokio::sync::mpsc;

/// A generated file consists of blocks of this size. Each begins with its number in eight bytes, so that every place differs.
const BLOCK: u64 = 1024 * 1024;
const NUMBER: u64 = 8;

/// The bytes of every block, but for its number.
static PATTERN: LazyLock<Bytes> = LazyLock::new(|| {
    let mut random = fastrand::Rng::with_seed(100);
    let pattern = std::iter::repeat_with(|| random.u8(..));
    pattern.take(usize::try_from(BLOCK).unwrap_or(0)).collect()
});

/// The body of a response.
#[derive(Debug)]
pub(crate) enum ResponseBody {
    Bytes(Bytes),
    /// These bytes of a generated file.
    Generated(Range<u64>),
    /// Events of the dashboard, until the sender is dropped.
    Events(mpsc::Receiver<Bytes>),
}

impl ResponseBody {
    pub(crate) fn len(&self) -> u64 {
        match self {
            Self::Bytes(bytes) => bytes.len() as u64,
            Self::Generated(range) => range.end - range.start,
            Self::Events(_) => 0,
        }
    }

    /// Return the bytes in this range, which it has.
    pub(crate) fn slice(&self, range: Range<u64>) -> Self {
        match self {
            Self::Bytes(bytes) => {
                let place = |place: u64| usize::try_from(place).unwrap_or(usize::MAX);
                Self::Bytes(bytes.slice(place(range.start)..place(range.end)))
            }
            Self::Generated(whole) => {
                Self::Generated(whole.start + range.start..whole.start + range.end)
            }
            Self::Events(_) => Self::Bytes(Bytes::new()),
        }
    }

    /// Keep at most this many bytes.
    pub(crate) fn truncate(&mut self, most: u64) {
        *self = self.slice(0..self.len().min(most));
    }

    /// Take the next bytes, at most this many. `None` if there are no more.
    pub(crate) fn take_next(&mut self, most: usize) -> Option<Bytes> {
        match self {
            Self::Bytes(bytes) if bytes.is_empty() => None,
            Self::Bytes(bytes) => Some(bytes.split_to(most.min(bytes.len()))),
            Self::Generated(range) if range.is_empty() => None,
            Self::Generated(range) => {
                let (block, place) = (range.start / BLOCK, range.start % BLOCK);
                let whole = if place < NUMBER {
                    Bytes::copy_from_slice(&block.to_be_bytes())
                } else {
                    PATTERN.clone()
                };
                let place = usize::try_from(place).unwrap_or(0);
                let left = usize::try_from(range.end - range.start).unwrap_or(usize::MAX);
                let length = (whole.len() - place).min(left).min(most);
                range.start += length as u64;
                Some(whole.slice(place..place + length))
            }
            Self::Events(_) => None,
        }
    }
}

impl<T: Into<Bytes>> From<T> for ResponseBody {
    fn from(bytes: T) -> Self {
        Self::Bytes(bytes.into())
    }
}

impl Body for ResponseBody {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        if let Self::Events(events) = &mut *self {
            return events
                .poll_recv(context)
                .map(|event| event.map(|event| Ok(Frame::data(event))));
        }
        Poll::Ready(
            self.take_next(usize::MAX)
                .map(|bytes| Ok(Frame::data(bytes))),
        )
    }

    fn is_end_stream(&self) -> bool {
        !matches!(self, Self::Events(_)) && self.len() == 0
    }

    fn size_hint(&self) -> SizeHint {
        match self {
            Self::Events(_) => SizeHint::default(),
            _ => SizeHint::with_exact(self.len()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(mut body: ResponseBody, most: usize) -> Vec<u8> {
        std::iter::from_fn(|| body.take_next(most))
            .flatten()
            .collect()
    }

    #[test]
    fn a_part_of_a_generated_file_is_the_same_however_it_is_read() {
        let whole = all(ResponseBody::Generated(0..3 * BLOCK + 5), usize::MAX);
        assert_eq!(whole.len() as u64, 3 * BLOCK + 5);
        for (from, to) in [
            (0, 20),
            (3, 9),
            (BLOCK - 2, 2 * BLOCK + 3),
            (3 * BLOCK, 3 * BLOCK + 5),
        ] {
            let part = ResponseBody::Generated(0..3 * BLOCK + 5).slice(from..to);
            let range = usize::try_from(from).unwrap()..usize::try_from(to).unwrap();
            assert_eq!(all(part, 7), whole[range], "{from} to {to}");
        }
        let block = usize::try_from(BLOCK).unwrap();
        assert_ne!(whole[..block], whole[block..2 * block]);
    }
}
