//! Server SDK for [100ms](https://www.100ms.live), the live-video platform: every operation of its REST API, typed, with tokens,
//! retries and paging.
//!
//! ```no_run
//! use hundredms::Client;
//! use hundredms::resources::rooms::CreateRoom;
//!
//! # async fn run() -> hundredms::Result<()> {
//! let client = Client::from_env()?;
//! let room = client.rooms().create(CreateRoom::new().name("physics-7")).await?;
//! let token = client.tokens().auth(room.id, "host").user_id("ada").mint()?;
//! # let _ = token;
//! # Ok(())
//! # }
//! ```
//!
//! - [`Client`] makes the calls; its methods name the resources: [`Client::rooms`], [`Client::recordings`] …
//! - A list gives a [`Pager`]: a stream of items over all pages.
//! - Every failure is an [`Error`] with a [`kind`](Error::kind).
//! - [`webhooks`] verifies and reads what the service sends.
//! - [`Client::call`] takes an operation by name with its arguments as JSON: the road that other languages take.
//!
//! # Features
//!
//! | feature | what it adds |
//! | --- | --- |
//! | `rustls` (default) | TLS by rustls with aws-lc-rs |
//! | `rustls-no-provider` | TLS by rustls with the crypto provider that the program installs |
//! | `native-tls` | TLS by the library of the system; turn the default features off |
//! | `http2` | HTTP/2 where the server offers it, else HTTP/1.1 |
//! | `socks` | proxies that speak SOCKS |
//! | `system-proxy` | the proxy that is set in macOS or Windows |
//! | `tracing` | a span for every call |
//! | `opentelemetry` | calls belong to the trace that is active in OpenTelemetry |
//! | `axum` | webhooks: the address of the peer from `ConnectInfo` |
//! | `redis` | webhooks: the store of handled events in Redis |
//!
//! For client certificates, middleware or a pool that is shared, hand over a client: [`ClientBuilder::http_client`].

//!
//! # Crypto providers for tokens
//!
//! Tokens are made with `jsonwebtoken`, and webhooks verified with its provider: of the feature `jwt-aws-lc`, which is on by default
//! and wants a C compiler, or of `jwt-rust-crypto`, for which turn the default features off. With neither, clients with an access key
//! and receivers with secrets cannot be built. With both, `aws-lc` is taken.
//!
//! The provider is used directly, not by way of the process: this crate neither installs the default provider of `jsonwebtoken` nor
//! asks for it. But where the crates of your program turn on both features of `jsonwebtoken`, its own `encode` and `decode` panic
//! until your program says which to take, at the start of `main`:
//!
//! ```ignore
//! let _ = jsonwebtoken::crypto::aws_lc::DEFAULT_PROVIDER.install_default();
//! ```

#![recursion_limit = "256"]
#![cfg_attr(docsrs, feature(doc_cfg))]

mod answer;
mod by_name;
mod call;
mod cassette;
mod check;
mod client;
mod config;
mod define;
mod error;
#[cfg(feature = "fuzzing")]
#[doc(hidden)]
pub mod fuzzing;
mod hints;
mod lane;
mod look_at;
mod mac;
mod observe;
mod operation;
mod paging;
#[cfg(test)]
mod properties;
mod reconcile;
mod request;
pub mod resources;
mod response;
pub mod tokens;
mod transport;
mod variables;
pub mod webhooks;
mod wire;

#[cfg(feature = "schema")]
pub use by_name::OperationSchema;
pub use by_name::{Answered, operations};
pub use call::Call;
pub use cassette::CassetteMode;
pub use client::Client;
pub use config::ClientBuilder;
pub use error::{Error, ErrorKind, Phase, Result};
pub use jiff::Timestamp;
#[doc(hidden)]
pub use lane::{LANES, Lane};
pub use look_at::LookAt;
pub use observe::{Observation, RequestView, ResponseView, RetryView};
pub use operation::{
    Answer, Cursor, Field, Info, Method, Narrows, Operation, Paging, Place, Retry, Server,
};
pub use paging::{Paged, Pager, Pages};
pub use reqwest;
pub use response::Response;
pub use transport::{CallOptions, RawAnswer};
#[doc(hidden)]
pub use variables::Language;
pub use wire::{Extra, Malformed, Secret};

/// The quick start of the README, compiled.
#[cfg(doctest)]
#[doc = include_str!("../../../README.md")]
struct Readme;

/// The Rust part of the page about webhooks, compiled.
#[cfg(all(doctest, feature = "axum", feature = "redis"))]
#[doc = include_str!("../../../docs/webhooks.md")]
struct WebhooksPage;
