//! Controls of the contents: `seed`, `stats`.

use std::{thread, time::Duration};

use serde::{Deserialize, Serialize};
use tokio::task::yield_now;

use super::{definition::Control, error::ControlError};
use crate::{
    ids::ObjectId,
    limits,
    world::{SharedWorld, World},
};

/// How many rooms are created in one step.
const STEP: usize = 500;

/// What to create at once.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct Seed {
    /// Number of rooms, at most 100,000, named `room-1` and so on. Names in use are skipped.
    pub rooms: usize,
    /// Id or name of the rooms' template. Defaults to the default template.
    pub template: Option<String>,
}

impl Seed {
    /// Create an empty one.
    pub fn new() -> Self {
        Self::default()
    }

    /// Set the number of rooms.
    pub fn rooms(mut self, rooms: usize) -> Self {
        self.rooms = rooms;
        self
    }

    /// Set the rooms' template, by id or name.
    pub fn template(mut self, template: impl Into<String>) -> Self {
        self.template = Some(template.into());
        self
    }
}

/// The counts of what exists.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Stats {
    /// Rooms, enabled or not.
    pub rooms: usize,
    /// Room codes, enabled or not.
    pub room_codes: usize,
    /// Templates, including the default one.
    pub templates: usize,
    /// Sessions, running or not.
    pub sessions: usize,
    /// Connected peers.
    pub peers: usize,
    /// Polls.
    pub polls: usize,
    /// Scheduled changes.
    pub scheduled: usize,
    /// Webhook events.
    pub events: usize,
    /// Requests received since the start or the last clearing, including those that were dropped.
    pub requests: u64,
}

/// Refuse more rooms than the limit allows.
fn check(there: usize, wanted: usize) -> Result<(), ControlError> {
    if wanted > limits::SEEDED_ROOMS {
        return Err(ControlError::invalid(format!(
            "rooms: must be {} at most",
            limits::SEEDED_ROOMS
        )));
    }
    if there + wanted > limits::ALL_ROOMS {
        return Err(ControlError::too_large(format!(
            "seeds leave {} rooms at most; reset the sandbox",
            limits::ALL_ROOMS
        )));
    }
    Ok(())
}

/// A running seed.
struct Seeding {
    left: usize,
    template_id: ObjectId,
}

impl Seeding {
    fn begin(world: &World, seed: &Seed) -> Result<Self, ControlError> {
        let state = &world.state;
        check(state.rooms.len(), seed.rooms)?;
        let template_id = match &seed.template {
            Some(template) => match state.templates.named(template) {
                Some(id) => id,
                None => state.templates.get(template)?.id,
            },
            None => state.templates.default_id(),
        };
        Ok(Self {
            left: seed.rooms,
            template_id,
        })
    }

    /// Create some rooms. Fails if its template no longer exists because the sandbox was reset between two steps.
    fn step(&mut self, world: &mut World) -> Result<(), ControlError> {
        let state = &mut world.state;
        state.templates.get(&self.template_id.to_string())?;
        let now = state.now();
        for _ in 0..self.left.min(STEP) {
            let name = loop {
                state.rooms.seeded += 1;
                let name = format!("room-{}", state.rooms.seeded);
                if state.rooms.named(&name).is_none() {
                    break name;
                }
            };
            let id = state.new_id();
            state.rooms.add(id, name, self.template_id, now);
        }
        self.left = self.left.saturating_sub(STEP);
        Ok(())
    }
}

/// Runs all steps at once, for a caller that holds the lock.
impl Control for Seed {
    type Answer = Stats;

    fn run(self, world: &mut World) -> Result<Stats, ControlError> {
        let mut seeding = Seeding::begin(world, &self)?;
        while seeding.left > 0 {
            seeding.step(world)?;
        }
        Ok(stats(world))
    }
}

/// Count what exists.
#[derive(Debug, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(crate) struct GetStats {}

impl Control for GetStats {
    type Answer = Stats;

    fn run(self, world: &mut World) -> Result<Stats, ControlError> {
        Ok(stats(world))
    }
}

/// Run step by step, so that requests are answered in between.
pub(super) async fn in_steps(world: &SharedWorld, seed: &Seed) -> Result<Stats, ControlError> {
    let mut seeding = Seeding::begin(&world.lock(), seed)?;
    while seeding.left > 0 {
        shared_step(world, &mut seeding)?;
        yield_now().await;
    }
    Ok(stats(&world.lock()))
}

/// The same on the caller's thread.
pub(crate) fn in_steps_blocking(world: &SharedWorld, seed: &Seed) -> Result<Stats, ControlError> {
    let mut seeding = Seeding::begin(&world.lock(), seed)?;
    while seeding.left > 0 {
        shared_step(world, &mut seeding)?;
    }
    Ok(stats(&world.lock()))
}

fn shared_step(world: &SharedWorld, seeding: &mut Seeding) -> Result<(), ControlError> {
    let mut locked = world.lock();
    locked.state.settle();
    seeding.step(&mut locked)?;
    drop(locked);
    if seeding.left > 0 {
        // Otherwise this thread takes the lock again before a waiting thread wakes up.
        thread::sleep(Duration::from_micros(10));
    }
    Ok(())
}

/// Count what exists.
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seeds_are_refused_when_they_are_too_large_or_too_many_together() {
        let status = |there, wanted| check(there, wanted).map_err(|error| error.status());
        assert_eq!(status(0, 100_000), Ok(()));
        assert_eq!(status(0, 100_001), Err(400));
        assert_eq!(status(0, usize::MAX), Err(400));
        assert_eq!(status(900_000, 100_000), Ok(()));
        assert_eq!(status(900_001, 100_000), Err(413));
    }
}
