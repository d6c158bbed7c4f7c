//! Deadlines, lost connections, proxies: what the network does to a call.

use std::time::{Duration, Instant};

use hundredms::resources::recordings::StartRecording;
use hundredms::{ErrorKind, Phase};

use tokio::io::{AsyncReadExt, AsyncWriteExt};

use super::client_at;
use crate::queue::{Queue, Reply};

const ROOM: &str = r#"{"id":"1","name":"n","enabled":true,"description":"","customer_id":"c","template_id":"t","region":"in"}"#;

/// An address that takes connections and never answers: its backlog is full.
async fn black_hole() -> (tokio::net::TcpListener, Vec<tokio::net::TcpStream>, String) {
    let socket = tokio::net::TcpSocket::new_v4().expect("a socket");
    socket
        .bind("127.0.0.1:0".parse().expect("an address"))
        .expect("a port");
    let listener = socket.listen(1).expect("a listener");
    let address = listener.local_addr().expect("an address");
    let mut held = Vec::new();
    while let Ok(Ok(stream)) = tokio::time::timeout(
        Duration::from_millis(200),
        tokio::net::TcpStream::connect(address),
    )
    .await
    {
        held.push(stream);
    }
    (listener, held, format!("http://{address}/v2"))
}

#[tokio::test]
async fn a_deadline_while_connecting_leaves_nothing_in_doubt() {
    let (_listener, _held, url) = black_hole().await;
    let client = client_at(&url)
        .timeout(Duration::from_millis(300))
        .build()
        .expect("a client");
    let error = client
        .recordings()
        .start(StartRecording::new("r"))
        .await
        .expect_err("no time");
    assert_eq!(
        (error.kind(), error.phase()),
        (ErrorKind::Timeout, Some(Phase::Connect)),
        "{error}"
    );
    assert!(!error.may_have_applied());
}

#[tokio::test]
async fn a_deadline_while_sending_is_told_from_one_while_waiting() {
    let socket = tokio::net::TcpSocket::new_v4().expect("a socket");
    let port = "127.0.0.1:0".parse().expect("an address");
    socket.bind(port).expect("a port");
    socket.set_recv_buffer_size(1 << 12).expect("a size");
    // It takes what fits its buffer.
    let listener = socket.listen(8).expect("a listener");
    let url = format!("http://{}/v2", listener.local_addr().expect("an address"));
    let client = client_at(&url).timeout(Duration::from_millis(300)).build();
    let client = client.expect("a client");
    let options = hundredms::CallOptions::default();
    for (length, phase) in [(1 << 25, Phase::Send), (1, Phase::Wait)] {
        let body = serde_json::json!({ "text": "x".repeat(length) });
        let asked = client.request("POST", "/new", &[], Some(&body), &options);
        let error = asked.await.expect_err("no time");
        assert_eq!(error.phase(), Some(phase), "{error}");
        assert!(error.may_have_applied());
    }
}

#[tokio::test]
async fn a_connection_that_breaks_while_sending_says_so() {
    let socket = tokio::net::TcpSocket::new_v4().expect("a socket");
    let port = "127.0.0.1:0".parse().expect("an address");
    socket.bind(port).expect("a port");
    socket.set_recv_buffer_size(1 << 12).expect("a size");
    let listener = socket.listen(8).expect("a listener");
    let url = format!("http://{}/v2", listener.local_addr().expect("an address"));
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.expect("a connection");
        stream.read_u8().await.expect("a request");
        // What was not read makes this a reset.
    });
    let client = client_at(&url).max_retries(0).build().expect("a client");
    let body = serde_json::json!({ "text": "x".repeat(1 << 25) });
    let options = hundredms::CallOptions::default();
    let asked = client.request("POST", "/new", &[], Some(&body), &options);
    let error = asked.await.expect_err("a reset");
    assert_eq!(error.phase(), Some(Phase::Send), "{error}");
    assert!(error.may_have_applied());
}

#[tokio::test]
async fn a_connection_that_takes_too_long_is_a_timeout() {
    let (_listener, _held, url) = black_hole().await;
    let client = client_at(&url)
        .connect_timeout(Duration::from_millis(100))
        .max_retries(0)
        .build()
        .expect("a client");
    let error = client.rooms().get("1").await.expect_err("no connection");
    assert_eq!(
        (error.kind(), error.phase()),
        (ErrorKind::Timeout, Some(Phase::Connect)),
        "{error}"
    );
}

#[tokio::test]
async fn a_deadline_after_sending_leaves_a_start_in_doubt() {
    // The second call goes over a connection that is already there.
    let queue = Queue::start([Reply::json(200, ROOM), Reply::Hang]).await;
    let client = client_at(&queue.url()).build().expect("a client");
    client.rooms().get("1").await.expect("a room");
    let call = client
        .recordings()
        .start(StartRecording::new("r"))
        .timeout(Duration::from_millis(200));
    let error = call.await.expect_err("no time");
    assert_eq!(
        (error.kind(), error.phase()),
        (ErrorKind::AmbiguousOutcome, Some(Phase::Wait)),
        "{error}"
    );
    assert!(error.may_have_applied());
    assert_eq!(queue.asked().len(), 2);
}

#[tokio::test]
async fn a_delete_without_a_body_counts_as_sent() {
    let queue = Queue::start([Reply::Hang]).await;
    let client = client_at(&queue.url())
        .timeout(Duration::from_millis(200))
        .build()
        .expect("a client");
    let error = client
        .polls()
        .delete_option("p", "1", "2")
        .await
        .expect_err("no time");
    assert_eq!(
        (error.kind(), error.phase()),
        (ErrorKind::AmbiguousOutcome, Some(Phase::Wait)),
        "{error}"
    );
}

#[tokio::test]
async fn a_deadline_for_a_read_is_a_timeout_in_its_phase() {
    let queue = Queue::start([Reply::Hang]).await;
    let client = client_at(&queue.url()).build().expect("a client");
    let started = Instant::now();
    let error = client
        .rooms()
        .get("1")
        .timeout(Duration::from_millis(200))
        .await
        .expect_err("no time");
    assert_eq!(
        (error.kind(), error.phase()),
        (ErrorKind::Timeout, Some(Phase::Wait)),
        "{error}"
    );
    assert!(started.elapsed() < Duration::from_secs(2));
}

#[tokio::test]
async fn a_body_cut_short_is_read_again() {
    let queue = Queue::start([Reply::CutShort(ROOM.to_owned()), Reply::json(200, ROOM)]).await;
    let client = client_at(&queue.url()).build().expect("a client");
    assert_eq!(client.rooms().get("1").await.expect("a room").id, "1");
    assert_eq!(queue.asked().len(), 2);
}

#[tokio::test]
async fn giving_a_call_up_closes_its_connection() {
    let queue = Queue::start([Reply::Hang]).await;
    let client = client_at(&queue.url()).build().expect("a client");
    let call = tokio::spawn(async move { client.rooms().get("1").await });
    queue.hanging().await;
    call.abort();
    tokio::time::timeout(Duration::from_secs(2), queue.closed())
        .await
        .expect("the connection closes");
}

#[tokio::test]
async fn a_proxy_gets_the_whole_address() {
    let proxy = Queue::start([Reply::json(200, ROOM)]).await;
    let client = client_at("http://api.service.test/v2")
        .proxy(proxy.url())
        .build()
        .expect("a client");
    assert_eq!(client.rooms().get("1").await.expect("a room").id, "1");
    assert_eq!(
        proxy.asked()[0].target,
        "http://api.service.test/v2/rooms/1"
    );
}

#[tokio::test]
async fn the_credentials_of_a_proxy_go_with_each_request() {
    let proxy = Queue::start([Reply::json(200, ROOM)]).await;
    let client = client_at("http://api.service.test/v2")
        .proxy(proxy.url().replace("http://", "http://ada:p%40ss@"))
        .build()
        .expect("a client");
    client.rooms().get("1").await.expect("a room");
    let asked = &proxy.asked()[0];
    assert_eq!(
        (asked.header("proxy-authorization"), asked.header("host")),
        (Some("Basic YWRhOnBAc3M="), Some("api.service.test"))
    );
}

#[tokio::test]
async fn a_request_says_where_it_goes_and_who_sends_it() {
    let queue = Queue::start([Reply::json(200, ROOM)]).await;
    let client = client_at(&format!("{}/", queue.url()))
        .user_agent("app/1")
        .build()
        .expect("a client");
    client.rooms().get("1").await.expect("a room");
    let asked = &queue.asked()[0];
    let host = queue.url();
    let host = host.trim_start_matches("http://").trim_end_matches("/v2");
    assert_eq!(asked.target, "/v2/rooms/1");
    assert_eq!(asked.header("host"), Some(host));
    assert_eq!(asked.header("accept"), Some("application/json"));
    assert_eq!(asked.header("content-type"), None);
    let agent = asked.header("user-agent").expect("a user agent");
    assert!(
        agent.starts_with("hundredms/") && agent.ends_with(" app/1"),
        "{agent}"
    );
}

#[tokio::test]
async fn connections_that_the_service_closes_while_idle_are_not_felt() {
    let queue = Queue::start((0..8).map(|_| Reply::Last(ROOM.to_owned()))).await;
    let client = client_at(&queue.url()).build().expect("a client");
    for _ in 0..8 {
        client.rooms().get("1").await.expect("a room");
    }
    assert_eq!(queue.asked().len(), 8);
}

#[tokio::test]
async fn an_answer_that_is_encoded_unasked_is_named() {
    let queue = Queue::start([Reply::json(200, ROOM).with("content-encoding", "gzip")]).await;
    queue.push(Reply::json(200, "not JSON").with("content-encoding", "gzip"));
    let client = client_at(&queue.url()).build().expect("a client");
    client
        .rooms()
        .get("1")
        .await
        .expect("only the header is wrong");
    let error = client.rooms().get("1").await.expect_err("no JSON");
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert_eq!(
        error.message(),
        "the answer is encoded with gzip, which was not asked for"
    );
}

#[tokio::test]
async fn a_name_that_does_not_resolve_is_a_connection_error() {
    let client = client_at("http://nobody.invalid/v2")
        .no_proxy()
        .max_retries(0)
        .build()
        .expect("a client");
    let error = client.rooms().get("1").await.expect_err("nobody there");
    assert_eq!(
        (error.kind(), error.phase()),
        (ErrorKind::Connection, Some(Phase::Connect)),
        "{error}"
    );
}

/// Makes one call to a service by name, when another test runs it.
#[tokio::test]
async fn asks_a_service_by_name() {
    if std::env::var_os("TOLD").is_none() {
        return;
    }
    let client = client_at("http://api.service.invalid/v2")
        .max_retries(0)
        .build()
        .expect("a client");
    match client.rooms().get("1").await {
        Ok(room) => println!("room {}", room.id),
        Err(error) => println!("{}", error.kind()),
    }
}

#[tokio::test]
async fn the_environment_names_the_proxy_and_what_goes_past_it() {
    let proxy = Queue::start([Reply::json(200, ROOM)]).await;
    let told = |variables: Vec<(&'static str, String)>| {
        tokio::task::spawn_blocking(move || {
            let variables: Vec<_> = variables
                .iter()
                .map(|(name, value)| (*name, value.as_str()))
                .collect();
            super::in_environment("network::asks_a_service_by_name", &variables)
        })
    };
    let through = ("HTTP_PROXY", proxy.url());
    let said = told(vec![through.clone()]).await.expect("a process");
    assert!(said.contains("room 1"), "{said}");
    assert_eq!(
        proxy.asked()[0].target,
        "http://api.service.invalid/v2/rooms/1"
    );
    let past = ("NO_PROXY", ".service.invalid".to_owned());
    let said = told(vec![through, past]).await.expect("a process");
    assert!(said.contains("connection"), "{said}");
    assert_eq!(proxy.asked().len(), 1);
}

#[tokio::test]
async fn an_answer_without_end_is_given_up() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
        .await
        .expect("a port");
    let url = format!("http://{}/v2", listener.local_addr().expect("an address"));
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.expect("a connection");
        stream.read_u8().await.expect("a request");
        let head =
            b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nconnection: close\r\n\r\n";
        stream.write_all(head).await.expect("taken");
        let blanks = vec![b' '; 1 << 20];
        while stream.write_all(&blanks).await.is_ok() {}
    });
    let client = client_at(&url).max_retries(0).build().expect("a client");
    let error = client.rooms().get("1").await.expect_err("no end");
    assert_eq!(
        (error.kind(), error.phase(), error.status()),
        (ErrorKind::Connection, Some(Phase::Body), Some(200)),
        "{error}"
    );
}
