//! Progress of jobs: bars on a terminal, a line for each new state elsewhere.

use std::fmt::Write as _;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use console::Term;
use hundredms::jobs::Progress;
use indicatif::{MultiProgress, ProgressBar, ProgressDrawTarget, ProgressStyle};
use serde_json::Value;

use crate::output::say;
use crate::visible::visible;

const BYTES: &str = "{prefix}  {bar:24} {bytes:>10} of {total_bytes}  {wide_msg}";
const COUNT: &str = "{prefix}  {bar:24} {pos} of {len}";
/// A job that is done within this time shows nothing.
const DELAY: Duration = Duration::from_millis(150);

const STATE: &str = "{spinner} {prefix}  {wide_msg}";

/// Shows how far jobs are, on standard error.
#[derive(Debug)]
pub(crate) enum Bars {
    /// On a terminal.
    Drawn(MultiProgress),
    /// A line for each new state.
    Lines,
    /// Nothing, for `--quiet`.
    Hidden,
}

impl Bars {
    pub(crate) fn new(is_quiet: bool) -> Self {
        if is_quiet {
            Self::Hidden
        } else if Term::stderr().is_term() {
            let target = ProgressDrawTarget::stderr();
            Self::Drawn(MultiProgress::with_draw_target(target))
        } else {
            Self::Lines
        }
    }

    /// Return what shows the progress of one job.
    pub(crate) fn job(&self, label: &str) -> Progress {
        let label = visible(label);
        let bars = match self {
            Self::Drawn(bars) => bars.clone(),
            Self::Lines => return state_lines(label),
            Self::Hidden => return Arc::new(|_| {}),
        };
        let shown = Mutex::new(Shown {
            bars,
            label,
            started: Instant::now(),
            bar: None,
        });
        Arc::new(move |seen| {
            let seen: Value = serde_json::from_str(&seen).unwrap_or_default();
            let mut shown = shown.lock().unwrap_or_else(PoisonError::into_inner);
            shown.update(&seen);
        })
    }

    /// Remove the bars.
    pub(crate) fn clear(&self) {
        if let Self::Drawn(bars) = self {
            let _ = bars.clear();
        }
    }
}

/// Print a line for each new state of a job.
fn state_lines(label: String) -> Progress {
    let last = Mutex::new(String::new());
    Arc::new(move |seen| {
        let seen: Value = serde_json::from_str(&seen).unwrap_or_default();
        let Some(state) = seen["state"].as_str() else {
            return;
        };
        let mut last = last.lock().unwrap_or_else(PoisonError::into_inner);
        if *last != state {
            state.clone_into(&mut last);
            say(&format!("{label}: {}", visible(state)));
        }
    })
}

/// The bar of one job. It is not shown for a job that is done at once.
struct Shown {
    bars: MultiProgress,
    label: String,
    started: Instant,
    /// The bar, with what it shows.
    bar: Option<(ProgressBar, &'static str)>,
}

impl Shown {
    fn update(&mut self, seen: &Value) {
        if self.bar.is_none() && self.started.elapsed() < DELAY {
            return;
        }
        let number = |name: &str| seen[name].as_u64();
        if let (Some(done), Some(total)) = (number("bytes_done"), number("bytes_total")) {
            let message = rate(seen, done, total);
            let bar = self.bar(BYTES);
            bar.set_length(total);
            bar.set_position(done);
            bar.set_message(message);
        } else if let (Some(done), Some(total)) = (number("done"), number("total")) {
            let bar = self.bar(COUNT);
            bar.set_length(total);
            bar.set_position(done);
        } else if let Some(state) = seen["state"].as_str() {
            let elapsed = seen["elapsed"].as_f64().unwrap_or_default();
            let message = format!("{} ({elapsed:.0} s)", visible(state));
            self.bar(STATE).set_message(message);
        } else {
            self.bar(STATE);
        }
    }

    /// Return the bar, shown like this.
    fn bar(&mut self, kind: &'static str) -> &ProgressBar {
        let (bars, label) = (&self.bars, &self.label);
        let (bar, shown) = self.bar.get_or_insert_with(|| {
            let bar = ProgressBar::new(0)
                .with_style(shown_as(kind))
                .with_prefix(label.clone());
            let bar = bars.add(bar);
            bar.enable_steady_tick(Duration::from_millis(100));
            (bar, kind)
        });
        if *shown != kind {
            bar.set_style(shown_as(kind));
            *shown = kind;
        }
        bar
    }
}

fn shown_as(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar())
}

/// Return bytes per second, the time left, and how many files are complete.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a rate is positive, and its fraction is not shown"
)]
fn rate(seen: &Value, done: u64, total: u64) -> String {
    let rate = seen["rate"].as_f64().unwrap_or_default().max(0.0) as u64;
    let mut text = format!("{}/s", indicatif::HumanBytes(rate));
    if let Some(seconds) = total.saturating_sub(done).checked_div(rate) {
        let left = indicatif::HumanDuration(Duration::from_secs(seconds));
        let _ = write!(text, "  {left} left");
    }
    if let (Some(files), Some(all)) = (seen["files_done"].as_u64(), seen["files_total"].as_u64()) {
        let _ = write!(text, "  {files} of {all} files");
    }
    text
}
