//! Whether new connections are accepted.

use std::{net::SocketAddr, time::Duration};

use tokio::{
    net::{TcpListener, TcpSocket},
    runtime::Handle,
    sync::watch,
    time::Instant,
};

/// Maximum number of connections that wait to be accepted.
const BACKLOG: u32 = 1024;

/// Makes the server refuse connections for a while. While it is closed, it keeps the socket, so that opening it accepts
/// connections before the server wakes up.
#[derive(Debug)]
pub(crate) struct AcceptGate {
    closed_until: watch::Sender<Option<Instant>>,
    /// Bound, so that no other process takes the port, and not listening, so that connections are refused. With the runtime for
    /// listening again.
    socket: Option<(TcpSocket, Handle)>,
    /// The new listener, until the server takes it.
    opened: Option<TcpListener>,
}

/// Whether the server may accept connections.
#[derive(Debug)]
pub(crate) enum GateState {
    Open(TcpListener),
    ClosedUntil(Instant),
}

impl Default for AcceptGate {
    fn default() -> Self {
        Self {
            closed_until: watch::Sender::new(None),
            socket: None,
            opened: None,
        }
    }
}

impl AcceptGate {
    /// Close idle connections, and refuse new ones for this long. A time of zero accepts connections again.
    pub(crate) fn close(&mut self, time: Duration) {
        if time.is_zero() {
            self.listen();
            self.closed_until.send_replace(None);
        } else {
            self.closed_until
                .send_replace(Instant::now().checked_add(time));
        }
    }

    /// Accept connections again. If it was open, close none.
    pub(crate) fn open(&mut self) {
        self.listen();
        self.closed_until
            .send_if_modified(|until| until.take().is_some_and(|until| until > Instant::now()));
    }

    /// Return a receiver that is notified when it is closed or opened.
    pub(crate) fn watch(&self) -> watch::Receiver<Option<Instant>> {
        self.closed_until.subscribe()
    }

    /// Return whether connections are accepted: if so with the listener, else the listener is closed. `None` if the port is lost.
    pub(crate) fn state(&mut self, listener: Option<TcpListener>) -> Option<GateState> {
        let until = *self.closed_until.borrow();
        let Some(until) = until.filter(|until| *until > Instant::now()) else {
            self.listen();
            return listener.or_else(|| self.opened.take()).map(GateState::Open);
        };
        if let Some(listener) = listener.or_else(|| self.opened.take()) {
            let address = listener.local_addr().ok()?;
            drop(listener);
            let socket = match address {
                SocketAddr::V4(_) => TcpSocket::new_v4(),
                SocketAddr::V6(_) => TcpSocket::new_v6(),
            };
            let socket = socket.ok()?;
            socket.set_reuseaddr(true).ok()?;
            socket.bind(address).ok()?;
            self.socket = Some((socket, Handle::current()));
        }
        Some(GateState::ClosedUntil(until))
    }

    /// Release the port.
    pub(crate) fn release(&mut self) {
        self.socket = None;
        self.opened = None;
    }

    fn listen(&mut self) {
        if let Some((socket, runtime)) = self.socket.take() {
            let _inside = runtime.enter();
            self.opened = socket.listen(BACKLOG).ok();
        }
    }
}
