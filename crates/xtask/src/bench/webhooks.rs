//! Webhooks received per second, as the programs of tests/bench report it: each compared with a handwritten handler, in one run.

use std::process::Stdio;

use serde::{Deserialize, Serialize};

use super::effort::Effort;
use super::plan::WEBHOOKS;
use super::programs::Programs;
use super::spread::Spread;
use crate::shell::BoxError;

/// What a program tells.
#[derive(Deserialize, Serialize)]
pub(super) struct Told {
    /// How many types of events there were, and bytes of one on average.
    pub(super) types: usize,
    pub(super) bytes: usize,
    /// The variant that verifies, parses, routes, and handles once.
    pub(super) handled: String,
    /// The handwritten handler that the others are compared with.
    pub(super) by_hand: String,
    pub(super) ways: Vec<Way>,
}

/// A variant of receiving events: events per second, round by round.
#[derive(Deserialize, Serialize)]
pub(super) struct Way {
    pub(super) name: String,
    pub(super) rates: Vec<f64>,
}

/// The measurement in a language, and its bar.
#[derive(Serialize)]
pub(super) struct Webhooks {
    pub(super) language: &'static str,
    pub(super) least: f64,
    #[serde(flatten)]
    pub(super) told: Told,
}

impl Webhooks {
    /// How many are handled, each once.
    pub(super) fn handled(&self) -> Result<Spread, BoxError> {
        let rates = self.rates(&self.told.handled)?;
        Ok(Spread::of(rates.iter().copied()).ok_or("no rounds")?)
    }

    /// How many times more than by hand.
    pub(super) fn times(&self, way: &Way) -> Result<Spread, BoxError> {
        let by_hand = self.rates(&self.told.by_hand)?;
        Ok(Spread::of_ratios(&way.rates, by_hand).ok_or("no rounds")?)
    }

    fn rates(&self, name: &str) -> Result<&[f64], BoxError> {
        let way = self.told.ways.iter().find(|way| way.name == name);
        Ok(&way.ok_or_else(|| format!("{name} was not measured"))?.rates)
    }
}

/// Run the programs of all languages on one core.
pub(super) fn measure(programs: &Programs, effort: Effort) -> Result<Vec<Webhooks>, BoxError> {
    let each = WEBHOOKS.iter().map(|&(language, program, least)| {
        let output = programs
            .cores
            .client(&programs.webhooks(program))
            .arg("--json")
            .args(["--rounds", &effort.webhook_rounds.to_string()])
            .args(["--seconds", &effort.webhook_seconds.to_string()])
            .stderr(Stdio::inherit())
            .output()?;
        if !output.status.success() {
            let status = output.status;
            return Err(format!("the webhooks of {language} ended with {status}").into());
        }
        let told = serde_json::from_slice(&output.stdout)
            .map_err(|error| format!("the webhooks of {language} gave no figures: {error}"))?;
        Ok(Webhooks {
            language,
            least,
            told,
        })
    });
    each.collect()
}
