//! What the commands `hundredms-sandbox` and `hundredms sandbox` have in common.

use std::{env, fs, io, path::PathBuf};

use clap::Args;

use crate::sandbox::{Builder, Sandbox};

/// Options of the command.
#[derive(Debug, Args)]
pub struct Arguments {
    /// Port to listen on; 0 selects a free port
    #[arg(long, default_value_t = 8100)]
    port: u16,
    /// Address or name to listen at; anyone who can reach it can control the sandbox
    #[arg(long, default_value = "127.0.0.1")]
    host: String,
    /// Allow one more name in the Host header of requests, such as that of a container; can be repeated
    #[arg(long, value_name = "NAME")]
    allow_host: Vec<String>,
    /// Access key that tokens must carry
    #[arg(long)]
    access_key: Option<String>,
    /// Secret that tokens must be signed with; prefer --secret-file
    #[arg(long)]
    secret: Option<String>,
    /// File with that secret; or set the environment variable `HMS_SANDBOX_SECRET`
    #[arg(long, value_name = "FILE", conflicts_with = "secret")]
    secret_file: Option<PathBuf>,
    /// Send webhooks to this http URL
    #[arg(long, value_name = "URL")]
    webhook_url: Option<String>,
    /// Send this header with webhooks, such as 'x-secret: value'; can be repeated
    #[arg(long, value_name = "NAME: VALUE", requires = "webhook_url")]
    webhook_header: Vec<String>,
    /// Send the headers in this file with webhooks, one 'name: value' per line
    #[arg(long, value_name = "FILE", requires = "webhook_url")]
    webhook_header_file: Option<PathBuf>,
    /// Sign webhooks with this key, in the header x-100ms-signature; prefer --webhook-signing-key-file
    #[arg(long, value_name = "KEY", requires = "webhook_url")]
    webhook_signing_key: Option<String>,
    /// File with that key; or set the environment variable `HMS_SANDBOX_WEBHOOK_SIGNING_KEY`
    #[arg(
        long,
        value_name = "FILE",
        requires = "webhook_url",
        conflicts_with = "webhook_signing_key"
    )]
    webhook_signing_key_file: Option<PathBuf>,
    /// Print the URL of the dashboard, a page that shows and changes what happens in the sandbox
    #[arg(long)]
    dashboard: bool,
}

impl Arguments {
    /// Return whether the URL of the dashboard is to be printed.
    pub fn has_dashboard(&self) -> bool {
        self.dashboard
    }

    /// Return a sandbox as the options ask for. Warns of secrets that are visible in the process list.
    ///
    /// # Errors
    ///
    /// A file cannot be read, or an option is invalid.
    pub fn builder(self, program: &str) -> io::Result<Builder> {
        self.warn_of_secrets(program);
        let mut builder = Sandbox::builder()
            .host(self.host)
            .port(self.port)
            .port_name("--port");
        for host in self.allow_host {
            builder = builder.allow_host(host);
        }
        if let Some(access_key) = self.access_key {
            builder = builder.access_key(access_key);
        }
        let given = secret(self.secret, self.secret_file, "HMS_SANDBOX_SECRET")?;
        if let Some(secret) = given {
            builder = builder.secret(secret);
        }
        if let Some(url) = self.webhook_url {
            let in_file = match &self.webhook_header_file {
                Some(file) => contents(file)?,
                None => String::new(),
            };
            let given = self.webhook_header.iter().map(String::as_str);
            let headers = in_file.lines().filter(|line| !line.trim().is_empty());
            let headers = given.chain(headers).map(header);
            builder = builder.webhook(url, headers.collect::<Result<Vec<_>, _>>()?);
            let key = secret(
                self.webhook_signing_key,
                self.webhook_signing_key_file,
                "HMS_SANDBOX_WEBHOOK_SIGNING_KEY",
            )?;
            if let Some(key) = key {
                builder = builder.webhook_signing_key(key);
            }
        }
        Ok(builder)
    }

    fn warn_of_secrets(&self, program: &str) {
        let given = [
            ("--secret", self.secret.is_some(), "--secret-file"),
            (
                "--webhook-header",
                !self.webhook_header.is_empty(),
                "--webhook-header-file",
            ),
            (
                "--webhook-signing-key",
                self.webhook_signing_key.is_some(),
                "--webhook-signing-key-file",
            ),
        ];
        for (option, _, instead) in given.iter().filter(|(_, is_given, _)| *is_given) {
            eprintln!("{program}: warning: {option} is visible in the process list; use {instead}");
        }
    }
}

/// Return a secret from the command line, from a file, or from the environment.
fn secret(
    given: Option<String>,
    file: Option<PathBuf>,
    variable: &str,
) -> io::Result<Option<String>> {
    match (given, file) {
        (Some(secret), _) => Ok(Some(secret)),
        (None, Some(file)) => {
            let secret = contents(&file)?;
            let secret = secret.trim_end_matches(['\r', '\n']);
            if secret.is_empty() {
                return Err(invalid(format!("{} is empty", file.display())));
            }
            Ok(Some(secret.to_owned()))
        }
        (None, None) => match env::var(variable) {
            Ok(secret) if secret.is_empty() => Err(invalid(format!("{variable} is empty"))),
            Ok(secret) => Ok(Some(secret)),
            Err(env::VarError::NotPresent) => Ok(None),
            Err(env::VarError::NotUnicode(_)) => Err(invalid(format!("{variable} is not UTF-8"))),
        },
    }
}

fn contents(file: &PathBuf) -> io::Result<String> {
    fs::read_to_string(file).map_err(|error| {
        io::Error::new(
            error.kind(),
            format!("cannot read {}: {error}", file.display()),
        )
    })
}

fn invalid(problem: String) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidInput, problem)
}

/// Parse `name: value`. Clap does not do this, because its error would show the value, which is a secret.
fn header(text: &str) -> io::Result<(&str, &str)> {
    let (name, value) = text
        .split_once(':')
        .ok_or_else(|| invalid("--webhook-header must be 'name: value'".to_owned()))?;
    Ok((name.trim(), value.trim()))
}

/// Return what the command prints when the sandbox listens: how to use it.
pub fn greeting(sandbox: &Sandbox, with_dashboard: bool) -> String {
    let dashboard = if with_dashboard {
        format!("Dashboard: {}\n", sandbox.dashboard_url())
    } else {
        String::new()
    };
    let variables = sandbox.env();
    let exports = variables.map(|(name, value)| format!("export {name}={}\n", quoted(&value)));
    format!(
        "{dashboard}hundredms-sandbox listens on {url}. Ctrl-C ends it. Paste this to use it:\n\n{exports}",
        url = sandbox.base_url(),
        exports = exports.concat(),
    )
}

/// Quote a value for a shell.
pub fn quoted(value: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_.:/=+@%".contains(c);
    if !value.is_empty() && value.chars().all(plain) {
        return value.to_owned();
    }
    format!("'{}'", value.replace('\'', r"'\''"))
}

/// Listen for Ctrl-C and SIGTERM. The future resolves on either.
///
/// # Errors
///
/// The system refuses it.
#[cfg(unix)]
pub fn stop_signal() -> io::Result<impl Future<Output = io::Result<()>>> {
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
///
/// # Errors
///
/// The system refuses it.
#[cfg(not(unix))]
pub fn stop_signal() -> io::Result<impl Future<Output = io::Result<()>>> {
    Ok(tokio::signal::ctrl_c())
}
