//! The core as its users have it: over HTTP on loopback.

#[path = "../support/checked.rs"]
mod checked;
#[path = "../support/openapi.rs"]
mod openapi;
#[path = "../support/queue.rs"]
#[allow(dead_code)]
mod queue;

mod bulk;
mod canary;
mod cassettes;
mod checking;
mod contents;
#[cfg(feature = "schema")]
mod contract;
mod credentials;
mod dashboard_calls;
mod downloads;
mod every_operation;
mod first_call;
mod fixtures;
mod hooks;
mod http_client;
mod jobs;
mod limits;
mod narrowing;
mod network;
#[cfg(feature = "opentelemetry")]
mod opentelemetry;
mod paging;
mod pool;
#[cfg(feature = "redis")]
mod rate_limit;
mod raw;
mod reconcile;
mod rewriting;
#[cfg(feature = "schema")]
mod sample;
#[cfg(feature = "tracing")]
mod spans;
mod template_editing;
mod tls;
mod tokens;
mod webhooks;
mod windows;

use hundredms::{Client, ClientBuilder};

use crate::checked::Checked;

/// A client of `sandbox`, to be set up further. What goes to and fro is checked.
fn client_of(sandbox: &Checked) -> ClientBuilder {
    Client::builder()
        .keys(sandbox.access_key(), sandbox.secret())
        .base_url(sandbox.base_url())
        .auth_url(sandbox.auth_url())
}

/// A client of the server at `url`, to be set up further.
fn client_at(url: &str) -> ClientBuilder {
    Client::builder()
        .keys("key", "secret")
        .base_url(url)
        .auth_url(url)
}

/// Run the named test of this binary in a process with exactly these variables.
fn in_environment(test: &str, variables: &[(&str, &str)]) -> String {
    let output = std::process::Command::new(std::env::current_exe().expect("this binary"))
        .args(["--exact", test, "--nocapture", "--include-ignored"])
        .env_clear()
        .env("TOLD", "1")
        .envs(variables.iter().copied())
        .output()
        .expect("a process");
    String::from_utf8_lossy(&output.stdout).into_owned()
}
