//! A router: which handler an event goes to, how often, and what is answered.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use hundredms::webhooks::{
    Claim, DedupeStore, DeliveryOutcome, Event, EventData, EventType, MemoryStore, PeerJoinSuccess,
    PeerLeaveSuccess, Pending, Receiver, Router, VerificationErrorReason, parse,
};
use tokio::sync::{Notify, Semaphore};

use super::JOIN;

pub(super) fn receiver() -> Receiver {
    Receiver::builder()
        .header("x-secret", "hunter2")
        .build()
        .expect("a receiver")
}

pub(super) fn join(id: &str) -> String {
    JOIN.replace("e1", id)
}

async fn send(router: &Router, body: impl Into<String>) -> DeliveryOutcome {
    router
        .handle(body.into(), &[("x-secret", "hunter2")][..], None)
        .await
}

/// A router that counts joins.
fn counting() -> (Router, Arc<AtomicUsize>) {
    let count = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&count);
    let router = Router::new(receiver()).on(move |event: Event<PeerJoinSuccess>| {
        let counted = Arc::clone(&counted);
        async move {
            assert_eq!(event.data.room_id, "r1");
            counted.fetch_add(1, Ordering::SeqCst);
            Ok(())
        }
    });
    (router, count)
}

#[tokio::test]
async fn an_event_goes_to_the_handler_of_its_type_and_the_rest_to_the_fallback() {
    let (router, joins) = counting();
    let rest = Arc::new(Mutex::new(Vec::new()));
    let seen = Arc::clone(&rest);
    let router = router.fallback(move |event: Event| {
        seen.lock().expect("a lock").push(event.kind.to_string());
        async { Ok(()) }
    });
    assert_eq!(send(&router, join("1")).await, DeliveryOutcome::Handled);
    assert_eq!(
        send(&router, join("2").replace("join", "leave")).await,
        DeliveryOutcome::Handled
    );
    assert_eq!(
        send(&router, r#"{"id":"3","type":"later","data":{}}"#).await,
        DeliveryOutcome::Handled
    );
    assert_eq!(
        send(
            &router,
            join("4").replace("p1\"", "p1\",\"joined_at\":[]").as_str()
        )
        .await,
        DeliveryOutcome::Handled
    );
    assert_eq!(joins.load(Ordering::SeqCst), 1);
    assert_eq!(
        *rest.lock().expect("a lock"),
        ["peer.leave.success", "later", "peer.join.success"]
    );
}

#[tokio::test]
async fn without_a_fallback_only_what_should_have_been_handled_is_asked_for_again() {
    let (router, joins) = counting();
    let failures = Arc::new(Mutex::new(Vec::new()));
    let heard = Arc::clone(&failures);
    let router = router.on_failure(move |failure| {
        heard
            .lock()
            .expect("a lock")
            .push(failure.error.to_string());
    });
    assert_eq!(
        send(&router, r#"{"id":"1","type":"later","data":{}}"#).await,
        DeliveryOutcome::NoHandler
    );
    assert_eq!(
        send(&router, join("2").replace("\"p1\"", "[]")).await,
        DeliveryOutcome::Malformed
    );
    assert_eq!(
        *failures.lock().expect("a lock"),
        ["data.peer_id: expected a string, found a list"]
    );
    assert_eq!(joins.load(Ordering::SeqCst), 0);
    assert_eq!(
        (
            DeliveryOutcome::NoHandler.status(),
            DeliveryOutcome::Malformed.status()
        ),
        (200, 500)
    );
}

#[tokio::test]
async fn what_is_refused_reaches_no_handler() {
    let (router, joins) = counting();
    let refused = Arc::new(Mutex::new(Vec::new()));
    let heard = Arc::clone(&refused);
    let router = router.on_verification_error(move |refusal| {
        heard.lock().expect("a lock").push(refusal.reason());
    });
    let reply = router
        .handle(JOIN, &[("x-secret", "guess")][..], None)
        .await;
    assert_eq!(
        reply,
        DeliveryOutcome::Refused(VerificationErrorReason::WrongHeader)
    );
    assert_eq!(
        (reply.status(), reply.body().as_str()),
        (401, r#"{"message":"not authenticated"}"#)
    );
    assert_eq!(send(&router, "[]").await.status(), 400);
    assert_eq!(
        *refused.lock().expect("a lock"),
        [
            VerificationErrorReason::WrongHeader,
            VerificationErrorReason::NotJson
        ]
    );
    assert_eq!(joins.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn an_event_that_comes_several_times_is_handled_once() {
    let (router, joins) = counting();
    assert_eq!(send(&router, join("1")).await, DeliveryOutcome::Handled);
    assert_eq!(send(&router, join("1")).await, DeliveryOutcome::Duplicate);
    let replay = join("1").replace("\"data\"", "\"is_replay\":true,\"data\"");
    assert_eq!(send(&router, replay).await, DeliveryOutcome::Duplicate);
    assert_eq!(send(&router, join("2")).await, DeliveryOutcome::Handled);
    assert_eq!(joins.load(Ordering::SeqCst), 2);
}

#[tokio::test]
async fn an_event_whose_handler_failed_or_panicked_is_handled_when_it_comes_again() {
    let attempts = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&attempts);
    let failures = Arc::new(Mutex::new(Vec::new()));
    let heard = Arc::clone(&failures);
    let router = Router::new(receiver())
        .on(move |_: Event<PeerJoinSuccess>| {
            let attempt = counted.fetch_add(1, Ordering::SeqCst);
            assert!(attempt != 0, "the first is too much");
            async move {
                assert!(attempt != 1, "so is the second");
                if attempt == 2 {
                    return Err("the database is away".into());
                }
                Ok(())
            }
        })
        .on_failure(move |failure| {
            assert_eq!(
                (failure.id.as_str(), &failure.kind),
                ("1", &EventType::PeerJoinSuccess)
            );
            // It can be stored, and handled later.
            assert_eq!(failure.raw().as_ref(), join("1").as_bytes());
            assert!(!format!("{failure:?}").contains("joined_at"));
            heard
                .lock()
                .expect("a lock")
                .push(failure.error.to_string());
        });
    for _ in 0..3 {
        assert_eq!(send(&router, join("1")).await, DeliveryOutcome::Failed);
    }
    assert_eq!(send(&router, join("1")).await, DeliveryOutcome::Handled);
    assert_eq!(send(&router, join("1")).await, DeliveryOutcome::Duplicate);
    assert_eq!(attempts.load(Ordering::SeqCst), 4);
    assert_eq!(
        *failures.lock().expect("a lock"),
        [
            "the handler panicked: the first is too much",
            "the handler panicked: so is the second",
            "the database is away"
        ]
    );
}

#[tokio::test]
async fn while_an_event_is_handled_it_is_not_handled_a_second_time() {
    let (begun, go_on) = (Arc::new(Notify::new()), Arc::new(Semaphore::new(0)));
    let (tell, wait) = (Arc::clone(&begun), Arc::clone(&go_on));
    let router = Router::new(receiver()).on(move |_: Event<PeerJoinSuccess>| {
        let (tell, wait) = (Arc::clone(&tell), Arc::clone(&wait));
        async move {
            tell.notify_one();
            wait.acquire().await?.forget();
            Ok(())
        }
    });
    let first = tokio::spawn({
        let router = router.clone();
        async move { send(&router, join("1")).await }
    });
    begun.notified().await;
    let reply = send(&router, join("1")).await;
    assert_eq!(reply, DeliveryOutcome::InProgress);
    assert_eq!((reply.status(), reply.retry_after()), (503, Some(1)));
    go_on.add_permits(1);
    assert_eq!(first.await.expect("a reply"), DeliveryOutcome::Handled);
    assert_eq!(send(&router, join("1")).await, DeliveryOutcome::Duplicate);
}

#[tokio::test]
async fn a_handler_runs_to_its_end_although_the_sender_hangs_up() {
    let (begun, go_on) = (Arc::new(Notify::new()), Arc::new(Semaphore::new(0)));
    let (tell, wait) = (Arc::clone(&begun), Arc::clone(&go_on));
    let router = Router::new(receiver()).on(move |_: Event<PeerJoinSuccess>| {
        let (tell, wait) = (Arc::clone(&tell), Arc::clone(&wait));
        async move {
            tell.notify_one();
            wait.acquire().await?.forget();
            Ok(())
        }
    });
    let first = tokio::spawn({
        let router = router.clone();
        async move { send(&router, join("1")).await }
    });
    begun.notified().await;
    first.abort();
    assert!(first.await.expect_err("it was aborted").is_cancelled());
    assert_eq!(send(&router, join("1")).await, DeliveryOutcome::InProgress);
    go_on.add_permits(1);
    while send(&router, join("1")).await == DeliveryOutcome::InProgress {
        tokio::task::yield_now().await;
    }
    assert_eq!(send(&router, join("1")).await, DeliveryOutcome::Duplicate);
}

#[tokio::test]
async fn work_in_the_background_is_answered_at_once_and_done_when_it_ends() {
    let go_on = Arc::new(Semaphore::new(0));
    let wait = Arc::clone(&go_on);
    let router = Router::new(receiver()).on_background(move |event: Event<PeerJoinSuccess>| {
        let wait = Arc::clone(&wait);
        async move {
            wait.acquire().await?.forget();
            if event.id == "bad" {
                Err("no".into())
            } else {
                Ok(())
            }
        }
    });
    for id in ["good", "bad"] {
        assert_eq!(send(&router, join(id)).await, DeliveryOutcome::Accepted);
        assert_eq!(send(&router, join(id)).await, DeliveryOutcome::InProgress);
        go_on.add_permits(1);
        let reply = loop {
            match send(&router, join(id)).await {
                DeliveryOutcome::InProgress => tokio::task::yield_now().await,
                reply => break reply,
            }
        };
        let after = if id == "good" {
            DeliveryOutcome::Duplicate
        } else {
            DeliveryOutcome::Accepted
        };
        assert_eq!(reply, after, "{id}");
    }
}

#[tokio::test]
async fn events_without_an_id_are_not_taken_for_one_another() {
    let router = Router::new(receiver()).fallback(|event: Event| async move {
        assert!(matches!(event.data, EventData::Malformed(_)));
        Ok(())
    });
    for _ in 0..2 {
        assert_eq!(send(&router, join("")).await, DeliveryOutcome::Handled);
    }
}

#[tokio::test]
async fn routers_with_one_store_handle_an_event_once_between_them() {
    let store = MemoryStore::new();
    let (first, count) = counting();
    let (second, other) = counting();
    let (first, second) = (first.store(store.clone()), second.store(store));
    assert_eq!(send(&first, join("1")).await, DeliveryOutcome::Handled);
    assert_eq!(send(&second, join("1")).await, DeliveryOutcome::Duplicate);
    assert_eq!(
        (count.load(Ordering::SeqCst), other.load(Ordering::SeqCst)),
        (1, 0)
    );
}

#[tokio::test]
async fn a_router_is_drained_when_the_last_handler_has_ended() {
    let go_on = Arc::new(Semaphore::new(0));
    let wait = Arc::clone(&go_on);
    let router = Router::new(receiver()).fallback_background(move |_: Event| {
        let wait = Arc::clone(&wait);
        async move {
            wait.acquire().await?.forget();
            Ok(())
        }
    });
    router.drain().await;
    for id in ["1", "2"] {
        assert_eq!(send(&router, join(id)).await, DeliveryOutcome::Accepted);
    }
    let drained = tokio::spawn({
        let router = router.clone();
        async move { router.drain().await }
    });
    go_on.add_permits(1);
    while send(&router, join("1")).await != DeliveryOutcome::Duplicate
        && send(&router, join("2")).await != DeliveryOutcome::Duplicate
    {
        tokio::task::yield_now().await;
    }
    assert!(!drained.is_finished());
    go_on.add_permits(1);
    drained.await.expect("drained");
    for id in ["1", "2"] {
        assert_eq!(send(&router, join(id)).await, DeliveryOutcome::Duplicate);
    }
}

/// A store that writes down what it is asked, and answers with an error.
#[derive(Clone, Default)]
struct Broken(Arc<Mutex<Vec<String>>>);

impl Broken {
    fn asked(&self, what: String) -> Pending<'static, ()> {
        self.0.lock().expect("a lock").push(what);
        Box::pin(async { Err("broken".into()) })
    }
}

impl DedupeStore for Broken {
    fn claim<'a>(&'a self, id: &'a str, _: &'a str, lease: Duration) -> Pending<'a, Claim> {
        let asked = self.asked(format!("claim {id} for {} s", lease.as_secs()));
        Box::pin(async { asked.await.map(|()| Claim::New) })
    }
    fn done<'a>(&'a self, id: &'a str, _: Duration) -> Pending<'a, ()> {
        self.asked(format!("done {id}"))
    }
    fn release<'a>(&'a self, id: &'a str, _: &'a str) -> Pending<'a, ()> {
        self.asked(format!("release {id}"))
    }
}

#[tokio::test]
async fn what_may_have_been_claimed_is_given_back_and_work_in_the_background_may_take_its_time() {
    let store = Broken::default();
    let router = Router::new(receiver())
        .on(|_: Event<PeerJoinSuccess>| async { Ok(()) })
        .on_background(|_: Event<PeerLeaveSuccess>| async { Ok(()) })
        .store(store.clone());
    assert_eq!(send(&router, join("1")).await, DeliveryOutcome::Failed);
    let leave = join("2").replace("join", "leave");
    assert_eq!(send(&router, leave).await, DeliveryOutcome::Failed);
    assert_eq!(
        *store.0.lock().expect("a lock"),
        [
            "claim 1 for 60 s",
            "release 1",
            "claim 2 for 3600 s",
            "release 2"
        ]
    );
}

/// A store that cannot be reached.
struct Away;

impl DedupeStore for Away {
    fn claim<'a>(&'a self, _: &'a str, _: &'a str, _: Duration) -> Pending<'a, Claim> {
        Box::pin(async { Err("away".into()) })
    }
    fn done<'a>(&'a self, _: &'a str, _: Duration) -> Pending<'a, ()> {
        Box::pin(async { Err("away".into()) })
    }
    fn release<'a>(&'a self, _: &'a str, _: &'a str) -> Pending<'a, ()> {
        Box::pin(async { Err("away".into()) })
    }
}

#[tokio::test]
async fn without_its_store_a_router_handles_nothing_and_asks_for_the_event_again() {
    let (router, joins) = counting();
    assert_eq!(
        send(&router.store(Away), join("1")).await,
        DeliveryOutcome::Failed
    );
    assert_eq!(joins.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn a_verified_event_can_be_dispatched_by_itself() {
    let router = Router::new(receiver()).on(|event: Event<PeerLeaveSuccess>| async move {
        assert_eq!(event.id, "7");
        Ok(())
    });
    let event = parse(join("7").replace("join", "leave")).expect("an event");
    assert_eq!(router.dispatch(event).await, DeliveryOutcome::Handled);
    assert!(!format!("{router:?}").contains("hunter2"));
}
