//! The options of a client as JSON, for the bindings.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

use crate::builder::{ClientBuilder, Credentials};
use crate::error::{Error, Result};
use crate::transport::cassette::CassetteMode;
use crate::transport::proxy::Proxy;
use crate::transport::rate_limit::RateLimitOption;
use crate::variables::Variables;
use crate::wire::deserialize::deserialize;
use crate::wire::mode::Mode;
use crate::wire::secret::Secret;

/// An option of a client, for the documentation.
#[cfg(feature = "schema")]
#[derive(Debug)]
#[non_exhaustive]
pub struct OptionInfo {
    /// `connect_timeout`
    pub name: &'static str,
    /// What it does.
    pub docs: &'static str,
    /// The environment variables that it defaults to, in order.
    pub variables: &'static [&'static str],
    /// The default, if there are no variables or none of them is set.
    pub default: &'static str,
    /// How it is set in Rust.
    pub rust: &'static [&'static str],
    /// It is a time in seconds, in TypeScript in milliseconds.
    pub seconds: bool,
    /// Only Rust has it.
    pub only_rust: bool,
}

/// Defines the options that are data, and the documentation of all of them.
macro_rules! options {
    (
        data { $($(#[doc = $docs:literal])+ $name:ident: $type:ty, $variables:expr, $default:literal, $rust:expr;)+ }
        more { $($(#[doc = $more_docs:literal])+ $more:ident, $more_variables:expr, $more_default:literal, $more_rust:expr, only_rust: $only_rust:literal;)+ }
    ) => {
        /// The options of [`ClientBuilder::options`].
        #[derive(serde::Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Options {
            $($name: Option<$type>,)+
            variables: Option<BTreeMap<String, String>>,
        }

        /// Every option of a client.
        #[cfg(feature = "schema")]
        pub static OPTIONS: &[OptionInfo] = &[
            $(OptionInfo {
                name: stringify!($name),
                docs: concat!($($docs),+),
                variables: &$variables,
                default: $default,
                rust: &$rust,
                seconds: matches!(stringify!($type).as_bytes(), b"f64"),
                only_rust: false,
            },)+
            $(OptionInfo {
                name: stringify!($more),
                docs: concat!($($more_docs),+),
                variables: &$more_variables,
                default: $more_default,
                rust: &$more_rust,
                seconds: false,
                only_rust: $only_rust,
            },)+
        ];
    };
}

options! {
    data {
        /// The access key of the workspace. It is the first positional argument in Python.
        access_key: String, ["HMS_ACCESS_KEY", "APP_ACCESS_KEY"], "required, unless there is a token",
            [".keys(access_key, secret)"];
        /// The secret of the access key.
        secret: Secret, ["HMS_SECRET", "APP_SECRET"], "required, unless there is a token",
            [".keys(access_key, secret)"];
        /// A management token instead of access key and secret, or a function that returns one. A token is not renewed. A function is
        /// called at the first call, five minutes before the token expires, and after a 401, once at a time.
        token: Secret, [], "signed with the access key and the secret",
            [".token(token)", ".token_provider(function)"];
        /// The base URL of the API.
        base_url: String, ["HMS_BASE_URL"], "`https://api.100ms.live/v2`",
            [".base_url(url)"];
        /// The base URL at which room codes are exchanged for tokens. If the base URL of the API is on this machine, it defaults to
        /// `/v2` of the same server.
        auth_url: String, ["HMS_AUTH_URL"], "`https://auth.100ms.live/v2`",
            [".auth_url(url)"];
        /// The timeout of a whole call: waiting, connecting and all attempts. Some operations have a longer default. A call that had to
        /// wait is only sent if a second of it is left, or a quarter if that is less.
        timeout: f64, [], "30 seconds",
            [".timeout(duration)"];
        /// The timeout for opening a connection.
        connect_timeout: f64, [], "5 seconds",
            [".connect_timeout(duration)"];
        /// How often a failed attempt is retried, if the operation may be repeated. A request that fails because the server has closed
        /// an idle connection is not counted.
        max_retries: u32, [], "2",
            [".max_retries(n)"];
        /// The maximum number of connections to each server. Further calls wait in the phase `queue`.
        max_connections: usize, [], "100",
            [".max_connections(n)"];
        /// The maximum size of a response in bytes. A larger response fails with `connection`.
        max_response_bytes: usize, [], "8 MiB",
            [".max_response_bytes(n)"];
        /// A proxy for all requests, or false for none. HTTP proxies are supported, and SOCKS proxies, in Rust with the feature `socks`.
        /// Requests to a base URL on this machine do not use the proxies of the environment.
        proxy: ProxyOption, ["HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY", "NO_PROXY"], "none",
            [".proxy(url)", ".no_proxy()"];
        /// A PEM file with certificates to trust in addition to the system's. The variables have the same effect, in Python also
        /// `REQUESTS_CA_BUNDLE` and `CURL_CA_BUNDLE`, and in Node also `NODE_EXTRA_CA_CERTS`.
        ca_file: PathBuf, ["SSL_CERT_FILE", "SSL_CERT_DIR"], "the system's certificates, else Mozilla's",
            [".ca_file(path)"];
        /// A product that is added to the user agent.
        user_agent: String, [], "none",
            [".user_agent(product)"];
        /// For tests: a file in which every exchange is recorded, or from which it is replayed. An object with `path`, and `mode`, which
        /// must be `record` or `replay`. The file contains no secrets.
        cassette: CassetteOption, [], "none",
            [".cassette(path, mode)"];
        /// How many requests per second are sent to each group of resources: a number, numbers by group (`*` is for all others), or
        /// `adaptive`, which finds out what the service accepts. Calls wait for their turn, within their timeout. A call whose turn comes
        /// too late is not sent, and fails with `timeout` in the phase `queue`: raise the timeout, or make fewer calls at once.
        rate_limit: RateLimitOption, [], "none",
            [".rate_limit(limit)"];
        /// The URL of a Redis through which processes share the rate limit, such as `redis://127.0.0.1:6379`.
        rate_limit_redis: Secret, [], "none: each client has its own",
            [".rate_limit_redis(url)"];
        /// The maximum number of requests in flight, to all servers. Further calls wait, within their timeout.
        max_in_flight: usize, [], "none",
            [".max_in_flight(n)"];
    }
    more {
        /// A function that is called before every attempt is sent. Hooks see no header, body or argument, and cannot change a call.
        on_request, [], "none", [".on_request(hook)"], only_rust: false;
        /// A function that is called when an attempt has ended, with or without a response.
        on_response, [], "none", [".on_response(hook)"], only_rust: false;
        /// A function that is called before the pause before a retry.
        on_retry, [], "none", [".on_retry(hook)"], only_rust: false;
        /// A client of `reqwest` that sends the requests: for client certificates, middleware, a shared pool or HTTP/2. Its own settings
        /// apply for proxy, certificates and connect timeout.
        http_client, [], "one that the builder creates", [".http_client(client)"], only_rust: true;
    }
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct CassetteOption {
    path: PathBuf,
    mode: CassetteMode,
}

#[derive(serde::Deserialize)]
#[serde(untagged, expecting = "expected an address, or false for no proxy")]
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

impl ClientBuilder {
    /// Set options from a JSON object, as the bindings do.
    ///
    /// Fields: `access_key` and `secret`, or `token`; `base_url`, `auth_url`, `timeout` and `connect_timeout` in seconds,
    /// `max_retries`, `max_connections`, `max_in_flight`, `max_response_bytes`, `rate_limit` (a number, `adaptive`, or numbers by
    /// group and `*`), `rate_limit_redis`, `proxy` (an address, or false for none), `ca_file`, `user_agent`,
    /// `cassette` (`path`, and `mode`: `record` or `replay`), `variables` (names and values that replace those of the environment).
    /// Null means absent.
    ///
    /// # Errors
    ///
    /// `configuration` for an unknown field or a value of the wrong type.
    pub fn options(mut self, json: &[u8]) -> Result<Self> {
        let read = deserialize::<Options>(Mode::Strict, json)
            .map_err(|error| Error::configuration(error.to_string()))?;
        let options = read.value;
        if let Some(variables) = options.variables {
            self.variables = Variables::Given(variables);
        }
        let variables = &self.variables;
        self.credentials = match (options.access_key, options.secret, options.token) {
            (None, None, None) => self.credentials,
            (Some(access_key), Some(secret), None) => Some(Credentials::Keys(access_key, secret)),
            (None, None, Some(token)) => Some(Credentials::Token(token)),
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
                Some(Credentials::Keys(access_key, Secret::new(secret)))
            }
            (None, Some(secret), None) => {
                let access_key = variables
                    .first(&["HMS_ACCESS_KEY", "APP_ACCESS_KEY"])
                    .ok_or_else(|| Error::configuration("the secret needs its access key"))?;
                Some(Credentials::Keys(access_key, secret))
            }
        };
        self.base_url = options.base_url.or(self.base_url);
        self.auth_url = options.auth_url.or(self.auth_url);
        self.timeout = seconds("timeout", options.timeout)?.or(self.timeout);
        self.connect_timeout =
            seconds("connect_timeout", options.connect_timeout)?.or(self.connect_timeout);
        self.max_retries = options.max_retries.unwrap_or(self.max_retries);
        self.max_connections = options.max_connections.or(self.max_connections);
        if let Some(limit) = options.rate_limit {
            self.rate_limit = limit.into();
        }
        self.rate_limit_redis = options.rate_limit_redis.or(self.rate_limit_redis);
        self.max_in_flight = options.max_in_flight.or(self.max_in_flight);
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
}
