//! The controls of a sandbox, by name over HTTP, and typed in process.

pub(crate) mod analytics;
mod by_name;
pub(crate) mod clock;
mod definition;
mod error;
pub(crate) mod faults;
pub(crate) mod ingest;
pub(crate) mod jobs;
pub(crate) mod messages;
pub(crate) mod peers;
pub(crate) mod polls;
pub(crate) mod requests;
pub(crate) mod seed;
#[cfg(feature = "schema")]
mod signature;
pub(crate) mod snapshots;
mod table;
pub(crate) mod tracks;
pub(crate) mod webhook_sending;
pub(crate) mod webhooks;

pub use analytics::{ClientError, FailedDelivery, RecordedDelivery, ReportedClientError};
pub(crate) use by_name::{run_blocking, run_shared};
pub use clock::Clock;
pub(crate) use definition::{Control, run};
pub use error::SandboxError;
pub use ingest::{RtmpIn, RtmpInto};
pub use jobs::Job;
pub use messages::RoomMessage;
pub use peers::{JoinPeer, LeavePeer, Peer};
pub use polls::{PollAnswer, PollAnswered, PollRun};
pub use seed::{Seed, Stats};
#[cfg(feature = "schema")]
pub use signature::{ControlSchema, Signature};
pub use snapshots::Snapshot;
#[cfg(feature = "schema")]
pub use table::control_schemas;
pub use tracks::{PublishTrack, Track};
pub use webhook_sending::{
    SendWebhook, SentWebhook, WebhookFault, WebhookFaultKind, WebhookRequest,
};
pub use webhooks::{WebhookAttempt, WebhookDelivery, WebhookQueue, WebhookTarget};
