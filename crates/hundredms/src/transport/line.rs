//! A connection as bytes see it: plain, or with TLS over another one.

use std::io::{IoSlice, Result};
use std::pin::Pin;
use std::task::{Context, Poll};

use hyper_util::client::legacy::connect::{Connected, Connection};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
#[cfg(feature = "tls")]
use tokio_rustls::client::TlsStream;

/// A connection to a service, or to a proxy.
pub(super) struct Line {
    way: Way,
    /// Requests over it go to a proxy, which wants the whole address.
    pub(super) proxied: bool,
}

enum Way {
    Plain(TcpStream),
    /// Over TLS: to a service, to a proxy, or to a service through a tunnel within a proxy's TLS.
    #[cfg(feature = "tls")]
    Tls(Box<TlsStream<Line>>),
}

impl From<TcpStream> for Line {
    fn from(stream: TcpStream) -> Self {
        Self {
            way: Way::Plain(stream),
            proxied: false,
        }
    }
}

#[cfg(feature = "tls")]
impl From<TlsStream<Line>> for Line {
    fn from(stream: TlsStream<Line>) -> Self {
        Self {
            way: Way::Tls(Box::new(stream)),
            proxied: false,
        }
    }
}

/// Hand a method on to the stream below.
macro_rules! below {
    ($line:expr, $stream:ident => $do:expr) => {
        match &mut $line.way {
            Way::Plain($stream) => $do,
            #[cfg(feature = "tls")]
            Way::Tls($stream) => $do,
        }
    };
}

impl AsyncRead for Line {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<Result<()>> {
        below!(self, stream => Pin::new(stream).poll_read(context, buffer))
    }
}

impl AsyncWrite for Line {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<Result<usize>> {
        below!(self, stream => Pin::new(stream).poll_write(context, bytes))
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[IoSlice<'_>],
    ) -> Poll<Result<usize>> {
        below!(self, stream => Pin::new(stream).poll_write_vectored(context, slices))
    }

    fn is_write_vectored(&self) -> bool {
        match &self.way {
            Way::Plain(stream) => stream.is_write_vectored(),
            #[cfg(feature = "tls")]
            Way::Tls(stream) => stream.is_write_vectored(),
        }
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<()>> {
        below!(self, stream => Pin::new(stream).poll_flush(context))
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<()>> {
        below!(self, stream => Pin::new(stream).poll_shutdown(context))
    }
}

impl Connection for Line {
    fn connected(&self) -> Connected {
        Connected::new().proxy(self.proxied)
    }
}
