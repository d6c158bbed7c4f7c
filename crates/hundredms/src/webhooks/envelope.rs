//! Parses the bytes of a body into an [`Event`].

use std::collections::BTreeMap;

use bytes::Bytes;
use hundredms_deserialize_error::DeserializeError;
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::value::RawValue;
use serde_json::{Map, Value};

use super::event::Event;
use super::event::Raw;
use super::types::{EventData, EventType};
use super::verification_error::{VerificationErrorReason, WebhookVerificationError};
use crate::wire::deserialize::deserialize;
use crate::wire::extra::Extra;
use crate::wire::malformed::Malformed;
use crate::wire::mode::Mode;
use crate::wire::surrogates::without_lone_surrogates;

/// Parse an event without verification: for bodies whose sender is known, for example from your own queue.
///
/// # Errors
///
/// [`VerificationErrorReason::NotJson`] if it is not one JSON object. An object always gives an event: if it does not match, its data is
/// [`EventData::Malformed`]. If a text was cut within a character, the lone half becomes a replacement character.
pub fn parse(body: impl Into<Bytes>) -> Result<Event, WebhookVerificationError> {
    let body = body.into();
    let read = well_formed(&body, &body).or_else(|error| match without_lone_surrogates(&body) {
        // If this does not match either, its problem is another one than the lone half.
        Some(repaired) => well_formed(&repaired, &body),
        None => Err(error),
    });
    read.or_else(|error| malformed(&body, &error))
}

#[derive(Deserialize)]
struct Envelope<'a> {
    #[serde(default, deserialize_with = "crate::wire::field::decode")]
    id: Option<String>,
    #[serde(
        default,
        rename = "type",
        deserialize_with = "crate::wire::field::decode"
    )]
    kind: Option<EventType>,
    #[serde(default, deserialize_with = "crate::wire::field::decode")]
    timestamp: Option<Timestamp>,
    #[serde(default, deserialize_with = "crate::wire::field::decode")]
    is_replay: Option<bool>,
    #[serde(default, deserialize_with = "crate::wire::field::decode")]
    version: Option<String>,
    #[serde(default, deserialize_with = "crate::wire::field::decode")]
    account_id: Option<String>,
    #[serde(default, deserialize_with = "crate::wire::field::decode")]
    app_id: Option<String>,
    #[serde(default, deserialize_with = "crate::wire::field::decode")]
    template_id: Option<String>,
    #[serde(borrow)]
    data: Option<&'a RawValue>,
    #[serde(flatten, deserialize_with = "crate::wire::extra::unknown")]
    extra: Extra,
}

/// The data is parsed in place, once its type is known, wherever the type is.
fn well_formed(text: &[u8], body: &Bytes) -> Result<Event, DeserializeError> {
    let envelope = deserialize::<Envelope<'_>>(Mode::Lenient, text)?.value;
    let id = envelope
        .id
        .filter(|id| !id.is_empty())
        .ok_or_else(|| missing("id"))?;
    let kind = envelope.kind.ok_or_else(|| missing("type"))?;
    let text = envelope.data.ok_or_else(|| missing("data"))?.get();
    let data = EventData::read(&kind, text.as_bytes()).map_err(|error| DeserializeError {
        path: match error.path.as_str() {
            "" => "data".to_owned(),
            path => format!("data.{path}"),
        },
        reason: error.reason,
    })?;
    Ok(Event {
        id,
        kind,
        timestamp: envelope.timestamp,
        is_replay: envelope.is_replay.unwrap_or_default(),
        version: envelope.version,
        account_id: envelope.account_id,
        app_id: envelope.app_id,
        template_id: envelope.template_id,
        data,
        extra: envelope.extra,
        raw: Raw(body.clone()),
    })
}

fn missing(field: &str) -> DeserializeError {
    DeserializeError {
        path: field.to_owned(),
        reason: "it is missing".to_owned(),
    }
}

/// Keep what is usable of an object that is not a valid event.
fn malformed(body: &Bytes, error: &DeserializeError) -> Result<Event, WebhookVerificationError> {
    let mut fields = fields(body).ok_or_else(|| {
        WebhookVerificationError::new(
            VerificationErrorReason::NotJson,
            "the body is not one JSON object",
        )
    })?;
    let mut text = |name: &str| match fields.remove(name) {
        Some(Value::String(text)) => Some(text),
        _ => None,
    };
    Ok(Event {
        id: text("id").unwrap_or_default(),
        kind: text("type").unwrap_or_default().into(),
        timestamp: text("timestamp").and_then(|time| time.parse().ok()),
        version: text("version"),
        account_id: text("account_id"),
        app_id: text("app_id"),
        template_id: text("template_id"),
        is_replay: fields.remove("is_replay") == Some(Value::Bool(true)),
        data: EventData::Malformed(Malformed {
            problem: error.to_string(),
            data: fields.remove("data").unwrap_or_default(),
        }),
        extra: Extra::from(fields),
        raw: Raw(body.clone()),
    })
}

/// Read an object field by field. A field that no value can hold, because it is too deep or contains too large a number, becomes
/// its JSON text.
fn fields(body: &[u8]) -> Option<Map<String, Value>> {
    let repaired = without_lone_surrogates(body);
    let body = repaired.as_deref().unwrap_or(body);
    let fields: BTreeMap<String, &RawValue> = serde_json::from_slice(body).ok()?;
    let value = |field: &RawValue| {
        serde_json::from_str(field.get()).unwrap_or_else(|_| Value::from(field.get()))
    };
    Some(
        fields
            .into_iter()
            .map(|(name, field)| (name, value(field)))
            .collect(),
    )
}
