//! Webhooks received per second, as the programs of tests/bench report it: each compared with a handwritten handler, in one run.

use std::process::Stdio;

use serde::{Deserialize, Serialize};

use super::effort::Effort;
use super::plan::WEBHOOKS;
use super::programs::Programs;
use super::spread::Spread;
use crate::shell::BoxError;

/// The output of a program.
#[derive(Deserialize, Serialize)]
pub(super) struct WebhookReport {
    /// Number of event types, and the average size of an event in bytes.
    pub(super) types: usize,
    pub(super) bytes: usize,
    /// The variant that verifies, parses, routes, and handles once.
    pub(super) handled: String,
    /// The handwritten handler that the others are compared with.
    pub(super) by_hand: String,
    pub(super) variants: Vec<Variant>,
}

/// A variant of receiving events: events per second, round by round.
#[derive(Deserialize, Serialize)]
pub(super) struct Variant {
    pub(super) name: String,
    pub(super) rates: Vec<f64>,
}

/// The measurement in a language, and its bar.
#[derive(Serialize)]
pub(super) struct Webhooks {
    pub(super) language: &'static str,
    pub(super) least: f64,
    #[serde(flatten)]
    pub(super) report: WebhookReport,
}

impl Webhooks {
    /// Events per second that are handled once.
    pub(super) fn handled(&self) -> Result<Spread, BoxError> {
        let rates = self.rates(&self.report.handled)?;
        Ok(Spread::of(rates.iter().copied()).ok_or("no rounds")?)
    }

    /// The ratio to the handwritten handler.
    pub(super) fn times(&self, variant: &Variant) -> Result<Spread, BoxError> {
        let by_hand = self.rates(&self.report.by_hand)?;
        Ok(Spread::of_ratios(&variant.rates, by_hand).ok_or("no rounds")?)
    }

    fn rates(&self, name: &str) -> Result<&[f64], BoxError> {
        let variant = self
            .report
            .variants
            .iter()
            .find(|variant| variant.name == name);
        Ok(&variant
            .ok_or_else(|| format!("{name} was not measured"))?
            .rates)
    }
}

/// Run the programs of all languages on one core.
pub(super) fn measure(programs: &Programs, effort: Effort) -> Result<Vec<Webhooks>, BoxError> {
    let each = WEBHOOKS.iter().map(|&(language, program, least)| {
        let output = programs
            .cores
            .client(&programs.webhooks(program))
            .args(["--rounds", &effort.webhook_rounds.to_string()])
            .args(["--seconds", &effort.webhook_seconds.to_string()])
            .stderr(Stdio::inherit())
            .output()?;
        if !output.status.success() {
            let status = output.status;
            return Err(format!("the webhooks of {language} ended with {status}").into());
        }
        let report = serde_json::from_slice(&output.stdout)
            .map_err(|error| format!("the webhooks of {language} returned no figures: {error}"))?;
        Ok(Webhooks {
            language,
            least,
            report,
        })
    });
    each.collect()
}
