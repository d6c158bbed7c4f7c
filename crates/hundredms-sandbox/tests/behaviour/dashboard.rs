//! The dashboard: its token, what it reads, and the events that it gets.

use std::time::Duration;

use reqwest::{Method, RequestBuilder, Response};
use serde_json::{Value, json};

use crate::{
    api::{Api, exchange},
    receiver::{Answer, Receiver, settle},
};

const TOKEN: &str = "x-sandbox-dashboard-token";

/// A request of the page.
fn asked(api: &Api, method: Method, path: &str) -> RequestBuilder {
    let url = api.sandbox.dashboard_url();
    let (page, token) = url.split_once("?token=").expect("a token");
    let request = crate::http::client().request(method, format!("{page}{path}"));
    request.header(TOKEN, token)
}

async fn read(api: &Api, names: &[&str]) -> Value {
    let (status, answer) = exchange(asked(api, Method::POST, "/read").json(names)).await;
    assert_eq!(status, 200, "{answer}");
    answer
}

/// Read the next event of the stream.
async fn event(stream: &mut Response) -> Value {
    let mut text = String::new();
    loop {
        let piece = tokio::time::timeout(Duration::from_secs(10), stream.chunk()).await;
        let piece = piece.expect("an event in time").expect("a connection");
        text += std::str::from_utf8(&piece.expect("more events")).expect("text");
        if let Some(event) = text.strip_suffix("\n\n") {
            let last = event.rsplit("data: ").next().expect("an event");
            return serde_json::from_str(last).expect("JSON");
        }
    }
}

#[tokio::test]
async fn each_sandbox_has_its_own_token_and_the_page_needs_it() {
    let (api, other) = (Api::start().await, Api::start().await);
    let url = api.sandbox.dashboard_url();
    assert_ne!(url, other.sandbox.dashboard_url());
    let page = crate::http::client().get(&url).send().await.unwrap();
    assert_eq!(page.status(), 200);
    // For a client that does not ask for a compressed page, such as curl.
    assert_eq!(page.headers().get("content-encoding"), None);
    let page = page.text().await.unwrap();
    assert!(page.starts_with("<!doctype html>"), "{page:.80}");
    let foreign = other.sandbox.dashboard_url();
    let (_, token) = foreign.split_once("?token=").unwrap();
    let (page, _) = url.split_once('?').unwrap();
    let request = crate::http::client().post(format!("{page}/read"));
    let (status, answer) = exchange(request.header(TOKEN, token).json(&["overview"])).await;
    assert_eq!(
        (status, &answer["message"]),
        (403, &json!("The dashboard needs its token"))
    );
}

#[tokio::test]
async fn what_the_page_reads_and_calls_is_not_in_the_log() {
    let api = Api::start().await;
    let call = json!({"method": "POST", "path": "/rooms", "body": {"name": "made-by-the-page"}});
    let (status, room) = exchange(asked(&api, Method::POST, "/call").json(&call)).await;
    assert_eq!((status, &room["name"]), (200, &json!("made-by-the-page")));
    let call = json!({"method": "POST", "path": "/rooms", "body": {"size": "large"}});
    let (status, _) = exchange(asked(&api, Method::POST, "/call").json(&call)).await;
    assert_eq!(status, 400);
    let answers = read(
        &api,
        &["/rooms?limit=10", "/rooms/unknown", "faults", "overview"],
    )
    .await;
    assert_eq!(answers[0]["data"][0]["id"], room["id"]);
    assert_eq!((&answers[1], &answers[2]), (&Value::Null, &json!([])));
    assert_eq!(answers[3]["stats"]["rooms"], 1);
    assert!(api.sandbox.requests().is_empty());
}

#[tokio::test]
async fn events_tell_of_requests_with_their_attempts_and_of_every_change() {
    let api = Api::start().await;
    let mut stream = asked(&api, Method::GET, "/events").send().await.unwrap();
    assert_eq!(stream.headers()["content-type"], "text/event-stream");
    let first = event(&mut stream).await;
    assert_eq!(first["requests"], json!([]));
    let fault = json!({"on": {"first": 1}, "effect": {"status": 503}});
    api.sandbox.control("add_fault", fault).unwrap();
    for _ in 0..2 {
        api.get("/rooms?limit=20").await;
    }
    let mut requests = Vec::new();
    while requests.len() < 2 {
        let event = event(&mut stream).await;
        requests.extend(event["requests"].as_array().unwrap().clone());
    }
    let told = requests
        .iter()
        .map(|request| json!([request["status"], request["attempt"], request["faults"]]));
    let told: Vec<Value> = told.collect();
    assert_eq!(told, [json!([503, 1, [1]]), json!([200, 2, []])]);
    let before = event(&mut stream).await;
    read(&api, &["overview"]).await;
    let after = event(&mut stream).await;
    assert_eq!(before["version"], after["version"], "reading is no change");
    api.sandbox.advance_clock(Duration::from_secs(60)).unwrap();
    let mut after = event(&mut stream).await;
    while after["version"] == before["version"] {
        after = event(&mut stream).await;
    }
    assert!(after["time"]["advanced_seconds"].as_f64() >= Some(60.0));
    api.sandbox.stop().await;
    while stream.chunk().await.is_ok_and(|piece| piece.is_some()) {}
}

#[tokio::test]
async fn a_request_is_shown_without_its_secrets_unless_asked_for() {
    let api = Api::start().await;
    let webhook = json!({"url": "http://a.example", "headers": {"x-secret": "hush"}});
    let request = api.request(Method::POST, "/rooms?token=hidden");
    let request = request
        .header("x-api-key", "hidden")
        .json(&json!({"webhook": webhook}));
    exchange(request).await;
    let path = "/request?number=1";
    let (_, shown) = exchange(asked(&api, Method::GET, path)).await;
    assert_eq!(shown["request"]["operation"], "rooms.create");
    let text = shown.to_string();
    assert!(!text.contains("hush") && !text.contains("hidden"), "{text}");
    assert!(text.contains("Bearer ••••••"), "{text}");
    let path = "/request?number=1&reveal=true";
    let (_, shown) = exchange(asked(&api, Method::GET, path)).await;
    assert_eq!(shown["request"]["body"]["webhook"], webhook);
    assert!(!shown["headers"].to_string().contains("hidden"));
    let (status, _) = exchange(asked(&api, Method::GET, "/request?number=2")).await;
    assert_eq!(status, 404);
}

#[tokio::test]
async fn what_cannot_be_masked_is_not_shown_unless_asked_for() {
    let api = Api::start().await;
    let large = "x".repeat(40 << 10);
    let webhook = json!({"url": "http://a.example", "headers": {"x-secret": "hush-hush"}});
    let room = json!({"description": large, "webhook": webhook});
    for _ in 0..2 {
        api.posted("/rooms", room.clone()).await;
    }
    api.get("/rooms?limit=10").await;
    let upload = json!({"type": "s3", "location": "bucket", "credentials": {"key": "AKIA", "secret": "hush-hush"}});
    let description = "x".repeat(70 << 10);
    let posted = [
        json!({"webhook": webhook, "description": description}),
        json!({"upload_info": upload, "notes": [description]}),
        // Too large to be kept, and refused.
        json!({"webhook": webhook, "description": "x".repeat(300 << 10), "other": 1}),
    ];
    for body in posted {
        exchange(api.request(Method::POST, "/rooms").json(&body)).await;
    }
    let text =
        json!({"on": {"first": 1}, "effect": {"status": 502, "body": "{\"token\": \"hush-hush\""}});
    api.sandbox.control("add_fault", text).unwrap();
    let broken = api.request(Method::GET, "/rooms").send().await.unwrap();
    assert_eq!(broken.status(), 502);
    let path = |number: usize| format!("/request?number={number}");
    let requests = api.sandbox.requests().len();
    assert_eq!(requests, 7);
    for number in 1..=requests {
        let (_, shown) = exchange(asked(&api, Method::GET, &path(number))).await;
        let text = shown.to_string();
        assert!(!text.contains("hush-hush"), "of request {number}");
    }
    let (_, shown) = exchange(asked(&api, Method::GET, &path(3))).await;
    assert_eq!(shown["answer"], "too large to mask: press Show secrets");
    for (number, is_shown) in [(3, true), (4, true), (5, true), (6, false), (7, true)] {
        let path = format!("{}&reveal=true", path(number));
        let (_, shown) = exchange(asked(&api, Method::GET, &path)).await;
        let shown = shown.to_string().contains("hush-hush");
        assert_eq!(shown, is_shown, "of request {number}");
    }
}

#[tokio::test]
async fn a_full_log_forgets_headers_and_responses_before_it_forgets_requests() {
    let api = Api::start().await;
    let metadata = "x".repeat(60 << 10);
    let room = api.posted("/rooms", json!({"description": metadata})).await;
    let path = format!("/rooms/{}", room["id"].as_str().unwrap());
    for _ in 0..400 {
        api.get(&path).await;
    }
    assert_eq!(api.sandbox.requests().len(), 401, "24 MiB of responses");
    let (_, first) = exchange(asked(&api, Method::GET, "/request?number=2")).await;
    assert_eq!(first["has_details"], false);
    assert_eq!(first["request"]["path"], json!(format!("/v2{path}")));
    let (_, last) = exchange(asked(&api, Method::GET, "/request?number=401")).await;
    assert_eq!(last["answer"]["description"], metadata.as_str());
    let newest = asked(&api, Method::GET, "/events?after=18446744073709551615");
    let event = event(&mut newest.send().await.unwrap()).await;
    assert_eq!(
        (&event["requests"], &event["oldest"]),
        (&json!([]), &json!(1))
    );
    api.sandbox.clear_requests();
    let (status, _) = exchange(asked(&api, Method::GET, "/request?number=401")).await;
    assert_eq!(status, 404);
}

#[tokio::test]
async fn a_webhook_is_shown_without_its_secrets_and_sent_again_with_them() {
    let api = Api::start().await;
    let target = json!({"url": "http://127.0.0.1:9/"});
    api.sandbox.control("set_webhook", target).unwrap();
    let sent = json!({"type": "any", "id": "e1", "data": {"token": "hush", "count": 1}});
    api.sandbox.control("send_webhook", sent).unwrap();
    let shown = read(&api, &["deliveries"]).await;
    let body = shown[0]["items"][0]["delivery"]["body"].as_str().unwrap();
    assert!(body.contains("count") && !body.contains("hush"), "{body}");
    let (status, _) = exchange(asked(&api, Method::POST, "/resend").json("e1")).await;
    assert_eq!(status, 200);
    let deliveries = api.sandbox.webhook_deliveries();
    let bodies: Vec<&str> = deliveries.iter().map(|delivery| &*delivery.body).collect();
    assert_eq!(bodies.len(), 2);
    assert_eq!(bodies[0], bodies[1]);
    let (status, _) = exchange(asked(&api, Method::POST, "/resend").json("e2")).await;
    assert_eq!(status, 404);
}

#[tokio::test]
async fn changing_the_url_of_the_webhook_keeps_its_headers_key_and_timeout() {
    let api = Api::start().await;
    let receiver = Receiver::start().await;
    let target = json!({
        "url": "http://127.0.0.1:9/", "headers": {"x-secret": "hush"}, "signing_key": "key", "timeout_seconds": 0.2,
    });
    api.sandbox.control("set_webhook", target).unwrap();
    let set = |url: Value| exchange(asked(&api, Method::POST, "/webhook-url").json(&url));
    let (status, _) = set(json!("https://a.example")).await;
    assert_eq!(status, 400);
    let (status, answer) = set(json!(receiver.url)).await;
    assert_eq!(status, 200, "{answer}");
    let send = || {
        let sent = json!({"type": "any", "id": "e1"});
        api.sandbox.control("send_webhook", sent)
    };
    send().unwrap();
    settle(&api.sandbox).await;
    let received = receiver.received();
    assert_eq!(received.len(), 1);
    assert_eq!(received[0].headers["x-secret"], "hush");
    assert!(received[0].headers.contains_key("x-100ms-signature"));
    receiver.answer([Answer::Hang]);
    send().unwrap();
    let settled = api.sandbox.settle_webhooks(Duration::from_secs(8)).await;
    settled.expect("less than the usual timeout");
    receiver.release();
    let (status, _) = set(Value::Null).await;
    assert_eq!(status, 200);
    assert!(send().is_err(), "there is no webhook");
}

#[tokio::test]
async fn live_rooms_are_listed_before_any_number_of_newer_ones_and_search_finds_all() {
    let api = Api::start().await;
    let room = api.posted("/rooms", json!({"name": "Physics-7"})).await;
    let quiet = api.posted("/rooms", json!({"name": "quiet-one"})).await;
    let join = json!({"room_id": room["id"], "role": "host", "name": "Ada"});
    api.sandbox.control("join_peer", join).unwrap();
    let seed = json!({"rooms": 200});
    api.sandbox.control("seed", seed).unwrap();
    let id = quiet["id"].as_str().unwrap();
    let by_id = format!("rooms?search={id}");
    let names = [
        "rooms",
        "rooms?search=+QUIET",
        &by_id,
        "rooms?search=room-",
        "rooms?search=chem",
    ];
    let shown = read(&api, &names).await;
    let found = |place: usize| {
        let list = &shown[place];
        let rooms = list["items"].as_array().unwrap();
        let names = rooms.iter().map(|room| room["name"].as_str().unwrap());
        (
            names.collect::<Vec<_>>(),
            list["left_out"].as_u64().unwrap(),
        )
    };
    let (names, left_out) = found(0);
    assert_eq!(
        (names.len(), names[0], names[1], left_out),
        (101, "Physics-7", "room-200", 101)
    );
    let first = &shown[0]["items"][0];
    assert_eq!(
        (&first["is_live"], &first["peers"][0]["name"]),
        (&json!(true), &json!("Ada"))
    );
    assert_eq!(shown[0]["all"], 202);
    assert_eq!(found(1), (vec!["quiet-one"], 0));
    assert_eq!(found(2), (vec!["quiet-one"], 0));
    let (names, left_out) = found(3);
    assert_eq!((names.len(), left_out), (100, 100));
    assert_eq!(found(4), (vec![], 0));
}
