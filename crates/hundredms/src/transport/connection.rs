//! The HTTP client below the transport: pool, proxies, roots of trust.

use std::time::Duration;

use http::Uri;
use hyper_util::client::legacy::Client;
use hyper_util::client::proxy::matcher::Matcher;
use hyper_util::rt::{TokioExecutor, TokioTimer};

use super::connector::{Connector, Ways};
use super::origin::Origin;
use super::phase::TellingBody;
use crate::error::{Error, Result};
use crate::operation::Server;

/// How connections are made.
#[derive(Debug, Clone)]
pub(crate) struct Connection {
    pub(crate) connect_timeout: Duration,
    pub(crate) proxy: Proxy,
    /// Certificates to trust beside the system's, in PEM.
    #[cfg_attr(not(feature = "tls"), expect(dead_code, reason = "https is refused"))]
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

/// Sends requests to the servers of the service, over connections that are kept.
#[derive(Debug)]
pub(crate) struct Http {
    pub(super) client: Client<Connector, TellingBody>,
    /// Makes a connection for each request.
    pub(super) anew: Client<Connector, TellingBody>,
    api: Origin,
    auth: Origin,
}

impl Http {
    pub(super) fn origin(&self, server: Server) -> &Origin {
        match server {
            Server::Api => &self.api,
            Server::Auth => &self.auth,
        }
    }
}

/// Make the HTTP client for requests to the servers at `api` and `auth`.
pub(crate) fn connect(connection: &Connection, api: &Uri, auth: &Uri) -> Result<Http> {
    let bases = [api, auth];
    let proxies = match &connection.proxy {
        // A service on this machine is never behind a proxy.
        Proxy::Environment if bases.into_iter().all(is_loopback) => None,
        Proxy::Environment => Some(Matcher::from_system()),
        Proxy::None => None,
        Proxy::Url(url) => Some(everything_through(url.expose())?),
    };
    let user_agent = super::user_agent(connection.user_agent.as_deref())?;
    let origin = |base: &Uri| {
        let credentials = proxies
            .as_ref()
            // Over a tunnel they go to the proxy alone.
            .filter(|_| base.scheme_str() == Some("http"))
            .and_then(|proxies| proxies.intercept(base)?.basic_auth().cloned());
        Origin::new(base, user_agent.clone(), credentials)
    };
    let (api, auth) = (origin(api)?, origin(auth)?);
    let connector = Connector::new(Ways {
        timeout: connection.connect_timeout,
        #[cfg(feature = "tls")]
        tls: tls(connection, bases, proxies.as_ref())?,
        proxies,
        #[cfg(feature = "tls")]
        user_agent,
    });
    let anew = Client::builder(TokioExecutor::new())
        .pool_max_idle_per_host(0)
        .set_host(false)
        .build(connector.clone());
    let client = Client::builder(TokioExecutor::new())
        .pool_timer(TokioTimer::new())
        // Balancers commonly drop what was idle for 60 seconds.
        .pool_idle_timeout(Duration::from_secs(50))
        .set_host(false)
        .build(connector);
    Ok(Http {
        client,
        anew,
        api,
        auth,
    })
}

/// Make the setup of TLS, if there is anyone to speak it with: it reads all roots of the system.
#[cfg(feature = "tls")]
fn tls(
    connection: &Connection,
    bases: [&Uri; 2],
    proxies: Option<&Matcher>,
) -> Result<Option<tokio_rustls::TlsConnector>> {
    let secure = |to: &Uri| to.scheme_str() == Some("https");
    let needed = bases.into_iter().any(|base| {
        secure(base)
            || proxies
                .and_then(|proxies| proxies.intercept(base))
                .is_some_and(|proxy| secure(proxy.uri()))
    });
    needed
        .then(|| super::tls::config(&connection.extra_roots))
        .transpose()
        .map(|config| config.map(|config| std::sync::Arc::new(config).into()))
}

fn everything_through(proxy: &str) -> Result<Matcher> {
    let matcher = Matcher::builder().all(proxy).build();
    let usable = matcher
        .intercept(&Uri::from_static("http://service.invalid"))
        .is_some_and(|proxy| {
            matches!(proxy.uri().scheme_str(), Some("http" | "https")) && has_host(proxy.uri())
        });
    if usable {
        return Ok(matcher);
    }
    Err(Error::configuration(
        "the proxy is no URL such as http://proxy.example:3128",
    ))
}

/// Tell whether a URL names a host, and a port that there is if it names one.
pub(crate) fn has_host(url: &Uri) -> bool {
    url.authority().is_some_and(|authority| {
        let host = authority.host();
        let named = authority.as_str().rsplit('@').next().unwrap_or_default();
        !host.is_empty() && (named.len() == host.len() || authority.port_u16().is_some())
    })
}

fn is_loopback(base: &Uri) -> bool {
    let host = base.host().unwrap_or_default();
    let host = host.trim_start_matches('[').trim_end_matches(']');
    host.eq_ignore_ascii_case("localhost")
        || host
            .parse::<std::net::IpAddr>()
            .is_ok_and(|address| address.is_loopback())
}
