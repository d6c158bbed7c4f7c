//! The task that sends webhooks. It does not hold the lock while it waits.

use std::{
    pin::pin,
    time::{Duration, Instant},
};

use jiff::Timestamp;
use tokio::{
    sync::watch,
    task::JoinSet,
    time::{self, sleep},
};

use crate::{
    sandbox_state::{SandboxState, SharedSandbox},
    webhooks::{
        post::{PostResult, post},
        queue::QueuedDelivery,
    },
};

/// A finished attempt.
struct FinishedAttempt {
    queued: QueuedDelivery,
    result: PostResult,
    began_at: Timestamp,
    took: Duration,
}

/// Send deliveries until `stop` is true, then drop those in flight.
pub(crate) async fn run(sandbox: SharedSandbox, mut stop: watch::Receiver<bool>) {
    let mut in_flight: JoinSet<FinishedAttempt> = JoinSet::new();
    let mut epoch = 0;
    loop {
        let wait = {
            let mut locked = sandbox.lock_for_delivery();
            let sandbox = &mut *locked;
            sandbox.state.settle();
            sandbox.queue.enqueue_new(&mut sandbox.state);
            if sandbox.queue.epoch() != epoch {
                epoch = sandbox.queue.epoch();
                in_flight.abort_all();
            }
            let now = sandbox.state.now();
            let (started, look_again) = sandbox.queue.start_due(now);
            for queued in started {
                let workspace = &sandbox.state.webhook;
                let (key, timeout) = (workspace.signing_key.clone(), workspace.timeout);
                let began_at = queued.begins_at(now);
                in_flight.spawn(async move {
                    let began = Instant::now();
                    let result = post(
                        &queued.webhook,
                        key.as_deref(),
                        queued.body.clone(),
                        timeout,
                    )
                    .await;
                    FinishedAttempt {
                        queued,
                        result,
                        began_at,
                        took: began.elapsed(),
                    }
                });
            }
            let by_clock = [sandbox.queue.next_due(), sandbox.next_change()];
            let by_clock = by_clock.into_iter().flatten().min();
            let by_clock = by_clock.map(|due| due.duration_since(now).unsigned_abs());
            let by_order = look_again.map(|until| until.saturating_duration_since(Instant::now()));
            by_clock.into_iter().chain(by_order).min()
        };
        // At full capacity an overdue retry waits for an attempt to end, not for time.
        let wait = wait.map(|wait| wait.max(Duration::from_millis(1)));
        let first = tokio::select! {
            _ = stop.wait_for(|stop| *stop) => return,
            () = sandbox.woken() => None,
            Some(finished) = in_flight.join_next() => finished.ok(),
            () = sleep(wait.unwrap_or(Duration::MAX)), if wait.is_some() => None,
        };
        let mut finished: Vec<FinishedAttempt> = first.into_iter().collect();
        while let Some(more) = in_flight.try_join_next() {
            finished.extend(more.ok());
        }
        if !finished.is_empty() {
            let mut locked = sandbox.lock_for_delivery();
            let locked = &mut *locked;
            locked.state.settle();
            for FinishedAttempt {
                queued,
                result,
                began_at,
                took,
            } in finished
            {
                locked
                    .queue
                    .finish_attempt(&mut locked.state, queued, result, began_at, took);
            }
            locked.queue.enqueue_new(&mut locked.state);
            sandbox.notify_progress();
        }
    }
}

/// Wait until `done` returns true. It is called after each attempt. Return false after `timeout`.
pub(crate) async fn wait(
    sandbox: &SharedSandbox,
    timeout: Duration,
    done: fn(&mut SandboxState) -> bool,
) -> bool {
    let wait = async {
        loop {
            // Registered before looking, so that no progress is missed.
            let mut progress = pin!(sandbox.progress());
            progress.as_mut().enable();
            if done(&mut sandbox.lock()) {
                return;
            }
            progress.await;
        }
    };
    time::timeout(timeout, wait).await.is_ok()
}

/// Bring the state up to date. Return whether all due deliveries were attempted, except those that are held.
pub(crate) fn is_caught_up(sandbox: &mut SandboxState) -> bool {
    sandbox.state.settle();
    sandbox.queue.enqueue_new(&mut sandbox.state);
    sandbox.queue.due(sandbox.state.now()) == 0
}

/// Bring the state up to date. Return whether all due deliveries were attempted.
pub(crate) fn is_settled(sandbox: &mut SandboxState) -> bool {
    sandbox.state.settle();
    sandbox.queue.enqueue_new(&mut sandbox.state);
    sandbox.queue.release_if_idle(sandbox.state.now());
    sandbox.queue.due(sandbox.state.now()) == 0
}
