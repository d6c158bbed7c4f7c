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
        "the response is encoded with gzip, which the request did not accept"
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
    assert_eq!(
        error.message(),
        "no connection to nobody.invalid:80 could be made"
    );
}

#[tokio::test]
async fn a_refused_connection_names_the_address_and_no_path() {
    let free = tokio::net::TcpListener::bind("127.0.0.1:0")
        .await
        .expect("a port");
    let address = free.local_addr().expect("an address");
    drop(free);
    let client = client_at(&format!("http://{address}/v2"))
        .no_proxy()
        .max_retries(0)
        .build()
        .expect("a client");
    let error = client.rooms().get("room-1").await.expect_err("nobody");
    assert_eq!(
        error.message(),
        format!("no connection to {address} could be made")
    );
    assert!(!error.to_string().contains("room-1"), "{error}");
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

/// Make a client in an environment of its own.
fn in_variables(
    base: &str,
    auth: &str,
    variables: &serde_json::Value,
) -> Result<hundredms::Client, hundredms::Error> {
    let options = serde_json::json!({ "variables": variables, "auth_url": auth }).to_string();
    client_at(base)
        .max_retries(0)
        .options(options.as_bytes())
        .and_then(hundredms::ClientBuilder::build)
}

#[tokio::test]
async fn each_base_url_on_this_machine_goes_past_a_proxy() {
    let proxy = Queue::start([Reply::json(200, r#"{"token":"t"}"#)]).await;
    let service = Queue::start([Reply::json(200, ROOM)]).await;
    let variables = serde_json::json!({ "HTTP_PROXY": proxy.url() });
    let client = in_variables(&service.url(), "http://auth.service.test/v2", &variables);
    let client = client.expect("a client");
    assert_eq!(client.rooms().get("1").await.expect("a room").id, "1");
    assert!(proxy.asked().is_empty());
    let code = hundredms::resources::room_codes::ExchangeRoomCode::new("abc-defg-hij");
    let _ = client.room_codes().auth_token(code).await;
    assert!(
        proxy.asked()[0]
            .target
            .starts_with("http://auth.service.test/")
    );
}

#[test]
fn a_proxy_variable_that_cannot_be_used_is_refused_when_the_client_is_made() {
    for (name, value) in [
        ("ALL_PROXY", "socks://127.0.0.1:1080"),
        ("https_proxy", "http://user:p#ss@host:3128"),
        ("HTTPS_PROXY", "http://proxy:port"),
    ] {
        let variables = serde_json::json!({ name: value });
        let (api, auth) = (
            "https://api.service.test/v2",
            "https://auth.service.test/v2",
        );
        let error = in_variables(api, auth, &variables).expect_err(value);
        assert_eq!(error.kind(), ErrorKind::Configuration);
        assert!(error.message().starts_with(&format!("{name}: ")), "{error}");
        assert!(!error.to_string().contains("p#ss"), "{error}");
        let (api, auth) = ("http://localhost:1/v2", "http://localhost:1/v2");
        in_variables(api, auth, &variables).expect("nobody asks it");
    }
}

/// Let one connection through by SOCKS 5, where the proxy looks the name up; gives the address and the name that was asked for.
#[cfg(feature = "socks")]
async fn socks(service: std::net::SocketAddr) -> (String, tokio::task::JoinHandle<String>) {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await;
    let listener = listener.expect("a port");
    let address = listener.local_addr().expect("an address");
    let asked = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.expect("a connection");
        let mut methods = [0; 2];
        stream.read_exact(&mut methods).await.expect("a greeting");
        let mut offered = vec![0; methods[1].into()];
        stream.read_exact(&mut offered).await.expect("methods");
        stream.write_all(&[5, 0]).await.expect("a method");
        let mut head = [0; 5];
        stream.read_exact(&mut head).await.expect("a request");
        assert_eq!(&head[..4], &[5, 1, 0, 3], "a name to connect to");
        let mut name = vec![0; usize::from(head[4]) + 2];
        stream.read_exact(&mut name).await.expect("a name");
        name.truncate(name.len() - 2);
        let answer = [5, 0, 0, 1, 127, 0, 0, 1, 0, 0];
        stream.write_all(&answer).await.expect("an answer");
        let mut to = tokio::net::TcpStream::connect(service).await.expect("it");
        tokio::spawn(async move { tokio::io::copy_bidirectional(&mut stream, &mut to).await });
        String::from_utf8(name).expect("text")
    });
    (format!("socks5h://{address}"), asked)
}

#[cfg(feature = "socks")]
#[tokio::test]
async fn a_proxy_may_speak_socks() {
    let service = Queue::start([Reply::json(200, ROOM)]).await;
    let (proxy, asked) = socks(service.address()).await;
    let variables = serde_json::json!({ "ALL_PROXY": proxy });
    let client = in_variables(
        "http://api.service.test/v2",
        "http://auth.test/v2",
        &variables,
    );
    let client = client.expect("a client");
    assert_eq!(client.rooms().get("1").await.expect("a room").id, "1");
    assert_eq!(asked.await.expect("no panic"), "api.service.test");
}

#[tokio::test]
async fn an_answer_that_is_too_large_is_not_fetched_again() {
    let queue = Queue::start([Reply::json(200, ROOM), Reply::json(200, ROOM)]).await;
    let client = client_at(&queue.url()).max_response_bytes(100).build();
    let client = client.expect("a client");
    let error = client.rooms().get("1").await.expect_err("too large");
    assert_eq!(
        (error.kind(), error.phase(), error.status()),
        (ErrorKind::Connection, Some(Phase::Body), Some(200)),
        "{error}"
    );
    assert!(error.to_string().contains("max_response_bytes"), "{error}");
    assert_eq!(queue.asked().len(), 1);
}

#[tokio::test]
async fn an_answer_of_more_values_than_memory_should_hold_is_refused() {
    let many = vec!["{}"; 300_000].join(",");
    let body = ROOM.replace('}', &format!(r#","zz":[{many}]}}"#));
    let queue = Queue::start([Reply::json(200, &body), Reply::json(200, &body)]).await;
    let client = client_at(&queue.url()).build().expect("a client");
    let error = client.rooms().get("1").await.expect_err("too many");
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert!(
        error.message().contains("more than 262144 values"),
        "{error}"
    );

    let client = client_at(&queue.url()).max_response_bytes(64 << 20).build();
    let room = client.expect("a client").rooms().get("1").await;
    assert_eq!(room.expect("a room").id, "1");
}

#[tokio::test]
async fn a_large_answer_is_read_within_the_deadline() {
    let rooms = vec![ROOM; 30_000].join(",");
    let body = format!(r#"{{"data":[{rooms}],"last":""}}"#);
    let queue = Queue::start([Reply::json(200, &body)]).await;
    let client = client_at(&queue.url()).build().expect("a client");
    let page = client
        .rooms()
        .list(hundredms::resources::rooms::ListRooms::new());
    let page = page.first_page().await.expect("a page");
    assert_eq!(page.data.len(), 30_000);
}
