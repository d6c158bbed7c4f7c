//! [`ClientBuilder`]: the options of a client, and their defaults from the environment.

use std::collections::BTreeMap;
use std::fmt;
use std::future::Future;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use http::Uri;

use crate::cassette::{Cassette, CassetteMode};
use crate::client::Client;
use crate::error::{Error, Result};
use crate::observe::{Observation, Observers, RequestView, ResponseView, RetryView};
use crate::tokens::{Authenticator, Signer, Source, TokenProvider, authorization};
use crate::transport::{
    Backoff, Clock, Connection, Policy, Proxy, Transport, Trust, connect, has_host, is_unaltered,
};
use crate::variables::{Language, Variables};
use crate::wire::{Mode, Secret, reading};

const API: &str = "https://api.100ms.live/v2";
const AUTH: &str = "https://auth.100ms.live/v2";

/// Configures a [`Client`]. Options that are not set come from the environment, then from the defaults.
#[derive(Clone)]
#[must_use = "no client is made until `build` is called"]
pub struct ClientBuilder {
    credentials: Credentials,
    base_url: Option<String>,
    auth_url: Option<String>,
    timeout: Option<Duration>,
    connect_timeout: Option<Duration>,
    max_retries: u32,
    max_connections: Option<usize>,
    max_response_bytes: usize,
    proxy: Proxy,
    ca_file: Option<PathBuf>,
    user_agent: Option<String>,
    http_client: Option<reqwest::Client>,
    clock: Clock,
    backoff: Backoff,
    observers: Observers,
    cassette: Option<(PathBuf, CassetteMode)>,
    variables: Variables,
    language: Language,
}

/// The options of [`ClientBuilder::options`].
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Options {
    access_key: Option<String>,
    secret: Option<Secret>,
    token: Option<Secret>,
    base_url: Option<String>,
    auth_url: Option<String>,
    timeout: Option<f64>,
    connect_timeout: Option<f64>,
    max_retries: Option<u32>,
    max_connections: Option<usize>,
    max_response_bytes: Option<usize>,
    proxy: Option<ProxyOption>,
    ca_file: Option<PathBuf>,
    user_agent: Option<String>,
    cassette: Option<CassetteOption>,
    variables: Option<BTreeMap<String, String>>,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct CassetteOption {
    path: PathBuf,
    mode: CassetteMode,
}

#[derive(serde::Deserialize)]
#[serde(untagged, expecting = "expected an address, or false for none")]
enum ProxyOption {
    Switch(bool),
    Url(Secret),
}

/// Read a time in seconds.
fn seconds(name: &str, value: Option<f64>) -> Result<Option<Duration>> {
    value
        .map(|value| match Duration::try_from_secs_f64(value) {
            Ok(time) if !time.is_zero() => Ok(time),
            _ => Err(Error::configuration(format!(
                "{name}: must be more than 0 seconds, and less than 2^64"
            ))),
        })
        .transpose()
}

#[derive(Clone)]
enum Credentials {
    Environment,
    Keys(String, Secret),
    Token(Secret),
    Provider(TokenProvider),
}

impl Default for ClientBuilder {
    fn default() -> Self {
        Self {
            credentials: Credentials::Environment,
            base_url: None,
            auth_url: None,
            timeout: None,
            connect_timeout: None,
            max_retries: 2,
            max_connections: None,
            max_response_bytes: 8 * 1024 * 1024,
            proxy: Proxy::default(),
            ca_file: None,
            user_agent: None,
            http_client: None,
            clock: Clock::default(),
            backoff: Backoff::default(),
            observers: Observers::default(),
            cassette: None,
            variables: Variables::default(),
            language: Language::default(),
        }
    }
}

impl ClientBuilder {
    /// Sign with this access key and secret of a workspace.
    pub fn keys(mut self, access_key: impl Into<String>, secret: impl Into<String>) -> Self {
        self.credentials = Credentials::Keys(access_key.into(), Secret::new(secret));
        self
    }

    /// Send this management token. It is not renewed: when it expires, calls fail with `authentication`.
    pub fn token(mut self, token: impl Into<Secret>) -> Self {
        self.credentials = Credentials::Token(token.into());
        self
    }

    /// Get management tokens from `provider`: at the first call, five minutes before the token expires, and after a 401.
    ///
    /// The provider runs once at a time. All waiting calls share its result, each within its own timeout. A token without a
    /// readable expiry is requested again by each call that starts later. A provider that makes a call with the client that waits
    /// for it fails with `configuration`.
    pub fn token_provider<P, F, E>(mut self, provider: P) -> Self
    where
        P: Fn() -> F + Send + Sync + 'static,
        F: Future<Output = Result<String, E>> + Send + 'static,
        E: Into<Box<dyn std::error::Error + Send + Sync>>,
    {
        self.credentials = Credentials::Provider(Arc::new(move || {
            let asked = provider();
            Box::pin(async move { asked.await.map_err(Into::into) })
        }));
        self
    }

    /// Set the base URL of the API. Defaults to `HMS_BASE_URL`, then to `https://api.100ms.live/v2`.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = Some(url.into());
        self
    }

    /// Set the base URL at which room codes are exchanged for tokens. Defaults to `HMS_AUTH_URL`, then to
    /// `https://auth.100ms.live/v2`.
    pub fn auth_url(mut self, url: impl Into<String>) -> Self {
        self.auth_url = Some(url.into());
        self
    }

    /// Set the timeout of a whole call, including waiting, connecting and all attempts. Defaults to 30 seconds.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// Set the timeout for opening a connection. Defaults to 5 seconds.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = Some(timeout);
        self
    }

    /// Set how often a failed attempt is retried. Defaults to 2.
    ///
    /// Failed connections, 408, 429 and 5xx are retried if the operation may be repeated. Excludes retries of stale pooled
    /// connections.
    pub fn max_retries(mut self, max_retries: u32) -> Self {
        self.max_retries = max_retries;
        self
    }

    /// Set the maximum number of connections to each server. Defaults to 100. Further calls wait in the phase `queue`.
    ///
    /// Base URLs with the same scheme, host and port are one server. At most this many idle connections are kept. They are closed
    /// after 50 to 100 seconds without a request.
    ///
    /// With [`http_client`](Self::http_client), and with HTTP/2, this is the maximum number of concurrent requests. With
    /// `http_client` it defaults to unlimited.
    pub fn max_connections(mut self, max_connections: usize) -> Self {
        self.max_connections = Some(max_connections);
        self
    }

    /// Set the maximum size of a response in bytes. Defaults to 8 MiB. A larger response fails with `connection`.
    pub fn max_response_bytes(mut self, max_response_bytes: usize) -> Self {
        self.max_response_bytes = max_response_bytes;
        self
    }

    /// Send all requests through this proxy. Overrides the environment.
    ///
    /// Without it, the variables `HTTP_PROXY`, `HTTPS_PROXY`, `ALL_PROXY` and `NO_PROXY` apply, in upper or lower case, and
    /// requests to a base URL on this machine use no proxy. HTTP proxies are supported, with or without TLS, and SOCKS 4 and 5 with
    /// the feature `socks`.
    pub fn proxy(mut self, url: impl Into<Secret>) -> Self {
        self.proxy = Proxy::Url(url.into());
        self
    }

    /// Use no proxy. Overrides the environment.
    pub fn no_proxy(mut self) -> Self {
        self.proxy = Proxy::None;
        self
    }

    /// Trust the certificates of this PEM file in addition to the system's.
    ///
    /// The certificates that `SSL_CERT_FILE` and `SSL_CERT_DIR` name are trusted too. If the system has no root certificates,
    /// Mozilla's are used.
    pub fn ca_file(mut self, path: impl Into<PathBuf>) -> Self {
        self.ca_file = Some(path.into());
        self
    }

    /// Add a product to the user agent.
    pub fn user_agent(mut self, product: impl Into<String>) -> Self {
        self.user_agent = Some(product.into());
        self
    }

    /// Send requests through this client: for client certificates, middleware, a shared pool, or HTTP/2.
    ///
    /// Build it with `redirect::Policy::none()`: responses that it reached through a redirect are refused. The client's own
    /// settings apply for proxy, root certificates and connect timeout. It does not report when a connection is opened. Therefore
    /// the phase of an error is `connect` until something is sent, and a stale pooled connection counts as a retry.
    pub fn http_client(mut self, client: reqwest::Client) -> Self {
        self.http_client = Some(client);
        self
    }

    /// Record every exchange in the file at `path`, or replay it from there: for tests that need neither the service nor a sandbox.
    ///
    /// The file is readable JSON. Each client that records overwrites it. It contains no secrets: no token, and `[redacted]` for
    /// each secret field of arguments and responses and for each string in fields that this version does not know. Replay returns
    /// the responses to the same operation with the same arguments, secrets aside, in recorded order. It skips the pauses before
    /// retries and needs no credentials. A call without a recorded response fails with `configuration`.
    pub fn cassette(mut self, path: impl Into<PathBuf>, mode: CassetteMode) -> Self {
        self.cassette = Some((path.into(), mode));
        self
    }

    /// Observe every attempt before it is sent, including retries.
    ///
    /// Hooks run within the call, so they should be fast. They cannot change or break it: a panic in a hook is caught and ignored.
    /// They never see a header, a body or the value of an argument. You can set several.
    pub fn on_request(self, hook: impl Fn(&RequestView<'_>) + Send + Sync + 'static) -> Self {
        self.observer(move |seen| {
            if let Observation::Request(view) = seen {
                hook(view);
            }
        })
    }

    /// Observe how every attempt ended: with a response of any status, or without one. See [`on_request`](Self::on_request).
    ///
    /// A call that is dropped before its end has a request and no response.
    pub fn on_response(self, hook: impl Fn(&ResponseView<'_>) + Send + Sync + 'static) -> Self {
        self.observer(move |seen| {
            if let Observation::Response(view) = seen {
                hook(view);
            }
        })
    }

    /// Observe every pause before a retry. See [`on_request`](Self::on_request).
    pub fn on_retry(self, hook: impl Fn(&RetryView<'_>) + Send + Sync + 'static) -> Self {
        self.observer(move |seen| {
            if let Observation::Retry(view) = seen {
                hook(view);
            }
        })
    }

    /// Observe everything that hooks see, with one function. See [`on_request`](Self::on_request).
    pub fn observer(mut self, observer: impl Fn(&Observation<'_>) + Send + Sync + 'static) -> Self {
        self.observers.add(observer);
        self
    }

    /// Set options from a JSON object, as the bindings do.
    ///
    /// Fields: `access_key` and `secret`, or `token`; `base_url`, `auth_url`, `timeout` and `connect_timeout` in seconds,
    /// `max_retries`, `max_connections`, `max_response_bytes`, `proxy` (an address, or false for none), `ca_file`, `user_agent`,
    /// `cassette` (`path`, and `mode`: `record` or `replay`), `variables` (names and values that replace those of the environment).
    /// Null means absent.
    ///
    /// # Errors
    ///
    /// `configuration` for an unknown field or a value of the wrong type.
    pub fn options(mut self, json: &[u8]) -> Result<Self> {
        let read = reading::<Options>(Mode::Strict, json)
            .map_err(|misfit| Error::configuration(misfit.to_string()))?;
        let options = read.value;
        if let Some(variables) = options.variables {
            self.variables = Variables::Given(variables);
        }
        let variables = &self.variables;
        self.credentials = match (options.access_key, options.secret, options.token) {
            (None, None, None) => self.credentials,
            (Some(access_key), Some(secret), None) => Credentials::Keys(access_key, secret),
            (None, None, Some(token)) => Credentials::Token(token),
            (_, _, Some(_)) => {
                return Err(Error::configuration(
                    "give either a token or an access key and a secret",
                ));
            }
            // The other half from the environment.
            (Some(access_key), None, None) => {
                let secret = variables
                    .first(&["HMS_SECRET", "APP_SECRET"])
                    .ok_or_else(|| Error::configuration("the access key needs its secret"))?;
                Credentials::Keys(access_key, Secret::new(secret))
            }
            (None, Some(secret), None) => {
                let access_key = variables
                    .first(&["HMS_ACCESS_KEY", "APP_ACCESS_KEY"])
                    .ok_or_else(|| Error::configuration("the secret needs its access key"))?;
                Credentials::Keys(access_key, secret)
            }
        };
        self.base_url = options.base_url.or(self.base_url);
        self.auth_url = options.auth_url.or(self.auth_url);
        self.timeout = seconds("timeout", options.timeout)?.or(self.timeout);
        self.connect_timeout =
            seconds("connect_timeout", options.connect_timeout)?.or(self.connect_timeout);
        self.max_retries = options.max_retries.unwrap_or(self.max_retries);
        self.max_connections = options.max_connections.or(self.max_connections);
        self.max_response_bytes = options
            .max_response_bytes
            .unwrap_or(self.max_response_bytes);
        self.proxy = match options.proxy {
            None => self.proxy,
            Some(ProxyOption::Switch(true)) => Proxy::Environment,
            Some(ProxyOption::Switch(false)) => Proxy::None,
            Some(ProxyOption::Url(url)) => Proxy::Url(url),
        };
        self.ca_file = options.ca_file.or(self.ca_file);
        self.user_agent = options.user_agent.or(self.user_agent);
        if let Some(CassetteOption { path, mode }) = options.cassette {
            self.cassette = Some((path, mode));
        }
        Ok(self)
    }

    #[cfg(test)]
    pub(crate) fn clock(mut self, clock: Clock, backoff: Backoff) -> Self {
        self.clock = clock;
        self.backoff = backoff;
        self
    }

    /// Take missing options from the environment now, as [`build`](Self::build) does. Later changes of the environment do not
    /// affect clients of this builder.
    ///
    /// # Errors
    ///
    /// `configuration` if there are no credentials, or a URL is invalid.
    pub fn resolved(mut self) -> Result<Self> {
        let variables = std::mem::take(&mut self.variables);
        self.base_url =
            Some(base("base_url", self.base_url, &variables, "HMS_BASE_URL", API)?.to_string());
        self.auth_url =
            Some(base("auth_url", self.auth_url, &variables, "HMS_AUTH_URL", AUTH)?.to_string());
        // Replay needs no credentials.
        let plays = matches!(self.cassette, Some((_, CassetteMode::Replay)));
        if plays && !self.credentials.given(&variables) {
            self.credentials = Credentials::for_replay();
        } else if let Credentials::Environment = self.credentials {
            let (access_key, secret) = variables.keys()?;
            self.credentials = Credentials::Keys(access_key, secret);
        }
        self.variables = variables.kept();
        Ok(self)
    }

    /// Return the base URLs of the API and of the room code exchange, after [`resolved`](Self::resolved). For the bindings.
    #[doc(hidden)]
    pub fn base_urls(&self) -> [Option<&str>; 2] {
        [self.base_url.as_deref(), self.auth_url.as_deref()]
    }

    /// Set the language in which the client is used. For the bindings.
    #[doc(hidden)]
    pub fn language(mut self, language: Language) -> Self {
        self.language = language;
        self
    }

    /// Build the client. Sends nothing.
    ///
    /// Credentials that are not set come from `HMS_ACCESS_KEY` and `HMS_SECRET`, else from `APP_ACCESS_KEY` and `APP_SECRET`.
    ///
    /// # Errors
    ///
    /// `configuration` if there are no credentials, a URL is invalid, or the CA file cannot be read.
    pub fn build(self) -> Result<Client> {
        let variables = self.variables;
        let api = base("base_url", self.base_url, &variables, "HMS_BASE_URL", API)?;
        let auth = base("auth_url", self.auth_url, &variables, "HMS_AUTH_URL", AUTH)?;
        let credentials = match self.cassette {
            // Replay needs none.
            Some((_, CassetteMode::Replay)) if !self.credentials.given(&variables) => {
                Credentials::for_replay()
            }
            _ => self.credentials,
        };
        let open = |(path, mode): (PathBuf, _)| Cassette::open(&path, mode);
        let cassette = self.cassette.map(open).transpose()?;
        if self.http_client.is_some() {
            let set = [
                ("connect_timeout", self.connect_timeout.is_some()),
                ("proxy", !matches!(self.proxy, Proxy::Environment)),
                ("ca_file", self.ca_file.is_some()),
            ];
            if let Some((name, _)) = set.into_iter().find(|(_, set)| *set) {
                return Err(Error::configuration(format!(
                    "{name}: must be set on the client that is given as http_client"
                )));
            }
        }
        let ca_file = match &self.ca_file {
            Some(path) => Some(std::fs::read(path).map_err(|cause| {
                Error::configuration(format!("the CA file {} cannot be read", path.display()))
                    .caused_by(cause)
            })?),
            None => None,
        };
        if self.max_connections == Some(0) {
            return Err(Error::configuration("max_connections: must be 1 or more"));
        }
        let connection = Connection {
            max_connections: self.max_connections,
            connect_timeout: self.connect_timeout.unwrap_or(Duration::from_secs(5)),
            proxy: self.proxy,
            trust: Arc::new(Trust {
                language: self.language,
                ca_file,
                named: self.language.trusted(&variables),
            }),
            user_agent: self.user_agent,
            client: self.http_client,
        };
        Ok(Client::new(Transport {
            http: connect(&connection, &variables, &api, &auth)?,
            authenticator: Authenticator::new(credentials.source(&variables)?, is_unaltered(&api)),
            policy: Policy {
                timeout: self.timeout,
                max_retries: self.max_retries,
                max_response_bytes: self.max_response_bytes,
                backoff: self.backoff,
            },
            clock: self.clock,
            observers: self.observers,
            cassette,
        }))
    }
}

impl Credentials {
    /// Credentials of a client that replays a cassette. Tokens created with them are not valid for the service.
    fn for_replay() -> Self {
        Self::Keys("replay".into(), Secret::new("replay"))
    }

    fn given(&self, variables: &Variables) -> bool {
        !matches!(self, Self::Environment) || variables.keys().is_ok()
    }

    fn source(self, variables: &Variables) -> Result<Source> {
        Ok(match self {
            Self::Keys(access_key, secret) => {
                Source::Keys(Signer::new(&access_key, secret.expose())?)
            }
            Self::Token(token) => Source::Token(authorization(token.expose())?),
            Self::Provider(provider) => Source::Provider(provider),
            Self::Environment => {
                let (access_key, secret) = variables.keys()?;
                Source::Keys(Signer::new(&access_key, secret.expose())?)
            }
        })
    }
}

/// Parse a base URL: http or https, without query or fragment.
fn base(
    name: &str,
    given: Option<String>,
    variables: &Variables,
    variable: &str,
    default: &str,
) -> Result<Uri> {
    let text = given
        .or_else(|| variables.get(variable))
        .unwrap_or_else(|| default.to_owned());
    let text = text.trim();
    let refuse = |reason: &str| Err(Error::configuration(format!("{name}: {reason}")));
    let Some((scheme, _)) = text.split_once("://") else {
        return refuse("is no URL such as https://api.100ms.live/v2");
    };
    let secure = scheme.eq_ignore_ascii_case("https");
    if !secure && !scheme.eq_ignore_ascii_case("http") {
        return refuse("must begin with https:// or http://");
    }
    if cfg!(not(any(
        feature = "rustls-no-provider",
        feature = "native-tls"
    ))) && secure
    {
        return refuse("https needs the feature `rustls` or `native-tls` of this crate");
    }
    let Ok(url) = text.parse::<Uri>() else {
        return refuse("is no URL such as https://api.100ms.live/v2");
    };
    if !has_host(&url) {
        return refuse("is no URL such as https://api.100ms.live/v2");
    }
    if url
        .authority()
        .is_some_and(|authority| authority.as_str().contains('@'))
    {
        return refuse("must hold no user name or password");
    }
    if text.contains(['?', '#']) {
        return refuse("must end with the path");
    }
    Ok(url)
}

impl fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder")
            .field("base_url", &self.base_url)
            .field("timeout", &self.timeout)
            .field("max_retries", &self.max_retries)
            .finish_non_exhaustive()
    }
}
