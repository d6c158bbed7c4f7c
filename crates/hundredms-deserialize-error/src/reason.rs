//! Translates the messages of `serde_json` into JSON's terms, without values.
//!
//! `serde_json` reports what it expected and found as text only. The message of an unknown kind of error is not repeated, because it
//! may contain a value. A test of this crate fails if another version of serde changes a message.

const OUT_OF_RANGE: &str = "number out of range";

/// Return whether a number is out of range for every machine type, which serde reports as a syntax error.
pub(crate) fn is_out_of_range(error: &serde_json::Error) -> bool {
    error.to_string().starts_with(OUT_OF_RANGE)
}

/// Return whether a value that is not a string is in the place of an enum value, which serde also reports as a syntax error, or the
/// text is not JSON.
pub(crate) fn expects_string(error: &serde_json::Error) -> bool {
    error.is_syntax() && error.to_string().starts_with("expected value at ")
}

/// Why a JSON text does not match.
pub(crate) fn reason(error: &serde_json::Error) -> String {
    if is_out_of_range(error) {
        return OUT_OF_RANGE.to_owned();
    }
    if expects_string(error) {
        return "expected a string".to_owned();
    }
    let message = error.to_string();
    let message = message
        .rsplit_once(" at line ")
        .map_or(message.as_str(), |(message, _)| message);
    let expected = || {
        message
            .rsplit_once(", expected ")
            .map_or("another value", |(_, expected)| of_type(expected))
    };
    if let Some(rest) = message.strip_prefix("invalid type: ") {
        return format!("expected {}, found {}", expected(), of_kind(rest));
    }
    if message.starts_with("invalid value: ") || message.starts_with("unknown variant ") {
        return format!("expected {}", expected());
    }
    if message.starts_with("invalid length ") {
        return "expected an object, found a list".to_owned();
    }
    if OWN.iter().any(|start| message.starts_with(start)) {
        return message.to_owned();
    }
    // An unknown message, perhaps of another version of serde. It may contain the value.
    "expected another value".to_owned()
}

/// Prefixes of reasons that need no translation and contain no value: those of this project's types, and the names of fields.
const OWN: [&str; 7] = [
    "expected ",
    "must ",
    "no ",
    "number out of range",
    "missing field `",
    "unknown field `",
    "duplicate field `",
];

/// The field that a reason names.
pub(crate) fn field(reason: &str) -> Option<&str> {
    let rest = ["missing field `", "unknown field `", "duplicate field `"]
        .into_iter()
        .find_map(|start| reason.strip_prefix(start))?;
    rest.split('`').next()
}

/// What serde expects.
fn of_type(expected: &str) -> &str {
    match expected {
        "f64" => "a number",
        "i32" | "i64" => "a whole number",
        "u64" | "usize" => "a whole number of 0 or more",
        "u32" => "a whole number from 0 to 4294967295",
        "u16" => "a whole number from 0 to 65535",
        "a map" => "an object",
        "a sequence" => "a list",
        "unit" => "null",
        structure if structure.starts_with("struct ") => "an object",
        other => other,
    }
}

/// What serde found.
fn of_kind(found: &str) -> &'static str {
    [
        ("string", "a string"),
        ("integer", "a number"),
        ("floating point", "a number with a decimal point"),
        ("boolean", "a boolean"),
        ("null", "null"),
        ("map", "an object"),
        ("sequence", "a list"),
    ]
    .into_iter()
    .find(|(kind, _)| found.starts_with(kind))
    .map_or("another value", |(_, name)| name)
}
