//! Where and why a JSON text does not match its type.
//!
//! The error never contains a value of the text, which may be secret, and uses JSON's terms instead of Rust's:
//! `size: expected a number, found a string`.

mod argument;
mod object;
mod path;
mod reason;
mod spelling;

use std::fmt;

pub use argument::value_at;
pub use object::{Object, object};
use serde::de::IgnoredAny;
pub use spelling::{is_near, is_typo_of_short, most_similar};

/// Where and why a JSON text does not match its type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeserializeError {
    /// Path of the field, such as `data[3].created_at`, including missing and unknown fields. Empty for the whole text.
    pub path: String,
    /// What was expected there.
    pub reason: String,
}

impl DeserializeError {
    /// Create an error about the whole text.
    pub fn whole(reason: impl Into<String>) -> Self {
        Self {
            path: String::new(),
            reason: reason.into(),
        }
    }

    /// Compute path and reason from the `error` of parsing `text`.
    ///
    /// It scans the text again, so that parsing a text that matches has no extra cost.
    pub fn new(text: &[u8], error: &serde_json::Error) -> Self {
        let is_json = || serde_json::from_slice::<IgnoredAny>(text).is_ok();
        let is_valid_json = !(error.is_syntax() || error.is_eof())
            || reason::is_out_of_range(error)
            || (reason::expects_string(error) && is_json());
        if !is_valid_json {
            return Self::whole(format!("not valid JSON: {error}"));
        }
        let reason = reason::reason(error);
        let stop = path::offset(text, error.line(), error.column());
        let place = path::path(text, stop, &reason);
        let path = match reason::field(&reason) {
            Some(name) if place.is_empty() => name.to_owned(),
            // At an unknown field the path ends with its name already.
            Some(name) if place != name && !place.ends_with(&format!(".{name}")) => {
                format!("{place}.{name}")
            }
            _ => place,
        };
        Self { path, reason }
    }
}

impl fmt::Display for DeserializeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.path.as_str() {
            "" => f.write_str(&self.reason),
            path => write!(f, "{path}: {}", self.reason),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "only whether it fits matters")]
    struct Room {
        name: Option<String>,
        size: Option<u32>,
        share: Option<f64>,
        level: Option<u16>,
        kind: Option<Kind>,
        tags: Option<Vec<String>>,
        upload: Option<Upload>,
        made: Option<Time>,
        times: Option<Vec<Time>>,
        other: Option<Object<Upload>>,
    }

    #[derive(Debug, Deserialize)]
    #[serde(rename_all = "snake_case")]
    enum Kind {
        Lesson,
        Meeting,
    }

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "only whether it fits matters")]
    struct Upload {
        location: String,
    }

    #[derive(Debug, Deserialize)]
    #[serde(try_from = "String")]
    struct Time;

    impl TryFrom<String> for Time {
        type Error = &'static str;

        fn try_from(_: String) -> Result<Self, Self::Error> {
            Err("expected a time")
        }
    }

    fn message_of(text: &str) -> String {
        let error = serde_json::from_str::<Room>(text).expect_err("it does not fit");
        DeserializeError::new(text.as_bytes(), &error).to_string()
    }

    #[test]
    fn the_path_leads_to_the_value_that_does_not_fit() {
        for (text, message) in [
            (r#"{"name":[1]}"#, "name: expected a string, found a list"),
            (
                "{\n \"name\" : \"a\",\n \"share\" : \"secret\"\n}",
                "share: expected a number, found a string",
            ),
            (
                r#"{"name":"a \"b\": [","share":true}"#,
                "share: expected a number, found a boolean",
            ),
            (
                r#"{"name":"ü€😀","share":null,"upload":"secret"}"#,
                "upload: expected an object, found a string",
            ),
            (
                r#"{"tags":["a","b",3,"c"]}"#,
                "tags[2]: expected a string, found a number",
            ),
            (
                r#"{"tags":{"a":1}}"#,
                "tags: expected a list, found an object",
            ),
            (
                r#"{"size":1.5}"#,
                "size: expected a whole number from 0 to 4294967295, found a number with a decimal point",
            ),
            (
                r#"{"level":70000,"name":"a"}"#,
                "level: expected a whole number from 0 to 65535",
            ),
            (r#"{"share":1e999}"#, "share: number out of range"),
            (
                r#"{"kind":"secret","name":"a"}"#,
                "kind: expected `lesson` or `meeting`",
            ),
            (r#"{"kind":7}"#, "kind: expected a string"),
            (
                r#"{"upload":{"location":"s3","region":"secret"}}"#,
                "upload.region: unknown field `region`, expected `location`",
            ),
            (
                r#"{"upload":{},"name":"a"}"#,
                "upload.location: missing field `location`",
            ),
            (
                r#"{"upload":[]}"#,
                "upload: expected an object, found a list",
            ),
            (r#"{"name":"a","name":"b"}"#, "name: duplicate field `name`"),
            (r#"{"made":"secret","name":"a"}"#, "made: expected a time"),
            (r#"{"made":"secret"}"#, "made: expected a time"),
            ("{\"made\":\"secret\"\n}\n", "made: expected a time"),
            (
                r#"{"times":["secret","secret"],"name":"a"}"#,
                "times[0]: expected a time",
            ),
            (r#"{"times":["secret"]}"#, "times[0]: expected a time"),
            (
                r#"{"tags":["a",[1]]}"#,
                "tags[1]: expected a string, found a list",
            ),
            (
                r#"{"tags":[[1]]}"#,
                "tags[0]: expected a string, found a list",
            ),
            (
                r#"{"tags":["a",{}]}"#,
                "tags[1]: expected a string, found an object",
            ),
            (r#"{"name":[ 1]}"#, "name: expected a string, found a list"),
            (
                "{\"other\": [\n  1\n]}",
                "other: expected an object, found a list",
            ),
            (r#"{"other":[]}"#, "other: expected an object, found a list"),
            (
                r#"{"other":{"location":"a","name":[2]}}"#,
                "other.name: unknown field `name`, expected `location`",
            ),
            ("7", "expected an object, found a number"),
        ] {
            assert_eq!(message_of(text), message, "{text}");
        }
    }

    /// The message of serde for each kind of error. This fails if another version of serde changes a message.
    #[test]
    fn every_message_of_serde_is_known() {
        use serde::de::{Error as _, Unexpected};
        type SerdeError = serde_json::Error;
        let found = [
            (Unexpected::Bool(true), "a boolean"),
            (Unexpected::Unsigned(7), "a number"),
            (Unexpected::Signed(-7), "a number"),
            (Unexpected::Float(1.5), "a number with a decimal point"),
            (Unexpected::Str("secret"), "a string"),
            (Unexpected::Unit, "null"),
            (Unexpected::Seq, "a list"),
            (Unexpected::Map, "an object"),
        ];
        for (found, words) in found {
            let error = SerdeError::invalid_type(found, &"a thing");
            let message = DeserializeError::new(b"{}", &error).reason;
            assert_eq!(message, format!("expected a thing, found {words}"));
            let error = SerdeError::invalid_value(found, &"a thing");
            assert_eq!(
                DeserializeError::new(b"{}", &error).reason,
                "expected a thing"
            );
        }
        for (error, message) in [
            (
                SerdeError::invalid_length(7, &"a thing"),
                "expected an object, found a list",
            ),
            (
                SerdeError::unknown_variant("secret", &["a", "b"]),
                "expected `a` or `b`",
            ),
            (
                SerdeError::unknown_field("x", &["a"]),
                "unknown field `x`, expected `a`",
            ),
            (SerdeError::missing_field("x"), "missing field `x`"),
            (SerdeError::duplicate_field("x"), "duplicate field `x`"),
        ] {
            assert_eq!(DeserializeError::new(b"{}", &error).reason, message);
        }
    }

    #[test]
    fn a_message_that_is_not_known_still_has_its_path_and_shows_no_value() {
        #[derive(Debug)]
        struct Stranger;
        impl<'de> Deserialize<'de> for Stranger {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = String::deserialize(deserializer)?;
                Err(serde::de::Error::custom(format!("wrong kind: {text}")))
            }
        }
        #[derive(Debug, Deserialize)]
        #[expect(dead_code, reason = "only whether it fits matters")]
        struct Holder {
            items: Vec<Stranger>,
        }
        let text = r#"{"items":["secret"]}"#;
        let error = serde_json::from_str::<Holder>(text).expect_err("it does not fit");
        let message = DeserializeError::new(text.as_bytes(), &error).to_string();
        assert!(message.starts_with("items"), "{message}");
        assert!(message.ends_with(": expected another value"), "{message}");
    }

    #[test]
    fn a_text_that_is_no_json_has_no_path() {
        for text in [
            r#"{"name":"a""#,
            r#"{"name":secret}"#,
            "",
            r#"{"kind":07}"#,
            r#"{"name":"\ud83d"}"#,
        ] {
            let message = message_of(text);
            assert!(message.starts_with("not valid JSON: "), "{message}");
            assert!(!message.contains("secret"), "{message}");
        }
    }
}
