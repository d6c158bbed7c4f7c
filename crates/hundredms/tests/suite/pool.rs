//! Connections that are kept between calls, and that the server drops meanwhile.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use hundredms::resources::room_codes::ExchangeRoomCode;
use hundredms::resources::rooms::CreateRoom;
use hundredms::{Client, ErrorKind, Observation};
use hundredms_sandbox::Sandbox;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

use super::client_at;

const ROOM: &str = r#"{"id":"1","name":"n","enabled":true,"description":"","customer_id":"c","template_id":"t","region":"in"}"#;

/// A server that keeps each connection after its answer until it is told to drop all.
struct Keeper {
    url: String,
    state: Arc<State>,
}

#[derive(Default)]
struct State {
    /// Closed connections for each change.
    drops: watch::Sender<u32>,
    /// Requests wait for their answer while this is set.
    holds: watch::Sender<bool>,
    /// The second request of a connection is answered with a reset while this is set.
    resets: watch::Sender<bool>,
    /// Requests that came.
    asked: watch::Sender<usize>,
    /// Connections that are open.
    open: watch::Sender<usize>,
    /// Connections that were made.
    accepted: watch::Sender<usize>,
}

impl Keeper {
    async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = format!("http://{}/v2", listener.local_addr().expect("an address"));
        let state = Arc::new(State::default());
        let shared = state.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let state = shared.clone();
                state.open.send_modify(|open| *open += 1);
                state.accepted.send_modify(|accepted| *accepted += 1);
                let mut drops = state.drops.subscribe();
                tokio::spawn(async move {
                    tokio::select! {
                        () = state.serve(stream) => {}
                        _ = drops.changed() => {}
                    }
                    state.open.send_modify(|open| *open -= 1);
                });
            }
        });
        Self { url, state }
    }

    /// Wait until so many requests came in all.
    async fn asked(&self, count: usize) {
        let mut asked = self.state.asked.subscribe();
        asked
            .wait_for(|asked| *asked >= count)
            .await
            .expect("requests");
    }

    /// Let requests wait for their answer, or not.
    fn hold(&self, holds: bool) {
        self.state.holds.send_replace(holds);
    }

    /// Drop every connection that is open; gives how many there were.
    async fn drop_all(&self) -> usize {
        let count = *self.state.open.borrow();
        self.state.drops.send_modify(|drops| *drops += 1);
        let mut open = self.state.open.subscribe();
        open.wait_for(|open| *open == 0).await.expect("connections");
        count
    }
}

impl State {
    async fn serve(&self, mut stream: TcpStream) {
        let mut holds = self.holds.subscribe();
        let mut buffer = vec![0; 1 << 14];
        let mut kept = false;
        while let Ok(1..) = stream.read(&mut buffer).await {
            self.asked.send_modify(|asked| *asked += 1);
            let _ = holds.wait_for(|holds| !holds).await;
            if std::mem::replace(&mut kept, true) && *self.resets.borrow() {
                let _ = stream.set_zero_linger();
                return;
            }
            let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n", ROOM.len());
            if stream.write_all((head + ROOM).as_bytes()).await.is_err() {
                return;
            }
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
        assert_eq!(server.drop_all().await, 1);
    }
}

/// A client that keeps so many connections, of which each resets the next request over it, and what its hooks see after that.
async fn with_stale(server: &Keeper, count: usize) -> (Client, Arc<Mutex<Vec<String>>>) {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let noted = seen.clone();
    let client = client_at(&server.url)
        // What is found out by a request is no retry.
        .max_retries(0)
        .observer(move |observation| {
            let words = match observation {
                Observation::Request(it) => format!("request {}", it.attempt),
                Observation::Response(it) => format!("response {}", it.request.attempt),
                Observation::Retry(it) => format!("retry after {:?}", it.pause),
                _ => String::new(),
            };
            noted.lock().expect("seen").push(words);
        })
        .build()
        .expect("a client");
    server.hold(true);
    let calls: Vec<_> = (0..count)
        .map(|_| tokio::spawn(client.rooms().get("1").into_future()))
        .collect();
    server.asked(count).await;
    server.hold(false);
    for call in calls {
        call.await.expect("no panic").expect("a room");
    }
    server.state.resets.send_replace(true);
    seen.lock().expect("seen").clear();
    (client, seen)
}

#[tokio::test]
async fn idle_connections_that_are_reset_never_surface() {
    const IDLE: usize = 8;
    let server = Keeper::start().await;
    let (client, seen) = with_stale(&server, IDLE).await;
    for round in 0..IDLE {
        if round % 2 == 0 {
            client.rooms().get("1").await.expect("a room");
        } else {
            let create = client.rooms().create(CreateRoom::new().name("n"));
            create.await.expect("a room");
        }
        let mut seen = seen.lock().expect("seen");
        let words = "request 1, response 1, retry after 0ns, request 2, response 2";
        assert_eq!(seen.join(", "), words, "round {round}");
        seen.clear();
    }
    assert_eq!(*server.state.asked.borrow(), 3 * IDLE);
}

#[tokio::test]
async fn calls_beyond_the_connections_wait_for_one() {
    let server = Keeper::start().await;
    let client = client_at(&server.url).max_connections(2).build();
    let client = client.expect("a client");
    server.hold(true);
    let calls: Vec<_> = (0..2)
        .map(|_| tokio::spawn(client.rooms().get("1").into_future()))
        .collect();
    server.asked(2).await;
    let third = client.rooms().get("1").timeout(Duration::from_millis(100));
    let error = third.await.expect_err("no connection is free");
    assert_eq!(
        (error.kind(), error.phase(), error.attempts()),
        (ErrorKind::Timeout, Some(hundredms::Phase::Queue), 0),
        "{error}"
    );
    let waits = tokio::spawn(client.rooms().get("1").into_future());
    server.hold(false);
    for call in calls.into_iter().chain([waits]) {
        call.await.expect("no panic").expect("a room");
    }
    assert_eq!(*server.state.open.borrow(), 2);

    let none = client_at(&server.url).max_connections(0).build();
    assert_eq!(none.expect_err("none").kind(), ErrorKind::Configuration);
}

/// Make 50 calls, one after the other. Return how many connections they took.
async fn connections_of_calls() -> usize {
    let server = Keeper::start().await;
    let client = client_at(&server.url).build().expect("a client");
    for _ in 0..50 {
        client.rooms().get("1").await.expect("a room");
    }
    *server.state.accepted.borrow()
}

#[tokio::test]
async fn calls_that_follow_each_other_share_one_connection() {
    assert_eq!(connections_of_calls().await, 1);
    let of_a_task = tokio::spawn(connections_of_calls());
    assert_eq!(of_a_task.await.expect("no panic"), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn calls_that_follow_each_other_hardly_open_connections_on_many_threads() {
    // Another thread may return the connection to the pool a moment too late, seldom. Without a pool there would be 50.
    let took = connections_of_calls().await;
    assert!(took < 25, "{took}");
    let took = tokio::spawn(connections_of_calls())
        .await
        .expect("no panic");
    assert!(took < 25, "{took}");
}

#[tokio::test]
async fn both_base_urls_of_one_server_share_its_connections() {
    let server = Keeper::start().await;
    let client = client_at(&server.url)
        .auth_url(server.url.replace("/v2", "/auth"))
        .max_connections(1)
        .build()
        .expect("a client");
    server.hold(true);
    let room = tokio::spawn(client.rooms().get("1").into_future());
    server.asked(1).await;
    let code = || {
        client
            .room_codes()
            .auth_token(ExchangeRoomCode::new("abc-defg-hij"))
    };
    let error = code().timeout(Duration::from_millis(100)).await;
    let error = error.expect_err("the connection is in use");
    assert_eq!(
        (error.kind(), error.phase(), error.attempts()),
        (ErrorKind::Timeout, Some(hundredms::Phase::Queue), 0),
        "{error}"
    );
    server.hold(false);
    room.await.expect("no panic").expect("a room");
    code().await.expect_err("a room is no token");
    assert_eq!(*server.state.accepted.borrow(), 1);

    // Another port is another server.
    let other = Keeper::start().await;
    let client = client_at(&server.url).auth_url(&other.url);
    let client = client.max_connections(1).build().expect("a client");
    server.hold(true);
    let room = tokio::spawn(client.rooms().get("1").into_future());
    server.asked(3).await;
    let code = client
        .room_codes()
        .auth_token(ExchangeRoomCode::new("abc-defg-hij"));
    code.await.expect_err("a room is no token");
    server.hold(false);
    room.await.expect("no panic").expect("a room");
}

#[tokio::test]
async fn connections_that_are_idle_are_closed() {
    const MOST: usize = 8;
    let server = Keeper::start().await;
    let client = client_at(&server.url).max_connections(MOST).build();
    let client = client.expect("a client");
    server.hold(true);
    let calls: Vec<_> = (0..3 * MOST)
        .map(|_| tokio::spawn(client.rooms().get("1").into_future()))
        .collect();
    server.asked(MOST).await;
    server.hold(false);
    for call in calls {
        call.await.expect("no panic").expect("a room");
    }
    assert_eq!(*server.state.accepted.borrow(), MOST);
    assert_eq!(*server.state.open.borrow(), MOST);
    tokio::time::pause();
    for _ in 0..2 {
        tokio::time::advance(Duration::from_secs(51)).await;
    }
    let mut open = server.state.open.subscribe();
    open.wait_for(|open| *open == 0).await.expect("connections");
}

#[tokio::test]
async fn what_must_not_be_repeated_is_in_doubt_after_a_reset() {
    let server = Keeper::start().await;
    let (client, _) = with_stale(&server, 1).await;
    let error = client.rooms().create(CreateRoom::new()).await;
    let error = error.expect_err("nobody knows");
    assert_eq!(
        (error.kind(), error.attempts()),
        (ErrorKind::AmbiguousOutcome, 1),
        "{error}"
    );
    assert_eq!(*server.state.asked.borrow(), 2);
}

/// Make calls for each line that comes in, and say what came of them: `get COUNT ROOM`, so many at once, or `create`.
#[cfg(unix)]
fn call_when_told(url: &str) {
    // Time passes while the process is frozen.
    let client = client_at(url).timeout(Duration::from_secs(600)).build();
    let client = client.expect("a client");
    let mut lines = std::io::stdin().lock().lines();
    while let Some(Ok(line)) = lines.next() {
        let client = client.clone();
        tokio::spawn(async move {
            let words: Vec<_> = line.split(' ').collect();
            let came = if let ["get", count, room] = words.as_slice() {
                let calls = 0..count.parse().expect("a number");
                let calls: Vec<_> = calls
                    .map(|_| tokio::spawn(client.rooms().get(*room).into_future()))
                    .collect();
                let mut rooms = 0;
                for call in calls {
                    match call.await.expect("no panic") {
                        Ok(_) => rooms += 1,
                        Err(error) => println!("\n{error}"),
                    }
                }
                format!("{rooms} rooms")
            } else {
                let room = client.rooms().create(CreateRoom::new()).await;
                room.map_or_else(|error| error.kind().to_string(), |_| "a room".to_owned())
            };
            println!("\ncame {came}");
        });
    }
}

/// A test again, in a process of its own, where it makes calls when told.
#[cfg(unix)]
struct Caller(Child);

#[cfg(unix)]
impl Caller {
    fn start(test: &str, url: &str) -> Self {
        let child = Command::new(std::env::current_exe().expect("this binary"))
            .args(["--exact", test, "--nocapture"])
            .env("CALL_AT", url)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn();
        Self(child.expect("a process"))
    }

    fn tell(&mut self, line: &str) {
        let stdin = self.0.stdin.as_mut().expect("stdin");
        writeln!(stdin, "{line}").expect("a line");
    }

    /// What came of some calls.
    fn came(&mut self) -> String {
        let mut stdout = BufReader::with_capacity(1, self.0.stdout.as_mut().expect("stdout"));
        loop {
            let mut line = String::new();
            assert!(stdout.read_line(&mut line).expect("a line") > 0, "it ended");
            if let Some(came) = line.strip_prefix("came ") {
                return came.trim_end().to_owned();
            }
            eprint!("{line}");
        }
    }

    /// Freeze the process while `meanwhile` happens, and for so many seconds as `FROZEN_SECS` says.
    async fn frozen(&self, meanwhile: impl Future<Output = ()>) {
        self.signal("-STOP");
        let stat = format!("/proc/{}/stat", self.0.id());
        // Where the system tells, it is frozen for certain.
        while std::fs::read_to_string(&stat).is_ok_and(|stat| !stat.contains(") T ")) {
            tokio::task::yield_now().await;
        }
        meanwhile.await;
        let seconds = std::env::var("FROZEN_SECS").map_or(0, |it| it.parse().expect("seconds"));
        tokio::time::sleep(Duration::from_secs(seconds)).await;
        self.signal("-CONT");
    }

    fn signal(&self, name: &str) {
        let status = Command::new("kill")
            .args([name, &self.0.id().to_string()])
            .status();
        assert!(status.expect("kill").success());
    }
}

#[cfg(unix)]
impl Drop for Caller {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_process_that_was_frozen_goes_on_without_its_connections() {
    const CALLS: usize = 32;
    if let Ok(url) = std::env::var("CALL_AT") {
        return call_when_told(&url);
    }
    let server = Keeper::start().await;
    let test = "pool::a_process_that_was_frozen_goes_on_without_its_connections";
    let mut caller = Caller::start(test, &server.url);
    server.hold(true);
    caller.tell(&format!("get {CALLS} 1"));
    server.asked(CALLS).await;
    server.hold(false);
    assert_eq!(caller.came(), "32 rooms");

    server.hold(true);
    caller.tell("get 1 1");
    server.asked(CALLS + 1).await;
    caller.tell("create");
    server.asked(CALLS + 2).await;
    caller
        .frozen(async {
            assert_eq!(server.drop_all().await, CALLS);
            server.hold(false);
        })
        .await;
    // What may be repeated is, and of the rest nobody knows.
    let mut came = [caller.came(), caller.came()];
    came.sort();
    assert_eq!(came, ["1 rooms", "ambiguous_outcome"]);
    caller.tell(&format!("get {CALLS} 1"));
    assert_eq!(caller.came(), "32 rooms");
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_process_that_was_frozen_until_its_token_expired_goes_on_with_another() {
    if let Ok(url) = std::env::var("CALL_AT") {
        return call_when_told(&url);
    }
    let sandbox = Sandbox::builder().access_key("key").secret("secret");
    let sandbox = sandbox.start().await.expect("a sandbox");
    let client = client_at(&sandbox.base_url()).build().expect("a client");
    let room = client.rooms().create(CreateRoom::new()).await;
    let calls = format!("get 32 {}", room.expect("a room").id);
    let test = "pool::a_process_that_was_frozen_until_its_token_expired_goes_on_with_another";
    let mut caller = Caller::start(test, &sandbox.base_url());
    caller.tell(&calls);
    assert_eq!(caller.came(), "32 rooms");
    caller
        .frozen(async {
            let days = Duration::from_secs(7 * 24 * 60 * 60);
            sandbox.advance_clock(days).expect("a later time");
            sandbox
                .refuse_connections(Duration::ZERO)
                .expect("no connections");
            sandbox.clear_requests();
        })
        .await;
    caller.tell(&calls);
    assert_eq!(caller.came(), "32 rooms");
    let statuses: Vec<_> = sandbox.requests().iter().map(|it| it.status).collect();
    let count = |status| statuses.iter().filter(|it| **it == status).count();
    assert_eq!(count(200), 32, "{statuses:?}");
    assert!((1..=32).contains(&count(401)), "{statuses:?}");
}
