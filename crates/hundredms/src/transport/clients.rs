//! The HTTP clients of servers and storages: what they are created with, and how.

use std::sync::Arc;
use std::time::Duration;

use http::HeaderValue;

use super::proxy::Proxy;
#[cfg(feature = "rustls-no-provider")]
use super::tls;
use super::trust::Trust;
use crate::error::{Error, Result};
use crate::host::http::Client;

/// How connections are opened.
#[derive(Debug, Clone)]
pub(crate) struct Connection {
    pub(crate) connect_timeout: Duration,
    pub(crate) proxy: Proxy,
    pub(crate) trust: Arc<Trust>,
    /// Maximum number of connections to each server.
    pub(crate) max_connections: Option<usize>,
    pub(crate) user_agent: Option<String>,
    /// Whether connections without TLS are read on threads of this crate. Bindings call on such threads anyway.
    pub(crate) plain_threads: bool,
    /// The user's own client, which replaces all of the above except the user agent.
    pub(crate) client: Option<Client>,
}

/// Return the user agent of every request.
pub(super) fn user_agent(suffix: Option<&str>) -> Result<HeaderValue> {
    let mut agent = format!("hundredms/{}", env!("CARGO_PKG_VERSION"));
    if let Some(suffix) = suffix {
        agent.push(' ');
        agent.push_str(suffix);
    }
    HeaderValue::from_str(&agent).map_err(|_| {
        Error::configuration("the user agent contains characters that a header cannot contain")
    })
}

pub(super) use built::{HTTP1, REPORTS, pooled_client, storage_client};

#[cfg(not(target_arch = "wasm32"))]
mod built {
    use std::time::Duration;

    use http::HeaderValue;
    use reqwest::ClientBuilder;

    use super::{Connection, Tls, user_agent};
    use crate::error::{Error, Result};
    use crate::host::http::Client;
    use crate::transport::proxy::Route;

    /// Whether requests name their host, as HTTP/1 wants it.
    pub(crate) const HTTP1: bool = cfg!(not(feature = "http2"));

    /// Whether the clients report which connection they use.
    pub(crate) const REPORTS: bool = true;

    /// How long a connection may be idle before it is closed. Load balancers commonly drop connections after 60 seconds.
    const IDLE_TIMEOUT: Duration = Duration::from_secs(50);

    /// The maximum number of redirects between a presigned link and its file.
    const MAX_REDIRECTS: usize = 5;

    /// What all clients of this crate have in common.
    fn client_builder(connection: &Connection, user_agent: &HeaderValue) -> ClientBuilder {
        let builder = Client::builder()
            // For requests to a proxy, and for those to storages. Other requests have it already.
            .user_agent(user_agent.clone())
            .retry(reqwest::retry::never())
            .referer(false)
            .connect_timeout(connection.connect_timeout)
            .tcp_keepalive(Duration::from_secs(60))
            .pool_idle_timeout(IDLE_TIMEOUT);
        #[cfg(test)]
        let builder = builder.dns_resolver(crate::transport::resolver::TestResolver);
        builder
    }

    fn built(builder: ClientBuilder) -> Result<Client> {
        builder.build().map_err(|cause| {
            Error::configuration("the HTTP client cannot be set up").caused_by(cause.without_url())
        })
    }

    /// Set the proxy.
    fn with_proxy(builder: ClientBuilder, route: &Route) -> Result<ClientBuilder> {
        Ok(match route {
            Route::Direct => builder.no_proxy(),
            Route::Through(proxy) => {
                builder.proxy(reqwest::Proxy::all(proxy.url.clone()).map_err(|cause| {
                    Error::configuration("the proxy cannot be used").caused_by(cause.without_url())
                })?)
            }
            Route::System => builder,
        })
    }

    /// Create a client for the requests of calls, which keeps so many idle connections.
    pub(crate) fn pooled_client(
        connection: &Connection,
        tls: &Tls,
        route: &Route,
        kept: usize,
    ) -> Result<Client> {
        let user_agent = user_agent(connection.user_agent.as_deref())?;
        let builder = client_builder(connection, &user_agent)
            .redirect(reqwest::redirect::Policy::none())
            .pool_max_idle_per_host(kept);
        #[cfg(not(feature = "http2"))]
        let builder = builder.http1_only();
        built(with_proxy(tls.set(builder), route)?)
    }

    /// Create a client for the files of a storage: with the settings of `connection`, but it follows redirects, as storages redirect to regions.
    /// Not to unencrypted URLs, though.
    pub(crate) fn storage_client(
        connection: &Connection,
        tls: &Tls,
        route: &Route,
    ) -> Result<Client> {
        let user_agent = user_agent(connection.user_agent.as_deref())?;
        let builder = client_builder(connection, &user_agent)
            .redirect(reqwest::redirect::Policy::custom(|attempt| {
                let first = attempt.previous().first();
                let weaker = first.is_some_and(|first| first.scheme() == "https")
                    && attempt.url().scheme() != "https";
                if weaker || attempt.previous().len() > MAX_REDIRECTS {
                    attempt.stop()
                } else {
                    attempt.follow()
                }
            }))
            // One connection for each file is faster than a shared one.
            .http1_only();
        built(with_proxy(tls.set(builder), route)?)
    }
}

/// The platform opens connections and follows redirects itself.
#[cfg(target_arch = "wasm32")]
mod built {
    use super::{Connection, Tls, user_agent};
    use crate::error::Result;
    use crate::host::http::Client;
    use crate::transport::proxy::Route;

    /// The platform names the host.
    pub(crate) const HTTP1: bool = false;

    /// Whether the clients report which connection they use.
    pub(crate) const REPORTS: bool = false;

    /// Create a client for the requests of calls.
    pub(crate) fn pooled_client(
        connection: &Connection,
        _: &Tls,
        _: &Route,
        _: usize,
    ) -> Result<Client> {
        Ok(Client::new(
            user_agent(connection.user_agent.as_deref())?,
            false,
        ))
    }

    /// Create a client for the files of a storage.
    pub(crate) fn storage_client(connection: &Connection, _: &Tls, _: &Route) -> Result<Client> {
        Ok(Client::new(
            user_agent(connection.user_agent.as_deref())?,
            true,
        ))
    }
}

/// The TLS configuration. It is created once, because that reads all root certificates of the system.
#[derive(Clone)]
pub(super) struct Tls {
    #[cfg(feature = "rustls-no-provider")]
    config: rustls::ClientConfig,
    #[cfg(all(feature = "native-tls", not(feature = "rustls-no-provider")))]
    extra_roots: Vec<reqwest::Certificate>,
}

#[cfg(feature = "rustls-no-provider")]
impl Tls {
    /// Without `secure`, no certificates are read, and none is trusted.
    pub(super) fn new(connection: &Connection, secure: bool) -> Result<Self> {
        let config = if secure {
            tls::config(&connection.trust)?
        } else {
            tls::without_roots()?
        };
        Ok(Self { config })
    }

    fn set(&self, builder: reqwest::ClientBuilder) -> reqwest::ClientBuilder {
        builder.tls_backend_preconfigured(self.config.clone())
    }
}

#[cfg(all(feature = "native-tls", not(feature = "rustls-no-provider")))]
impl Tls {
    pub(super) fn new(connection: &Connection, _: bool) -> Result<Self> {
        let trust = &connection.trust;
        let mut extra_roots = Vec::new();
        if let Some(ca_file) = &trust.ca_file {
            extra_roots = ca_file.certificates(reqwest::Certificate::from_pem_bundle)?;
        }
        // The system's library reads SSL_CERT_FILE and SSL_CERT_DIR itself, if it supports them.
        let files = trust.named.iter().filter(|(_, path)| path.is_file());
        let texts = files.filter_map(|(_, path)| std::fs::read(path).ok());
        let more = texts.filter_map(|text| reqwest::Certificate::from_pem_bundle(&text).ok());
        extra_roots.extend(more.flatten());
        Ok(Self { extra_roots })
    }

    fn set(&self, builder: reqwest::ClientBuilder) -> reqwest::ClientBuilder {
        builder
            .tls_backend_native()
            .tls_certs_merge(self.extra_roots.clone())
    }
}

#[cfg(not(any(feature = "native-tls", feature = "rustls-no-provider")))]
impl Tls {
    #[expect(
        clippy::unnecessary_wraps,
        reason = "one signature for each kind of TLS"
    )]
    pub(super) fn new(_: &Connection, _: bool) -> Result<Self> {
        Ok(Self {})
    }

    #[cfg(not(target_arch = "wasm32"))]
    #[expect(clippy::unused_self, reason = "one signature for each kind of TLS")]
    fn set(&self, builder: reqwest::ClientBuilder) -> reqwest::ClientBuilder {
        builder
    }
}
