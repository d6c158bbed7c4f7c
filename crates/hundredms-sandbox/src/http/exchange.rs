//! One request, from its head to its response.

use std::{
    net::IpAddr,
    time::{Duration, Instant},
};

use bytes::Bytes;
use http_body_util::{BodyExt as _, LengthLimitError, Limited};
use hyper::{
    Request as HttpRequest,
    body::{Body as _, Incoming},
    header::{AUTHORIZATION, RANGE},
    http::request::Parts,
};
use jiff::Timestamp;
use serde_json::{Value, json};
use tokio::{sync::watch, time};

use crate::{
    api::{
        operation::{Auth, Operation},
        routes::{self, Found},
        run,
    },
    api_response::{ApiError, ApiResponse},
    clock, control,
    dashboard::exchange as dashboard,
    faults::{
        fault::FILE,
        injected_fault::{InjectedFault, Reply},
    },
    http::{
        files,
        guard::{self, AllowedHosts},
        skipped_time,
    },
    http_response::http_response,
    limits,
    request::Request,
    request_log::{LoggedDetails, LoggedRequest, TokenKind, error_of},
    rules::storage,
    sandbox_state::{SandboxState, SharedSandbox},
    state::State,
    tokens::Caller,
};

/// The path prefix of the controls.
const CONTROLS: &str = "/_sandbox/";

/// How long a body may take to come in, in real time.
const BODY_TIME: Duration = Duration::from_secs(60);

/// How long the body of a refused request is read, in real time.
const DISCARD_TIME: Duration = Duration::from_secs(2);

/// The health check, by GET.
const HEALTH: &str = "health";

/// Handle one request.
pub(crate) async fn respond(
    sandbox: SharedSandbox,
    hosts: &AllowedHosts,
    local: IpAddr,
    request: HttpRequest<Incoming>,
    stop: &watch::Receiver<bool>,
) -> Reply {
    let began = Instant::now();
    let (parts, body) = request.into_parts();
    // Before anything is kept or logged.
    if let Err(error) = guard::check(&parts, !body.is_end_stream(), hosts, local) {
        discard(body).await;
        let now = sandbox.lock().state.now();
        return Reply::Response(http_response(error.into(), now));
    }
    if parts.uri.path().starts_with(storage::PREFIX) {
        return respond_with_file(&sandbox, parts).await;
    }
    let body = match read(&sandbox, &parts, body).await {
        Ok(body) => body,
        Err(error) => {
            let now = sandbox.lock().state.now();
            return Reply::Response(http_response(error.into(), now));
        }
    };
    if dashboard::below(parts.uri.path()).is_some() {
        return Reply::Response(dashboard::respond(&sandbox, &parts, &body, stop));
    }
    if let Some(name) = parts.uri.path().strip_prefix(CONTROLS) {
        let response = run_control(&sandbox, parts.method.as_str(), name, &body).await;
        let now = sandbox.lock().state.now();
        return Reply::Response(http_response(response, now));
    }
    let call = Call::new(parts, body, began);
    let fault = {
        let mut locked = sandbox.lock();
        locked.state.settle();
        let response = match locked.faults.inject(&call.parts, call.operation()) {
            Ok(Some(fault)) => Err(fault),
            Ok(None) => Ok(call.respond(&mut locked)),
            Err(error) => Ok(error.into()),
        };
        match response {
            Ok(response) => {
                let mut response = http_response(response, locked.state.now());
                skipped_time::add_next_change(&call.parts.headers, &locked.state, &mut response);
                return Reply::Response(response);
            }
            Err(fault) => fault,
        }
    };
    respond_with_fault(sandbox, call, fault).await
}

/// Handle a request for a file.
async fn respond_with_file(sandbox: &SharedSandbox, mut parts: Parts) -> Reply {
    let fault = {
        let mut locked = sandbox.lock();
        locked.state.settle();
        match locked.faults.inject(&parts, Some(FILE)) {
            Ok(Some(fault)) => fault,
            Ok(None) => return Reply::Response(files::respond(&locked.state, &parts)),
            Err(error) => {
                return Reply::Response(http_response(error.into(), locked.state.now()));
            }
        }
    };
    if let Some(time) = fault.refuses_connections() {
        sandbox.lock().faults.gate.close(time);
    }
    time::sleep(fault.delay_before()).await;
    let (response, now) = {
        let mut sandbox = sandbox.lock();
        sandbox.state.settle();
        let response = match fault.status_of_file() {
            Some(status) if !(200..300).contains(&status) => files::refused(status),
            // As servers that do not know ranges.
            Some(_) => {
                parts.headers.remove(RANGE);
                files::respond(&sandbox.state, &parts)
            }
            None => files::respond(&sandbox.state, &parts),
        };
        (response, fault.now(sandbox.state.now()))
    };
    time::sleep(fault.delay_answer()).await;
    fault.reply_with_file(response, now)
}

/// Read a body. The number of large bodies that are read at the same time is limited.
async fn read(sandbox: &SharedSandbox, parts: &Parts, body: Incoming) -> Result<Bytes, ApiError> {
    let most = if parts.uri.path().starts_with(CONTROLS) {
        limits::CONTROL_BODY
    } else {
        limits::OPERATION_BODY
    };
    let too_large = || {
        ApiError::new(413, "Request body is too large")
            .detail(format!("it may have at most {} KiB here", most >> 10))
    };
    let length = body.size_hint().exact();
    let length = length.map_or(most, |length| usize::try_from(length).unwrap_or(usize::MAX));
    if length > most {
        discard(body).await;
        return Err(too_large());
    }
    let mut body = body;
    let reading = async {
        let _turn = sandbox.turn_to_read(length).await;
        Limited::new(&mut body, most).collect().await
    };
    match time::timeout(BODY_TIME, reading).await {
        Ok(Ok(body)) => Ok(body.to_bytes()),
        Ok(Err(error)) if error.is::<LengthLimitError>() => {
            discard(body).await;
            Err(too_large())
        }
        Ok(Err(_)) => Err(ApiError::bad_request("Request body is incomplete")),
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

/// Handle a request that is affected by faults.
async fn respond_with_fault(sandbox: SharedSandbox, call: Call, fault: InjectedFault) -> Reply {
    // A separate task: a service finishes what it started, even if the client disconnects.
    let replied = tokio::spawn(async move {
        if let Some(time) = fault.refuses_connections() {
            sandbox.lock().faults.gate.close(time);
        }
        time::sleep(fault.delay_before()).await;
        let (response, now) = {
            let mut sandbox = sandbox.lock();
            sandbox.state.settle();
            let response = call.respond_with_fault(&mut sandbox, &fault);
            (response, fault.now(sandbox.state.now()))
        };
        time::sleep(fault.delay_answer()).await;
        fault.reply(&response, now)
    });
    replied.await.unwrap_or_else(|_| {
        let error = ApiError::new(500, "The sandbox failed");
        Reply::Response(http_response(error.into(), Timestamp::now()))
    })
}

/// A complete request to the API.
#[derive(Debug)]
struct Call {
    parts: Parts,
    body: Bytes,
    query: Vec<(String, String)>,
    /// `None` if no operation has this method and path.
    route: Option<Found>,
    began: Instant,
}

/// The outcome of a request.
#[derive(Debug)]
struct Handled {
    response: ApiResponse,
    /// The kind of token that was accepted.
    token: TokenKind,
}

/// A response as the log has it.
#[derive(Debug)]
struct Answered<'a> {
    response: &'a ApiResponse,
    /// The status that the client receives.
    status: u16,
    token: TokenKind,
    faults: &'a [u64],
    /// How much later the response is sent.
    delay: Duration,
}

impl Call {
    fn new(parts: Parts, body: Bytes, began: Instant) -> Self {
        let query = parts.uri.query().unwrap_or_default().as_bytes();
        let path = parts.uri.path().strip_prefix("/v2");
        Self {
            query: form_urlencoded::parse(query).into_owned().collect(),
            route: path.and_then(|path| routes::find(parts.method.as_str(), path)),
            parts,
            body,
            began,
        }
    }

    /// Return the name of the operation.
    fn operation(&self) -> Option<&'static str> {
        self.route.as_ref().map(|(operation, _)| operation.name)
    }

    fn authorization(&self) -> Option<&str> {
        self.parts.headers.get(AUTHORIZATION)?.to_str().ok()
    }

    /// Handle it, and log it.
    fn respond(&self, sandbox: &mut SandboxState) -> ApiResponse {
        let handled = self.handle(sandbox, sandbox.state.now());
        let answered = Answered {
            response: &handled.response,
            status: handled.response.status,
            token: handled.token,
            faults: &[],
            delay: Duration::ZERO,
        };
        self.log(sandbox, &answered);
        handled.response
    }

    /// Handle it unless a fault prevents that, replace the response as the fault says, and log it.
    fn respond_with_fault(&self, sandbox: &mut SandboxState, fault: &InjectedFault) -> ApiResponse {
        if fault.expires_tokens() {
            sandbox.faults.tokens.expire(self.authorization());
        }
        let handled = match fault.instead() {
            Some(response) => Handled {
                response,
                token: TokenKind::None,
            },
            None => self.handle(sandbox, fault.now(sandbox.state.now())),
        };
        let response = fault.replaced(handled.response);
        let answered = Answered {
            response: &response,
            status: fault.seen(response.status),
            token: handled.token,
            faults: &fault.faults,
            delay: fault.delay_answer(),
        };
        self.log(sandbox, &answered);
        response
    }

    /// Check the token at the time `now`, and run the operation.
    fn handle(&self, sandbox: &mut SandboxState, now: Timestamp) -> Handled {
        let Some((operation, arguments)) = &self.route else {
            let method = self.parts.method.as_str();
            let lacks_version = routes::find(method, self.parts.uri.path()).is_some();
            let error = ApiError::not_found("Not found").detail(if lacks_version {
                "the path must begin with /v2: add it to the base URL"
            } else {
                "there is no operation with this method and path"
            });
            return Handled {
                response: error.into(),
                token: TokenKind::None,
            };
        };
        match self.admit(sandbox, operation, now) {
            Ok(caller) => Handled {
                token: match caller {
                    Caller::Anyone => TokenKind::None,
                    Caller::Management => {
                        skipped_time::advance(&self.parts.headers, &mut sandbox.state);
                        TokenKind::Management
                    }
                    Caller::Client(_) => TokenKind::Client,
                },
                response: self
                    .run(&mut sandbox.state, operation, arguments.clone(), caller)
                    .unwrap_or_else(ApiResponse::from),
            },
            Err(error) => Handled {
                response: error.into(),
                token: TokenKind::None,
            },
        }
    }

    /// Check the rate limit and the token.
    fn admit(
        &self,
        sandbox: &mut SandboxState,
        operation: &Operation,
        now: Timestamp,
    ) -> Result<Caller, ApiError> {
        if let Some(limit) = &mut sandbox.rate_limit {
            limit.take(operation.name, sandbox.state.now())?;
        }
        let authorization = self.authorization();
        let credentials = &sandbox.state.credentials;
        let caller = match operation.auth {
            Auth::Management => credentials.management(authorization, now)?,
            Auth::Client => credentials.client(authorization, now)?,
            Auth::None => Caller::Anyone,
        };
        if caller != Caller::Anyone {
            sandbox.faults.tokens.admit(authorization)?;
        }
        Ok(caller)
    }

    fn run(
        &self,
        state: &mut State,
        operation: &Operation,
        arguments: Vec<(&'static str, String)>,
        caller: Caller,
    ) -> Result<ApiResponse, ApiError> {
        let has_body = !self.body.is_empty();
        let body = if has_body {
            parsed(&self.body)?
        } else {
            json!({})
        };
        let request = Request {
            arguments,
            query: self.query.clone(),
            body,
            has_body,
            caller,
        };
        run::run(state, operation, &request)
    }

    fn log(&self, sandbox: &mut SandboxState, answered: &Answered<'_>) {
        let keeps_body = self.route.as_ref().is_some_and(|(operation, _)| {
            operation.auth == Auth::None || self.parts.headers.contains_key(AUTHORIZATION)
        });
        let answer = answered.response.body.as_deref().unwrap_or_default();
        let request = LoggedRequest {
            operation: self.operation().map(str::to_owned),
            method: self.parts.method.to_string(),
            path: self.parts.uri.path().to_owned(),
            query: self.query.clone(),
            body: None,
            status: answered.status,
            error: error_of(answered.status, answer),
            token: answered.token,
            at: clock::text(sandbox.state.now()),
            faults: answered.faults.to_vec(),
        };
        let body: &[u8] = if keeps_body { &self.body } else { &[] };
        let details = LoggedDetails::new(&self.parts.headers, answer);
        let took = self.began.elapsed() + answered.delay;
        sandbox.log.push(request, body, details, took);
    }
}

/// Run a control that was called over HTTP.
async fn run_control(
    sandbox: &SharedSandbox,
    method: &str,
    name: &str,
    body: &Bytes,
) -> ApiResponse {
    if name == HEALTH && (method == "GET" || method == "HEAD") {
        return ApiResponse::ok(&json!({"status": "ok", "version": env!("CARGO_PKG_VERSION")}));
    }
    if method != "POST" {
        return ApiError::new(405, "Call controls with POST").into();
    }
    let arguments = match arguments(body) {
        Ok(arguments) => arguments,
        Err(error) => return error.into(),
    };
    match control::run_shared(sandbox, name, arguments).await {
        Ok(value) => ApiResponse::ok(&value),
        Err(error) => ApiError::new(error.status(), error.to_string()).into(),
    }
}

/// Return the arguments of a control; none without a body.
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
