//! How cost grows: with calls in flight, with the size of a page, with sandboxes, with what is in one; and memory over many calls.

use std::process::Stdio;

use serde::{Deserialize, Serialize};

use super::plan::{Language, Work};
use super::programs::Programs;
use super::spread::Spread;
use super::worker::{Span, Worker};
use crate::commands::Failure;

/// One line of a table: a size, and what it costs.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(super) struct Step {
    pub(super) size: u64,
    pub(super) cost: f64,
}

/// A table; `cost` of each step is per unit, so that it stays level where growth is linear.
#[derive(Debug, Deserialize, Serialize)]
pub(super) struct Growth {
    pub(super) what: String,
    pub(super) size: String,
    pub(super) cost: String,
    pub(super) steps: Vec<Step>,
}

impl Growth {
    /// How much more a unit costs at the largest size than at the usual one.
    pub(super) fn steepness(&self) -> f64 {
        let usual = Spread::of(self.steps.iter().map(|step| step.cost));
        match (self.steps.last(), usual) {
            (Some(last), Some(usual)) => last.cost / usual.median,
            _ => f64::NAN,
        }
    }
}

/// Resident memory of a fresh process.
#[derive(Debug, Serialize)]
pub(super) struct Memory {
    pub(super) language: &'static str,
    pub(super) client: &'static str,
    pub(super) calls: [u64; 2],
    pub(super) bytes: [f64; 2],
}

const IN_FLIGHT: [usize; 6] = [1, 4, 16, 64, 256, 1024];
const PAGES: [usize; 5] = [10, 30, 100, 300, 1000];

/// Growth with calls in flight and with the size of a page, of this package in `language`.
pub(super) fn calls(
    language: &Language,
    programs: &Programs,
    server: &str,
    seconds: f64,
) -> Result<Vec<Growth>, Failure> {
    let ours = &language.clients[0];
    let mut worker = Worker::start(&programs.worker(language.name), ours.word, server)?;
    let span = |seconds| Span {
        calls: None,
        seconds,
    };
    let work = |name, in_flight| Work {
        name,
        said: "growth",
        in_flight,
        both_cores: false,
    };
    worker.measure(work("room", 32), 1, span(seconds * 2.0))?;
    let mut in_flight = Vec::new();
    for size in IN_FLIGHT {
        worker.measure(work("room", size), 1, span(seconds / 4.0))?;
        let told = worker.measure(work("room", size), 1, span(seconds))?;
        in_flight.push(Step {
            size: size as u64,
            cost: told.cpu_per_call(),
        });
    }
    let mut pages = Vec::new();
    for size in PAGES {
        worker.measure(work("page", 8), size, span(seconds / 4.0))?;
        let told = worker.measure(work("page", 8), size, span(seconds))?;
        #[expect(clippy::cast_precision_loss, reason = "a page is small")]
        pages.push(Step {
            size: size as u64,
            cost: told.cpu_per_call() / size as f64,
        });
    }
    Ok(vec![
        Growth {
            what: format!("{}: GET of one room", language.name),
            size: "calls in flight".into(),
            cost: "CPU per call, us".into(),
            steps: in_flight,
        },
        Growth {
            what: format!("{}: a page", language.name),
            size: "rooms on the page".into(),
            cost: "CPU per room, us".into(),
            steps: pages,
        },
    ])
}

/// Growth of the sandbox, as the program `sandbox-growth` of tests/bench/core tells it.
pub(super) fn sandbox(programs: &Programs, quick: bool) -> Result<Vec<Growth>, Failure> {
    let output = programs
        .core("sandbox-growth")
        .args(quick.then_some("--quick"))
        .stderr(Stdio::inherit())
        .output()?;
    if !output.status.success() {
        return Err(format!("sandbox-growth ended with {}", output.status).into());
    }
    Ok(serde_json::from_slice(&output.stdout)?)
}

/// Resident memory after a thousand calls, and after many.
pub(super) fn memory(
    language: &'static Language,
    programs: &Programs,
    server: &str,
    many: u64,
) -> Result<Vec<Memory>, Failure> {
    let room = |client: &super::plan::Client| {
        client
            .works
            .iter()
            .copied()
            .find(|work| work.name == "room" && work.in_flight == 32)
    };
    let mut all = Vec::new();
    // This package, and the peer next to it.
    let two = language
        .clients
        .iter()
        .filter_map(|client| Some((client, room(client)?)));
    for (client, work) in two.take(2) {
        let mut worker = Worker::start(&programs.worker(language.name), client.word, server)?;
        let mut bytes = [0.0; 2];
        let calls = [1_000, many];
        let mut made = 0;
        for (index, until) in calls.into_iter().enumerate() {
            let span = Span {
                calls: Some(until - made),
                seconds: 600.0,
            };
            bytes[index] = worker.measure(work, 1, span)?.memory;
            made = until;
        }
        all.push(Memory {
            language: language.name,
            client: client.name,
            calls,
            bytes,
        });
    }
    Ok(all)
}
