//! The example service that keeps an attendance table.

use std::net::SocketAddr;

use http::{Request, StatusCode};
use hundredms::webhooks::Receiver;
use serde_json::{Value, json};

use super::attendance::app;
use super::{sent, text};

const SECRET: &str = "hunter2";

/// Start the service; gives its URL.
pub(super) async fn started() -> String {
    let receiver = Receiver::builder()
        .header("x-webhook-secret", SECRET)
        .build()
        .expect("a receiver");
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
        .await
        .expect("a port");
    let address = listener.local_addr().expect("an address");
    let service = app(receiver).into_make_service_with_connect_info::<SocketAddr>();
    tokio::spawn(async move { axum::serve(listener, service).await });
    format!("http://{address}")
}

pub(super) async fn attendance(url: &str) -> Value {
    let table = sent(Request::get(format!("{url}/attendance")), text("")).await;
    serde_json::from_str(table.body()).expect("JSON")
}

#[tokio::test]
async fn the_table_is_right_although_events_come_twice_and_in_another_order() {
    let url = started().await;
    let event = |id: &str, kind: &str, peer: &str, data: Value| {
        let mut body = json!({"id": id, "type": kind, "data": {"room_id": "r", "session_id": "s", "peer_id": peer}});
        body["data"]
            .as_object_mut()
            .expect("data")
            .extend(data.as_object().expect("data").clone());
        body.to_string()
    };
    let joined = "2026-01-02T08:00:00Z";
    let left = "2026-01-02T09:00:00Z";
    let ada_joined = event(
        "1",
        "peer.join.success",
        "p1",
        json!({"user_id": "ada", "joined_at": joined}),
    );
    let ada_left = event("2", "peer.leave.success", "p1", json!({"left_at": left}));
    let ben_joined = event(
        "3",
        "peer.join.success",
        "p2",
        json!({"user_id": "ben", "joined_at": joined}),
    );
    let other = event("4", "recording.success", "p3", json!({}));
    for body in [
        &ada_left,
        &ada_joined,
        &ben_joined,
        &ada_joined,
        &other,
        &ada_left,
    ] {
        let delivery = Request::post(format!("{url}/webhooks")).header("x-webhook-secret", SECRET);
        assert_eq!(sent(delivery, text(body)).await.status(), StatusCode::OK);
    }
    let forged = event("5", "peer.leave.success", "p2", json!({"left_at": left}));
    let refused = sent(Request::post(format!("{url}/webhooks")), text(forged)).await;
    assert_eq!(refused.status(), StatusCode::UNAUTHORIZED);
    let table = attendance(&url).await;
    let stay = |peer: &str| {
        let stay = &table[peer];
        (
            stay["user_id"].clone(),
            stay["joined_at"].clone(),
            stay["left_at"].clone(),
        )
    };
    assert_eq!(table.as_object().map(serde_json::Map::len), Some(2));
    assert_eq!(stay("p1"), (json!("ada"), json!(joined), json!(left)));
    assert_eq!(stay("p2"), (json!("ben"), json!(joined), Value::Null));
}
