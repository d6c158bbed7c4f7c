//! `cargo xtask conformance`: the same scenarios in every language, and the same outcomes.

mod addresses;
mod judge;
mod process;
mod rust;
mod scenario;
mod stage;

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Instant;

use serde_json::Value;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

use self::addresses::Addresses;
use self::process::Program;
use self::scenario::Scenario;
use self::stage::Stage;
use crate::shell::{BoxError, root};
use crate::{node, python};

/// Number of concurrent scenarios in a leg. The runners of the other languages use the same.
const AT_ONCE: usize = 16;

/// A client that runs all scenarios.
struct Leg {
    name: &'static str,
    language: &'static str,
    program: Option<Program>,
}

/// Outcomes of the steps of each scenario, by its id.
type Outcomes = HashMap<String, Vec<Value>>;

/// Run all scenarios in every language, or in Rust and `only`.
pub(crate) fn run(only: Option<&str>) -> Result<(), BoxError> {
    let mut scenarios = Scenario::all()?;
    // For authors of scenarios: only those whose id begins with this.
    if let Ok(beginning) = std::env::var("SCENARIOS") {
        scenarios.retain(|scenario| scenario.id.starts_with(&beginning));
    }
    if only == Some("edge") {
        scenarios.retain(|scenario| {
            if let Some(reason) = &scenario.not_in_edge_runtimes {
                println!("left out: {}: {reason}", scenario.id);
            }
            scenario.not_in_edge_runtimes.is_none()
        });
    }
    let legs = legs(only)?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    runtime.block_on(compare(scenarios, &legs))
}

fn legs(only: Option<&str>) -> Result<Vec<Leg>, BoxError> {
    let wanted = |language| only.is_none_or(|only| only == language);
    let mut legs = vec![Leg {
        name: "Rust",
        language: "rust",
        program: None,
    }];
    let script = |name: &str| {
        let path = root().join("tests/conformance").join(name);
        path.display().to_string()
    };
    if wanted("python") {
        let interpreter = python::installed()?;
        for (name, client) in [("Python", "blocking"), ("Python async", "async")] {
            legs.push(Leg {
                name,
                language: "python",
                program: Some(Program {
                    path: interpreter.clone(),
                    words: vec![script("run.py"), client.to_owned()],
                    environment: Vec::new(),
                    folder: root(),
                }),
            });
        }
    }
    if wanted("node") {
        let package = node::built()?;
        legs.push(Leg {
            name: "Node",
            language: "node",
            program: Some(Program {
                path: "node".into(),
                words: vec![script("run.mjs")],
                environment: package.environment(),
                folder: root(),
            }),
        });
    }
    if only == Some("edge") {
        let tests = node::edge_installed()?;
        let package = tests.join("package.mjs");
        let tool = |name: &str| tests.join("node_modules/.bin").join(name);
        let runtimes: [(_, _, &[&str]); 3] = [
            ("Edge, Node", "node".into(), &[]),
            (
                "Edge, Deno",
                tool("deno"),
                &[
                    "run",
                    "--quiet",
                    "--no-prompt",
                    "--allow-all",
                    "--node-modules-dir=manual",
                ],
            ),
            ("Edge, Bun", tool("bun"), &["run"]),
        ];
        for (name, path, words) in runtimes {
            let words = words.iter().map(|word| (*word).to_owned());
            legs.push(Leg {
                name,
                language: "edge",
                program: Some(Program {
                    path,
                    words: words.chain([script("run.mjs")]).collect(),
                    environment: vec![("HUNDREDMS_PACKAGE", package.clone())],
                    folder: tests.clone(),
                }),
            });
        }
    }
    Ok(legs)
}

async fn compare(scenarios: Vec<Scenario>, legs: &[Leg]) -> Result<(), BoxError> {
    let scenarios = Arc::new(scenarios);
    let addresses = Addresses::open()?;
    let mut wrong = Vec::new();
    let mut played: Vec<Outcomes> = Vec::new();
    for leg in legs {
        let began = Instant::now();
        let stages = set(&scenarios, &addresses).await?;
        let outcomes = match &leg.program {
            None => in_process(&stages).await?,
            Some(program) => {
                let plans = stages.iter().map(|stage| stage.plan.clone()).collect();
                process::play(program, plans).await?
            }
        };
        for (scenario, stage) in scenarios.iter().zip(stages.iter()) {
            let outcomes = outcomes.get(&scenario.id).map_or(&[][..], Vec::as_slice);
            let mut found = unexpected(scenario, stage, outcomes);
            found.extend(stage.seen(scenario).await);
            wrong.extend(
                found
                    .into_iter()
                    .map(|what| format!("{} in {}: {what}", scenario.id, leg.name)),
            );
        }
        let (longest, id) = slowest(&outcomes);
        println!(
            "{:<14}{:.1} s, the longest {longest:.1} s ({id})",
            leg.name,
            began.elapsed().as_secs_f64()
        );
        played.push(outcomes);
    }
    let differences = table(&scenarios, legs, &played);
    for what in &wrong {
        println!("not as expected: {what}");
    }
    let mut languages: Vec<_> = legs.iter().map(|leg| leg.language).collect();
    languages.dedup();
    println!(
        "\n{} scenarios, {} languages, {differences} differences",
        scenarios.len(),
        languages.len()
    );
    match (differences, wrong.len()) {
        (0, 0) => Ok(()),
        (0, wrong) => Err(format!("{wrong} outcomes are not as expected").into()),
        _ => Err("the languages differ".into()),
    }
}

async fn set(scenarios: &[Scenario], addresses: &Addresses) -> Result<Arc<Vec<Stage>>, BoxError> {
    let mut stages = Vec::new();
    for scenario in scenarios {
        stages.push(Stage::set(scenario, addresses).await?);
    }
    Ok(Arc::new(stages))
}

async fn in_process(stages: &Arc<Vec<Stage>>) -> Result<Outcomes, BoxError> {
    let places = Arc::new(Semaphore::new(AT_ONCE));
    let mut playing = JoinSet::new();
    for number in 0..stages.len() {
        let (stages, places) = (stages.clone(), places.clone());
        playing.spawn(async move {
            let _place = places.acquire().await;
            let stage = &stages[number];
            let id = stage.plan["id"].as_str().unwrap_or_default().to_owned();
            (id, rust::play(stage).await)
        });
    }
    let mut outcomes = Outcomes::new();
    while let Some(played) = playing.join_next().await {
        outcomes.extend([played?]);
    }
    Ok(outcomes)
}

/// The scenario that took longest.
fn slowest(outcomes: &Outcomes) -> (f64, &str) {
    let seconds = |steps: &[Value]| -> f64 {
        let steps = steps.iter().filter_map(|step| step["seconds"].as_f64());
        steps.sum()
    };
    let times = outcomes
        .iter()
        .map(|(id, steps)| (seconds(steps), id.as_str()));
    times
        .max_by(|one, other| one.0.total_cmp(&other.0))
        .unwrap_or_default()
}

/// Return how outcomes differ from the expectations.
fn unexpected(scenario: &Scenario, stage: &Stage, outcomes: &[Value]) -> Vec<String> {
    if outcomes.len() != scenario.steps.len() {
        let steps = scenario.steps.len();
        return vec![format!("{} outcomes of {steps} steps", outcomes.len())];
    }
    let mut found = Vec::new();
    for (number, (step, outcome)) in scenario.steps.iter().zip(outcomes).enumerate() {
        let place = format!("step {}: ", number + 1);
        // Nothing is expected of a control.
        if !step.expect.is_null() {
            let unexpected = judge::unexpected(&stage.named(&step.expect), outcome);
            found.extend(unexpected.map(|what| format!("{place}{what}")));
        }
        let seconds = outcome["seconds"].as_f64().unwrap_or(f64::MAX);
        if let Some((least, most)) = step.seconds {
            if !(least..=most).contains(&seconds) {
                found.push(format!(
                    "{place}took {seconds:.3} s, not {least} to {most} s"
                ));
            }
        }
    }
    found
}

/// Print the outcome of each scenario, and count the differences from the first leg.
fn table(scenarios: &[Scenario], legs: &[Leg], played: &[Outcomes]) -> usize {
    let width = scenarios.iter().map(|it| it.id.len()).max().unwrap_or(0) + 2;
    print!("\n{:width$}", "scenario");
    let names: Vec<_> = legs.iter().map(|leg| leg.name).collect();
    println!("{:<44}{}", names[0], names[1..].join("  "));
    let mut differences = Vec::new();
    for scenario in scenarios {
        let of = |leg: &Outcomes| leg.get(&scenario.id).cloned().unwrap_or_default();
        let comparable = |outcomes: &[Value]| -> Value {
            let both = scenario.steps.iter().zip(outcomes);
            both.map(|(step, outcome)| judge::comparable(&step.expect, outcome))
                .collect()
        };
        let first = of(&played[0]);
        print!("{:width$}{:<44}", scenario.id, judge::in_words(&first));
        for (leg, outcomes) in legs.iter().zip(played).skip(1) {
            let (mut one, other) = (comparable(&first), comparable(&of(outcomes)));
            if leg.language == "python" {
                one = judge::in_python(&one);
            }
            let alike = judge::same(&one, &other);
            let cell = if alike { "same" } else { "DIFFERS" };
            print!("{cell:<width$}", width = leg.name.len() + 2);
            if !alike {
                let (id, name) = (&scenario.id, leg.name);
                differences.push(format!("{id}\n  Rust: {one}\n  {name}: {other}"));
            }
        }
        println!();
    }
    for difference in &differences {
        println!("different: {difference}");
    }
    differences.len()
}
