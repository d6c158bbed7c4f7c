//! Progress of jobs: bars on a terminal, a line for each new state elsewhere.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use console::Term;
use hundredms::jobs::Progress;
use indicatif::{MultiProgress, ProgressBar, ProgressDrawTarget, ProgressStyle};
use serde_json::Value;

use crate::output::{say, visible};

const BYTES: &str = "{prefix}  {bar:24} {bytes:>10} of {total_bytes}  {wide_msg}";
const COUNT: &str = "{prefix}  {bar:24} {pos} of {len}";
const STATE: &str = "{spinner} {prefix}  {wide_msg}";

/// Shows how far jobs are, on standard error.
#[derive(Debug)]
pub(crate) struct Bars {
    bars: MultiProgress,
    is_terminal: bool,
}

impl Bars {
    pub(crate) fn new(is_quiet: bool) -> Self {
        let is_terminal = Term::stderr().is_term() && !is_quiet;
        let target = if is_terminal {
            ProgressDrawTarget::stderr()
        } else {
            ProgressDrawTarget::hidden()
        };
        Self {
            bars: MultiProgress::with_draw_target(target),
            is_terminal,
        }
    }

    /// Return what shows the progress of one job.
    pub(crate) fn job(&self, label: &str) -> Progress {
        let label = visible(label);
        if !self.is_terminal {
            let last = Mutex::new(String::new());
            return Arc::new(move |seen| {
                let seen: Value = serde_json::from_str(&seen).unwrap_or_default();
                let Some(state) = seen["state"].as_str() else {
                    return;
                };
                let mut last = last.lock().unwrap_or_else(PoisonError::into_inner);
                if *last != state {
                    state.clone_into(&mut last);
                    say(&format!("{label}: {}", visible(state)));
                }
            });
        }
        let bar = self.bars.add(ProgressBar::new(0));
        bar.set_prefix(label);
        bar.set_style(shown_as(STATE));
        bar.enable_steady_tick(Duration::from_millis(100));
        let kind = Mutex::new(STATE);
        Arc::new(move |seen| {
            let seen: Value = serde_json::from_str(&seen).unwrap_or_default();
            let number = |name: &str| seen[name].as_u64();
            let mut kind = kind.lock().unwrap_or_else(PoisonError::into_inner);
            let mut become_ = |wanted: &'static str| {
                if *kind != wanted {
                    bar.set_style(shown_as(wanted));
                    *kind = wanted;
                }
            };
            if let Some(done) = number("bytes_done") {
                if let Some(total) = number("bytes_total") {
                    become_(BYTES);
                    bar.set_length(total);
                    bar.set_message(rate(&seen, done, total));
                }
                bar.set_position(done);
            } else if let Some(done) = number("done") {
                if let Some(total) = number("total") {
                    become_(COUNT);
                    bar.set_length(total);
                }
                bar.set_position(done);
            } else if let Some(state) = seen["state"].as_str() {
                let elapsed = seen["elapsed"].as_f64().unwrap_or_default();
                bar.set_message(format!("{} ({elapsed:.0} s)", visible(state)));
            }
        })
    }

    /// Remove the bars.
    pub(crate) fn clear(&self) {
        let _ = self.bars.clear();
    }
}

fn shown_as(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar())
}

/// Return bytes per second, the time left, and how many files are complete.
fn rate(seen: &Value, done: u64, total: u64) -> String {
    let rate = seen["rate"].as_f64().unwrap_or_default();
    let mut text = format!("{}/s", indicatif::HumanBytes(rate as u64));
    if rate > 0.0 {
        let left = Duration::from_secs_f64((total.saturating_sub(done) as f64 / rate).min(1e9));
        text.push_str(&format!("  {} left", indicatif::HumanDuration(left)));
    }
    if let (Some(files), Some(all)) = (seen["files_done"].as_u64(), seen["files_total"].as_u64()) {
        text.push_str(&format!("  {files} of {all} files"));
    }
    text
}
