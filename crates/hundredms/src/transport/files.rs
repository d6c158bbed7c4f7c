//! [`FileClients`]: reads files at presigned links, without the client's token and with its proxy and trusted certificates.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Mutex, PoisonError};

use bytes::Bytes;
use http::header::USER_AGENT;
use http::{HeaderMap, StatusCode};
use reqwest::{Client, Url};

use super::attempt::read;
use super::connection::{Connection, client_for, user_agent};
use super::outcome::ConnectionError;
use crate::error::{Error, Result};
use crate::variables::Variables;

/// The HTTP clients for servers of files. A server gets its own, because the proxy depends on the server.
pub(crate) struct FileClients {
    connection: Connection,
    variables: Variables,
    /// By scheme, host and port.
    clients: Mutex<HashMap<String, Client>>,
}

/// Variables and a user's client may contain secrets, so they are not shown.
impl fmt::Debug for FileClients {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FileClients").finish_non_exhaustive()
    }
}

/// The response of a server of files.
#[derive(Debug)]
pub(crate) struct FileResponse {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl FileClients {
    pub(crate) fn new(connection: Connection, variables: Variables) -> Self {
        Self {
            connection,
            variables,
            clients: Mutex::default(),
        }
    }

    /// Read the whole file at a link, of at most `most` bytes.
    pub(crate) async fn get(
        &self,
        link: &str,
        most: usize,
    ) -> Result<Result<FileResponse, ConnectionError>> {
        // Neither the link nor why it cannot be parsed is shown: it is a secret.
        let url: Url = link
            .parse()
            .map_err(|_| Error::configuration("the link to the file is not a URL"))?;
        let request = self.client(&url)?.get(url).header(
            USER_AGENT,
            user_agent(self.connection.user_agent.as_deref())?,
        );
        Ok(async {
            let mut response = request.send().await?;
            Ok(FileResponse {
                status: response.status(),
                headers: std::mem::take(response.headers_mut()),
                body: read(response, most).await?,
            })
        }
        .await)
    }

    fn client(&self, url: &Url) -> Result<Client> {
        let server = url.origin().ascii_serialization();
        let mut clients = self.clients.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(client) = clients.get(&server) {
            return Ok(client.clone());
        }
        let client = client_for(&self.connection, &self.variables, url)?;
        clients.insert(server, client.clone());
        Ok(client)
    }
}
