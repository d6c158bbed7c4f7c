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
    rate_limit: Option<RateLimitOption>,
    rate_limit_redis: Option<Secret>,
    max_in_flight: Option<usize>,
    variables: Option<BTreeMap<String, String>>,
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
