//! `cargo xtask soak`: many calls through random faults, with every client; checks that no room is missing or exists twice, and that no resource has grown.

mod faults;
mod growth;
mod ledger;
mod leg;
mod rust;

use std::process::Command;
use std::time::{Duration, Instant};

use hundredms_sandbox::Sandbox;
use serde_json::{Value, json};

use self::growth::Sample;
use self::leg::Plan;
use crate::shell::{BoxError, root};
use crate::{node, python};

/// Number of samples of a leg.
const SAMPLES: usize = 100;

/// The options of `cargo xtask soak`.
pub(crate) struct Options {
    calls: usize,
    in_flight: usize,
    only: Option<String>,
}

impl Options {
    /// Parse `--calls N`, `--in-flight N` and `--only L`. `None` for other arguments.
    pub(crate) fn read(words: &[&str]) -> Option<Self> {
        let mut options = Self {
            calls: 200_000,
            in_flight: 256,
            only: None,
        };
        for pair in words.chunks(2) {
            match pair {
                ["--calls", calls] => options.calls = calls.parse().ok()?,
                ["--in-flight", in_flight] => options.in_flight = in_flight.parse().ok()?,
                ["--only", language @ ("rust" | "python" | "node")] => {
                    options.only = Some((*language).to_owned());
                }
                _ => return None,
            }
        }
        Some(options)
    }

    /// The maximum duration of a leg.
    fn longest(&self) -> Duration {
        Duration::from_secs(60)
            + Duration::from_millis(5) * u32::try_from(self.calls).unwrap_or(u32::MAX)
    }
}

/// Soak every client, or those of one language.
pub(crate) fn run(options: &Options) -> Result<(), BoxError> {
    let mut wrong = Vec::new();
    for (name, command) in legs(options)? {
        match soak(name, command, options) {
            Ok(found) => wrong.extend(found),
            Err(error) => {
                println!("{name}: {error}");
                wrong.push(format!("{name}: {error}"));
            }
        }
    }
    if wrong.is_empty() {
        return Ok(());
    }
    Err(wrong.join("\n").into())
}

fn legs(options: &Options) -> Result<Vec<(&'static str, Command)>, BoxError> {
    let wanted = |language: &str| options.only.as_deref().is_none_or(|only| only == language);
    let script = |name: &str| root().join("tests/soak").join(name);
    let mut legs = Vec::new();
    if wanted("rust") {
        let mut command = Command::new(std::env::current_exe()?);
        command.arg("soak-leg");
        legs.push(("Rust", command));
    }
    if wanted("python") {
        let interpreter = python::installed()?;
        for (name, client) in [("Python", "blocking"), ("Python async", "async")] {
            let mut command = Command::new(&interpreter);
            command.arg(script("soak.py")).arg(client);
            legs.push((name, command));
        }
    }
    if wanted("node") {
        let mut command = Command::new("node");
        command
            .arg("--expose-gc")
            .arg(script("soak.mjs"))
            .envs(node::built()?.environment());
        legs.push(("Node", command));
    }
    Ok(legs)
}

/// The leg of Rust, in a separate process.
pub(crate) fn rust_leg() -> Result<(), BoxError> {
    rust::run()
}

fn soak(name: &str, command: Command, options: &Options) -> Result<Vec<String>, BoxError> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    let sandbox = runtime.block_on(Sandbox::start())?;
    let client = json!({
        "access_key": sandbox.access_key(), "secret": sandbox.secret(), "base_url": sandbox.base_url(),
        "max_retries": 5, "timeout": 60,
    });
    let room = runtime.block_on(ledger::room(&client))?;
    for fault in faults::faults() {
        sandbox.add_fault(&fault)?;
    }
    sandbox.clear_requests();
    let plan = Plan {
        client,
        calls: options.calls,
        in_flight: options.in_flight,
        sample_every: (options.calls / SAMPLES).max(1),
        room,
    };
    let began = Instant::now();
    let report = leg::run(command, &plan, options.longest())?;
    let injected: u64 = sandbox.faults().iter().map(|fault| fault.fired).sum();
    let requests = sandbox.stats().requests;
    sandbox.clear_faults();
    let found = runtime.block_on(ledger::found(&plan.client))?;
    let count = |letter| report.outcomes.chars().filter(|it| *it == letter).count();
    println!(
        "{name}: {} calls, {} in flight, {:.1} s: {} done, {} failed, {} in doubt; {injected} faults of {requests} requests; {}",
        options.calls,
        options.in_flight,
        report.seconds,
        count('o'),
        count('n'),
        count('m'),
        ledger::in_words(&found),
    );
    println!("  errors {}", Value::from(report.errors));
    if let Some((early, late)) = growth::early_and_late(&report.samples) {
        println!("  {}, then {}", in_words(early), in_words(late));
    }
    let mut wrong = ledger::errors(&report.outcomes, &found, options.calls);
    wrong.extend(faults::amiss(injected, requests));
    wrong.extend(growth::grown(&report.samples));
    for what in &wrong {
        println!("  WRONG: {what}");
    }
    println!("  {:.1} s in all", began.elapsed().as_secs_f64());
    Ok(wrong.iter().map(|what| format!("{name}: {what}")).collect())
}

#[expect(clippy::cast_precision_loss, reason = "for people to read")]
fn in_words(held: Sample) -> String {
    let Sample {
        files,
        threads,
        memory_kb,
    } = held;
    let memory = memory_kb as f64 / 1024.0;
    format!("{files} files, {threads} threads, {memory:.1} MB")
}
