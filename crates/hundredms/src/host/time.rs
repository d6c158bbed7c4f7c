//! Time: the clocks, and waiting.

#[cfg(not(target_arch = "wasm32"))]
mod machine {
    use std::time::Duration;

    use futures_util::FutureExt as _;
    use jiff::Timestamp;

    pub(crate) use std::time::Instant;

    /// Return the time of day.
    pub(crate) fn timestamp() -> Timestamp {
        Timestamp::now()
    }

    /// Return the time of the runtime, which tests of tokio can control.
    pub(crate) fn runtime_now() -> Instant {
        tokio::time::Instant::now().into_std()
    }

    pub(crate) async fn sleep(time: Duration) {
        tokio::time::sleep(time).await;
    }

    /// Run `future` until `deadline`. `None` if it did not finish by then.
    pub(crate) fn timeout_at<F: Future>(
        deadline: Instant,
        future: F,
    ) -> impl Future<Output = Option<F::Output>> {
        tokio::time::timeout_at(deadline.into(), future).map(Result::ok)
    }
}

#[cfg(target_arch = "wasm32")]
mod machine {
    use std::future::poll_fn;
    use std::ops::{Add, AddAssign, Sub};
    use std::pin::pin;
    use std::task::Poll;
    use std::time::Duration;

    use jiff::Timestamp;

    use crate::host::embedder::{Timer, host};

    /// As that of std, which panics on this target.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub(crate) struct Instant(Duration);

    impl Instant {
        pub(crate) fn now() -> Self {
            Self(host().elapsed())
        }

        pub(crate) fn duration_since(self, earlier: Self) -> Duration {
            self.saturating_duration_since(earlier)
        }

        pub(crate) fn saturating_duration_since(self, earlier: Self) -> Duration {
            self.0.saturating_sub(earlier.0)
        }

        pub(crate) fn checked_sub(self, time: Duration) -> Option<Self> {
            self.0.checked_sub(time).map(Self)
        }

        pub(crate) fn elapsed(self) -> Duration {
            Self::now().duration_since(self)
        }
    }

    impl Add<Duration> for Instant {
        type Output = Self;

        fn add(self, time: Duration) -> Self {
            Self(self.0 + time)
        }
    }

    impl AddAssign<Duration> for Instant {
        fn add_assign(&mut self, time: Duration) {
            self.0 += time;
        }
    }

    impl Sub<Duration> for Instant {
        type Output = Self;

        fn sub(self, time: Duration) -> Self {
            Self(self.0.saturating_sub(time))
        }
    }

    impl Sub for Instant {
        type Output = Duration;

        fn sub(self, earlier: Self) -> Duration {
            self.duration_since(earlier)
        }
    }

    /// Return the time of day.
    pub(crate) fn timestamp() -> Timestamp {
        host().timestamp()
    }

    /// Return the time by which pauses are measured.
    pub(crate) fn runtime_now() -> Instant {
        Instant::now()
    }

    pub(crate) async fn sleep(time: Duration) {
        Timer::start(time).await;
    }

    /// Run `future` until `deadline`. `None` if it did not finish by then.
    pub(crate) async fn timeout_at<F: Future>(deadline: Instant, future: F) -> Option<F::Output> {
        let mut future = pin!(future);
        let mut timer = None;
        poll_fn(|context| {
            if let Poll::Ready(output) = future.as_mut().poll(context) {
                return Poll::Ready(Some(output));
            }
            // Most futures that are ready at once need no timer.
            let timer = timer.get_or_insert_with(|| {
                Box::pin(Timer::start(
                    deadline.saturating_duration_since(Instant::now()),
                ))
            });
            timer.as_mut().poll(context).map(|()| None)
        })
        .await
    }
}

pub(crate) use machine::{Instant, runtime_now, sleep, timeout_at, timestamp};
