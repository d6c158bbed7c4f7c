//! [`Control`]: a running sandbox, and its controls.

use hundredms::reqwest;
use serde_json::Value;

use crate::failure::{Failure, Result};

/// Where a sandbox listens unless it is told otherwise.
pub(crate) const USUAL: &str = "http://127.0.0.1:8100";

/// A running sandbox.
#[derive(Debug, Clone)]
pub(crate) struct Control {
    http: reqwest::Client,
    /// `http://127.0.0.1:8100`
    root: String,
}

/// Return a client for servers on this machine and receivers of webhooks.
pub(crate) fn http_client() -> Result<reqwest::Client> {
    let client = reqwest::Client::builder()
        .no_proxy()
        .redirect(reqwest::redirect::Policy::none())
        .timeout(std::time::Duration::from_secs(30));
    client
        .build()
        .map_err(|error| Failure::Other(format!("no HTTP client: {}", chain(&error))))
}

/// Return an error with its causes.
pub(crate) fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut next = error.source();
    while let Some(cause) = next {
        let words = cause.to_string();
        if !text.contains(&words) {
            text = format!("{text}: {words}");
        }
        next = cause.source();
    }
    text
}

/// Return why a request failed.
pub(crate) fn reason(error: reqwest::Error) -> String {
    if error.is_timeout() {
        return "no answer in time".to_owned();
    }
    let is_connect = error.is_connect();
    let error = error.without_url();
    let mut cause: &dyn std::error::Error = &error;
    while let Some(next) = cause.source().filter(|_| is_connect) {
        cause = next;
    }
    if is_connect {
        format!("no connection: {cause}")
    } else {
        chain(&error)
    }
}

/// Return scheme, host and port of a URL on this machine. `None` for another machine.
pub(crate) fn local_root(url: &str) -> Option<String> {
    let url = reqwest::Url::parse(url).ok()?;
    let host = url.host_str()?;
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    let is_local = bare == "localhost"
        || bare
            .parse::<std::net::IpAddr>()
            .is_ok_and(|ip| ip.is_loopback());
    is_local.then(|| url.origin().ascii_serialization())
}

impl Control {
    /// Find the sandbox: at `given`, else at the base URL if that is on this machine. `None` if neither is one.
    pub(crate) async fn find(given: Option<&str>, base_url: &str) -> Result<Option<Self>> {
        let http = http_client()?;
        let root = match given {
            Some(url) => {
                let parsed = reqwest::Url::parse(url).map_err(|_| {
                    Failure::Usage(format!(
                        "--sandbox: must be a URL such as {USUAL}, not {url:?}"
                    ))
                })?;
                parsed.origin().ascii_serialization()
            }
            None => match local_root(base_url) {
                Some(root) => root,
                None => return Ok(None),
            },
        };
        let health = http.get(format!("{root}/_sandbox/health")).send().await;
        let problem = match health {
            Ok(answer) if answer.status().is_success() => return Ok(Some(Self { http, root })),
            Ok(answer) => format!("it answers {}", answer.status()),
            Err(error) => reason(error),
        };
        Err(Failure::Other(format!(
            "there is no sandbox at {root}: {problem}. Start one with `hundredms sandbox`"
        )))
    }

    /// Return where it listens.
    pub(crate) fn root(&self) -> &str {
        &self.root
    }

    /// Run a control.
    pub(crate) async fn run(&self, name: &str, arguments: &Value) -> Result<Value> {
        let request = self.http.post(format!("{}/_sandbox/{name}", self.root));
        let request = request.header("content-type", "application/json");
        let failed =
            |problem: String| Failure::Other(format!("the sandbox at {}: {problem}", self.root));
        let answer = request.body(arguments.to_string()).send().await;
        let answer = answer.map_err(|error| failed(reason(error)))?;
        let status = answer.status();
        let body = answer
            .bytes()
            .await
            .map_err(|error| failed(reason(error)))?;
        let value: Value = serde_json::from_slice(&body).unwrap_or_default();
        if !status.is_success() {
            let message = value["message"].as_str().or(value["error"].as_str());
            let message = message.map_or_else(
                || String::from_utf8_lossy(&body).into_owned(),
                str::to_owned,
            );
            return Err(failed(format!("{name}: {message}")));
        }
        Ok(value)
    }
}
