//! [`ClientBuilder`]: the options of a client, and their defaults from the environment.

pub(crate) mod options;

use std::fmt;
use std::future::Future;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use http::Uri;

use crate::auth::authenticator::{Authenticator, TokenSource};
use crate::auth::bearer::authorization;
use crate::auth::callback::TokenProvider;
use crate::auth::jwt::Signer;
use crate::base_url::base_url;
use crate::client::Client;
use crate::error::{Error, Result};
use crate::host::http::Client as HttpClient;
use crate::observe::{Observation, Observers, RequestView, ResponseView, RetryView};
use crate::transport::backoff::Backoff;
use crate::transport::cassette::{Cassette, CassetteMode};
use crate::transport::clients::Connection;
use crate::transport::clock::Clock;
use crate::transport::connection::{auth_url_on_this_machine, connect, is_unaltered};
use crate::transport::limits::ConnectionLimit;
use crate::transport::proxy::Proxy;
use crate::transport::rate_limit::RateLimit;
use crate::transport::rate_limiter::RateLimiter;
use crate::transport::redis::RedisAddress;
use crate::transport::send::{Policy, Transport};
use crate::transport::shared_rate::SharedRate;
use crate::transport::storage::StorageClients;
use crate::transport::trust::{CaFile, Trust};
use crate::variables::{Language, Variables};
use crate::wire::secret::Secret;

const API: &str = "https://api.100ms.live/v2";
const AUTH: &str = "https://auth.100ms.live/v2";

impl Client {
    /// Create a client with the credentials of the environment. See [`ClientBuilder::build`] for the variables.
    ///
    /// # Errors
    ///
    /// `configuration` if there are no credentials, or a URL is invalid.
    pub fn from_env() -> Result<Self> {
        Self::builder().build()
    }

    /// Create a client with this access key and secret, and other settings from the environment.
    ///
    /// # Errors
    ///
    /// `configuration` if one of them is empty.
    pub fn with_keys(access_key: impl Into<String>, secret: impl Into<String>) -> Result<Self> {
        Self::builder().keys(access_key, secret).build()
    }

    /// Configure a client.
    pub fn builder() -> ClientBuilder {
        ClientBuilder::default()
    }
}

/// Configures a [`Client`]. Options that are not set come from the environment, then from the defaults.
#[derive(Clone)]
#[must_use = "no client is made until `build` is called"]
pub struct ClientBuilder {
    /// `None` for those of the environment.
    credentials: Option<Credentials>,
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
    http_client: Option<HttpClient>,
    clock: Clock,
    backoff: Backoff,
    observers: Observers,
    cassette: Option<(PathBuf, CassetteMode)>,
    rate_limit: RateLimit,
    rate_limit_redis: Option<Secret>,
    max_in_flight: Option<usize>,
    variables: Variables,
    language: Language,
}

#[derive(Clone)]
enum Credentials {
    Keys(String, Secret),
    Token(Secret),
    Provider(TokenProvider),
}

impl Default for ClientBuilder {
    fn default() -> Self {
        Self {
            credentials: None,
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
            rate_limit: RateLimit::default(),
            rate_limit_redis: None,
            max_in_flight: None,
            variables: Variables::default(),
            language: Language::default(),
        }
    }
}

impl ClientBuilder {
    /// Sign with this access key and secret of a workspace.
    pub fn keys(mut self, access_key: impl Into<String>, secret: impl Into<String>) -> Self {
        self.credentials = Some(Credentials::Keys(access_key.into(), Secret::new(secret)));
        self
    }

    /// Send this management token. It is not renewed: when it expires, calls fail with `authentication`.
    pub fn token(mut self, token: impl Into<Secret>) -> Self {
        self.credentials = Some(Credentials::Token(token.into()));
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
        self.credentials = Some(Credentials::Provider(Arc::new(move || {
            let token = provider();
            Box::pin(async move { token.await.map_err(Into::into) })
        })));
        self
    }

    /// Set the base URL of the API. Defaults to `HMS_BASE_URL`, then to `https://api.100ms.live/v2`.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = Some(url.into());
        self
    }

    /// Set the base URL at which room codes are exchanged for tokens. Defaults to `HMS_AUTH_URL`, then to
    /// `/v2` of the server of the base URL if that is on this machine, else to `https://auth.100ms.live/v2`.
    pub fn auth_url(mut self, url: impl Into<String>) -> Self {
        self.auth_url = Some(url.into());
        self
    }

    /// Set the timeout of a whole call, including waiting, connecting and all attempts. Defaults to 30 seconds. A call that had to wait
    /// is only sent if a second of it is left, or a quarter if that is less.
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
    /// Failed connections, 408, 429 and 5xx are retried if the operation may be repeated. A request that fails because the server
    /// has closed an idle connection is not counted: if the operation may be repeated, it is sent once more, even with 0.
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

    /// Set how many requests per second are sent to each group of resources: a number, or [`RateLimit::adaptive`]. Defaults to no
    /// limit.
    ///
    /// Each attempt counts, retries too. Calls wait in the order in which they began, in the phase `queue`, within their timeout.
    /// A call whose turn comes too late for it is not sent, and fails with [`ErrorKind::Timeout`](crate::ErrorKind::Timeout).
    /// At most this many requests reach the service within any second. A 429 pauses all calls of its group. They continue at the
    /// rate that the service accepted, which grows back to the limit by itself.
    pub fn rate_limit(mut self, limit: impl Into<RateLimit>) -> Self {
        self.rate_limit = limit.into();
        self
    }

    /// Share the rate limit with other processes through the Redis at `redis://user:password@host:port/database`, or `rediss://` with
    /// TLS. Clients in any language with the same access key share it. A client with a token shares it with all such clients.
    ///
    /// All processes together send 3 % less than the limit, because requests of several machines arrive unevenly. While Redis cannot
    /// be reached, each process sends its share, and warns once in the log.
    pub fn rate_limit_redis(mut self, url: impl Into<Secret>) -> Self {
        self.rate_limit_redis = Some(url.into());
        self
    }

    /// Set the maximum number of requests in flight, over all servers. Further calls wait in the phase `queue`, first come, first
    /// served. Defaults to no limit besides [`max_connections`](Self::max_connections).
    pub fn max_in_flight(mut self, max_in_flight: usize) -> Self {
        self.max_in_flight = Some(max_in_flight);
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
    #[cfg(not(target_arch = "wasm32"))]
    pub fn http_client(mut self, client: HttpClient) -> Self {
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
        let Resolved {
            api,
            auth,
            credentials,
        } = self.resolve()?;
        self.base_url = Some(api.to_string());
        self.auth_url = Some(auth.to_string());
        self.credentials = Some(credentials);
        self.variables = self.variables.kept();
        Ok(self)
    }

    /// Take missing options from the environment.
    fn resolve(&mut self) -> Result<Resolved> {
        let variables = &self.variables;
        let api = base_url(
            "base_url",
            self.base_url.take(),
            variables,
            "HMS_BASE_URL",
            API,
        )?;
        let auth = base_url(
            "auth_url",
            self.auth_url.take(),
            variables,
            "HMS_AUTH_URL",
            auth_url_on_this_machine(&api).as_deref().unwrap_or(AUTH),
        )?;
        let replays = matches!(self.cassette, Some((_, CassetteMode::Replay)));
        let credentials = match self.credentials.take() {
            Some(credentials) => credentials,
            None => match variables.keys() {
                Ok((access_key, secret)) => Credentials::Keys(access_key, secret),
                Err(_) if replays => Credentials::for_replay(),
                Err(error) => return Err(error),
            },
        };
        Ok(Resolved {
            api,
            auth,
            credentials,
        })
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
    pub fn build(mut self) -> Result<Client> {
        #[cfg(target_arch = "wasm32")]
        self.check_platform()?;
        let Resolved {
            api,
            auth,
            credentials,
        } = self.resolve()?;
        let variables = self.variables;
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
        let ca_file = self.ca_file.as_deref().map(CaFile::read).transpose()?;
        if self.max_connections == Some(0) {
            return Err(Error::configuration("max_connections: must be 1 or more"));
        }
        if self.max_in_flight == Some(0) {
            return Err(Error::configuration("max_in_flight: must be 1 or more"));
        }
        let open = |(path, mode): (PathBuf, _)| Cassette::open(&path, mode);
        let cassette = self.cassette.map(open).transpose()?;
        let rate_limit = self.rate_limit.checked()?;
        let trust = Arc::new(Trust {
            language: self.language,
            ca_file,
            named: self.language.trusted(&variables),
        });
        let shared = match &self.rate_limit_redis {
            Some(_) if !rate_limit.is_some() => {
                return Err(Error::configuration(
                    "rate_limit_redis: needs a rate_limit, which the processes share",
                ));
            }
            Some(url) => {
                let scope = match &credentials {
                    Credentials::Keys(access_key, _) => access_key.clone(),
                    _ => "token".to_owned(),
                };
                Some(SharedRate::new(redis_at(url, &trust)?, scope))
            }
            None => None,
        };
        let rate_limiter = rate_limit
            .is_some()
            .then(|| Box::new(RateLimiter::new(rate_limit, shared)));
        let connection = Connection {
            max_connections: self.max_connections,
            connect_timeout: self.connect_timeout.unwrap_or(Duration::from_secs(5)),
            proxy: self.proxy,
            trust,
            user_agent: self.user_agent,
            plain_threads: self.language == Language::Rust,
            client: self.http_client,
        };
        Ok(Client::new(Transport {
            http: connect(&connection, &variables, &api, &auth)?,
            storage: StorageClients::new(connection, variables.kept()),
            authenticator: Authenticator::new(credentials.source()?, is_unaltered(&api)),
            policy: Policy {
                timeout: self.timeout,
                max_retries: self.max_retries,
                max_response_bytes: self.max_response_bytes,
                backoff: self.backoff,
            },
            clock: self.clock,
            observers: self.observers,
            cassette,
            rate_limiter,
            in_flight: ConnectionLimit::new(self.max_in_flight),
        }))
    }
}

#[cfg(target_arch = "wasm32")]
impl ClientBuilder {
    /// Refuse the options that an embedding platform has no means for.
    fn check_platform(&self) -> Result<()> {
        let connects = "this runtime opens the connections itself, so it cannot be set here";
        let no_files =
            "this runtime has no files; use a cassette in tests that run on Node, Deno or Bun";
        let no_sockets = "this runtime has no connections to Redis; set rate_limit alone, which each instance keeps by itself";
        let set = [
            (
                "connect_timeout",
                self.connect_timeout.is_some(),
                "this runtime opens the connections itself; set timeout instead, which covers the whole call",
            ),
            ("proxy", matches!(self.proxy, Proxy::Url(_)), connects),
            ("ca_file", self.ca_file.is_some(), connects),
            ("cassette", self.cassette.is_some(), no_files),
            (
                "rate_limit_redis",
                self.rate_limit_redis.is_some(),
                no_sockets,
            ),
        ];
        match set.into_iter().find(|(_, set, _)| *set) {
            Some((name, _, reason)) => Err(Error::configuration(format!("{name}: {reason}"))),
            None => Ok(()),
        }
    }
}

/// Read the address of Redis.
fn redis_at(url: &Secret, trust: &Trust) -> Result<RedisAddress> {
    let (address, secure) = RedisAddress::read(url.expose()).ok_or_else(|| {
        Error::configuration(
            "rate_limit_redis: must be an address, for example redis://localhost:6379",
        )
    })?;
    if !secure {
        return Ok(address);
    }
    with_tls(address, trust)
}

#[cfg(feature = "rustls-no-provider")]
fn with_tls(address: RedisAddress, trust: &Trust) -> Result<RedisAddress> {
    Ok(address.with_tls(crate::transport::tls::config(trust)?))
}

#[cfg(not(feature = "rustls-no-provider"))]
fn with_tls(_: RedisAddress, _: &Trust) -> Result<RedisAddress> {
    Err(Error::configuration(
        "rate_limit_redis: rediss:// needs the feature `rustls`",
    ))
}

/// Return the URL at which room codes are exchanged, if only the base URL of the API is given. For the command.
#[doc(hidden)]
pub fn default_auth_url(base_url: &str) -> String {
    let api = base_url.trim().parse().ok();
    api.and_then(|api| auth_url_on_this_machine(&api))
        .unwrap_or_else(|| AUTH.to_owned())
}

/// What [`ClientBuilder::resolve`] takes from the environment.
struct Resolved {
    api: Uri,
    auth: Uri,
    credentials: Credentials,
}

impl Credentials {
    /// Credentials of a client that replays a cassette. Tokens created with them are not valid for the service.
    fn for_replay() -> Self {
        Self::Keys("replay".into(), Secret::new("replay"))
    }

    fn source(self) -> Result<TokenSource> {
        Ok(match self {
            Self::Keys(access_key, secret) => {
                TokenSource::Keys(Signer::new(&access_key, secret.expose())?)
            }
            Self::Token(token) => TokenSource::Token(authorization(token.expose())?),
            Self::Provider(provider) => TokenSource::Provider(provider),
        })
    }
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
