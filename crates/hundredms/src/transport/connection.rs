//! The HTTP client below the transport: pool, proxies, roots of trust.

use std::time::Duration;

use reqwest::redirect::Policy;

use super::phase::ConnectPhase;
use crate::error::{Error, Result};

/// How connections are made.
#[derive(Debug, Clone)]
pub(crate) struct Connection {
    pub(crate) connect_timeout: Duration,
    pub(crate) proxy: Proxy,
    /// Certificates to trust beside the system's, in PEM.
    pub(crate) extra_roots: Vec<u8>,
    pub(crate) user_agent: Option<String>,
}

/// Where requests go through.
#[derive(Debug, Clone, Default)]
pub(crate) enum Proxy {
    /// What `HTTP_PROXY`, `HTTPS_PROXY`, `ALL_PROXY` and `NO_PROXY` say.
    #[default]
    Environment,
    /// No proxy at all.
    None,
    /// This one, for everything.
    Url(crate::wire::Secret),
}

/// Make the HTTP client for requests to `bases`.
pub(crate) fn connect(
    connection: &Connection,
    bases: [&reqwest::Url; 2],
) -> Result<reqwest::Client> {
    let mut builder = reqwest::Client::builder()
        .connect_timeout(connection.connect_timeout)
        .redirect(Policy::none())
        .retry(reqwest::retry::never())
        .tcp_nodelay(true)
        .tcp_keepalive(Duration::from_secs(60))
        .pool_idle_timeout(Duration::from_secs(60))
        .user_agent(super::user_agent(connection.user_agent.as_deref())?)
        .connector_layer(ConnectPhase);
    builder = match &connection.proxy {
        // A service on this machine is never behind a proxy.
        Proxy::Environment if bases.iter().all(|base| is_loopback(base)) => builder.no_proxy(),
        Proxy::Environment => builder,
        Proxy::None => builder.no_proxy(),
        Proxy::Url(url) => builder.proxy(reqwest::Proxy::all(url.expose()).map_err(|_| {
            Error::configuration("the proxy is no URL such as http://proxy.example:3128")
        })?),
    };
    #[cfg(feature = "tls")]
    if bases.iter().any(|base| base.scheme() == "https") {
        builder = builder.tls_backend_preconfigured(super::tls::config(&connection.extra_roots)?);
    } else {
        builder = builder.tls_backend_preconfigured(super::tls::unused()?);
    }
    builder
        .build()
        .map_err(|cause| Error::configuration("the HTTP client cannot be made").caused_by(cause))
}

fn is_loopback(base: &reqwest::Url) -> bool {
    let Some(host) = base.host_str() else {
        return false;
    };
    let host = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost"
        || host
            .parse::<std::net::IpAddr>()
            .is_ok_and(|address| address.is_loopback())
}
