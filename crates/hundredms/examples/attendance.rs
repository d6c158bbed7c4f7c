//! Keep a table of who was in which room, and when, from webhooks alone.
//!
//! Run it with `HMS_WEBHOOK_SECRET=... cargo run --example attendance`. Let webhooks be sent to
//! `http://<this machine>:8080/webhooks` with the header `x-webhook-secret`, and open `http://127.0.0.1:8080/attendance`.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};

use axum::Json;
use axum::routing::get;
use hundredms::Timestamp;
use hundredms::webhooks::{Event, PeerJoinSuccess, PeerLeaveSuccess, Receiver, Router};
use serde::Serialize;

/// One stay of one peer.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
struct Stay {
    room_id: String,
    session_id: String,
    user_id: Option<String>,
    user_name: Option<String>,
    joined_at: Option<Timestamp>,
    left_at: Option<Timestamp>,
}

/// Stays by the id of the peer.
type Stays = BTreeMap<String, Stay>;

/// The table. Events arrive in any order. A leave may arrive before its join, so each adds only what it knows.
#[derive(Debug, Clone, Default)]
struct Attendance {
    stays: Arc<Mutex<Stays>>,
}

impl Attendance {
    fn joined(&self, join: PeerJoinSuccess) {
        self.edit(&join.peer_id, |stay| {
            stay.room_id = join.room_id;
            stay.session_id = join.session_id;
            stay.user_id = join.user_id;
            stay.user_name = join.user_name;
            stay.joined_at = join.joined_at;
        });
    }

    fn left(&self, leave: PeerLeaveSuccess) {
        self.edit(&leave.peer_id, |stay| {
            stay.room_id = leave.room_id;
            stay.session_id = leave.session_id;
            stay.user_id = leave.user_id.or(stay.user_id.take());
            stay.user_name = leave.user_name.or(stay.user_name.take());
            stay.joined_at = leave.joined_at.or(stay.joined_at);
            stay.left_at = leave.left_at;
        });
    }

    fn edit(&self, peer: &str, change: impl FnOnce(&mut Stay)) {
        let mut stays = self.stays.lock().unwrap_or_else(PoisonError::into_inner);
        change(stays.entry(peer.to_owned()).or_default());
    }

    fn stays(&self) -> Stays {
        let stays = self.stays.lock().unwrap_or_else(PoisonError::into_inner);
        stays.clone()
    }
}

/// Return the service: it receives webhooks, and shows the table.
pub(crate) fn app(receiver: Receiver) -> axum::Router {
    let attendance = Attendance::default();
    let (joins, leaves) = (attendance.clone(), attendance.clone());
    let webhooks = Router::new(receiver)
        .on(move |event: Event<PeerJoinSuccess>| {
            joins.joined(event.data);
            async { Ok(()) }
        })
        .on(move |event: Event<PeerLeaveSuccess>| {
            leaves.left(event.data);
            async { Ok(()) }
        })
        .on_verification_error(|refusal| eprintln!("refused: {refusal}"))
        .on_failure(|failure| eprintln!("{} failed: {}", failure.id, failure.error));
    axum::Router::new()
        .route_service("/webhooks", webhooks)
        .route(
            "/attendance",
            get(|| async move { Json(attendance.stays()) }),
        )
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let receiver = Receiver::builder()
        .header("x-webhook-secret", std::env::var("HMS_WEBHOOK_SECRET")?)
        .build()?;
    let listener = tokio::net::TcpListener::bind("0.0.0.0:8080").await?;
    let service = app(receiver).into_make_service_with_connect_info::<SocketAddr>();
    axum::serve(listener, service).await?;
    Ok(())
}
