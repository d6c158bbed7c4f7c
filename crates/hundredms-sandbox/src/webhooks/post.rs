//! One attempt: a POST over its own connection.

use std::{fmt::Write as _, io, time::Duration};

use bytes::Bytes;
use hmac::{Hmac, KeyInit as _, Mac as _};
use http_body_util::{BodyExt as _, Full, Limited};
use hyper::{
    Request,
    client::conn::http1,
    header::{CONNECTION, CONTENT_TYPE, HOST, HeaderValue, USER_AGENT},
};
use hyper_util::rt::TokioIo;
use sha2::Sha256;
use tokio::{net::TcpStream, task::JoinSet, time};

use crate::state::webhook_target::{Webhook, address, header};

/// The header with the signature of the body.
pub(crate) const SIGNATURE: &str = "x-100ms-signature";

/// How much of a response is read, in bytes, so that the receiver does not see a closed connection.
const RESPONSE_LIMIT: usize = 64 << 10;

/// The status of the receiver's response, or why there was none.
pub(crate) type PostResult = Result<u16, String>;

/// Send a body to a webhook, and wait at most `timeout` for the response.
pub(crate) async fn post(
    webhook: &Webhook,
    signing_key: Option<&str>,
    body: Bytes,
    timeout: Duration,
) -> PostResult {
    time::timeout(timeout, exchange(webhook, signing_key, body))
        .await
        .unwrap_or_else(|_| Err("timeout".into()))
}

async fn exchange(webhook: &Webhook, signing_key: Option<&str>, body: Bytes) -> PostResult {
    let address = address(&webhook.url)?;
    let signature = signing_key.map(|key| signature(key, &body));
    let mut request = Request::post(address.path.as_str())
        .body(Full::new(body))
        .map_err(|_| "the URL of the webhook is invalid".to_owned())?;
    let headers = request.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.insert(USER_AGENT, HeaderValue::from_static("hundredms-sandbox"));
    for (name, value) in &webhook.headers {
        let (name, value) = header(name, value)?;
        headers.insert(name, value);
    }
    if let Some(signature) = signature.and_then(|text| HeaderValue::try_from(text).ok()) {
        headers.insert(SIGNATURE, signature);
    }
    let host = HeaderValue::try_from(address.authority)
        .map_err(|_| "the URL of the webhook is invalid".to_owned())?;
    headers.insert(HOST, host);
    headers.insert(CONNECTION, HeaderValue::from_static("close"));

    let stream = TcpStream::connect((address.host.as_str(), address.port))
        .await
        .map_err(|error| not_connected(&error))?;
    let _ = stream.set_nodelay(true);
    let lost = |_| "the connection was closed before a response came".to_owned();
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await.map_err(lost)?;
    // A set, so that the connection ends with the attempt.
    let mut connections = JoinSet::new();
    connections.spawn(connection);
    let answer = sender.send_request(request).await.map_err(lost)?;
    let status = answer.status().as_u16();
    if status == 200 {
        // The outcome is known, even if the body never ends.
        let rest = Limited::new(answer.into_body(), RESPONSE_LIMIT).collect();
        let _ = time::timeout(Duration::from_millis(100), rest).await;
    }
    Ok(status)
}

fn not_connected(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::ConnectionRefused => "connection refused".into(),
        kind => format!("no connection: {kind}"),
    }
}

/// Return the HMAC-SHA256 of the body, in lower-case hex.
pub(crate) fn signature(key: &str, body: &[u8]) -> String {
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key.as_bytes()) else {
        return String::new();
    };
    mac.update(body);
    let bytes = mac.finalize().into_bytes();
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
