//! The bars, each with the figure that clears or misses it.

use serde::Serialize;

use super::growth::{Growth, Memory};
use super::plan::{LARGER, Language, Measure, SLACK, STEEPEST};
use super::rounds::{self, Series};
use super::spread::{Spread, grouped};
use super::start_up::{Load, Size};
use super::webhooks::Webhooks;
use crate::shell::BoxError;

/// A bar, and whether it was cleared.
#[derive(Serialize)]
pub(super) struct Verdict {
    pub(super) bar: String,
    #[serde(flatten)]
    pub(super) figure: Spread,
    pub(super) unit: &'static str,
    pub(super) cleared: bool,
}

impl Verdict {
    /// The figure with its unit.
    pub(super) fn shown(&self) -> String {
        let unit = self.unit;
        let figure = match unit {
            "bytes" | "/s" => self.figure.shown(grouped),
            _ => self.figure.shown(|figure| format!("{figure:.2}")),
        };
        format!("{figure} {unit}")
    }

    pub(super) fn word(&self) -> &'static str {
        if self.cleared {
            "cleared"
        } else {
            "**missed**"
        }
    }
}

/// Compare the figures of a language with its bars.
pub(super) fn calls(language: &Language, series: &[Series]) -> Result<Vec<Verdict>, BoxError> {
    let verdicts = language.bars.iter().map(|bar| {
        let what = match bar.measure {
            Measure::Rate => "calls/s",
            Measure::Cpu => "CPU per call",
            Measure::Main => "main thread per call",
        };
        let text = format!(
            "{}, {}, {what}: {} against {}, at least {:.2} times as good",
            language.name, bar.work.description, bar.ours, bar.theirs, bar.least
        );
        let figure = rounds::cleared(bar, series).ok_or_else(|| format!("not measured: {text}"))?;
        Ok(Verdict {
            bar: text,
            figure,
            unit: "times",
            cleared: figure.median >= bar.least,
        })
    });
    verdicts.collect()
}

pub(super) fn load(load: &Load) -> Verdict {
    let (what, bar) = (load.what, load.bar);
    Verdict {
        bar: format!("{what}, at most {bar} ms over the bare interpreter"),
        figure: load.over,
        unit: "ms",
        cleared: load.over.median <= bar,
    }
}

pub(super) fn size(size: &Size) -> Verdict {
    Verdict {
        bar: format!("{}, at most {} bytes", size.what, grouped(size.bar)),
        figure: Spread::one(size.bytes),
        unit: "bytes",
        cleared: size.bytes <= size.bar,
    }
}

pub(super) fn webhooks(webhooks: &Webhooks) -> Result<Verdict, BoxError> {
    let figure = webhooks.handled()?;
    Ok(Verdict {
        bar: format!(
            "{}, webhooks verified, parsed, routed and handled once, at least {}/s on one core",
            webhooks.language,
            grouped(webhooks.least)
        ),
        figure,
        unit: "/s",
        cleared: figure.median >= webhooks.least,
    })
}

pub(super) fn growth(growth: &Growth) -> Result<Verdict, BoxError> {
    let steepness = growth.steepness().ok_or("a table of growth is empty")?;
    Ok(Verdict {
        bar: format!(
            "{} by {}, a unit at every size costs at most {STEEPEST} times what it costs at the best smaller size",
            growth.what, growth.size
        ),
        figure: Spread::one(steepness),
        unit: "times",
        cleared: steepness <= STEEPEST,
    })
}

pub(super) fn memory(memory: &Memory) -> Verdict {
    Verdict {
        bar: format!(
            "{}: {}, memory after {} calls at most {LARGER} times that after {}, and {} MB",
            memory.language,
            memory.client,
            memory.calls[1],
            memory.calls[0],
            SLACK / 1e6
        ),
        figure: Spread::one(memory.bytes[1] / memory.bytes[0]),
        unit: "times",
        cleared: memory.bytes[1] <= memory.most(),
    }
}
