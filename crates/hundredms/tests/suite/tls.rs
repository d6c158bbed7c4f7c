//! TLS with an authority of one's own.

use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use hundredms::{Error, ErrorKind, Language, Phase};
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use super::client_at;
use crate::queue::{Queue, Reply};

const ROOM: &str = r#"{"id":"1","name":"n","enabled":true,"description":"","customer_id":"c","template_id":"t","region":"in"}"#;

/// A file of a test, removed with it.
struct Scratch(PathBuf);

impl Scratch {
    fn new(name: &str, text: &str) -> Self {
        let path = std::env::temp_dir().join(format!("hundredms-{}-{name}", std::process::id()));
        std::fs::write(&path, text).expect("a file");
        Self(path)
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

/// Serve one room over TLS; gives the address and the certificate in PEM.
async fn serve() -> (String, String) {
    let made =
        rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).expect("a certificate");
    let url = serve_as(vec![made.cert.der().to_vec()], &made.signing_key).await;
    (url, made.cert.pem())
}

/// Serve one room over TLS with a chain of certificates.
async fn serve_as(chain: Vec<Vec<u8>>, key: &rcgen::KeyPair) -> String {
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der()));
    let chain = chain.into_iter().map(CertificateDer::from).collect();
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
    format!("https://localhost:{port}/v2")
}

/// Make a client in an environment of its own, and one call with it.
async fn room_with(
    url: &str,
    language: Language,
    variables: &serde_json::Value,
) -> Result<String, Error> {
    let options = serde_json::json!({ "variables": variables }).to_string();
    let client = client_at(url)
        .language(language)
        .options(options.as_bytes())
        .and_then(hundredms::ClientBuilder::build)?;
    let room = client.rooms().get("1").max_retries(0).await;
    Ok(room?.id)
}

#[tokio::test]
async fn variables_name_certificates_to_trust_beside_the_systems() {
    let (url, pem) = serve().await;
    let file = Scratch::new("variables.pem", &pem);
    let folder = std::env::temp_dir().join(format!("hundredms-{}-cas", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let in_folder = folder.join("one.pem");
    std::fs::write(&in_folder, &pem).expect("a file");
    for (language, name, path) in [
        (Language::Rust, "SSL_CERT_FILE", &file.0),
        (Language::Rust, "SSL_CERT_DIR", &folder),
        (Language::Python, "REQUESTS_CA_BUNDLE", &file.0),
        (Language::Python, "REQUESTS_CA_BUNDLE", &folder),
        (Language::Python, "CURL_CA_BUNDLE", &file.0),
        (Language::Node, "NODE_EXTRA_CA_CERTS", &file.0),
        (Language::Node, "SSL_CERT_FILE", &file.0),
    ] {
        let room = room_with(&url, language, &serde_json::json!({ name: path })).await;
        assert_eq!(room.expect(name), "1");
    }
    let others = serde_json::json!({ "NODE_EXTRA_CA_CERTS": file.0, "REQUESTS_CA_BUNDLE": "" });
    assert!(room_with(&url, Language::Rust, &others).await.is_err());
    std::fs::remove_file(in_folder).expect("the file");
    std::fs::remove_dir(folder).expect("the folder");
}

#[tokio::test]
async fn a_certificate_after_a_byte_order_mark_is_read() {
    let (url, pem) = serve().await;
    let file = Scratch::new("marked.pem", &format!("\u{feff}{pem}"));
    let client = client_at(&url).ca_file(&file.0).build().expect("a client");
    assert_eq!(client.rooms().get("1").await.expect("a room").id, "1");
    let named = serde_json::json!({ "SSL_CERT_FILE": file.0 });
    let room = room_with(&url, Language::Rust, &named).await;
    assert_eq!(room.expect("a room"), "1");
}

#[tokio::test]
async fn a_certificate_that_is_not_trusted_says_what_to_set() {
    let (url, _) = serve().await;
    for (language, words) in [
        (
            Language::Rust,
            "set ca_file or one of SSL_CERT_FILE, SSL_CERT_DIR to the PEM file",
        ),
        (
            Language::Python,
            "set ca_file or one of SSL_CERT_FILE, SSL_CERT_DIR, REQUESTS_CA_BUNDLE, CURL_CA_BUNDLE to the PEM file",
        ),
        (
            Language::Node,
            "set caFile or one of NODE_EXTRA_CA_CERTS, SSL_CERT_FILE, SSL_CERT_DIR to the PEM file",
        ),
    ] {
        let gone = serde_json::json!({ "SSL_CERT_FILE": "/nowhere/ca.pem" });
        let error = room_with(&url, language, &gone).await.expect_err("nobody");
        assert_eq!(
            (error.kind(), error.phase()),
            (ErrorKind::Connection, Some(Phase::Connect))
        );
        let said = error.to_string();
        assert!(said.contains(words), "{said}");
        assert!(
            said.contains("SSL_CERT_FILE is set, but /nowhere/ca.pem cannot be used"),
            "{said}"
        );
        assert!(said.contains("UnknownIssuer"), "{said}");
        assert!(!said.contains("error sending request"), "{said}");
    }
}

#[tokio::test]
async fn an_authority_that_is_its_own_server_says_how_to_make_a_certificate() {
    let mut params = rcgen::CertificateParams::new(vec!["localhost".to_owned()]).expect("names");
    params.is_ca = rcgen::IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
    let key = rcgen::KeyPair::generate().expect("a key");
    let authority = params.self_signed(&key).expect("a certificate");
    let url = serve_as(vec![authority.der().to_vec()], &key).await;
    let file = Scratch::new("authority.pem", &authority.pem());
    let client = client_at(&url).ca_file(&file.0).max_retries(0).build();
    let error = client.expect("a client").rooms().get("1").await;
    let said = error.expect_err("an authority").to_string();
    assert!(
        said.contains("-addext basicConstraints=critical,CA:FALSE"),
        "{said}"
    );
}

#[tokio::test]
async fn an_authority_with_a_key_of_p_521_is_trusted() {
    let mut params = rcgen::CertificateParams::new(Vec::new()).expect("names");
    params.is_ca = rcgen::IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
    let key = rcgen::KeyPair::generate_for(&rcgen::PKCS_ECDSA_P521_SHA512).expect("a key");
    let authority = params.self_signed(&key).expect("a certificate");
    let issuer = rcgen::Issuer::new(params, key);
    let leaf_key = rcgen::KeyPair::generate().expect("a key");
    let leaf = rcgen::CertificateParams::new(vec!["localhost".to_owned()])
        .expect("names")
        .signed_by(&leaf_key, &issuer)
        .expect("a certificate");
    let url = serve_as(vec![leaf.der().to_vec()], &leaf_key).await;
    let file = Scratch::new("p521.pem", &authority.pem());
    let client = client_at(&url).ca_file(&file.0).build().expect("a client");
    assert_eq!(client.rooms().get("1").await.expect("a room").id, "1");
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

#[tokio::test]
async fn a_proxy_that_cannot_be_reached_is_named_without_its_password() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address");
    drop(listener);
    for base in ["https://api.service.test/v2", "http://api.service.test/v2"] {
        let client = client_at(base)
            .proxy(format!("http://ada:hush@{address}"))
            .max_retries(0)
            .build()
            .expect("a client");
        let error = client.rooms().get("1").await.expect_err("no proxy");
        let text = error.to_string();
        let named = format!(": through the proxy http://{address} of `proxy`: ");
        assert!(text.contains(&named), "{text}");
        assert!(!text.contains("hush") && !text.contains("ada"), "{text}");
        let debug = format!("{error:?}");
        assert!(!debug.contains("hush") && !debug.contains("ada"), "{debug}");
    }
}

#[test]
fn a_ca_file_that_is_not_pem_with_a_certificate_is_refused_by_name() {
    let path = std::env::temp_dir().join(format!("hundredms-no-ca-{}.pem", std::process::id()));
    let none = "contains no certificate: it must be PEM";
    for (text, url, reason) in [
        ("no certificate", "https://localhost/v2", none),
        ("", "https://localhost/v2", none),
        ("no certificate", "http://127.0.0.1:8100/v2", none),
        (
            "It begins with -----BEGIN CERTIFICATE-----",
            "https://localhost/v2",
            none,
        ),
        (
            "-----BEGIN CERTIFICATE-----\nAAAA",
            "https://localhost/v2",
            "is not PEM",
        ),
    ] {
        std::fs::write(&path, text).expect("a file");
        let error = client_at(url)
            .ca_file(&path)
            .build()
            .expect_err("no certificate");
        assert_eq!(error.kind(), ErrorKind::Configuration);
        let message = error.message();
        let said = format!("the CA file {} {reason}", path.display());
        assert!(message.starts_with(&said), "{message}");
    }
    std::fs::remove_file(&path).expect("the file");
}
