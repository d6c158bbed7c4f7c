//! The pause before a retry: exponential backoff with full jitter.

use std::time::Duration;

/// How long to pause before an attempt is retried, if the service does not say.
///
/// The pause is drawn uniformly between zero and a ceiling that starts at half a second and doubles up to eight. Full jitter
/// spreads the clients that failed together. The low first ceiling makes a single lost connection hardly noticeable.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Backoff {
    pub(crate) first: Duration,
    pub(crate) most: Duration,
    /// Returns a number from 0 to 1.
    pub(crate) random: fn() -> f64,
}

impl Default for Backoff {
    fn default() -> Self {
        Self {
            first: Duration::from_millis(500),
            most: Duration::from_secs(8),
            random: fastrand::f64,
        }
    }
}

impl Backoff {
    /// Lengthen a pause that the service asks for by up to a tenth, so that waiting clients do not return at the same time.
    pub(crate) fn spread(&self, pause: Duration) -> Duration {
        let more = pause.mul_f64((self.random)().clamp(0.0, 1.0) / 10.0);
        pause.saturating_add(more)
    }

    /// Draw the pause after the failed attempt number `attempt`, starting at 1.
    pub(crate) fn pause(&self, attempt: u32) -> Duration {
        let doublings = attempt.saturating_sub(1).min(16);
        let ceiling = self.first.saturating_mul(1 << doublings).min(self.most);
        ceiling.mul_f64((self.random)().clamp(0.0, 1.0))
    }
}

/// Shorten or lengthen a pause by up to a tenth, so that clients that began together do not stay together.
pub(crate) fn jittered(pause: Duration) -> Duration {
    // More than this would be no pause, and could not be multiplied.
    let pause = pause.min(Duration::from_secs(u32::MAX.into()));
    pause.mul_f64(0.9 + fastrand::f64() / 5.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ceiling_doubles_from_half_a_second_to_eight_seconds() {
        let backoff = Backoff {
            random: || 1.0,
            ..Backoff::default()
        };
        let pauses: Vec<f64> = (1..=6).map(|n| backoff.pause(n).as_secs_f64()).collect();
        assert_eq!(pauses, [0.5, 1.0, 2.0, 4.0, 8.0, 8.0]);
    }

    #[test]
    fn the_pause_is_drawn_from_nothing_to_the_ceiling() {
        let backoff = Backoff {
            random: || 0.25,
            ..Backoff::default()
        };
        assert_eq!(backoff.pause(2), Duration::from_millis(250));
        let real = Backoff::default();
        assert!((0..1000).all(|_| real.pause(1) <= Duration::from_millis(500)));
    }
}
