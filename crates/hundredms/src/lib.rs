//! Server SDK for [100ms](https://www.100ms.live), the live-video platform. Covers every operation of its REST API, fully typed,
//! with tokens, retries and paging.
//!
//! ```no_run
//! use hundredms::Client;
//! use hundredms::resources::rooms::CreateRoom;
//!
//! # async fn run() -> hundredms::Result<()> {
//! let client = Client::from_env()?;
//! let room = client.rooms().create(CreateRoom::new().name("physics-7")).await?;
//! let token = client.tokens().auth(room.id, "host").user_id("ada").create()?;
//! # let _ = token;
//! # Ok(())
//! # }
//! ```
//!
//! - [`Client`] makes the calls. Each resource is a method: [`Client::rooms`], [`Client::recordings`] …
//! - A list returns a [`Pager`]: a stream of items over all pages.
//! - Every error is an [`Error`] with a [`kind`](Error::kind).
//! - [`jobs`] make several calls that do one thing, such as waiting for a recording, or counting who attended.
//! - [`Client::links`] creates the links at which people join.
//! - [`bulk`] makes a call for each of many items, and resumes such a run.
//! - [`webhooks`] verifies and parses the service's webhooks.
//! - [`Client::call`] calls an operation by name, with its arguments as JSON. The bindings use it.
//!
//! # Features
//!
//! | feature | what it adds |
//! | --- | --- |
//! | `rustls` (default) | TLS by rustls with aws-lc-rs |
//! | `rustls-no-provider` | TLS by rustls with the crypto provider that the program installs |
//! | `native-tls` | TLS by the system's library; turn the default features off |
//! | `http2` | HTTP/2 if the server supports it, else HTTP/1.1 |
//! | `socks` | SOCKS proxies |
//! | `system-proxy` | the proxy that is configured in macOS or Windows |
//! | `tracing` | a span for every call |
//! | `opentelemetry` | calls are part of the active OpenTelemetry trace |
//! | `axum` | webhooks: the address of the peer from `ConnectInfo` |
//! | `redis` | webhooks: the store of handled events in Redis |
//!
//! For client certificates, middleware or a shared pool, pass your own client: [`ClientBuilder::http_client`].
//!
//! # Crypto providers for tokens
//!
//! Tokens are created with `jsonwebtoken`, and webhooks are verified with its provider. The feature `jwt-aws-lc` is on by default
//! and requires a C compiler. To use `jwt-rust-crypto` instead, turn the default features off. Without either, clients with an
//! access key and receivers with secrets cannot be built. With both, `aws-lc` is used.
//!
//! This crate uses its provider directly. It neither installs nor reads the process-wide default provider of `jsonwebtoken`. But if
//! the crates of your program enable both features of `jsonwebtoken`, its own `encode` and `decode` panic until your program
//! selects one at the start of `main`:
//!
//! ```ignore
//! let _ = jsonwebtoken::crypto::aws_lc::DEFAULT_PROVIDER.install_default();
//! ```

#![recursion_limit = "256"]
#![cfg_attr(docsrs, feature(doc_cfg))]

mod answer;
mod auth;
mod base_url;
mod builder;
pub mod bulk;
mod by_name;
mod call;
mod call_options;
mod check;
mod check_with;
mod client;
mod define;
mod error;
#[cfg(feature = "fuzzing")]
#[doc(hidden)]
pub mod fuzzing;
#[cfg(not(target_arch = "wasm32"))]
mod host;
#[cfg(target_arch = "wasm32")]
#[doc(hidden)]
pub mod host;
pub mod jobs;
mod lane;
pub mod links;
mod observe;
mod operation;
mod paging;
mod prepare;
mod raw_response;
mod reconcile;
mod request;
pub mod resources;
mod response;
#[cfg(feature = "schema")]
mod schema;
mod table;
#[cfg(test)]
mod tests;
pub mod tokens;
mod transport;
mod variables;
pub mod webhooks;
mod wire;

pub use builder::ClientBuilder;
#[doc(hidden)]
pub use builder::default_auth_url;
#[cfg(feature = "schema")]
#[doc(hidden)]
pub use builder::options::{OPTIONS, OptionInfo};
pub use by_name::JsonResponse;
#[doc(hidden)]
pub use by_name::{Preview, preview};
pub use call::Call;
pub use call_options::CallOptions;
pub use check_with::CheckWith;
pub use client::Client;
pub use error::{Error, ErrorKind, Phase, Result};
#[cfg(not(target_arch = "wasm32"))]
#[doc(hidden)]
pub use host::collected::{LARGE_OUTCOME, enough_outcomes};
#[cfg(not(target_arch = "wasm32"))]
#[doc(hidden)]
pub use host::early_timer::EarlyTimer;
#[cfg(not(target_arch = "wasm32"))]
#[doc(hidden)]
pub use host::turns::{Driven, Running, Turns};
pub use jiff::Timestamp;
#[doc(hidden)]
pub use lane::{LANES, Lane};
pub use observe::{Observation, RequestView, ResponseView, RetryView};
pub use operation::{
    ArgumentInfo, ArgumentLocation, Cursor, Method, Operation, OperationInfo, OperationOutput,
    Paging, Retry, Selection, Server,
};
pub use paging::{Paged, Pager, Pages};
pub use raw_response::RawResponse;
#[cfg(not(target_arch = "wasm32"))]
pub use reqwest;
pub use response::Response;
#[cfg(feature = "schema")]
pub use schema::{JobSchema, OperationSchema};
pub use table::operations;
pub use transport::cassette::CassetteMode;
pub use transport::rate_limit::RateLimit;
#[doc(hidden)]
pub use variables::Language;
pub use wire::extra::Extra;
pub use wire::file_path::FilePath;
pub use wire::malformed::Malformed;
pub use wire::secret::Secret;
