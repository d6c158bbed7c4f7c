//! How long the service asks to wait: from the header `Retry-After`, or from the message.

use std::time::Duration;

use http::HeaderMap;
use jiff::Timestamp;

/// Read how long a response asks to wait at `now`, the time of the service as far as it is known.
pub(crate) fn retry_after(headers: &HeaderMap, message: &str, now: Timestamp) -> Option<Duration> {
    headers
        .get(http::header::RETRY_AFTER)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| from_header(value.trim(), date(headers).unwrap_or(now)))
        .or_else(|| from_message(message))
}

/// Read the time of the service at its response.
pub(crate) fn date(headers: &HeaderMap) -> Option<Timestamp> {
    http_date(headers.get(http::header::DATE)?.to_str().ok()?)
}

fn from_header(value: &str, now: Timestamp) -> Option<Duration> {
    if let Some(wait) = seconds(value) {
        return Some(wait);
    }
    let until = http_date(value)?;
    Some(Duration::try_from(until.duration_since(now)).unwrap_or(Duration::ZERO))
}

/// Parse "retry after 12" or "retry after 12 seconds", in any case.
fn from_message(message: &str) -> Option<Duration> {
    let message = message.to_ascii_lowercase();
    let (_, rest) = message.split_once("retry after")?;
    // The details of an error response are on separate lines.
    let rest = rest.lines().next()?;
    let rest = rest.trim_start_matches(|c: char| !c.is_alphanumeric());
    let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.');
    let (number, rest) = rest.split_at(end.unwrap_or(rest.len()));
    let unit = rest.split_whitespace().next().unwrap_or_default();
    let is_seconds = ["", "s", "sec", "secs", "second", "seconds"]
        .contains(&unit.trim_matches(|c: char| c.is_ascii_punctuation()));
    // A unit that is glued to the number must be one: `1,500` and `12:30` are not seconds.
    let is_glued = rest.starts_with(|c: char| c.is_ascii_punctuation()) && unit.len() > 1;
    if !is_seconds || is_glued {
        return None;
    }
    seconds(number.trim_end_matches('.'))
}

fn seconds(text: &str) -> Option<Duration> {
    let plain = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    let seconds: f64 = text.parse().ok().filter(|_| plain)?;
    Duration::try_from_secs_f64(seconds).ok()
}

/// Parse an HTTP date: `Sun, 06 Nov 1994 08:49:37 GMT`.
pub(crate) fn http_date(text: &str) -> Option<Timestamp> {
    jiff::fmt::rfc2822::parse(text)
        .ok()
        .map(|time| time.timestamp())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(header: Option<&str>, message: &str) -> Option<u64> {
        let mut headers = HeaderMap::new();
        if let Some(value) = header {
            headers.insert(http::header::RETRY_AFTER, value.parse().expect("a header"));
        }
        let now = "1994-11-06T08:49:37Z".parse().expect("a time");
        retry_after(&headers, message, now).map(|wait| wait.as_secs())
    }

    #[test]
    fn a_number_in_the_header_is_seconds() {
        assert_eq!(asked(Some("7"), ""), Some(7));
    }

    #[test]
    fn a_date_in_the_header_is_counted_from_now() {
        assert_eq!(asked(Some("Sun, 06 Nov 1994 08:50:37 GMT"), ""), Some(60));
        assert_eq!(asked(Some("Sun, 06 Nov 1994 08:40:37 GMT"), ""), Some(0));
    }

    #[test]
    fn the_message_tells_the_wait_where_the_header_does_not() {
        for (message, wait) in [
            ("Too many requests, retry after 12 seconds", 12),
            ("Retry after: 3s.", 3),
            ("retry after 5", 5),
            ("retry after 5.", 5),
            ("retry after 1 SEC, not before", 1),
            ("retry after 5\nmin 3 peers", 5),
        ] {
            assert_eq!(asked(None, message), Some(wait), "{message}");
        }
        assert_eq!(asked(Some("soon"), "retry after 4 s"), Some(4));
    }

    #[test]
    fn what_is_not_plain_seconds_asks_for_nothing() {
        let digits = "9".repeat(400);
        for text in [
            "",
            "-1",
            "1e9",
            "NaN",
            "inf",
            "soon",
            "1.2.3",
            digits.as_str(),
        ] {
            assert_eq!(asked(Some(text), ""), None, "{text}");
        }
        for text in [
            "",
            "a while (request 8812345)",
            "2 minutes",
            "500ms",
            "1m30s",
            "1,500",
            "12:30",
            "5 requests",
            "2026-03-01",
            digits.as_str(),
        ] {
            assert_eq!(asked(None, &format!("retry after {text}")), None, "{text}");
        }
        assert_eq!(asked(None, "slow down"), None);
    }
}
