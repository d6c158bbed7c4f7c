//! [`Timestamp`] on the wire: RFC 3339, kept to the nanosecond.

use std::fmt;

use jiff::Timestamp;
use serde::Deserializer;
use serde::de::{self, Visitor};

use super::field::{Wire, normalise};
use super::mode::{Mode, mode, note_normalised};
use super::scanner::is_time;
use super::shape::Shape;

/// The service's spelling of "no time": the zero value of its language.
pub(super) const NONE: &str = "0001-01-01T00:00:00Z";

/// The first time that every language can represent. Earlier times are never meant.
const FIRST: Timestamp = Timestamp::constant(-62_135_510_400, 0);

/// Why a text in arguments is no time.
fn out_of_form(text: &str) -> &'static str {
    // `datetime.max` of Python.
    if text.starts_with("9999-12-3") {
        return "must be before 9999-12-30T22:00:01Z";
    }
    "must be an RFC 3339 time with a zone, for example 2026-01-01T00:00:00Z"
}

struct Time;

impl Visitor<'_> for Time {
    /// `None` for the first day of the year 1, and earlier.
    type Value = Option<Timestamp>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an RFC 3339 time such as 2024-02-01T08:00:00.000Z")
    }

    fn visit_str<E: de::Error>(self, v: &str) -> Result<Self::Value, E> {
        if v == NONE {
            note_normalised();
            return Ok(None);
        }
        match v.parse() {
            Ok(time) if time >= FIRST => {
                if !is_time(v.as_bytes()) {
                    // Not every language can parse it unchanged.
                    note_normalised();
                }
                Ok(Some(time))
            }
            Ok(_) => normalise(de::Unexpected::Str(v), &self, || Some(None)),
            Err(_) if mode() == Mode::Strict => Err(E::custom(out_of_form(v))),
            Err(_) => normalise(de::Unexpected::Str(v), &self, || {
                if v.is_empty() || v.starts_with("0001-01-01") {
                    return Some(None);
                }
                // A time without an offset is UTC.
                v.parse::<jiff::civil::DateTime>()
                    .ok()
                    .and_then(|time| jiff::tz::Offset::UTC.to_timestamp(time).ok())
                    .map(Some)
            }),
        }
    }
}

impl Wire for Timestamp {
    const SHAPE: &'static Shape = &Shape::Time;

    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer
            .deserialize_any(Time)?
            .ok_or_else(|| de::Error::invalid_value(de::Unexpected::Other("no time"), &Time))
    }

    fn read_present<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error> {
        deserializer.deserialize_any(Time)
    }
}
