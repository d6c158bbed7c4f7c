//! `cargo xtask soak`: many calls through random faults, in every language; nothing lost, nothing doubled, nothing grown.

mod ledger;
mod rust;

use std::io::Write as _;
use std::process::{Command, Stdio};
use std::time::Instant;

use hundredms_sandbox::{Disconnect, Effect, Fault, Sandbox};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::commands::{Failure, root};
use crate::{node, python};

/// What a leg is told, as JSON on its standard input.
#[derive(Debug, Serialize, Deserialize)]
struct Plan {
    /// Options of the client.
    client: Value,
    /// How many calls.
    calls: usize,
    /// How many of them at once.
    in_flight: usize,
    /// Id of the room that is read.
    room: String,
}

/// What a leg tells, as JSON on its standard output.
#[derive(Debug, Deserialize)]
struct Report {
    /// A letter for each call: `o` done, `n` failed and surely not done, `m` failed and may have been done, `.` without an end.
    outcomes: String,
    /// How often each kind of error came.
    errors: serde_json::Map<String, Value>,
    /// At a fifth of the calls, at two fifths, and so on.
    samples: Vec<Sample>,
    seconds: f64,
}

/// What a process holds.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
struct Sample {
    files: u64,
    threads: u64,
    memory_kb: u64,
}

/// What `cargo xtask soak` is told.
pub(crate) struct Options {
    calls: usize,
    in_flight: usize,
    only: Option<String>,
}

impl Options {
    /// Read `--calls N`, `--in-flight N` and `--only L`; none for anything else.
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
}

/// Soak every language, or one.
pub(crate) fn run(options: &Options) -> Result<(), Failure> {
    let wanted = |language: &str| options.only.as_deref().is_none_or(|only| only == language);
    let script = |name: &str| root().join("tests/soak").join(name);
    let mut legs: Vec<(&str, Command)> = Vec::new();
    if wanted("rust") {
        let mut command = Command::new(std::env::current_exe()?);
        command.arg("soak-leg");
        legs.push(("Rust", command));
    }
    if wanted("python") {
        let mut command = Command::new(python::installed()?);
        command.arg(script("soak.py"));
        legs.push(("Python", command));
    }
    if wanted("node") {
        let mut command = Command::new("node");
        command
            .arg(script("soak.mjs"))
            .envs(node::built()?.environment());
        legs.push(("Node", command));
    }
    let mut wrong = Vec::new();
    for (name, command) in legs {
        wrong.extend(soak(name, command, options)?);
    }
    if wrong.is_empty() {
        return Ok(());
    }
    Err(wrong.join("\n").into())
}

/// The leg of Rust, in a process of its own.
pub(crate) fn rust_leg() -> Result<(), Failure> {
    rust::run()
}

fn soak(name: &str, command: Command, options: &Options) -> Result<Vec<String>, Failure> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    let sandbox = runtime.block_on(Sandbox::start())?;
    let client = json!({
        "access_key": sandbox.access_key(), "secret": sandbox.secret(), "base_url": sandbox.base_url(),
        "max_retries": 5, "timeout": 60,
    });
    let room = runtime.block_on(ledger::room(&client))?;
    for fault in faults() {
        sandbox.add_fault(&fault)?;
    }
    let plan = Plan {
        client,
        calls: options.calls,
        in_flight: options.in_flight,
        room,
    };
    let began = Instant::now();
    let report = told(command, &plan)?;
    let struck: u64 = sandbox.faults().iter().map(|fault| fault.fired).sum();
    sandbox.clear_faults();
    let found = runtime.block_on(ledger::found(&plan.client))?;
    let mut wrong = ledger::errors(&report.outcomes, &found, options.calls);
    wrong.extend(grown(&report.samples));
    let count = |letter| report.outcomes.chars().filter(|it| *it == letter).count();
    println!(
        "{name}: {} calls, {} in flight, {:.1} s: {} done, {} failed, {} in doubt; {struck} faults of {} requests; {} rooms, each once",
        options.calls,
        options.in_flight,
        report.seconds,
        count('o'),
        count('n'),
        count('m'),
        sandbox.stats().requests,
        found.len(),
    );
    println!("  errors {}", Value::from(report.errors));
    for sample in &report.samples {
        let Sample {
            files,
            threads,
            memory_kb,
        } = sample;
        println!(
            "  {files} files, {threads} threads, {:.1} MB",
            kilo(*memory_kb)
        );
    }
    for what in &wrong {
        println!("  WRONG: {what}");
    }
    println!("  {:.1} s in all", began.elapsed().as_secs_f64());
    Ok(wrong.iter().map(|what| format!("{name}: {what}")).collect())
}

#[expect(clippy::cast_precision_loss, reason = "for people to read")]
fn kilo(kb: u64) -> f64 {
    kb as f64 / 1024.0
}

/// Five requests of a hundred go wrong.
fn faults() -> Vec<Fault> {
    let effects = [
        (0.010, Effect::new().status(503).retry_after(0)),
        (0.010, Effect::new().status(429).retry_after(0)),
        (0.005, Effect::new().status(504).apply().retry_after(0)),
        (0.005, Effect::new().disconnect(Disconnect::CloseBefore)),
        (0.005, Effect::new().disconnect(Disconnect::ResetAfter)),
        (0.0098, Effect::new().cut_body(20)),
        (0.0002, Effect::new().expire_tokens()),
        (
            0.005,
            Effect::new().delay_answer(std::time::Duration::from_millis(50)),
        ),
    ];
    let seeded = effects.into_iter().zip(1..);
    seeded
        .map(|((share, effect), seed)| Fault::new(effect).share(share, seed))
        .collect()
}

fn told(mut command: Command, plan: &Plan) -> Result<Report, Failure> {
    command.stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = command.spawn()?;
    let mut input = child.stdin.take().ok_or("no standard input")?;
    input.write_all(&serde_json::to_vec(plan)?)?;
    drop(input);
    let output = child.wait_with_output()?;
    if !output.status.success() {
        return Err(format!("the leg ended with {}", output.status).into());
    }
    Ok(serde_json::from_slice(&output.stdout)?)
}

/// Tell what has grown after the first fifth.
fn grown(samples: &[Sample]) -> Vec<String> {
    let (Some(first), Some(last)) = (samples.first(), samples.last()) else {
        return vec!["nothing was measured".to_owned()];
    };
    let mut wrong = Vec::new();
    // Connections come and go while calls are under way.
    if last.files > first.files + 64 {
        wrong.push(format!("{} files became {}", first.files, last.files));
    }
    if last.threads > first.threads + 1 {
        wrong.push(format!("{} threads became {}", first.threads, last.threads));
    }
    if last.memory_kb > first.memory_kb + first.memory_kb / 5 + 16 * 1024 {
        wrong.push(format!("{} kB became {}", first.memory_kb, last.memory_kb));
    }
    wrong
}
