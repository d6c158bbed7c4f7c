//! A router in a real axum server on loopback.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};

use bytes::Bytes;
use http::request::Builder;
use http::{Request, Response};
use http_body::{Body, Frame};
use hundredms::webhooks::{
    Event, PeerJoinSuccess, PeerLeaveSuccess, Receiver, ReceiverBuilder, Router,
};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::sync::Semaphore;

use super::routing::join;
use super::{sent, text};

/// Serve `router` until the test ends; gives the URL.
async fn serve(router: Router) -> String {
    let app = axum::Router::new().route_service("/hooks", router);
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
        .await
        .expect("a port");
    let address = listener.local_addr().expect("an address");
    let service = app.into_make_service_with_connect_info::<SocketAddr>();
    tokio::spawn(async move { axum::serve(listener, service).await });
    format!("http://{address}/hooks")
}

fn receiver(set: impl FnOnce(ReceiverBuilder) -> ReceiverBuilder) -> Receiver {
    set(Receiver::builder().header("x-secret", "hunter2"))
        .build()
        .expect("a receiver")
}

/// A POST to `url` with the secret.
fn post(url: &str) -> Builder {
    Request::post(url).header("X-Secret", "hunter2")
}

fn told(response: Response<String>) -> (u16, String) {
    assert_eq!(response.headers()["content-type"], "application/json");
    (response.status().as_u16(), response.into_body())
}

async fn send(url: &str, body: String) -> (u16, String) {
    told(sent(post(url), text(body)).await)
}

#[tokio::test]
async fn only_requests_that_are_verified_are_answered_with_200() {
    let quiet = |it: ReceiverBuilder| it.allow_list(["127.0.0.1"]).max_bytes(1000);
    let url = serve(Router::new(receiver(quiet))).await;
    assert_eq!(
        send(&url, join("1")).await,
        (200, r#"{"message":"no handler"}"#.to_owned())
    );
    assert_eq!(send(&url, "nonsense".to_owned()).await.0, 400);
    assert_eq!(send(&url, join(&"9".repeat(1000))).await.0, 413);
    let bare = sent(Request::post(&url), text(join("1"))).await;
    assert_eq!(
        told(bare),
        (401, r#"{"message":"not authenticated"}"#.to_owned())
    );
    let wrong = Request::post(&url).header("x-secret", "guess");
    assert_eq!(told(sent(wrong, text(join("1"))).await).0, 401);
    let got = sent(Request::get(&url), text("")).await;
    assert_eq!(got.headers()["allow"], "POST");
    assert_eq!(told(got).0, 405);
    let elsewhere = serve(Router::new(receiver(
        ReceiverBuilder::allow_published_addresses,
    )))
    .await;
    assert_eq!(
        send(&elsewhere, join("1")).await,
        (
            403,
            r#"{"message":"not allowed from this address"}"#.to_owned()
        )
    );
    let forged = post(&elsewhere).header("x-forwarded-for", "34.100.213.146");
    assert_eq!(told(sent(forged, text(join("1"))).await).0, 403);
}

#[tokio::test]
async fn a_sender_without_the_secret_is_refused_before_its_body_came() {
    let url = serve(Router::new(receiver(|it| it))).await;
    let address = url.trim_start_matches("http://").trim_end_matches("/hooks");
    let mut stream = tokio::net::TcpStream::connect(address)
        .await
        .expect("a connection");
    let head = b"POST /hooks HTTP/1.1\r\nhost: a\r\ncontent-length: 500000\r\n\r\n{";
    stream.write_all(head).await.expect("a head");
    let mut start = [0; 12];
    let answered = stream.read_exact(&mut start);
    let answered = tokio::time::timeout(std::time::Duration::from_secs(30), answered).await;
    answered
        .expect("an answer before the body")
        .expect("a head");
    assert_eq!(&start, b"HTTP/1.1 401");
}

#[tokio::test]
async fn a_body_that_is_too_large_is_refused_although_it_does_not_say_its_length() {
    let url = serve(Router::new(receiver(|it| it.max_bytes(1000)))).await;
    let frames = Frames::new(&["{\"id\":\"", &"1".repeat(990), &"2".repeat(990)]);
    assert_eq!(told(sent(post(&url), frames).await).0, 413);
}

/// A body in several frames.
struct Frames(Vec<Bytes>);

impl Frames {
    fn new(parts: &[&str]) -> Self {
        let parts = parts.iter().rev();
        Self(parts.map(|part| Bytes::from((*part).to_owned())).collect())
    }
}

impl Body for Frames {
    type Data = Bytes;
    type Error = Infallible;
    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        Poll::Ready(self.0.pop().map(|part| Ok(Frame::data(part))))
    }
}

#[tokio::test]
async fn a_failed_handler_is_answered_with_500_and_the_retry_succeeds_once() {
    let effects = Arc::new(Mutex::new(Vec::new()));
    let tries = Arc::new(AtomicUsize::new(0));
    let (seen, count) = (Arc::clone(&effects), Arc::clone(&tries));
    let router = Router::new(receiver(|it| it)).on(move |event: Event<PeerJoinSuccess>| {
        let (seen, count) = (Arc::clone(&seen), Arc::clone(&count));
        async move {
            if count.fetch_add(1, Ordering::SeqCst) == 0 {
                return Err("not yet, hunter2".into());
            }
            seen.lock().expect("a lock").push(event.id);
            Ok(())
        }
    });
    let url = serve(router).await;
    assert_eq!(
        send(&url, join("1")).await,
        (
            500,
            r#"{"message":"the event could not be handled"}"#.to_owned()
        )
    );
    assert_eq!(send(&url, join("1")).await.0, 200);
    assert_eq!(
        send(&url, join("1")).await,
        (200, r#"{"message":"duplicate"}"#.to_owned())
    );
    assert_eq!(*effects.lock().expect("a lock"), ["1"]);
}

#[tokio::test]
async fn an_event_being_handled_is_answered_with_503_and_long_work_is_handed_over() {
    let go_on = Arc::new(Semaphore::new(0));
    let (begun, mut begins) = tokio::sync::mpsc::unbounded_channel();
    let (slow, long) = (Arc::clone(&go_on), Arc::clone(&go_on));
    let router = Router::new(receiver(|it| it))
        .on(move |event: Event<PeerJoinSuccess>| {
            let (slow, begun) = (Arc::clone(&slow), begun.clone());
            async move {
                begun.send(event.id)?;
                slow.acquire().await?.forget();
                Ok(())
            }
        })
        .on_background(move |_: Event<PeerLeaveSuccess>| {
            let long = Arc::clone(&long);
            async move {
                long.acquire().await?.forget();
                Ok(())
            }
        });
    let url = serve(router).await;
    let first = tokio::spawn({
        let url = url.clone();
        async move { send(&url, join("slow")).await }
    });
    assert_eq!(begins.recv().await.as_deref(), Some("slow"));
    let busy = sent(post(&url), text(join("slow"))).await;
    assert_eq!(busy.headers()["retry-after"], "1");
    assert_eq!(told(busy).0, 503);
    go_on.add_permits(1);
    assert_eq!(first.await.expect("an answer").0, 200);
    let leave = join("long").replace("join", "leave");
    assert_eq!(
        send(&url, leave.clone()).await,
        (200, r#"{"message":"accepted"}"#.to_owned())
    );
    assert_eq!(send(&url, leave.clone()).await.0, 503);
    go_on.add_permits(1);
    let last = loop {
        let told = send(&url, leave.clone()).await;
        if told.0 != 503 {
            break told;
        }
    };
    assert_eq!(last, (200, r#"{"message":"duplicate"}"#.to_owned()));
}
