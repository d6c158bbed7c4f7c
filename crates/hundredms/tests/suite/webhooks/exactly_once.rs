//! A day on which webhooks come twice, late, in another order, again by replay, or to a handler that fails: each takes effect once.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use hundredms::Timestamp;
use hundredms::resources::rooms::CreateRoom;
use hundredms::webhooks::{Event, Receiver, Router, recover};
use hundredms_sandbox::{JoinPeer, LeavePeer, Sandbox, WebhookFault, WebhookTarget};
use jiff::SignedDuration;

use super::attendance_example;
use crate::checked::Checked;
use crate::client_of;

const SECRET: &str = "hunter2";
const PEERS: usize = 40;

/// How often a handler was asked for each event, and how often it had an effect.
#[derive(Default)]
struct Effects {
    asked: BTreeMap<String, usize>,
    done: BTreeMap<String, usize>,
}

/// A router that fails the first time it is asked for every third event.
fn router(effects: &Arc<Mutex<Effects>>) -> Router {
    let receiver = Receiver::builder().header("x-webhook-secret", SECRET);
    let effects = Arc::clone(effects);
    Router::new(receiver.build().expect("a receiver")).fallback(move |event: Event| {
        let mut effects = effects.lock().expect("a lock");
        let number = effects.asked.len();
        let asked = effects.asked.entry(event.id.clone()).or_default();
        *asked += 1;
        let fails = *asked == 1 && number.is_multiple_of(3);
        if !fails {
            *effects.done.entry(event.id).or_default() += 1;
        }
        async move { if fails { Err("not now".into()) } else { Ok(()) } }
    })
}

async fn served(app: axum::Router) -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await;
    let listener = listener.expect("a port");
    let address = listener.local_addr().expect("an address");
    let service = app.into_make_service_with_connect_info::<SocketAddr>();
    tokio::spawn(async move { axum::serve(listener, service).await });
    format!("http://{address}")
}

/// Let every delivery be attempted as often as it will be.
async fn settle(sandbox: &Sandbox) {
    for _ in 0..5 {
        let settled = sandbox.settle_webhooks(Duration::from_secs(20)).await;
        settled.expect("all attempted");
        let clock = sandbox.advance_clock(Duration::from_secs(15));
        clock.expect("a clock");
    }
}

fn target(url: &str) -> WebhookTarget {
    WebhookTarget::new(format!("{url}/webhooks")).header("x-webhook-secret", SECRET)
}

#[tokio::test]
async fn each_event_takes_effect_once_however_it_comes() {
    let effects = Arc::default();
    let router = router(&effects);
    let app = axum::Router::new().route_service("/webhooks", router.clone());
    let url = served(app).await;
    let sandbox = Checked::before(Sandbox::start().await.expect("a sandbox")).await;
    sandbox.set_webhook(&target(&url)).expect("a webhook");
    let faults = [
        WebhookFault::duplicate(3).share(0.4, 7),
        WebhookFault::reorder(2).share(0.3, 8),
        WebhookFault::drop().share(0.2, 9),
    ];
    sandbox.webhook_faults(&faults).expect("faults");
    let client = client_of(&sandbox).build().expect("a client");
    let room = client.rooms().create(CreateRoom::new().name("a")).await;
    let room = room.expect("a room").id;
    let began: Timestamp = sandbox.clock().now.parse().expect("a time");
    for number in 0..PEERS {
        let join = JoinPeer::with_role(&room, "host").user_id(format!("user-{number}"));
        let peer = sandbox.join_peer(&join).expect("a peer");
        sandbox.leave_peer(&LeavePeer::new(&peer.id)).expect("gone");
    }
    settle(&sandbox).await;
    sandbox.webhook_faults(&[]).expect("no more faults");
    let sent: std::collections::BTreeSet<String> = sandbox
        .webhook_deliveries()
        .into_iter()
        .map(|delivery| delivery.event_id)
        .collect();
    assert!(sent.len() >= 2 * PEERS, "{} events", sent.len());
    let lost = sent.len() - effects.lock().expect("a lock").done.len();
    assert!(lost > 0, "some must have been dropped on their way");

    // What was lost is fed from the log, and then replayed by the service although it is done by now.
    let now: Timestamp = sandbox.clock().now.parse().expect("a time");
    let (from, to) = (
        began - SignedDuration::from_mins(1),
        now + SignedDuration::from_secs(1),
    );
    let fed = recover(&client, from, to)
        .feed(&router)
        .await
        .expect("the log");
    assert_eq!((fed.handled + fed.failed, fed.failed > 0), (lost, true));
    recover(&client, from, to).replay().await.expect("replays");
    for _ in 0..3 {
        sandbox
            .advance_clock(Duration::from_secs(10))
            .expect("a clock");
        settle(&sandbox).await;
    }
    let effects = effects.lock().expect("a lock");
    assert_eq!(
        effects.done.keys().collect::<Vec<_>>(),
        sent.iter().collect::<Vec<_>>()
    );
    assert!(
        effects.done.values().all(|times| *times == 1),
        "{:?}",
        effects.done
    );
    assert!(
        effects.asked.values().any(|times| *times == 2),
        "some failed first"
    );
}

#[tokio::test]
async fn attendance_is_kept_from_the_webhooks_of_a_sandbox_alone() {
    let url = attendance_example::started().await;
    let sandbox = Sandbox::builder()
        .webhook(format!("{url}/webhooks"), [("x-webhook-secret", SECRET)])
        .start()
        .await;
    let sandbox = Checked::before(sandbox.expect("a sandbox")).await;
    let faults = [
        WebhookFault::duplicate(2).share(0.5, 1),
        WebhookFault::reorder(1).share(0.5, 2),
    ];
    sandbox.webhook_faults(&faults).expect("faults");
    let client = client_of(&sandbox).build().expect("a client");
    let room = client.rooms().create(CreateRoom::new().name("a")).await;
    let room = room.expect("a room").id;
    let peers: Vec<_> = (0..10)
        .map(|number| {
            let join = JoinPeer::with_role(&room, "host").user_id(format!("user-{number}"));
            sandbox.join_peer(&join).expect("a peer").id
        })
        .collect();
    sandbox
        .advance_clock(Duration::from_secs(60))
        .expect("a clock");
    for peer in &peers[..5] {
        sandbox.leave_peer(&LeavePeer::new(peer)).expect("gone");
    }
    settle(&sandbox).await;
    let table = attendance_example::attendance(&url).await;
    assert_eq!(table.as_object().map(serde_json::Map::len), Some(10));
    for (number, peer) in peers.iter().enumerate() {
        assert_eq!(table[peer]["user_id"], format!("user-{number}"));
        assert!(table[peer]["joined_at"].is_string());
        assert_eq!(table[peer]["left_at"].is_string(), number < 5, "{peer}");
    }
}
