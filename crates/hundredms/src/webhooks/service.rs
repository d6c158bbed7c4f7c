//! A [`Router`] as a [`Service`]: for axum, and everything that accepts tower services.

use std::convert::Infallible;
use std::future::poll_fn;
use std::net::{IpAddr, SocketAddr};
use std::pin::{Pin, pin};
use std::task::{Context, Poll};

use bytes::{Buf, Bytes, BytesMut};
use http::header::{ALLOW, CONTENT_TYPE, RETRY_AFTER};
use http::{Extensions, HeaderValue, Method, Request, Response, StatusCode};
use http_body::Body;
use tower_service::Service;

use super::delivery_outcome::DeliveryOutcome;
use super::router::Router;
use super::verification_error::{VerificationErrorReason, WebhookVerificationError};

/// Responds to requests. In axum: `route_service("/webhooks", router)`.
///
/// The address of the peer, which an allow list needs, is an extension of the request: with the feature `axum`, its
/// `ConnectInfo<SocketAddr>`; else a [`SocketAddr`] or [`IpAddr`].
impl<B> Service<Request<B>> for Router
where
    B: Body + Send + 'static,
    B::Data: Send,
{
    type Response = Response<String>;
    type Error = Infallible;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, Infallible>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<B>) -> Self::Future {
        let router = self.clone();
        Box::pin(async move { Ok(response(router.answer(request).await)) })
    }
}

impl Router {
    async fn answer<B: Body>(&self, request: Request<B>) -> DeliveryOutcome {
        let (head, body) = request.into_parts();
        if head.method != Method::POST {
            return DeliveryOutcome::NotPost;
        }
        let peer = peer(&head.extensions);
        // The body of an unverified sender is not read.
        if let Err(refusal) = self.receiver().verify_sender(&head.headers, peer) {
            return self.refused(&refusal);
        }
        match read_body(body, self.receiver().max_bytes()).await {
            Ok(body) => self.handle(body, &head.headers, peer).await,
            Err(Some(refusal)) => self.refused(&refusal),
            Err(None) => DeliveryOutcome::Unreadable,
        }
    }
}

/// Read the whole body. The error is `None` if it cannot be read.
async fn read_body<B: Body>(
    body: B,
    most: usize,
) -> Result<Bytes, Option<WebhookVerificationError>> {
    let mut body = pin!(body);
    let mut received = BytesMut::new();
    while let Some(frame) = poll_fn(|context| body.as_mut().poll_frame(context)).await {
        let Ok(mut data) = frame.map_err(|_| None)?.into_data() else {
            continue;
        };
        if received.len() + data.remaining() > most {
            let message = format!("the body is larger than {most} bytes");
            return Err(Some(WebhookVerificationError::new(
                VerificationErrorReason::TooLarge,
                message,
            )));
        }
        while data.has_remaining() {
            let chunk = data.chunk();
            let length = chunk.len();
            received.extend_from_slice(chunk);
            data.advance(length);
        }
    }
    Ok(received.freeze())
}

fn peer(extensions: &Extensions) -> Option<IpAddr> {
    #[cfg(feature = "axum")]
    if let Some(info) = extensions.get::<axum::extract::ConnectInfo<SocketAddr>>() {
        return Some(info.0.ip());
    }
    extensions
        .get::<SocketAddr>()
        .map(SocketAddr::ip)
        .or_else(|| extensions.get::<IpAddr>().copied())
}

fn response(reply: DeliveryOutcome) -> Response<String> {
    let mut response = Response::new(reply.body());
    *response.status_mut() =
        StatusCode::from_u16(reply.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    if reply == DeliveryOutcome::NotPost {
        headers.insert(ALLOW, HeaderValue::from_static("POST"));
    }
    if let Some(seconds) = reply.retry_after() {
        headers.insert(RETRY_AFTER, HeaderValue::from(seconds));
    }
    response
}
