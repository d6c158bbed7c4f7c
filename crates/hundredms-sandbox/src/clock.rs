//! The virtual clock: real time plus what was advanced.

use jiff::{SignedDuration, Timestamp};
use serde::{Serialize, Serializer};

/// Fifty years, because ids store their seconds in 32 bits.
const MAX_ADVANCE: SignedDuration = SignedDuration::from_hours(50 * 365 * 24);

/// Real time plus an offset that only grows, in whole milliseconds, as in the service's times.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct VirtualClock {
    advanced: SignedDuration,
}

impl VirtualClock {
    pub(crate) fn now(self) -> Timestamp {
        let real = Timestamp::now();
        whole_milliseconds(real.checked_add(self.advanced).unwrap_or(real))
    }

    /// Advance the clock. Return false if that would exceed [`MAX_ADVANCE`].
    pub(crate) fn advance(&mut self, by: SignedDuration) -> bool {
        match self.advanced.checked_add(by) {
            Some(advanced) if advanced <= MAX_ADVANCE => self.advanced = advanced,
            _ => return false,
        }
        true
    }

    pub(crate) fn advanced(self) -> SignedDuration {
        self.advanced
    }
}

/// Round down to the milliseconds that the virtual clock shows. What is due within a millisecond would otherwise be due later
/// than the clock says.
pub(crate) fn whole_milliseconds(time: Timestamp) -> Timestamp {
    Timestamp::from_millisecond(time.as_millisecond()).unwrap_or(time)
}

/// Return a time in the format of the service: RFC 3339, UTC, milliseconds.
pub(crate) fn text(time: Timestamp) -> String {
    format!("{time:.3}")
}

/// Serialize a time of a response, for `#[serde(serialize_with = "clock::serialize")]`.
#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde hands references")]
pub(crate) fn serialize<S: Serializer>(time: &Timestamp, serializer: S) -> Result<S::Ok, S::Error> {
    format_args!("{time:.3}").serialize(serializer)
}

/// Like [`serialize`], for a time that may not be there yet (null then).
#[allow(
    dead_code,
    clippy::ref_option,
    reason = "serde hands references; for the resources with such times"
)]
pub(crate) fn serialize_option<S: Serializer>(
    time: &Option<Timestamp>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    time.map(text).serialize(serializer)
}
