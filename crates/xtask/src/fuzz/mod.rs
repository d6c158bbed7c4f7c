//! `cargo xtask fuzz`: feeds every parser of untrusted bytes with inputs generated from the fixtures, by a seed.
//!
//! The run reports an input at which a parser panics, and ends at one at which it hangs. Add either as a test of that parser. None
//! has been found so far.

mod mutation;
mod targets;
mod watchdog;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::{Duration, Instant};

use fastrand::Rng;

use crate::shell::BoxError;
use targets::{Target, targets};
use watchdog::{FuzzedCase, Watchdog};

/// A parser that takes longer counts as hanging.
const LONGEST: Duration = Duration::from_secs(2);

/// The result of one target.
#[derive(Debug)]
struct Count {
    runs: u64,
    slowest: Duration,
    findings: Vec<String>,
}

/// Run with the arguments after `fuzz`.
pub(crate) fn run(words: &[&str]) -> Result<(), BoxError> {
    let (mut runs, mut seed) = (1_000_000, 1);
    for pair in words.chunks(2) {
        match pair {
            ["--runs", number] => runs = number.parse()?,
            ["--seed", number] => seed = number.parse()?,
            _ => return Err("cargo xtask fuzz [--runs N] [--seed N]".into()),
        }
    }
    let mut findings = 0;
    for target in targets()? {
        let count = fuzz(&target, runs, seed, LONGEST);
        println!(
            "{:<12} {:>9} runs, slowest {:>6.1} ms, {} findings",
            target.name,
            count.runs,
            count.slowest.as_secs_f64() * 1e3,
            count.findings.len()
        );
        for finding in &count.findings {
            println!("  {finding}");
        }
        findings += count.findings.len();
    }
    match findings {
        0 => Ok(()),
        _ => Err(format!("{findings} findings").into()),
    }
}

/// Feed one target. The same seed gives the same inputs.
fn fuzz(target: &Target, runs: u64, seed: u64, longest: Duration) -> Count {
    let mut rng = Rng::with_seed(seed);
    let mut count = Count {
        runs: 0,
        slowest: Duration::ZERO,
        findings: Vec::new(),
    };
    let watchdog = Watchdog::start(longest);
    let seeds = &target.seeds;
    while count.runs < runs && count.findings.len() < 10 {
        let (name, input) = &seeds[rng.usize(..seeds.len())];
        let (_, other) = &seeds[rng.usize(..seeds.len())];
        let input = FuzzedCase {
            target: target.name,
            seed,
            name: name.clone(),
            input: Arc::new(mutation::mutated(&mut rng, input, other)),
        };
        watchdog.feeding(input.clone());
        let begun = Instant::now();
        let taken = catch_unwind(AssertUnwindSafe(|| (target.feed)(name, &input.input)));
        count.slowest = count.slowest.max(begun.elapsed());
        watchdog.done();
        count.runs += 1;
        if taken.is_err() {
            count.findings.push(format!("panics: {input}"));
        }
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_parser_panics_or_hangs() {
        for target in targets().expect("seeds") {
            let count = fuzz(&target, 20_000, 7, LONGEST);
            assert_eq!(count.runs, 20_000, "{}", target.name);
            assert!(
                count.findings.is_empty(),
                "{}: {:?}",
                target.name,
                count.findings
            );
        }
    }

    #[test]
    fn the_same_seed_makes_the_same_inputs() {
        let made = |seed| -> Vec<Vec<u8>> {
            let mut rng = Rng::with_seed(seed);
            (0..100)
                .map(|_| mutation::mutated(&mut rng, b"{\"a\":[1]}", b"other"))
                .collect()
        };
        assert_eq!(made(3), made(3));
        assert_ne!(made(3), made(4));
    }

    fn bad(feed: fn(&[u8])) -> Target {
        Target {
            name: "bad",
            seeds: vec![("input".to_owned(), b"x".to_vec())],
            feed: Box::new(move |_, input| feed(input)),
        }
    }

    #[test]
    fn a_panic_is_a_finding() {
        let target = bad(|input| assert!(input.len() < 3, "too long"));
        let count = fuzz(&target, 1000, 1, LONGEST);
        assert!(count.findings[0].starts_with("panics: bad input, seed 1: "));
    }

    /// In a separate process, which is aborted.
    #[test]
    fn a_hang_ends_the_run_and_is_told_with_its_input() {
        if std::env::var_os("HANG").is_some() {
            let target = bad(|_| {
                loop {
                    std::thread::park();
                }
            });
            fuzz(&target, 1, 1, Duration::from_millis(100));
            return;
        }
        let test = "fuzz::tests::a_hang_ends_the_run_and_is_told_with_its_input";
        let ended = std::process::Command::new(std::env::current_exe().expect("this binary"))
            .args(["--exact", test, "--nocapture"])
            .env("HANG", "1")
            .output()
            .expect("a process");
        assert!(!ended.status.success(), "{ended:?}");
        let told = String::from_utf8_lossy(&ended.stderr);
        assert!(told.contains("hangs: bad input, seed 1: "), "{told}");
    }
}
