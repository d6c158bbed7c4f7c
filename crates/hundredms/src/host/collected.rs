//! How many outcomes of calls the thread that makes them collects for the event loop that awaits them.

use std::thread::available_parallelism;

/// An outcome of more bytes than this takes an event loop longer to parse than to wake up, so it is not collected.
#[doc(hidden)]
pub const LARGE_OUTCOME: usize = 16 * 1024;

/// So many outcomes are collected if the program may use one core only: there, an event loop that is woken interrupts the thread.
const ON_ONE_CORE: usize = 64;

/// Return how many outcomes are worth a wake-up of the event loop. For fewer, it is woken when the thread is idle.
///
/// With several cores, that is `on_several_cores`: the event loop handles them while the thread goes on.
#[doc(hidden)]
#[must_use]
pub fn enough_outcomes(on_several_cores: usize) -> usize {
    match available_parallelism() {
        Ok(cores) if cores.get() == 1 => ON_ONE_CORE,
        _ => on_several_cores,
    }
}
