//! Responses that no well-behaved server sends, written to the connection as bytes.

use std::{io, time::Duration};

use hyper::{Response, header::CONTENT_LENGTH};
use tokio::{io::AsyncWriteExt as _, net::TcpStream, time};

use crate::{faults::effect::Drip, response_body::ResponseBody};

/// Bytes that are written at a time.
const PIECE: usize = 64 * 1024;

/// Bytes for the connection, and what happens to it afterwards.
#[derive(Debug)]
pub(crate) struct Raw {
    head: Vec<u8>,
    body: ResponseBody,
    drip: Option<Drip>,
    then: Then,
}

/// What happens to a connection afterwards.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Then {
    /// It stays open for the next request.
    KeepOpen,
    Close,
    Reset,
}

impl Raw {
    pub(crate) fn new(head: Vec<u8>, body: ResponseBody, drip: Option<Drip>, then: Then) -> Self {
        Self {
            head,
            body,
            drip,
            then,
        }
    }

    /// Create one that writes nothing.
    pub(crate) fn nothing(then: Then) -> Self {
        Self::new(Vec::new(), Vec::new().into(), None, then)
    }

    /// Return the head of a response with this length of the body.
    pub(crate) fn head(response: &Response<ResponseBody>, length: u64) -> Vec<u8> {
        let status = response.status();
        let words = status.canonical_reason().unwrap_or_default();
        let mut head = format!("HTTP/1.1 {} {words}\r\n", status.as_u16()).into_bytes();
        let headers = response.headers().iter();
        for (name, value) in headers.filter(|(name, _)| *name != CONTENT_LENGTH) {
            head.extend_from_slice(name.as_str().as_bytes());
            head.extend_from_slice(b": ");
            head.extend_from_slice(value.as_bytes());
            head.extend_from_slice(b"\r\n");
        }
        head.extend_from_slice(format!("content-length: {length}\r\n\r\n").as_bytes());
        head
    }

    /// Write it, and return the connection if it stays open.
    pub(crate) async fn write(mut self, mut stream: TcpStream) -> Option<TcpStream> {
        self.bytes(&mut stream).await.ok()?;
        match self.then {
            Then::KeepOpen => Some(stream),
            Then::Close => None,
            Then::Reset => {
                // Closing then sends a reset instead of a normal close.
                let _ = stream.set_zero_linger();
                None
            }
        }
    }

    async fn bytes(&mut self, stream: &mut TcpStream) -> io::Result<()> {
        let Some(drip) = self.drip else {
            // Together with the head, as far as it is in one piece.
            let first = self.body.take_next(PIECE).unwrap_or_default();
            stream.write_all(&[&self.head[..], &first].concat()).await?;
            while let Some(piece) = self.body.take_next(PIECE) {
                stream.write_all(&piece).await?;
            }
            return Ok(());
        };
        stream.write_all(&self.head).await?;
        while let Some(piece) = self.body.take_next(drip.bytes) {
            time::sleep(Duration::from_millis(drip.every_ms)).await;
            stream.write_all(&piece).await?;
        }
        Ok(())
    }
}
