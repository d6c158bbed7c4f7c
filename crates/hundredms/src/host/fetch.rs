//! [`Client`]: the `fetch` of the platform, in the shape of the part of reqwest that this crate uses.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;

use bytes::{Bytes, BytesMut};
use http::header::CONTENT_LENGTH;
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use url::Url;

use super::embedder::{Exchange, FetchFailure, FetchRequest};

pub(crate) type Result<T> = std::result::Result<T, Error>;

/// Why there is no response, or no more of it.
#[derive(Debug)]
pub(crate) struct Error(FetchFailure);

impl Error {
    /// Return whether it is certain that there was no connection.
    pub(crate) fn is_connect(&self) -> bool {
        self.0.is_connect
    }

    /// Return whether the time for opening a connection passed. No `fetch` says so.
    #[expect(clippy::unused_self, reason = "as the error of reqwest")]
    pub(crate) fn is_timeout(&self) -> bool {
        false
    }

    /// It has none.
    pub(crate) fn without_url(self) -> Self {
        self
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.reason)
    }
}

impl std::error::Error for Error {}

type Data =
    Pin<Box<dyn http_body::Body<Data = Bytes, Error = std::convert::Infallible> + Send + 'static>>;

/// The body of a request.
pub(crate) struct Body(Data);

impl Body {
    pub(crate) fn wrap(
        body: impl http_body::Body<Data = Bytes, Error = std::convert::Infallible> + Send + 'static,
    ) -> Self {
        Self(Box::pin(body))
    }

    /// Return the whole body, which is in memory anyway.
    async fn whole(mut self) -> Option<Bytes> {
        if self.0.is_end_stream() {
            return None;
        }
        let mut whole = BytesMut::new();
        while let Some(Ok(frame)) = poll_fn(|context| self.0.as_mut().poll_frame(context)).await {
            if let Ok(bytes) = frame.into_data() {
                whole.extend_from_slice(&bytes);
            }
        }
        Some(whole.freeze())
    }
}

/// A request.
pub(crate) struct Request {
    method: Method,
    url: Url,
    headers: HeaderMap,
    body: Option<Body>,
}

impl Request {
    pub(crate) fn new(method: Method, url: Url) -> Self {
        Self {
            method,
            url,
            headers: HeaderMap::new(),
            body: None,
        }
    }

    pub(crate) fn url(&self) -> &Url {
        &self.url
    }

    pub(crate) fn headers_mut(&mut self) -> &mut HeaderMap {
        &mut self.headers
    }

    pub(crate) fn body_mut(&mut self) -> &mut Option<Body> {
        &mut self.body
    }
}

/// Sends requests.
#[derive(Debug, Clone)]
pub(crate) struct Client {
    user_agent: HeaderValue,
    follows_redirects: bool,
}

impl Client {
    pub(crate) fn new(user_agent: HeaderValue, follows_redirects: bool) -> Self {
        Self {
            user_agent,
            follows_redirects,
        }
    }

    pub(crate) fn get(&self, url: Url) -> RequestBuilder {
        RequestBuilder {
            client: self.clone(),
            request: Request::new(Method::GET, url),
        }
    }

    /// Send a request. Nothing is sent before the future is polled.
    pub(crate) fn execute(
        &self,
        mut request: Request,
    ) -> impl Future<Output = Result<Response>> + Send + use<> {
        let headers = &mut request.headers;
        headers
            .entry(http::header::USER_AGENT)
            .or_insert_with(|| self.user_agent.clone());
        let follows_redirects = self.follows_redirects;
        async move {
            let body = match request.body.take() {
                Some(body) => body.whole().await,
                None => None,
            };
            let exchange = Exchange::start(FetchRequest {
                method: request.method.as_str(),
                url: request.url.as_str(),
                headers: &request.headers,
                body: body.as_deref(),
                follows_redirects,
            });
            let (exchange, head) = exchange.await.map_err(Error)?;
            Ok(Response {
                exchange,
                status: head.status,
                headers: head.headers,
                url: request.url,
            })
        }
    }
}

/// A request that is being put together.
pub(crate) struct RequestBuilder {
    client: Client,
    request: Request,
}

impl RequestBuilder {
    pub(crate) fn header<V: TryInto<HeaderValue>>(mut self, name: HeaderName, value: V) -> Self {
        if let Ok(value) = value.try_into() {
            self.request.headers.insert(name, value);
        }
        self
    }

    pub(crate) fn send(self) -> impl Future<Output = Result<Response>> + Send {
        self.client.execute(self.request)
    }
}

/// A response, whose body is read in pieces.
pub(crate) struct Response {
    exchange: Exchange,
    status: StatusCode,
    headers: HeaderMap,
    url: Url,
}

impl Response {
    pub(crate) fn status(&self) -> StatusCode {
        self.status
    }

    pub(crate) fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    pub(crate) fn headers_mut(&mut self) -> &mut HeaderMap {
        &mut self.headers
    }

    pub(crate) fn url(&self) -> &Url {
        &self.url
    }

    /// Return the declared size of the body. That of a compressed body is not the size of what is read.
    pub(crate) fn content_length(&self) -> Option<u64> {
        if self.headers.contains_key(http::header::CONTENT_ENCODING) {
            return None;
        }
        self.headers
            .get(CONTENT_LENGTH)?
            .to_str()
            .ok()?
            .parse()
            .ok()
    }

    pub(crate) async fn chunk(&mut self) -> Result<Option<Bytes>> {
        loop {
            match self.exchange.read().await.map_err(Error)? {
                Some(bytes) if bytes.is_empty() => {}
                read => return Ok(read),
            }
        }
    }
}
