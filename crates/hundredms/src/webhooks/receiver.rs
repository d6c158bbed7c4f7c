//! [`Receiver`]: verifies a request and returns its event.

use std::net::IpAddr;
use std::time::Duration;

use bytes::Bytes;
use ipnet::IpNet;
use jiff::Timestamp;

use super::addresses::{Addresses, published_addresses, range};
use super::canonical::{CanonicalEvent, parse_json};
use super::envelope::parse;
use super::event::Event;
use super::headers::Headers;
use super::verification::{SIGNATURE, SecretHeader, SigningKeys};
use super::verification_error::{VerificationErrorReason, WebhookVerificationError};
use crate::error::{Error, Result};
use crate::host::time::timestamp;

const MAX_BYTES: usize = 1 << 20;

/// Verifies a request and returns its event.
///
/// Receivers fail closed: at least one verification method is required, unless
/// [`allow_unverified`](ReceiverBuilder::allow_unverified) is set. All methods that are set must pass.
#[derive(Debug, Clone)]
pub struct Receiver {
    headers: Vec<SecretHeader>,
    keys: SigningKeys,
    addresses: Option<Addresses>,
    max_bytes: usize,
    max_age: Option<Duration>,
}

impl Receiver {
    /// Configure a receiver.
    pub fn builder() -> ReceiverBuilder {
        ReceiverBuilder {
            headers: Vec::new(),
            keys: SigningKeys::default(),
            allowed: Vec::new(),
            trusted_proxies: 0,
            max_bytes: MAX_BYTES,
            max_age: None,
            open: false,
            wrong: None,
        }
    }

    /// Verify a request and return its event. The body is not parsed before everything is verified.
    ///
    /// `peer` is the address at the other end of the connection. It is needed only with an allow list and without trusted proxies.
    ///
    /// # Errors
    ///
    /// Why the request is refused, and the status to respond with.
    pub fn receive<H: Headers + ?Sized>(
        &self,
        body: impl Into<Bytes>,
        headers: &H,
        peer: Option<IpAddr>,
    ) -> Result<Event, WebhookVerificationError> {
        let body = body.into();
        self.verify(&body, headers, peer)?;
        self.young_enough(parse(body)?, timestamp())
    }

    /// Verify a request and return its event as JSON, as [`parse_json`](super::parse_json) does.
    ///
    /// # Errors
    ///
    /// As [`receive`](Self::receive).
    pub fn receive_json<H: Headers + ?Sized>(
        &self,
        body: &[u8],
        headers: &H,
        peer: Option<IpAddr>,
    ) -> Result<CanonicalEvent, WebhookVerificationError> {
        self.receive_json_at(body, headers, peer, timestamp())
    }

    /// [`receive_json`](Self::receive_json) with `now` as the time of day, which tests in other languages freeze.
    #[doc(hidden)]
    pub fn receive_json_at<H: Headers + ?Sized>(
        &self,
        body: &[u8],
        headers: &H,
        peer: Option<IpAddr>,
        now: Timestamp,
    ) -> Result<CanonicalEvent, WebhookVerificationError> {
        self.verify(body, headers, peer)?;
        if self.max_age.is_some() {
            self.young_enough(parse(Bytes::copy_from_slice(body))?, now)?;
        }
        parse_json(body)
    }

    /// Refuse an event that is too old, unless it is a replay.
    fn young_enough(
        &self,
        event: Event,
        now: Timestamp,
    ) -> Result<Event, WebhookVerificationError> {
        let Some(max_age) = self.max_age else {
            return Ok(event);
        };
        let age = event.timestamp.map(|made| now.duration_since(made));
        match age.map(Duration::try_from) {
            _ if event.is_replay => Ok(event),
            // A time ahead of this machine's clock is not old.
            Some(age) if age.as_ref().map_or(true, |age| *age <= max_age) => Ok(event),
            Some(_) => Err(WebhookVerificationError::new(
                VerificationErrorReason::TooOld,
                format!("the event is older than {} s", max_age.as_secs_f64()),
            )),
            None => Err(WebhookVerificationError::new(
                VerificationErrorReason::TooOld,
                "the event has no timestamp",
            )),
        }
    }

    fn verify<H: Headers + ?Sized>(
        &self,
        body: &[u8],
        headers: &H,
        peer: Option<IpAddr>,
    ) -> Result<(), WebhookVerificationError> {
        self.verify_sender(headers, peer)?;
        if body.len() > self.max_bytes {
            let message = format!("the body is larger than {} bytes", self.max_bytes);
            return Err(WebhookVerificationError::new(
                VerificationErrorReason::TooLarge,
                message,
            ));
        }
        if self.keys.is_empty() {
            return Ok(());
        }
        self.keys.verify(headers, body)
    }

    /// Verify what can be verified before the body is read: the address, the secret headers, and that there is a signature.
    ///
    /// Call this first if the body has not been received yet, so that a sender without the secret cannot make the server read one.
    /// [`receive`](Self::receive) verifies it too.
    ///
    /// # Errors
    ///
    /// The request is not from the service.
    pub fn verify_sender<H: Headers + ?Sized>(
        &self,
        headers: &H,
        peer: Option<IpAddr>,
    ) -> Result<(), WebhookVerificationError> {
        if let Some(addresses) = &self.addresses {
            addresses.verify(headers, peer)?;
        }
        self.headers
            .iter()
            .try_for_each(|header| header.verify(headers))?;
        let mut signed = self.keys.is_empty();
        headers.each(SIGNATURE, &mut |_| signed = true);
        if signed {
            return Ok(());
        }
        let message = format!("the header {SIGNATURE} is missing");
        Err(WebhookVerificationError::new(
            VerificationErrorReason::MissingSignature,
            message,
        ))
    }

    /// Return the names of the headers that are used, in lower case. Callers need to pass no others.
    pub fn header_names(&self) -> Vec<String> {
        let forwarded = self
            .addresses
            .as_ref()
            .is_some_and(|addresses| addresses.trusted_proxies > 0);
        self.headers
            .iter()
            .map(|header| header.name().to_owned())
            .chain((!self.keys.is_empty()).then(|| SIGNATURE.to_owned()))
            .chain(forwarded.then(|| "x-forwarded-for".to_owned()))
            .collect()
    }

    /// Return the maximum size of a body in bytes.
    pub fn max_bytes(&self) -> usize {
        self.max_bytes
    }
}

/// Configures a [`Receiver`].
#[derive(Debug, Clone)]
#[must_use]
pub struct ReceiverBuilder {
    headers: Vec<SecretHeader>,
    keys: SigningKeys,
    allowed: Vec<IpNet>,
    trusted_proxies: usize,
    max_bytes: usize,
    max_age: Option<Duration>,
    open: bool,
    /// The first invalid setting.
    wrong: Option<String>,
}

impl ReceiverBuilder {
    /// Require a header with this value. Set the same header in the dashboard or in the webhook of a room.
    pub fn header(self, name: impl Into<String>, value: impl AsRef<[u8]>) -> Self {
        self.header_any(name, [value])
    }

    /// Require a header with one of these values: the new and the old secret, during a rotation.
    pub fn header_any<V: AsRef<[u8]>>(
        mut self,
        name: impl Into<String>,
        values: impl IntoIterator<Item = V>,
    ) -> Self {
        let name = name.into().to_ascii_lowercase();
        let values: Vec<V> = values.into_iter().collect();
        if http::HeaderName::from_bytes(name.as_bytes()).is_err() {
            self.refuse(format!("headers: {name:?} is not the name of a header"));
        } else if values.is_empty() || values.iter().any(|value| value.as_ref().is_empty()) {
            self.refuse(format!("headers: {name} has no value, or an empty one"));
        }
        match SecretHeader::new(name, values) {
            Ok(header) => self.headers.push(header),
            Err(error) => self.refuse(error.message().to_owned()),
        }
        self
    }

    /// Allow these ranges: `10.0.0.0/8`, `2001:db8::/32`, or single addresses. Other addresses are refused.
    pub fn allow_list<R: AsRef<str>>(mut self, ranges: impl IntoIterator<Item = R>) -> Self {
        let before = self.allowed.len();
        for text in ranges {
            match range(text.as_ref()) {
                Ok(range) => self.allowed.push(range),
                Err(error) => self.refuse(error.message().to_owned()),
            }
        }
        if self.allowed.len() == before {
            self.refuse("allow_list: it is empty".to_owned());
        }
        self
    }

    /// Allow the ranges that the service had published when this version was released: see
    /// [`published_addresses`](super::published_addresses).
    pub fn allow_published_addresses(self) -> Self {
        self.allow_list(published_addresses())
    }

    /// Require a signature with this key, in the header `x-100ms-signature`. HIPAA workspaces have one. If you set several keys,
    /// each is accepted.
    pub fn hmac_key(mut self, key: impl AsRef<[u8]>) -> Self {
        if key.as_ref().is_empty() {
            self.refuse("hmac_key: it is empty".to_owned());
        } else if let Err(error) = self.keys.add(key.as_ref()) {
            self.refuse(error.message().to_owned());
        }
        self
    }

    /// Set how many trusted proxies are in front of the server. Defaults to 0.
    ///
    /// With 0, the sender is the peer of the connection. Otherwise it is taken from `X-Forwarded-For`, that many entries from the
    /// right. A number that is too low refuses every request. A number that is too high lets senders forge their address.
    pub fn trusted_proxies(mut self, number: usize) -> Self {
        self.trusted_proxies = number;
        self
    }

    /// Set the maximum size of a body in bytes. Defaults to 1 MiB.
    pub fn max_bytes(mut self, bytes: usize) -> Self {
        self.max_bytes = bytes;
        self
    }

    /// Refuse events whose timestamp is older than this. Off by default.
    ///
    /// This prevents replay attacks, but only if the body is signed: with [`hmac_key`](Self::hmac_key). Set it to more than the
    /// time over which the service retries, or events that you missed are refused. An hour is a good value. Replays, which the
    /// service marks with `is_replay`, are accepted at any age. An event without a timestamp is refused.
    pub fn max_age(mut self, age: Duration) -> Self {
        if age.is_zero() {
            self.refuse("max_age: must be more than 0 seconds".to_owned());
        }
        self.max_age = Some(age);
        self
    }

    /// Accept requests from anybody if nothing else is set. Only for development.
    pub fn allow_unverified(mut self) -> Self {
        self.open = true;
        self
    }

    /// Build the receiver.
    ///
    /// # Errors
    ///
    /// `configuration` if there is no verification method, or a setting is invalid.
    pub fn build(self) -> Result<Receiver> {
        if let Some(wrong) = self.wrong {
            return Err(Error::configuration(wrong));
        }
        let unproven = self.headers.is_empty() && self.keys.is_empty() && self.allowed.is_empty();
        if unproven && !self.open {
            return Err(Error::configuration(
                "allow_unverified is not set, and nothing verifies webhooks: set a secret header, an allow list or an HMAC key; or set this option, only for development, to accept webhooks from anybody",
            ));
        }
        if self.trusted_proxies > 0 && self.allowed.is_empty() {
            return Err(Error::configuration(
                "trusted_proxies requires an allow list",
            ));
        }
        if self.max_age.is_some() && self.keys.is_empty() {
            return Err(Error::configuration(
                "max_age requires an HMAC key: without one the sender can choose any timestamp",
            ));
        }
        let addresses = (!self.allowed.is_empty()).then_some(Addresses {
            allowed: self.allowed,
            trusted_proxies: self.trusted_proxies,
        });
        Ok(Receiver {
            headers: self.headers,
            keys: self.keys,
            addresses,
            max_bytes: self.max_bytes,
            max_age: self.max_age,
        })
    }

    fn refuse(&mut self, wrong: String) {
        self.wrong.get_or_insert(wrong);
    }
}
