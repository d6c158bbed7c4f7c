//! [`EarlyTimer`]: a timer before the deadlines of all calls of a thread.

use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::task::Poll;
use std::time::Duration;

use tokio::time::{Instant, Sleep, sleep};

/// When the timer fires: long enough to be no work for a busy thread, and before the deadlines of most calls, whose timeout is 30 s.
const EARLY: Duration = Duration::from_secs(5);

/// A timer that is set while a thread makes calls, so that the deadline of a call is not the next timer of the thread.
///
/// If it is, tokio wakes its own thread: that costs a system call for the deadline, and another one because the thread then looks for
/// events at once. After the last call, the timer fires at most twice.
#[derive(Debug, Default)]
pub struct EarlyTimer {
    timer: Option<Pin<Box<Sleep>>>,
    /// Whether there were calls since it was set.
    needed: bool,
}

impl EarlyTimer {
    /// Wait for the next calls, while those that were made run.
    pub async fn during<F: Future>(&mut self, next: F) -> F::Output {
        let mut next = pin!(next);
        poll_fn(|context| {
            if let Poll::Ready(next) = next.as_mut().poll(context) {
                self.needed = true;
                self.timer.get_or_insert_with(|| Box::pin(sleep(EARLY)));
                return Poll::Ready(next);
            }
            while let Some(timer) = &mut self.timer {
                if timer.as_mut().poll(context).is_pending() {
                    break;
                }
                if std::mem::take(&mut self.needed) {
                    timer.as_mut().reset(Instant::now() + EARLY);
                } else {
                    self.timer = None;
                }
            }
            Poll::Pending
        })
        .await
    }
}

#[cfg(test)]
mod tests {
    use tokio::sync::mpsc::unbounded_channel;

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn the_timer_is_set_while_there_are_calls_and_fires_at_most_twice_after_them() {
        let (calls, mut received) = unbounded_channel();
        let mut early = EarlyTimer::default();
        assert!(early.timer.is_none());
        for _ in 0..3 {
            calls.send(()).expect("the receiver");
            early.during(received.recv()).await.expect("a call");
            assert!(early.timer.is_some() && early.needed);
        }
        let idle = async |early: &mut EarlyTimer, time| {
            tokio::time::timeout(time, early.during(std::future::pending::<()>())).await
        };
        idle(&mut early, EARLY + EARLY / 2).await.expect_err("idle");
        assert!(early.timer.is_some() && !early.needed);
        idle(&mut early, EARLY).await.expect_err("idle");
        assert!(early.timer.is_none());
    }
}
