//! `cargo xtask fuzz`: feeds every parser of bytes from outside with inputs made from the fixtures, by a seed.

mod mutation;
mod targets;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

use fastrand::Rng;

use crate::commands::Failure;
use targets::{Target, targets};

/// An input that takes longer is a finding.
const LONGEST: Duration = Duration::from_secs(2);

/// What a run of one target came to.
#[derive(Debug)]
struct Count {
    runs: u64,
    slowest: Duration,
    findings: Vec<String>,
}

/// Run with the words behind `fuzz`.
pub(crate) fn run(words: &[&str]) -> Result<(), Failure> {
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
        let count = fuzz(&target, runs, seed);
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
fn fuzz(target: &Target, runs: u64, seed: u64) -> Count {
    let mut rng = Rng::with_seed(seed);
    let mut count = Count {
        runs: 0,
        slowest: Duration::ZERO,
        findings: Vec::new(),
    };
    let seeds = &target.seeds;
    while count.runs < runs && count.findings.len() < 10 {
        let (name, input) = &seeds[rng.usize(..seeds.len())];
        let (_, other) = &seeds[rng.usize(..seeds.len())];
        let input = mutation::mutated(&mut rng, input, other);
        let begun = Instant::now();
        let fed = catch_unwind(AssertUnwindSafe(|| (target.feed)(name, &input)));
        let took = begun.elapsed();
        count.runs += 1;
        count.slowest = count.slowest.max(took);
        if fed.is_err() || took > LONGEST {
            let what = if fed.is_err() { "panics" } else { "is slow" };
            let text = input.escape_ascii().to_string();
            count.findings.push(format!("{name} {what}: {text}"));
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
            let count = fuzz(&target, 20_000, 7);
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

    #[test]
    fn a_panic_is_a_finding() {
        let target = Target {
            name: "bad",
            seeds: vec![("seed".to_owned(), b"x".to_vec())],
            feed: Box::new(|_, input| assert!(input.len() < 3, "too long")),
        };
        assert!(!fuzz(&target, 1000, 1).findings.is_empty());
    }
}
