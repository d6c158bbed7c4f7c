//! How cost grows with calls in flight, with the page size, with the number of sandboxes and their contents; and how memory grows
//! over many calls.

use std::process::Stdio;

use serde::{Deserialize, Serialize};

use super::effort::Effort;
use super::plan::{LARGER, Language, SLACK, Work};
use super::programs::Programs;
use super::worker::{Span, Worker};
use crate::shell::BoxError;

/// One line of a table: a size, and what it costs.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(super) struct Step {
    pub(super) size: u64,
    pub(super) cost: f64,
}

/// A table. The `cost` of each step is per unit or per call. It is constant if the total grows linearly, or if the size does not
/// affect a call.
#[derive(Debug, Deserialize, Serialize)]
pub(super) struct Growth {
    pub(super) what: String,
    pub(super) size: String,
    pub(super) cost: String,
    pub(super) steps: Vec<Step>,
}

impl Growth {
    /// The largest ratio of a unit's cost to its cost at the best smaller size. Fixed costs make the small sizes expensive, and
    /// hide nothing.
    pub(super) fn steepness(&self) -> Option<f64> {
        let (first, larger) = self.steps.split_first()?;
        let mut best = first.cost;
        let times = larger.iter().map(|step| {
            let times = step.cost / best;
            best = best.min(step.cost);
            times
        });
        times.reduce(f64::max)
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

impl Memory {
    /// The limit after many calls.
    pub(super) fn most(&self) -> f64 {
        self.bytes[0] * LARGER + SLACK
    }
}

const IN_FLIGHT: [usize; 6] = [1, 4, 16, 64, 256, 1024];
const PAGES: [usize; 5] = [10, 30, 100, 300, 1000];
/// Spans at each size, of which the smallest counts, because disturbances only add time.
const SPANS: usize = 5;

/// Growth with calls in flight and with the size of a page, of this package in `language`.
pub(super) fn calls(
    language: &Language,
    programs: &Programs,
    server: &str,
    effort: Effort,
) -> Result<Vec<Growth>, BoxError> {
    let mut worker = Worker::start(programs, &language.clients[0], server)?;
    let seconds = effort.growth_seconds;
    let mut cost = |name, in_flight, count| -> Result<f64, BoxError> {
        let work = Work {
            name,
            description: "growth",
            in_flight,
            both_cores: false,
        };
        let mut measure = |seconds| {
            let span = Span {
                calls: None,
                seconds,
            };
            Ok::<_, BoxError>(worker.measure(work, count, span)?.cpu_per_call())
        };
        measure(seconds / 4.0)?;
        let mut least = f64::INFINITY;
        for _ in 0..SPANS {
            least = measure(seconds)?.min(least);
        }
        Ok(least)
    };
    // Warms up.
    cost("room", 32, 1)?;
    let mut in_flight = Vec::new();
    for size in IN_FLIGHT {
        in_flight.push(Step {
            size: size as u64,
            cost: cost("room", size, 1)?,
        });
    }
    let mut pages = Vec::new();
    for size in PAGES {
        #[expect(clippy::cast_precision_loss, reason = "a page is small")]
        pages.push(Step {
            size: size as u64,
            cost: cost("page", 8, size)? / size as f64,
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

/// Growth of the sandbox, as reported by the program `sandbox-growth` of tests/bench/core. On one core, because a call costs
/// several times more or less depending on whether client and sandbox share a core.
pub(super) fn sandbox(programs: &Programs, effort: Effort) -> Result<Vec<Growth>, BoxError> {
    let output = programs
        .cores
        .client(&programs.core("sandbox-growth"))
        .args(effort.quick.then_some("--quick"))
        .stderr(Stdio::inherit())
        .output()?;
    if !output.status.success() {
        return Err(format!("sandbox-growth ended with {}", output.status).into());
    }
    Ok(serde_json::from_slice(&output.stdout)?)
}

/// Resident memory after few calls, and after many.
pub(super) fn memory(
    language: &'static Language,
    programs: &Programs,
    server: &str,
    effort: Effort,
) -> Result<Vec<Memory>, BoxError> {
    let mut all = Vec::new();
    for &(name, work) in language.memory {
        let client = language.client(name).ok_or(name)?;
        let mut worker = Worker::start(programs, client, server)?;
        let mut bytes = [0.0; 2];
        let mut made = 0;
        for (bytes, until) in bytes.iter_mut().zip(effort.memory_calls) {
            let calls = until - made;
            let span = Span {
                calls: Some(calls),
                seconds: 600.0,
            };
            let measured = worker.measure(work, 1, span)?;
            #[expect(clippy::cast_precision_loss, reason = "a few thousand")]
            if measured.calls < calls as f64 {
                let made = measured.calls;
                return Err(format!("memory: {name} made {made} of {calls} calls in time").into());
            }
            *bytes = measured.memory;
            made = until;
        }
        all.push(Memory {
            language: language.name,
            client: client.name,
            calls: effort.memory_calls,
            bytes,
        });
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::super::plan::STEEPEST;
    use super::{Growth, Memory, Step};

    /// The steepness if `size` units cost `total`.
    fn steepness(total: impl Fn(f64) -> f64) -> f64 {
        let growth = Growth {
            what: String::new(),
            size: String::new(),
            cost: String::new(),
            steps: [1_u32, 10, 100, 1000]
                .into_iter()
                .map(|size| Step {
                    size: size.into(),
                    cost: total(size.into()) / f64::from(size),
                })
                .collect(),
        };
        growth.steepness().expect("steps")
    }

    #[test]
    fn linear_growth_passes_and_quadratic_growth_does_not_whatever_the_fixed_cost() {
        assert!(steepness(|size| 3.0 * size) <= STEEPEST);
        assert!(steepness(|size| 50.0 + 3.0 * size) <= STEEPEST);
        assert!(steepness(|size| size * size) > STEEPEST);
        assert!(steepness(|size| 50.0 + size + size * size / 100.0) > STEEPEST);
    }

    #[test]
    fn a_size_in_the_middle_that_costs_more_does_not_pass() {
        let costly = 50.0..500.0;
        let each = |size| if costly.contains(&size) { 3.0 } else { 1.0 };
        assert!(steepness(|size| each(size) * size) > STEEPEST);
    }

    #[test]
    fn a_process_that_keeps_something_of_each_call_is_too_large() {
        let after = |bytes| Memory {
            language: "",
            client: "",
            calls: [1_000, 100_000],
            bytes: [60e6, bytes],
        };
        assert!(after(68e6).bytes[1] <= after(68e6).most());
        assert!(after(60e6 + 100_000.0 * 256.0).bytes[1] > after(0.0).most());
    }
}
