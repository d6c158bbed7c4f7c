//! What serde says, in the words of JSON and without values.

const OUT_OF_RANGE: &str = "number out of range";

/// Tell whether no machine number holds a number, which serde calls bad syntax.
pub(crate) fn is_out_of_range(error: &serde_json::Error) -> bool {
    error.to_string().starts_with(OUT_OF_RANGE)
}

/// Tell whether something that is no text stands where one of several words should, which serde calls bad syntax too, or the text
/// is no JSON.
pub(crate) fn wants_a_word(error: &serde_json::Error) -> bool {
    error.is_syntax() && error.to_string().starts_with("expected value at ")
}

/// Why a text that is JSON does not fit.
pub(crate) fn reason(error: &serde_json::Error) -> String {
    if is_out_of_range(error) {
        return OUT_OF_RANGE.to_owned();
    }
    if wants_a_word(error) {
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
    // Serde says it in words that are not known here, perhaps those of another version. They may hold the value.
    "expected another value".to_owned()
}

/// How reasons begin that need no other words, and hold no value: those that types of this project give, and the names of fields.
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
