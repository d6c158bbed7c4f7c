//! An event as one JSON text, from which the bindings create their events.

use bytes::Bytes;
use serde::Serialize;

use super::envelope::parse;
use super::event::Event;
use super::types::{EventData, EventType};
use super::verification_error::WebhookVerificationError;
use crate::wire::extra::Extra;
use crate::wire::scanner::{scan, scan_fields};
use crate::wire::shape::{Presence, Shape, ShapeField};

/// What [`parse_json`] and [`Receiver::receive_json`](super::Receiver::receive_json) return.
///
/// As JSON, an event is an object with the fields `id`, `type`, `timestamp`, `is_replay`, `version`, `account_id`, `app_id`,
/// `template_id`, `problem`, `extra`, `data`. `problem` is set if the data does not match its type; then `data` is unchanged.
/// `extra` has the fields beside the data that this version does not know. The values in `data` are normalised as in responses of
/// calls: no times of the year 1, numbers as numbers, no nulls.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CanonicalEvent {
    /// The body is already in this form: an event of this type, whose data matches. Missing fields were left out.
    Unchanged(&'static str),
    /// The event, serialised again. Every field is present, in the order above. Missing fields are null.
    Rewritten(String),
}

impl CanonicalEvent {
    /// Return the text, which may be that of the `body`.
    pub fn text<'a>(&'a self, body: &'a [u8]) -> &'a [u8] {
        match self {
            Self::Unchanged(_) => body,
            Self::Rewritten(text) => text.as_bytes(),
        }
    }
}

/// Parse an event, without verification, and return it as JSON.
///
/// # Errors
///
/// As [`parse`](super::parse).
pub fn parse_json(body: &[u8]) -> Result<CanonicalEvent, WebhookVerificationError> {
    if let Some(kind) = unchanged_type(body) {
        return Ok(CanonicalEvent::Unchanged(kind));
    }
    let event = parse(Bytes::copy_from_slice(body))?;
    Ok(CanonicalEvent::Rewritten(event.to_json()))
}

/// The fields of an event as the service sends it.
const ENVELOPE: [ShapeField; 9] = [
    field("version", Presence::Nullable, &Shape::Text),
    field("id", Presence::Required, &Shape::Text),
    field("account_id", Presence::Nullable, &Shape::Text),
    field("app_id", Presence::Nullable, &Shape::Text),
    field("timestamp", Presence::Nullable, &Shape::Time),
    field("type", Presence::Required, &Shape::Text),
    field("data", Presence::Required, &Shape::Any),
    field("template_id", Presence::Nullable, &Shape::Text),
    field("is_replay", Presence::Optional, &Shape::Truth),
];

const fn field(name: &'static str, presence: Presence, shape: &'static Shape) -> ShapeField {
    ShapeField {
        name,
        presence,
        shape,
    }
}

/// Return the type of an event whose body needs no change, without building the event.
fn unchanged_type(body: &[u8]) -> Option<&'static str> {
    let [_, id, _, _, _, kind, data, ..] = scan_fields(body, &ENVELOPE)?;
    let (id, kind, data) = (body.get(id?)?, body.get(kind?)?, body.get(data?)?);
    let kind = kind.strip_prefix(b"\"")?.strip_suffix(b"\"")?;
    let (kind, shape) = EventData::shape(kind)?;
    (id != b"\"\"" && scan(data, shape, None).is_some()).then_some(kind)
}

impl Event {
    /// Return the event as one JSON object, as in [`CanonicalEvent::Rewritten`].
    pub fn to_json(&self) -> String {
        let written = Written {
            id: &self.id,
            r#type: &self.kind,
            timestamp: self.timestamp,
            is_replay: self.is_replay,
            version: self.version.as_deref(),
            account_id: self.account_id.as_deref(),
            app_id: self.app_id.as_deref(),
            template_id: self.template_id.as_deref(),
            problem: match &self.data {
                EventData::Malformed(malformed) => Some(&malformed.problem),
                _ => None,
            },
            extra: &self.extra,
            data: &self.data,
        };
        // Strings, numbers, and maps with string keys: serialisation cannot fail.
        serde_json::to_string(&written).unwrap_or_else(|_| "{}".to_owned())
    }
}

/// Every field is present, in this order. Missing fields are null.
#[derive(Serialize)]
struct Written<'a> {
    id: &'a str,
    r#type: &'a EventType,
    timestamp: Option<jiff::Timestamp>,
    is_replay: bool,
    version: Option<&'a str>,
    account_id: Option<&'a str>,
    app_id: Option<&'a str>,
    template_id: Option<&'a str>,
    problem: Option<&'a str>,
    extra: &'a Extra,
    data: &'a EventData,
}
