//! The rate limit of a client, alone and shared through Redis.

use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use futures_util::StreamExt as _;
use hundredms::bulk::map;
use hundredms::resources::rooms::CreateRoom;
use hundredms::{Client, ErrorKind, Phase, RateLimit};
use hundredms_sandbox::{Fault, FaultEffect, Sandbox};

use super::client_at;

#[path = "../../examples/bulk.rs"]
#[allow(dead_code)]
mod example;

/// A server of this test alone; killed when dropped.
struct Redis {
    process: Child,
    port: u16,
}

impl Redis {
    async fn start(port: Option<u16>) -> Self {
        let port = port.unwrap_or_else(|| {
            std::net::TcpListener::bind("127.0.0.1:0")
                .and_then(|listener| listener.local_addr())
                .expect("a port")
                .port()
        });
        let process = Command::new("redis-server")
            .args([
                "--bind",
                "127.0.0.1",
                "--save",
                "",
                "--appendonly",
                "no",
                "--port",
            ])
            .arg(port.to_string())
            .stdout(Stdio::null())
            .spawn()
            .expect("redis-server: install it, on Debian with `apt-get install redis-server`");
        while tokio::net::TcpStream::connect(("127.0.0.1", port))
            .await
            .is_err()
        {
            tokio::task::yield_now().await;
        }
        Self { process, port }
    }

    fn url(&self) -> String {
        format!("redis://127.0.0.1:{}", self.port)
    }

    fn stop(mut self) -> u16 {
        self.process.kill().expect("a running server");
        self.process.wait().expect("an ended server");
        self.port
    }
}

impl Drop for Redis {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

async fn sandbox() -> Sandbox {
    Sandbox::builder().start().await.expect("a sandbox")
}

/// The keys of limits in Redis, and a connection to it.
fn keys(redis: &Redis) -> (redis::Connection, Vec<String>) {
    let mut connection = redis::Client::open(redis.url())
        .expect("a URL")
        .get_connection()
        .expect("a connection");
    let keys = redis::cmd("KEYS")
        .arg("hundredms:rate:*")
        .query(&mut connection)
        .expect("keys");
    (connection, keys)
}

fn client(sandbox: &Sandbox, limit: impl Into<RateLimit>, redis: Option<&Redis>) -> Client {
    let builder = Client::builder()
        .keys(sandbox.access_key(), sandbox.secret())
        .base_url(sandbox.base_url())
        .auth_url(sandbox.auth_url())
        .rate_limit(limit);
    let builder = match redis {
        Some(redis) => builder.rate_limit_redis(redis.url()),
        None => builder,
    };
    builder.build().expect("a client")
}

/// Create `count` rooms, and return how many were created and how long it took.
async fn create(client: &Client, count: usize) -> (usize, Duration) {
    let start = Instant::now();
    let results = map(0..count, |_| client.send(CreateRoom::new())).unordered();
    let results: Vec<_> = results.stream().collect().await;
    let created = results.iter().filter(|done| done.result.is_ok()).count();
    (created, start.elapsed())
}

fn refused(sandbox: &Sandbox) -> usize {
    let requests = sandbox.requests();
    requests.iter().filter(|seen| seen.status == 429).count()
}

#[tokio::test]
async fn a_limit_is_kept_and_nothing_is_refused() {
    let sandbox = sandbox().await;
    sandbox.rate_limit(Some(100)).expect("a limit");
    let (created, took) = create(&client(&sandbox, 100, None), 200).await;
    assert_eq!((created, refused(&sandbox)), (200, 0));
    assert!(took > Duration::from_millis(1_700), "{took:?}");
}

#[tokio::test]
async fn without_a_number_the_limit_of_the_service_is_found() {
    for limit in [RateLimit::adaptive(), 400.into()] {
        let sandbox = sandbox().await;
        sandbox.rate_limit(Some(100)).expect("a limit");
        let (created, took) = create(&client(&sandbox, limit, None), 300).await;
        assert_eq!(created, 300);
        // Those that were in flight when the first was refused.
        let refused = refused(&sandbox);
        assert!((1..=32).contains(&refused), "{refused} refused");
        assert!(took > Duration::from_secs(2), "{took:?}");
    }
}

#[tokio::test]
async fn calls_that_wait_for_others_heed_a_refusal_too() {
    let sandbox = sandbox().await;
    sandbox.rate_limit(Some(50)).expect("a limit");
    let client = Client::builder()
        .keys(sandbox.access_key(), sandbox.secret())
        .base_url(sandbox.base_url())
        .rate_limit(RateLimit::adaptive())
        .max_in_flight(4)
        .build()
        .expect("a client");
    let start = Instant::now();
    let results = map(0..200, |_| client.send(CreateRoom::new())).unordered();
    let results: Vec<_> = results.concurrency(200).stream().collect().await;
    assert!(results.iter().all(|done| done.result.is_ok()));
    // Those that were in flight when the first was refused, and then few.
    let refused = refused(&sandbox);
    assert!((1..=12).contains(&refused), "{refused} refused");
    assert!(start.elapsed() < Duration::from_secs(12));
}

#[tokio::test]
async fn the_deadline_passes_while_a_call_waits_and_nothing_is_sent() {
    let sandbox = sandbox().await;
    let client = client(&sandbox, 0.1, None);
    client
        .rooms()
        .create(CreateRoom::new())
        .await
        .expect("a room");
    let late = client.rooms().create(CreateRoom::new());
    let error = late
        .timeout(Duration::from_millis(200))
        .await
        .expect_err("late");
    assert_eq!(
        (error.kind(), error.phase()),
        (ErrorKind::Timeout, Some(Phase::Queue))
    );
    assert!(!error.may_have_applied() && error.attempts() == 0);
    assert!(
        error.to_string().contains("waited for the rate limit"),
        "{error}"
    );
    assert_eq!(sandbox.requests().len(), 1);
}

#[tokio::test]
async fn a_call_whose_turn_comes_just_before_its_deadline_is_not_sent() {
    let sandbox = sandbox().await;
    let slow = FaultEffect::new().delay_answer(Duration::from_secs(1));
    let slow = Fault::new(slow).operation("rooms.create").nth(2);
    sandbox.add_fault(&slow).expect("a fault");
    let client = client(&sandbox, 0.5, None);
    create(&client, 1).await;
    // Its turn is after two seconds. Sent then, it would have an unknown outcome.
    let late = client.rooms().create(CreateRoom::new());
    let error = late.timeout(Duration::from_millis(2_400)).await;
    let error = error.expect_err("late");
    assert_eq!(
        (error.kind(), error.phase(), error.attempts()),
        (ErrorKind::Timeout, Some(Phase::Queue), 0)
    );
    assert!(!error.may_have_applied());
    assert!(
        error.message().contains(
            "too little of its timeout of 2.4 s was left, and was not sent; raise the timeout"
        ),
        "{error}"
    );
    let elapsed = error.elapsed().as_secs_f64();
    assert!((1.8..2.0).contains(&elapsed), "{elapsed}");
    assert_eq!(sandbox.requests().len(), 1);
}

#[tokio::test]
async fn calls_in_flight_are_limited() {
    let sandbox = sandbox().await;
    let running = Arc::new(AtomicUsize::new(0));
    let most = Arc::new(AtomicUsize::new(0));
    let (begun, ended, seen) = (running.clone(), running, most.clone());
    let client = Client::builder()
        .keys(sandbox.access_key(), sandbox.secret())
        .base_url(sandbox.base_url())
        .max_in_flight(3)
        .on_request(move |_| {
            seen.fetch_max(begun.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
        })
        .on_response(move |_| {
            ended.fetch_sub(1, Ordering::SeqCst);
        })
        .build()
        .expect("a client");
    let (created, _) = create(&client, 100).await;
    assert_eq!((created, most.load(Ordering::SeqCst)), (100, 3));
}

#[test]
fn limits_that_are_none_are_refused() {
    for (limit, words) in [
        (RateLimit::from(0.0), "must be more than 0"),
        (RateLimit::from(f64::NAN), "must be more than 0"),
        (
            RateLimit::from(1.0).group("room", 1.0),
            "there is no group \"room\"",
        ),
        (
            RateLimit::adaptive().group("rooms", -1.0),
            "of rooms must be more than 0",
        ),
    ] {
        let error = client_at("http://127.0.0.1:9").rate_limit(limit).build();
        let error = error.expect_err("no limit").to_string();
        assert!(error.contains(words), "{error}");
    }
    for (url, limit, words) in [
        ("localhost:6379", 1.0, "must be an address"),
        ("redis://h/zero", 1.0, "must be an address"),
    ] {
        let builder = client_at("http://127.0.0.1:9")
            .rate_limit(limit)
            .rate_limit_redis(url);
        let error = builder.build().expect_err("no address").to_string();
        assert!(error.contains(words), "{error}");
    }
    let alone = client_at("http://127.0.0.1:9")
        .rate_limit_redis("redis://localhost")
        .build();
    assert!(
        alone
            .expect_err("no limit")
            .to_string()
            .contains("needs a rate_limit")
    );
}

#[test]
fn every_group_of_an_operation_can_have_a_limit() {
    for operation in hundredms::operations() {
        let group = operation.path.split('/').nth(1).expect("a path");
        let built =
            client_at("http://127.0.0.1:9").rate_limit(RateLimit::default().group(group, 1.0));
        built.build().expect(group);
    }
}

#[tokio::test]
async fn clients_share_the_limit_evenly() {
    let redis = Redis::start(None).await;
    let sandbox = sandbox().await;
    sandbox.rate_limit(Some(100)).expect("a limit");
    let clients = [(); 3].map(|()| client(&sandbox, 100, Some(&redis)));
    let start = Instant::now();
    let runs = clients.iter().map(|client| create(client, 100));
    let runs = futures_util::future::join_all(runs).await;
    let took = start.elapsed();
    assert!(runs.iter().all(|(created, _)| *created == 100));
    assert!(
        took > Duration::from_millis(2_700) && took < Duration::from_secs(6),
        "{took:?}"
    );
    let times = runs.iter().map(|(_, took)| took.as_secs_f64());
    let (fastest, slowest) = (
        times.clone().fold(f64::INFINITY, f64::min),
        times.fold(0.0, f64::max),
    );
    assert!(slowest < 1.3 * fastest, "{fastest} and {slowest} s");
}

#[tokio::test]
async fn the_client_of_the_example_shares_its_limit() {
    let redis = Redis::start(None).await;
    let sandbox = sandbox().await;
    let builder = client_at(&sandbox.base_url()).keys(sandbox.access_key(), sandbox.secret());
    let client = example::shared_client(builder, &redis.url()).expect("a client");
    create(&client, 1).await;
    // The first calls do not wait until Redis is connected.
    while keys(&redis).1.is_empty() {
        create(&client, 1).await;
    }
}

#[tokio::test]
async fn a_refusal_of_one_client_pauses_the_others() {
    let redis = Redis::start(None).await;
    let (refusing, other) = (sandbox().await, sandbox().await);
    // The same access key, and servers of their own.
    let one = client(&refusing, 1_000, Some(&redis));
    let two = client(&other, 1_000, Some(&redis));
    create(&one, 1).await;
    create(&two, 1).await;
    refusing.rate_limit(Some(1)).expect("a limit");
    for _ in 0..2 {
        let _ = one.rooms().create(CreateRoom::new()).max_retries(0).await;
    }
    assert_eq!(refused(&refusing), 1);
    // The report is on its way to Redis.
    let start = Instant::now();
    while start.elapsed() < Duration::from_millis(500) {
        let before = Instant::now();
        create(&two, 1).await;
        if before.elapsed() > Duration::from_millis(300) {
            return;
        }
    }
    panic!("the other client was not paused");
}

#[tokio::test]
async fn many_refusals_do_not_end_the_limit_of_several_clients() {
    let redis = Redis::start(None).await;
    let sandbox = sandbox().await;
    sandbox.rate_limit(Some(100)).expect("a limit");
    let client = client(&sandbox, 0.5, Some(&redis));
    create(&client, 1).await;
    let (mut connection, keys) = keys(&redis);
    let [state, processes] =
        ["}", ":processes"].map(|end| keys.iter().find(|key| key.ends_with(end)).expect("a key"));
    let script = include_str!("../../src/transport/shared_rate.lua");
    for (most, least) in [("200", 1_000_000), ("0", 1_000_000), ("0.0000001", 1)] {
        let mut last = 0;
        for _ in 0..60 {
            let reply: Vec<u64> = redis::cmd("EVAL")
                .arg(script)
                .arg(2)
                .arg(state)
                .arg(processes)
                .arg("other")
                .arg(0)
                .arg(most)
                .arg(0)
                .arg("0.000")
                .arg(0)
                .query(&mut connection)
                .expect("a reply");
            last = reply[4];
        }
        // In millionths per second; 0 is no limit.
        assert_eq!(last, least, "{most}");
    }
}

/// The script of the shared limit, at times that the test sets.
struct Script {
    connection: redis::Connection,
    /// In microseconds.
    now: u64,
}

/// The pause that the service asks for in seconds, what it accepted per second, and the age of the request in microseconds.
type Refused = (u64, f64, u64);

impl Script {
    fn new(redis: &Redis) -> Self {
        Self {
            connection: keys(redis).0,
            now: 1_800_000_000_000_000,
        }
    }

    /// Ask for permits of a limit that adapts. Return how many there are, and the requests per second.
    fn ask(&mut self, permits: u32, refused: Option<Refused>) -> (u64, f64) {
        let script = include_str!("../../src/transport/shared_rate.lua");
        let time = format!("{{0, {}}}", self.now);
        let script = script.replacen("redis.call('TIME')", &time, 1);
        let mut command = redis::cmd("EVAL");
        command.arg(script).arg(2).arg("state").arg("processes");
        command.arg("process").arg(permits).arg(0);
        if let Some((pause, accepted, age)) = refused {
            command.arg(pause * 1_000_000).arg(accepted).arg(age);
        }
        let reply: Vec<u64> = command.query(&mut self.connection).expect("a reply");
        #[expect(clippy::cast_precision_loss, reason = "a rate is small")]
        let rate = reply[4] as f64 / 1e6;
        (reply[0], rate)
    }

    /// Take all permits that there are, for this many seconds. Return how many.
    fn use_up(&mut self, seconds: u64) -> u64 {
        let end = self.now + seconds * 1_000_000;
        let mut granted = 0;
        while self.now < end {
            granted += self.ask(1_000, None).0;
            self.now += 50_000;
        }
        granted
    }
}

#[tokio::test]
async fn a_shared_rate_does_not_grow_while_nothing_is_sent() {
    let redis = Redis::start(None).await;
    let mut script = Script::new(&redis);
    assert!((script.ask(0, Some((1, 3.0, 0))).1 - 10.0).abs() < 1e-6);
    for idle in [11, 30, 3_600] {
        script.now += idle * 1_000_000;
        assert!((script.ask(1, None).1 - 10.0).abs() < 1e-6, "{idle}");
    }
    script.use_up(2);
    let grown = script.ask(1, None).1;
    assert!(grown > 15.0 && grown < 45.0, "{grown}");
}

#[tokio::test]
async fn a_shared_rate_that_was_found_is_not_forgotten_after_a_refusal_because_of_others() {
    let redis = Redis::start(None).await;
    let mut script = Script::new(&redis);
    assert!((script.ask(0, Some((1, 100.0, 0))).1 - 99.0).abs() < 1e-6);
    script.now += 15_000_000;
    assert!((script.ask(0, Some((1, 3.0, 0))).1 - 49.5).abs() < 1e-6);
    script.now += 1_000_000;
    script.use_up(4);
    let grown = script.ask(1, None).1;
    assert!((98.9..103.0).contains(&grown), "{grown}");
    script.use_up(3);
    let grown = script.ask(1, None).1;
    assert!(grown < 106.0, "{grown}");
}

#[tokio::test]
async fn a_service_that_counts_by_the_minute_gets_its_limit_from_clients_that_share_it() {
    let redis = Redis::start(None).await;
    let mut script = Script::new(&redis);
    let rate = script.ask(0, Some((60, 100.0 / 60.0, 0))).1;
    assert!((rate - 1.65).abs() < 1e-3, "{rate}");
    script.now += 60_000_000;
    let granted = script.use_up(60);
    // Permits are given up to a second before their time.
    assert!((97..=102).contains(&granted), "{granted}");
}

#[tokio::test]
async fn a_request_that_was_sent_when_another_was_refused_does_not_lower_a_shared_rate_again() {
    let redis = Redis::start(None).await;
    let mut script = Script::new(&redis);
    assert!((script.ask(0, Some((1, 100.0, 0))).1 - 99.0).abs() < 1e-6);
    script.now += 10;
    assert!((script.ask(0, Some((1, 100.0, 10))).1 - 99.0).abs() < 1e-6);
    assert!(script.ask(0, Some((1, 100.0, 9))).1 < 99.0);
}

#[tokio::test]
async fn without_redis_each_client_keeps_its_share_until_redis_is_back() {
    let redis = Redis::start(None).await;
    let sandbox = sandbox().await;
    let warnings = Arc::new(Mutex::new(Vec::new()));
    let clients = [(); 2].map(|()| {
        let warnings = warnings.clone();
        Client::builder()
            .keys(sandbox.access_key(), sandbox.secret())
            .base_url(sandbox.base_url())
            .rate_limit(100)
            .rate_limit_redis(redis.url())
            .on_request(move |view| {
                let mut warnings = warnings.lock().expect("no panic");
                warnings.extend(view.warning.map(str::to_owned));
            })
            .build()
            .expect("a client")
    });
    let all = async |count: usize| {
        let start = Instant::now();
        let runs = clients.iter().map(|client| create(client, count));
        for (created, _) in futures_util::future::join_all(runs).await {
            assert_eq!(created, count);
        }
        start.elapsed()
    };
    all(20).await;
    let port = redis.stop();
    let alone = all(100).await;
    assert!(
        alone > Duration::from_millis(1_600) && alone < Duration::from_secs(5),
        "{alone:?}"
    );
    let redis = Redis::start(Some(port)).await;
    tokio::time::sleep(Duration::from_millis(1_100)).await;
    all(10).await;
    tokio::time::sleep(Duration::from_millis(200)).await;
    // What the log says comes with the next attempt.
    all(1).await;
    let (_, keys) = keys(&redis);
    assert_eq!(keys.len(), 2, "{keys:?}");
    let warnings = warnings.lock().expect("no panic");
    let of = |words: &str| warnings.iter().filter(|one| one.contains(words)).count();
    assert_eq!(
        (
            of("cannot be reached"),
            of("can be reached again"),
            warnings.len()
        ),
        (2, 2, 4),
        "{warnings:?}"
    );
}
