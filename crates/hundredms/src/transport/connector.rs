//! Makes connections: straight or through a proxy, plain or with TLS.

use std::future::Future;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

#[cfg(feature = "tls")]
use http::HeaderValue;
use http::Uri;
use hyper_util::client::legacy::connect::HttpConnector;
#[cfg(feature = "tls")]
use hyper_util::client::legacy::connect::proxy::Tunnel;
use hyper_util::client::proxy::matcher::Matcher;
use hyper_util::rt::TokioIo;
use tower_service::Service;

use super::line::Line;
use super::names::Names;
use super::phase::{connected, connecting};

type Failure = Box<dyn std::error::Error + Send + Sync>;
type Made<T> = Pin<Box<dyn Future<Output = Result<TokioIo<T>, Failure>> + Send>>;

/// Makes the connections of a client.
#[derive(Clone)]
pub(super) struct Connector(Arc<Ways>);

pub(super) struct Ways {
    pub(super) timeout: Duration,
    pub(super) proxies: Option<Matcher>,
    #[cfg(feature = "tls")]
    pub(super) tls: Option<tokio_rustls::TlsConnector>,
    /// What the client tells a proxy of itself.
    #[cfg(feature = "tls")]
    pub(super) user_agent: HeaderValue,
}

impl Connector {
    pub(super) fn new(ways: Ways) -> Self {
        Self(Arc::new(ways))
    }
}

impl Service<Uri> for Connector {
    type Response = TokioIo<Line>;
    type Error = Failure;
    type Future = Made<Line>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Failure>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, service: Uri) -> Self::Future {
        connecting();
        let ways = self.0.clone();
        Box::pin(async move {
            match tokio::time::timeout(ways.timeout, connect(&ways, &service)).await {
                Ok(made) => made.map(|line| {
                    connected();
                    TokioIo::new(line)
                }),
                Err(_) => Err(io::Error::new(io::ErrorKind::TimedOut, "out of time").into()),
            }
        })
    }
}

/// Connect to `service`, or to the proxy that stands before it.
async fn connect(ways: &Arc<Ways>, service: &Uri) -> Result<Line, Failure> {
    let proxy = ways
        .proxies
        .as_ref()
        .and_then(|proxies| proxies.intercept(service));
    let Some(proxy) = proxy else {
        return dial(ways, service).await;
    };
    #[cfg(feature = "tls")]
    if service.scheme() == Some(&http::uri::Scheme::HTTPS) {
        let headers =
            http::HeaderMap::from_iter([(http::header::USER_AGENT, ways.user_agent.clone())]);
        let mut tunnel = Tunnel::new(proxy.uri().clone(), Dial(ways.clone())).with_headers(headers);
        if let Some(credentials) = proxy.basic_auth() {
            tunnel = tunnel.with_auth(credentials.clone());
        }
        let line = tunnel.call(service.clone()).await?;
        return with_tls(ways, service, line.into_inner()).await;
    }
    let mut line = dial(ways, proxy.uri()).await?;
    line.proxied = true;
    Ok(line)
}

/// Connect to the host of `to`, whoever that is.
async fn dial(ways: &Ways, to: &Uri) -> Result<Line, Failure> {
    let secure = match to.scheme_str() {
        Some("http") => false,
        Some("https") => true,
        _ => return Err("only proxies that speak HTTP can be used".into()),
    };
    let mut tcp = HttpConnector::new_with_resolver(Names);
    tcp.enforce_http(false);
    tcp.set_connect_timeout(Some(ways.timeout));
    tcp.set_nodelay(true);
    tcp.set_keepalive(Some(Duration::from_secs(60)));
    tcp.set_keepalive_interval(Some(Duration::from_secs(15)));
    tcp.set_keepalive_retries(Some(3));
    #[cfg(any(target_os = "android", target_os = "fuchsia", target_os = "linux"))]
    tcp.set_tcp_user_timeout(Some(Duration::from_secs(30)));
    let line = Line::from(tcp.call(to.clone()).await?.into_inner());
    if secure {
        return with_tls(ways, to, line).await;
    }
    Ok(line)
}

#[cfg(feature = "tls")]
async fn with_tls(ways: &Ways, to: &Uri, line: Line) -> Result<Line, Failure> {
    let host = to.host().unwrap_or_default();
    let host = host.trim_start_matches('[').trim_end_matches(']');
    let name = rustls::pki_types::ServerName::try_from(host.to_owned())?;
    let tls = ways.tls.as_ref().ok_or("there is no TLS")?;
    Ok(tls.connect(name, line).await?.into())
}

#[cfg(not(feature = "tls"))]
#[expect(clippy::unused_async, reason = "it stands for one that waits")]
async fn with_tls(_: &Ways, _: &Uri, _: Line) -> Result<Line, Failure> {
    Err("https needs the feature `tls` of this crate".into())
}

/// Connects to a proxy, for a tunnel through it.
#[cfg(feature = "tls")]
struct Dial(Arc<Ways>);

#[cfg(feature = "tls")]
impl Service<Uri> for Dial {
    type Response = TokioIo<Line>;
    type Error = Failure;
    type Future = Made<Line>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Failure>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, proxy: Uri) -> Self::Future {
        let ways = self.0.clone();
        Box::pin(async move { dial(&ways, &proxy).await.map(TokioIo::new) })
    }
}
