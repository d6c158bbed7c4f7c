//! [`StorageClients`]: the HTTP clients for files in storages, which presigned links lead to.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use url::Url;

use super::clients::{Connection, Tls, storage_client};
use super::connection::is_secure;
use super::outcome::{Cause, ConnectionError, ConnectionErrorKind};
use super::proxy::{Route, is_loopback};
use crate::error::{Error, ErrorKind, Phase, Result};
use crate::host::blocking::blocking;
use crate::host::http as http_client;
use crate::variables::Variables;

/// This many clients are kept. The files of a workspace are on a few servers.
const MAX_CLIENTS: usize = 16;

/// The clients for the servers of storages, each created when it is first needed.
pub(crate) struct StorageClients {
    settings: Arc<Settings>,
    clients: Mutex<HashMap<String, http_client::Client>>,
}

/// What all of them have in common.
struct Settings {
    connection: Connection,
    /// Those at the time when the client was created.
    variables: Variables,
    tls: Mutex<Option<Tls>>,
}

/// A user's client may have secrets in its headers.
impl std::fmt::Debug for StorageClients {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("StorageClients").finish_non_exhaustive()
    }
}

impl StorageClients {
    pub(crate) fn new(connection: Connection, variables: Variables) -> Self {
        let settings = Settings {
            connection,
            variables,
            tls: Mutex::default(),
        };
        Self {
            settings: Arc::new(settings),
            clients: Mutex::default(),
        }
    }

    /// Return the client for the server of `url`.
    pub(crate) async fn client(&self, url: &Url) -> Result<http_client::Client> {
        if let Some(client) = &self.settings.connection.client {
            return Ok(client.clone());
        }
        let server = url.origin().ascii_serialization();
        if let Some(client) = self.clients().get(&server) {
            return Ok(client.clone());
        }
        let (settings, url) = (self.settings.clone(), url.clone());
        // The first client reads all root certificates of the system.
        let created = blocking(move || settings.client(&url)).await;
        let ended = || Error::new(ErrorKind::Cancelled, "the runtime has ended");
        let client = created.ok_or_else(ended)??;
        let mut clients = self.clients();
        if clients.len() >= MAX_CLIENTS {
            clients.clear();
        }
        clients.insert(server, client.clone());
        Ok(client)
    }

    fn clients(&self) -> MutexGuard<'_, HashMap<String, http_client::Client>> {
        self.clients.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Return the error of a request to `url` that failed without a response.
    pub(crate) fn no_response(&self, error: http_client::Error, url: &Url) -> Error {
        let ConnectionError { kind, cause } = ConnectionError::from(error);
        let (kind, message) = match kind {
            ConnectionErrorKind::ConnectTimeout => {
                (ErrorKind::Timeout, "no connection to the storage in time")
            }
            ConnectionErrorKind::Connecting => (
                ErrorKind::Connection,
                "no connection to the storage of the file",
            ),
            _ => return broken(Phase::Wait, cause),
        };
        let cause = self.explained(cause);
        let cause = match self.settings.route(url) {
            Ok(route) => route.explain(cause),
            Err(_) => cause,
        };
        Error::new(kind, message).with(|details| {
            details.phase = Some(Phase::Connect);
            details.source = Some(cause);
        })
    }

    /// Return the error of a response that broke off.
    pub(crate) fn broken_off(error: http_client::Error) -> Error {
        broken(Phase::Body, ConnectionError::from(error).cause)
    }

    /// Add what to do if the certificate of the server is not trusted.
    #[cfg(feature = "rustls-no-provider")]
    fn explained(&self, cause: Cause) -> Cause {
        self.settings.connection.trust.explain(cause)
    }

    #[cfg(not(feature = "rustls-no-provider"))]
    #[expect(clippy::unused_self, reason = "one signature for each kind of TLS")]
    fn explained(&self, cause: Cause) -> Cause {
        cause
    }
}

fn broken(phase: Phase, cause: Cause) -> Error {
    let message = "the connection to the storage of the file broke";
    Error::new(ErrorKind::Connection, message).with(|details| {
        details.phase = Some(phase);
        details.source = Some(cause);
    })
}

impl Settings {
    fn route(&self, url: &Url) -> Result<Route> {
        if self.connection.client.is_some() {
            // The user's client has its own.
            return Ok(Route::Direct);
        }
        Route::to(url, &self.connection.proxy, &self.variables)
    }

    fn client(&self, url: &Url) -> Result<http_client::Client> {
        let route = self.route(url)?;
        // A storage on this machine is a sandbox. Others may redirect to a server that uses TLS.
        let tls = if is_loopback(url) && !is_secure(url, &route) {
            Tls::new(&self.connection, false)?
        } else {
            self.tls()?
        };
        storage_client(&self.connection, &tls, &route)
    }

    fn tls(&self) -> Result<Tls> {
        let mut tls = self.tls.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(tls) = &*tls {
            return Ok(tls.clone());
        }
        Ok(tls.insert(Tls::new(&self.connection, true)?).clone())
    }
}
