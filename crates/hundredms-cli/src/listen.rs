//! `hundredms listen`: receives the events of a sandbox, or reads the service's history, and forwards them.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::io::Write as _;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use clap::{Arg, ArgAction, ArgMatches, Command};
use http_body_util::{BodyExt as _, Full};
use hundredms::{CallOptions, Client, reqwest};
use hundredms_sandbox::command::stop_signal;
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use serde_json::{Value, json};
use tokio::net::TcpListener;

use crate::arguments::{duration_option, flag, many, one, secret};
use crate::control::{Control, http_client};
use crate::event::{Received, headers, matches, receiver_url};
use crate::failure::{Failure, Result};
use crate::keys::Keys;
use crate::output::{Format, say};
use crate::session::{Session, with_output};

/// So many events can be sent again.
const KEPT: usize = 100;

pub(crate) fn command() -> Command {
    let command = Command::new("listen")
        .about("Print webhook events as they come, and forward them to your server")
        .long_about("Print webhook events as they come, and forward them to your server\n\nWith a sandbox, it becomes the webhook of the workspace, instead of an earlier one, until it ends; rooms that have their own webhook send there. With the service, it reads the history of webhooks, so it needs no public URL, but a webhook must be configured, and events have less data than the webhooks. Prints a line an event, and on a pipe the event as JSON. The key r sends the last event again.")
        .args([
            Arg::new("forward-to")
                .long("forward-to")
                .value_name("URL")
                .help("Post each event to this URL; a port means this machine"),
            Arg::new("events")
                .long("events")
                .value_name("TYPES")
                .value_delimiter(',')
                .action(ArgAction::Append)
                .help("Only these types, separated by commas: peer.join.success,recording.*"),
            Arg::new("room-id").long("room-id").value_name("ID").help("Only events of this room"),
            Arg::new("since")
                .long("since")
                .value_name("DURATION")
                .help("With the service: begin this long ago, at most 30d. Defaults to now"),
            Arg::new("header")
                .long("header")
                .short('H')
                .value_name("NAME: VALUE")
                .action(ArgAction::Append)
                .help("Forward with this header, such as the secret that your server expects"),
            Arg::new("signing-key-file")
                .long("signing-key-file")
                .value_name("FILE")
                .help("With a sandbox: sign events with the key in this file, in x-100ms-signature"),
            Arg::new("show-answers")
                .long("show-answers")
                .action(ArgAction::SetTrue)
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
        .after_help("Example:\n  hundredms listen --forward-to http://localhost:3000/webhooks --events 'peer.*,recording.success'");
    with_output(command)
}

/// Prints and forwards events.
struct Listener {
    http: reqwest::Client,
    forward_to: Option<String>,
    patterns: Vec<String>,
    room_id: Option<String>,
    shows_answers: bool,
    format: Format,
    kept: Mutex<VecDeque<Received>>,
    /// Nobody reads the output any more.
    ended: tokio::sync::Notify,
}

impl Listener {
    fn wants(&self, event: &Received) -> bool {
        let wanted = self.patterns.is_empty()
            || self
                .patterns
                .iter()
                .any(|pattern| matches(pattern.trim(), event.kind()));
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
        let line = match self.format {
            Format::Table => event.line(forwarded.as_ref(), self.shows_answers),
            Format::Ids => event.id().to_owned(),
            Format::Json | Format::Lines => event.json(forwarded.as_ref()).to_string(),
        };
        let mut out = std::io::stdout().lock();
        if writeln!(out, "{line}").and_then(|()| out.flush()).is_err() {
            self.ended.notify_one();
        }
        drop(out);
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

pub(crate) async fn run(arguments: &ArgMatches) -> Result {
    let session = Session::read(arguments)?;
    let connection = session.connection()?;
    let forward_to = one(arguments, "forward-to");
    let forward_to = forward_to
        .map(|url| receiver_url("--forward-to", url))
        .transpose()?;
    let own_headers = headers(&many(arguments, "header"))?;
    let listener = Arc::new(Listener {
        http: http_client()?,
        forward_to,
        patterns: many(arguments, "events"),
        room_id: one(arguments, "room-id").map(str::to_owned),
        shows_answers: flag(arguments, "show-answers"),
        format: session.style.format,
        kept: Mutex::default(),
        ended: tokio::sync::Notify::new(),
    });
    let sandbox = if flag(arguments, "history") {
        None
    } else {
        Control::find(one(arguments, "sandbox"), &connection.base_url).await?
    };
    let stop = stop_signal()?;
    let mut keys = Keys::read();
    let sends_again = async {
        loop {
            if matches!(keys.next().await, 'r' | 'R') {
                listener.send_last_again().await;
            }
        }
    };
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
        return tokio::select! {
            stopped = stop => Ok(stopped?),
            () = listener.ended.notified() => Ok(()),
            () = sends_again => Ok(()),
            failure = follow(&client, &listener, &own_headers, since) => Err(failure),
        };
    };
    let socket = TcpListener::bind(("127.0.0.1", 0)).await?;
    let own = format!("http://{}/", socket.local_addr()?);
    let key = one(arguments, "signing-key-file");
    let key = key
        .map(|file| secret("--signing-key-file", &format!("@{file}")))
        .transpose()?;
    sandbox
        .run("set_webhook", &json!({ "url": own, "signing_key": key }))
        .await?;
    say(&format!(
        "Listening to the sandbox at {}{}. Ctrl-C ends it.",
        sandbox.root(),
        forwarding(&listener)
    ));
    let result = tokio::select! {
        stopped = stop => stopped.map_err(Failure::from),
        () = listener.ended.notified() => Ok(()),
        () = sends_again => Ok(()),
        failure = serve(&socket, &listener, &own_headers) => Err(failure),
    };
    // It may have ended before.
    let _ = sandbox.run("set_webhook", &json!({ "url": null })).await;
    result
}

fn forwarding(listener: &Listener) -> String {
    match &listener.forward_to {
        Some(url) => format!(", forwarding to {url}"),
        None => String::new(),
    }
}

/// Headers of a request that are about its connection.
const OWN_HEADERS: [&str; 4] = ["host", "connection", "content-length", "transfer-encoding"];

/// Receive the events of a sandbox.
async fn serve(
    socket: &TcpListener,
    listener: &Arc<Listener>,
    own: &reqwest::header::HeaderMap,
) -> Failure {
    loop {
        let stream = match socket.accept().await {
            Ok((stream, _)) => stream,
            Err(error) => return error.into(),
        };
        let (listener, own) = (Arc::clone(listener), own.clone());
        tokio::spawn(async move {
            let service = service_fn(|request: Request<Incoming>| {
                let (listener, own) = (Arc::clone(&listener), own.clone());
                async move {
                    let (parts, body) = request.into_parts();
                    let Ok(body) = body.collect().await else {
                        return Ok::<_, Infallible>(answer(StatusCode::BAD_REQUEST));
                    };
                    let mut headers = parts.headers;
                    for name in OWN_HEADERS {
                        headers.remove(name);
                    }
                    headers.extend(own);
                    let event = Received::new(headers, body.to_bytes());
                    if event.value.is_null() {
                        return Ok(answer(StatusCode::BAD_REQUEST));
                    }
                    Ok(answer(listener.take(event).await))
                }
            });
            let connection = hyper::server::conn::http1::Builder::new();
            let _ = connection
                .serve_connection(TokioIo::new(stream), service)
                .await;
        });
    }
}

fn answer(status: StatusCode) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::default());
    *response.status_mut() = status;
    response
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
