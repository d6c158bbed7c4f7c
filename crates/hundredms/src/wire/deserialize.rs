//! Parses one JSON text into a typed value, and reports where and why it does not match.

use hundredms_deserialize_error::DeserializeError;
use serde::Deserialize;
use serde_json::de::StrRead;

use super::mode::{Mode, Notes, with_mode};

/// A parsed value, and whether it differs from the bytes it was parsed from.
#[derive(Debug)]
pub(crate) struct Deserialized<T> {
    pub(crate) value: T,
    pub(crate) normalised: bool,
    /// A list was missing, or null.
    pub(crate) lacks_list: bool,
}

/// Parse `text` in `mode`. The path of an error is computed afterwards, so that a text that matches costs one plain parse. UTF-8 is
/// checked once for the whole text, which is cheaper than checking each string.
pub(crate) fn deserialize<'a, T: Deserialize<'a>>(
    mode: Mode,
    text: &'a [u8],
) -> Result<Deserialized<T>, DeserializeError> {
    let mut value = None;
    let notes = parse(mode, text, &mut |parser| {
        value = Some(T::deserialize(parser)?);
        Ok(())
    })?;
    Ok(Deserialized {
        value: value.expect(READ),
        normalised: notes.normalised,
        lacks_list: notes.lacks_list,
    })
}

/// Why there is a value: [`parse`] calls its `read` once if it succeeds.
pub(crate) const READ: &str = "what was parsed was read";

/// Reads one JSON text.
pub(crate) type Parser<'a> = serde_json::Deserializer<StrRead<'a>>;

/// Parse a text with `read`, which is called once. Compiled once, and not for each type.
pub(crate) fn parse<'a>(
    mode: Mode,
    text: &'a [u8],
    read: &mut dyn FnMut(&mut Parser<'a>) -> serde_json::Result<()>,
) -> Result<Notes, DeserializeError> {
    let text = std::str::from_utf8(text)
        .map_err(|error| DeserializeError::whole(format!("not valid JSON: {error}")))?;
    let mut parser = Parser::from_str(text);
    let (parsed, notes) = with_mode(mode, || read(&mut parser).and_then(|()| parser.end()));
    match parsed {
        Ok(()) => Ok(notes),
        Err(error) => Err(DeserializeError::new(text.as_bytes(), &error)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resources::rooms::{CreateRoom, Room};

    #[test]
    fn a_misfit_is_told_in_words_and_where_it_is() {
        for (text, path, reason) in [
            (
                r#"{"recording_info":[true]}"#,
                "recording_info",
                "expected an object, found a list",
            ),
            (
                r#"{"recording_info":5}"#,
                "recording_info",
                "expected an object, found a number",
            ),
            (r#"{"size":1e999}"#, "size", "number out of range"),
            (
                r#"{"size":"1"}"#,
                "size",
                "expected an integer, found a string",
            ),
        ] {
            let error = deserialize::<CreateRoom>(Mode::Strict, text.as_bytes())
                .expect_err("it does not fit");
            assert_eq!((error.path.as_str(), error.reason.as_str()), (path, reason));
        }
    }

    #[test]
    fn a_text_that_is_no_utf_8_is_no_json_wherever_it_is_not() {
        for text in [
            &b"{\"id\":\"\xff\"}"[..],
            b"{\"id\":\"1\",\"unknown\":\"\xed\xa0\x80\"}",
            b"{\"id\":\"1\"}\xc3",
        ] {
            let error = deserialize::<Room>(Mode::Lenient, text).expect_err("it is no UTF-8");
            assert_eq!(error.path, "");
            assert!(
                error.reason.starts_with("not valid JSON: ") && error.reason.contains("utf-8"),
                "{}",
                error.reason
            );
        }
    }

    fn error(text: &str) -> String {
        deserialize::<CreateRoom>(Mode::Strict, text.as_bytes())
            .expect_err("it does not fit")
            .path
    }

    #[test]
    fn the_path_leads_to_the_value_that_does_not_fit() {
        for (text, path) in [
            (r#"{"size":"1"}"#, "size"),
            ("{\n \"name\" : \"a\",\n \"size\" : \"1\"\n}", "size"),
            (r#"{"name":"a \"b\": [","size":"1"}"#, "size"),
            (r#"{"description":"ü€😀","size":true}"#, "size"),
            (r#"{"polls":["a","b",3,"c"]}"#, "polls[2]"),
            (r#"{"polls":[]," polls":1}"#, " polls"),
            (r#"{"polls":{"a":1}}"#, "polls"),
            (r#"{"webhook":[1]}"#, "webhook"),
            (
                r#"{"webhook":{"url":"x","headers":{"a":"b","c":[]}}}"#,
                "webhook.headers.c",
            ),
            (
                r#"{"webhook":{"headers":{"a":"b"}},"size":1}"#,
                "webhook.url",
            ),
            (
                r#"{"recording_info":{"upload_info":{"type":"s3"}}}"#,
                "recording_info.upload_info.location",
            ),
            (
                r#"{"recording_info":{"uploadinfo":{"type":"s3"}}}"#,
                "recording_info.uploadinfo",
            ),
        ] {
            assert_eq!(error(text), path, "{text}");
        }
    }
}
