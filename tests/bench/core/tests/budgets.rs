//! What a call may cost: allocations, which do not depend on how fast the machine is. A budget is passed by 5 % at most; when a
//! change needs fewer, lower it.

use std::future::Future;

use hundredms::resources::rooms::{CreateRoom, ListRooms, RoomList};
use hundredms::webhooks::Receiver;
use hundredms::{CallOptions, Client};

/// Calls that are made before counting, and in each batch that is counted.
const WARM: u64 = 50;
const COUNTED: u64 = 20;
const BATCHES: u64 = 20;

/// Allocations of one call, on average.
fn per_call<F: Future>(runtime: &tokio::runtime::Runtime, call: impl Fn() -> F) -> u64 {
    runtime.block_on(async {
        for _ in 0..WARM {
            call().await;
        }
    });
    // How an answer is cut into packets differs from call to call, and costs a buffer now and then: the least counts.
    (0..BATCHES)
        .map(|_| {
            let counted = allocation_counter::measure(|| {
                runtime.block_on(async {
                    for _ in 0..COUNTED {
                        call().await;
                    }
                });
            });
            counted.count_total / COUNTED
        })
        .min()
        .unwrap_or_default()
}

#[test]
fn no_call_allocates_more_than_its_budget() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    let client = Client::builder()
        .keys("key", "secret")
        .base_url(bench_fixed::serve().expect("a server"))
        .build()
        .expect("a client");
    let receiver = Receiver::builder()
        .header("x-webhook-secret", "hush")
        .build()
        .expect("a receiver");
    let event = include_str!("../../../contract/webhook-examples/peer.join.success.json");
    let headers = [
        ("content-type", "application/json"),
        ("x-webhook-secret", "hush"),
    ];
    let (rooms, options) = (client.rooms(), CallOptions::default());
    let page = || async {
        let pages = rooms.list(ListRooms::new());
        pages.first_page().await.expect("a page")
    };
    let by_name = |operation, arguments: &'static str| {
        let (client, options) = (client.clone(), options.clone());
        async move {
            client
                .call(operation, arguments.as_bytes(), &options)
                .await
                .expect("an answer")
        }
    };
    assert_eq!(runtime.block_on(page()).data.len(), 100);
    let answered = runtime.block_on(by_name("rooms.list", "{}"));
    let read: RoomList = serde_json::from_slice(&answered.json).expect("a page");
    assert_eq!(read.data.len(), 100);
    let counted = [
        (
            "rooms.get, typed",
            56,
            per_call(&runtime, || async { rooms.get("1").await.expect("a room") }),
        ),
        (
            "rooms.create, typed",
            66,
            per_call(&runtime, || async {
                let request = CreateRoom::new().name("physics-7").size(100);
                rooms.create(request).await.expect("a room")
            }),
        ),
        ("rooms.list of 100, typed", 1_354, per_call(&runtime, page)),
        (
            "rooms.get, by name",
            42,
            per_call(&runtime, || by_name("rooms.get", r#"{"room_id":"1"}"#)),
        ),
        (
            "rooms.list of 100, by name",
            45,
            per_call(&runtime, || by_name("rooms.list", "{}")),
        ),
        (
            "tokens.auth",
            6,
            per_call(&runtime, || async {
                client
                    .tokens()
                    .auth("1", "host")
                    .user_id("ada")
                    .create()
                    .expect("a token")
            }),
        ),
        (
            "a webhook",
            18,
            per_call(&runtime, || async {
                receiver
                    .receive(event, &headers[..], None)
                    .expect("an event")
            }),
        ),
    ];
    let mut over = Vec::new();
    for (what, budget, made) in counted {
        println!("{what}: {made} allocations, budget {budget}");
        if made * 100 > budget * 105 {
            over.push(format!("{what}: {made} allocations, budget {budget}"));
        }
    }
    assert!(over.is_empty(), "{over:#?}");
}
