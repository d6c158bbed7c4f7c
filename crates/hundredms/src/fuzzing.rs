//! One function for each parser of untrusted bytes, for the repository's fuzzer. Not part of the API.

use bytes::Bytes;
use serde_json::{Map, Value};

use crate::auth::jwt::{Signer, read_claims};
use crate::client::Client;
use crate::jobs::chat::read_chat;
use crate::jobs::contents::read_summary;
use crate::jobs::transcript::read_transcript;
use crate::operation::ArgumentLocation;
use crate::raw_response::RawResponse;
use crate::table::{Entry, entries, find};
use crate::transport::retry::refused;
use crate::transport::retry_after::retry_after as read_retry_after;
use crate::webhooks::{CanonicalEvent, EventData, parse, parse_json};

/// Read the response of an operation. Its canonical text must be readable again.
///
/// # Panics
///
/// If it is not: that is a finding.
pub fn answer(operation: &str, body: &[u8]) {
    let Ok(Entry { canonical, .. }) = find(operation) else {
        return;
    };
    let Ok((text, cursor)) = canonical(&Bytes::copy_from_slice(body)) else {
        return;
    };
    let Ok((again, same)) = canonical(&text) else {
        panic!("{operation} does not read its own text again");
    };
    assert_eq!(cursor, same, "{operation}");
    if text.as_ref() != body {
        assert_eq!(text, again, "{operation}");
    }
}

/// Read arguments of an operation.
pub fn arguments(operation: &str, text: &[u8]) {
    if let Ok(entry) = find(operation) {
        let _ = (entry.prepare)(text);
    }
}

/// Read a token and check its signature. Only a signed token may pass.
///
/// # Panics
///
/// If another token passes.
pub fn token(text: &[u8], genuine: &str) {
    let text = String::from_utf8_lossy(text);
    let _ = read_claims("tokens.decode", &text);
    let signer = Signer::new(ACCESS_KEY, SECRET).expect("keys");
    let passes = signer.verify(&text).is_ok();
    assert!(!passes || text == genuine, "a forged token passes");
}

const ACCESS_KEY: &str = "key";
const SECRET: &str = "fuzz-secret";

/// Create a token that [`token`] accepts.
pub fn signed(claims: &Value) -> String {
    let signer = Signer::new(ACCESS_KEY, SECRET).expect("keys");
    signer.sign(claims).expect("a token")
}

/// Read the body of a webhook in both ways.
///
/// # Panics
///
/// If the two ways return different events.
pub fn webhook(body: &[u8]) {
    let event = parse(Bytes::copy_from_slice(body));
    let json = parse_json(body);
    assert_eq!(event.is_ok(), json.is_ok());
    if let (Ok(event), Ok(CanonicalEvent::Unchanged(kind))) = (event, json) {
        let fits = !matches!(event.data, EventData::Malformed(_)) && event.extra.is_empty();
        assert!(
            fits && event.kind.as_str() == kind,
            "it does not stand as it came"
        );
    }
}

/// Read the file of a transcript, and export it. Every sentence must have one cue.
///
/// # Panics
///
/// If the subtitles have another structure: that is a finding.
pub fn transcript(file: &[u8]) {
    let Ok(transcript) = read_transcript(file) else {
        return;
    };
    let (srt, vtt) = (transcript.to_srt(), transcript.to_vtt());
    let cues = srt.matches("-->").count();
    assert_eq!(vtt.matches("-->").count(), cues);
    assert_eq!(srt.lines().count(), (cues * 4).saturating_sub(1));
    assert_eq!(
        transcript.to_text().lines().count(),
        (cues * 2).saturating_sub(1)
    );
}

/// Read the file of a summary.
pub fn summary(file: &[u8]) {
    let _ = read_summary(file);
}

/// Read the file of a chat.
pub fn chat(file: &[u8]) {
    let _ = read_chat(file);
}

/// Read an error response: one that is not 2xx.
///
/// # Panics
///
/// If its error lacks the status or the description, or cannot be passed to the bindings.
pub fn refusal(status: u16, body: &[u8]) {
    let request = Client::prepared("rooms.create", b"{}").expect("a request");
    let error = refused(
        &request,
        &RawResponse::new(
            http::StatusCode::from_u16(status).expect("a status"),
            http::HeaderMap::new(),
            Bytes::copy_from_slice(body),
        ),
    );
    let error = error.expect("it is not sent again");
    assert_eq!(error.status(), Some(status));
    assert!(!error.message().trim().is_empty(), "it says nothing");
    let told: Value = serde_json::from_str(&error.to_json()).expect("JSON");
    assert_eq!(told["message"], error.message());
}

/// Read how long to wait, from the header and from the message.
pub fn retry_after(text: &[u8]) {
    let mut headers = http::HeaderMap::new();
    if let Ok(value) = http::HeaderValue::from_bytes(text) {
        headers.insert(http::header::RETRY_AFTER, value.clone());
        headers.insert(http::header::DATE, value);
    }
    let now = jiff::Timestamp::UNIX_EPOCH;
    let text = String::from_utf8_lossy(text);
    let _ = read_retry_after(&headers, &text, now);
    let _ = read_retry_after(&http::HeaderMap::new(), &text, now);
}

/// Use a cursor for the next page of every list. It may affect only its own parameter.
///
/// # Panics
///
/// If it affects anything else.
pub fn cursor(text: &[u8]) {
    let text = String::from_utf8_lossy(text);
    for entry in entries() {
        let info = entry.info;
        let Some(paging) = info.paging else { continue };
        let mut arguments = Map::new();
        for field in info.arguments {
            if field.required && field.location == ArgumentLocation::Path {
                arguments.insert(field.name.to_owned(), "1".into());
            }
        }
        let cursor = match text.parse::<i64>() {
            Ok(page) if paging.cursor.param() == "page" => page.into(),
            _ => Value::from(text.as_ref()),
        };
        arguments.insert(paging.cursor.param().to_owned(), cursor);
        let arguments = Value::Object(arguments).to_string();
        let Ok(request) = (entry.prepare)(arguments.as_bytes()) else {
            continue;
        };
        let target = request.path_and_query;
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~%/?&=".contains(&byte);
        assert!(target.bytes().all(plain), "{target}");
        let at = target.split_once('?').map_or("", |(_, query)| query);
        let pairs = at
            .split('&')
            .filter(|pair| pair.starts_with(paging.cursor.param()));
        assert_eq!(pairs.count(), 1, "{target}");
    }
}
