//! `hundredms listen`: receives the events of a sandbox, or reads the service's history, and forwards them.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use clap::{Arg, ArgAction, ArgMatches, Command};
use http_body_util::{BodyExt as _, Full, LengthLimitError, Limited};
use hundredms::webhooks::EventType;
use hundredms::{CallOptions, Client, reqwest};
use hundredms_sandbox::command::stop_signal;
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use serde_json::{Value, json};
use tokio::net::TcpListener;
use uuid::Uuid;

use crate::arguments::{duration_option, flag, many, one, secret};
use crate::control::{Control, http_client};
use crate::event::{FIELDS, Forwarded, Received, headers, is_known, matches, meant, receiver_url};
use crate::failure::{Failure, Result};
use crate::interruptible::reader_gone;
use crate::keys::Keys;
use crate::methods::known_words;
use crate::output::{Printer, say};
use crate::session::{Session, with_output};
use crate::visible::visible;

/// So many events can be sent again.
const KEPT: usize = 100;

/// The largest body of an event, in bytes.
const LARGEST: usize = 1024 * 1024;

/// The header by which the webhook of this process is recognized. It is not forwarded.
const MARK: &str = "x-hundredms-listen";

pub(crate) fn command() -> Command {
    let command = Command::new("listen")
        .about("Print webhook events as they come, and forward them to your server")
        .long_about("Print webhook events as they come, and forward them to your server\n\nWith a sandbox, it becomes the webhook of the workspace until it ends. It replaces an earlier one and does not restore it. Rooms that have their own webhook send there. With the service, it reads the history of webhooks, so it needs no public URL, but a webhook must be configured, and events have less data than the webhooks. Prints one line per event, on a pipe the event as JSON. The key r sends the last event again.")
        .args([
            Arg::new("forward-to")
                .long("forward-to")
                .value_name("URL")
                .help("Post each event to this URL; a port means this machine"),
            known_words(
                Arg::new("events")
                    .long("events")
                    .value_name("TYPES")
                    .value_delimiter(',')
                    .action(ArgAction::Append)
                    .help("Only these types, separated by commas: peer.join.success,beam.*"),
                EventType::KNOWN.iter().copied(),
            ),
            Arg::new("room-id").long("room-id").value_name("ID").help("Only events of this room"),
            Arg::new("since")
                .long("since")
                .value_name("DURATION")
                .help("With the history: begin this long ago, at most 30d. Defaults to now"),
            Arg::new("header")
                .long("header")
                .short('H')
                .value_name("NAME: VALUE")
                .action(ArgAction::Append)
                .requires("forward-to")
                .help("Forward with this header, such as the secret that your server expects; @FILE, with one header per line, keeps it out of the process list"),
            Arg::new("signing-key-file")
                .long("signing-key-file")
                .value_name("FILE")
                .help("With a sandbox: sign events with the key in this file, in x-100ms-signature"),
            Arg::new("show-answers")
                .long("show-answers")
                .action(ArgAction::SetTrue)
                .requires("forward-to")
                .help("Show what your server answered, not only when it failed"),
            Arg::new("history")
                .long("history")
                .action(ArgAction::SetTrue)
                .conflicts_with("sandbox")
                .help("Read the history of webhooks, of a sandbox too"),
            Arg::new("sandbox")
                .long("sandbox")
                .value_name("URL")
                .help("Listen to this sandbox. Defaults to HMS_BASE_URL if that is on this machine"),
        ])
        .after_help("Example:\n  hundredms listen --forward-to http://localhost:3000/webhooks --events 'peer.*,beam.recording.success'");
    with_output(command)
}

/// Prints and forwards events.
struct Listener {
    http: reqwest::Client,
    forward_to: Option<String>,
    patterns: Vec<String>,
    room_id: Option<String>,
    shows_answers: bool,
    printer: Mutex<Printer>,
    kept: Mutex<VecDeque<Received>>,
    /// Why nothing more can be printed.
    problem: Mutex<Option<Failure>>,
    has_problem: tokio::sync::Notify,
}

impl Listener {
    fn wants(&self, event: &Received) -> bool {
        let wanted = self.patterns.is_empty()
            || self
                .patterns
                .iter()
                .any(|pattern| matches(pattern, event.kind()));
        let room = self.room_id.as_deref();
        wanted && room.is_none_or(|room| event.value["data"]["room_id"].as_str() == Some(room))
    }

    /// Forward an event and print its line. Returns the status for its sender.
    async fn take(&self, event: Received) -> StatusCode {
        if !self.wants(&event) {
            return StatusCode::OK;
        }
        let forwarded = match &self.forward_to {
            Some(url) => Some(event.forward(&self.http, url).await),
            None => None,
        };
        if let Err(failure) = self.print(&event, forwarded.as_ref()) {
            *self.problem.lock().unwrap_or_else(PoisonError::into_inner) = Some(failure);
            self.has_problem.notify_one();
        }
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.push_back(event);
        if kept.len() > KEPT {
            kept.pop_front();
        }
        match forwarded.map(|forwarded| forwarded.status) {
            None => StatusCode::OK,
            Some(Ok(status)) => StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_GATEWAY),
            Some(Err(_)) => StatusCode::BAD_GATEWAY,
        }
    }

    fn print(&self, event: &Received, forwarded: Option<&Forwarded>) -> Result {
        let mut printer = self.printer.lock().unwrap_or_else(PoisonError::into_inner);
        if printer.prints_lines() {
            return printer.line(&event.line(forwarded, self.shows_answers));
        }
        printer.item(event.json(forwarded))?;
        printer.flush()
    }

    /// Wait until nothing more can be printed.
    async fn ended(&self) -> Result {
        self.has_problem.notified().await;
        let mut problem = self.problem.lock().unwrap_or_else(PoisonError::into_inner);
        problem.take().map_or(Ok(()), Err)
    }

    /// End the list of events.
    fn close(&self) -> Result {
        let mut printer = self.printer.lock().unwrap_or_else(PoisonError::into_inner);
        printer.close()
    }

    /// Send the last event again whenever r is pressed.
    async fn read_keys(&self) {
        let mut keys = Keys::read();
        loop {
            if matches!(keys.next().await, 'r' | 'R') {
                self.send_last_again().await;
            }
        }
    }

    async fn send_last_again(&self) {
        let last = {
            let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
            kept.pop_back()
        };
        match last {
            Some(event) => drop(self.take(event).await),
            None => say("No event has come yet."),
        }
    }
}

/// Refuse a pattern that is probably misspelt. Warns of another one that matches no type of the service.
fn check_pattern(pattern: &str) -> Result {
    if is_known(pattern) {
        return Ok(());
    }
    let shown = visible(pattern);
    if let Some(meant) = meant(pattern) {
        return Err(Failure::Usage(format!(
            "--events: unknown event type `{shown}`; did you mean `{meant}`? A type that this version does not know comes with a wider pattern, such as '*'"
        )));
    }
    say(&format!("hundredms: warning: unknown event type `{shown}`"));
    Ok(())
}

pub(crate) async fn run(arguments: &ArgMatches) -> Result {
    let session = Session::read(arguments)?;
    let connection = session.connection()?;
    let forward_to = one(arguments, "forward-to");
    let forward_to = forward_to
        .map(|url| receiver_url("--forward-to", url))
        .transpose()?;
    let own_headers = headers(&many(arguments, "header"))?;
    let forwarded = forward_to.is_some().then_some("forwarded");
    let fields = || FIELDS.into_iter().chain(forwarded);
    session.check_fields(fields())?;
    let patterns = many(arguments, "events");
    let patterns: Vec<_> = patterns.iter().map(|text| text.trim().to_owned()).collect();
    for pattern in &patterns {
        check_pattern(pattern)?;
    }
    let listener = Arc::new(Listener {
        http: http_client()?,
        forward_to,
        patterns,
        room_id: one(arguments, "room-id").map(str::to_owned),
        shows_answers: flag(arguments, "show-answers"),
        printer: Mutex::new(session.printer(fields())),
        kept: Mutex::default(),
        problem: Mutex::default(),
        has_problem: tokio::sync::Notify::new(),
    });
    let sandbox = if flag(arguments, "history") {
        None
    } else {
        Control::find(one(arguments, "sandbox"), &connection.base_url).await?
    };
    let stop = stop_signal()?;
    let hangup = hangup()?;
    let sends_again = listener.read_keys();
    let Some(sandbox) = sandbox else {
        if one(arguments, "signing-key-file").is_some() {
            return Err(Failure::Usage(
                "--signing-key-file: the history has no signatures".to_owned(),
            ));
        }
        let client = connection.builder.build()?;
        say(&format!(
            "Reading the history of webhooks at {}{}. Ctrl-C ends it.",
            connection.base_url,
            forwarding(&listener)
        ));
        let since = duration_option(arguments, "since")?;
        let result = tokio::select! {
            stopped = stop => stopped.map_err(Failure::from),
            () = hangup => Ok(()),
            () = reader_gone() => Err(Failure::BrokenPipe),
            ended = listener.ended() => ended,
            () = sends_again => Ok(()),
            failure = follow(&client, &listener, &own_headers, since) => Err(failure),
        };
        return result.and_then(|()| listener.close());
    };
    if one(arguments, "since").is_some() {
        return Err(Failure::Usage(
            "--since: a sandbox sends events as they happen; add --history to read earlier ones"
                .to_owned(),
        ));
    }
    let socket = TcpListener::bind(("127.0.0.1", 0)).await?;
    // A web page or another user of this machine cannot guess it.
    let mark = Uuid::new_v4().simple().to_string();
    let path = format!("/{mark}");
    let own = format!("http://{}{path}", socket.local_addr()?);
    let key = one(arguments, "signing-key-file");
    let key = key
        .map(|file| secret("--signing-key-file", &format!("@{file}")))
        .transpose()?;
    sandbox
        .run(
            "set_webhook",
            &json!({ "url": own, "headers": { MARK: mark }, "signing_key": key }),
        )
        .await?;
    say(&format!(
        "Listening to the sandbox at {}{}. Ctrl-C ends it.",
        sandbox.root(),
        forwarding(&listener)
    ));
    let result = tokio::select! {
        stopped = stop => stopped.map_err(Failure::from),
        () = hangup => Ok(()),
        () = reader_gone() => Err(Failure::BrokenPipe),
        ended = listener.ended() => ended,
        () = sends_again => Ok(()),
        failure = serve(&socket, &listener, &path, &own_headers) => Err(failure),
    };
    if is_webhook(&sandbox, &own, &mark).await {
        // The sandbox may have ended before.
        let _ = sandbox.run("set_webhook", &json!({ "url": null })).await;
    }
    result.and_then(|()| listener.close())
}

/// Return whether webhooks of a sandbox still go to this URL with this mark. Whoever changes the URL in the dashboard keeps the headers.
async fn is_webhook(sandbox: &Control, url: &str, mark: &str) -> bool {
    let event = json!({ "event": { "type": "peer.join.success" } });
    let request = sandbox.run("webhook_request", &event).await;
    request.is_ok_and(|request| request["url"] == *url && request["headers"][MARK] == *mark)
}

/// Listen for the end of the terminal. Never resolves if the process ignores it, as `nohup` has it.
///
/// # Errors
///
/// The system refuses it.
#[cfg(unix)]
fn hangup() -> Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};

    // Linux lists there which signals are ignored.
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let ignored = status
        .lines()
        .find_map(|line| line.strip_prefix("SigIgn:"))
        .and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok());
    let is_ignored = ignored.is_some_and(|mask| mask & 1 == 1);
    let hangup = if is_ignored {
        None
    } else {
        Some(signal(SignalKind::hangup())?)
    };
    Ok(async move {
        match hangup {
            Some(mut hangup) => drop(hangup.recv().await),
            None => std::future::pending().await,
        }
    })
}

#[cfg(not(unix))]
fn hangup() -> Result<impl Future<Output = ()>> {
    Ok(std::future::pending())
}

fn forwarding(listener: &Listener) -> String {
    match &listener.forward_to {
        Some(url) => format!(", forwarding to {url}"),
        None => String::new(),
    }
}

/// Headers of a request that are about its connection.
const OWN_HEADERS: [&str; 5] = [
    "host",
    "connection",
    "content-length",
    "transfer-encoding",
    MARK,
];

/// Receive the events of a sandbox.
async fn serve(
    socket: &TcpListener,
    listener: &Arc<Listener>,
    path: &str,
    own: &reqwest::header::HeaderMap,
) -> Failure {
    let path: Arc<str> = path.into();
    loop {
        let stream = match socket.accept().await {
            Ok((stream, _)) => stream,
            Err(error) => return error.into(),
        };
        let (listener, path, own) = (Arc::clone(listener), Arc::clone(&path), own.clone());
        tokio::spawn(async move {
            let service = service_fn(|request: Request<Incoming>| {
                let (listener, path, own) = (Arc::clone(&listener), Arc::clone(&path), own.clone());
                async move {
                    let status = match read_event(request, &path, own).await {
                        Ok(event) => listener.take(event).await,
                        Err(status) => status,
                    };
                    let mut response = Response::new(Full::<Bytes>::default());
                    *response.status_mut() = status;
                    Ok::<_, Infallible>(response)
                }
            });
            let connection = hyper::server::conn::http1::Builder::new();
            let _ = connection
                .serve_connection(TokioIo::new(stream), service)
                .await;
        });
    }
}

/// Read the event in a request, with the headers to forward it with. Fails with a status if it is not from the sandbox.
async fn read_event(
    request: Request<Incoming>,
    path: &str,
    own: reqwest::header::HeaderMap,
) -> Result<Received, StatusCode> {
    let (parts, body) = request.into_parts();
    let mut headers = parts.headers;
    let kind = headers.get(hyper::header::CONTENT_TYPE);
    let kind = kind.and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    let is_json = kind.eq_ignore_ascii_case("application/json");
    if parts.uri.path() != path || parts.method != Method::POST || !is_json {
        return Err(StatusCode::NOT_FOUND);
    }
    let body = Limited::new(body, LARGEST).collect().await;
    let body = body.map_err(|error| {
        if error.is::<LengthLimitError>() {
            StatusCode::PAYLOAD_TOO_LARGE
        } else {
            StatusCode::BAD_REQUEST
        }
    })?;
    for name in OWN_HEADERS {
        headers.remove(name);
    }
    headers.extend(own);
    let event = Received::new(headers, body.to_bytes());
    if event.value.is_object() {
        Ok(event)
    } else {
        Err(StatusCode::BAD_REQUEST)
    }
}

/// Read the service's history as it grows.
async fn follow(
    client: &Client,
    listener: &Listener,
    own: &reqwest::header::HeaderMap,
    since: Option<std::time::Duration>,
) -> Failure {
    let mut arguments = json!({});
    if let Some(since) = since {
        let since = jiff::SignedDuration::try_from(since).unwrap_or_default();
        if let Ok(time) = jiff::Timestamp::now().checked_sub(since) {
            arguments["since"] = time.to_string().into();
        }
    }
    if let Some(room_id) = &listener.room_id {
        arguments["room_id"] = room_id.as_str().into();
    }
    loop {
        let text = arguments.to_string();
        let looked = client
            .run_json(
                "webhooks.tail",
                text.as_bytes(),
                CallOptions::default(),
                None,
            )
            .await;
        let look: Value = match looked {
            Ok(look) => serde_json::from_slice(&look).unwrap_or_default(),
            Err(error) => return error.into(),
        };
        for event in look["events"].as_array().into_iter().flatten() {
            let body = Bytes::from(event.as_str().unwrap_or_default().to_owned());
            let mut headers = reqwest::header::HeaderMap::new();
            headers.insert(
                reqwest::header::CONTENT_TYPE,
                reqwest::header::HeaderValue::from_static("application/json"),
            );
            headers.extend(own.clone());
            listener.take(Received::new(headers, body)).await;
        }
        if let Some(fields) = arguments.as_object_mut() {
            fields.remove("since");
        }
        arguments["cursor"] = look["after"].clone();
        arguments["state"] = look["state"].clone();
    }
}
