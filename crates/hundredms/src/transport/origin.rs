//! [`Origin`]: what is the same for all requests to a server: the base URL and the headers.

use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HOST, USER_AGENT};
use http::{HeaderMap, HeaderValue};
use url::Url;

use super::phase::TrackedBody;
use crate::error::{Error, Result};
use crate::host::http::{Body, Request};
use crate::request::PreparedRequest;

const JSON: HeaderValue = HeaderValue::from_static("application/json");

/// A server that requests go to.
#[derive(Debug)]
pub(crate) struct Origin {
    base: Url,
    /// The headers of a request without a body, with an entry for `Authorization`.
    headers: HeaderMap,
    /// The same for a request with a body.
    headers_with_body: HeaderMap,
}

impl Origin {
    pub(crate) fn new(base: &Url, user_agent: HeaderValue, http1: bool) -> Result<Self> {
        let mut headers = HeaderMap::with_capacity(8);
        if http1 {
            headers.insert(HOST, host(base)?);
        }
        headers.extend([
            (USER_AGENT, user_agent),
            (ACCEPT, JSON),
            (AUTHORIZATION, HeaderValue::from_static("")),
        ]);
        let mut headers_with_body = headers.clone();
        headers_with_body.insert(CONTENT_TYPE, JSON);
        Ok(Self {
            base: base.clone(),
            headers,
            headers_with_body,
        })
    }

    /// Return the same for another base URL on the same server.
    pub(crate) fn at(&self, base: &Url) -> Self {
        Self {
            base: base.clone(),
            headers: self.headers.clone(),
            headers_with_body: self.headers_with_body.clone(),
        }
    }

    /// Scheme, host and port.
    #[cfg(feature = "tracing")]
    pub(crate) fn server(&self) -> (&str, &str, u16) {
        let port = self.base.port_or_known_default();
        (
            self.base.scheme(),
            self.base.host_str().unwrap_or_default(),
            port.unwrap_or_default(),
        )
    }

    /// Host and port, for errors.
    pub(crate) fn address(&self) -> String {
        let host = self.base.host_str().unwrap_or_default();
        let port = self.base.port_or_known_default().unwrap_or_default();
        format!("{host}:{port}")
    }

    /// Return whether requests go over TLS.
    pub(crate) fn is_secure(&self) -> bool {
        self.base.scheme() == "https"
    }

    /// Create the request.
    pub(crate) fn request(
        &self,
        prepared: &PreparedRequest,
        authorization: Option<HeaderValue>,
        body: TrackedBody,
    ) -> Result<Request> {
        let url = self.url(&prepared.path_and_query).ok_or_else(|| {
            Error::invalid_request(
                prepared.operation(),
                "path",
                "cannot be appended to the base URL",
            )
        })?;
        let mut headers = match prepared.body {
            Some(_) => self.headers_with_body.clone(),
            None => self.headers.clone(),
        };
        match (headers.get_mut(AUTHORIZATION), authorization) {
            (Some(value), Some(authorization)) => *value = authorization,
            _ => drop(headers.remove(AUTHORIZATION)),
        }
        let mut request = Request::new(prepared.method.clone(), url);
        *request.headers_mut() = headers;
        *request.body_mut() = Some(Body::wrap(body));
        Ok(request)
    }

    /// Append `path_and_query` to the base URL. `None` if the URL would have a different path.
    fn url(&self, path_and_query: &str) -> Option<Url> {
        let (path, query) = match path_and_query.split_once('?') {
            Some((path, query)) => (path, Some(query)),
            None => (path_and_query, None),
        };
        let below = self.base.path().trim_end_matches('/');
        let path = [below, path].concat();
        let mut url = self.base.clone();
        url.set_path(&path);
        url.set_query(query);
        // `Url` removes `.` and `..`, and reads `\` as `/`.
        (url.path() == path).then_some(url)
    }
}

/// The value of the header `Host`.
fn host(base: &Url) -> Result<HeaderValue> {
    let host = base.host_str().unwrap_or_default();
    let host = match base.port() {
        Some(port) => HeaderValue::from_str(&format!("{host}:{port}")),
        None => HeaderValue::from_str(host),
    };
    host.map_err(|_| Error::configuration("the base URL has no host"))
}
