//! The results of a run, and whether the bars are cleared.

use serde::Serialize;
use serde_json::{Value, json};

use super::effort::Effort;
use super::growth::{Growth, Memory};
use super::machine::Machine;
use super::plan::{LIMIT, Language, Measure};
use super::rounds::{self, Series};
use super::spread::Spread;
use super::start_up::{Load, Size};
use super::verdict::{self, Verdict};
use super::webhooks::Webhooks;
use super::worker::Measurement;
use crate::shell::BoxError;

/// All measurements.
pub(super) struct Report {
    pub(super) effort: Effort,
    /// Duration of the measurement in seconds.
    pub(super) took: f64,
    pub(super) machine: Machine,
    pub(super) languages: Vec<(&'static Language, Vec<Series>)>,
    pub(super) loads: Vec<Load>,
    pub(super) sizes: Vec<Size>,
    pub(super) memory: Vec<Memory>,
    pub(super) growth: Vec<Growth>,
    pub(super) webhooks: Vec<Webhooks>,
}

/// One client at one work.
#[derive(Serialize)]
pub(super) struct Row {
    pub(super) work: &'static str,
    pub(super) client: &'static str,
    pub(super) warm_up_calls: f64,
    pub(super) calls_per_second: Spread,
    /// Of the process, in microseconds.
    pub(super) cpu_per_call: Spread,
    pub(super) main_thread_per_call: Spread,
    /// Our client that it is compared with, and the ratio of their numbers of calls.
    pub(super) against: Option<&'static str>,
    pub(super) times: Option<Spread>,
    rounds: Vec<Measurement>,
}

/// The distance of our client from the upper limit.
#[derive(Serialize)]
pub(super) struct Distance {
    pub(super) language: &'static str,
    pub(super) client: &'static str,
    pub(super) work: &'static str,
    /// Its calls per second as a part of those of the limit, and its CPU per call as a multiple of the limit's.
    pub(super) calls_per_second: Spread,
    pub(super) cpu_per_call: Spread,
}

impl Report {
    pub(super) fn figures(&self, verdicts: &[Verdict]) -> Result<Value, BoxError> {
        let mut calls = Vec::new();
        for (language, series) in &self.languages {
            calls.push(json!({"language": language.name, "rows": rows(series)?}));
        }
        let versions = self.machine.versions.iter().cloned();
        Ok(json!({
            "machine": self.machine.hardware,
            "versions": versions.collect::<std::collections::BTreeMap<_, _>>(),
            "quick": self.effort.quick,
            "seconds": self.took,
            "verdicts": verdicts,
            "limit": {"client": LIMIT, "distances": self.distances()},
            "calls": calls,
            "webhooks": self.webhooks,
            "loads": self.loads,
            "sizes": self.sizes,
            "memory": self.memory,
            "growth": self.growth,
        }))
    }

    pub(super) fn verdicts(&self) -> Result<Vec<Verdict>, BoxError> {
        let mut verdicts = Vec::new();
        for (language, series) in &self.languages {
            verdicts.extend(verdict::calls(language, series)?);
        }
        for webhooks in &self.webhooks {
            verdicts.push(verdict::webhooks(webhooks)?);
        }
        verdicts.extend(self.loads.iter().map(verdict::load));
        verdicts.extend(self.sizes.iter().map(verdict::size));
        verdicts.extend(self.memory.iter().map(verdict::memory));
        for growth in &self.growth {
            verdicts.push(verdict::growth(growth)?);
        }
        Ok(verdicts)
    }

    /// Of all our clients that decode, at the work of the limit.
    pub(super) fn distances(&self) -> Vec<Distance> {
        let mut distances = Vec::new();
        for (language, all) in &self.languages {
            let compared = |one: &&Series| one.client.is_ours() && one.client.decodes;
            for one in all.iter().filter(compared) {
                let Some(limit) = rounds::limit(all, one) else {
                    continue;
                };
                let ratio = |measure| rounds::ratio(one, limit, measure);
                let cpu = Spread::of_ratios(
                    &one.of(Measurement::cpu_per_call),
                    &limit.of(Measurement::cpu_per_call),
                );
                if let (Some(calls_per_second), Some(cpu_per_call)) = (ratio(Measure::Rate), cpu) {
                    distances.push(Distance {
                        language: language.name,
                        client: one.client.name,
                        work: one.work.description,
                        calls_per_second,
                        cpu_per_call,
                    });
                }
            }
        }
        distances
    }
}

/// A row for each client and work.
pub(super) fn rows(all: &[Series]) -> Result<Vec<Row>, BoxError> {
    let row = |one: &Series| {
        let against = rounds::against(all, one);
        Some(Row {
            work: one.work.description,
            client: one.client.name,
            warm_up_calls: one.warm_up_calls,
            calls_per_second: Spread::of(one.of(Measurement::rate))?,
            cpu_per_call: Spread::of(one.of(Measurement::cpu_per_call))?,
            main_thread_per_call: Spread::of(one.of(Measurement::main_per_call))?,
            against: against.map(|ours| ours.client.name),
            times: against.and_then(|ours| rounds::ratio(ours, one, Measure::Rate)),
            rounds: one.rounds.clone(),
        })
    };
    let rows: Option<Vec<Row>> = all.iter().map(row).collect();
    Ok(rows.ok_or("there were no rounds")?)
}
