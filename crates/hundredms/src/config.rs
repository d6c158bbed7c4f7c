//! [`ClientBuilder`]: what a client can be told, and what it takes from the environment.

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

/// Sets up a [`Client`]. What is not said is taken from the environment, then from the defaults.
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

    /// Send this management token. It is not renewed: when it ends, calls fail with `authentication`.
    pub fn token(mut self, token: impl Into<Secret>) -> Self {
        self.credentials = Credentials::Token(token.into());
        self
    }

    /// Ask `provider` for a management token: at the first call, five minutes before the token ends, and after a 401.
    ///
    /// It is asked once at a time, and its answer goes to all calls that wait for it, each within its own timeout. A token whose
    /// end cannot be read is asked for at each call that begins after that. A provider that calls the client that waits for it
    /// fails with `configuration`.
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

    /// Set where the API is; `https://api.100ms.live/v2` unless set here or in `HMS_BASE_URL`.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = Some(url.into());
        self
    }

    /// Set where room codes are exchanged for tokens; `https://auth.100ms.live/v2` unless set here or in `HMS_AUTH_URL`.
    pub fn auth_url(mut self, url: impl Into<String>) -> Self {
        self.auth_url = Some(url.into());
        self
    }

    /// Set the time for a whole call, over waiting, connecting and all tries; 30 seconds unless set.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// Set the time for making a connection; 5 seconds unless set.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = Some(timeout);
        self
    }

    /// Set how often a failed try is repeated; 2 unless set.
    ///
    /// Repeated are failed connections, 408, 429 and 5xx, where the operation may be repeated. Going over a new connection because a
    /// kept one had been dropped meanwhile does not count.
    pub fn max_retries(mut self, max_retries: u32) -> Self {
        self.max_retries = max_retries;
        self
    }

    /// Set how many connections there are to each server at a time. Defaults to 100. Further calls wait for one, in the phase `queue`.
    ///
    /// Base URLs with the same scheme, host and port are one server. As many connections are kept, and closed when they were idle for
    /// 50 to 100 seconds.
    ///
    /// With [`http_client`](Self::http_client), and with HTTP/2, it is the number of requests. Unlimited with `http_client` unless set.
    pub fn max_connections(mut self, max_connections: usize) -> Self {
        self.max_connections = Some(max_connections);
        self
    }

    /// Set the size of the largest answer that is read, in bytes. Defaults to 8 MiB. A larger one fails with `connection`.
    pub fn max_response_bytes(mut self, max_response_bytes: usize) -> Self {
        self.max_response_bytes = max_response_bytes;
        self
    }

    /// Send everything through this proxy, whatever the environment says.
    ///
    /// Without it, the variables `HTTP_PROXY`, `HTTPS_PROXY`, `ALL_PROXY` and `NO_PROXY` decide, in capitals or not; a base URL on this
    /// machine then goes past any proxy. Proxies speak HTTP, with or without TLS, or with the feature `socks` SOCKS 4 or 5.
    pub fn proxy(mut self, url: impl Into<Secret>) -> Self {
        self.proxy = Proxy::Url(url.into());
        self
    }

    /// Use no proxy, whatever the environment says.
    pub fn no_proxy(mut self) -> Self {
        self.proxy = Proxy::None;
        self
    }

    /// Trust the certificates of this PEM file beside those of the system.
    ///
    /// Trusted too are those that `SSL_CERT_FILE` and `SSL_CERT_DIR` name. Where the system has no roots of trust, those of Mozilla
    /// stand in.
    pub fn ca_file(mut self, path: impl Into<PathBuf>) -> Self {
        self.ca_file = Some(path.into());
        self
    }

    /// Add a word of your own to the user agent.
    pub fn user_agent(mut self, product: impl Into<String>) -> Self {
        self.user_agent = Some(product.into());
        self
    }

    /// Send requests through this client: for client certificates, middleware, a pool that is shared, or HTTP/2.
    ///
    /// Build it with `redirect::Policy::none()`: an answer that it found behind a redirect is refused. Proxy, roots of trust and
    /// the time for making a connection are the client's own. It does not say when a connection is made: while nothing is
    /// sent, the phase of an error is `connect`; and a kept connection that was dropped counts as a retry.
    pub fn http_client(mut self, client: reqwest::Client) -> Self {
        self.http_client = Some(client);
        self
    }

    /// Record every exchange into the file at `path`, or answer from it: for tests that need neither the service nor a sandbox.
    ///
    /// The file is JSON to read, and begun anew by each client that records. Secrets are not in it: no token, and `[redacted]` for
    /// each secret field of arguments and answers and for each text in fields that this version does not know. Played are the
    /// answers to the same operation with the same arguments, secrets aside, in the order in which they were recorded; pauses
    /// before another try are skipped, and no credentials are needed. A call without an answer in the file fails with
    /// `configuration`.
    pub fn cassette(mut self, path: impl Into<PathBuf>, mode: CassetteMode) -> Self {
        self.cassette = Some((path.into(), mode));
        self
    }

    /// See every try before it is sent, also the repeated ones.
    ///
    /// Hooks run within the call, so they should be quick. They cannot change or break it: a panic in one is caught and
    /// dropped. They never see a header, a body or the value of an argument. Several can be set.
    pub fn on_request(self, hook: impl Fn(&RequestView<'_>) + Send + Sync + 'static) -> Self {
        self.observer(move |seen| {
            if let Observation::Request(view) = seen {
                hook(view);
            }
        })
    }

    /// See how every try ended: answered with any status, or not at all. As for [`on_request`](Self::on_request).
    ///
    /// A call that is dropped before its end has a request and no response.
    pub fn on_response(self, hook: impl Fn(&ResponseView<'_>) + Send + Sync + 'static) -> Self {
        self.observer(move |seen| {
            if let Observation::Response(view) = seen {
                hook(view);
            }
        })
    }

    /// See every pause before another try. As for [`on_request`](Self::on_request).
    pub fn on_retry(self, hook: impl Fn(&RetryView<'_>) + Send + Sync + 'static) -> Self {
        self.observer(move |seen| {
            if let Observation::Retry(view) = seen {
                hook(view);
            }
        })
    }

    /// See everything that hooks see, in one place. As for [`on_request`](Self::on_request).
    pub fn observer(mut self, observer: impl Fn(&Observation<'_>) + Send + Sync + 'static) -> Self {
        self.observers.add(observer);
        self
    }

    /// Set what a JSON object says: how the bindings hand over what their users said.
    ///
    /// Fields: `access_key` and `secret`, or `token`; `base_url`, `auth_url`, `timeout` and `connect_timeout` in seconds,
    /// `max_retries`, `max_connections`, `max_response_bytes`, `proxy` (an address, or false for none), `ca_file`, `user_agent`, `cassette` (`path`, and `mode`: `record` or
    /// `replay`), `variables` (names and values, to be taken for those of the environment).
    /// Null is the same as left out.
    ///
    /// # Errors
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

    /// Take from the environment now what is not set, as [`build`](Self::build) would: whatever happens to the variables, each
    /// client made of this builder is the same.
    ///
    /// # Errors
    /// `configuration` when there are no credentials, or a URL is no URL.
    pub fn resolved(mut self) -> Result<Self> {
        let variables = std::mem::take(&mut self.variables);
        self.base_url =
            Some(base("base_url", self.base_url, &variables, "HMS_BASE_URL", API)?.to_string());
        self.auth_url =
            Some(base("auth_url", self.auth_url, &variables, "HMS_AUTH_URL", AUTH)?.to_string());
        // What is played needs no credentials.
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

    /// Return the base URLs of the API and of the exchange of room codes, once [`resolved`](Self::resolved). For the bindings.
    #[doc(hidden)]
    pub fn base_urls(&self) -> [Option<&str>; 2] {
        [self.base_url.as_deref(), self.auth_url.as_deref()]
    }

    /// Set the language that the client is used from, for the binding of that language.
    #[doc(hidden)]
    pub fn language(mut self, language: Language) -> Self {
        self.language = language;
        self
    }

    /// Make the client. Nothing is sent yet.
    ///
    /// Credentials not given here come from `HMS_ACCESS_KEY` and `HMS_SECRET`, else from `APP_ACCESS_KEY` and `APP_SECRET`.
    ///
    /// # Errors
    /// `configuration` when there are no credentials, a URL is no URL, or the CA file cannot be read.
    pub fn build(self) -> Result<Client> {
        let variables = self.variables;
        let api = base("base_url", self.base_url, &variables, "HMS_BASE_URL", API)?;
        let auth = base("auth_url", self.auth_url, &variables, "HMS_AUTH_URL", AUTH)?;
        let credentials = match self.cassette {
            // What is played needs none.
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
            Some(path) => std::fs::read(path).map_err(|cause| {
                Error::configuration(format!("the CA file {} cannot be read", path.display()))
                    .caused_by(cause)
            })?,
            None => Vec::new(),
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
    /// Those of a client that plays a cassette: tokens are minted with them, and good for nothing.
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

/// Read a base URL: http or https, with nothing behind the path.
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
