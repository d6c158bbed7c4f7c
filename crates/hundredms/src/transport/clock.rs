//! Time, so that tests can control the clock.

use std::future::Future;
use std::time::Duration;

#[cfg(test)]
use futures_util::FutureExt as _;
#[cfg(test)]
use futures_util::future::Either;
use jiff::Timestamp;

use crate::host::time::{self, Instant};

/// The clock of a client.
#[derive(Debug, Clone, Default)]
pub(crate) enum Clock {
    /// The machine's.
    #[default]
    Machine,
    /// One that advances only when code sleeps on it, and records for how long.
    #[cfg(test)]
    Manual(std::sync::Arc<ManualClock>),
}

impl Clock {
    pub(crate) fn now(&self) -> Instant {
        match self {
            Self::Machine => Instant::now(),
            #[cfg(test)]
            Self::Manual(clock) => clock.now(),
        }
    }

    /// Return the time of day.
    pub(crate) fn unix(&self) -> Timestamp {
        match self {
            Self::Machine => time::timestamp(),
            #[cfg(test)]
            Self::Manual(clock) => clock.unix(),
        }
    }

    pub(crate) async fn sleep(&self, pause: Duration) {
        match self {
            Self::Machine => time::sleep(pause).await,
            #[cfg(test)]
            Self::Manual(clock) => clock.sleep(pause),
        }
    }

    /// Run `future` until `deadline`. `None` if it did not finish by then.
    ///
    /// No `async fn`, which would hold `future` twice.
    #[cfg_attr(
        not(test),
        expect(clippy::unused_self, reason = "the clock of tests has another time")
    )]
    pub(crate) fn within<F: Future>(
        &self,
        deadline: Instant,
        future: F,
    ) -> impl Future<Output = Option<F::Output>> + use<F> {
        #[cfg(test)]
        if let Self::Manual(_) = self {
            return Either::Left(future.map(Some));
        }
        let timed = time::timeout_at(deadline, future);
        #[cfg(test)]
        let timed = Either::Right(timed);
        timed
    }
}

/// A clock that a test advances.
#[cfg(test)]
#[derive(Debug)]
pub(crate) struct ManualClock {
    start: Instant,
    unix: std::sync::Mutex<Timestamp>,
    slept: std::sync::Mutex<Vec<Duration>>,
}

#[cfg(test)]
impl ManualClock {
    pub(crate) fn at(unix: Timestamp) -> std::sync::Arc<Self> {
        std::sync::Arc::new(Self {
            start: Instant::now(),
            unix: unix.into(),
            slept: std::sync::Mutex::default(),
        })
    }

    fn passed(&self) -> Duration {
        self.slept.lock().expect("clock").iter().sum()
    }

    fn now(&self) -> Instant {
        self.start + self.passed()
    }

    fn unix(&self) -> Timestamp {
        *self.unix.lock().expect("clock") + self.passed()
    }

    /// Set the time of day, as somebody who corrects a clock does.
    pub(crate) fn put_forward(&self, by: Duration) {
        *self.unix.lock().expect("clock") += by;
    }

    pub(crate) fn sleep(&self, time: Duration) {
        self.slept.lock().expect("clock").push(time);
    }

    /// The pauses since the last call.
    pub(crate) fn pauses(&self) -> Vec<Duration> {
        self.slept.lock().expect("clock").clone()
    }
}
