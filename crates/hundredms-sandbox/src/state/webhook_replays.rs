//! The store of webhook replays.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::{api_response::ApiError, clock, limits, state::deliveries::Selection};

/// A replay, running or not.
#[derive(Debug, Clone)]
pub(crate) struct Replay {
    pub(crate) filters: Filters,
    pub(crate) started_at: Timestamp,
    pub(crate) completed_at: Option<Timestamp>,
    /// Positions in the log of deliveries.
    pub(crate) queue: Vec<usize>,
    /// How many of them were taken from the queue.
    pub(crate) taken: usize,
    pub(crate) sent: usize,
    /// Ids of the events that could not be sent.
    pub(crate) failed: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Filters {
    pub(crate) selection: Selection,
    pub(crate) limit: usize,
    pub(crate) offset: usize,
}

impl Filters {
    /// Return the filters as the response to a replay contains them.
    pub(crate) fn to_json(&self) -> Value {
        let selection = &self.selection;
        let names = Some(&selection.event_names).filter(|names| !names.is_empty());
        json!({
            "start_time": clock::text(selection.range.start), "end_time": clock::text(selection.range.end),
            "room_id": selection.room_id, "event_types": names,
        })
    }
}

/// All replays by the id of their workflow.
#[derive(Debug, Clone, Default)]
pub(crate) struct WebhookReplays {
    pub(crate) by_id: BTreeMap<String, Replay>,
}

impl WebhookReplays {
    /// Delete the oldest finished replay if there are too many. 429 if all of them are running.
    pub(crate) fn make_room(&mut self) -> Result<(), ApiError> {
        if self.by_id.len() < limits::REPLAYS {
            return Ok(());
        }
        let over = self.by_id.iter();
        let over = over.filter_map(|(id, replay)| Some((replay.completed_at?, id)));
        let oldest = over.min().map(|(_, id)| id.clone());
        let oldest = oldest
            .ok_or_else(|| ApiError::new(429, "rate limit exceeded, retry after 1 seconds"))?;
        self.by_id.remove(&oldest);
        Ok(())
    }
}
