//! The command `hundredms-sandbox`: a sandbox for use from any language, until Ctrl-C or SIGTERM.

use std::{io, process::ExitCode};

use clap::Parser;
use hundredms_sandbox::Sandbox;

/// Emulate the 100ms server-side API on this machine, in memory
#[derive(Parser)]
#[command(version)]
struct Arguments {
    /// Port to listen on; 0 takes a free one
    #[arg(long, default_value_t = 8100)]
    port: u16,
    /// Listen at this address or name; whoever reaches it can drive the sandbox
    #[arg(long, default_value = "127.0.0.1")]
    host: String,
    /// Allow one more name in the Host header of requests, such as that of a container; may be given several times
    #[arg(long, value_name = "NAME")]
    allow_host: Vec<String>,
    /// Access key that tokens must carry
    #[arg(long)]
    access_key: Option<String>,
    /// Secret that tokens must be signed with
    #[arg(long)]
    secret: Option<String>,
    /// Send webhooks to this http URL
    #[arg(long, value_name = "URL")]
    webhook_url: Option<String>,
    /// Send this header with webhooks, such as 'x-secret: hush'; may be given several times
    #[arg(long, value_name = "NAME: VALUE", requires = "webhook_url")]
    webhook_header: Vec<String>,
    /// Sign webhooks with this key, in the header x-100ms-signature
    #[arg(long, value_name = "KEY")]
    webhook_signing_key: Option<String>,
}

/// Reads `name: value`. Not done by clap, whose error would show the value, which is a secret.
fn header(text: &str) -> io::Result<(&str, &str)> {
    let (name, value) = text.split_once(':').ok_or_else(|| {
        let problem = "--webhook-header is written 'name: value', with a colon";
        io::Error::new(io::ErrorKind::InvalidInput, problem)
    })?;
    Ok((name.trim(), value.trim()))
}

fn main() -> ExitCode {
    match run(Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("hundredms-sandbox: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: Arguments) -> io::Result<()> {
    let mut builder = Sandbox::builder().host(arguments.host).port(arguments.port);
    for host in arguments.allow_host {
        builder = builder.allow_host(host);
    }
    if let Some(access_key) = arguments.access_key {
        builder = builder.access_key(access_key);
    }
    if let Some(secret) = arguments.secret {
        builder = builder.secret(secret);
    }
    if let Some(url) = arguments.webhook_url {
        let headers = arguments.webhook_header.iter();
        let headers: Vec<_> = headers.map(|text| header(text)).collect::<Result<_, _>>()?;
        builder = builder.webhook(url, headers);
    }
    if let Some(key) = arguments.webhook_signing_key {
        builder = builder.webhook_signing_key(key);
    }
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?
        .block_on(async {
            let asked_to_end = asked_to_end()?;
            let sandbox = builder.start().await?;
            print!("{}", greeting(&sandbox));
            asked_to_end.await?;
            sandbox.stop().await;
            Ok(())
        })
}

fn greeting(sandbox: &Sandbox) -> String {
    format!(
        "hundredms-sandbox listens on {url}. Ctrl-C ends it. Paste this to use it:\n\n\
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

/// The value as one word of a shell.
fn quoted(value: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_.:/=+@%".contains(c);
    if !value.is_empty() && value.chars().all(plain) {
        return value.to_owned();
    }
    format!("'{}'", value.replace('\'', r"'\''"))
}

/// Resolves on Ctrl-C or SIGTERM; listens to both from now on.
#[cfg(unix)]
fn asked_to_end() -> io::Result<impl Future<Output = io::Result<()>>> {
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

#[cfg(not(unix))]
fn asked_to_end() -> io::Result<impl Future<Output = io::Result<()>>> {
    Ok(tokio::signal::ctrl_c())
}
