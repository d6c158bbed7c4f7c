//! Controls of the contents: `seed`, `stats`.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Control, ControlError, answer, read};
use crate::world::World;

pub(super) const CONTROLS: &[Control] = &[
    Control::new("seed", seed),
    Control::new("stats", |world, _| answer(&stats(world))),
];

/// What to make at once.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct Seed {
    /// So many rooms, named `room-1` and on; names that are taken are passed over.
    pub rooms: usize,
    /// Id or name of the rooms' template; the default template when missing.
    pub template: Option<String>,
}

impl Seed {
    /// Starts with nothing.
    pub fn new() -> Self {
        Self::default()
    }

    /// Makes so many rooms.
    pub fn rooms(mut self, rooms: usize) -> Self {
        self.rooms = rooms;
        self
    }

    /// Gives the rooms this template, by id or name.
    pub fn template(mut self, template: impl Into<String>) -> Self {
        self.template = Some(template.into());
        self
    }
}

/// How much there is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Stats {
    /// Rooms, enabled or not.
    pub rooms: usize,
    /// Room codes, enabled or not.
    pub room_codes: usize,
    /// Templates, the default one included.
    pub templates: usize,
    /// Sessions, running or not.
    pub sessions: usize,
    /// Peers that are in rooms now.
    pub peers: usize,
    /// Polls.
    pub polls: usize,
    /// Changes that will happen by the passing of time.
    pub scheduled: usize,
    /// Events for webhooks.
    pub events: usize,
    /// Requests received since the start or the last clearing, the forgotten ones included.
    pub requests: u64,
}

fn seed(world: &mut World, arguments: Value) -> Result<Value, ControlError> {
    let seed: Seed = read(arguments)?;
    let state = &mut world.state;
    let template_id = match &seed.template {
        Some(template) => match state.templates.named(template) {
            Some(id) => id,
            None => state.templates.get(template)?.id,
        },
        None => state.templates.default_id(),
    };
    let now = state.now();
    let mut number = 0;
    for _ in 0..seed.rooms {
        let name = loop {
            number += 1;
            let name = format!("room-{number}");
            if state.rooms.named(&name).is_none() {
                break name;
            }
        };
        let id = state.new_id();
        state.rooms.add(id, name, template_id, now);
    }
    answer(&stats(world))
}

/// Counts what there is.
pub(crate) fn stats(world: &World) -> Stats {
    let state = &world.state;
    Stats {
        rooms: state.rooms.len(),
        room_codes: state.room_codes.len(),
        templates: state.templates.len(),
        sessions: state.sessions.len(),
        peers: state.sessions.connected_peers(),
        polls: state.polls.len(),
        scheduled: state.timeline.len(),
        events: state.emitted,
        requests: world.log.received(),
    }
}
