//! What is the same for every request to one server: scheme, host, the path below which it answers, headers.

use bytes::Bytes;
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HOST, PROXY_AUTHORIZATION, USER_AGENT};
use http::uri::{Authority, PathAndQuery, Scheme};
use http::{HeaderMap, HeaderValue, Request, Uri};

use super::phase::TellingBody;
use crate::error::{Error, Result};
use crate::request::Prepared;

const JSON: HeaderValue = HeaderValue::from_static("application/json");

/// A server that requests go to.
#[derive(Debug)]
pub(crate) struct Origin {
    scheme: Scheme,
    authority: Authority,
    /// Path of the base URL, without a slash at its end.
    below: String,
    /// The headers of a request, with places for those that not every request has.
    headers: HeaderMap,
}

impl Origin {
    pub(super) fn new(
        base: &Uri,
        user_agent: HeaderValue,
        proxy_authorization: Option<HeaderValue>,
    ) -> Result<Self> {
        let parts = base.clone().into_parts();
        let (Some(scheme), Some(authority)) = (parts.scheme, parts.authority) else {
            return Err(Error::configuration("the base URL has no host"));
        };
        let usual_port = if scheme == Scheme::HTTPS { 443 } else { 80 };
        let host = match authority.port_u16() {
            Some(port) if port != usual_port => authority.as_str(),
            _ => authority.host(),
        };
        let host = HeaderValue::from_str(host)
            .map_err(|_| Error::configuration("the base URL has no host"))?;
        let mut headers = HeaderMap::from_iter([
            (HOST, host),
            (USER_AGENT, user_agent),
            (ACCEPT, JSON),
            (AUTHORIZATION, HeaderValue::from_static("")),
            (CONTENT_TYPE, JSON),
        ]);
        if let Some(credentials) = proxy_authorization {
            headers.insert(PROXY_AUTHORIZATION, credentials);
        }
        Ok(Self {
            below: base.path().trim_end_matches('/').to_owned(),
            scheme,
            authority,
            headers,
        })
    }

    /// Scheme, host and port.
    #[cfg(feature = "tracing")]
    pub(crate) fn server(&self) -> (&str, &str, u16) {
        let usual_port = if self.scheme == Scheme::HTTPS {
            443
        } else {
            80
        };
        let port = self.authority.port_u16().unwrap_or(usual_port);
        (self.scheme.as_str(), self.authority.host(), port)
    }

    /// Write a request out.
    pub(super) fn request(
        &self,
        prepared: &Prepared,
        authorization: Option<HeaderValue>,
        body: TellingBody,
    ) -> Result<Request<TellingBody>> {
        let target = [self.below.as_str(), &prepared.path_and_query].concat();
        let mut parts = http::uri::Parts::default();
        parts.scheme = Some(self.scheme.clone());
        parts.authority = Some(self.authority.clone());
        parts.path_and_query = PathAndQuery::from_maybe_shared(Bytes::from(target)).ok();
        let uri = Uri::from_parts(parts).map_err(|_| {
            Error::invalid_request(
                prepared.operation,
                "path",
                "makes no URL below the base URL",
            )
        })?;
        let mut headers = self.headers.clone();
        match (headers.get_mut(AUTHORIZATION), authorization) {
            (Some(place), Some(authorization)) => *place = authorization,
            _ => drop(headers.remove(AUTHORIZATION)),
        }
        if prepared.body.is_none() {
            headers.remove(CONTENT_TYPE);
        }
        let mut request = Request::new(body);
        *request.method_mut() = prepared.method.clone();
        *request.uri_mut() = uri;
        *request.headers_mut() = headers;
        Ok(request)
    }
}
