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

/// Tells the server to refuse connections for a while. While it is shut it keeps the socket, so that opening it accepts connections
/// before the server wakes.
#[derive(Debug)]
pub(crate) struct Door {
    shut_until: watch::Sender<Option<Instant>>,
    /// Bound, so that no other process takes the port, and not listening, so that connections are refused. With the runtime for
    /// listening again.
    closed: Option<(TcpSocket, Handle)>,
    /// The new listener, until the server takes it.
    opened: Option<TcpListener>,
}

/// What the server must do now.
#[derive(Debug)]
pub(crate) enum Entrance {
    Open(TcpListener),
    ShutUntil(Instant),
}

impl Default for Door {
    fn default() -> Self {
        Self {
            shut_until: watch::Sender::new(None),
            closed: None,
            opened: None,
        }
    }
}

impl Door {
    /// Close idle connections, and refuses new ones for this long. A time of zero accepts connections again.
    pub(crate) fn shut(&mut self, time: Duration) {
        if time.is_zero() {
            self.listen();
            self.shut_until.send_replace(None);
        } else {
            self.shut_until
                .send_replace(Instant::now().checked_add(time));
        }
    }

    /// Accept connections again. If it was open, close none.
    pub(crate) fn open(&mut self) {
        self.listen();
        self.shut_until
            .send_if_modified(|until| until.take().is_some_and(|until| until > Instant::now()));
    }

    /// Notifies when it is shut or opened.
    pub(crate) fn watch(&self) -> watch::Receiver<Option<Instant>> {
        self.shut_until.subscribe()
    }

    /// Take the server's listener, if it has one, and return it when it is open. `None` if the port is lost.
    pub(crate) fn stand(&mut self, listener: Option<TcpListener>) -> Option<Entrance> {
        let until = *self.shut_until.borrow();
        let Some(until) = until.filter(|until| *until > Instant::now()) else {
            self.listen();
            return listener.or_else(|| self.opened.take()).map(Entrance::Open);
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
            self.closed = Some((socket, Handle::current()));
        }
        Some(Entrance::ShutUntil(until))
    }

    /// Releases the port.
    pub(crate) fn leave(&mut self) {
        self.closed = None;
        self.opened = None;
    }

    fn listen(&mut self) {
        if let Some((socket, runtime)) = self.closed.take() {
            let _inside = runtime.enter();
            self.opened = socket.listen(BACKLOG).ok();
        }
    }
}
