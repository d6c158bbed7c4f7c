//! The store in Redis, against a real server.

use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use hundredms::webhooks::{
    Claim, DedupeStore, DeliveryOutcome, Event, PeerJoinSuccess, RedisStore, Router,
};

use super::routing::{join, receiver};

const MINUTE: Duration = Duration::from_secs(60);

/// A server of this test alone; killed when dropped.
struct Server {
    process: Child,
    url: String,
}

impl Server {
    async fn start() -> Self {
        let port = std::net::TcpListener::bind("127.0.0.1:0")
            .and_then(|listener| listener.local_addr())
            .expect("a port")
            .port();
        let process = Command::new("redis-server")
            .args(["--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--port"])
            .arg(port.to_string())
            .stdout(Stdio::null())
            .spawn()
            .expect("redis-server, to test the store in Redis: install it, on Debian with `apt-get install redis-server`");
        let server = Self {
            process,
            url: format!("redis://127.0.0.1:{port}"),
        };
        while tokio::net::TcpStream::connect(("127.0.0.1", port))
            .await
            .is_err()
        {
            tokio::task::yield_now().await;
        }
        server
    }

    async fn store(&self) -> RedisStore {
        RedisStore::connect(&self.url).await.expect("a store")
    }

    /// Ask the server something.
    async fn ask<T: redis::FromRedisValue>(&self, command: &[&str]) -> T {
        let client = redis::Client::open(self.url.as_str()).expect("a URL");
        let mut connection = client
            .get_multiplexed_async_connection()
            .await
            .expect("a connection");
        let mut asked = redis::cmd(command[0]);
        asked.arg(&command[1..]);
        asked.query_async(&mut connection).await.expect("an answer")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.process.kill().expect("a running server");
        self.process.wait().expect("an ended server");
    }
}

async fn claim(store: &RedisStore, id: &str, owner: &str) -> Claim {
    store.claim(id, owner, MINUTE).await.expect("a claim")
}

#[tokio::test]
async fn an_event_is_claimed_done_and_given_back_under_keys_that_end_by_themselves() {
    let server = Server::start().await;
    let (store, other) = (server.store().await, server.store().await);
    assert_eq!(claim(&store, "1", "a").await, Claim::New);
    assert_eq!(claim(&other, "1", "b").await, Claim::InProgress);
    // As when the connection broke before the answer to the first claim came.
    assert_eq!(claim(&store, "1", "a").await, Claim::New);
    assert_eq!(
        server.ask::<String>(&["GET", "hundredms:webhook:1"]).await,
        "a"
    );
    let left: i64 = server.ask(&["PTTL", "hundredms:webhook:1"]).await;
    assert!((1..=60_000).contains(&left), "{left}");
    other.release("1", "b").await.expect("released");
    assert_eq!(claim(&other, "1", "b").await, Claim::InProgress);
    store.release("1", "a").await.expect("released");
    assert_eq!(claim(&other, "1", "b").await, Claim::New);
    other.done("1", 31 * 24 * 60 * MINUTE).await.expect("done");
    assert_eq!(claim(&store, "1", "a").await, Claim::Done);
    other.release("1", "b").await.expect("released");
    assert_eq!(claim(&store, "1", "a").await, Claim::Done);
    assert_eq!(
        server.ask::<String>(&["GET", "hundredms:webhook:1"]).await,
        "done"
    );
    let left: i64 = server.ask(&["PTTL", "hundredms:webhook:1"]).await;
    assert!(left > 30 * 24 * 60 * 60 * 1000, "{left}");
}

#[tokio::test]
async fn a_claim_of_which_nothing_more_is_heard_ends_with_its_lease() {
    let server = Server::start().await;
    let store = server.store().await.prefix("mine:");
    let lease = Duration::from_millis(1);
    assert_eq!(
        store.claim("1", "a", lease).await.expect("a claim"),
        Claim::New
    );
    while claim(&store, "1", "b").await != Claim::New {
        tokio::task::yield_now().await;
    }
    assert_eq!(server.ask::<Vec<String>>(&["KEYS", "*"]).await, ["mine:1"]);
}

#[tokio::test]
async fn routers_of_several_processes_handle_each_event_once_between_them() {
    let server = Server::start().await;
    let handled = Arc::new(AtomicUsize::new(0));
    let mut deliveries = tokio::task::JoinSet::new();
    for _ in 0..4 {
        let counted = Arc::clone(&handled);
        let router = Router::new(receiver()).store(server.store().await).on(
            move |_: Event<PeerJoinSuccess>| {
                let counted = Arc::clone(&counted);
                async move {
                    counted.fetch_add(1, Ordering::SeqCst);
                    Ok(())
                }
            },
        );
        for id in 0..50 {
            let router = router.clone();
            deliveries.spawn(async move {
                let headers = [("x-secret", "hunter2")];
                router
                    .handle(join(&id.to_string()), &headers[..], None)
                    .await
            });
        }
    }
    let replies = deliveries.join_all().await;
    assert_eq!(handled.load(Ordering::SeqCst), 50);
    assert_eq!(
        replies
            .iter()
            .filter(|reply| **reply == DeliveryOutcome::Handled)
            .count(),
        50
    );
    assert!(replies.iter().all(|reply| matches!(
        reply,
        DeliveryOutcome::Handled | DeliveryOutcome::Duplicate | DeliveryOutcome::InProgress
    )));
}

#[tokio::test]
async fn routers_of_the_example_handle_an_event_once_between_them() {
    let server = Server::start().await;
    let mut outcomes = Vec::new();
    for _ in 0..2 {
        let router = super::redis_store::webhooks(&server.url, "hunter2").await;
        let headers = [("x-webhook-secret", "hunter2")];
        let router = router.expect("a router");
        outcomes.push(router.handle(join("1"), &headers[..], None).await);
    }
    assert_eq!(
        outcomes,
        [DeliveryOutcome::Handled, DeliveryOutcome::Duplicate]
    );
}

#[tokio::test]
async fn a_store_that_went_away_fails_the_event_and_tells_why() {
    let server = Server::start().await;
    let told = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&told);
    let router = Router::new(receiver())
        .store(server.store().await)
        .on(|_: Event<PeerJoinSuccess>| async { Ok(()) })
        .on_failure(move |_| {
            counted.fetch_add(1, Ordering::SeqCst);
        });
    drop(server);
    let headers = [("x-secret", "hunter2")];
    assert_eq!(
        router.handle(join("1"), &headers[..], None).await,
        DeliveryOutcome::Failed
    );
    assert_eq!(told.load(Ordering::SeqCst), 1);
}
