//! Controls that send webhooks on demand, or make them fail: `send_webhook`, `webhook_request`, `webhook_faults`.

use std::{collections::BTreeMap, fmt};

use fastrand::Rng;
use hundredms_deserialize_error::Object;
use jiff::Timestamp;
use serde::{Deserialize, Deserializer, Serialize, de::Error as _};
use serde_json::{Map, Value};

use super::{definition::Control, error::SandboxError, webhooks::WebhookTarget};
use crate::{
    ids::uuid,
    reading::optional,
    sandbox_state::SandboxState,
    state::{
        State,
        event::Event,
        webhook_target::{Webhook, header},
    },
    webhooks::{
        envelope, examples,
        faults::{FaultAction, Faults, Rule},
        post::{SIGNATURE, signature},
        queue,
    },
};

/// An event on demand.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct SendWebhook {
    /// Type of the event, such as `peer.join.success`, or any other text. A probable misspelling is refused, unless `data` is given.
    #[cfg_attr(feature = "schema", schemars(extend("x-name" = "event_type")))]
    #[serde(rename = "type")]
    pub kind: String,
    /// Its data, any JSON. Defaults to an example of the type with the values of the room, its running session and the first peer
    /// there.
    pub data: Option<Value>,
    /// Fields that replace those of the example, or are added. A probable misspelling is refused.
    pub fields: Option<Map<String, Value>>,
    /// The room it is about. It determines where the event is sent.
    pub room_id: Option<String>,
    /// Id of the event. Generated if missing.
    pub id: Option<String>,
    /// When it happened. Defaults to now.
    #[serde(deserialize_with = "time")]
    pub timestamp: Option<Timestamp>,
}

impl SendWebhook {
    /// An event of this type.
    pub fn new(kind: impl Into<String>) -> Self {
        Self {
            kind: kind.into(),
            ..Self::default()
        }
    }

    /// Set the room.
    pub fn room_id(mut self, room_id: impl Into<String>) -> Self {
        self.room_id = Some(room_id.into());
        self
    }

    /// Set the data.
    pub fn data(mut self, data: Value) -> Self {
        self.data = Some(data);
        self
    }

    /// Set a field of the example.
    pub fn field(mut self, name: impl Into<String>, value: impl Into<Value>) -> Self {
        let fields = self.fields.get_or_insert_with(Map::new);
        fields.insert(name.into(), value.into());
        self
    }

    /// Set the id.
    pub fn id(mut self, id: impl Into<String>) -> Self {
        self.id = Some(id.into());
        self
    }

    /// Set when it happened.
    pub fn timestamp(mut self, timestamp: Timestamp) -> Self {
        self.timestamp = Some(timestamp);
        self
    }
}

/// A time, with an error that contains no value.
fn time<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Timestamp>, D::Error> {
    let text = Option::<String>::deserialize(deserializer)?;
    let time = text.map(|text| text.parse());
    time.transpose()
        .map_err(|_| D::Error::custom("expected a time as in RFC 3339"))
}

/// An event that is being delivered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct SentWebhook {
    /// Id of the event.
    pub event_id: String,
}

/// A fault of deliveries. It applies to all of them, unless a number, a share or a type of events restricts it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct WebhookFault {
    /// What happens. `duplicate` sends it several times at once. `reorder` holds it until later ones were attempted, 5 seconds of
    /// the virtual clock have passed, or `settle_webhooks` has nothing else to wait for. `drop` fails it without sending, as if all
    /// attempts had failed.
    pub fault: WebhookFaultKind,
    /// How often a duplicated delivery is sent in total. Between 2 and 100. Defaults to 2.
    #[serde(default)]
    pub copies: Option<u32>,
    /// How many later deliveries are sent before a held one. Between 1 and 1000. Defaults to 1.
    #[serde(default)]
    pub behind: Option<u32>,
    /// How many deliveries it applies to. Defaults to no limit.
    #[serde(default)]
    pub next: Option<u32>,
    /// The share of deliveries it applies to. Between 0 and 1. Defaults to all.
    #[serde(default)]
    pub share: Option<f64>,
    /// Seed that selects the deliveries of a share. Defaults to 0.
    #[serde(default)]
    pub seed: Option<u64>,
    /// Applies to events of this type only.
    #[cfg_attr(feature = "schema", schemars(extend("x-name" = "event_type")))]
    #[serde(default, rename = "type")]
    pub event_type: Option<String>,
}

/// The kind of a delivery fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(inline))]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum WebhookFaultKind {
    /// It is sent several times, all at once.
    Duplicate,
    /// It is held until later ones were attempted, 5 seconds of the virtual clock have passed, or `settle_webhooks`
    /// finds nothing else to wait for.
    Reorder,
    /// It fails without being sent, as if all attempts had failed.
    Drop,
}

impl WebhookFault {
    fn of(fault: WebhookFaultKind) -> Self {
        Self {
            fault,
            copies: None,
            behind: None,
            next: None,
            share: None,
            seed: None,
            event_type: None,
        }
    }

    /// Send deliveries this many times in total.
    pub fn duplicate(copies: u32) -> Self {
        Self {
            copies: Some(copies),
            ..Self::of(WebhookFaultKind::Duplicate)
        }
    }

    /// Send this many later deliveries first.
    pub fn reorder(behind: u32) -> Self {
        Self {
            behind: Some(behind),
            ..Self::of(WebhookFaultKind::Reorder)
        }
    }

    /// Fail deliveries without sending them.
    pub fn drop() -> Self {
        Self::of(WebhookFaultKind::Drop)
    }

    /// Applies to this many deliveries only.
    pub fn next(mut self, count: u32) -> Self {
        self.next = Some(count);
        self
    }

    /// Applies to a share of the deliveries only, from 0 to 1. The seed selects which.
    pub fn share(mut self, share: f64, seed: u64) -> Self {
        self.share = Some(share);
        self.seed = Some(seed);
        self
    }

    /// Applies to events of this type only.
    pub fn event_type(mut self, kind: impl Into<String>) -> Self {
        self.event_type = Some(kind.into());
        self
    }

    fn check(&self) -> Result<(), SandboxError> {
        let problem = if !(2..=100).contains(&self.copies.unwrap_or(2)) {
            "copies must be 2 to 100"
        } else if !(1..=1000).contains(&self.behind.unwrap_or(1)) {
            "behind must be 1 to 1000"
        } else if !(0.0..=1.0).contains(&self.share.unwrap_or(1.0)) {
            "share must be 0 to 1"
        } else {
            return Ok(());
        };
        Err(SandboxError::invalid(problem))
    }
}

impl Control for SendWebhook {
    type Answer = SentWebhook;

    fn run(self, sandbox: &mut SandboxState) -> Result<SentWebhook, SandboxError> {
        let event = event(&sandbox.state, self)?;
        let state = &mut sandbox.state;
        if queue::destination(state, event.room_id).is_none() {
            return Err(SandboxError::invalid(
                "there is no webhook to send it to: call set_webhook, or give the room one",
            ));
        }
        let event_id = event.id.clone();
        state.notify(event);
        Ok(SentWebhook { event_id })
    }
}

/// The requested event.
fn event(state: &State, send: SendWebhook) -> Result<Event, SandboxError> {
    if send.kind.is_empty() {
        return Err(SandboxError::invalid("type must be given"));
    }
    let room_id = match &send.room_id {
        Some(room_id) => Some(state.rooms.get(room_id)?.id),
        None => None,
    };
    let data = match (send.data, send.fields) {
        (Some(_), Some(_)) => {
            return Err(SandboxError::invalid(
                "data is all of the data and fields change the example: give one of them",
            ));
        }
        (Some(data), None) => data,
        (None, fields) => {
            if let Some(meant) = examples::meant(&send.kind) {
                return Err(SandboxError::invalid(format!(
                    "there is no example of this type: did you mean `{meant}`? For a type of your own, give its data",
                )));
            }
            let fields = fields.unwrap_or_default();
            for field in fields.keys() {
                if let Some(meant) = examples::meant_field(&send.kind, field) {
                    return Err(SandboxError::invalid(format!(
                        "the data of `{}` has no field `{field}`: did you mean `{meant}`? For a field of your own, give all of the data",
                        send.kind
                    )));
                }
            }
            let mut data = examples::data(state, &send.kind, room_id);
            if let Some(data) = data.as_object_mut() {
                data.extend(fields);
            }
            data
        }
    };
    Ok(Event {
        id: send.id.unwrap_or_else(uuid),
        data,
        kind: send.kind.into(),
        room_id,
        at: send.timestamp.unwrap_or_else(|| state.now()),
        due: state.now(),
    })
}

/// A webhook as it would be sent, to pass on without a server.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct WebhookRequest {
    /// Id of the event.
    pub event_id: String,
    /// The URL of the room's or the workspace's webhook. `None` if there is none, or if headers are given.
    pub url: Option<String>,
    /// The headers, in lower case, including secrets.
    pub headers: BTreeMap<String, String>,
    /// The body.
    pub body: String,
}

/// Header values are not shown.
impl fmt::Debug for WebhookRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WebhookRequest")
            .field("event_id", &self.event_id)
            .field("url", &self.url)
            .field("headers", &self.headers.keys().collect::<Vec<_>>())
            .field("body", &self.body)
            .finish()
    }
}

/// Return the request that would deliver an event.
#[derive(Default, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub(crate) struct MakeWebhookRequest {
    /// The event.
    #[serde(deserialize_with = "optional")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<Value>"))]
    event: Option<SendWebhook>,
    /// Defaults to those of the room's or the workspace's webhook.
    headers: Option<BTreeMap<String, String>>,
    /// Defaults to that of the workspace's webhook.
    signing_key: Option<String>,
}

impl MakeWebhookRequest {
    pub(crate) fn new(event: &SendWebhook, target: Option<&WebhookTarget>) -> Self {
        Self {
            event: Some(event.clone()),
            headers: target.map(|target| target.headers.clone()),
            signing_key: target.and_then(|target| target.signing_key.clone()),
        }
    }
}

impl Control for MakeWebhookRequest {
    type Answer = WebhookRequest;

    fn run(self, sandbox: &mut SandboxState) -> Result<WebhookRequest, SandboxError> {
        let state = &sandbox.state;
        let event = event(state, self.event.unwrap_or_default())?;
        let (url, given) = match self.headers {
            Some(headers) => (None, headers.into_iter().collect()),
            None => match queue::destination(state, event.room_id) {
                Some(Webhook { url, headers }) => (Some(url), headers),
                None => (None, Vec::new()),
            },
        };
        let mut headers =
            BTreeMap::from([("content-type".to_owned(), "application/json".to_owned())]);
        for (name, value) in given {
            header(&name, &value).map_err(SandboxError::invalid)?;
            headers.insert(name.to_ascii_lowercase(), value);
        }
        let body = envelope::body(state, &event, false);
        let key = self
            .signing_key
            .or_else(|| state.webhook.signing_key.clone());
        if let Some(key) = key {
            headers.insert(SIGNATURE.to_owned(), signature(&key, &body));
        }
        Ok(WebhookRequest {
            event_id: event.id,
            url,
            headers,
            body: String::from_utf8_lossy(&body).into_owned(),
        })
    }
}

/// Set the faults of deliveries.
#[derive(Debug, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(crate) struct SetWebhookFaults {
    /// The faults.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schemars(with = "Vec<WebhookFault>"))]
    faults: Vec<Object<WebhookFault>>,
}

impl SetWebhookFaults {
    pub(crate) fn new(faults: &[WebhookFault]) -> Self {
        Self {
            faults: faults.iter().cloned().map(Object).collect(),
        }
    }
}

impl Control for SetWebhookFaults {
    type Answer = ();

    fn run(self, sandbox: &mut SandboxState) -> Result<(), SandboxError> {
        let faults: Vec<_> = self.faults.into_iter().map(|Object(fault)| fault).collect();
        faults.iter().try_for_each(WebhookFault::check)?;
        let rules = faults.into_iter().map(rule);
        sandbox.queue.set_faults(Faults(rules.collect()));
        Ok(())
    }
}

/// The rule of the queue that a fault stands for.
fn rule(fault: WebhookFault) -> Rule {
    Rule {
        action: match fault.fault {
            WebhookFaultKind::Duplicate => FaultAction::Duplicate(fault.copies.unwrap_or(2)),
            WebhookFaultKind::Reorder => FaultAction::Reorder(fault.behind.unwrap_or(1)),
            WebhookFaultKind::Drop => FaultAction::Drop,
        },
        event_type: fault.event_type,
        next: fault.next,
        share: fault.share,
        random: Rng::with_seed(fault.seed.unwrap_or(0)),
    }
}
