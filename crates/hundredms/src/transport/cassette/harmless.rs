//! What a cassette keeps: data that is known to be harmless, rather than data that is not known to be secret.

use serde_json::{Map, Value};

use crate::transport::retry_after::http_date;
use crate::wire::scrub::{REDACTED, name_of, redact};
use crate::wire::url::plain_url;

/// Fields of the service with ids, states and page numbers. Their values are kept if no definition describes them.
const FIELDS: [&str; 27] = [
    "id",
    "room_id",
    "session_id",
    "peer_id",
    "template_id",
    "recording_id",
    "recording_asset_id",
    "stream_id",
    "beam_id",
    "poll_id",
    "type",
    "status",
    "state",
    "role",
    "region",
    "enabled",
    "active",
    "limit",
    "offset",
    "page",
    "total",
    "count",
    "duration",
    "created_at",
    "updated_at",
    "started_at",
    "ended_at",
];

/// Keep the values of known fields, and the structure of the rest.
pub(super) fn keep_known(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(keep_known),
        Value::Object(fields) => {
            let all = std::mem::take(fields);
            for (name, mut field) in all {
                match &mut field {
                    Value::Array(_) | Value::Object(_) => keep_known(&mut field),
                    field if !is_kept(&name, field) => redact(field),
                    _ => {}
                }
                fields.insert(name_of(name), field);
            }
        }
        other => redact(other),
    }
}

fn is_kept(name: &str, value: &Value) -> bool {
    match value {
        Value::String(text) => is_kept_text(name, text),
        _ => FIELDS.contains(&name),
    }
}

/// Whether a text is a valid value for a field of this name: a time, a number, a boolean, or else an id or a state.
fn is_kept_text(name: &str, text: &str) -> bool {
    FIELDS.contains(&name)
        && match name {
            _ if name.ends_with("_at") => text.parse::<jiff::Timestamp>().is_ok(),
            "limit" | "offset" | "page" | "total" | "count" | "duration" => {
                text.bytes().all(|byte| byte.is_ascii_digit())
            }
            "enabled" | "active" => matches!(text, "true" | "false"),
            _ => is_id(text),
        }
}

/// Ids, states and times are short, and do not begin like a token.
fn is_id(text: &str) -> bool {
    text.len() <= 40
        && !text.starts_with("ey")
        && text
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':' | '.'))
}

/// Fields with room codes. Whoever has a code may join, so it is a secret, but one that programs put into links and pages: its type is a
/// plain string.
const ROOM_CODES: [&str; 2] = ["code", "room_code"];

/// Remove from a value that matches its definition what its strings may hide: room codes, parts of URLs other than host and path, tokens,
/// and JSON.
pub(super) fn redact_texts(value: &mut Value) {
    match value {
        Value::String(text) => {
            if let Some(redacted_text) = redacted_text(text) {
                *text = redacted_text;
            }
        }
        Value::Array(items) => items.iter_mut().for_each(redact_texts),
        Value::Object(fields) => {
            for (name, value) in fields {
                match value {
                    Value::String(code) if ROOM_CODES.contains(&name.as_str()) => {
                        REDACTED.clone_into(code);
                    }
                    value => redact_texts(value),
                }
            }
        }
        _ => {}
    }
}

fn redacted_text(text: &str) -> Option<String> {
    let trimmed = text.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']);
    let lower = trimmed.to_ascii_lowercase();
    let is_json = trimmed.starts_with(['{', '[', '"'])
        && serde_json::from_str::<serde::de::IgnoredAny>(trimmed).is_ok()
        && trimmed != REDACTED;
    let is_token =
        trimmed.starts_with("eyJ") || lower.starts_with("bearer ") || lower.starts_with("basic ");
    if is_json || is_token {
        return Some(REDACTED.to_owned());
    }
    let url = plain_url(text);
    let shown = without_room_codes(url.as_deref().unwrap_or(text));
    (shown != text).then_some(shown)
}

/// Remove room codes in links, with or without a scheme, wherever these stand in a text. A code by itself could be any three words.
fn without_room_codes(text: &str) -> String {
    let (before, path) = text.split_at(text.find('/').unwrap_or(text.len()));
    let segments = path.split('/').map(|segment| match room_code(segment) {
        Some(rest) => [REDACTED, rest].concat(),
        None => segment.to_owned(),
    });
    [before, &segments.collect::<Vec<_>>().join("/")].concat()
}

/// What follows the room code at the beginning of a segment of a path, as in the link to a room: `abc-defg-hij`.
fn room_code(segment: &str) -> Option<&str> {
    let (code, rest) = segment.split_at_checked("abc-defg-hij".len())?;
    let parts: Vec<&str> = code.split('-').collect();
    let is_code = parts.iter().map(|part| part.len()).eq([3, 4, 3])
        && parts.concat().bytes().all(|byte| byte.is_ascii_lowercase());
    let goes_on = rest.starts_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'));
    (is_code && !goes_on).then_some(rest)
}

/// Path and query of a request without a definition: the segments that `is_path_word` accepts, ids, and the values of known fields.
pub(super) fn target(target: &str, is_path_word: impl Fn(&str) -> bool) -> String {
    let (path, query) = match target.split_once('?') {
        Some((path, query)) => (path, Some(query)),
        None => (target, None),
    };
    let segment = |segment: &str| {
        let is_kept = segment.is_empty() || is_path_word(segment) || is_object_id(segment);
        (if is_kept { segment } else { REDACTED }).to_owned()
    };
    let mut kept = path.split('/').map(segment).collect::<Vec<_>>().join("/");
    if let Some(query) = query {
        let pair = |pair: &str| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let is_kept = is_kept_text(name, value);
            let value = if is_kept { value } else { REDACTED };
            [&name_of(name.to_owned()), "=", value].concat()
        };
        kept.push('?');
        kept.push_str(&query.split('&').map(pair).collect::<Vec<_>>().join("&"));
    }
    kept
}

/// Path and query of an operation, without the values of fields that it does not define.
pub(super) fn defined_target(target: &str, is_defined: impl Fn(&str) -> bool) -> String {
    let Some((path, query)) = target.split_once('?') else {
        return target.to_owned();
    };
    let pair = |pair: &str| {
        let name = pair.split_once('=').map_or(pair, |(name, _)| name);
        if is_defined(name) {
            return pair.to_owned();
        }
        [&name_of(name.to_owned()), "=", REDACTED].concat()
    };
    let pairs: Vec<_> = query.split('&').map(pair).collect();
    [path, "?", &pairs.join("&")].concat()
}

/// The ids of rooms, sessions and most others: 24 digits in hex.
fn is_object_id(text: &str) -> bool {
    text.len() == 24 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// The body of an error response: its code, and the plain words of its message and details.
pub(super) fn refusal(body: &[u8]) -> Option<Value> {
    let fields: Map<String, Value> = serde_json::from_slice(body).ok()?;
    let mut kept = Map::new();
    for (name, value) in fields {
        let value = match (name.as_str(), value) {
            ("code", Value::Number(code)) => Value::Number(code),
            ("message" | "error" | "details", Value::String(text)) => words(&text).into(),
            ("error", Value::Object(fields)) => match fields.get("message") {
                Some(Value::String(text)) => serde_json::json!({ "message": words(text) }),
                _ => continue,
            },
            ("details", Value::Array(items)) => items
                .iter()
                .map(|item| item.as_str().map_or_else(|| REDACTED.to_owned(), words))
                .collect(),
            _ => continue,
        };
        kept.insert(name, value);
    }
    Some(kept.into())
}

/// The plain words of a text, short numbers and times. `[redacted]` replaces everything else, such as ids, links and tokens.
pub(super) fn words(text: &str) -> String {
    let mut kept: Vec<&str> = Vec::new();
    for word in text.split_whitespace() {
        let bare = word.trim_matches(|c: char| c.is_ascii_punctuation() && c != '{');
        if is_word(bare) {
            kept.push(word);
        } else if kept.last() != Some(&REDACTED) {
            kept.push(REDACTED);
        }
    }
    kept.join(" ")
}

fn is_word(word: &str) -> bool {
    let lower = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_lowercase());
    let letters = word
        .strip_prefix(|c: char| c.is_ascii_uppercase())
        .unwrap_or(word);
    let is_plain =
        word.len() <= 20 && (letters.is_empty() || letters.split(['_', '\'']).all(lower));
    let is_acronym = word.len() <= 5 && word.bytes().all(|byte| byte.is_ascii_uppercase());
    let is_number = word.len() <= 6
        && word.starts_with(|c: char| c.is_ascii_digit())
        && word
            .bytes()
            .all(|byte| byte.is_ascii_digit() || b"hms.".contains(&byte));
    word.is_empty() || is_plain || is_acronym || is_number
}

/// Whether a header matters for replay and its value is valid for it.
pub(super) fn header(name: &str, value: &str) -> bool {
    match name {
        "x-request-id" => {
            value.len() <= 64
                && value
                    .bytes()
                    .all(|b| b.is_ascii_alphanumeric() || b == b'-')
        }
        "retry-after" if value.bytes().all(|byte| byte.is_ascii_digit()) => value.len() <= 9,
        _ => http_date(value).is_some(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn of_an_unknown_body_ids_and_states_are_kept_and_the_shape_of_the_rest() {
        let mut body = json!({
            "id": "64f1", "status": "live", "total": 3, "limit": "eyJhbGciOi", "type": "a b",
            "auth": "hunter2", "pwd": 123_456, "sig": ["x", "y"], "otp": {"id": "1", "deep": "z"},
            "pairs": [{"name": "authorization", "value": "Bearer x"}], "room_id": {"x": "y"},
            "Qk3fZ": true, "payload": "{\"token\":\"x\"}",
        });
        keep_known(&mut body);
        assert_eq!(
            body,
            json!({
                "id": "64f1", "status": "live", "total": 3, "limit": REDACTED, "type": REDACTED,
                "auth": REDACTED, "pwd": 0, "sig": [REDACTED, REDACTED],
                "otp": {"id": "1", "deep": REDACTED},
                "pairs": [{"name": REDACTED, "value": REDACTED}], "room_id": {"x": REDACTED},
                "[redacted]": true, "payload": REDACTED,
            })
        );
        for bare in [json!("text"), json!(["text"])] {
            let mut kept = bare;
            keep_known(&mut kept);
            assert!(!kept.to_string().contains("text"));
        }
    }

    #[test]
    fn of_a_target_known_words_ids_and_known_fields_are_kept() {
        for (sent, kept) in [
            (
                "/rooms/64f1a2b3c4d5e6f708192a3b",
                "/rooms/64f1a2b3c4d5e6f708192a3b",
            ),
            ("/rooms/abc-defg-hij", "/rooms/[redacted]"),
            ("/x/token/CANARY", "/[redacted]/token/[redacted]"),
            (
                "/rooms?limit=10&sig=abc&to%6ben=x",
                "/rooms?limit=10&sig=[redacted]&[redacted]=[redacted]",
            ),
            ("/rooms?room_id=eyJh.b", "/rooms?room_id=[redacted]"),
        ] {
            let is_path_word = |segment: &str| ["rooms", "token"].contains(&segment);
            assert_eq!(target(sent, is_path_word), kept, "{sent}");
        }
    }

    #[test]
    fn of_a_refusal_the_plain_words_are_kept() {
        for (sent, kept) in [
            (
                json!({"code": 400, "message": "Room not found: 64f1a2b3", "details": ["room_id is bad", {"token": "x"}], "data": "x"}),
                json!({"code": 400, "message": "Room not found: [redacted]", "details": ["room_id is bad", "[redacted]"]}),
            ),
            (
                json!({"error": {"token": "x", "message": "retry after 45 seconds or 1m30s"}}),
                json!({"error": {"message": "retry after 45 seconds or 1m30s"}}),
            ),
            (
                json!({"code": "hunter2", "details": {"secret": "x"}}),
                json!({}),
            ),
            (
                json!({"message": "invalid url rtmp://x/KEY for Bearer eyJhbGciOiJIUzI1NiJ9"}),
                json!({"message": "invalid url [redacted] for Bearer [redacted]"}),
            ),
        ] {
            assert_eq!(refusal(sent.to_string().as_bytes()), Some(kept), "{sent}");
        }
        assert_eq!(refusal(b"\"text\""), None);
    }

    #[test]
    fn of_a_url_in_a_known_field_host_and_path_are_kept() {
        for (sent, kept) in [
            ("https://h/x", "https://h/x"),
            (
                "https://user:pw@h:8/x?secret=q#f",
                "https://h:8/x?[redacted]",
            ),
            ("https://user:pw@h", "https://h"),
            (
                "https://h/meeting/abc-defg-hij?x=1",
                "https://h/meeting/[redacted]?[redacted]",
            ),
            ("abc-defg-hij", "abc-defg-hij"),
            (
                "Join https://h/meeting/abc-defg-hij at 5",
                "Join https://h/meeting/[redacted] at 5",
            ),
            (
                "https://h/meeting/abc-defg-hij, h/preview/kLm: h/abc-defg-hij.",
                "https://h/meeting/[redacted], h/preview/kLm: h/[redacted].",
            ),
            ("h/meeting/abc-defg-hij", "h/meeting/[redacted]"),
            ("https://h/abc-defg-hijk", "https://h/abc-defg-hijk"),
            ("https://h/äbc-defg-hij-x", "https://h/äbc-defg-hij-x"),
            ("{\"token\":1}", REDACTED),
            ("Bearer abc", REDACTED),
            ("a name", "a name"),
            ("[draft] a name", "[draft] a name"),
        ] {
            let mut value = json!([sent]);
            redact_texts(&mut value);
            assert_eq!(value, json!([kept]), "{sent}");
        }
    }
}
