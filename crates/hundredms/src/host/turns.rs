//! [`Turns`]: a runtime that one thread drives at a time, the thread in the background or one that waits for a call.
//!
//! A thread that waits for the only call that is running can run it itself. That saves waking the thread in the background for the
//! request, and being woken for the response. Where calls overlap, the thread in the background runs all of them: threads that take
//! turns at it would wake each other more often than that.

use std::future::{Future, poll_fn};
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::sync::atomic::{AtomicU8, AtomicU32, AtomicU64, AtomicUsize, Ordering::SeqCst};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError, TryLockError};
use std::task::{Context, Poll};
use std::time::Duration;

use futures_util::task::AtomicWaker;
use tokio::runtime::{Builder, Runtime};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::time::{Instant, Sleep, sleep_until};

use super::early_timer::EarlyTimer;

/// A call, as the runtime runs it.
type Task = Pin<Box<dyn Future<Output = ()> + Send>>;

/// The thread in the background drives the runtime, or is about to.
const BACKGROUND: u8 = 0;
/// No call is running, and the thread in the background leaves the next one to the thread that waits for it.
const NOBODY: u8 = 1;
/// A thread that waits for its call drives the runtime.
const WAITING: u8 = 2;

/// After so many calls in a row of which each was the only one, threads run their calls themselves.
const LONE_CALLS: u32 = 16;

/// After this time without such a call, the thread in the background drives the runtime again, for the connections that are kept.
const PATIENCE: Duration = Duration::from_millis(100);

/// A runtime whose calls run in the thread in the background, or in the one that waits for them. It never ends.
#[doc(hidden)]
#[derive(Clone)]
#[expect(missing_debug_implementations, reason = "for the bindings alone")]
pub struct Turns(Arc<Shared>);

struct Shared {
    runtime: Runtime,
    /// The process that the threads belong to.
    process: u32,
    /// What the thread in the background will run.
    tasks: UnboundedSender<Task>,
    /// Whose turn it is.
    turn: AtomicU8,
    /// How many calls the thread in the background has yet to finish.
    running: AtomicUsize,
    /// How many calls in a row were the only ones.
    lone: AtomicU32,
    /// How many times a thread that waited has begun to drive.
    drives: AtomicU64,
    /// Held by the thread that drives while it waits for its call.
    seat: Mutex<Seat>,
    /// Tells that thread that its turn is over.
    seated: AtomicWaker,
    /// Tells the thread in the background, while it drives, that its turn is over.
    background: AtomicWaker,
    /// Where the thread in the background waits for its turn.
    waits: Mutex<()>,
    turned: Condvar,
}

/// Gives the turn of this thread back when it is dropped.
struct Turn<'a>(&'a Turns);

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        self.0.release();
    }
}

impl Shared {
    /// Return the seat, if no thread has it.
    fn seat(&self) -> Option<MutexGuard<'_, Seat>> {
        match self.seat.try_lock() {
            Ok(seat) => Some(seat),
            Err(TryLockError::Poisoned(seat)) => Some(seat.into_inner()),
            Err(TryLockError::WouldBlock) => None,
        }
    }
}

/// What drives have in common.
#[derive(Default)]
struct Seat {
    /// Before the deadlines of all calls, so that none of them is the next timer: see [`EarlyTimer`].
    tick: Option<Pin<Box<Sleep>>>,
}

/// How a thread's turn ended.
#[doc(hidden)]
#[expect(missing_debug_implementations, reason = "for the bindings alone")]
pub enum Driven<T> {
    /// The call has ended, and has said something if nothing went wrong.
    Ended(Option<T>),
    /// The call has said something, and has not ended.
    Continues(T, Task),
    /// The call is to be given to the thread in the background: another thread drives, or the time is up.
    Refused(Task),
}

/// A call that the thread in the background has yet to finish.
#[doc(hidden)]
#[expect(missing_debug_implementations, reason = "for the bindings alone")]
pub struct Running(Option<Turns>);

impl Turns {
    /// Start a runtime with a thread of this name, which calls `begun` first of all. Each thread that drives calls `idle` when there
    /// is nothing to do.
    pub fn start(name: &str, begun: fn(), idle: fn()) -> io::Result<Self> {
        let runtime = Builder::new_current_thread()
            .enable_all()
            .on_thread_park(idle)
            .build()?;
        let (sender, tasks) = unbounded_channel();
        let turns = Self(Arc::new(Shared {
            runtime,
            process: std::process::id(),
            tasks: sender,
            turn: AtomicU8::new(BACKGROUND),
            running: AtomicUsize::new(0),
            lone: AtomicU32::new(0),
            drives: AtomicU64::new(0),
            seat: Mutex::default(),
            seated: AtomicWaker::new(),
            background: AtomicWaker::new(),
            waits: Mutex::default(),
            turned: Condvar::new(),
        }));
        let of_thread = turns.clone();
        std::thread::Builder::new()
            .name(name.to_owned())
            .spawn(move || {
                begun();
                of_thread.stay_in_background(tasks, idle);
            })?;
        Ok(turns)
    }

    /// Return whether this is the process that the threads belong to. In a forked child, they do not exist.
    pub fn is_here(&self) -> bool {
        self.0.process == std::process::id()
    }

    /// Give a call to the thread in the background. It counts as running until what `make` is given is dropped.
    pub fn spawn(&self, make: impl FnOnce(Running) -> Task) {
        let shared = &*self.0;
        // Counted before the turn is taken: who gives a turn away looks at the number afterwards.
        let others = shared.running.fetch_add(1, SeqCst);
        let before = shared.turn.swap(BACKGROUND, SeqCst);
        if others > 0 || before == WAITING {
            shared.lone.store(0, SeqCst);
        } else {
            shared.lone.fetch_add(1, SeqCst);
        }
        // The thread never ends, so it takes every task.
        let _ = shared.tasks.send(make(Running(Some(self.clone()))));
        if before != BACKGROUND {
            self.call_background();
        }
    }

    /// Run `call` here, if no other one is running, until it ends or `said` has something. At most for `time`: after that, the
    /// caller may have to do other things, and the call must go on.
    pub fn drive<T>(
        &self,
        mut call: Task,
        time: Duration,
        mut said: impl FnMut() -> Option<T>,
    ) -> Driven<T> {
        let shared = &*self.0;
        if !self.is_here() {
            return Driven::Refused(call);
        }
        let Some(mut seat) = shared.seat() else {
            return Driven::Refused(call);
        };
        if !self.claim() {
            return Driven::Refused(call);
        }
        let turn = Turn(self);
        let until = Instant::now() + time;
        let end = shared.runtime.block_on(async {
            // The driver looks for events. So the task of a connection that the server has closed reads that before it writes, and
            // the client takes another connection.
            tokio::task::yield_now().await;
            poll_fn(|context| {
                shared.seated.register(context.waker());
                if shared.turn.load(SeqCst) != WAITING {
                    return Poll::Ready(End::Over);
                }
                // What panics has ended, as in a task.
                let polled = AssertUnwindSafe(|| call.as_mut().poll(context).is_ready());
                if catch_unwind(polled).unwrap_or(true) {
                    return Poll::Ready(End::Ended);
                }
                if let Some(something) = said() {
                    return Poll::Ready(End::Said(something));
                }
                if seat.is_up(until, time, context) {
                    return Poll::Ready(End::Over);
                }
                Poll::Pending
            })
            .await
        });
        drop(turn);
        drop(seat);
        match end {
            End::Ended => Driven::Ended(said()),
            End::Said(something) => Driven::Continues(something, call),
            End::Over => Driven::Refused(call),
        }
    }

    /// Let the thread in the background see to connections that are no longer needed.
    pub fn attend(&self) {
        if self.0.turn.swap(BACKGROUND, SeqCst) != BACKGROUND {
            self.call_background();
        }
    }

    /// Take the turn that nobody has.
    fn claim(&self) -> bool {
        let shared = &*self.0;
        if shared
            .turn
            .compare_exchange(NOBODY, WAITING, SeqCst, SeqCst)
            .is_err()
        {
            return false;
        }
        shared.drives.fetch_add(1, SeqCst);
        // A call that was given to the background at the same time.
        if shared.running.load(SeqCst) > 0 {
            self.release();
            return false;
        }
        true
    }

    /// Give the turn of this thread back.
    fn release(&self) {
        let shared = &*self.0;
        let next = if shared.running.load(SeqCst) > 0 {
            BACKGROUND
        } else {
            NOBODY
        };
        let released = shared.turn.compare_exchange(WAITING, next, SeqCst, SeqCst);
        if released.is_ok() && next == BACKGROUND {
            self.call_background();
        }
    }

    /// Let the next call run in the thread that waits for it: the last call in the background is about to end.
    fn offer(&self) {
        let shared = &*self.0;
        if shared.lone.load(SeqCst) < LONE_CALLS
            || shared
                .turn
                .compare_exchange(BACKGROUND, NOBODY, SeqCst, SeqCst)
                .is_err()
        {
            return;
        }
        if shared.running.load(SeqCst) > 0 {
            // It was given to the background before the turn was given away.
            let taken = shared
                .turn
                .compare_exchange(NOBODY, BACKGROUND, SeqCst, SeqCst);
            if taken.is_ok() {
                self.call_background();
            }
        } else {
            shared.background.wake();
        }
    }

    /// Tell the threads that it is the turn of the one in the background.
    fn call_background(&self) {
        drop(self.0.waits.lock().unwrap_or_else(PoisonError::into_inner));
        self.0.turned.notify_one();
        self.0.seated.wake();
    }

    fn stay_in_background(&self, mut tasks: UnboundedReceiver<Task>, idle: fn()) {
        loop {
            self.0.runtime.block_on(self.run(&mut tasks));
            idle();
            self.wait_for_turn();
        }
    }

    /// Run tasks until the turn is over.
    async fn run(&self, tasks: &mut UnboundedReceiver<Task>) {
        let shared = &*self.0;
        let mut early = EarlyTimer::default();
        loop {
            let next = poll_fn(|context| {
                shared.background.register(context.waker());
                if shared.turn.load(SeqCst) != BACKGROUND {
                    return Poll::Ready(None);
                }
                tasks.poll_recv(context)
            });
            match early.during(next).await {
                Some(task) => drop(tokio::spawn(task)),
                None => return,
            }
        }
    }

    /// Wait in the background until it is its turn, or until nobody has driven for a while.
    fn wait_for_turn(&self) {
        let shared = &*self.0;
        let mut waits = shared.waits.lock().unwrap_or_else(PoisonError::into_inner);
        let mut seen = shared.drives.load(SeqCst);
        while shared.turn.load(SeqCst) != BACKGROUND {
            let waited = shared.turned.wait_timeout(waits, PATIENCE);
            let (woken, time) = waited.unwrap_or_else(PoisonError::into_inner);
            waits = woken;
            let drives = shared.drives.load(SeqCst);
            if time.timed_out() && std::mem::replace(&mut seen, drives) == drives {
                // Not while a thread drives.
                if let Some(_seat) = shared.seat() {
                    shared.turn.store(BACKGROUND, SeqCst);
                }
            }
        }
    }
}

/// Why a thread ceases to drive.
enum End<T> {
    Ended,
    Said(T),
    Over,
}

impl Seat {
    /// Return whether it is `until` or later, and wake the thread then. The tick of an earlier drive comes before that.
    fn is_up(&mut self, until: Instant, time: Duration, context: &mut Context<'_>) -> bool {
        let tick = self
            .tick
            .get_or_insert_with(|| Box::pin(sleep_until(until)));
        if tick.as_mut().poll(context).is_pending() {
            return false;
        }
        let now = Instant::now();
        let is_up = now >= until;
        tick.as_mut().reset(if is_up { now + time } else { until });
        // It is set when it is polled.
        let _ = tick.as_mut().poll(context);
        is_up
    }
}

impl Running {
    /// Note that the call is about to end, and that a thread waits for it, which will run its next call itself if it may.
    pub fn is_waited_for(mut self) {
        if let Some(turns) = self.0.take()
            && turns.0.running.fetch_sub(1, SeqCst) == 1
        {
            turns.offer();
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if let Some(turns) = &self.0 {
            turns.0.running.fetch_sub(1, SeqCst);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::AtomicBool;
    use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
    use std::thread::{ThreadId, current, sleep as rest};

    use tokio::time::sleep;

    use super::*;

    const TICK: Duration = Duration::from_millis(50);
    const LONG: Duration = Duration::from_secs(20);

    fn turns() -> Turns {
        Turns::start("turns", || (), || ()).expect("a thread")
    }

    /// A call that says `T`, made as the binding of Python makes one.
    struct Made<T> {
        turns: Turns,
        said: Receiver<T>,
        call: Option<Task>,
        running: Arc<Mutex<Option<Running>>>,
    }

    /// Says what a call has to say, the last of it when it ends.
    struct Voice<T> {
        sender: Sender<T>,
        running: Arc<Mutex<Option<Running>>>,
    }

    impl<T> Voice<T> {
        fn end(&self) {
            let running = self.running.lock().expect("no panic").take();
            if let Some(running) = running {
                running.is_waited_for();
            }
        }
    }

    impl<T> Drop for Voice<T> {
        fn drop(&mut self) {
            self.end();
        }
    }

    impl<T> Made<T> {
        fn new<F: Future<Output = ()> + Send + 'static>(
            turns: &Turns,
            call: impl FnOnce(Voice<T>) -> F,
        ) -> Self {
            let (sender, said) = channel();
            let running = Arc::default();
            let voice = Voice {
                sender,
                running: Arc::clone(&running),
            };
            Self {
                turns: turns.clone(),
                said,
                call: Some(Box::pin(call(voice))),
                running,
            }
        }

        fn run_in_background(&mut self, call: Task) {
            self.turns.spawn(|running| {
                *self.running.lock().expect("no panic") = Some(running);
                call
            });
        }

        /// Wait for what is said next, at most for `pause`.
        fn next(&mut self, pause: Duration) -> Result<T, RecvTimeoutError> {
            if let Some(call) = self.call.take() {
                match self.turns.drive(call, pause, || self.said.try_recv().ok()) {
                    Driven::Ended(Some(said)) => return Ok(said),
                    Driven::Ended(None) => {}
                    Driven::Continues(said, call) => {
                        self.run_in_background(call);
                        return Ok(said);
                    }
                    Driven::Refused(call) => self.run_in_background(call),
                }
            }
            self.said.recv_timeout(pause)
        }

        fn wait(mut self) -> T {
            loop {
                match self.next(TICK) {
                    Ok(said) => return said,
                    Err(RecvTimeoutError::Timeout) => {}
                    Err(RecvTimeoutError::Disconnected) => panic!("the call said nothing"),
                }
            }
        }
    }

    fn tell<T>(voice: &Voice<T>, said: T) {
        voice.end();
        let _ = voice.sender.send(said);
    }

    /// Make a call that takes so long, and return the thread that finished it.
    fn thread_of_call(turns: &Turns, time: Duration) -> ThreadId {
        Made::new(turns, |voice| async move {
            sleep(time).await;
            tell(&voice, current().id());
        })
        .wait()
    }

    /// Make calls until this thread runs them itself.
    fn settle(turns: &Turns) {
        eventually(|| thread_of_call(turns, Duration::ZERO) == current().id());
    }

    fn settled() -> Turns {
        let turns = turns();
        settle(&turns);
        turns
    }

    fn eventually(mut holds: impl FnMut() -> bool) {
        let begun = Instant::now();
        while !holds() {
            assert!(begun.elapsed() < LONG, "it never does");
            rest(Duration::from_millis(1));
        }
    }

    fn within<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
        let (sender, done) = channel();
        std::thread::spawn(move || sender.send(work()));
        done.recv_timeout(LONG).expect("done in time")
    }

    #[test]
    fn lone_calls_run_in_the_thread_that_waits() {
        let turns = turns();
        let threads: Vec<_> = (0..100)
            .map(|_| thread_of_call(&turns, Duration::ZERO))
            .collect();
        let here = threads.iter().filter(|thread| **thread == current().id());
        let (first, last) = threads.split_at(LONE_CALLS as usize);
        assert!(first.iter().all(|thread| *thread != current().id()));
        // A thread that is kept from running finds the one in the background at work.
        assert!(here.count() >= last.len() / 2, "{threads:?}");
        settle(&turns);
    }

    #[test]
    fn calls_that_overlap_run_in_the_background() {
        let turns = settled();
        let (begins, begun) = channel();
        let first = Made::new(&turns, |voice| async move {
            begins.send(()).expect("the receiver");
            sleep(8 * TICK).await;
            tell(&voice, current().id());
        });
        let first = std::thread::spawn(move || (first.wait(), current().id()));
        begun.recv().expect("it begins");
        // It finds the other one driving, and ends that.
        let second = thread_of_call(&turns, TICK);
        let (first, of_first) = first.join().expect("no panic");
        assert!(![of_first, current().id()].contains(&second));
        assert_eq!(first, second);
        // So do those after them, for a while.
        assert_eq!(thread_of_call(&turns, Duration::ZERO), second);
    }

    #[test]
    fn a_call_that_takes_longer_goes_on_in_the_background() {
        let turns = settled();
        let mut call = Made::new(&turns, |voice| async move {
            sleep(3 * TICK).await;
            tell(&voice, current().id());
        });
        let call_of_turns = call.call.take().expect("a call");
        let Driven::Refused(left) = turns.drive(call_of_turns, TICK, || None::<()>) else {
            panic!("it takes longer");
        };
        call.run_in_background(left);
        // Although this thread does not drive.
        let thread = call.said.recv_timeout(LONG).expect("it ends");
        assert_ne!(thread, current().id());
        settle(&turns);
    }

    #[test]
    fn a_call_that_has_more_to_say_goes_on_in_the_background() {
        let turns = settled();
        let mut call = Made::new(&turns, |voice| async move {
            let _ = voice.sender.send(None);
            sleep(TICK).await;
            tell(&voice, Some(current().id()));
        });
        assert_eq!(call.next(LONG), Ok(None));
        let thread = call.next(LONG).expect("more");
        assert!(thread.is_some_and(|thread| thread != current().id()));
    }

    #[test]
    fn a_call_that_panics_has_ended() {
        let turns = settled();
        let mut call = Made::new(&turns, |voice: Voice<()>| async move {
            let _voice = voice;
            panic!("as it should");
        });
        assert_eq!(call.next(LONG), Err(RecvTimeoutError::Disconnected));
        settle(&turns);
    }

    #[test]
    fn the_background_attends_at_once_to_what_is_left() {
        let turns = settled();
        let closed = Arc::new(AtomicBool::new(false));
        let closes = closed.clone();
        turns
            .0
            .runtime
            .spawn(async move { closes.store(true, SeqCst) });
        turns.attend();
        // Not only after a while without calls.
        assert_eq!(turns.0.turn.load(SeqCst), BACKGROUND);
        eventually(|| closed.load(SeqCst));
    }

    #[test]
    fn a_thread_that_panics_gives_its_turn_back() {
        let turns = settled();
        let call: Task = Box::pin(async { std::future::pending().await });
        let drive = AssertUnwindSafe(|| {
            turns.drive(call, LONG, || -> Option<()> { panic!("as it should") })
        });
        assert!(catch_unwind(drive).is_err());
        settle(&turns);
    }

    #[test]
    fn what_calls_leave_behind_runs_after_a_while_without_calls() {
        let turns = settled();
        let left = Arc::new(AtomicBool::new(false));
        let leaves = left.clone();
        Made::new(&turns, |voice| async move {
            tokio::spawn(async move {
                sleep(Duration::from_millis(1)).await;
                leaves.store(true, SeqCst);
            });
            tell(&voice, ());
        })
        .wait();
        eventually(|| left.load(SeqCst));
        // The next call finds the thread in the background at work.
        assert_ne!(thread_of_call(&turns, Duration::ZERO), current().id());
        settle(&turns);
    }

    #[test]
    fn no_call_is_lost_whoever_drives() {
        let turns = turns();
        let until = Instant::now() + Duration::from_secs(1);
        let work = |number: u64| {
            let turns = turns.clone();
            move || {
                let mut random = fastrand::Rng::with_seed(number);
                let mut calls = 0;
                while Instant::now() < until {
                    // Long enough alone, at times, to run the calls here.
                    for _ in 0..random.u32(1..60) {
                        let time = Duration::from_micros(random.u64(0..200));
                        thread_of_call(&turns, time);
                        calls += 1;
                    }
                    if random.u8(0..4) == 0 {
                        let mut left = Made::new(&turns, |voice| async move {
                            sleep(TICK).await;
                            tell(&voice, ());
                        });
                        let _ = left.next(Duration::from_millis(1));
                    }
                    rest(Duration::from_micros(random.u64(0..30_000)));
                }
                calls
            }
        };
        let threads = [1, 2, 3].map(|number| std::thread::spawn(work(number)));
        let calls = within(move || threads.map(|thread| thread.join().expect("no panic")));
        assert!(calls.iter().all(|calls| *calls > 0), "{calls:?}");
        eventually(|| turns.0.running.load(SeqCst) == 0);
    }
}
