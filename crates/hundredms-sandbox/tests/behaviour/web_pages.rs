//! What a web page in a browser on this machine could send is refused, and nothing of it happens.

use std::net::SocketAddr;

use hundredms_sandbox::{Builder, Sandbox, WebhookTarget};
use serde_json::{Value, json};

use crate::{
    api::{management_claims, signed},
    raw::{self, Answer},
};

const JSON: (&str, &str) = ("content-type", "application/json");

struct Page {
    sandbox: Sandbox,
    address: SocketAddr,
    /// What a client on this machine sends as `Host`.
    host: String,
}

impl Page {
    async fn open() -> Self {
        Self::of(Sandbox::builder()).await
    }

    async fn of(builder: Builder) -> Self {
        let sandbox = builder.start().await.expect("a sandbox");
        let host = sandbox.base_url();
        let host = host.trim_start_matches("http://").trim_end_matches("/v2");
        Self {
            address: host.parse().expect("an address"),
            host: host.to_owned(),
            sandbox,
        }
    }

    /// Posts to a control with the right host and these headers.
    async fn post(&self, control: &str, headers: &[(&str, &str)], body: &str) -> Answer {
        let headers = [&[("host", self.host.as_str())], headers].concat();
        let line = format!("POST /_sandbox/{control}");
        raw::send(self.address, &line, &headers, body.as_bytes()).await
    }

    /// Asks a control and an operation with this `Host`.
    async fn with_hosts(&self, hosts: &[&str]) -> [u16; 2] {
        let mut headers: Vec<_> = hosts.iter().map(|host| ("host", *host)).collect();
        headers.push(JSON);
        let control = raw::send(self.address, "POST /_sandbox/stats", &headers, b"{}").await;
        let operation = raw::send(self.address, "GET /v2/rooms", &headers, b"").await;
        [control.status, operation.status]
    }
}

/// Each way in which a page can say what it sends without a preflight.
const SIMPLE: [&str; 4] = [
    "text/plain;charset=UTF-8",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "text/plain; application/json",
];

#[tokio::test]
async fn a_page_of_another_origin_changes_nothing_whatever_it_calls_its_body() {
    let page = Page::open().await;
    page.sandbox
        .seed(&hundredms_sandbox::Seed::new().rooms(2))
        .unwrap();
    let host = page.host.clone();
    let port = host.rsplit(':').next().unwrap();
    for origin in [
        "https://evil.example",
        "null",
        "http://localhost:3000",
        &format!("https://{host}"),
        &format!("http://{host}.evil.example"),
        &format!("http://localhost:{port}"),
        "",
        "http://",
    ] {
        for declared in SIMPLE.iter().chain([&JSON.1]) {
            let headers = [("origin", origin), ("content-type", declared)];
            for (control, body) in [
                ("reset", "{}"),
                ("reset", ""),
                ("set_webhook", r#"{"url":"http://127.0.0.2:9/"}"#),
                ("add_fault", r#"{"effect":{"status":503}}"#),
                ("settle_webhooks", "{}"),
            ] {
                let answer = page.post(control, &headers, body).await;
                assert_eq!(answer.status, 403, "{origin} {declared} {control}");
                assert!(
                    answer.text().contains("another origin"),
                    "{}",
                    answer.text()
                );
            }
        }
    }
    assert_eq!(page.sandbox.stats().rooms, 2);
    assert_eq!(page.sandbox.faults(), []);
}

#[tokio::test]
async fn a_page_that_hides_its_origin_is_stopped_by_its_content_type() {
    let page = Page::open().await;
    for declared in SIMPLE.iter().chain([&"", &"application/jsonp"]) {
        let answer = page
            .post("seed", &[("content-type", declared)], r#"{"rooms":1}"#)
            .await;
        assert_eq!(answer.status, 415, "{declared}");
        let text = answer.text();
        assert!(
            text.contains("-H 'content-type: application/json'"),
            "{text}"
        );
    }
    let unsaid = page.post("seed", &[], r#"{"rooms":1}"#).await;
    let twice = [JSON, ("content-type", "text/plain")];
    let twice = page.post("seed", &twice, r#"{"rooms":1}"#).await;
    assert_eq!((unsaid.status, twice.status), (415, 415));
    assert_eq!(page.sandbox.stats().rooms, 0);
    let plain = page.post("seed", &[JSON], r#"{"rooms":1}"#).await;
    assert_eq!(plain.status, 200);
    let nothing_said = page.post("reset", &[], "").await;
    assert_eq!((nothing_said.status, page.sandbox.stats().rooms), (200, 0));
}

#[tokio::test]
async fn operations_are_guarded_like_controls_and_leave_no_trace_in_the_log() {
    let page = Page::open().await;
    let host = ("host", page.host.as_str());
    let evil = ("origin", "https://evil.example");
    let token = signed(&management_claims(&page.sandbox), page.sandbox.secret());
    let token = format!("Bearer {token}");
    let token = ("authorization", token.as_str());
    let send = async |line: &str, headers: &[(&str, &str)], body: &str| {
        raw::send(page.address, line, headers, body.as_bytes())
            .await
            .status
    };
    assert_eq!(
        send("POST /v2/rooms", &[host, token, evil, JSON], "{}").await,
        403
    );
    assert_eq!(
        send(
            "POST /v2/token",
            &[host, evil, ("content-type", "text/plain")],
            "{}"
        )
        .await,
        403
    );
    assert_eq!(
        send(
            "POST /nothing",
            &[host, evil, ("content-type", "text/plain")],
            "{}"
        )
        .await,
        403
    );
    for declared in SIMPLE {
        let headers = [host, token, ("content-type", declared)];
        assert_eq!(send("POST /v2/rooms", &headers, "{}").await, 415);
    }
    assert_eq!(page.sandbox.requests(), []);
    assert_eq!(
        send("POST /v2/rooms", &[host, token, JSON], "{}").await,
        200
    );
    assert_eq!(page.sandbox.requests().len(), 1);
}

#[tokio::test]
async fn a_name_that_is_rebound_to_this_machine_reads_nothing() {
    let page = Page::open().await;
    let port = page.address.port();
    for hosts in [
        &[][..],
        &[""],
        &["rebind.evil.example"],
        &[&format!("rebind.evil.example:{port}")],
        &[&format!("localhost.evil.example:{port}")],
        &[&format!("127.0.0.1.evil.example:{port}")],
        &["0.0.0.0"],
        &["192.168.0.1:8100"],
        &["evil@127.0.0.1"],
        &["127.0.0.1", "rebind.evil.example"],
        &["rebind.evil.example", "127.0.0.1"],
        &["127.0.0.1", "127.0.0.1"],
        &["127.0.0.1:0x50"],
    ] {
        assert_eq!(page.with_hosts(hosts).await, [403, 403], "{hosts:?}");
    }
    for host in [
        "localhost",
        "LocalHost:1",
        "127.0.0.1",
        "127.1.2.3:9",
        "[::1]",
        "[::1]:8100",
    ] {
        assert_eq!(page.with_hosts(&[host]).await, [200, 401], "{host}");
    }
    let line = format!("POST http://evil.example:{port}/_sandbox/requests");
    let absolute = raw::send(page.address, &line, &[("host", &page.host), JSON], b"{}").await;
    assert_eq!(absolute.status, 403);
    assert_eq!(page.sandbox.requests().len(), 6);
}

#[tokio::test]
async fn no_preflight_is_allowed_and_no_answer_lets_another_origin_read_it() {
    let page = Page::open().await;
    let host = ("host", page.host.as_str());
    let own = format!("http://{}", page.host);
    let asks = ("access-control-request-method", "POST");
    for origin in ["https://evil.example", "null", &own] {
        for path in ["/_sandbox/reset", "/v2/rooms", "/v2/token", "*"] {
            let headers = [
                host,
                ("origin", origin),
                asks,
                ("access-control-request-headers", "content-type"),
                ("access-control-request-private-network", "true"),
            ];
            let answer = raw::send(page.address, &format!("OPTIONS {path}"), &headers, b"").await;
            assert_eq!(answer.status, 403, "{origin} {path}");
            assert!(
                !answer.head.contains("\r\naccess-control"),
                "{}",
                answer.head
            );
        }
        let answer = page.post("stats", &[("origin", origin), JSON], "{}").await;
        assert!(!answer.head.contains("access-control"), "{}", answer.head);
    }
}

#[tokio::test]
async fn a_page_that_embeds_an_address_of_the_sandbox_is_known_by_its_fetch_metadata() {
    let page = Page::open().await;
    let get = async |site: &[(&str, &str)]| {
        let headers = [&[("host", page.host.as_str())], site].concat();
        raw::send(page.address, "GET /_sandbox/health", &headers, b"")
            .await
            .status
    };
    for site in ["cross-site", "same-site", "Same-Origin", "", "new"] {
        assert_eq!(get(&[("sec-fetch-site", site)]).await, 403, "{site}");
    }
    let twice = [("sec-fetch-site", "none"), ("sec-fetch-site", "cross-site")];
    assert_eq!(get(&twice).await, 403);
    for site in ["none", "same-origin"] {
        assert_eq!(get(&[("sec-fetch-site", site)]).await, 200);
    }
    assert_eq!(get(&[]).await, 200);
}

#[tokio::test]
async fn a_page_of_the_same_origin_and_programs_go_on() {
    let page = Page::open().await;
    let own = format!("http://{}", page.host);
    let headers = [
        ("origin", own.as_str()),
        ("sec-fetch-site", "same-origin"),
        JSON,
    ];
    assert_eq!(page.post("stats", &headers, "{}").await.status, 200);
    let host = ("host", page.host.as_str());
    let health = raw::send(page.address, "GET /_sandbox/health", &[host], b"").await;
    let health: Value = serde_json::from_slice(&health.body).expect("JSON");
    assert_eq!(
        health,
        json!({"status": "ok", "version": env!("CARGO_PKG_VERSION")})
    );
}

#[tokio::test]
async fn a_page_cannot_have_requests_sent_to_other_addresses() {
    let page = Page::open().await;
    let inner = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    inner.set_nonblocking(true).expect("a socket");
    let url = format!("http://{}/admin", inner.local_addr().expect("an address"));
    let set = json!({"url": url, "headers": {"authorization": "Basic eA=="}}).to_string();
    let send = json!({"type": "x.y", "data": {"a": "chosen"}}).to_string();
    let evil = [
        ("origin", "https://evil.example"),
        ("sec-fetch-site", "cross-site"),
        ("content-type", "text/plain;charset=UTF-8"),
    ];
    page.sandbox.set_webhook(&WebhookTarget::new(url)).unwrap();
    for headers in [&evil[..], &evil[..1], &evil[1..2], &evil[2..]] {
        assert!(page.post("set_webhook", headers, &set).await.status >= 400);
        assert!(page.post("send_webhook", headers, &send).await.status >= 400);
    }
    assert_eq!(page.sandbox.stats().events, 0);
    assert_eq!(page.sandbox.webhook_queue().due, 0);
    let came = inner.accept().map(|_| ()).map_err(|error| error.kind());
    assert_eq!(came, Err(std::io::ErrorKind::WouldBlock));
}

#[tokio::test]
async fn a_name_that_was_allowed_is_a_host() {
    let page = Page::of(Sandbox::builder().allow_host("sandbox.test")).await;
    assert_eq!(page.with_hosts(&["SANDBOX.test:81"]).await, [200, 401]);
    assert_eq!(page.with_hosts(&["other.test"]).await, [403, 403]);
    let refused = Sandbox::builder().allow_host("http://a").start().await;
    assert_eq!(
        refused.unwrap_err().kind(),
        std::io::ErrorKind::InvalidInput
    );
}

#[tokio::test]
async fn a_sandbox_may_listen_elsewhere_and_is_called_by_that_address() {
    let page = Page::of(Sandbox::builder().host("127.0.0.2")).await;
    assert!(page.host.starts_with("127.0.0.2:"));
    assert_eq!(page.with_hosts(&[&page.host]).await, [200, 401]);
    let everywhere = Page::of(Sandbox::builder().host("0.0.0.0")).await;
    assert!(everywhere.host.starts_with("127.0.0.1:"));
    assert_eq!(everywhere.with_hosts(&["evil.example"]).await, [403, 403]);
}
