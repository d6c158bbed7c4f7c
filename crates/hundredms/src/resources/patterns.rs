//! Patterns that the service documents for strings.

use crate::check::Pattern;

fn all(text: &str, fits: impl Fn(char) -> bool) -> bool {
    !text.is_empty() && text.chars().all(fits)
}

/// Name of a room.
pub(super) const ROOM_NAME: Pattern = Pattern {
    description: "letters, digits and . : _ - only",
    matches: |text| all(text, |c| c.is_ascii_alphanumeric() || ".:_-".contains(c)),
};

/// Name of a template.
pub(super) const TEMPLATE_NAME: Pattern = Pattern {
    description: "letters, digits, spaces and . : _ - only",
    matches: |text| all(text, |c| c.is_ascii_alphanumeric() || " .:_-".contains(c)),
};

/// RTMP address.
pub(super) const RTMP_URL: Pattern = Pattern {
    description: "an address that begins with rtmp:// or rtmps://",
    matches: |text| text.starts_with("rtmp://") || text.starts_with("rtmps://"),
};

/// A DTMF digit.
pub(super) const DTMF_DIGIT: Pattern = Pattern {
    description: "one of 0-9 * # a b c d",
    matches: |text| matches!(text.as_bytes(), [b'0'..=b'9' | b'*' | b'#' | b'a'..=b'd']),
};
