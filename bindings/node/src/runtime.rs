//! The threads on which the calls of each JavaScript environment run, and the queues of work and outcomes.
//!
//! Nothing here touches JavaScript: outcomes go into a queue. JavaScript is woken once for all outcomes that collect until a thread
//! is idle, there are enough, or one is large.

use std::collections::HashMap;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;

use bytes::Bytes;
use hundredms::{EarlyTimer, LANES, LARGE_OUTCOME, Lane, enough_outcomes};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::task::AbortHandle;

/// On several cores, this many outcomes wake JavaScript even if the thread is not idle.
const ENOUGH: usize = 16;

/// The outcome of a call.
pub(crate) enum Outcome {
    /// JSON text, the cursor of the next page.
    Answer(Bytes, Option<String>),
    /// JSON text; status, headers, attempts and seconds as JSON text.
    Responded(Bytes, String),
    /// Status and headers as JSON text, body.
    Raw(String, Bytes),
    /// A tagged failure.
    Failure(String),
    /// Not finished: this call asks the provider with this number for a token.
    TokenWanted(u32, Option<u32>),
    /// Not finished: an observation, as JSON, for the observer whose number replaces the id; and its call.
    Observed(String, Option<u32>),
    /// Not finished: the progress of a job, as JSON.
    Progress(String),
    /// The work was dropped.
    Dropped,
}

impl Outcome {
    /// Return the number of bytes that JavaScript parses.
    fn len(&self) -> usize {
        match self {
            Self::Answer(json, _) | Self::Responded(json, _) => json.len(),
            Self::Raw(_, body) => body.len(),
            Self::Failure(text) | Self::Observed(text, _) | Self::Progress(text) => text.len(),
            Self::TokenWanted(..) | Self::Dropped => 0,
        }
    }
}

/// Work that ends with an outcome.
pub(crate) type Work = Pin<Box<dyn Future<Output = Outcome> + Send>>;

tokio::task_local! {
    /// The id of the call whose work this is.
    static CALL: u32;
}

/// Return the id of the call that runs here.
pub(crate) fn current_call() -> Option<u32> {
    CALL.try_with(|id| *id).ok()
}

/// Outcomes on their way to JavaScript, with the ids of their calls.
pub(crate) struct Outbox {
    collected: Mutex<Collected>,
    /// This many outcomes are worth a wake-up.
    enough: usize,
    wake: Box<dyn Fn() + Send + Sync>,
}

#[derive(Default)]
struct Collected {
    outcomes: Vec<(u32, Outcome)>,
    /// Whether JavaScript was woken and has not taken them yet.
    is_woken: bool,
}

impl Outbox {
    pub(crate) fn new(wake: impl Fn() + Send + Sync + 'static) -> Self {
        Self {
            collected: Mutex::default(),
            enough: enough_outcomes(ENOUGH),
            wake: Box::new(wake),
        }
    }

    pub(crate) fn push(&self, id: u32, outcome: Outcome) {
        let is_large = outcome.len() > LARGE_OUTCOME;
        let mut collected = lock(&self.collected);
        collected.outcomes.push((id, outcome));
        if is_large || collected.outcomes.len() >= self.enough {
            self.wake(collected);
        }
    }

    /// Wake JavaScript if there are outcomes that it does not know of.
    fn flush(&self) {
        let collected = lock(&self.collected);
        if !collected.outcomes.is_empty() {
            self.wake(collected);
        }
    }

    fn wake(&self, mut collected: MutexGuard<'_, Collected>) {
        let was_woken = std::mem::replace(&mut collected.is_woken, true);
        drop(collected);
        if !was_woken {
            (self.wake)();
        }
    }

    /// Take the collected outcomes.
    pub(crate) fn take(&self) -> Vec<(u32, Outcome)> {
        std::mem::take(&mut *lock(&self.collected)).outcomes
    }
}

enum Command {
    Run(u32, Work),
    RunAbortable(u32, Work),
    Abort(u32),
}

/// The threads, one for each lane that has work; dropping this ends them, and drops all work.
#[derive(Default)]
pub(crate) struct Runtime([Option<Thread>; LANES]);

impl Runtime {
    /// Run `work`; the first of a lane starts its thread.
    pub(crate) fn run(
        &mut self,
        lane: Lane,
        outbox: &Arc<Outbox>,
        id: u32,
        abortable: bool,
        work: Work,
    ) -> std::io::Result<()> {
        let lane = &mut self.0[lane.index()];
        let thread = match lane {
            Some(thread) => thread,
            None => lane.insert(Thread::start(outbox.clone())?),
        };
        thread.command(if abortable {
            Command::RunAbortable(id, work)
        } else {
            Command::Run(id, work)
        });
        Ok(())
    }

    /// Abort the work of a call, wherever it is.
    pub(crate) fn abort(&self, id: u32) {
        for thread in self.0.iter().flatten() {
            thread.command(Command::Abort(id));
        }
    }
}

struct Thread {
    commands: Option<UnboundedSender<Command>>,
    thread: Option<JoinHandle<()>>,
}

impl Thread {
    fn start(outbox: Arc<Outbox>) -> std::io::Result<Self> {
        let (commands, received) = unbounded_channel();
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .on_thread_park({
                let outbox = outbox.clone();
                move || outbox.flush()
            })
            .build()?;
        let thread = std::thread::Builder::new()
            .name("hundredms".into())
            .spawn(move || {
                runtime.block_on(obey(received, outbox));
                // A pending name lookup must not delay the end of the environment.
                runtime.shutdown_background();
            })?;
        Ok(Self {
            commands: Some(commands),
            thread: Some(thread),
        })
    }

    fn command(&self, command: Command) {
        if let Some(commands) = &self.commands {
            // The thread ends only after the sender is gone.
            let _ = commands.send(command);
        }
    }
}

impl Drop for Thread {
    fn drop(&mut self) {
        self.commands = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// Ensures that a call ends with an outcome, even if its work is dropped.
struct Answering {
    id: u32,
    outcome: Outcome,
    outbox: Arc<Outbox>,
}

impl Answering {
    fn new(id: u32, outbox: &Arc<Outbox>) -> Self {
        Self {
            id,
            outcome: Outcome::Dropped,
            outbox: outbox.clone(),
        }
    }
}

impl Drop for Answering {
    fn drop(&mut self) {
        let outcome = std::mem::replace(&mut self.outcome, Outcome::Dropped);
        self.outbox.push(self.id, outcome);
    }
}

/// Do the work of a call. `answering` comes from outside, so that a call that is aborted before it begins ends with an outcome too.
async fn answer(work: Work, mut answering: Answering) {
    answering.outcome = CALL.scope(answering.id, work).await;
}

type Abortable = Arc<Mutex<HashMap<u32, AbortHandle>>>;

async fn obey(mut commands: UnboundedReceiver<Command>, outbox: Arc<Outbox>) {
    let abortable = Abortable::default();
    let mut early = EarlyTimer::default();
    while let Some(command) = early.during(commands.recv()).await {
        match command {
            Command::Run(id, work) => {
                tokio::spawn(answer(work, Answering::new(id, &outbox)));
            }
            Command::RunAbortable(id, work) => {
                let (map, answering) = (abortable.clone(), Answering::new(id, &outbox));
                let task = tokio::spawn(async move {
                    answer(work, answering).await;
                    lock(&map).remove(&id);
                });
                // The task has not run yet: this thread is here.
                lock(&abortable).insert(id, task.abort_handle());
            }
            Command::Abort(id) => {
                if let Some(task) = lock(&abortable).remove(&id) {
                    task.abort();
                }
            }
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
