//! An event as one JSON text: what the bindings make their own event of.

use bytes::Bytes;
use serde::Serialize;

use super::envelope::{Parsed, read};
use super::{Event, EventData, EventType, Refusal};

/// Every field is there, in this order; what the service left out is null.
#[derive(Serialize)]
struct Canonical<'a> {
    id: &'a str,
    r#type: &'a EventType,
    timestamp: Option<jiff::Timestamp>,
    is_replay: bool,
    version: Option<&'a str>,
    account_id: Option<&'a str>,
    app_id: Option<&'a str>,
    template_id: Option<&'a str>,
    problem: Option<&'a str>,
    extra: &'a crate::Extra,
}

/// Read an event, without verification, and give it as one JSON object.
///
/// Its fields are always there and in this order: `id`, `type`, `timestamp`, `is_replay`, `version`, `account_id`, `app_id`,
/// `template_id`, `problem`, `extra`, `data`. `problem` is null unless the data does not fit its type; then `data` is as it
/// came. `extra` has the fields beside the data that this version does not know. Within `data` values are as in the answers of
/// calls: no times of the year 1, numbers as numbers, no nulls.
///
/// # Errors
/// As [`parse`](super::parse).
pub fn parse_json(body: impl Into<Bytes>) -> Result<String, Refusal> {
    Ok(canonical(&read(&body.into())?))
}

pub(super) fn canonical(parsed: &Parsed) -> String {
    match &parsed.data {
        Some(text) => written(&parsed.event, text),
        None => parsed.event.to_json(),
    }
}

impl Event {
    /// Give the event as one JSON object, as [`parse_json`](super::parse_json) does.
    pub fn to_json(&self) -> String {
        // Text, numbers, and maps from text: it can always be written.
        let data = serde_json::to_vec(&self.data).unwrap_or_else(|_| b"null".to_vec());
        written(self, &data)
    }
}

fn written(event: &Event, data: &[u8]) -> String {
    let rest = Canonical {
        id: &event.id,
        r#type: &event.kind,
        timestamp: event.timestamp,
        is_replay: event.is_replay,
        version: event.version.as_deref(),
        account_id: event.account_id.as_deref(),
        app_id: event.app_id.as_deref(),
        template_id: event.template_id.as_deref(),
        problem: match &event.data {
            EventData::Malformed(malformed) => Some(&malformed.problem),
            _ => None,
        },
        extra: &event.extra,
    };
    let mut text = serde_json::to_string(&rest).unwrap_or_else(|_| "{}".to_owned());
    text.pop();
    text.push_str(r#","data":"#);
    text.push_str(&String::from_utf8_lossy(data));
    text.push('}');
    text
}
