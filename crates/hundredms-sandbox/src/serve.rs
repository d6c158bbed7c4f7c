//! The road from a request to its answer, and the server that walks it.

use std::{convert::Infallible, io, pin::pin, time::Duration};

use bytes::Bytes;
use http_body_util::{BodyExt as _, Full, Limited};
use hyper::{
    Request as HttpRequest, Response,
    body::Incoming,
    header::{AUTHORIZATION, CONTENT_TYPE, DATE, HeaderValue},
    http::request::Parts,
    server::conn::http1,
    service::service_fn,
};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
};
use jiff::Timestamp;
use serde_json::{Value, json};
use tokio::{net::TcpListener, sync::watch, time};

use crate::{
    answer::{Answer, ApiError},
    clock,
    operations::{self, Auth},
    request::Request,
    request_log::{LoggedRequest, TokenKind},
    tokens::Caller,
    world::{SharedWorld, World},
};

/// Larger bodies are refused with 413.
const BODY_LIMIT: usize = 4 << 20;

/// How long requests under way may take to end when the sandbox stops.
const GRACE: Duration = Duration::from_secs(2);

/// Accepts connections until `stop` turns true, then lets requests under way end.
pub(crate) async fn serve(
    listener: TcpListener,
    world: SharedWorld,
    mut stop: watch::Receiver<bool>,
) {
    let connections = GracefulShutdown::new();
    let mut stopped = pin!(stop.wait_for(|stop| *stop));
    loop {
        let accepted = tokio::select! {
            _ = &mut stopped => break,
            accepted = listener.accept() => accepted,
        };
        let Ok((stream, _)) = accepted else {
            // No file descriptor is free, or the peer left at once.
            time::sleep(Duration::from_millis(5)).await;
            continue;
        };
        // Without it the answers of small requests wait for acknowledgements; with an error they merely do.
        let _ = stream.set_nodelay(true);
        let world = world.clone();
        let service = service_fn(move |request| respond(world.clone(), request));
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .serve_connection(TokioIo::new(stream), service);
        let connection = connections.watch(connection);
        // An error ends that one connection: the client left, or spoke no HTTP.
        tokio::spawn(async move { connection.await.ok() });
    }
    drop(listener);
    let _ = time::timeout(GRACE, connections.shutdown()).await;
}

/// One exchange. An error would drop the connection without an answer.
async fn respond(
    world: SharedWorld,
    request: HttpRequest<Incoming>,
) -> Result<Response<Full<Bytes>>, Infallible> {
    let (parts, body) = request.into_parts();
    let body = Limited::new(body, BODY_LIMIT)
        .collect()
        .await
        .map(http_body_util::Collected::to_bytes);
    let mut world = world.lock();
    world.state.settle();
    let answer = match body {
        Ok(body) => answer(&mut world, &parts, &body),
        Err(_) => ApiError::new(413, "Request body is too large").into(),
    };
    let now = world.state.now();
    drop(world);
    Ok(response(answer, now))
}

/// The answer to a request that came in whole.
fn answer(world: &mut World, parts: &Parts, body: &Bytes) -> Answer {
    let path = parts.uri.path();
    if let Some(name) = path.strip_prefix("/_sandbox/") {
        return control(world, parts.method.as_str(), name, body);
    }
    let query: Vec<(String, String)> =
        form_urlencoded::parse(parts.uri.query().unwrap_or_default().as_bytes())
            .into_owned()
            .collect();
    let mut logged = LoggedRequest {
        operation: None,
        method: parts.method.to_string(),
        path: path.to_owned(),
        query: query.clone(),
        body: serde_json::from_slice(body).ok(),
        status: 0,
        token: TokenKind::None,
        at: clock::text(world.state.now()),
    };
    let answer = operation(world, parts, query, body, &mut logged).unwrap_or_else(Answer::from);
    logged.status = answer.status;
    world.log.push(logged);
    answer
}

fn operation(
    world: &mut World,
    parts: &Parts,
    query: Vec<(String, String)>,
    body: &Bytes,
    logged: &mut LoggedRequest,
) -> Result<Answer, ApiError> {
    let path = parts.uri.path().strip_prefix("/v2");
    let (operation, arguments) = path
        .and_then(|path| operations::find(parts.method.as_str(), path))
        .ok_or_else(|| {
            ApiError::not_found("Not found").detail("the sandbox knows no such method and path")
        })?;
    logged.operation = Some(operation.name.to_owned());

    let authorization = parts
        .headers
        .get(AUTHORIZATION)
        .and_then(|value| value.to_str().ok());
    let state = &mut world.state;
    let caller = match operation.auth {
        Auth::Management => state.credentials.management(authorization, state.now())?,
        Auth::Client => state.credentials.client(authorization, state.now())?,
        Auth::None => Caller::Anyone,
    };
    logged.token = match caller {
        Caller::Anyone => TokenKind::None,
        Caller::Management => TokenKind::Management,
        Caller::Client(_) => TokenKind::Client,
    };
    let has_body = !body.is_empty();
    let body = if has_body { parsed(body)? } else { json!({}) };
    (operation.handler)(
        state,
        &Request {
            arguments,
            query,
            body,
            has_body,
            caller,
        },
    )
}

fn control(world: &mut World, method: &str, name: &str, body: &Bytes) -> Answer {
    if method != "POST" {
        return ApiError::new(405, "Controls are called with POST").into();
    }
    let arguments = match if body.is_empty() {
        Ok(Value::Null)
    } else {
        parsed(body)
    } {
        Ok(arguments) => arguments,
        Err(error) => return error.into(),
    };
    match crate::control::run(world, name, arguments) {
        Ok(value) => Answer::ok(&value),
        Err(error) => ApiError::new(error.status(), error.to_string()).into(),
    }
}

fn parsed(body: &Bytes) -> Result<Value, ApiError> {
    serde_json::from_slice(body).map_err(|error| {
        let lines = body.split_inclusive(|byte| *byte == b'\n');
        let before: usize = lines.take(error.line() - 1).map(<[u8]>::len).sum();
        let position = before + error.column();
        ApiError::bad_request(format!(
            "request body contains badly-formed JSON (at position {position})"
        ))
        .detail(error.to_string())
    })
}

fn response(answer: Answer, now: Timestamp) -> Response<Full<Bytes>> {
    let has_body = answer.body.is_some();
    let mut response = Response::new(Full::from(answer.body.unwrap_or_default()));
    *response.status_mut() = answer
        .status
        .try_into()
        .unwrap_or(hyper::StatusCode::INTERNAL_SERVER_ERROR);
    let headers = response.headers_mut();
    if has_body {
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    }
    // The virtual clock's date, which hyper then leaves alone: clients learn their clock's offset from it.
    let date = jiff::fmt::rfc2822::DateTimePrinter::new().timestamp_to_rfc9110_string(&now);
    if let Some(date) = date.ok().and_then(|date| HeaderValue::try_from(date).ok()) {
        headers.insert(DATE, date);
    }
    response
}

/// Runs a server of its own on a thread of its own, so that it depends on no runtime of the caller's.
pub(crate) fn run(
    listener: std::net::TcpListener,
    world: SharedWorld,
    stop: watch::Receiver<bool>,
    started: tokio::sync::oneshot::Sender<io::Result<()>>,
) {
    let runtime = match tokio::runtime::Builder::new_current_thread()
        .enable_io()
        .enable_time()
        .build()
    {
        Ok(runtime) => runtime,
        Err(error) => return drop(started.send(Err(error))),
    };
    runtime.block_on(async {
        match TcpListener::from_std(listener) {
            Ok(listener) => {
                let _ = started.send(Ok(()));
                serve(listener, world, stop).await;
            }
            Err(error) => drop(started.send(Err(error))),
        }
    });
}
