//! Parses the bytes of a response into a typed value.

use bytes::Bytes;
use http::header::CONTENT_ENCODING;
use hundredms_deserialize_error::DeserializeError;
use serde::{Deserialize as _, Deserializer};
use serde_json::{Map, Value};

use crate::error::{Error, ErrorKind, Result, single_line};
use crate::operation::{Cursor, Operation, OperationInfo, OperationOutput};
use crate::raw_response::RawResponse;
use crate::request::PreparedRequest;
use crate::wire::deserialize::{Parser, READ, parse};
use crate::wire::field::Wire;
use crate::wire::mode::{Mode, Notes};
use crate::wire::scanner::scan;
use crate::wire::scrub::{restore_time_formats, scrub};
use crate::wire::shape::{Presence, Shape};
use crate::wire::surrogates::without_lone_surrogates;

/// Canonical JSON and the cursor of the next page, or why the response does not match.
pub(crate) type Canonical = Result<(Bytes, Option<String>), DeserializeError>;

/// Read the response of an operation into `value`. A value has up to a kilobyte, so it is not returned, but stays where it is.
pub(crate) fn read_into<O: Operation>(
    body: &[u8],
    value: &mut Option<O::Output>,
) -> Result<Notes, DeserializeError> {
    let read = deserialize_into(body, value);
    if matches!(&read, Ok(notes) if !notes.lacks_list) {
        return read;
    }
    match normalised_page(O::INFO, O::Output::SHAPE, body)? {
        None => read,
        Some(page) => Ok(Notes {
            normalised: true,
            ..deserialize_into(&page, value)?
        }),
    }
}

/// Read the response of an operation.
pub(crate) fn read<O: Operation>(body: &[u8]) -> Result<(O::Output, Notes), DeserializeError> {
    let mut value = None;
    let notes = read_into::<O>(body, &mut value)?;
    Ok((value.expect(READ), notes))
}

fn deserialize_into<T: OperationOutput>(
    body: &[u8],
    value: &mut Option<T>,
) -> Result<Notes, DeserializeError> {
    let mut read = |parser: &mut Parser<'_>| {
        *value = Some(T::read(parser)?);
        Ok(())
    };
    // An empty body is the response of an operation that returns nothing.
    let body = if body.is_empty() { b"null" } else { body };
    match parse(Mode::Lenient, body, &mut read) {
        Ok(notes) => Ok(notes),
        // If a text was cut within a character, the rest is still read.
        Err(error) => match without_lone_surrogates(body) {
            Some(repaired) => Ok(Notes {
                normalised: true,
                ..parse(Mode::Lenient, &repaired, &mut read)?
            }),
            None => Err(error),
        },
    }
}

/// Return a response that lacks its list in the usual form, if the list has another of its names or if there is one item instead of
/// a page. A page with a different list is an error, not an empty page.
fn normalised_page(
    info: &OperationInfo,
    shape: &Shape,
    body: &[u8],
) -> Result<Option<Vec<u8>>, DeserializeError> {
    let Shape::Model(fields) = shape else {
        return Ok(None);
    };
    let list = fields.iter().find(|field| {
        matches!(field.shape, Shape::List(_)) && field.presence == Presence::Required
    });
    let (Some(list), Ok(mut page)) = (list, serde_json::from_slice::<Map<String, Value>>(body))
    else {
        return Ok(None);
    };
    if page.get(list.name).is_some_and(|items| !items.is_null()) {
        return Ok(None);
    }
    let others = info.paging.map_or(&[][..], |paging| paging.or);
    if let Some(other) = others.iter().find(|name| page.contains_key(**name)) {
        let items = page.remove(*other).unwrap_or_default();
        page.insert(list.name.to_owned(), items);
        return Ok(Some(Value::Object(page).to_string().into_bytes()));
    }
    let other_list = page.iter().find(|(name, value)| {
        !fields.iter().any(|field| field.name == name.as_str()) && holds_list(value)
    });
    if !others.is_empty() && page.contains_key("id") {
        let page = Value::from_iter([(list.name, Value::from(vec![Value::Object(page)]))]);
        return Ok(Some(page.to_string().into_bytes()));
    }
    match other_list {
        Some((name, _)) => Err(DeserializeError {
            path: list.name.to_owned(),
            reason: format!("missing list, while there is a list in `{name}`"),
        }),
        None => Ok(None),
    }
}

fn holds_list(value: &Value) -> bool {
    match value {
        Value::Array(_) => true,
        Value::Object(fields) => fields.values().any(Value::is_array),
        _ => false,
    }
}

/// Return a response as canonical JSON: its own bytes unless something must be normalised.
pub(crate) fn canonical<O: Operation>(body: &Bytes) -> Canonical {
    if let Some(canonical) = unchanged(O::INFO, O::Output::SHAPE, body) {
        return Ok(canonical);
    }
    let (value, notes) = read::<O>(body)?;
    let cursor = O::cursor(&value);
    if !notes.normalised && !body.is_empty() {
        return Ok((body.clone(), cursor));
    }
    let text =
        serde_json::to_vec(&value).map_err(|error| DeserializeError::whole(error.to_string()))?;
    Ok((text.into(), cursor))
}

/// Return a response and its cursor if it is canonical JSON already, as far as this is known without parsing it.
#[inline(never)]
fn unchanged(info: &OperationInfo, shape: &Shape, body: &Bytes) -> Option<(Bytes, Option<String>)> {
    let field = match info.paging.map(|paging| paging.cursor) {
        None => None,
        Some(Cursor::Last) => Some("last"),
        Some(Cursor::Next) => Some("next"),
        // Two fields, nested more deeply.
        Some(Cursor::Page) => return None,
    };
    let cursor: Option<String> = match scan(body, shape, field)?.field {
        Some(place) => serde_json::from_slice(body.get(place)?).ok()?,
        None => None,
    };
    Some((body.clone(), cursor.filter(|cursor| !cursor.is_empty())))
}

/// Return whether a response is accepted as canonical JSON without parsing, and whether parsing confirms it.
#[cfg(test)]
pub(crate) fn canonical_already<O: Operation>(body: &Bytes) -> (bool, bool) {
    let read = read::<O>(body).ok().filter(|(_, notes)| !notes.normalised);
    let seen = unchanged(O::INFO, O::Output::SHAPE, body);
    if let (Some((_, cursor)), Some((value, _))) = (&seen, &read) {
        assert_eq!(*cursor, O::cursor(value), "{}", O::INFO.name);
    }
    // What is always parsed does not count here.
    let always_read = matches!(O::Output::SHAPE, Shape::Unknown)
        || O::INFO
            .paging
            .is_some_and(|paging| paging.cursor == Cursor::Page);
    (
        seen.is_some() || (always_read && read.is_some()),
        read.is_some(),
    )
}

/// Read a response and write it without its secrets. `None` if it does not match.
pub(crate) fn scrubbed<O: Operation>(body: &[u8]) -> Option<serde_json::Value> {
    if cfg!(target_arch = "wasm32") {
        // Only cassettes need it, which have no place there.
        return None;
    }
    let (value, _) = read::<O>(body).ok()?;
    let written = serde_json::to_value(&value).ok()?;
    without_secrets(written, O::Output::SHAPE, body)
}

/// Return the value that was read from a response without its secrets.
fn without_secrets(mut written: Value, shape: &Shape, body: &[u8]) -> Option<Value> {
    scrub(&mut written, shape);
    // A replayed text must equal the recorded one.
    restore_time_formats(&mut written, &serde_json::from_slice(body).ok()?);
    Some(written)
}

/// Check that a value that was read, written and read again is the same.
#[cfg(test)]
pub(crate) fn rewritten<O: Operation>(body: &Bytes) {
    let (once, _) = read::<O>(body).expect("it could be read before");
    let text = serde_json::to_vec(&once).expect("it can be written");
    let (twice, _) = read::<O>(&text).unwrap_or_else(|error| {
        panic!(
            "{}: {error:?}: {}",
            O::INFO.name,
            String::from_utf8_lossy(&text)
        )
    });
    let again = serde_json::to_vec(&twice).expect("it can be written");
    assert_eq!(text, again, "{}", O::INFO.name);
}

/// Return the error for a response that does not match.
pub(crate) fn deserialization_error(
    request: &PreparedRequest,
    answer: &RawResponse,
    error: DeserializeError,
) -> Error {
    let encoding = answer.headers.get(CONTENT_ENCODING);
    let message = match encoding.and_then(|encoding| encoding.to_str().ok()) {
        Some(encoding) if encoding != "identity" => {
            format!("the response is encoded with {encoding}, which the request did not accept")
        }
        _ if error.path.is_empty() => format!("the response cannot be decoded: {}", error.reason),
        _ => format!("{} cannot be decoded: {}", error.path, error.reason),
    };
    Error::new(ErrorKind::Decode, message).with(|details| {
        details.operation = Some(request.operation().to_owned());
        details.method = Some(request.method.to_string());
        details.route = Some(request.template().to_owned());
        details.status = Some(answer.status.as_u16());
        details.attempts = answer.attempts;
        details.elapsed = answer.elapsed;
        details.field = Some(error.path)
            .filter(|path| !path.is_empty())
            .map(|path| single_line(&path, 500));
        details.may_have_applied = request.changes();
        if details.may_have_applied {
            details.check_with = request.ambiguous_call(answer.began);
        }
    })
}

/// Nothing: the response of an operation that returns 204.
impl Wire for () {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        serde::de::IgnoredAny::deserialize(deserializer).map(|_| ())
    }
}
