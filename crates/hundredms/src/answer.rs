//! From the bytes of an answer to its typed value.

use bytes::Bytes;
use serde::{Deserialize, Deserializer};

use crate::by_name::Canonical;
use crate::error::{Error, ErrorKind, Result};
use crate::look_at::Unsure;
use crate::operation::{Answer, Info, Operation};
use crate::request::Prepared;
use crate::transport::RawAnswer;
use crate::wire::{Misfit, Mode, Read, Wire, reading, without_secrets};

/// A whole answer, read the way its fields are.
struct Whole<T>(T);

impl<'de, T: Wire> Deserialize<'de> for Whole<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::read(deserializer).map(Self)
    }
}

/// Read an answer.
pub(crate) fn read<T: Answer>(body: &[u8]) -> Result<Read<T>, Misfit> {
    // No body is the answer of an operation that answers nothing.
    let body = if body.is_empty() { b"null" } else { body };
    let read = reading::<Whole<T>>(Mode::Lenient, body)?;
    Ok(Read {
        value: read.value.0,
        normalised: read.normalised,
    })
}

/// Read an answer and give it as canonical JSON: its own bytes unless something had to be normalised.
pub(crate) fn canonical<O: Operation>(body: &Bytes) -> Canonical {
    let read = read::<O::Answer>(body)?;
    let cursor = O::cursor(&read.value);
    if !read.normalised && !body.is_empty() {
        return Ok((body.clone(), cursor));
    }
    let text = serde_json::to_vec(&read.value).map_err(|error| Misfit {
        path: String::new(),
        reason: error.to_string(),
    })?;
    Ok((text.into(), cursor))
}

/// Read an answer and write it without its secrets; none if it does not fit.
pub(crate) fn scrubbed<O: Operation>(body: &[u8]) -> Option<serde_json::Value> {
    let read = read::<O::Answer>(body).ok()?;
    without_secrets(|| serde_json::to_value(&read.value)).ok()
}

/// Check that what was read is written, and read again, as the same value.
#[cfg(test)]
pub(crate) fn rewritten<O: Operation>(body: &Bytes) {
    let once = read::<O::Answer>(body).expect("it could be read before");
    let text = serde_json::to_vec(&once.value).expect("it can be written");
    let twice = read::<O::Answer>(&text).unwrap_or_else(|misfit| {
        panic!(
            "{}: {misfit:?}: {}",
            O::INFO.name,
            String::from_utf8_lossy(&text)
        )
    });
    let again = serde_json::to_vec(&twice.value).expect("it can be written");
    assert_eq!(text, again, "{}", O::INFO.name);
}

/// The error for an answer that does not fit.
pub(crate) fn misfit(info: &Info, request: &Prepared, answer: &RawAnswer, misfit: Misfit) -> Error {
    let place = if misfit.path.is_empty() {
        "the answer"
    } else {
        &misfit.path
    };
    let message = format!("{place} does not fit: {}", misfit.reason);
    Error::new(ErrorKind::Decode, message).with(|details| {
        details.operation = Some(info.name.to_owned());
        details.method = Some(info.method.as_str().to_owned());
        details.route = Some(info.path.to_owned());
        details.status = Some(answer.status.as_u16());
        details.field = Some(misfit.path).filter(|path| !path.is_empty());
        details.may_have_applied = !request.repeatable;
        if details.may_have_applied {
            details.look_at = Unsure::of(request, None);
        }
    })
}

/// Nothing: the answer of an operation that answers 204.
impl Wire for () {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        serde::de::IgnoredAny::deserialize(deserializer).map(|_| ())
    }
}
