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

/// Parse "retry after 12 seconds" or "retry after 1m30s", in any case. A number later in the message is not the wait.
fn from_message(message: &str) -> Option<Duration> {
    let message = message.to_ascii_lowercase();
    let (_, rest) = message.split_once("retry after")?;
    // The details of an error response are on separate lines.
    let rest = rest.lines().next()?;
    let rest = rest.trim_start_matches(|c: char| !c.is_alphanumeric());
    let (number, after) = leading(rest, |c| c.is_ascii_digit() || c == '.');
    let wait = seconds(number.trim_end_matches('.'))?;
    if number.ends_with('.') || !after.trim_start().starts_with(char::is_alphanumeric) {
        // A number without a unit, unless it continues as in `1,500` or `12:30`.
        let (glued, _) = leading(after, |c| !c.is_whitespace());
        return (!glued.contains(char::is_alphanumeric)).then_some(wait);
    }
    let (mut wait, mut unit, mut rest) = with_unit(rest)?;
    loop {
        let next = rest.trim_start();
        let next = next.strip_prefix("and ").unwrap_or(next);
        match with_unit(next) {
            Some((more, smaller, after)) if smaller < unit => {
                (wait, unit, rest) = (wait.checked_add(more)?, smaller, after);
            }
            _ if rest.starts_with(|c: char| c.is_ascii_digit()) => return None,
            _ => return Some(wait),
        }
    }
}

/// Parse a number with its unit. Return the time, the unit in milliseconds, and the text after it.
fn with_unit(text: &str) -> Option<(Duration, u32, &str)> {
    let (number, rest) = leading(text, |c| c.is_ascii_digit() || c == '.');
    let (word, rest) = leading(rest.trim_start(), char::is_alphabetic);
    let unit = match word {
        "ms" | "millisecond" | "milliseconds" => 1,
        "s" | "sec" | "secs" | "second" | "seconds" => 1000,
        "m" | "min" | "mins" | "minute" | "minutes" => 60_000,
        "h" | "hour" | "hours" => 3_600_000,
        _ => return None,
    };
    Some((seconds(number)?.checked_mul(unit)? / 1000, unit, rest))
}

/// Split `text` after the matching characters at its start.
fn leading(text: &str, fits: impl Fn(char) -> bool) -> (&str, &str) {
    text.split_at(text.find(|c| !fits(c)).unwrap_or(text.len()))
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
    fn a_message_has_units_from_milliseconds_to_hours() {
        let wait = |text: &str| {
            let message = format!("Please retry after {text}");
            let headers = HeaderMap::new();
            retry_after(&headers, &message, Timestamp::UNIX_EPOCH).map(|wait| wait.as_secs_f64())
        };
        for (text, seconds) in [
            ("5", 5.0),
            ("5.", 5.0),
            ("5. Then go on", 5.0),
            ("5, not before", 5.0),
            ("5 (request 7)", 5.0),
            ("2 s", 2.0),
            ("1 sec.", 1.0),
            ("30secs", 30.0),
            ("1 SECOND", 1.0),
            ("2.5 seconds", 2.5),
            ("2m", 120.0),
            ("1 min", 60.0),
            ("3 mins", 180.0),
            ("1 minute", 60.0),
            ("1h", 3600.0),
            ("1 hour", 3600.0),
            ("2 hours", 7200.0),
            ("500ms", 0.5),
            ("1500 milliseconds", 1.5),
            ("1 millisecond", 0.001),
            ("1m30s", 90.0),
            ("1h2m3s", 3723.0),
            ("1 minute 30 seconds", 90.0),
            ("1 minute and 30 seconds", 90.0),
            ("1s500ms", 1.5),
            ("10 seconds 3 attempts left", 10.0),
            ("5\nroom is busy", 5.0),
            ("5\nmin 3 peers", 5.0),
            ("1 minute\n30 seconds", 60.0),
        ] {
            assert_eq!(wait(text), Some(seconds), "{text}");
        }
        for text in [
            "1,500 ms",
            "1,500",
            "1 500",
            "12:30",
            "2026-03-01",
            "3 days",
            "5 requests",
            "5 \u{b5}s",
            "1m30",
            "1m30x",
            "1s30m",
            "99999999999999999999 hours",
        ] {
            assert_eq!(wait(text), None, "{text}");
        }
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
