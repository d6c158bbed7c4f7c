//! The target of webhooks: URL, headers, and the key of the signature.

use std::{collections::BTreeMap, fmt, time::Duration};

use hyper::{
    Uri,
    header::{HeaderName, HeaderValue},
};
use serde_json::Value;

/// The default timeout of an attempt.
const DEFAULT_TIMEOUT: Duration = Duration::from_secs(10);

/// The webhook of the workspace or of a room. The values of the headers are secrets.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Webhook {
    pub(crate) url: String,
    pub(crate) headers: Vec<(String, String)>,
}

impl Webhook {
    /// Create a webhook. Fails with a message if URL or headers are invalid.
    pub(crate) fn new(url: String, headers: Vec<(String, String)>) -> Result<Self, String> {
        let webhook = Self { url, headers };
        webhook.check()?;
        Ok(webhook)
    }

    /// Check URL and headers. Fails with a message.
    pub(crate) fn check(&self) -> Result<(), String> {
        address(&self.url)?;
        for (name, value) in &self.headers {
            header(name, value)?;
        }
        Ok(())
    }

    /// Return the webhook of a room, `{url, headers?}`. It is checked when it is used.
    pub(crate) fn of_room(webhook: &Value) -> Option<Self> {
        let headers = webhook["headers"].as_object().into_iter().flatten();
        Some(Self {
            url: webhook["url"].as_str()?.to_owned(),
            headers: headers
                .filter_map(|(name, value)| Some((name.clone(), value.as_str()?.to_owned())))
                .collect(),
        })
    }

    /// Return the headers as the log shows them.
    pub(crate) fn redacted_headers(&self) -> BTreeMap<String, String> {
        let names = self.headers.iter().map(|(name, _)| name.clone());
        names.map(|name| (name, "[redacted]".to_owned())).collect()
    }
}

impl fmt::Debug for Webhook {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Webhook").finish_non_exhaustive()
    }
}

/// The webhook of the workspace, and the settings of all webhooks, including those of rooms.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct WorkspaceWebhook {
    pub(crate) webhook: Option<Webhook>,
    pub(crate) signing_key: Option<String>,
    /// The timeout of one attempt, in real time.
    pub(crate) timeout: Duration,
}

impl Default for WorkspaceWebhook {
    fn default() -> Self {
        Self {
            webhook: None,
            signing_key: None,
            timeout: DEFAULT_TIMEOUT,
        }
    }
}

impl fmt::Debug for WorkspaceWebhook {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WorkspaceWebhook")
            .field("webhook", &self.webhook)
            .field("is_signed", &self.signing_key.is_some())
            .finish_non_exhaustive()
    }
}

/// The parts of an `http` URL.
#[derive(Debug)]
pub(crate) struct Address {
    pub(crate) host: String,
    pub(crate) port: u16,
    /// As in the `Host` header.
    pub(crate) authority: String,
    pub(crate) path: String,
}

/// Split a URL into its parts. Fails with a message.
pub(crate) fn address(url: &str) -> Result<Address, String> {
    if url.starts_with("https:") {
        return Err(
            "the URL of a webhook must begin with http://; the sandbox does not support https"
                .into(),
        );
    }
    if !url.starts_with("http:") {
        return Err("the URL of a webhook must begin with http://".into());
    }
    let uri: Uri = url
        .parse()
        .map_err(|_| "the URL of the webhook is invalid".to_owned())?;
    let host = uri.host().unwrap_or_default();
    let host = host.trim_start_matches('[').trim_end_matches(']');
    if host.is_empty() {
        return Err("the URL of the webhook has no host".into());
    }
    let authority = uri.authority().map_or("", |authority| authority.as_str());
    let authority = authority.rsplit('@').next().unwrap_or(authority);
    Ok(Address {
        host: host.to_owned(),
        port: uri.port_u16().unwrap_or(80),
        authority: authority.to_owned(),
        path: uri
            .path_and_query()
            .map_or("/", |path| path.as_str())
            .to_owned(),
    })
}

/// Parse a header. The error contains its name, never its value.
pub(crate) fn header(name: &str, value: &str) -> Result<(HeaderName, HeaderValue), String> {
    let key =
        HeaderName::try_from(name).map_err(|_| format!("{name:?} is not a valid header name"))?;
    if ["host", "content-length", "transfer-encoding", "connection"].contains(&key.as_str()) {
        return Err(format!(
            "the header {name} cannot be set: the sandbox sets it"
        ));
    }
    let mut value = HeaderValue::try_from(value)
        .map_err(|_| format!("the value of the header {name} is invalid"))?;
    value.set_sensitive(true);
    Ok((key, value))
}
