//! `hundredms sandbox`: a sandbox for use from any language, until Ctrl-C or SIGTERM.

use std::fs;

use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use hundredms_sandbox::Sandbox;
use serde_json::Value;

use crate::arguments::{flag, many, one};
use crate::failure::{Failure, Result};
use crate::operation::quoted;
use crate::output::say;
use crate::session::Session;

/// Secrets of options, with the variable that may have them instead.
const SECRETS: [(&str, &str); 2] = [
    ("secret", "HMS_SANDBOX_SECRET"),
    ("webhook-signing-key", "HMS_SANDBOX_WEBHOOK_SIGNING_KEY"),
];

pub(crate) fn command() -> Command {
    let text = |name: &'static str, value: &'static str, help: &'static str| {
        Arg::new(name).long(name).value_name(value).help(help)
    };
    Command::new("sandbox")
        .about("Emulate the 100ms server-side API on this machine, in memory")
        .long_about("Emulate the 100ms server-side API on this machine, in memory\n\nGET /_sandbox/health returns 200 as soon as the sandbox is up. Secrets on the command line are visible in the process list. Pass them in files, or in HMS_SANDBOX_SECRET and HMS_SANDBOX_WEBHOOK_SIGNING_KEY.")
        .args([
            text("port", "PORT", "Port to listen on; 0 selects a free port").value_parser(value_parser!(u16)).default_value("8100"),
            text("host", "HOST", "Address or name to listen at; anyone who can reach it can control the sandbox").default_value("127.0.0.1"),
            text("allow-host", "NAME", "Allow one more name in the Host header of requests, such as that of a container; can be repeated").action(ArgAction::Append),
            text("seed", "FILE", "Run the controls in this file first: a JSON list of objects such as {\"seed\": {\"rooms\": 20}}"),
            Arg::new("dashboard")
                .long("dashboard")
                .action(ArgAction::SetTrue)
                .help("Print the URL of the dashboard, a page that shows and changes what happens in the sandbox"),
            text("access-key", "KEY", "Access key that tokens must carry"),
            text("secret", "SECRET", "Secret that tokens must be signed with; prefer --secret-file"),
            text("secret-file", "FILE", "File with that secret").conflicts_with("secret"),
            text("webhook-url", "URL", "Send webhooks to this http URL"),
            text("webhook-header", "NAME: VALUE", "Send this header with webhooks, such as 'x-secret: value'; can be repeated").action(ArgAction::Append).requires("webhook-url"),
            text("webhook-header-file", "FILE", "Send the headers in this file with webhooks, one 'name: value' per line").requires("webhook-url"),
            text("webhook-signing-key", "KEY", "Sign webhooks with this key, in the header x-100ms-signature; prefer --webhook-signing-key-file").requires("webhook-url"),
            text("webhook-signing-key-file", "FILE", "File with that key").requires("webhook-url").conflicts_with("webhook-signing-key"),
        ])
        .after_help("Example:\n  hundredms sandbox --port 8100 --webhook-url http://localhost:3000/webhooks")
}

/// Return the secret of an option: from the command line, from a file, or from the environment.
fn secret(matches: &ArgMatches, name: &str, variable: &str) -> Result<Option<String>> {
    if let Some(secret) = one(matches, name) {
        say(&format!(
            "hundredms: warning: --{name} is visible in the process list; use --{name}-file"
        ));
        return Ok(Some(secret.to_owned()));
    }
    let (found, place) = match one(matches, &format!("{name}-file")) {
        Some(file) => {
            let text = read(file)?;
            (Some(text.trim_end_matches(['\r', '\n']).to_owned()), file)
        }
        None => (std::env::var(variable).ok(), variable),
    };
    if found.as_deref() == Some("") {
        return Err(Failure::Settings(format!("{place} is empty")));
    }
    Ok(found)
}

fn read(file: &str) -> Result<String> {
    fs::read_to_string(file)
        .map_err(|error| Failure::Other(format!("{file} cannot be read: {error}")))
}

/// Split `name: value`. The error does not show the value, which may be a secret.
pub(crate) fn header(text: &str) -> Result<(String, String)> {
    let (name, value) = text
        .split_once(':')
        .ok_or_else(|| Failure::Usage("a header must be 'name: value'".to_owned()))?;
    Ok((name.trim().to_owned(), value.trim().to_owned()))
}

pub(crate) async fn run(matches: &ArgMatches) -> Result {
    let session = Session::read(matches)?;
    let host = one(matches, "host").unwrap_or("127.0.0.1");
    let port = matches.get_one::<u16>("port").copied().unwrap_or(8100);
    let mut builder = Sandbox::builder().host(host).port(port);
    for host in many(matches, "allow-host") {
        builder = builder.allow_host(host);
    }
    if let Some(access_key) = one(matches, "access-key") {
        builder = builder.access_key(access_key);
    }
    let [(secret_name, secret_variable), (key_name, key_variable)] = SECRETS;
    if let Some(secret) = secret(matches, secret_name, secret_variable)? {
        builder = builder.secret(secret);
    }
    if let Some(url) = one(matches, "webhook-url") {
        let given = many(matches, "webhook-header");
        if !given.is_empty() {
            say(
                "hundredms: warning: --webhook-header is visible in the process list; use --webhook-header-file",
            );
        }
        let in_file = one(matches, "webhook-header-file").map(read).transpose()?;
        let in_file = in_file.unwrap_or_default();
        let lines = in_file.lines().filter(|line| !line.trim().is_empty());
        let headers = given.iter().map(String::as_str).chain(lines).map(header);
        builder = builder.webhook(url, headers.collect::<Result<Vec<_>>>()?);
        if let Some(key) = secret(matches, key_name, key_variable)? {
            builder = builder.webhook_signing_key(key);
        }
    }
    let seed = one(matches, "seed").map(seeds).transpose()?;
    let stop_signal = stop_signal()?;
    let sandbox = builder.start().await?;
    for (name, arguments) in seed.unwrap_or_default() {
        let seeded = sandbox.control_async(&name, arguments).await;
        seeded.map_err(|error| Failure::Other(format!("--seed: {name}: {error}")))?;
    }
    session
        .printer(std::iter::empty())
        .text(&greeting(&sandbox, flag(matches, "dashboard")))?;
    stop_signal.await?;
    sandbox.stop().await;
    Ok(())
}

/// Read the controls of a file.
fn seeds(file: &str) -> Result<Vec<(String, Value)>> {
    let problem = |problem: &str| {
        Failure::Usage(format!(
            "--seed: {file}: {problem}; it must be a JSON list of objects such as {{\"seed\": {{\"rooms\": 20}}}}"
        ))
    };
    let value: Value =
        serde_json::from_str(&read(file)?).map_err(|error| problem(&error.to_string()))?;
    let items = match value {
        Value::Array(items) => items,
        item => vec![item],
    };
    let mut controls = Vec::new();
    for item in items {
        let Value::Object(fields) = item else {
            return Err(problem("an item is not an object"));
        };
        controls.extend(fields);
    }
    Ok(controls)
}

fn greeting(sandbox: &Sandbox, with_dashboard: bool) -> String {
    let dashboard = if with_dashboard {
        format!("Dashboard: {}\n", sandbox.dashboard_url())
    } else {
        String::new()
    };
    format!(
        "{dashboard}hundredms-sandbox listens on {url}. Ctrl-C ends it. Paste this to use it:\n\n\
         export HMS_BASE_URL={url}\n\
         export HMS_AUTH_URL={auth_url}\n\
         export HMS_ACCESS_KEY={access_key}\n\
         export HMS_SECRET={secret}\n",
        url = sandbox.base_url(),
        auth_url = sandbox.auth_url(),
        access_key = quoted(sandbox.access_key()),
        secret = quoted(sandbox.secret()),
    )
}

/// Listen for Ctrl-C and SIGTERM. The future resolves on either.
#[cfg(unix)]
pub(crate) fn stop_signal() -> std::io::Result<impl Future<Output = std::io::Result<()>>> {
    use tokio::signal::unix::{SignalKind, signal};

    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
        Ok(())
    })
}

/// Listen for Ctrl-C.
#[cfg(not(unix))]
pub(crate) fn stop_signal() -> std::io::Result<impl Future<Output = std::io::Result<()>>> {
    Ok(tokio::signal::ctrl_c())
}
