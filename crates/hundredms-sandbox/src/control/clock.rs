//! Controls of the virtual clock: `advance_clock`, `clock`.

use jiff::SignedDuration;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Control, ControlError, answer, read};
use crate::{clock::text, state::State, world::World};

pub(super) const CONTROLS: &[Control] = &[
    Control::new("advance_clock", advance),
    Control::new("clock", |world, _| answer(&now(&world.state))),
];

/// The virtual time.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Clock {
    /// The time by the virtual clock (RFC 3339).
    pub now: String,
    /// By how much it is ahead of real time.
    pub advanced_seconds: f64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Advance {
    seconds: f64,
}

fn advance(world: &mut World, arguments: Value) -> Result<Value, ControlError> {
    let Advance { seconds } = read(arguments)?;
    let by = SignedDuration::try_from_secs_f64(seconds)
        .ok()
        .filter(|by| !by.is_negative());
    let by = by.ok_or_else(|| {
        ControlError::invalid("seconds must be zero or more: the clock does not go back")
    })?;
    if !world.state.advance(by) {
        return Err(ControlError::invalid(
            "the clock goes no further than fifty years ahead",
        ));
    }
    answer(&now(&world.state))
}

/// The virtual time of a settled state.
pub(crate) fn now(state: &State) -> Clock {
    Clock {
        now: text(state.now()),
        advanced_seconds: state.advanced().as_secs_f64(),
    }
}
