//! [`StorageClients`]: the HTTP clients for files in storages, which presigned links lead to.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use reqwest::Url;

use super::connection::{Connection, storage_client};
use super::outcome::{Cause, ConnectionError, ConnectionErrorKind};
use crate::error::{Error, ErrorKind, Phase, Result};
use crate::variables::Variables;

/// This many clients are kept. The files of a workspace are on a few servers.
const MAX_CLIENTS: usize = 16;

/// The clients for the servers of storages, each created when it is first needed.
pub(crate) struct StorageClients {
    connection: Connection,
    /// Those at the time when the client was created.
    variables: Variables,
    clients: Mutex<HashMap<String, reqwest::Client>>,
}

/// A user's client may have secrets in its headers.
impl std::fmt::Debug for StorageClients {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("StorageClients").finish_non_exhaustive()
    }
}

impl StorageClients {
    pub(crate) fn new(connection: Connection, variables: Variables) -> Self {
        Self {
            connection,
            variables,
            clients: Mutex::default(),
        }
    }

    /// Return the client for the server of `url`.
    pub(crate) fn client(&self, url: &Url) -> Result<reqwest::Client> {
        let server = url.origin().ascii_serialization();
        let mut clients = self.clients.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(client) = clients.get(&server) {
            return Ok(client.clone());
        }
        let client = storage_client(&self.connection, &self.variables, url)?;
        if clients.len() >= MAX_CLIENTS {
            clients.clear();
        }
        clients.insert(server, client.clone());
        Ok(client)
    }

    /// Return the error of a request that failed without a response, or whose response broke off.
    pub(crate) fn error(&self, error: reqwest::Error, phase: Phase) -> Error {
        let ConnectionError { kind, cause } = ConnectionError::from(error);
        let connecting = matches!(
            kind,
            ConnectionErrorKind::Connecting | ConnectionErrorKind::ConnectTimeout
        );
        let (kind, message) = match kind {
            ConnectionErrorKind::ConnectTimeout => {
                (ErrorKind::Timeout, "no connection to the storage in time")
            }
            ConnectionErrorKind::Connecting => (
                ErrorKind::Connection,
                "no connection to the storage of the file",
            ),
            _ => (
                ErrorKind::Connection,
                "the connection to the storage of the file broke",
            ),
        };
        let cause = if connecting {
            self.explained(cause)
        } else {
            cause
        };
        Error::new(kind, message).with(|details| {
            details.phase = Some(if connecting { Phase::Connect } else { phase });
            details.source = Some(cause);
        })
    }

    /// Add what to do if the certificate of the server is not trusted.
    #[cfg(feature = "rustls-no-provider")]
    fn explained(&self, cause: Cause) -> Cause {
        self.connection.trust.explain(cause)
    }

    #[cfg(not(feature = "rustls-no-provider"))]
    #[expect(clippy::unused_self, reason = "one signature for each kind of TLS")]
    fn explained(&self, cause: Cause) -> Cause {
        cause
    }
}
