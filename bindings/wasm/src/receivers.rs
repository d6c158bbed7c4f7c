//! The receivers of webhooks, under their numbers.

use std::cell::RefCell;
use std::collections::HashMap;
use std::net::IpAddr;
use std::rc::Rc;

use hundredms::webhooks::{self, CanonicalEvent, WebhookVerificationError};
use serde_json::Value;

use crate::arguments::Arguments;
use crate::clients::{Returned, new_number};
use crate::failure;
use crate::host::moment;

struct Receiver {
    core: webhooks::Receiver,
    header_names: Vec<String>,
}

thread_local! {
    static RECEIVERS: RefCell<HashMap<u32, Rc<Receiver>>> = RefCell::default();
}

/// Create a receiver: `[options]`. Return its number, the names of the headers that it uses, and the maximum size of a body.
pub(crate) fn create(mut arguments: Arguments) -> Returned {
    let core = webhooks::Receiver::from_options(&arguments.text())
        .map_err(|error| failure::of_core(&error))?;
    let receiver = Receiver {
        header_names: core.header_names(),
        core,
    };
    let number = new_number();
    let known = serde_json::json!([number, receiver.header_names, receiver.core.max_bytes()]);
    RECEIVERS.with_borrow_mut(|receivers| receivers.insert(number, Rc::new(receiver)));
    Ok(known)
}

/// Forget a receiver: `[receiver]`.
pub(crate) fn forget(mut arguments: Arguments) -> Returned {
    let number = arguments.id();
    drop(RECEIVERS.with_borrow_mut(|receivers| receivers.remove(&number)));
    Ok(Value::Null)
}

fn receiver(arguments: &mut Arguments) -> Result<Rc<Receiver>, String> {
    let number = arguments.id();
    let receiver = RECEIVERS.with_borrow(|receivers| receivers.get(&number).cloned());
    receiver.ok_or_else(|| "there is no such receiver".to_owned())
}

/// Verify a request: `[receiver, headers, peer, now]`, and its body. Return its event as JSON, or null if the body is already in that
/// form.
pub(crate) fn receive(mut arguments: Arguments, body: &[u8]) -> Returned {
    let receiver = receiver(&mut arguments)?;
    let headers = receiver.named(&mut arguments);
    let peer = address(arguments.optional_text());
    let now = moment(arguments.number()).unwrap_or_default();
    let event = receiver
        .core
        .receive_json_at(body, headers.as_slice(), peer, now);
    json_of(event)
}

/// Verify what can be verified before the body is received: `[receiver, headers, peer]`.
pub(crate) fn verify_sender(mut arguments: Arguments) -> Returned {
    let receiver = receiver(&mut arguments)?;
    let headers = receiver.named(&mut arguments);
    let peer = address(arguments.optional_text());
    match receiver.core.verify_sender(headers.as_slice(), peer) {
        Ok(()) => Ok(Value::Null),
        Err(refusal) => Err(refusal.to_json()),
    }
}

/// Parse an event, without verification, and return it as [`receive`] does.
pub(crate) fn parse(body: &[u8]) -> Returned {
    json_of(webhooks::parse_json(body))
}

impl Receiver {
    /// Received headers: alternating names and values, or the only value of the only name.
    fn named(&self, arguments: &mut Arguments) -> Vec<(String, Vec<u8>)> {
        match arguments.headers() {
            Err(value) => self
                .header_names
                .first()
                .map(|name| (name.clone(), bytes_of(&value)))
                .into_iter()
                .collect(),
            Ok(pairs) => pairs
                .chunks_exact(2)
                .map(|pair| (pair[0].clone(), bytes_of(&pair[1])))
                .collect(),
        }
    }
}

fn address(peer: Option<String>) -> Option<IpAddr> {
    peer.and_then(|peer| peer.parse().ok())
}

/// The bytes of a header value: JavaScript has one character for each.
fn bytes_of(value: &str) -> Vec<u8> {
    let bytes: Result<Vec<u8>, _> = value
        .chars()
        .map(|letter| u8::try_from(u32::from(letter)))
        .collect();
    bytes.unwrap_or_else(|_| value.as_bytes().to_vec())
}

fn json_of(event: Result<CanonicalEvent, WebhookVerificationError>) -> Returned {
    match event {
        Ok(CanonicalEvent::Unchanged(_)) => Ok(Value::Null),
        Ok(CanonicalEvent::Rewritten(json)) => Ok(json.into()),
        Err(refusal) => Err(refusal.to_json()),
    }
}
