//! A server on loopback that answers from a queue and keeps what it was asked.

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream, ToSocketAddrs};

/// What the server does with the next request.
#[derive(Debug, Clone)]
pub(crate) enum Reply {
    /// Answer with status, headers and body.
    Answer(u16, Vec<(&'static str, String)>, String),
    /// Answer 200 with this body, then close the connection without having said so.
    Last(String),
    /// Read the request and close the connection.
    Drop,
    /// Answer with what is no HTTP, and close the connection.
    Garbage,
    /// Send the head and half of the body, then close the connection.
    CutShort(String),
    /// Read the request and never answer.
    Hang,
}

impl Reply {
    pub(crate) fn json(status: u16, body: &str) -> Self {
        Self::Answer(status, Vec::new(), body.to_owned())
    }

    pub(crate) fn with(self, name: &'static str, value: impl Into<String>) -> Self {
        match self {
            Self::Answer(status, mut headers, body) => {
                headers.push((name, value.into()));
                Self::Answer(status, headers, body)
            }
            other => other,
        }
    }
}

/// A request as it came.
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    pub(crate) method: String,
    /// Path and query, as sent.
    pub(crate) target: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: String,
}

impl Asked {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(given, _)| given.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }
}

#[derive(Debug, Default)]
struct Shared {
    replies: Mutex<VecDeque<Reply>>,
    asked: Mutex<Vec<Asked>>,
    /// Sends when a connection that hangs was closed by the client.
    closed: tokio::sync::Notify,
    hanging: tokio::sync::Notify,
}

/// The server; it stops when the test ends.
#[derive(Debug, Clone)]
pub(crate) struct Queue {
    address: SocketAddr,
    shared: Arc<Shared>,
}

impl Queue {
    /// Start a server that gives `replies` in turn, and 500 once they are used up.
    pub(crate) async fn start(replies: impl IntoIterator<Item = Reply>) -> Self {
        Self::start_at("127.0.0.1:0", replies).await
    }

    pub(crate) async fn start_at(
        address: impl ToSocketAddrs,
        replies: impl IntoIterator<Item = Reply>,
    ) -> Self {
        let listener = TcpListener::bind(address).await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let shared = Arc::new(Shared::default());
        shared.replies.lock().expect("queue").extend(replies);
        let serving = shared.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, serving.clone()));
            }
        });
        Self { address, shared }
    }

    #[allow(dead_code)]
    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}/v2", self.address)
    }

    pub(crate) fn push(&self, reply: Reply) {
        self.shared.replies.lock().expect("queue").push_back(reply);
    }

    /// Everything asked so far.
    pub(crate) fn asked(&self) -> Vec<Asked> {
        self.shared.asked.lock().expect("asked").clone()
    }

    /// Wait until a request hangs.
    pub(crate) async fn hanging(&self) {
        self.shared.hanging.notified().await;
    }

    /// Wait until the client closed the connection of a request that hangs.
    pub(crate) async fn closed(&self) {
        self.shared.closed.notified().await;
    }
}

async fn serve(stream: TcpStream, shared: Arc<Shared>) {
    let mut stream = BufReader::new(stream);
    while let Some(asked) = read(&mut stream).await {
        shared.asked.lock().expect("asked").push(asked);
        let reply = shared.replies.lock().expect("queue").pop_front();
        let stream = &mut stream;
        match reply
            .unwrap_or_else(|| Reply::json(500, r#"{"code":500,"message":"the queue is empty"}"#))
        {
            Reply::Answer(status, headers, body) => {
                let mut head = format!("HTTP/1.1 {status} X\r\ncontent-length: {}\r\n", body.len());
                for (name, value) in headers {
                    head.extend([name, ": ", value.as_str(), "\r\n"]);
                }
                let sent = stream.write_all((head + "\r\n" + &body).as_bytes()).await;
                if sent.is_err() || stream.flush().await.is_err() {
                    return;
                }
            }
            Reply::Last(body) => {
                let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n", body.len());
                let _ = stream.write_all((head + &body).as_bytes()).await;
                let _ = stream.flush().await;
                return;
            }
            Reply::Drop => return,
            Reply::Garbage => {
                let _ = stream.write_all(b"* OK ready\r\n\r\n").await;
                let _ = stream.flush().await;
                return;
            }
            Reply::CutShort(body) => {
                let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n", body.len());
                let half = &body[..body.len() / 2];
                let _ = stream.write_all((head + half).as_bytes()).await;
                let _ = stream.flush().await;
                return;
            }
            Reply::Hang => {
                shared.hanging.notify_one();
                let _ = stream.read_u8().await;
                shared.closed.notify_one();
                return;
            }
        }
    }
}

async fn read(stream: &mut BufReader<TcpStream>) -> Option<Asked> {
    let mut line = String::new();
    stream
        .read_line(&mut line)
        .await
        .ok()
        .filter(|read| *read > 0)?;
    let mut words = line.split_whitespace();
    let (method, target) = (words.next()?.to_owned(), words.next()?.to_owned());
    let mut headers = Vec::new();
    loop {
        let mut line = String::new();
        stream.read_line(&mut line).await.ok()?;
        let Some((name, value)) = line.trim_end().split_once(':') else {
            break;
        };
        headers.push((name.to_owned(), value.trim().to_owned()));
    }
    let length = headers
        .iter()
        .find(|(name, _)| name.eq_ignore_ascii_case("content-length"))
        .and_then(|(_, value)| value.parse().ok())
        .unwrap_or(0);
    let mut body = vec![0; length];
    stream.read_exact(&mut body).await.ok()?;
    Some(Asked {
        method,
        target,
        headers,
        body: String::from_utf8(body).ok()?,
    })
}
