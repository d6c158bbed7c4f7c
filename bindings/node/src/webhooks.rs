//! [`Receiver`]: webhooks, verified by the core.

use std::net::IpAddr;

use hundredms::Timestamp;
use hundredms::webhooks::{self, CanonicalEvent, WebhookVerificationError};
use napi::{Either, Env, JsString};
use napi_derive::napi;

use crate::client::moment;
use crate::failure;

/// Verifies requests and returns their events.
#[napi]
pub struct Receiver {
    core: webhooks::Receiver,
    header_names: Vec<String>,
}

#[napi]
impl Receiver {
    /// Create a receiver from options in JSON.
    #[napi(constructor)]
    pub fn new(options: String) -> napi::Result<Self> {
        let core =
            webhooks::Receiver::from_options(&options).map_err(|error| failure::thrown(&error))?;
        let header_names = core.header_names();
        Ok(Self { core, header_names })
    }

    /// Return the names of the headers that are used.
    #[napi]
    pub fn header_names(&self) -> Vec<String> {
        self.header_names.clone()
    }

    /// Return the maximum size of a body.
    #[napi]
    pub fn max_bytes(&self) -> i64 {
        i64::try_from(self.core.max_bytes()).unwrap_or(i64::MAX)
    }

    /// Verify a request and return its event as JSON, or nothing if the body is already in that form. `headers` alternates names
    /// and values, or is the value if only one header is used; `now` is what `Date.now()` says.
    #[napi]
    pub fn receive<'env>(
        &self,
        env: &'env Env,
        body: &[u8],
        headers: Either<String, Vec<String>>,
        peer: Option<String>,
        now: f64,
    ) -> napi::Result<Option<JsString<'env>>> {
        let headers = self.named(&headers);
        let peer = address(peer.as_deref());
        let now = moment(now).unwrap_or_else(Timestamp::now);
        let event = self
            .core
            .receive_json_at(body, headers.as_slice(), peer, now);
        json_of(env, event)
    }

    /// Verify what can be verified before the body is received: address and secret headers.
    #[napi]
    pub fn verify_sender(
        &self,
        headers: Either<String, Vec<String>>,
        peer: Option<String>,
    ) -> napi::Result<()> {
        let headers = self.named(&headers);
        self.core
            .verify_sender(headers.as_slice(), address(peer.as_deref()))
            .map_err(|refusal| napi::Error::from_reason(refusal.to_json()))
    }

    /// Parse an event, without verification, and return it as `receive` does.
    #[napi]
    pub fn parse<'env>(env: &'env Env, body: &[u8]) -> napi::Result<Option<JsString<'env>>> {
        json_of(env, webhooks::parse_json(body))
    }
}

impl Receiver {
    /// Received headers: alternating names and values, or the only value of the only name.
    fn named<'a>(&'a self, headers: &'a Either<String, Vec<String>>) -> Vec<(&'a str, Vec<u8>)> {
        match headers {
            Either::A(value) => self
                .header_names
                .first()
                .map(|name| (name.as_str(), bytes_of(value)))
                .into_iter()
                .collect(),
            Either::B(pairs) => pairs
                .chunks_exact(2)
                .map(|pair| (pair[0].as_str(), bytes_of(&pair[1])))
                .collect(),
        }
    }
}

fn address(peer: Option<&str>) -> Option<IpAddr> {
    peer.and_then(|peer| peer.parse().ok())
}

/// The bytes of a header value: JavaScript has one character for each.
fn bytes_of(value: &str) -> Vec<u8> {
    if value.is_ascii() {
        return value.as_bytes().to_vec();
    }
    let bytes: Result<Vec<u8>, _> = value
        .chars()
        .map(|letter| u8::try_from(u32::from(letter)))
        .collect();
    bytes.unwrap_or_else(|_| value.as_bytes().to_vec())
}

fn json_of(
    env: &Env,
    event: Result<CanonicalEvent, WebhookVerificationError>,
) -> napi::Result<Option<JsString<'_>>> {
    match event {
        Ok(CanonicalEvent::Unchanged(_)) => Ok(None),
        Ok(CanonicalEvent::Rewritten(json)) => env.create_string(&json).map(Some),
        Err(refusal) => Err(napi::Error::from_reason(refusal.to_json())),
    }
}
