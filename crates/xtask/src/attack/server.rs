//! Hostile servers: raw sockets, with a thread for each connection.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use crate::shell::BoxError;

/// A received request.
pub(super) struct Request {
    /// The request line and the headers.
    pub(super) head: String,
}

/// A server that runs until the process ends.
pub(super) struct Server {
    address: SocketAddr,
    seen: Arc<Seen>,
}

#[derive(Default)]
struct Seen {
    open: AtomicUsize,
    most: AtomicUsize,
}

impl Server {
    /// Start a server at which `answer` responds to each request. The connection is kept if it returns true.
    pub(super) fn start(
        answer: impl Fn(&mut TcpStream, &Request) -> std::io::Result<bool> + Send + Sync + 'static,
    ) -> Result<Self, BoxError> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let address = listener.local_addr()?;
        let seen = Arc::new(Seen::default());
        let (noted, answer) = (seen.clone(), Arc::new(answer));
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let (noted, answer) = (noted.clone(), answer.clone());
                thread::spawn(move || {
                    let open = noted.open.fetch_add(1, Ordering::SeqCst) + 1;
                    noted.most.fetch_max(open, Ordering::SeqCst);
                    let _ = serve(stream, &*answer);
                    noted.open.fetch_sub(1, Ordering::SeqCst);
                });
            }
        });
        Ok(Self { address, seen })
    }

    /// Start a server that reads requests and never responds.
    pub(super) fn silent() -> Result<Self, BoxError> {
        Self::start(|_, _| {
            thread::sleep(Duration::from_secs(600));
            Ok(false)
        })
    }

    /// Start a server with the same response to all requests.
    pub(super) fn answering(status: u16, headers: &str, body: &[u8]) -> Result<Self, BoxError> {
        let length = body.len();
        let head = format!("HTTP/1.1 {status} X\r\n{headers}content-length: {length}\r\n\r\n");
        let answer = [head.as_bytes(), body].concat();
        Self::start(move |stream, _| stream.write_all(&answer).map(|()| true))
    }

    pub(super) fn url(&self) -> String {
        format!("http://{}/v2", self.address)
    }

    /// Return the maximum number of connections that were open at the same time.
    pub(super) fn most_connections(&self) -> usize {
        self.seen.most.load(Ordering::SeqCst)
    }
}

fn serve(
    mut stream: TcpStream,
    answer: &(dyn Fn(&mut TcpStream, &Request) -> std::io::Result<bool> + Send + Sync),
) -> std::io::Result<()> {
    stream.set_nodelay(true)?;
    let mut came = Vec::new();
    let mut part = vec![0; 1 << 16];
    loop {
        let end = loop {
            if let Some(end) = came.windows(4).position(|it| it == b"\r\n\r\n") {
                break end + 4;
            }
            match stream.read(&mut part)? {
                0 => return Ok(()),
                read => came.extend_from_slice(&part[..read]),
            }
        };
        let head = String::from_utf8_lossy(&came[..end]).into_owned();
        let whole = end + length(&head);
        while came.len() < whole {
            match stream.read(&mut part)? {
                0 => return Ok(()),
                read => came.extend_from_slice(&part[..read]),
            }
        }
        came.drain(..whole);
        if !answer(&mut stream, &Request { head })? {
            return Ok(());
        }
    }
}

fn length(head: &str) -> usize {
    let lines = head.lines().filter_map(|line| line.split_once(':'));
    lines
        .filter(|(name, _)| name.eq_ignore_ascii_case("content-length"))
        .find_map(|(_, value)| value.trim().parse().ok())
        .unwrap_or_default()
}
