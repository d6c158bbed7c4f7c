//! A stateful local emulator of the 100ms server-side API.
//!
//! A [`Sandbox`] listens on the loopback interface, keeps all state in memory, and responds as the service's documentation says:
//! the same paths, token checks, states, error bodies, cursors and limits. Controls drive what otherwise depends on a media server
//! or on time, through typed methods or `POST /_sandbox/<name>`.
//!
//! ```
//! # async fn example() -> std::io::Result<()> {
//! use std::time::Duration;
//!
//! use hundredms_sandbox::Sandbox;
//!
//! let sandbox = Sandbox::start().await?;
//! println!("HMS_BASE_URL={}", sandbox.base_url());
//! sandbox.advance_clock(Duration::from_secs(3600)).expect("less than fifty years");
//! sandbox.stop().await;
//! # Ok(())
//! # }
//! ```
//!
//! # Faults
//!
//! [`Sandbox::add_fault`] adds a rule ([`Fault`]) that makes requests fail. A single request can carry a fault in the header
//! `x-sandbox-fault`: JSON with the [`FaultEffect`] as its only field, without `match` and `on`. It has the number 0 in the log.
//!
//! ```console
//! $ curl -i -H 'x-sandbox-fault: {"effect": {"status": 429, "retry_after": 3}}' http://127.0.0.1:8100/v2/rooms
//! ```

mod api;
mod api_response;
mod clock;
#[cfg(feature = "cli")]
#[doc(hidden)]
pub mod command;
mod control;
mod dashboard;
mod dashboard_token;
mod faults;
mod http;
mod http_response;
mod ids;
mod limits;
mod paging;
mod rate_limit;
mod reading;
mod request;
mod request_log;
mod response_body;
mod rules;
mod sandbox;
mod sandbox_state;
mod shape;
mod snapshots;
mod state;
mod tokens;
mod webhook_task;
mod webhooks;

pub use api::routes::OperationInfo;
pub use control::{
    ClientError, Clock, FailedDelivery, Job, JoinPeer, LeavePeer, Peer, PollAnswer, PollAnswered,
    PollRun, PublishTrack, RecordedDelivery, ReportedClientError, RoomMessage, RtmpIn, RtmpInto,
    SandboxError, Seed, SendWebhook, SentWebhook, Snapshot, Stats, Track, WebhookAttempt,
    WebhookDelivery, WebhookFault, WebhookFaultKind, WebhookQueue, WebhookRequest, WebhookTarget,
};
#[cfg(feature = "schema")]
pub use control::{ControlSchema, Signature, control_schemas};
pub use faults::{
    effect::{Disconnect, Drip, FaultEffect},
    fault::{Fault, FaultMatch, FaultReport, FaultTrigger},
};
pub use request_log::{LoggedRequest, TokenKind};
pub use sandbox::{Builder, Sandbox};
