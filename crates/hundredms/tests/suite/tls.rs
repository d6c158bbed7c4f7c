//! TLS with an authority of one's own.

use std::sync::{Arc, Mutex};

use hundredms::{ErrorKind, Phase};
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use super::client_at;
use crate::queue::{Queue, Reply};

const ROOM: &str = r#"{"id":"1","name":"n","enabled":true,"description":"","customer_id":"c","template_id":"t","region":"in"}"#;

/// Serve one room over TLS; gives the address and the certificate in PEM.
async fn serve() -> (String, String) {
    let made =
        rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).expect("a certificate");
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(made.signing_key.serialize_der()));
    let chain = vec![CertificateDer::from(made.cert.der().to_vec())];
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_no_client_auth()
        .with_single_cert(chain, key)
        .expect("a server");
    let acceptor = tokio_rustls::TlsAcceptor::from(Arc::new(config));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
        .await
        .expect("a port");
    let port = listener.local_addr().expect("an address").port();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let acceptor = acceptor.clone();
            tokio::spawn(async move {
                let mut stream = acceptor.accept(stream).await.ok()?;
                let mut head = [0; 4096];
                let read = stream.read(&mut head).await.ok()?;
                assert!(read > 0, "a request");
                let answer = format!(
                    "HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{ROOM}",
                    ROOM.len()
                );
                stream.write_all(answer.as_bytes()).await.ok()?;
                stream.shutdown().await.ok()
            });
        }
    });
    (format!("https://localhost:{port}/v2"), made.cert.pem())
}

#[tokio::test]
async fn a_ca_file_is_trusted_and_without_it_the_connection_is_refused() {
    let (url, pem) = serve().await;
    let path = std::env::temp_dir().join(format!("hundredms-ca-{}.pem", std::process::id()));
    std::fs::write(&path, pem).expect("a file");
    let client = client_at(&url).ca_file(&path).build().expect("a client");
    assert_eq!(client.rooms().get("1").await.expect("a room").id, "1");
    std::fs::remove_file(&path).expect("the file");

    let client = client_at(&url).max_retries(0).build().expect("a client");
    let error = client.rooms().get("1").await.expect_err("not trusted");
    assert_eq!(error.kind(), ErrorKind::Connection);
    assert!(
        error.to_string().to_lowercase().contains("certificate"),
        "{error}"
    );
}

/// A proxy that lets everything through; gives the address and the heads of the requests it took.
async fn proxy() -> (String, Arc<Mutex<Vec<String>>>) {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
        .await
        .expect("a port");
    let address = listener.local_addr().expect("an address");
    let heads = Arc::new(Mutex::new(Vec::new()));
    let taken = heads.clone();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut head = Vec::new();
            while !head.ends_with(b"\r\n\r\n") {
                head.push(stream.read_u8().await.expect("a head"));
            }
            let head = String::from_utf8(head).expect("text");
            let target = head.split(' ').nth(1).expect("a target").to_owned();
            taken.lock().expect("heads").push(head);
            let mut service = tokio::net::TcpStream::connect(target)
                .await
                .expect("the service");
            let answer = b"HTTP/1.1 200 Connection established\r\n\r\n";
            stream.write_all(answer).await.expect("a tunnel");
            tokio::spawn(
                async move { tokio::io::copy_bidirectional(&mut stream, &mut service).await },
            );
        }
    });
    (format!("http://ada:p%40ss@{address}"), heads)
}

#[tokio::test]
async fn https_goes_through_a_proxy_by_a_tunnel() {
    let (url, pem) = serve().await;
    let (proxy, heads) = proxy().await;
    let path = std::env::temp_dir().join(format!("hundredms-tunnel-{}.pem", std::process::id()));
    std::fs::write(&path, pem).expect("a file");
    let client = client_at(&url)
        .ca_file(&path)
        .proxy(proxy)
        .build()
        .expect("a client");
    assert_eq!(client.rooms().get("1").await.expect("a room").id, "1");
    std::fs::remove_file(&path).expect("the file");
    let heads = heads.lock().expect("heads");
    let target = url.trim_start_matches("https://").trim_end_matches("/v2");
    assert!(
        heads[0].starts_with(&format!("CONNECT {target} HTTP/1.1\r\n")),
        "{heads:?}"
    );
    let head = heads[0].to_lowercase();
    assert!(
        head.contains("proxy-authorization: basic ywrhonbac3m=\r\n"),
        "{head}"
    );
    assert!(head.contains("user-agent: hundredms/"), "{head}");
    assert!(!head.contains("\r\nauthorization"), "{head}");
}

#[tokio::test]
async fn a_proxy_that_refuses_the_tunnel_leaves_nothing_in_doubt() {
    let proxy = Queue::start([Reply::json(407, "")]).await;
    let client = client_at("https://api.service.test/v2")
        .proxy(proxy.url())
        .max_retries(0)
        .build()
        .expect("a client");
    let error = client
        .recordings()
        .start(hundredms::resources::recordings::StartRecording::new("r"))
        .await
        .expect_err("refused");
    assert_eq!(
        (error.kind(), error.phase()),
        (ErrorKind::Connection, Some(Phase::Connect)),
        "{error}"
    );
    assert!(!error.may_have_applied());
    assert!(
        error.to_string().contains("proxy authorization required"),
        "{error}"
    );
    assert_eq!(proxy.asked()[0].method, "CONNECT");
}

#[test]
fn a_ca_file_without_a_certificate_is_refused() {
    let path = std::env::temp_dir().join(format!("hundredms-no-ca-{}.pem", std::process::id()));
    std::fs::write(&path, "no certificate").expect("a file");
    let error = client_at("https://localhost/v2")
        .ca_file(&path)
        .build()
        .expect_err("no certificate");
    std::fs::remove_file(&path).expect("the file");
    assert_eq!(error.kind(), ErrorKind::Configuration);
}
