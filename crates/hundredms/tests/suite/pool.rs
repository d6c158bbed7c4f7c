//! Connections that are kept between calls, and that the server drops meanwhile.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::sync::Notify;

use super::client_at;

const ROOM: &str = r#"{"id":"1","name":"n","enabled":true,"description":"","customer_id":"c","template_id":"t","region":"in"}"#;

/// A server that keeps each connection after its answer until it is told to drop all.
struct Keeper {
    url: String,
    drop_all: Arc<Notify>,
    dropped: Arc<AtomicUsize>,
}

impl Keeper {
    async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = format!("http://{}/v2", listener.local_addr().expect("an address"));
        let (drop_all, dropped) = (Arc::new(Notify::new()), Arc::new(AtomicUsize::new(0)));
        let (told, count) = (drop_all.clone(), dropped.clone());
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let (told, count) = (told.clone(), count.clone());
                tokio::spawn(async move {
                    let mut buffer = vec![0; 1 << 14];
                    loop {
                        let told = told.notified();
                        tokio::select! {
                            read = stream.read(&mut buffer) => {
                                if read.unwrap_or(0) == 0 {
                                    return;
                                }
                                let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n", ROOM.len());
                                if stream.write_all((head + ROOM).as_bytes()).await.is_err() {
                                    return;
                                }
                            }
                            () = told => {
                                drop(stream);
                                count.fetch_add(1, Ordering::SeqCst);
                                return;
                            }
                        }
                    }
                });
            }
        });
        Self {
            url,
            drop_all,
            dropped,
        }
    }

    /// Drop every connection that is open, of which there is at least one.
    async fn drop_all(&self) {
        let before = self.dropped.load(Ordering::SeqCst);
        while self.dropped.load(Ordering::SeqCst) == before {
            self.drop_all.notify_waiters();
            tokio::task::yield_now().await;
        }
    }
}

#[tokio::test]
async fn idle_connections_that_the_server_drops_never_surface() {
    let server = Keeper::start().await;
    let client = client_at(&server.url).build().expect("a client");
    for round in 0..200 {
        let room = client.rooms().get("1").await;
        assert!(room.is_ok(), "round {round}: {room:?}");
        server.drop_all().await;
    }
}

/// Make a call for each line that comes in.
async fn call_when_told(url: &str) {
    let client = client_at(url).build().expect("a client");
    let mut lines = std::io::stdin().lock().lines();
    while let Some(Ok(_)) = lines.next() {
        let room = client.rooms().get("1").await;
        println!("\ncalled {:?}", room.map(|room| room.id));
    }
}

/// This test again, in a process of its own, where it makes calls when told.
struct Caller(Child);

impl Caller {
    fn start(url: &str) -> Self {
        let child = Command::new(std::env::current_exe().expect("this binary"))
            .args([
                "--exact",
                "pool::a_process_that_was_frozen_goes_on",
                "--nocapture",
            ])
            .env("CALL_AT", url)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn();
        Self(child.expect("a process"))
    }

    fn tell(&mut self) {
        let stdin = self.0.stdin.as_mut().expect("stdin");
        stdin.write_all(b"call\n").expect("a line");
    }

    /// What the next call came to.
    fn called(&mut self) -> String {
        let mut stdout = BufReader::with_capacity(1, self.0.stdout.as_mut().expect("stdout"));
        let mut line = String::new();
        while !line.starts_with("called ") {
            line.clear();
            assert!(stdout.read_line(&mut line).expect("a line") > 0, "it ended");
        }
        line
    }

    fn signal(&self, name: &str) {
        let status = Command::new("kill")
            .args([name, &self.0.id().to_string()])
            .status();
        assert!(status.expect("kill").success());
    }
}

impl Drop for Caller {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_process_that_was_frozen_goes_on() {
    if let Ok(url) = std::env::var("CALL_AT") {
        return call_when_told(&url).await;
    }
    let server = Keeper::start().await;
    let mut caller = Caller::start(&server.url);
    for _ in 0..3 {
        caller.tell();
        assert_eq!(caller.called(), "called Ok(\"1\")\n");
        caller.signal("-STOP");
        server.drop_all().await;
        caller.signal("-CONT");
    }
}
