//! The HTTP clients below the transport: pool, proxies, roots of trust.

use std::time::Duration;

use http::Uri;
use reqwest::{ClientBuilder, Url};

use super::origin::Origin;
use super::phase::WatchConnector;
use crate::error::{Error, Result};
use crate::operation::Server;

/// How connections are made.
#[derive(Debug, Clone)]
pub(crate) struct Connection {
    pub(crate) connect_timeout: Duration,
    pub(crate) proxy: Proxy,
    /// Certificates to trust beside the system's, in PEM.
    pub(crate) extra_roots: Vec<u8>,
    pub(crate) user_agent: Option<String>,
    /// The user's own client, which brings all of the above but the user agent.
    pub(crate) client: Option<reqwest::Client>,
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

/// Sends requests to the servers of the service, over connections that are kept.
#[derive(Debug)]
pub(crate) struct Http {
    api: Endpoint,
    auth: Endpoint,
}

/// One server, and the clients that send to it.
#[derive(Debug)]
pub(crate) struct Endpoint {
    pub(crate) origin: Origin,
    pub(super) client: reqwest::Client,
    /// Makes a connection for each request.
    pub(super) fresh: reqwest::Client,
    /// Whether the clients are ours, so that they say when a connection is made and follow no redirect.
    pub(super) ours: bool,
}

impl Http {
    pub(crate) fn endpoint(&self, server: Server) -> &Endpoint {
        match server {
            Server::Api => &self.api,
            Server::Auth => &self.auth,
        }
    }
}

/// Make the HTTP clients for requests to the servers at `api` and `auth`.
pub(crate) fn connect(connection: &Connection, api: &Uri, auth: &Uri) -> Result<Http> {
    let (api, auth) = (url(api)?, url(auth)?);
    if let Some(client) = &connection.client {
        return Ok(Http {
            api: theirs(connection, client, &api)?,
            auth: theirs(connection, client, &auth)?,
        });
    }
    let tls = Tls::new(connection, [&api, &auth])?;
    Ok(Http {
        api: ours(connection, &tls, &api)?,
        auth: ours(connection, &tls, &auth)?,
    })
}

fn url(base: &Uri) -> Result<Url> {
    base.to_string()
        .parse()
        .map_err(|cause| Error::configuration("the base URL has no host").caused_by(cause))
}

fn theirs(connection: &Connection, client: &reqwest::Client, base: &Url) -> Result<Endpoint> {
    let user_agent = super::user_agent(connection.user_agent.as_deref())?;
    Ok(Endpoint {
        origin: Origin::new(base, user_agent, false)?,
        client: client.clone(),
        fresh: client.clone(),
        ours: false,
    })
}

fn ours(connection: &Connection, tls: &Tls, base: &Url) -> Result<Endpoint> {
    let user_agent = super::user_agent(connection.user_agent.as_deref())?;
    let build = |kept: usize| {
        let builder = reqwest::Client::builder()
            // What a proxy reads; requests bring it along.
            .user_agent(user_agent.clone())
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            .referer(false)
            .connect_timeout(connection.connect_timeout)
            .tcp_keepalive(Duration::from_secs(60))
            // Balancers commonly drop what was idle for 60 seconds.
            .pool_idle_timeout(Duration::from_secs(50))
            .pool_max_idle_per_host(kept)
            .connector_layer(WatchConnector);
        #[cfg(not(feature = "http2"))]
        let builder = builder.http1_only();
        #[cfg(test)]
        let builder = builder.dns_resolver(super::names::Names);
        let client = through(tls.set(builder)?, &connection.proxy, base)?.build();
        client.map_err(|cause| {
            Error::configuration("the HTTP client cannot be set up").caused_by(cause.without_url())
        })
    };
    Ok(Endpoint {
        origin: Origin::new(base, user_agent.clone(), cfg!(not(feature = "http2")))?,
        client: build(usize::MAX)?,
        fresh: build(0)?,
        ours: true,
    })
}

/// Set the proxy for requests to `base`.
fn through(builder: ClientBuilder, proxy: &Proxy, base: &Url) -> Result<ClientBuilder> {
    Ok(match proxy {
        // A service on this machine is never behind a proxy.
        Proxy::Environment if is_loopback(base) => builder.no_proxy(),
        Proxy::Environment => builder,
        Proxy::None => builder.no_proxy(),
        Proxy::Url(url) => builder.proxy(everything_through(url.expose())?),
    })
}

fn everything_through(proxy: &str) -> Result<reqwest::Proxy> {
    let refused = || Error::configuration("the proxy is no URL such as http://proxy.example:3128");
    let text = match proxy.split_once("://") {
        Some(_) => proxy.to_owned(),
        None => format!("http://{proxy}"),
    };
    let url: Url = text.parse().map_err(|_| refused())?;
    if !matches!(url.scheme(), "http" | "https") || !url.has_host() {
        return Err(refused());
    }
    reqwest::Proxy::all(url).map_err(|_| refused())
}

/// The setup of TLS, which is made once: it reads all roots of the system.
struct Tls {
    #[cfg(feature = "rustls-no-provider")]
    config: rustls::ClientConfig,
    #[cfg(all(feature = "native-tls", not(feature = "rustls-no-provider")))]
    extra_roots: Vec<reqwest::Certificate>,
}

#[cfg(feature = "rustls-no-provider")]
impl Tls {
    fn new(connection: &Connection, bases: [&Url; 2]) -> Result<Self> {
        // Without anyone to speak TLS with, no root is read.
        let proxied = !matches!(connection.proxy, Proxy::None);
        let needed = bases
            .iter()
            .any(|base| base.scheme() == "https" || (proxied && !is_loopback(base)))
            || matches!(connection.proxy, Proxy::Url(_));
        let config = if needed {
            super::tls::config(&connection.extra_roots)?
        } else {
            super::tls::without_roots()?
        };
        Ok(Self { config })
    }

    #[expect(
        clippy::unnecessary_wraps,
        reason = "one signature for each kind of TLS"
    )]
    fn set(&self, builder: ClientBuilder) -> Result<ClientBuilder> {
        Ok(builder.tls_backend_preconfigured(self.config.clone()))
    }
}

#[cfg(all(feature = "native-tls", not(feature = "rustls-no-provider")))]
impl Tls {
    fn new(connection: &Connection, _: [&Url; 2]) -> Result<Self> {
        let extra_roots = reqwest::Certificate::from_pem_bundle(&connection.extra_roots)
            .map_err(|cause| Error::configuration("the CA file is not PEM").caused_by(cause))?;
        if extra_roots.is_empty() && !connection.extra_roots.is_empty() {
            return Err(Error::configuration("the CA file holds no certificate"));
        }
        Ok(Self { extra_roots })
    }

    #[expect(
        clippy::unnecessary_wraps,
        reason = "one signature for each kind of TLS"
    )]
    fn set(&self, builder: ClientBuilder) -> Result<ClientBuilder> {
        Ok(builder
            .tls_backend_native()
            .tls_certs_merge(self.extra_roots.clone()))
    }
}

#[cfg(not(any(feature = "native-tls", feature = "rustls-no-provider")))]
impl Tls {
    #[expect(
        clippy::unnecessary_wraps,
        reason = "one signature for each kind of TLS"
    )]
    fn new(_: &Connection, _: [&Url; 2]) -> Result<Self> {
        Ok(Self {})
    }

    #[expect(
        clippy::unnecessary_wraps,
        clippy::unused_self,
        reason = "one signature for each kind of TLS"
    )]
    fn set(&self, builder: ClientBuilder) -> Result<ClientBuilder> {
        Ok(builder)
    }
}

/// Return whether a URL names a host, and a port that there is if it names one.
pub(crate) fn has_host(url: &Uri) -> bool {
    url.authority().is_some_and(|authority| {
        let host = authority.host();
        let named = authority.as_str().rsplit('@').next().unwrap_or_default();
        !host.is_empty() && (named.len() == host.len() || authority.port_u16().is_some())
    })
}

/// Return whether nobody on the way to `base` can change an answer: over TLS, or on this machine.
pub(crate) fn is_unaltered(base: &Uri) -> bool {
    base.scheme() == Some(&http::uri::Scheme::HTTPS)
        || url(base).is_ok_and(|base| is_loopback(&base))
}

/// Return whether the server at `base` is on this machine.
fn is_loopback(base: &Url) -> bool {
    let host = base.host_str().unwrap_or_default();
    let host = host.trim_start_matches('[').trim_end_matches(']');
    host.eq_ignore_ascii_case("localhost")
        || host
            .parse::<std::net::IpAddr>()
            .is_ok_and(|address| address.is_loopback())
}
