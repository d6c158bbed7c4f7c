//! A thread that ends the process when one input takes too long: a parser that hangs cannot be stopped from inside.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// The current input.
#[derive(Debug, Clone)]
pub(super) struct FuzzedCase {
    pub(super) target: &'static str,
    pub(super) seed: u64,
    /// Name of the original input.
    pub(super) name: String,
    pub(super) input: Arc<Vec<u8>>,
}

impl fmt::Display for FuzzedCase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            target,
            seed,
            name,
            input,
        } = self;
        write!(f, "{target} {name}, seed {seed}: {}", input.escape_ascii())
    }
}

/// Watches until it is dropped.
pub(super) struct Watchdog {
    now: Arc<Mutex<Now>>,
}

#[derive(Default)]
struct Now {
    input: Option<(FuzzedCase, Instant)>,
    over: bool,
}

fn lock(now: &Mutex<Now>) -> MutexGuard<'_, Now> {
    now.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Watchdog {
    /// Abort the process and report the input if an input takes longer than `longest`.
    pub(super) fn start(longest: Duration) -> Self {
        let now = Arc::new(Mutex::new(Now::default()));
        let watched = now.clone();
        std::thread::spawn(move || {
            while !lock(&watched).over {
                if let Some(input) = overdue(&lock(&watched), longest) {
                    eprintln!("hangs: {input}");
                    std::process::abort();
                }
                std::thread::sleep(longest / 20);
            }
        });
        Self { now }
    }

    /// Start the time of an input.
    pub(super) fn feeding(&self, input: FuzzedCase) {
        lock(&self.now).input = Some((input, Instant::now()));
    }

    /// Stop the time of the input.
    pub(super) fn done(&self) {
        lock(&self.now).input = None;
    }
}

impl Drop for Watchdog {
    fn drop(&mut self) {
        lock(&self.now).over = true;
    }
}

fn overdue(now: &Now, longest: Duration) -> Option<&FuzzedCase> {
    let (input, since) = now.input.as_ref()?;
    (since.elapsed() > longest).then_some(input)
}
