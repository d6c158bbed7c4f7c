//! The HTTP clients below the transport: pool, proxy, trusted certificates.

use std::sync::Arc;

use http::Uri;
use url::Url;

use super::clients::{Connection, HTTP1, REPORTS, Tls, pooled_client, user_agent};
use super::limits::{ConnectionLimit, Pauses};
use super::origin::Origin;
use super::phase::UsedConnections;
use super::plain::PlainThread;
use super::proxy::{Route, is_loopback};
use super::trust::Trust;
use crate::error::{Error, Result};
use crate::host::http::Client;
use crate::operation::Server;
use crate::variables::Variables;

/// The default maximum number of connections to each server, as in httpx and aiohttp.
const MAX_CONNECTIONS: usize = 100;

/// The HTTP clients for the servers of the service.
#[derive(Debug)]
pub(crate) struct Http {
    api: Endpoint,
    auth: Endpoint,
}

/// One server, and the clients that send to it.
pub(crate) struct Endpoint {
    pub(crate) origin: Origin,
    pub(crate) client: Client,
    /// Opens a connection for each request.
    pub(crate) fresh: Client,
    /// The connections that carried a request. `None` if the clients are the user's own: they may follow redirects, and do not
    /// report when they connect.
    pub(crate) used: Option<UsedConnections>,
    /// The thread that reads the connections, if the program's own threads do not.
    pub(crate) plain_thread: Option<PlainThread>,
    /// Shared if both base URLs are on one server.
    pub(crate) connections: Arc<ConnectionLimit>,
    pub(crate) pauses: Pauses,
    pub(crate) route: Route,
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
    /// Return whether the clients are this crate's: they report which connection carries a request, and follow no redirects.
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
            route: self.route.clone(),
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

fn custom_endpoint(connection: &Connection, client: &Client, base: &Url) -> Result<Endpoint> {
    let user_agent = user_agent(connection.user_agent.as_deref())?;
    Ok(Endpoint {
        origin: Origin::new(base, user_agent, false)?,
        client: client.clone(),
        fresh: client.clone(),
        used: None,
        plain_thread: None,
        connections: Arc::new(ConnectionLimit::new(connection.max_connections)),
        pauses: Pauses::default(),
        // The user's client has its own.
        route: Route::Direct,
        trust: connection.trust.clone(),
    })
}

fn pooled_endpoint(
    connection: &Connection,
    tls: &Tls,
    base: &Url,
    route: &Route,
) -> Result<Endpoint> {
    let user_agent = user_agent(connection.user_agent.as_deref())?;
    let most = connection.max_connections.unwrap_or(MAX_CONNECTIONS);
    let build = |kept| pooled_client(connection, tls, route, kept);
    Ok(Endpoint {
        origin: Origin::new(base, user_agent, HTTP1)?,
        client: build(most)?,
        fresh: build(0)?,
        used: REPORTS.then(UsedConnections::default),
        plain_thread: connection
            .plain_threads
            .then(|| PlainThread::of(base))
            .flatten(),
        connections: Arc::new(ConnectionLimit::new(Some(most))),
        pauses: Pauses::default(),
        route: route.clone(),
        trust: connection.trust.clone(),
    })
}

/// Return whether a server, or the proxy on the way to it, uses TLS.
pub(super) fn is_secure(base: &Url, route: &Route) -> bool {
    base.scheme() == "https" || route.is_secure()
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
