//! A sandbox behind a proxy that holds every request and every answer against the contract.

use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::ops::Deref;
use std::sync::{Arc, Mutex, MutexGuard};

use bytes::Bytes;
use http::{Request, Response, StatusCode, Uri};
use http_body_util::{BodyExt, Full};
use hundredms_sandbox::Sandbox;
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::client::legacy::{Client, connect::HttpConnector};
use hyper_util::rt::{TokioExecutor, TokioIo};
use tokio::net::TcpListener;

use crate::openapi::CONTRACT;

/// A sandbox whose `base_url` and `auth_url` lead through a [`Proxy`].
#[derive(Debug)]
pub(crate) struct Checked {
    proxy: Proxy,
    sandbox: Sandbox,
}

impl Checked {
    pub(crate) async fn start() -> Self {
        Self::before(Sandbox::start().await.expect("a sandbox")).await
    }

    pub(crate) async fn before(sandbox: Sandbox) -> Self {
        let proxy = Proxy::before(&sandbox.base_url()).await;
        Self { proxy, sandbox }
    }

    pub(crate) fn base_url(&self) -> String {
        self.proxy.url()
    }

    pub(crate) fn auth_url(&self) -> String {
        self.proxy.url()
    }

    /// End, after something was checked and nothing departed from the contract.
    pub(crate) fn finish(self) {
        assert!(self.proxy.found().checked > 0, "nothing was checked");
    }
}

impl Deref for Checked {
    type Target = Sandbox;

    fn deref(&self) -> &Sandbox {
        &self.sandbox
    }
}

/// Passes on what is asked and answered. Where that departs from the contract, it answers 599 with a text that says how, and
/// fails the test in which it is dropped. A request for no operation is passed on as it is.
#[derive(Debug)]
pub(crate) struct Proxy {
    address: SocketAddr,
    found: Arc<Mutex<Found>>,
}

/// What a proxy has found so far.
#[derive(Debug, Default)]
struct Found {
    /// Requests that were for an operation.
    checked: usize,
    /// Each once, although a client may try again.
    deviations: BTreeSet<String>,
}

impl Proxy {
    /// Start before the server with this base URL.
    pub(crate) async fn before(url: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let base: Uri = url.parse().expect("a URL");
        let road = Road {
            server: base.authority().expect("a host").to_string(),
            base: base.path().to_owned(),
            client: Client::builder(TokioExecutor::new()).build_http(),
            found: Arc::default(),
        };
        let found = road.found.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let road = road.clone();
                let answer = service_fn(move |request| {
                    let road = road.clone();
                    async move { road.take(request).await }
                });
                let serving = hyper::server::conn::http1::Builder::new()
                    .serve_connection(TokioIo::new(stream), answer);
                tokio::spawn(serving);
            }
        });
        Self { address, found }
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}/v2", self.address)
    }

    /// The departures from the contract since the last time, each once.
    pub(crate) fn deviations(&self) -> Vec<String> {
        let deviations = std::mem::take(&mut self.found().deviations);
        deviations.into_iter().collect()
    }

    fn found(&self) -> MutexGuard<'_, Found> {
        self.found.lock().expect("no panic")
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        let found = self.deviations();
        assert!(
            found.is_empty() || std::thread::panicking(),
            "departs from the contract:\n{}",
            found.join("\n")
        );
    }
}

/// From a request to its answer.
#[derive(Clone)]
struct Road {
    server: String,
    /// Path of the base URL.
    base: String,
    client: Client<HttpConnector, Full<Bytes>>,
    found: Arc<Mutex<Found>>,
}

/// Why there is no response; the connection is closed then, as the server's was.
type Lost = Box<dyn std::error::Error + Send + Sync>;

impl Road {
    async fn take(&self, request: Request<Incoming>) -> Result<Response<Full<Bytes>>, Lost> {
        let (head, body) = request.into_parts();
        let request = Request::from_parts(head, body.collect().await?.to_bytes());
        let target = request.uri().clone();
        let path = target.path().strip_prefix(&self.base);
        let Some((path, operation)) = path
            .and_then(|path| Some((path, CONTRACT.operation(request.method().as_str(), path)?)))
        else {
            return Ok(self.forward(request).await?.map(Full::new));
        };
        self.found.lock().expect("no panic").checked += 1;
        if let Err(deviation) = operation.check_request(path, &request) {
            return Ok(self.departs(&operation.name, "request", &deviation));
        }
        let answer = self.forward(request).await?;
        if let Err(deviation) = CONTRACT.check_answer(operation, &answer) {
            let direction = format!("answer {}", answer.status().as_u16());
            return Ok(self.departs(&operation.name, &direction, &deviation));
        }
        Ok(answer.map(Full::new))
    }

    async fn forward(&self, mut request: Request<Bytes>) -> Result<Response<Bytes>, Lost> {
        let target = request
            .uri()
            .path_and_query()
            .map_or("/", |target| target.as_str());
        *request.uri_mut() = format!("http://{}{target}", self.server).parse()?;
        let answer = self.client.request(request.map(Full::new)).await?;
        let (head, body) = answer.into_parts();
        Ok(Response::from_parts(head, body.collect().await?.to_bytes()))
    }

    fn departs(&self, operation: &str, direction: &str, deviation: &str) -> Response<Full<Bytes>> {
        let text = format!("{operation}, {direction}: {deviation}");
        let body = Full::new(Bytes::from(text.clone()));
        let mut found = self.found.lock().expect("no panic");
        found.deviations.insert(text);
        let mut answer = Response::new(body);
        *answer.status_mut() = StatusCode::from_u16(599).expect("a status");
        answer
    }
}
