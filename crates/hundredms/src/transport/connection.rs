//! The HTTP clients below the transport: pool, proxy, trusted certificates.

use std::sync::Arc;
use std::time::Duration;

use http::{HeaderValue, Uri};
use reqwest::{ClientBuilder, Url};

use super::limits::{ConnectionLimit, Pauses};
use super::origin::Origin;
use super::phase::{UsedConnections, WatchConnector};
use super::plain::PlainThread;
use super::proxy::{Proxy, Route, is_loopback};
#[cfg(feature = "rustls-no-provider")]
use super::tls;
use super::trust::Trust;
use crate::error::{Error, Result};
use crate::operation::Server;
use crate::variables::Variables;

/// The default maximum number of connections to each server, as in httpx and aiohttp.
const MAX_CONNECTIONS: usize = 100;

/// How long a connection may be idle before it is closed. Load balancers commonly drop connections after 60 seconds.
const IDLE_TIMEOUT: Duration = Duration::from_secs(50);

/// The maximum number of redirects between a presigned link and its file.
const MAX_REDIRECTS: usize = 5;

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
    pub(crate) client: Option<reqwest::Client>,
}

/// The HTTP clients for the servers of the service.
#[derive(Debug)]
pub(crate) struct Http {
    api: Endpoint,
    auth: Endpoint,
}

/// One server, and the clients that send to it.
pub(crate) struct Endpoint {
    pub(crate) origin: Origin,
    pub(crate) client: reqwest::Client,
    /// Opens a connection for each request.
    pub(crate) fresh: reqwest::Client,
    /// The connections that carried a request. `None` if the clients are the user's own: they may follow redirects, and do not
    /// report when they connect.
    pub(crate) used: Option<UsedConnections>,
    /// The thread that reads the connections, if the program's own threads do not.
    pub(crate) plain_thread: Option<PlainThread>,
    /// Shared if both base URLs are on one server.
    pub(crate) connections: Arc<ConnectionLimit>,
    pub(crate) pauses: Pauses,
    /// What the clients trust in addition to the system.
    pub(crate) trust: Arc<Trust>,
}

/// A user's client may have secrets in its headers, so the clients are not shown.
impl std::fmt::Debug for Endpoint {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Endpoint")
            .field("origin", &self.origin)
            .finish_non_exhaustive()
    }
}

impl Endpoint {
    /// Return whether the clients are this crate's: they report when a connection is opened, and follow no redirects.
    pub(crate) fn is_ours(&self) -> bool {
        self.used.is_some()
    }

    /// Return the endpoint for another base URL of the same server, over the same connections.
    fn at(&self, base: &Url) -> Self {
        Self {
            origin: self.origin.at(base),
            client: self.client.clone(),
            fresh: self.fresh.clone(),
            used: self.used.clone(),
            plain_thread: self.plain_thread.clone(),
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

/// Create the HTTP clients for requests to the servers at `api` and `auth`.
pub(crate) fn connect(
    connection: &Connection,
    variables: &Variables,
    api: &Uri,
    auth: &Uri,
) -> Result<Http> {
    let (api, auth) = (url(api)?, url(auth)?);
    let shared = api.origin() == auth.origin();
    if let Some(client) = &connection.client {
        let to_api = custom_endpoint(connection, client, &api)?;
        let to_auth = if shared {
            to_api.at(&auth)
        } else {
            custom_endpoint(connection, client, &auth)?
        };
        return Ok(Http {
            api: to_api,
            auth: to_auth,
        });
    }
    let route = |base| Route::to(base, &connection.proxy, variables);
    let routes = [(&api, route(&api)?), (&auth, route(&auth)?)];
    // Without a server or proxy that uses TLS, no certificates are read.
    let secure = routes.iter().any(|(base, route)| is_secure(base, route));
    let tls = Tls::new(connection, secure)?;
    let [(_, api_route), (_, auth_route)] = &routes;
    let to_api = pooled_endpoint(connection, &tls, &api, api_route)?;
    let to_auth = if shared {
        to_api.at(&auth)
    } else {
        pooled_endpoint(connection, &tls, &auth, auth_route)?
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

fn custom_endpoint(
    connection: &Connection,
    client: &reqwest::Client,
    base: &Url,
) -> Result<Endpoint> {
    let user_agent = user_agent(connection.user_agent.as_deref())?;
    Ok(Endpoint {
        origin: Origin::new(base, user_agent, false)?,
        client: client.clone(),
        fresh: client.clone(),
        used: None,
        plain_thread: None,
        connections: Arc::new(ConnectionLimit::new(connection.max_connections)),
        pauses: Pauses::default(),
        trust: connection.trust.clone(),
    })
}

/// What all clients of this crate have in common.
fn client_builder(connection: &Connection, user_agent: &HeaderValue) -> ClientBuilder {
    let builder = reqwest::Client::builder()
        // For requests to a proxy, and for those to storages. Other requests have it already.
        .user_agent(user_agent.clone())
        .retry(reqwest::retry::never())
        .referer(false)
        .connect_timeout(connection.connect_timeout)
        .tcp_keepalive(Duration::from_secs(60))
        .pool_idle_timeout(IDLE_TIMEOUT);
    #[cfg(test)]
    let builder = builder.dns_resolver(super::resolver::TestResolver);
    builder
}

fn built(builder: ClientBuilder) -> Result<reqwest::Client> {
    builder.build().map_err(|cause| {
        Error::configuration("the HTTP client cannot be set up").caused_by(cause.without_url())
    })
}

/// Create a client for the files of a storage: with the settings of `connection`, but it follows redirects, as storages redirect to regions.
/// Not to unencrypted URLs, though.
pub(super) fn storage_client(
    connection: &Connection,
    tls: &Tls,
    route: &Route,
) -> Result<reqwest::Client> {
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

fn pooled_endpoint(
    connection: &Connection,
    tls: &Tls,
    base: &Url,
    route: &Route,
) -> Result<Endpoint> {
    let user_agent = user_agent(connection.user_agent.as_deref())?;
    let most = connection.max_connections.unwrap_or(MAX_CONNECTIONS);
    let build = |kept: usize| {
        let builder = client_builder(connection, &user_agent)
            .redirect(reqwest::redirect::Policy::none())
            .pool_max_idle_per_host(kept)
            .connector_layer(WatchConnector);
        #[cfg(not(feature = "http2"))]
        let builder = builder.http1_only();
        built(with_proxy(tls.set(builder), route)?)
    };
    Ok(Endpoint {
        origin: Origin::new(base, user_agent.clone(), cfg!(not(feature = "http2")))?,
        client: build(most)?,
        fresh: build(0)?,
        used: Some(UsedConnections::default()),
        plain_thread: connection
            .plain_threads
            .then(|| PlainThread::of(base))
            .flatten(),
        connections: Arc::new(ConnectionLimit::new(Some(most))),
        pauses: Pauses::default(),
        trust: connection.trust.clone(),
    })
}

/// Set the proxy.
fn with_proxy(builder: ClientBuilder, route: &Route) -> Result<ClientBuilder> {
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

/// Return whether a server, or the proxy on the way to it, uses TLS.
pub(super) fn is_secure(base: &Url, route: &Route) -> bool {
    base.scheme() == "https" || route.is_secure()
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

    fn set(&self, builder: ClientBuilder) -> ClientBuilder {
        builder.tls_backend_preconfigured(self.config.clone())
    }
}

#[cfg(all(feature = "native-tls", not(feature = "rustls-no-provider")))]
impl Tls {
    pub(super) fn new(connection: &Connection, _: bool) -> Result<Self> {
        let trust = &connection.trust;
        let mut extra_roots = Vec::new();
        if let Some(ca_file) = &trust.ca_file {
            extra_roots = reqwest::Certificate::from_pem_bundle(ca_file)
                .map_err(|cause| Error::configuration("the CA file is not PEM").caused_by(cause))?;
            if extra_roots.is_empty() {
                return Err(Error::configuration("the CA file contains no certificate"));
            }
        }
        // The system's library reads SSL_CERT_FILE and SSL_CERT_DIR itself, if it supports them.
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
    pub(super) fn new(_: &Connection, _: bool) -> Result<Self> {
        Ok(Self {})
    }

    #[expect(clippy::unused_self, reason = "one signature for each kind of TLS")]
    fn set(&self, builder: ClientBuilder) -> ClientBuilder {
        builder
    }
}

/// Return the user agent of every request.
fn user_agent(suffix: Option<&str>) -> Result<HeaderValue> {
    let mut agent = format!("hundredms/{}", env!("CARGO_PKG_VERSION"));
    if let Some(suffix) = suffix {
        agent.push(' ');
        agent.push_str(suffix);
    }
    HeaderValue::from_str(&agent).map_err(|_| {
        Error::configuration("the user agent contains characters that a header cannot contain")
    })
}

/// Return whether a URL has a host and, if it has a port, a valid one.
pub(crate) fn has_host(url: &Uri) -> bool {
    url.authority().is_some_and(|authority| {
        let host = authority.host();
        let named = authority.as_str().rsplit('@').next().unwrap_or_default();
        !host.is_empty() && (named.len() == host.len() || authority.port_u16().is_some())
    })
}

/// Return whether nobody can change a response of `base` on its way: it comes over TLS, or from this machine.
pub(crate) fn is_unaltered(base: &Uri) -> bool {
    base.scheme() == Some(&http::uri::Scheme::HTTPS)
        || url(base).is_ok_and(|base| is_loopback(&base))
}

/// Return the base URL at which room codes are exchanged if only that of the API is set, to a sandbox on this machine. `None` if it
/// is not on this machine.
pub(crate) fn auth_url_on_this_machine(api: &Uri) -> Option<String> {
    let api = url(api).ok().filter(is_loopback)?;
    Some(format!("{}/v2", api.origin().ascii_serialization()))
}

#[cfg(test)]
mod tests {
    use super::{auth_url_on_this_machine, is_unaltered};

    #[test]
    fn only_a_sandbox_on_this_machine_also_exchanges_room_codes() {
        for (api, auth) in [
            ("http://127.0.0.1:8100/v2", Some("http://127.0.0.1:8100/v2")),
            ("http://[::1]:8100/a/v2/", Some("http://[::1]:8100/v2")),
            ("https://localhost", Some("https://localhost/v2")),
            ("https://api.service.test/v2", None),
            ("http://192.0.2.1/v2", None),
        ] {
            let uri = api.parse().expect("a URL");
            assert_eq!(auth_url_on_this_machine(&uri).as_deref(), auth, "{api}");
        }
    }

    #[test]
    fn only_tls_and_this_machine_leave_a_response_unaltered() {
        for (base, unaltered) in [
            ("https://api.service.test/v2", true),
            ("http://127.0.0.1:8100/v2", true),
            ("http://[::1]:8100/v2", true),
            ("http://localhost/v2", true),
            ("http://api.service.test/v2", false),
            ("http://localhost.service.test/v2", false),
            ("http://192.0.2.1/v2", false),
        ] {
            let uri = base.parse().expect("a URL");
            assert_eq!(is_unaltered(&uri), unaltered, "{base}");
        }
    }
}
