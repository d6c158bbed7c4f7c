//! A receiver of webhooks on the loopback interface that keeps what it gets and answers as it is told.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex},
    time::Duration,
};

use bytes::Bytes;
use http_body_util::{BodyExt as _, Empty};
use hundredms_sandbox::{Sandbox, WebhookQueue};
use hyper::{
    HeaderMap, Request, Response, body::Incoming, server::conn::http1, service::service_fn,
};
use hyper_util::rt::TokioIo;
use serde_json::Value;
use tokio::{net::TcpListener, sync::Semaphore};

/// What the next requests are answered.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Answer {
    Status(u16),
    /// Nothing, until the receiver is released.
    Hang,
    /// The connection ends.
    Nothing,
}

/// One request as it came.
#[derive(Debug, Clone)]
pub(crate) struct Received {
    pub(crate) path: String,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl Received {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).expect("JSON")
    }

    pub(crate) fn kind(&self) -> String {
        self.json()["type"].as_str().expect("a type").to_owned()
    }
}

#[derive(Debug)]
pub(crate) struct Receiver {
    pub(crate) url: String,
    received: Arc<Mutex<Vec<Received>>>,
    answers: Arc<Mutex<VecDeque<Answer>>>,
    gate: Arc<Semaphore>,
}

impl Receiver {
    pub(crate) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let inbox = Self {
            url: format!("http://{address}/in?from=sandbox"),
            received: Arc::default(),
            answers: Arc::default(),
            gate: Arc::new(Semaphore::new(0)),
        };
        let (received, answers) = (inbox.received.clone(), inbox.answers.clone());
        let gate = inbox.gate.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (received, answers) = (received.clone(), answers.clone());
                let gate = gate.clone();
                let service = service_fn(move |request| {
                    respond(request, received.clone(), answers.clone(), gate.clone())
                });
                let connection =
                    http1::Builder::new().serve_connection(TokioIo::new(stream), service);
                tokio::spawn(async move { connection.await.ok() });
            }
        });
        inbox
    }

    /// Says what the next requests are answered; 200 after that.
    pub(crate) fn answer(&self, answers: impl IntoIterator<Item = Answer>) {
        self.answers.lock().unwrap().extend(answers);
    }

    /// Lets those go that hang.
    pub(crate) fn release(&self) {
        self.gate.add_permits(1000);
    }

    pub(crate) fn received(&self) -> Vec<Received> {
        self.received.lock().unwrap().clone()
    }

    pub(crate) fn kinds(&self) -> Vec<String> {
        self.received().iter().map(Received::kind).collect()
    }

    /// Waits until so many requests have come.
    pub(crate) async fn wait_for(&self, count: usize) {
        let come = async {
            while self.received.lock().unwrap().len() < count {
                tokio::time::sleep(Duration::from_millis(1)).await;
            }
        };
        let come = tokio::time::timeout(Duration::from_secs(10), come).await;
        assert!(come.is_ok(), "only {} came", self.received().len());
    }
}

async fn respond(
    request: Request<Incoming>,
    received: Arc<Mutex<Vec<Received>>>,
    answers: Arc<Mutex<VecDeque<Answer>>>,
    gate: Arc<Semaphore>,
) -> Result<Response<Empty<Bytes>>, Box<dyn std::error::Error + Send + Sync>> {
    let (parts, body) = request.into_parts();
    assert_eq!(parts.method, "POST");
    let body = body.collect().await?.to_bytes();
    received.lock().unwrap().push(Received {
        path: parts.uri.to_string(),
        headers: parts.headers,
        body,
    });
    let answer = answers.lock().unwrap().pop_front();
    let status = match answer.unwrap_or(Answer::Status(200)) {
        Answer::Status(status) => status,
        Answer::Hang => {
            let _ = gate.acquire().await?;
            200
        }
        Answer::Nothing => return Err("told to end".into()),
    };
    let mut response = Response::new(Empty::new());
    *response.status_mut() = status.try_into()?;
    Ok(response)
}

/// Waits until all that is due was attempted.
pub(crate) async fn settle(sandbox: &Sandbox) -> WebhookQueue {
    let settled = sandbox.settle_webhooks(Duration::from_secs(10)).await;
    settled.expect("all attempted")
}

/// Moves the clock on and waits for what is due then.
pub(crate) async fn pass(sandbox: &Sandbox, seconds: u64) -> WebhookQueue {
    sandbox.advance_clock(Duration::from_secs(seconds)).unwrap();
    settle(sandbox).await
}
