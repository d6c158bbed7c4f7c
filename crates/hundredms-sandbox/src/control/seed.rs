//! Controls of the contents: `seed`, `stats`.

use std::{thread, time::Duration};

use jiff::SignedDuration;
use serde::{Deserialize, Serialize};
use tokio::task::yield_now;

use super::{definition::Control, error::SandboxError};
use crate::{
    ids::ObjectId,
    limits,
    sandbox_state::{SandboxState, SharedSandbox},
    state::{State, seeded_sessions::SeededSessions},
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
    /// Number of sessions that have ended, at most 10,000,000. They are held in the rooms in turn, so there must be a room. Only
    /// `sessions.list` and `sessions.get` know them.
    pub sessions: u32,
    /// Number of peers of each session, at most 100. Defaults to 3.
    pub peers: Option<u32>,
    /// Number of days until now over which the sessions are spread, between 1 and 3650. Defaults to 365.
    pub days: Option<u32>,
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

    /// Set the number of sessions that have ended.
    pub fn sessions(mut self, sessions: u32) -> Self {
        self.sessions = sessions;
        self
    }

    /// Set the number of peers of each session.
    pub fn peers(mut self, peers: u32) -> Self {
        self.peers = Some(peers);
        self
    }

    /// Set the number of days over which the sessions are spread.
    pub fn days(mut self, days: u32) -> Self {
        self.days = Some(days);
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
fn check(there: usize, wanted: usize) -> Result<(), SandboxError> {
    if wanted > limits::SEEDED_ROOMS {
        return Err(SandboxError::invalid(format!(
            "rooms: must be {} at most",
            limits::SEEDED_ROOMS
        )));
    }
    if there + wanted > limits::ALL_ROOMS {
        return Err(SandboxError::too_large(format!(
            "seeds leave {} rooms at most; reset the sandbox",
            limits::ALL_ROOMS
        )));
    }
    Ok(())
}

/// Add the sessions of a seed, after its rooms.
fn add_sessions(sandbox: &mut SandboxState, seed: &Seed) -> Result<(), SandboxError> {
    if seed.sessions == 0 {
        return Ok(());
    }
    let state = &mut sandbox.state;
    let rooms: Vec<_> = state
        .rooms
        .by_id
        .keys()
        .copied()
        .take(limits::SEEDED_ROOMS)
        .collect();
    let Some(room) = rooms.last() else {
        let message = "sessions: there is no room; seed rooms too";
        return Err(SandboxError::invalid(message.to_owned()));
    };
    let roles = &state.templates.of(state.rooms.of_id(*room)).roles;
    let roles: Vec<_> = roles.keys().cloned().collect();
    let roles = if roles.is_empty() {
        vec!["host".to_owned()]
    } else {
        roles
    };
    let now = state.now();
    let days = SignedDuration::from_hours(24 * i64::from(seed.days.unwrap_or(365)));
    let mut origin = [0; 5];
    fastrand::fill(&mut origin);
    state.seeded_sessions.push(SeededSessions {
        count: seed.sessions,
        peers: seed.peers.unwrap_or(3),
        from: now - days,
        until: now,
        rooms,
        roles,
        origin,
    });
    Ok(())
}

fn check_sessions(state: &State, seed: &Seed) -> Result<(), SandboxError> {
    let refused = |message: &str| Err(SandboxError::invalid(message.to_owned()));
    if seed.sessions > limits::SEEDED_SESSIONS {
        return refused("sessions: must be 10000000 at most");
    }
    if seed.peers.is_some_and(|peers| peers > 100) {
        return refused("peers: must be 100 at most");
    }
    if !(1..=3_650).contains(&seed.days.unwrap_or(1)) {
        return refused("days: must be between 1 and 3650");
    }
    if seed.sessions > 0 && seed.rooms == 0 && state.rooms.len() == 0 {
        return refused("sessions: there is no room; seed rooms too");
    }
    if state.seeded_sessions.len() >= 100 {
        let message = "there are 100 seeds of sessions already; reset the sandbox";
        return Err(SandboxError::too_large(message.to_owned()));
    }
    Ok(())
}

/// A running seed.
struct Seeding {
    left: usize,
    template_id: ObjectId,
}

impl Seeding {
    fn begin(sandbox: &SandboxState, seed: &Seed) -> Result<Self, SandboxError> {
        let state = &sandbox.state;
        check(state.rooms.len(), seed.rooms)?;
        check_sessions(state, seed)?;
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
    fn step(&mut self, sandbox: &mut SandboxState) -> Result<(), SandboxError> {
        let state = &mut sandbox.state;
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

    fn run(self, sandbox: &mut SandboxState) -> Result<Stats, SandboxError> {
        let mut seeding = Seeding::begin(sandbox, &self)?;
        while seeding.left > 0 {
            seeding.step(sandbox)?;
        }
        add_sessions(sandbox, &self)?;
        Ok(stats(sandbox))
    }
}

/// Count what exists.
#[derive(Debug, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(crate) struct GetStats {}

impl Control for GetStats {
    type Answer = Stats;

    fn run(self, sandbox: &mut SandboxState) -> Result<Stats, SandboxError> {
        Ok(stats(sandbox))
    }
}

/// Run step by step, so that requests are answered in between.
pub(super) async fn in_steps(sandbox: &SharedSandbox, seed: &Seed) -> Result<Stats, SandboxError> {
    let mut seeding = Seeding::begin(&sandbox.lock(), seed)?;
    while seeding.left > 0 {
        shared_step(sandbox, &mut seeding)?;
        yield_now().await;
    }
    let mut locked = sandbox.lock();
    add_sessions(&mut locked, seed)?;
    Ok(stats(&locked))
}

/// The same on the caller's thread.
pub(crate) fn in_steps_blocking(
    sandbox: &SharedSandbox,
    seed: &Seed,
) -> Result<Stats, SandboxError> {
    let mut seeding = Seeding::begin(&sandbox.lock(), seed)?;
    while seeding.left > 0 {
        shared_step(sandbox, &mut seeding)?;
    }
    let mut locked = sandbox.lock();
    add_sessions(&mut locked, seed)?;
    Ok(stats(&locked))
}

fn shared_step(sandbox: &SharedSandbox, seeding: &mut Seeding) -> Result<(), SandboxError> {
    let mut locked = sandbox.lock();
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
pub(crate) fn stats(sandbox: &SandboxState) -> Stats {
    let state = &sandbox.state;
    let seeded = state.seeded_sessions.iter().map(|some| some.count as usize);
    Stats {
        rooms: state.rooms.len(),
        room_codes: state.room_codes.len(),
        templates: state.templates.len(),
        sessions: state.sessions.len() + seeded.sum::<usize>(),
        peers: state.sessions.connected_peers(),
        polls: state.polls.len(),
        scheduled: state.timeline.len(),
        events: state.emitted,
        requests: sandbox.log.received(),
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
