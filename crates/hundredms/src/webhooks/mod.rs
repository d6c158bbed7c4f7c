//! Webhooks: events that the service sends to your server, verified, typed, and handled once.
//!
//! ```
//! use hundredms::webhooks::{EventData, Receiver};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let receiver = Receiver::builder()
//!     .header("x-webhook-secret", "a long random text")
//!     .build()?;
//! # let body = br#"{"id":"1","type":"peer.join.success","data":{"room_id":"r","session_id":"s","peer_id":"p"}}"#;
//! # let headers = [("X-Webhook-Secret", "a long random text")];
//! let event = receiver.receive(body.to_vec(), &headers[..], None)?;
//! if let EventData::PeerJoinSuccess(join) = &event.data {
//!     println!("{} is in {}", join.peer_id, join.room_id);
//! }
//! # Ok(())
//! # }
//! ```
//!
//! - [`Receiver`] verifies a request and returns its [`Event`], or a [`WebhookVerificationError`].
//! - [`Router`] runs the handler of each event, once. It is a tower service, for example for axum.
//! - [`DedupeStore`] remembers which events were handled: [`MemoryStore`] within one process, `RedisStore` (feature `redis`) for
//!   any number of them.
//! - [`recover`] recovers what was not delivered.
//! - [`parse`] parses an event without verification.

mod addresses;
mod canonical;
mod data;
mod dedupe;
mod delivery_outcome;
mod envelope;
mod event;
mod headers;
mod memory_store;
mod options;
mod receiver;
mod recovery;
#[cfg(feature = "redis")]
mod redis_store;
mod router;
mod service;
mod types;
mod unknown_type;
mod verification;
mod verification_error;

pub use crate::wire::malformed::Malformed;
pub use addresses::published_addresses;
pub use canonical::{CanonicalEvent, parse_json};
pub use data::*;
pub use dedupe::{Claim, DedupeStore, Pending, StoreError};
pub use delivery_outcome::DeliveryOutcome;
pub use envelope::parse;
pub use event::Event;
pub use headers::Headers;
pub use memory_store::MemoryStore;
pub use receiver::{Receiver, ReceiverBuilder};
pub use recovery::{Recovered, Recovery, recover};
#[cfg(feature = "redis")]
pub use redis_store::RedisStore;
pub use router::{HandlerError, HandlerFailure, Router};
pub use types::{EventData, EventType, Payload};
#[cfg(feature = "schema")]
pub use types::{EventSchema, schemas};
pub use verification_error::{VerificationErrorReason, WebhookVerificationError};
