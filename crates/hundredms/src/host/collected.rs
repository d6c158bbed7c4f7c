//! When the outcomes of calls are handed from the thread that makes them to the event loop that awaits them.

use std::sync::LazyLock;
use std::thread::available_parallelism;

/// An outcome of more bytes than this takes an event loop longer to parse than to wake up.
#[doc(hidden)]
pub const LARGE_OUTCOME: usize = 16 * 1024;

/// As many outcomes are worth a wake-up if there is only one core: there, an event loop that is woken interrupts the thread.
const MANY: usize = 64;

static HAS_ONE_CORE: LazyLock<bool> =
    LazyLock::new(|| available_parallelism().is_ok_and(|cores| cores.get() == 1));

/// Return whether to wake the event loop at once. Otherwise that is done when the thread is idle.
///
/// `collected` is the number of outcomes that it does not know of, and `last` the size of the last one in bytes. With several cores,
/// `enough` outcomes are worth a wake-up: the event loop handles them while the thread goes on.
#[doc(hidden)]
#[must_use]
pub fn is_worth_a_wake_up(collected: usize, last: usize, enough: usize) -> bool {
    let enough = if *HAS_ONE_CORE { MANY } else { enough };
    last > LARGE_OUTCOME || collected >= enough
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_outcomes_or_a_large_one_wake_the_event_loop() {
        assert!(!is_worth_a_wake_up(1, LARGE_OUTCOME, 2));
        assert!(is_worth_a_wake_up(1, LARGE_OUTCOME + 1, 2));
        assert!(is_worth_a_wake_up(MANY, 0, 2));
    }
}
