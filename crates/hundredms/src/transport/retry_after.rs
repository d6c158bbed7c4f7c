//! How long the service asks to wait: in the header `Retry-After`, or in the words of the message.

use std::time::Duration;

use http::HeaderMap;
use jiff::Timestamp;

/// Read the wait that an answer asks for at `now`, the time of the service as far as it is known.
pub(crate) fn retry_after(headers: &HeaderMap, message: &str, now: Timestamp) -> Option<Duration> {
    headers
        .get(http::header::RETRY_AFTER)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| from_header(value.trim(), date(headers).unwrap_or(now)))
        .or_else(|| from_message(message))
}

fn date(headers: &HeaderMap) -> Option<Timestamp> {
    http_date(headers.get(http::header::DATE)?.to_str().ok()?)
}

fn from_header(value: &str, now: Timestamp) -> Option<Duration> {
    if let Some(wait) = seconds(value) {
        return Some(wait);
    }
    let until = http_date(value)?;
    Some(Duration::try_from(until.duration_since(now)).unwrap_or(Duration::ZERO))
}

/// Read "retry after N seconds", in any case. A number that comes later in the message is another one.
fn from_message(message: &str) -> Option<Duration> {
    let message = message.to_ascii_lowercase();
    let (_, rest) = message.split_once("retry after")?;
    let number = rest.trim_start_matches(|c: char| !c.is_alphanumeric());
    let end = number
        .find(|c: char| !c.is_ascii_digit() && c != '.')
        .unwrap_or(number.len());
    let wait = seconds(number[..end].trim_end_matches('.'))?;
    let unit = number[end..].trim_start();
    Some(if unit.starts_with("ms") || unit.starts_with("milli") {
        wait / 1000
    } else if unit.starts_with("min") {
        wait.saturating_mul(60)
    } else {
        wait
    })
}

fn seconds(text: &str) -> Option<Duration> {
    let plain = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    let seconds: f64 = text.parse().ok().filter(|_| plain)?;
    Duration::try_from_secs_f64(seconds).ok()
}

/// Read a date of HTTP: `Sun, 06 Nov 1994 08:49:37 GMT`.
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
        assert_eq!(
            asked(None, "Too many requests, retry after 12 seconds"),
            Some(12)
        );
        assert_eq!(asked(None, "Retry after: 3s."), Some(3));
        assert_eq!(
            asked(Some("soon"), "please retry after 2 minutes"),
            Some(120)
        );
        assert_eq!(asked(None, "slow down"), None);
    }

    #[test]
    fn nonsense_asks_for_nothing() {
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
            "a while",
            "a while (request 8812345)",
            "…",
            digits.as_str(),
        ] {
            assert_eq!(asked(None, &format!("retry after {text}")), None, "{text}");
        }
    }
}
