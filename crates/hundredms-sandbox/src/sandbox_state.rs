//! The data of one sandbox behind its lock: the state, its snapshots, the log, and the webhooks in delivery.

use std::{
    net::SocketAddr,
    ops::{Deref, DerefMut},
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use jiff::Timestamp;
use tokio::sync::{Notify, Semaphore, SemaphorePermit, futures::Notified, watch};

use crate::{
    dashboard_token::DashboardToken,
    faults::script::Faults,
    limits,
    rate_limit::RateLimit,
    request_log::RequestLog,
    rules::hooks::new_state,
    snapshots::Snapshots,
    state::{State, webhook_target::WorkspaceWebhook},
    tokens::Credentials,
    webhooks::queue::DeliveryQueue,
};

/// The state, and the data that snapshots do not contain.
#[derive(Debug)]
pub(crate) struct SandboxState {
    pub(crate) state: State,
    pub(crate) log: RequestLog,
    pub(crate) faults: Faults,
    /// `None` if requests are not limited.
    pub(crate) rate_limit: Option<RateLimit>,
    pub(crate) snapshots: Snapshots,
    pub(crate) queue: DeliveryQueue,
    /// The webhook that the sandbox was started with, for resets.
    pub(crate) first_webhook: WorkspaceWebhook,
}

impl SandboxState {
    /// Whether any webhook is configured.
    fn has_webhooks(&self) -> bool {
        self.state.webhook.webhook.is_some() || self.state.rooms.have_webhooks()
    }

    /// Return when a scheduled change may next cause a webhook.
    pub(crate) fn next_change(&self) -> Option<Timestamp> {
        self.has_webhooks().then(|| self.state.timeline.next())?
    }
}

/// The data of a sandbox, shared between the server and the [`Sandbox`](crate::Sandbox).
#[derive(Debug, Clone)]
pub(crate) struct SharedSandbox(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    sandbox: Mutex<SandboxState>,
    /// Wakes the task that sends webhooks.
    wake: Notify,
    /// Notifies waiting tasks that attempts have finished.
    progress: Notify,
    /// The same for threads.
    progressed: Condvar,
    /// KiB of large bodies that may still be read.
    reading: Semaphore,
    /// How often the data was locked for a change, for the dashboard.
    changes: watch::Sender<u64>,
    dashboard_token: DashboardToken,
}

impl SharedSandbox {
    pub(crate) fn new(
        credentials: Credentials,
        webhook: WorkspaceWebhook,
        address: SocketAddr,
    ) -> Self {
        let mut state = new_state(credentials);
        state.origin = format!("http://{address}").into();
        state.webhook = webhook.clone();
        Self(Arc::new(Shared {
            sandbox: Mutex::new(SandboxState {
                state,
                log: RequestLog::default(),
                faults: Faults::default(),
                rate_limit: None,
                snapshots: Snapshots::default(),
                queue: DeliveryQueue::default(),
                first_webhook: webhook,
            }),
            wake: Notify::new(),
            progress: Notify::new(),
            progressed: Condvar::new(),
            reading: Semaphore::new(limits::BODIES_AT_ONCE >> 10),
            changes: watch::Sender::new(0),
            dashboard_token: DashboardToken::new(),
        }))
    }

    /// Resolve when a body of this length may be read. The turn ends when the returned permit is dropped.
    pub(crate) async fn turn_to_read(&self, length: usize) -> Option<SemaphorePermit<'_>> {
        if length <= limits::SMALL_BODY {
            return None;
        }
        let kibibytes = u32::try_from(length.div_ceil(1 << 10)).unwrap_or(u32::MAX);
        self.0.reading.acquire_many(kibibytes).await.ok()
    }

    /// Lock the data. When the lock is released, new events are delivered.
    pub(crate) fn lock(&self) -> SandboxGuard<'_> {
        SandboxGuard {
            sandbox: self.lock_for_delivery(),
            shared: &self.0,
        }
    }

    /// Lock the data to read it for the dashboard, which is not told of this.
    pub(crate) fn lock_quietly(&self) -> MutexGuard<'_, SandboxState> {
        self.lock_for_delivery()
    }

    /// Return a receiver that sees each change.
    pub(crate) fn changes(&self) -> watch::Receiver<u64> {
        self.0.changes.subscribe()
    }

    pub(crate) fn dashboard_token(&self) -> &DashboardToken {
        &self.0.dashboard_token
    }

    /// Lock the data for the task that sends webhooks, which needs no wake-up.
    pub(crate) fn lock_for_delivery(&self) -> MutexGuard<'_, SandboxState> {
        self.0
            .sandbox
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// Resolve when there is something to do for the task that sends webhooks.
    pub(crate) async fn woken(&self) {
        self.0.wake.notified().await;
    }

    pub(crate) fn notify_progress(&self) {
        self.0.changed();
        self.0.progress.notify_waiters();
        self.0.progressed.notify_all();
    }

    /// Resolve when attempts have finished.
    pub(crate) fn progress(&self) -> Notified<'_> {
        self.0.progress.notified()
    }

    /// Block the thread until `done` or `timeout`. Return whether it was done.
    pub(crate) fn block_until(
        &self,
        timeout: Duration,
        mut done: impl FnMut(&mut SandboxState) -> bool,
    ) -> bool {
        let locked = self.lock_for_delivery();
        let (_locked, waited) = self
            .0
            .progressed
            .wait_timeout_while(locked, timeout, |sandbox| {
                let done = done(sandbox);
                if !done {
                    self.0.wake.notify_one();
                }
                !done
            })
            .unwrap_or_else(PoisonError::into_inner);
        !waited.timed_out()
    }
}

/// The locked data.
#[derive(Debug)]
pub(crate) struct SandboxGuard<'a> {
    sandbox: MutexGuard<'a, SandboxState>,
    shared: &'a Shared,
}

impl Shared {
    fn changed(&self) {
        self.changes.send_modify(|changes| *changes += 1);
    }
}

impl Deref for SandboxGuard<'_> {
    type Target = SandboxState;

    fn deref(&self) -> &SandboxState {
        &self.sandbox
    }
}

impl DerefMut for SandboxGuard<'_> {
    fn deref_mut(&mut self) -> &mut SandboxState {
        &mut self.sandbox
    }
}

impl Drop for SandboxGuard<'_> {
    fn drop(&mut self) {
        let sandbox = &mut *self.sandbox;
        sandbox.queue.enqueue_new(&mut sandbox.state);
        if sandbox.queue.has_work() || sandbox.has_webhooks() {
            self.shared.wake.notify_one();
        }
        self.shared.changed();
    }
}
