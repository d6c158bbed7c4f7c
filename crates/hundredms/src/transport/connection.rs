//! The HTTP clients below the transport: pool, proxies, roots of trust.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use http::Uri;
use reqwest::{ClientBuilder, Url};

use super::limits::{Connections, Pauses};
use super::origin::Origin;
use super::phase::{UsedConnections, WatchConnector};
use super::proxy::{Proxy, Route, is_loopback};
use crate::error::{Error, Result};
use crate::operation::Server;
use crate::variables::{Language, Variables};

/// So many connections are there to each server at most, unless set: as many as httpx and aiohttp allow.
const MAX_CONNECTIONS: usize = 100;

/// A connection that was idle for so long is closed: balancers commonly drop those that were idle for 60 seconds.
const IDLE_TIMEOUT: Duration = Duration::from_secs(50);

/// How connections are made.
#[derive(Debug, Clone)]
pub(crate) struct Connection {
    pub(crate) connect_timeout: Duration,
    pub(crate) proxy: Proxy,
    pub(crate) trust: Arc<Trust>,
    /// Connections to each server at a time.
    pub(crate) max_connections: Option<usize>,
    pub(crate) user_agent: Option<String>,
    /// The user's own client, which brings all of the above but the user agent.
    pub(crate) client: Option<reqwest::Client>,
}

/// Whom to trust beside the roots of the system.
#[derive(Debug)]
pub(crate) struct Trust {
    pub(crate) language: Language,
    /// The CA file, in PEM.
    pub(crate) ca_file: Option<Vec<u8>>,
    /// Files and folders that variables name.
    pub(crate) named: Vec<(&'static str, PathBuf)>,
}

/// Sends requests to the servers of the service, over connections that are kept.
#[derive(Debug)]
pub(crate) struct Http {
    api: Endpoint,
    auth: Endpoint,
}

/// One server, and the clients that send to it.
pub(crate) struct Endpoint {
    pub(crate) origin: Origin,
    pub(super) client: reqwest::Client,
    /// Makes a connection for each request.
    pub(super) fresh: reqwest::Client,
    /// Which connections of the clients carried a request; none where the clients are the user's own, which may follow redirects and
    /// do not say when they connect.
    pub(super) used: Option<UsedConnections>,
    /// Shared where both base URLs lead to one server.
    pub(super) connections: Arc<Connections>,
    pub(super) pauses: Pauses,
    /// Whom the clients trust.
    pub(super) trust: Arc<Trust>,
}

/// A client of the user's own may hold secrets in its headers.
impl std::fmt::Debug for Endpoint {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Endpoint")
            .field("origin", &self.origin)
            .finish_non_exhaustive()
    }
}

impl Endpoint {
    /// Return whether the clients are ours, so that they say when a connection is made and follow no redirect.
    pub(super) fn is_ours(&self) -> bool {
        self.used.is_some()
    }

    /// Return the endpoint for another base URL of the same server, over the same connections.
    fn at(&self, base: &Url) -> Self {
        Self {
            origin: self.origin.at(base),
            client: self.client.clone(),
            fresh: self.fresh.clone(),
            used: self.used.clone(),
            connections: self.connections.clone(),
            pauses: Pauses::default(),
            trust: self.trust.clone(),
        }
    }
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
pub(crate) fn connect(
    connection: &Connection,
    variables: &Variables,
    api: &Uri,
    auth: &Uri,
) -> Result<Http> {
    let (api, auth) = (url(api)?, url(auth)?);
    let shared = api.origin() == auth.origin();
    if let Some(client) = &connection.client {
        let to_api = theirs(connection, client, &api)?;
        let to_auth = if shared {
            to_api.at(&auth)
        } else {
            theirs(connection, client, &auth)?
        };
        return Ok(Http {
            api: to_api,
            auth: to_auth,
        });
    }
    let route = |base| Route::to(base, &connection.proxy, variables);
    let ways = [(&api, route(&api)?), (&auth, route(&auth)?)];
    let tls = Tls::new(connection, &ways)?;
    let [(_, api_route), (_, auth_route)] = &ways;
    let to_api = ours(connection, &tls, &api, api_route)?;
    let to_auth = if shared {
        to_api.at(&auth)
    } else {
        ours(connection, &tls, &auth, auth_route)?
    };
    Ok(Http {
        api: to_api,
        auth: to_auth,
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
        used: None,
        connections: Arc::new(Connections::new(connection.max_connections)),
        pauses: Pauses::default(),
        trust: connection.trust.clone(),
    })
}

fn ours(connection: &Connection, tls: &Tls, base: &Url, route: &Route) -> Result<Endpoint> {
    let user_agent = super::user_agent(connection.user_agent.as_deref())?;
    let most = connection.max_connections.unwrap_or(MAX_CONNECTIONS);
    let build = |kept: usize| {
        let builder = reqwest::Client::builder()
            // What a proxy reads; requests bring it along.
            .user_agent(user_agent.clone())
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            .referer(false)
            .connect_timeout(connection.connect_timeout)
            .tcp_keepalive(Duration::from_secs(60))
            .pool_idle_timeout(IDLE_TIMEOUT)
            .pool_max_idle_per_host(kept)
            .connector_layer(WatchConnector);
        #[cfg(not(feature = "http2"))]
        let builder = builder.http1_only();
        #[cfg(test)]
        let builder = builder.dns_resolver(super::names::Names);
        let client = through(tls.set(builder), route)?.build();
        client.map_err(|cause| {
            Error::configuration("the HTTP client cannot be set up").caused_by(cause.without_url())
        })
    };
    Ok(Endpoint {
        origin: Origin::new(base, user_agent.clone(), cfg!(not(feature = "http2")))?,
        client: build(most)?,
        fresh: build(0)?,
        used: Some(UsedConnections::default()),
        connections: Arc::new(Connections::new(Some(most))),
        pauses: Pauses::default(),
        trust: connection.trust.clone(),
    })
}

/// Set the proxy.
fn through(builder: ClientBuilder, route: &Route) -> Result<ClientBuilder> {
    Ok(match route {
        Route::Direct => builder.no_proxy(),
        Route::Through(url) => {
            builder.proxy(reqwest::Proxy::all(url.clone()).map_err(|cause| {
                Error::configuration("the proxy cannot be used").caused_by(cause.without_url())
            })?)
        }
        Route::System => builder,
    })
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
    fn new(connection: &Connection, ways: &[(&Url, Route)]) -> Result<Self> {
        // Without anyone to speak TLS with, no root is read.
        let needed = ways
            .iter()
            .any(|(base, route)| base.scheme() == "https" || route.is_secure());
        let config = if needed {
            super::tls::config(&connection.trust)?
        } else {
            super::tls::without_roots()?
        };
        Ok(Self { config })
    }

    fn set(&self, builder: ClientBuilder) -> ClientBuilder {
        builder.tls_backend_preconfigured(self.config.clone())
    }
}

#[cfg(all(feature = "native-tls", not(feature = "rustls-no-provider")))]
impl Tls {
    fn new(connection: &Connection, _: &[(&Url, Route)]) -> Result<Self> {
        let trust = &connection.trust;
        let mut extra_roots = Vec::new();
        if let Some(ca_file) = &trust.ca_file {
            extra_roots = reqwest::Certificate::from_pem_bundle(ca_file)
                .map_err(|cause| Error::configuration("the CA file is not PEM").caused_by(cause))?;
            if extra_roots.is_empty() {
                return Err(Error::configuration("the CA file contains no certificate"));
            }
        }
        // The library of the system reads SSL_CERT_FILE and SSL_CERT_DIR itself, where it reads them.
        let files = trust.named.iter().filter(|(_, path)| path.is_file());
        let texts = files.filter_map(|(_, path)| std::fs::read(path).ok());
        let more = texts.filter_map(|text| reqwest::Certificate::from_pem_bundle(&text).ok());
        extra_roots.extend(more.flatten());
        Ok(Self { extra_roots })
    }

    fn set(&self, builder: ClientBuilder) -> ClientBuilder {
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
    fn new(_: &Connection, _: &[(&Url, Route)]) -> Result<Self> {
        Ok(Self {})
    }

    #[expect(clippy::unused_self, reason = "one signature for each kind of TLS")]
    fn set(&self, builder: ClientBuilder) -> ClientBuilder {
        builder
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
