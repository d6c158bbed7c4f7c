//! The store of the example that keeps events in a file.

use std::sync::Arc;
use std::time::Duration;

use hundredms::webhooks::{Claim, DedupeStore, DeliveryOutcome};

use super::routing::join;
use super::sqlite_store::{SqliteStore, webhooks};

const MINUTE: Duration = Duration::from_secs(60);

/// A file for one test, in a folder that is removed at the end.
struct File(std::path::PathBuf);

impl File {
    fn new(name: &str) -> Self {
        let folder = format!("hundredms-sqlite-{}-{name}", std::process::id());
        let folder = std::env::temp_dir().join(folder);
        std::fs::create_dir_all(&folder).expect("a folder");
        Self(folder.join("webhooks.db"))
    }

    fn store(&self) -> SqliteStore {
        SqliteStore::open(&self.0).expect("a store")
    }
}

impl Drop for File {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(self.0.parent().expect("a folder"));
    }
}

#[tokio::test]
async fn routers_with_one_file_handle_an_event_once_between_them() {
    let file = File::new("routers");
    let mut outcomes = Vec::new();
    for _ in 0..2 {
        let router = webhooks(&file.0, "hunter2").expect("a router");
        let headers = [("x-webhook-secret", "hunter2")];
        outcomes.push(router.handle(join("1"), &headers[..], None).await);
    }
    assert_eq!(
        outcomes,
        [DeliveryOutcome::Handled, DeliveryOutcome::Duplicate]
    );
}

/// Claim the event 1.
async fn claim(store: &SqliteStore, owner: &str, lease: Duration) -> Claim {
    store.claim("1", owner, lease).await.expect("an answer")
}

#[tokio::test]
async fn a_claim_is_of_one_owner_until_it_is_released_done_or_over() {
    let file = File::new("claims");
    let (store, other) = (file.store(), file.store());
    assert_eq!(claim(&store, "a", MINUTE).await, Claim::New);
    assert_eq!(claim(&store, "a", MINUTE).await, Claim::New, "its own");
    other.release("1", "b").await.expect("an answer");
    assert_eq!(claim(&other, "b", MINUTE).await, Claim::InProgress);
    store.release("1", "a").await.expect("an answer");
    assert_eq!(claim(&other, "b", Duration::ZERO).await, Claim::New);
    assert_eq!(claim(&store, "c", MINUTE).await, Claim::New, "b's is over");
    store.done("1", MINUTE).await.expect("an answer");
    store.release("1", "c").await.expect("an answer");
    assert_eq!(claim(&other, "d", MINUTE).await, Claim::Done);
    store.done("1", Duration::ZERO).await.expect("an answer");
    assert_eq!(claim(&other, "e", MINUTE).await, Claim::New, "forgotten");
}

#[tokio::test]
async fn of_claims_at_once_one_is_new() {
    let file = File::new("race");
    let stores: Vec<_> = (0..8).map(|_| Arc::new(file.store())).collect();
    for event in 0..20 {
        let claims = stores.iter().enumerate().map(|(owner, store)| {
            let store = Arc::clone(store);
            tokio::spawn(async move {
                let (event, owner) = (event.to_string(), owner.to_string());
                let claim = store.claim(&event, &owner, MINUTE).await;
                claim.expect("an answer")
            })
        });
        let mut new = 0;
        for claim in claims.collect::<Vec<_>>() {
            new += usize::from(claim.await.expect("a claim") == Claim::New);
        }
        assert_eq!(new, 1);
    }
}
