//! [`Received`]: an event of a webhook, how it is shown, and how it is forwarded.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use bytes::Bytes;
use console::style;
use hundredms::reqwest;
use hundredms::reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use hundredms::webhooks::EventType;
use serde_json::{Value, json};

use crate::arguments::contents;
use crate::control::reason;
use crate::failure::{Failure, Result};
use crate::output::{nearest, say};
use crate::visible::visible;

/// The fields of events.
pub(crate) const FIELDS: [&str; 9] = [
    "id",
    "type",
    "timestamp",
    "data",
    "version",
    "account_id",
    "app_id",
    "template_id",
    "is_replay",
];

/// An event, as it was received.
#[derive(Debug, Clone)]
pub(crate) struct Received {
    /// The headers that are forwarded.
    pub(crate) headers: HeaderMap,
    /// The body, unchanged.
    pub(crate) body: Bytes,
    /// The body, parsed.
    pub(crate) value: Value,
}

/// How a receiver answered.
#[derive(Debug)]
pub(crate) struct Forwarded {
    /// The status, or why there is none.
    pub(crate) status: Result<u16, String>,
    /// The beginning of the body of the answer.
    answer: String,
    took: Duration,
}

/// So much of an answer is shown, in characters.
const SHOWN_ANSWER: usize = 500;

impl Received {
    pub(crate) fn new(headers: HeaderMap, body: Bytes) -> Self {
        let value = serde_json::from_slice(&body).unwrap_or_default();
        Self {
            headers,
            body,
            value,
        }
    }

    /// Return the type: `peer.join.success`.
    pub(crate) fn kind(&self) -> &str {
        self.value["type"].as_str().unwrap_or_default()
    }

    pub(crate) fn id(&self) -> &str {
        self.value["id"].as_str().unwrap_or_default()
    }

    /// Post it to a receiver.
    pub(crate) async fn forward(&self, http: &reqwest::Client, url: &str) -> Forwarded {
        let begun = Instant::now();
        let request = http
            .post(url)
            .headers(self.headers.clone())
            .body(self.body.clone());
        let (status, answer) = match request.send().await {
            Ok(answer) => {
                let status = answer.status().as_u16();
                let text = answer.text().await.unwrap_or_default();
                (Ok(status), text.chars().take(SHOWN_ANSWER).collect())
            }
            Err(error) => (Err(reason(error)), String::new()),
        };
        Forwarded {
            status,
            answer,
            took: begun.elapsed(),
        }
    }

    /// Return its line on a terminal.
    pub(crate) fn line(&self, forwarded: Option<&Forwarded>, shows_answer: bool) -> String {
        let time = self.value["timestamp"].as_str().unwrap_or_default();
        let room = self.value["data"]["room_id"].as_str().unwrap_or_default();
        let mut line = format!(
            "{}  {}  {}",
            style(visible(time)).dim(),
            style(format!("{:<32}", visible(self.kind()))).bold(),
            visible(self.id()),
        );
        if !room.is_empty() {
            let _ = write!(line, "  room {}", visible(room));
        }
        if let Some(forwarded) = forwarded {
            let milliseconds = forwarded.took.as_millis();
            let outcome = match &forwarded.status {
                Ok(200) => style("200".to_owned()).green(),
                Ok(status) if (200..300).contains(status) => style(format!(
                    "{status}, which the service repeats: it accepts only 200"
                ))
                .yellow(),
                Ok(status) => style(format!("{status}")).red(),
                Err(problem) => style(visible(problem)).red(),
            };
            let _ = write!(line, "  -> {outcome} ({milliseconds} ms)");
            let failed = !matches!(forwarded.status, Ok(200..300));
            if (shows_answer || failed) && !forwarded.answer.is_empty() {
                let _ = write!(line, "\n    {}", visible(&forwarded.answer));
            }
        }
        line
    }

    /// Return it as a line of JSON.
    pub(crate) fn json(&self, forwarded: Option<&Forwarded>) -> Value {
        let mut value = self.value.clone();
        if let (Some(forwarded), Some(fields)) = (forwarded, value.as_object_mut()) {
            let outcome = json!({
                "status": forwarded.status.as_ref().ok(),
                "error": forwarded.status.as_ref().err(),
                "duration_ms": milliseconds(forwarded.took),
                "answer": forwarded.answer,
            });
            fields.insert("forwarded".to_owned(), outcome);
        }
        value
    }
}

/// Return a duration in milliseconds, with at most three decimals.
fn milliseconds(duration: Duration) -> f64 {
    (duration.as_secs_f64() * 1_000_000.0).round() / 1000.0
}

/// Return whether a type of events matches a pattern: `peer.join.success`, `peer.*` or `*`.
pub(crate) fn matches(pattern: &str, kind: &str) -> bool {
    match pattern.strip_suffix('*') {
        Some(start) => kind.starts_with(start),
        None => pattern == kind,
    }
}

/// Return whether a pattern matches a type of the service.
pub(crate) fn is_known(pattern: &str) -> bool {
    // Some types have another name too.
    let pattern = EventType::from(pattern);
    EventType::KNOWN
        .iter()
        .any(|kind| matches(pattern.as_str(), kind))
}

/// Return the pattern that an unknown one was probably meant to be. Without a `*` at its end, it is a type.
pub(crate) fn meant(pattern: &str) -> Option<String> {
    let pattern = pattern.to_lowercase();
    let mut known: Vec<String> = EventType::KNOWN
        .iter()
        .map(|&kind| kind.to_owned())
        .collect();
    if pattern.ends_with('*') {
        let dots = known
            .iter()
            .flat_map(|kind| kind.match_indices('.').map(|(at, _)| &kind[..at]));
        known = dots.map(|start| format!("{start}.*")).collect();
    } else if let Some(found) = known.iter().filter(|kind| begins(kind, &pattern)).max() {
        // Of two that begin so, the success.
        return Some(found.clone());
    }
    let known: Vec<&str> = known.iter().map(String::as_str).collect();
    nearest(&pattern, &known).map(str::to_owned)
}

/// Return whether a type has these words at its beginning.
fn begins(kind: &str, words: &str) -> bool {
    kind.strip_prefix(words)
        .is_some_and(|rest| rest.starts_with('.'))
}

/// Return the headers of options: `x-secret: value`, or `@FILE` with one header per line. Warns if one is on the command line.
pub(crate) fn headers(texts: &[String]) -> Result<HeaderMap> {
    let mut headers = HeaderMap::new();
    let mut lines = Vec::new();
    for text in texts {
        if text.starts_with('@') {
            let text = contents("--header", text)?;
            let given = text.lines().filter(|line| !line.trim().is_empty());
            lines.extend(given.map(str::to_owned));
        } else {
            lines.push(text.clone());
        }
    }
    if texts.iter().any(|text| !text.starts_with('@')) {
        say("hundredms: warning: --header is visible in the process list; give @FILE");
    }
    for text in &lines {
        let (name, value) = header(text)?;
        let invalid = || {
            Failure::Usage(format!(
                "--header: {name:?} or its value is not valid in HTTP"
            ))
        };
        let name_read = name.parse::<HeaderName>().map_err(|_| invalid())?;
        let value = HeaderValue::from_str(&value).map_err(|_| invalid())?;
        headers.insert(name_read, value);
    }
    Ok(headers)
}

/// Split `name: value`. The error does not show the value, which may be a secret.
fn header(text: &str) -> Result<(String, String)> {
    let (name, value) = text
        .split_once(':')
        .ok_or_else(|| Failure::Usage("a header must be 'name: value'".to_owned()))?;
    Ok((name.trim().to_owned(), value.trim().to_owned()))
}

/// Check a URL to which events are posted. `localhost:3000/webhooks`, `3000/webhooks` and `3000` mean http on this machine.
pub(crate) fn receiver_url(option: &str, text: &str) -> Result<String> {
    let (port, path) = text.split_once('/').unwrap_or((text, ""));
    let full = if port.parse::<u16>().is_ok() {
        format!("http://127.0.0.1:{port}/{path}")
    } else if text.contains("://") {
        text.to_owned()
    } else {
        format!("http://{text}")
    };
    match reqwest::Url::parse(&full) {
        Ok(url) if url.has_host() && matches!(url.scheme(), "http" | "https") => Ok(full),
        _ => Err(Failure::Usage(format!(
            "{option}: must be a URL such as http://localhost:3000/webhooks, not {text:?}"
        ))),
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{matches, meant, milliseconds, receiver_url};

    #[test]
    fn a_misspelt_pattern_is_told_from_an_unknown_one() {
        for (pattern, expected) in [
            ("peer.jon.*", Some("peer.join.*")),
            ("per.*", Some("peer.*")),
            ("peer.join.sucess", Some("peer.join.success")),
            ("Peer_Join_Success", Some("peer.join.success")),
            ("peer.join", Some("peer.join.success")),
            ("something.new", None),
            ("something.*", None),
            ("", None),
        ] {
            assert_eq!(meant(pattern).as_deref(), expected, "{pattern}");
        }
    }

    #[test]
    fn milliseconds_have_at_most_three_decimals() {
        let shown = |nanoseconds| milliseconds(Duration::from_nanos(nanoseconds)).to_string();
        assert_eq!(shown(2_200_737), "2.201");
        assert_eq!(shown(1_500_000_000), "1500");
    }

    #[test]
    fn a_pattern_ends_in_a_star() {
        assert!(matches("peer.*", "peer.join.success"));
        assert!(matches("*", "x"));
        assert!(matches("peer.join.success", "peer.join.success"));
        assert!(!matches("peer.join", "peer.join.success"));
    }

    #[test]
    fn a_port_is_a_receiver_on_this_machine() {
        assert_eq!(
            receiver_url("--to", "3000").expect("a port"),
            "http://127.0.0.1:3000/"
        );
        assert_eq!(
            receiver_url("--to", "8301/webhooks/a").expect("a port and a path"),
            "http://127.0.0.1:8301/webhooks/a"
        );
        assert_eq!(
            receiver_url("--to", "localhost:3000/x").expect("a host"),
            "http://localhost:3000/x"
        );
        for wrong in ["", "ftp://x", "http://"] {
            assert!(receiver_url("--to", wrong).is_err(), "{wrong}");
        }
    }
}
