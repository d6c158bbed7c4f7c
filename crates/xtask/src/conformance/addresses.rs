//! Addresses that do not respond, each in a different way.

use std::io;
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::time::Duration;

use serde_json::{Map, Value};

/// The sockets, which stay open while scenarios run.
pub(super) struct Addresses {
    /// Bound and not listening: refuses connections.
    closed: tokio::net::TcpSocket,
    /// Its backlog is full: connections are never made.
    full: (TcpListener, Vec<TcpStream>),
    /// Accepts connections and neither reads nor writes.
    deaf: SocketAddr,
}

impl Addresses {
    pub(super) fn open() -> io::Result<Self> {
        let any = SocketAddr::from(([127, 0, 0, 1], 0));
        let closed = tokio::net::TcpSocket::new_v4()?;
        closed.bind(any)?;
        let full = tokio::net::TcpSocket::new_v4()?;
        full.bind(any)?;
        let full = full.listen(1)?.into_std()?;
        let address = full.local_addr()?;
        let mut held = Vec::new();
        while let Ok(stream) = TcpStream::connect_timeout(&address, Duration::from_millis(200)) {
            held.push(stream);
        }
        let listener = tokio::net::TcpSocket::new_v4()?;
        // Small, so that only a little of a large request is buffered.
        listener.set_recv_buffer_size(4096)?;
        listener.bind(any)?;
        let listener = listener.listen(1024)?.into_std()?;
        listener.set_nonblocking(false)?;
        let deaf = listener.local_addr()?;
        std::thread::spawn(move || {
            let streams: Vec<_> = listener.incoming().map_while(Result::ok).collect();
            drop(streams);
        });
        Ok(Self {
            closed,
            full: (full, held),
            deaf,
        })
    }

    /// Base URLs by their names in scenarios.
    pub(super) fn names(&self) -> Map<String, Value> {
        let addresses = [
            ("closed", self.closed.local_addr().ok()),
            ("full", self.full.0.local_addr().ok()),
            ("deaf", Some(self.deaf)),
        ];
        let url = |address: SocketAddr| Value::from(format!("http://{address}/v2"));
        addresses
            .into_iter()
            .filter_map(|(name, address)| Some((name.to_owned(), url(address?))))
            .collect()
    }
}
