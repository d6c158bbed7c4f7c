//! `hundredms trigger` and `hundredms events resend`: events on demand.

use bytes::Bytes;
use clap::{Arg, ArgAction, ArgMatches, Command};
use hundredms::reqwest::header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use hundredms::webhooks::EventType;
use hundredms_deserialize_error::most_similar;
use hundredms_sandbox::Sandbox;
use serde_json::{Map, Value, json};

use crate::arguments::{assigned, data, many, one, required, secret};
use crate::control::{Control, http_client};
use crate::event::{Received, headers, is_known, meant, receiver_url};
use crate::failure::{Failure, Result};
use crate::methods::known_words;
use crate::output::say;
use crate::session::{Session, with_output};
use crate::visible::visible;

/// The fields of a delivery of a sandbox.
const COLUMNS: [&str; 6] = [
    "event_id",
    "type",
    "url",
    "status",
    "response_status",
    "error_reason",
];

fn receiver_options(command: Command) -> Command {
    command.args([
        Arg::new("to")
            .long("to")
            .value_name("URL")
            .help("Post the event to this URL instead of the webhook of the sandbox; a port means this machine"),
        Arg::new("header")
            .long("header")
            .short('H')
            .value_name("NAME: VALUE")
            .action(ArgAction::Append)
            .requires("to")
            .help("With --to: send this header, such as the secret that your server expects; @FILE, with one header per line, keeps it out of the process list"),
        Arg::new("sandbox")
            .long("sandbox")
            .value_name("URL")
            .help("Use this sandbox. Defaults to HMS_BASE_URL if that is on this machine"),
    ])
}

pub(crate) fn trigger_command() -> Command {
    let command = Command::new("trigger")
        .about("Send an example of a webhook event to your server")
        .long_about("Send an example of a webhook event to your server\n\nThe running sandbox sends it to its webhook, with retries. With --to it is posted once to that URL, and no sandbox need be running. Any other type is sent too, with the data that you give.")
        .args([
            known_words(
                Arg::new("type").required(true).help("Type of the event: peer.join.success"),
                EventType::KNOWN.iter().copied(),
            ),
            Arg::new("set")
                .long("set")
                .value_name("PATH=VALUE")
                .action(ArgAction::Append)
                .help("Set a value of the event: data.role=host"),
            Arg::new("data")
                .long("data")
                .value_name("JSON")
                .help("The whole data of the event: written out, @FILE, or - for standard input"),
            Arg::new("room-id").long("room-id").value_name("ID").help("The room that it is about"),
            Arg::new("signing-key-file")
                .long("signing-key-file")
                .value_name("FILE")
                .requires("to")
                .help("With --to: sign it with the key in this file, in x-100ms-signature"),
        ])
        .after_long_help(format!("{EXAMPLE}\n\nTypes: {}", EventType::KNOWN.join(", ")))
        .after_help(EXAMPLE);
    with_output(receiver_options(command))
}

const EXAMPLE: &str = "Example:\n  hundredms trigger peer.join.success --set data.role=host --to http://localhost:3000/webhooks";

pub(crate) fn events_command() -> Command {
    let resend = Command::new("resend")
        .about("Send an event again")
        .long_about("Send an event again\n\nA sandbox sends it to its webhook, with its id. With --to it is posted once to that URL. Of the service's history only the last 24 hours are searched, and --to is required: the service itself replays by time, with `analytics replay-webhook-events`.")
        .arg(Arg::new("id").required(true).help("Id of the event"))
        .after_help("Example:\n  hundredms events resend EVENT_ID --to http://localhost:3000/webhooks");
    Command::new("events")
        .about("Work with webhook events that were sent")
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommand(with_output(receiver_options(resend)))
}

/// Print how a delivery went.
async fn deliver(session: &Session<'_>, event: &Received, to: &str) -> Result {
    if let Some(fields) = event.value.as_object() {
        let own = fields.keys().map(String::as_str);
        session.check_fields(own.chain(["forwarded"]))?;
    }
    let forwarded = event.forward(&http_client()?, to).await;
    let status = forwarded.status.clone();
    let printer = session.printer_of_change(std::iter::empty());
    if printer.prints_lines() {
        printer.text(&event.line(Some(&forwarded), true))?;
    } else {
        printer.value(&event.json(Some(&forwarded)))?;
    }
    match status {
        Ok(200) => Ok(()),
        Ok(status) => Err(Failure::Other(format!(
            "{to} answered {status}; the service accepts only 200"
        ))),
        Err(problem) => Err(Failure::Other(format!("{to}: {problem}"))),
    }
}

pub(crate) async fn trigger(matches: &ArgMatches) -> Result {
    let session = Session::read(matches)?;
    let kind = required(matches, "type")?;
    check_type(kind, one(matches, "data").is_some())?;
    let mut control = json!({ "type": kind });
    if let Some(room_id) = one(matches, "room-id") {
        control["room_id"] = room_id.into();
    }
    let mut fields = Map::new();
    let has_data = match one(matches, "data") {
        Some(text) => {
            fields.insert("data".to_owned(), Value::Object(data(text)?));
            true
        }
        None => false,
    };
    let mut fields = assigned(fields, &many(matches, "set"))?;
    for name in ["id", "timestamp", "room_id"] {
        if let Some(value) = fields.remove(name) {
            control[name] = value;
        }
    }
    match fields.remove("data") {
        // Without all of the data, an example of the type is changed.
        Some(Value::Object(data)) => {
            let name = if has_data { "data" } else { "fields" };
            control[name] = Value::Object(data);
        }
        Some(_) => {
            return Err(Failure::Usage(
                "--set data: must be an object; for one of its fields, write data.NAME=VALUE"
                    .to_owned(),
            ));
        }
        None => {}
    }
    if let Some(name) = fields.keys().next() {
        return Err(Failure::Usage(format!(
            "--set {name}: an event has id, timestamp and data.*"
        )));
    }
    let Some(to) = one(matches, "to") else {
        let sandbox = found(&session, matches).await?;
        return send(&session, &sandbox, &control).await;
    };
    let to = receiver_url("--to", to)?;
    let own = headers(&many(matches, "header"))?;
    let key = one(matches, "signing-key-file");
    let key = key
        .map(|file| secret("--signing-key-file", &format!("@{file}")))
        .transpose()?;
    let arguments = json!({ "event": control, "headers": {}, "signing_key": key });
    let built = if one(matches, "sandbox").is_some() {
        let sandbox = found(&session, matches).await?;
        sandbox.run("webhook_request", &arguments).await?
    } else {
        let sandbox = Sandbox::start().await?;
        let built = sandbox.control_async("webhook_request", arguments).await;
        sandbox.stop().await;
        built.map_err(|error| Failure::Usage(error.to_string()))?
    };
    let body = built["body"].as_str().unwrap_or_default().to_owned();
    let mut sent = HeaderMap::new();
    for (name, value) in built["headers"].as_object().into_iter().flatten() {
        let name = name.parse::<HeaderName>().ok();
        let value = value
            .as_str()
            .and_then(|value| HeaderValue::from_str(value).ok());
        if let (Some(name), Some(value)) = (name, value) {
            sent.insert(name, value);
        }
    }
    sent.extend(own);
    deliver(&session, &Received::new(sent, Bytes::from(body)), &to).await
}

async fn found(session: &Session<'_>, matches: &ArgMatches) -> Result<Control> {
    let base_url = session.connection()?.base_url;
    let given = one(matches, "sandbox");
    match Control::find(given, &base_url).await? {
        Some(sandbox) => Ok(sandbox),
        // The base URL is the service's; a sandbox may run nevertheless.
        None => Control::find(Some(crate::control::USUAL), &base_url)
            .await?
            .ok_or_else(|| {
                Failure::Usage("give the sandbox with --sandbox, or a URL with --to".to_owned())
            }),
    }
}

/// Refuse a type that is probably misspelt, unless all of its data is given. Warns of another one that the service does not have.
fn check_type(kind: &str, has_data: bool) -> Result {
    if is_known(kind) {
        return Ok(());
    }
    let meant = meant(kind);
    // What is only similar may be a type of one's own.
    let similar = || most_similar(kind, EventType::KNOWN.iter().copied());
    let hint = meant.as_deref().or_else(similar);
    let hint = hint.map_or_else(String::new, |meant| format!("; did you mean `{meant}`?"));
    let problem = format!("unknown event type `{}`{hint}", visible(kind));
    if meant.is_some() && !has_data {
        return Err(Failure::Usage(format!(
            "{problem} For a type of your own, give its data with --data"
        )));
    }
    say(&format!("hundredms: warning: {problem}"));
    Ok(())
}

/// Let a sandbox send an event, and print how it went.
async fn send(session: &Session<'_>, sandbox: &Control, control: &Value) -> Result {
    session.check_fields(COLUMNS.into_iter())?;
    let sent = sandbox.run("send_webhook", control).await;
    let sent = sent.map_err(|failure| match failure {
        // What the sandbox says to do is no command.
        Failure::Other(text) if text.contains("there is no webhook to send it to") => {
            Failure::Other(format!(
                "the sandbox at {} has no webhook to send it to: run `hundredms listen`, or give a URL with --to",
                sandbox.root()
            ))
        }
        failure => failure,
    })?;
    let id = sent["event_id"].as_str().unwrap_or_default().to_owned();
    sandbox
        .run("settle_webhooks", &json!({ "timeout_seconds": 10 }))
        .await?;
    let listed = sandbox.run("webhook_deliveries", &json!({})).await?;
    let deliveries = listed["deliveries"].as_array().into_iter().flatten();
    let mut own = deliveries.filter(|delivery| delivery["event_id"] == *id);
    let Some(delivery) = own.next_back() else {
        return Err(Failure::Other(format!(
            "the sandbox has no delivery of {id}"
        )));
    };
    let attempt = delivery["attempts"]
        .as_array()
        .and_then(|attempts| attempts.last());
    let shown = json!({
        "event_id": id,
        "type": delivery["type"],
        "url": delivery["url"],
        "status": delivery["status"],
        "response_status": attempt.map(|attempt| attempt["status"].clone()),
        "error_reason": attempt.map(|attempt| attempt["error_reason"].clone()),
    });
    let status = delivery["status"].as_str().unwrap_or_default();
    session.printer(COLUMNS.into_iter()).value(&shown)?;
    if status == "delivered" {
        return Ok(());
    }
    let url = delivery["url"].as_str().unwrap_or_default();
    let reason = shown["error_reason"].as_str().unwrap_or(status);
    Err(Failure::Other(format!(
        "{id} was not delivered to {url}: {reason}"
    )))
}

pub(crate) async fn events(matches: &ArgMatches) -> Result {
    let Some((_, matches)) = matches.subcommand() else {
        return Ok(());
    };
    let session = Session::read(matches)?;
    let id = required(matches, "id")?;
    let connection = session.connection()?;
    let sandbox = Control::find(one(matches, "sandbox"), &connection.base_url).await?;
    let to = one(matches, "to")
        .map(|to| receiver_url("--to", to))
        .transpose()?;
    if to.is_none() && sandbox.is_none() {
        return Err(without_receiver());
    }
    let mut room_id = Value::Null;
    let body = match &sandbox {
        Some(sandbox) => {
            let listed = sandbox.run("webhook_deliveries", &json!({})).await?;
            let mut deliveries = listed["deliveries"].as_array().into_iter().flatten();
            let found = deliveries.find(|delivery| delivery["event_id"] == *id);
            // The room in the data of an example does not exist.
            room_id = found.map_or(Value::Null, |delivery| delivery["room_id"].clone());
            found
                .and_then(|delivery| delivery["body"].as_str())
                .map(str::to_owned)
        }
        None => from_history(&connection.builder.clone().build()?, &session, id).await?,
    };
    let body = body.ok_or_else(|| {
        Failure::Other(match &sandbox {
            Some(sandbox) => format!("the sandbox at {} has sent no event {id:?}", sandbox.root()),
            None => format!("there is no event {id:?} in the last 24 hours"),
        })
    })?;
    let mut sent = HeaderMap::new();
    sent.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    sent.extend(headers(&many(matches, "header"))?);
    let event = Received::new(sent, Bytes::from(body));
    match (to, sandbox) {
        (Some(to), _) => deliver(&session, &event, &to).await,
        (None, Some(sandbox)) => {
            let control = json!({
                "id": event.id(),
                "type": event.kind(),
                "timestamp": event.value["timestamp"],
                "data": event.value["data"],
                "room_id": room_id,
            });
            send(&session, &sandbox, &control).await
        }
        (None, None) => Err(without_receiver()),
    }
}

fn without_receiver() -> Failure {
    Failure::Usage(
        "--to is missing: the service itself replays events by time, with `hundredms analytics replay-webhook-events`".to_owned(),
    )
}

/// Find an event in the service's history.
async fn from_history(
    client: &hundredms::Client,
    session: &Session<'_>,
    id: &str,
) -> Result<Option<String>> {
    let since = jiff::Timestamp::now() - jiff::SignedDuration::from_hours(24);
    let mut arguments = Map::from_iter([
        ("start_time".to_owned(), Value::from(since.to_string())),
        ("limit".to_owned(), Value::from(100)),
    ]);
    loop {
        let text = Value::Object(arguments.clone()).to_string();
        let answer = client
            .call(
                "analytics.list_webhook_events",
                text.as_bytes(),
                &session.options(),
            )
            .await?;
        let page: Value = serde_json::from_slice(&answer.json).unwrap_or_default();
        let items = page
            .as_object()
            .into_iter()
            .flat_map(|fields| fields.values());
        let mut items = items.filter_map(Value::as_array).flatten();
        if let Some(found) = items.find(|item| item["event_id"] == *id) {
            let mut data = found["payload"]["event_data"].clone();
            if data.get("room_id").is_none() {
                data["room_id"] = found["room_id"].clone();
            }
            let body = json!({
                "id": found["event_id"],
                "type": found["payload"]["original_event_name"],
                "timestamp": found["event_timestamp"],
                "data": data,
            });
            return Ok(Some(body.to_string()));
        }
        match answer.cursor {
            Some(cursor) => {
                let page = cursor
                    .parse::<i64>()
                    .map_or_else(|_| cursor.as_str().into(), Value::from);
                let name = if page.is_number() { "page" } else { "start" };
                arguments.insert(name.to_owned(), page);
            }
            None => return Ok(None),
        }
    }
}
