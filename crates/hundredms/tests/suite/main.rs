//! The core as its users have it: over HTTP on loopback.

#[path = "../support/checked.rs"]
mod checked;
#[path = "../support/openapi.rs"]
mod openapi;
#[path = "../support/queue.rs"]
#[allow(dead_code)]
mod queue;

mod canary;
mod checking;
#[cfg(feature = "schema")]
mod contract;
mod credentials;
mod every_operation;
mod first_call;
mod fixtures;
mod network;
mod paging;
mod raw;
mod tls;
mod tokens;

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
