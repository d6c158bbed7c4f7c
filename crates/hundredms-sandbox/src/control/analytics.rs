//! Controls of analytics: `report_client_error`, `record_failed_delivery`.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{
    definition::{Control, bytes},
    error::ControlError,
};
use crate::{
    events::Event,
    ids::uuid,
    resources::{
        client_errors,
        deliveries::{Delivery, LISTED, Outcome},
    },
    webhooks::{courier, envelope, target::Webhook},
    world::World,
};

/// An error that a client reports. Missing fields come from the peer, or have the usual values of the type.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct ClientError {
    /// The room.
    pub room_id: String,
    /// `client.publish.failed`, `client.subscribe.failed`, `client.join.failed`, `client.disconnected` or
    /// `client.connect.failed`.
    #[cfg_attr(feature = "schema", schemars(extend("enum" = ["client.publish.failed", "client.subscribe.failed", "client.join.failed", "client.disconnected", "client.connect.failed"])))]
    #[serde(rename = "type")]
    pub kind: String,
    /// A peer that is or was in the room, or any other id. Generated if missing.
    pub peer_id: Option<String>,
    /// Your own id for the user.
    pub user_id: Option<String>,
    /// Display name.
    pub user_name: Option<String>,
    /// The role.
    pub role: Option<String>,
    /// Number of the error, such as 4006.
    pub error_code: Option<i64>,
    /// Short name, such as `ICEDisconnected`.
    pub error_name: Option<String>,
    /// Message.
    pub error_message: Option<String>,
    /// Details.
    pub error_description: Option<String>,
    /// Whether the client gave up.
    pub is_terminal: Option<bool>,
}

impl ClientError {
    /// An error of this type in a room.
    pub fn new(room_id: impl Into<String>, kind: impl Into<String>) -> Self {
        Self {
            room_id: room_id.into(),
            kind: kind.into(),
            ..Self::default()
        }
    }

    /// Set the peer that reports it.
    pub fn peer_id(mut self, peer_id: impl Into<String>) -> Self {
        self.peer_id = Some(peer_id.into());
        self
    }

    /// Set number and short name of the error.
    pub fn error(mut self, code: i64, name: impl Into<String>) -> Self {
        self.error_code = Some(code);
        self.error_name = Some(name.into());
        self
    }

    /// Set whether the client gave up.
    pub fn terminal(mut self, is_terminal: bool) -> Self {
        self.is_terminal = Some(is_terminal);
        self
    }
}

/// An error that analytics has accepted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct ReportedClientError {
    /// The peer it is about.
    pub peer_id: String,
}

/// A failed webhook delivery, for the log of deliveries.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct FailedDelivery {
    /// The room.
    pub room_id: String,
    /// The event, such as `peer.leave.success`; one of those that the log shows.
    #[cfg_attr(feature = "schema", schemars(extend("x-name" = "event_type")))]
    pub event_name: String,
    /// Data of the event; the room's id alone when missing.
    #[cfg_attr(
        feature = "schema",
        schemars(with = "Option<serde_json::Map<String, Value>>")
    )]
    pub data: Option<Value>,
    /// Where it was sent; the room's or the workspace's webhook, or an invented URL, when missing.
    pub webhook_url: Option<String>,
    /// Why it failed; `timeout` when missing.
    pub error_reason: Option<String>,
    /// Whether a replay fails as well, without being sent.
    pub fails_again: bool,
}

impl FailedDelivery {
    /// A delivery of this event that timed out.
    pub fn new(room_id: impl Into<String>, event_name: impl Into<String>) -> Self {
        Self {
            room_id: room_id.into(),
            event_name: event_name.into(),
            ..Self::default()
        }
    }

    /// Set the data of the event.
    pub fn data(mut self, data: Value) -> Self {
        self.data = Some(data);
        self
    }

    /// Set why it failed.
    pub fn error_reason(mut self, reason: impl Into<String>) -> Self {
        self.error_reason = Some(reason.into());
        self
    }

    /// Make a replay fail too.
    pub fn fails_again(mut self) -> Self {
        self.fails_again = true;
        self
    }
}

/// A delivery that is in the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct RecordedDelivery {
    /// Id of the event (UUID).
    pub event_id: String,
}

impl Control for ClientError {
    type Answer = ReportedClientError;

    fn kept_bytes(&self) -> usize {
        let texts = [
            &self.peer_id,
            &self.user_id,
            &self.user_name,
            &self.role,
            &self.error_name,
            &self.error_message,
            &self.error_description,
        ];
        self.room_id.len() + self.kind.len() + bytes(texts)
    }

    fn run(self, world: &mut World) -> Result<ReportedClientError, ControlError> {
        let error = client_errors::ClientError {
            kind: self.kind,
            room_id: self.room_id,
            peer_id: self.peer_id,
            user_id: self.user_id,
            user_name: self.user_name,
            role: self.role,
            code: self.error_code,
            name: self.error_name,
            message: self.error_message,
            description: self.error_description,
            is_terminal: self.is_terminal,
        };
        let peer_id = client_errors::report(&mut world.state, error)?;
        Ok(ReportedClientError { peer_id })
    }
}

impl Control for FailedDelivery {
    type Answer = RecordedDelivery;

    fn run(self, world: &mut World) -> Result<RecordedDelivery, ControlError> {
        record_failed_delivery(world, self)
    }
}

fn record_failed_delivery(
    world: &mut World,
    failed: FailedDelivery,
) -> Result<RecordedDelivery, ControlError> {
    let state = &mut world.state;
    let room = state.rooms.get(&failed.room_id)?;
    let kind = LISTED.into_iter().find(|name| *name == failed.event_name);
    let kind = kind.ok_or_else(|| {
        let names = LISTED.join(", ");
        ControlError::invalid(format!("event_name must be one of {names}"))
    })?;
    let room_id = room.id;
    let data = failed.data.unwrap_or_else(|| json!({"room_id": room_id}));
    if !data.is_object() {
        return Err(ControlError::invalid("data must be an object"));
    }
    let own = courier::destination(state, Some(room_id));
    let invented = || "https://webhooks.example.com/100ms".to_owned();
    let reason = failed.error_reason.unwrap_or_else(|| "timeout".into());
    let (event_id, now) = (uuid(), state.now());
    let event = Event {
        id: event_id.clone(),
        kind: kind.into(),
        room_id: Some(room_id),
        at: now,
        due: now,
        data,
    };
    let own = own.unwrap_or_else(|| Webhook {
        url: invented(),
        headers: Vec::new(),
    });
    let body = envelope::body(state, &event, false);
    let mut delivery = Delivery::pending(Arc::new(event), body, &own, false, now);
    if let Some(url) = failed.webhook_url {
        delivery.url = url;
    }
    delivery.outcome = Outcome::Failed(reason.clone());
    delivery.replay_failure = failed.fails_again.then_some(reason);
    state.deliveries.push(delivery);
    Ok(RecordedDelivery { event_id })
}
