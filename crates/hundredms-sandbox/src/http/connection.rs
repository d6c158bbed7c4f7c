//! One connection: requests and responses in turn, until the client disconnects, the sandbox stops, or a fault ends it.

use std::{
    convert::Infallible,
    fmt,
    pin::{self, pin},
    sync::{Arc, Mutex, PoisonError},
};

use hyper::{server::conn::http1, service::service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::{
    net::TcpStream,
    sync::{mpsc, watch},
    time::Instant,
};

use crate::{
    faults::{injected_fault::Reply, raw::Raw},
    http::{
        exchange,
        guard::{AllowedHosts, LOOPBACK},
    },
    limits,
    sandbox_state::SharedSandbox,
};

/// What a connection needs of the server.
#[derive(Debug, Clone)]
pub(crate) struct ConnectionContext {
    pub(crate) sandbox: SharedSandbox,
    /// The names of this machine that requests may use.
    pub(crate) hosts: Arc<AllowedHosts>,
    pub(crate) stop: watch::Receiver<bool>,
    pub(crate) gate: watch::Receiver<Option<Instant>>,
    /// Held by every connection: the receiver sees when the last one is closed.
    pub(crate) _open: mpsc::Sender<Infallible>,
}

/// Serve the requests of one connection.
pub(crate) async fn serve_connection(stream: TcpStream, context: ConnectionContext) {
    let mut stream = Some(stream);
    while let Some(open) = stream {
        stream = serve_requests(open, &context).await;
    }
}

/// Serve requests. Return the connection if it stays open after bytes that only a fault writes.
async fn serve_requests(stream: TcpStream, context: &ConnectionContext) -> Option<TcpStream> {
    let raw = RawReply::default();
    let (sandbox, hosts, raw_reply) = (context.sandbox.clone(), context.hosts.clone(), raw.clone());
    let stop = context.stop.clone();
    let local = stream.local_addr().map_or(LOOPBACK, |local| local.ip());
    let service = service_fn(move |request| {
        let (sandbox, hosts, raw_reply) = (sandbox.clone(), hosts.clone(), raw_reply.clone());
        let stop = stop.clone();
        async move {
            match exchange::respond(sandbox, &hosts, local, request, &stop).await {
                Reply::Response(response) => Ok(response),
                Reply::Raw(raw) => Err(raw_reply.put(raw)),
            }
        }
    });
    let mut connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .max_buf_size(limits::HEAD)
        .serve_connection(TokioIo::new(stream), service);
    let (mut stop, mut gate) = (context.stop.clone(), context.gate.clone());
    let mut closing = pin!(async move {
        tokio::select! {
            _ = stop.wait_for(|stop| *stop) => {}
            _ = gate.changed() => {}
        }
    });
    // An error ends only this connection: the client disconnected, did not send HTTP, or a fault takes over.
    tokio::select! {
        _ = &mut connection => {}
        () = &mut closing => {
            pin::Pin::new(&mut connection).graceful_shutdown();
            let _ = (&mut connection).await;
        }
    }
    let raw = raw.take()?;
    raw.write(connection.into_parts().io.into_inner()).await
}

/// The bytes of a fault that are written after hyper has released the connection.
#[derive(Debug, Clone, Default)]
struct RawReply(Arc<Mutex<Option<Raw>>>);

impl RawReply {
    fn put(&self, raw: Raw) -> TakenOver {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(raw);
        TakenOver
    }

    fn take(&self) -> Option<Raw> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

/// A fault responds instead of hyper.
#[derive(Debug)]
struct TakenOver;

impl fmt::Display for TakenOver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a fault takes the connection over")
    }
}

impl std::error::Error for TakenOver {}
