//! Handles requests from arrival to response, and runs the server.

use std::{io, net::IpAddr, pin::pin, sync::Arc, time::Duration};

use bytes::Bytes;
use http_body_util::{BodyExt as _, Full, LengthLimitError, Limited};
use hyper::{
    Request as HttpRequest, Response,
    body::{Body as _, Incoming},
    header::{AUTHORIZATION, CONTENT_TYPE, DATE, HeaderValue},
    http::request::Parts,
};
use jiff::Timestamp;
use serde_json::{Value, json};
use tokio::{
    net::TcpListener,
    sync::{mpsc, watch},
    time::{self, Instant},
};

use crate::{
    answer::{Answer, ApiError},
    clock,
    connection::{self, House},
    control,
    faults::{Ending, Entrance, Struck},
    guard::{self, AllowedHosts},
    limits,
    operations::{self, Auth},
    request::Request,
    request_log::{LoggedRequest, TokenKind},
    storage,
    tokens::Caller,
    webhooks::rounds,
    world::{SharedWorld, World},
};

/// The path prefix of the controls.
const CONTROLS: &str = "/_sandbox/";

/// How long a body may take to come in, in real time.
const BODY_TIME: Duration = Duration::from_secs(60);

/// How long the body of a refused request is read, in real time.
const DISCARD_TIME: Duration = Duration::from_secs(2);

/// The health check, by GET.
const HEALTH: &str = "health";

/// How long running requests may take to finish when the sandbox stops.
const GRACE: Duration = Duration::from_secs(2);

/// Accept connections until `stop` is true, then let running requests finish.
pub(crate) async fn serve(
    listener: TcpListener,
    world: SharedWorld,
    hosts: Arc<AllowedHosts>,
    stop: watch::Receiver<bool>,
) {
    let mut stopped = stop.clone();
    let mut stopped = pin!(stopped.wait_for(|stop| *stop));
    let (open, mut all_closed) = mpsc::channel(1);
    let door = world.lock().faults.door.watch();
    let mut shut = door.clone();
    let house = House {
        world,
        hosts,
        stop,
        door,
        _open: open,
    };
    let mut listener = listener;
    loop {
        let accepted = tokio::select! {
            _ = &mut stopped => break,
            Ok(()) = shut.changed() => {
                match reopened(listener, &house.world, &mut shut, stopped.as_mut()).await {
                    Some(open) => listener = open,
                    None => break,
                }
                continue;
            }
            accepted = listener.accept() => accepted,
        };
        let Ok((stream, _)) = accepted else {
            // No file descriptor is free, or the peer disconnected at once.
            time::sleep(Duration::from_millis(5)).await;
            continue;
        };
        // Without it, responses to small requests wait for acknowledgements. An error only means that they wait.
        let _ = stream.set_nodelay(true);
        let mut house = house.clone();
        // Connections that arrived while it was being shut are closed too.
        let until = *house.door.borrow_and_update();
        if until.is_some_and(|until| until > Instant::now()) {
            house.door.mark_changed();
        }
        tokio::spawn(connection::converse(stream, house));
    }
    drop(house);
    let _ = time::timeout(GRACE, all_closed.recv()).await;
}

/// Accept no connections while the door is shut, then listen again. `None` if the sandbox stops first.
async fn reopened(
    listener: TcpListener,
    world: &SharedWorld,
    shut: &mut watch::Receiver<Option<Instant>>,
    mut stopped: impl Future + Unpin,
) -> Option<TcpListener> {
    let mut listener = Some(listener);
    loop {
        shut.mark_unchanged();
        let entrance = world.lock().faults.door.stand(listener.take());
        let until = match entrance? {
            Entrance::Open(listener) => return Some(listener),
            Entrance::ShutUntil(until) => until,
        };
        tokio::select! {
            _ = &mut stopped => {
                world.lock().faults.door.leave();
                return None;
            }
            _ = shut.changed() => {}
            () = time::sleep_until(until) => {}
        }
    }
}

/// One exchange.
pub(crate) async fn respond(
    world: SharedWorld,
    hosts: &AllowedHosts,
    local: IpAddr,
    request: HttpRequest<Incoming>,
) -> Ending {
    let (parts, body) = request.into_parts();
    // Before anything is kept or logged.
    if let Err(error) = guard::check(&parts, !body.is_end_stream(), hosts, local) {
        discard(body).await;
        let now = world.lock().state.now();
        return Ending::Answer(response(error.into(), now));
    }
    if parts.uri.path().starts_with(storage::PREFIX) {
        let mut world = world.lock();
        world.state.settle();
        return Ending::File(storage::respond(&world.state, &parts));
    }
    let body = match read(&world, &parts, body).await {
        Ok(body) => body,
        Err(error) => {
            let now = world.lock().state.now();
            return Ending::Answer(response(error.into(), now));
        }
    };
    if let Some(name) = parts.uri.path().strip_prefix(CONTROLS) {
        let answer = controlled(&world, parts.method.as_str(), name, &body).await;
        let now = world.lock().state.now();
        return Ending::Answer(response(answer, now));
    }
    let answered = {
        let mut locked = world.lock();
        locked.state.settle();
        let answer = match locked.faults.strike(&parts) {
            Ok(None) => Ok(answer(&mut locked, &parts, &body, None)),
            Ok(Some(struck)) => Err(struck),
            Err(error) => Ok(error.into()),
        };
        answer.map(|answer| (answer, locked.state.now()))
    };
    match answered {
        Ok((answer, now)) => Ending::Answer(response(answer, now)),
        Err(struck) => suffer(world, parts, body, struck).await,
    }
}

/// Read a body that is not too large. Only so many large ones are read at the same time.
async fn read(world: &SharedWorld, parts: &Parts, body: Incoming) -> Result<Bytes, ApiError> {
    let most = if parts.uri.path().starts_with(CONTROLS) {
        limits::CONTROL_BODY
    } else {
        limits::OPERATION_BODY
    };
    let too_large = || {
        ApiError::new(413, "Request body is too large")
            .detail(format!("it may have {} KiB at most here", most >> 10))
    };
    let length = body.size_hint().exact();
    let length = length.map_or(most, |length| usize::try_from(length).unwrap_or(usize::MAX));
    if length > most {
        discard(body).await;
        return Err(too_large());
    }
    let mut body = body;
    let reading = async {
        let _turn = world.turn_to_read(length).await;
        Limited::new(&mut body, most).collect().await
    };
    match time::timeout(BODY_TIME, reading).await {
        Ok(Ok(body)) => Ok(body.to_bytes()),
        Ok(Err(error)) if error.is::<LengthLimitError>() => {
            discard(body).await;
            Err(too_large())
        }
        Ok(Err(_)) => Err(ApiError::bad_request("Request body is broken off")),
        Err(_) => Err(ApiError::new(408, "Request body did not come in time")),
    }
}

/// Read the rest of a refused request, within limits: many clients read no response before they have sent everything.
async fn discard(mut body: Incoming) {
    let reading = async {
        let mut read = 0;
        while let Some(Ok(frame)) = body.frame().await {
            read += frame.data_ref().map_or(0, Bytes::len);
            if read > limits::DISCARDED {
                break;
            }
        }
    };
    let _ = time::timeout(DISCARD_TIME, reading).await;
}

/// One exchange with faults.
async fn suffer(world: SharedWorld, parts: Parts, body: Bytes, struck: Struck) -> Ending {
    // A separate task: a service finishes what it started, even if the client disconnects.
    let suffered = tokio::spawn(async move {
        if let Some(time) = struck.refuses_connections() {
            world.lock().faults.door.shut(time);
        }
        time::sleep(struck.delay_before()).await;
        let (answer, now) = {
            let mut world = world.lock();
            world.state.settle();
            let answer = answer(&mut world, &parts, &body, Some(&struck));
            (answer, struck.now(world.state.now()))
        };
        time::sleep(struck.delay_answer()).await;
        struck.ending(&answer, now)
    });
    suffered.await.unwrap_or_else(|_| {
        let error = ApiError::new(500, "The sandbox failed");
        Ending::Answer(response(error.into(), Timestamp::now()))
    })
}

/// The response to a complete request.
fn answer(world: &mut World, parts: &Parts, body: &Bytes, struck: Option<&Struck>) -> Answer {
    let path = parts.uri.path();
    let query: Vec<(String, String)> =
        form_urlencoded::parse(parts.uri.query().unwrap_or_default().as_bytes())
            .into_owned()
            .collect();
    let mut logged = LoggedRequest {
        operation: None,
        method: parts.method.to_string(),
        path: path.to_owned(),
        query: query.clone(),
        body: None,
        status: 0,
        token: TokenKind::None,
        at: clock::text(world.state.now()),
        faults: Vec::new(),
    };
    let answer = match struck {
        None => operation(world, parts, query, body, &mut logged, None),
        Some(struck) => {
            logged.operation = struck.operation.map(str::to_owned);
            logged.faults.clone_from(&struck.faults);
            if struck.expires_tokens() {
                world.faults.tokens.expire(authorization(parts));
            }
            let answered = match struck.instead() {
                Some(answer) => Ok(answer),
                None => operation(world, parts, query, body, &mut logged, Some(struck)),
            };
            Ok(struck.replaced(answered.unwrap_or_else(Answer::from)))
        }
    };
    let answer = answer.unwrap_or_else(Answer::from);
    logged.status = struck.map_or(answer.status, |struck| struck.seen(answer.status));
    let operation = logged.operation.as_deref().and_then(operations::named);
    let is_kept = operation
        .is_some_and(|row| row.auth == Auth::None || parts.headers.contains_key(AUTHORIZATION));
    world.log.push(logged, if is_kept { body } else { &[] });
    answer
}

fn operation(
    world: &mut World,
    parts: &Parts,
    query: Vec<(String, String)>,
    body: &Bytes,
    logged: &mut LoggedRequest,
    struck: Option<&Struck>,
) -> Result<Answer, ApiError> {
    let path = parts.uri.path().strip_prefix("/v2");
    let (operation, arguments) = path
        .and_then(|path| operations::find(parts.method.as_str(), path))
        .ok_or_else(|| {
            ApiError::not_found("Not found").detail("the sandbox knows no such method and path")
        })?;
    logged.operation = Some(operation.name.to_owned());

    if let Some(limit) = &mut world.rate_limit {
        limit.take(operation.name, world.state.now())?;
    }
    let authorization = authorization(parts);
    let state = &mut world.state;
    let now = struck.map_or(state.now(), |struck| struck.now(state.now()));
    let caller = match operation.auth {
        Auth::Management => state.credentials.management(authorization, now)?,
        Auth::Client => state.credentials.client(authorization, now)?,
        Auth::None => Caller::Anyone,
    };
    if caller != Caller::Anyone {
        world.faults.tokens.admit(authorization)?;
    }
    logged.token = match caller {
        Caller::Anyone => TokenKind::None,
        Caller::Management => TokenKind::Management,
        Caller::Client(_) => TokenKind::Client,
    };
    let has_body = !body.is_empty();
    let body = if has_body { parsed(body)? } else { json!({}) };
    // Counted when it is stored, and refused before that.
    let mut large_values = state.large_values;
    large_values.take(&body)?;
    let answer = (operation.handler)(
        state,
        &Request {
            arguments,
            query,
            body,
            has_body,
            caller,
        },
    )?;
    state.large_values = large_values;
    Ok(answer)
}

fn authorization(parts: &Parts) -> Option<&str> {
    parts.headers.get(AUTHORIZATION)?.to_str().ok()
}

async fn controlled(world: &SharedWorld, method: &str, name: &str, body: &Bytes) -> Answer {
    if name == HEALTH && (method == "GET" || method == "HEAD") {
        return Answer::ok(&json!({"status": "ok", "version": env!("CARGO_PKG_VERSION")}));
    }
    if method != "POST" {
        return ApiError::new(405, "Controls are called with POST").into();
    }
    let arguments = match arguments(body) {
        Ok(arguments) => arguments,
        Err(error) => return error.into(),
    };
    match control::run_shared(world, name, arguments).await {
        Ok(value) => Answer::ok(&value),
        Err(error) => ApiError::new(error.status(), error.to_string()).into(),
    }
}

/// The arguments of a control; none without a body.
fn arguments(body: &Bytes) -> Result<Value, ApiError> {
    if body.is_empty() {
        Ok(Value::Null)
    } else {
        parsed(body)
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

pub(crate) fn response(answer: Answer, now: Timestamp) -> Response<Full<Bytes>> {
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
    // The virtual clock's date, which hyper does not replace. Clients learn the clock's offset from it.
    if let Some(date) = http_date(now) {
        headers.insert(DATE, date);
    }
    response
}

/// A date as HTTP writes it.
pub(crate) fn http_date(time: Timestamp) -> Option<HeaderValue> {
    let date = jiff::fmt::rfc2822::DateTimePrinter::new().timestamp_to_rfc9110_string(&time);
    HeaderValue::try_from(date.ok()?).ok()
}

/// Run the server on a separate thread, independent of the caller's runtime.
pub(crate) fn run(
    listener: std::net::TcpListener,
    world: SharedWorld,
    hosts: AllowedHosts,
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
                tokio::spawn(rounds::run(world.clone(), stop.clone()));
                serve(listener, world, Arc::new(hosts), stop).await;
            }
            Err(error) => drop(started.send(Err(error))),
        }
    });
    // Host names of webhooks are resolved on threads that need not be joined.
    runtime.shutdown_background();
}
