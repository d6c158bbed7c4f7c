//! `hundredms logs`: the requests that a sandbox receives.

use std::fmt::Write as _;
use std::io::Write as _;
use std::time::Duration;

use clap::{Arg, ArgAction, ArgMatches, Command};
use console::style;
use hundredms_sandbox::command::stop_signal;
use serde_json::{Value, json};

use crate::arguments::{flag, one};
use crate::control::{Control, USUAL};
use crate::event;
use crate::failure::{Failure, Result};
use crate::output::{Format, visible};
use crate::session::{Session, with_output};

/// The pause between two looks.
const PAUSE: Duration = Duration::from_millis(200);

pub(crate) fn command() -> Command {
    let command = Command::new("logs")
        .about("Print the requests that a sandbox receives, as they come")
        .args([
            Arg::new("operation")
                .long("operation")
                .value_name("NAME")
                .help("Only this operation: rooms.create, or rooms.*"),
            Arg::new("status")
                .long("status")
                .value_name("STATUS")
                .help("Only this status: 404, or 4xx"),
            Arg::new("method").long("method").value_name("METHOD").help("Only this HTTP method"),
            Arg::new("path").long("path").value_name("TEXT").help("Only paths that contain this text"),
            Arg::new("body").long("body").action(ArgAction::SetTrue).help("Show the bodies too"),
            Arg::new("no-follow")
                .long("no-follow")
                .action(ArgAction::SetTrue)
                .help("Print what was received so far, and end"),
            Arg::new("sandbox")
                .long("sandbox")
                .value_name("URL")
                .help("The sandbox. Defaults to HMS_BASE_URL if that is on this machine, else to http://127.0.0.1:8100"),
        ])
        .after_help("Example:\n  hundredms logs --operation 'rooms.*' --status 4xx");
    with_output(command)
}

pub(crate) async fn run(matches: &ArgMatches) -> Result {
    let session = Session::read(matches)?;
    let base_url = session.connection()?.base_url;
    let given = one(matches, "sandbox");
    let sandbox = match Control::find(given, &base_url).await? {
        Some(sandbox) => sandbox,
        None => Control::find(Some(USUAL), &base_url)
            .await?
            .ok_or_else(|| Failure::Other("there is no sandbox".to_owned()))?,
    };
    let stop = stop_signal()?;
    tokio::pin!(stop);
    let mut seen = 0;
    loop {
        let stats = sandbox.run("stats", &json!({})).await?;
        let received = stats["requests"].as_u64().unwrap_or(0);
        if received < seen {
            // The log was cleared.
            seen = 0;
        }
        if received > seen {
            let listed = sandbox.run("requests", &json!({})).await?;
            let listed = listed["requests"].as_array().cloned().unwrap_or_default();
            let new = usize::try_from(received - seen).unwrap_or(usize::MAX);
            let new = &listed[listed.len().saturating_sub(new)..];
            seen = received;
            let mut out = std::io::stdout().lock();
            for request in new.iter().filter(|request| wanted(matches, request)) {
                let line = match session.style.format {
                    Format::Table => line(request, flag(matches, "body")),
                    _ => request.to_string(),
                };
                writeln!(out, "{line}")?;
            }
            out.flush()?;
        }
        if flag(matches, "no-follow") {
            return Ok(());
        }
        tokio::select! {
            stopped = &mut stop => return Ok(stopped?),
            () = tokio::time::sleep(PAUSE) => {}
        }
    }
}

fn wanted(matches: &ArgMatches, request: &Value) -> bool {
    let text = |name: &str| request[name].as_str().unwrap_or_default();
    let status = request["status"].as_u64().unwrap_or(0).to_string();
    one(matches, "operation").is_none_or(|pattern| event::matches(pattern, text("operation")))
        && one(matches, "status").is_none_or(|wanted| match wanted.strip_suffix("xx") {
            Some(class) => status.starts_with(class),
            None => status == wanted,
        })
        && one(matches, "method").is_none_or(|method| method.eq_ignore_ascii_case(text("method")))
        && one(matches, "path").is_none_or(|part| text("path").contains(part))
}

fn line(request: &Value, shows_body: bool) -> String {
    let text = |name: &str| visible(request[name].as_str().unwrap_or_default());
    let status = request["status"].as_u64().unwrap_or(0);
    let shown = match status {
        200..300 => style(status.to_string()).green(),
        _ => style(status.to_string()).red(),
    };
    let query = request["query"].as_array().into_iter().flatten();
    let query: Vec<String> = query
        .map(|pair| {
            let part = |index: usize| visible(pair[index].as_str().unwrap_or_default());
            format!("{}={}", part(0), part(1))
        })
        .collect();
    let mut path = text("path");
    if !query.is_empty() {
        let _ = write!(path, "?{}", query.join("&"));
    }
    let mut line = format!(
        "{}  {shown}  {:<6}  {path}  {}",
        style(text("at")).dim(),
        text("method"),
        style(text("operation")).dim()
    );
    if request["faults"]
        .as_array()
        .is_some_and(|faults| !faults.is_empty())
    {
        let _ = write!(line, "  faults {}", request["faults"]);
    }
    if shows_body && !request["body"].is_null() {
        let _ = write!(line, "\n    {}", visible(&request["body"].to_string()));
    }
    line
}
