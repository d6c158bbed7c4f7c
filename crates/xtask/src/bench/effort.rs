//! How much is measured, in a full run and in a quick run.

use super::plan::{Language, Work};
use super::worker::Span;

/// Rounds and seconds of everything.
#[derive(Clone, Copy)]
pub(super) struct Effort {
    pub(super) quick: bool,
    /// Rounds at each work, and seconds that each client works in one.
    pub(super) rounds: usize,
    pub(super) seconds: f64,
    /// Maximum seconds of warm-up. Clients that a bar compares make as many calls as their language needs.
    pub(super) warm_up: f64,
    pub(super) warm_up_to_bar: f64,
    /// Seconds of each span at a size.
    pub(super) growth_seconds: f64,
    /// After how many calls memory is measured.
    pub(super) memory_calls: [u64; 2],
    pub(super) webhook_rounds: usize,
    pub(super) webhook_seconds: f64,
    /// How often a package is loaded.
    pub(super) loads: usize,
}

/// The maximum duration of `--quick` after the build, in seconds.
pub(super) const QUICK_SECONDS: f64 = 300.0;

impl Effort {
    pub(super) const WHOLE: Self = Self {
        quick: false,
        rounds: 5,
        seconds: 0.4,
        warm_up: 1.5,
        warm_up_to_bar: 20.0,
        growth_seconds: 0.3,
        memory_calls: [1_000, 100_000],
        webhook_rounds: 5,
        webhook_seconds: 0.6,
        loads: 20,
    };
    pub(super) const QUICK: Self = Self {
        quick: true,
        rounds: 5,
        seconds: 0.2,
        warm_up: 0.6,
        warm_up_to_bar: 5.0,
        growth_seconds: 0.15,
        memory_calls: [1_000, 20_000],
        webhook_rounds: 5,
        webhook_seconds: 0.3,
        loads: 7,
    };

    /// How a client warms up.
    pub(super) fn warm_up(self, language: &Language, client: &str, work: Work) -> Span {
        let compared =
            |bar: &super::plan::Bar| bar.work == work && [bar.ours, bar.theirs].contains(&client);
        Span {
            calls: Some(language.warm_up_calls),
            seconds: if language.bars.iter().any(compared) {
                self.warm_up_to_bar
            } else {
                self.warm_up
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::plan::LANGUAGES;
    use super::{Effort, QUICK_SECONDS};

    #[test]
    fn warm_up_and_rounds_of_a_quick_run_take_at_most_three_quarters_of_its_time() {
        let effort = Effort::QUICK;
        #[expect(clippy::cast_precision_loss, reason = "a few")]
        let rounds = effort.rounds as f64 * effort.seconds;
        let mut seconds = 0.0;
        for language in LANGUAGES {
            for client in language.clients {
                for work in client.works {
                    seconds += effort.warm_up(language, client.name, *work).seconds + rounds;
                }
            }
        }
        assert!(seconds < QUICK_SECONDS * 0.75, "{seconds} s");
    }
}
