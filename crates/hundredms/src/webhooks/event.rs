//! [`Event`]: one event, as the service sent it.

use std::fmt;

use bytes::Bytes;
use jiff::Timestamp;

use super::types::{EventData, EventType, Payload};
use crate::wire::extra::Extra;

/// One event.
///
/// `D` is the data: [`EventData`], which covers every type, or the data of one type, as in `Event<PeerJoinSuccess>`.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Event<D = EventData> {
    /// Id of the event. It is the same if the service sends the event again. Empty if the service sent none.
    pub id: String,
    /// Type of the event.
    pub kind: EventType,
    /// When the event was created.
    pub timestamp: Option<Timestamp>,
    /// Whether this is a requested replay.
    pub is_replay: bool,
    /// Version of the format, `2.0`.
    pub version: Option<String>,
    /// Account that owns the room.
    pub account_id: Option<String>,
    /// App (workspace) inside the account. Many events lack it.
    pub app_id: Option<String>,
    /// Template of the room. Most events have it in their data only.
    pub template_id: Option<String>,
    /// What happened.
    pub data: D,
    /// Fields next to the data that this version does not know.
    pub extra: Extra,
    pub(super) raw: Raw,
}

impl<D> Event<D> {
    /// Return the unchanged body.
    pub fn raw(&self) -> &Bytes {
        &self.raw.0
    }

    /// The same event with other data.
    pub(super) fn with_data<E>(self, data: E) -> Event<E> {
        Event {
            id: self.id,
            kind: self.kind,
            timestamp: self.timestamp,
            is_replay: self.is_replay,
            version: self.version,
            account_id: self.account_id,
            app_id: self.app_id,
            template_id: self.template_id,
            data,
            extra: self.extra,
            raw: self.raw,
        }
    }
}

impl Event {
    /// Return the event as one of the type whose data is `D`.
    ///
    /// # Errors
    ///
    /// The event itself, if it is of another type.
    pub fn typed<D: Payload>(mut self) -> Result<Event<D>, Box<Self>> {
        let data = std::mem::replace(&mut self.data, EventData::Unknown(Extra::default()));
        match D::take(data) {
            Ok(data) => Ok(self.with_data(*data)),
            Err(data) => {
                self.data = data;
                Err(Box::new(self))
            }
        }
    }
}

/// A body, which may contain secrets: `Debug` shows only its length.
#[derive(Clone, PartialEq)]
pub(super) struct Raw(pub(super) Bytes);

impl fmt::Debug for Raw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "[{} bytes]", self.0.len())
    }
}
