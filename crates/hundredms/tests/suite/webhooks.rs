//! Webhooks: what the contract says of them, and what a receiver takes.

#[path = "../../examples/attendance.rs"]
#[allow(dead_code)]
mod attendance;
mod attendance_example;
#[cfg(feature = "axum")]
mod axum_server;
#[cfg(feature = "schema")]
mod contract;
mod exactly_once;
mod examples;
mod reading;
mod recovery;
#[cfg(feature = "redis")]
mod redis;
#[cfg(feature = "redis")]
#[path = "../../examples/guide/redis_store.rs"]
#[allow(dead_code)]
mod redis_store;
mod routing;
mod sqlite;
#[path = "../../examples/guide/sqlite_store.rs"]
#[allow(dead_code)]
mod sqlite_store;
mod tail;
mod verification;

use bytes::Bytes;
use http::Response;
use http::request::Builder;
use http_body::Body;
use http_body_util::{BodyExt, Full};
use hyper_util::client::legacy::Client;
use hyper_util::rt::TokioExecutor;

/// The example of each type, by name.
fn examples() -> Vec<(String, String)> {
    let folder = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../tests/contract/webhook-examples"
    );
    let mut examples: Vec<_> = std::fs::read_dir(folder)
        .expect("examples")
        .map(|file| {
            let path = file.expect("a file").path();
            let text = std::fs::read_to_string(&path).expect("a file");
            let name = path.file_stem().expect("a name").to_string_lossy();
            (name.into_owned(), text)
        })
        .collect();
    examples.sort();
    examples
}

/// A small event that fits.
const JOIN: &str = r#"{"id":"e1","type":"peer.join.success","timestamp":"2026-01-02T03:04:05Z",
    "data":{"room_id":"r1","session_id":"s1","peer_id":"p1","user_id":"ada"}}"#;

/// Send a request; gives the answer with its whole body.
async fn sent<B>(request: Builder, body: B) -> Response<String>
where
    B: Body<Data = Bytes, Error = std::convert::Infallible> + Send + Unpin + 'static,
{
    let client = Client::builder(TokioExecutor::new()).build_http();
    let request = request.body(body).expect("a request");
    let (head, body) = client
        .request(request)
        .await
        .expect("an answer")
        .into_parts();
    let body = body.collect().await.expect("a body").to_bytes();
    Response::from_parts(head, String::from_utf8(body.into()).expect("text"))
}

/// A text as the body of a request.
fn text(body: impl Into<String>) -> Full<Bytes> {
    Full::from(body.into())
}
