//! What a run gave: `target/bench.json`, `docs/benchmarks.md` with its charts, and whether the bars are cleared.

use std::fmt::Write as _;
use std::path::Path;

use serde_json::json;

use super::chart::{self, Group, grouped};
use super::growth::{Growth, Memory};
use super::machine;
use super::plan::{LANGUAGES, Language, Measure};
use super::rounds::{self, Effort, Series};
use super::spread::Spread;
use super::start_up::{Load, Size};
use super::webhooks::Webhooks;
use crate::commands::{Failure, root, target};

/// All that was measured.
pub(super) struct Report {
    pub(super) quick: bool,
    pub(super) effort: Effort,
    pub(super) languages: Vec<(&'static Language, Vec<Series>)>,
    pub(super) loads: Vec<Load>,
    pub(super) sizes: Vec<Size>,
    pub(super) memory: Vec<Memory>,
    pub(super) growth: Vec<Growth>,
    pub(super) webhooks: Vec<Webhooks>,
}

/// A bar and how it was cleared.
struct Verdict {
    said: String,
    figure: String,
    cleared: bool,
}

impl Report {
    /// Write everything down; gives how many bars were missed.
    pub(super) fn write(&self) -> Result<usize, Failure> {
        std::fs::write(
            target().join("bench.json"),
            serde_json::to_string_pretty(&self.figures())?,
        )?;
        let docs = root().join("docs");
        for (language, series) in &self.languages {
            let title = format!("{}: calls per second on one core", language.name);
            let name = format!("benchmark-{}.svg", language.name.to_lowercase());
            std::fs::write(docs.join(name), chart::draw(&title, &groups(series)))?;
        }
        let verdicts = self.verdicts();
        std::fs::write(docs.join("benchmarks.md"), self.page(&verdicts))?;
        for verdict in &verdicts {
            let word = if verdict.cleared {
                "cleared"
            } else {
                "MISSED "
            };
            println!("{word}  {}: {}", verdict.said, verdict.figure);
        }
        Ok(verdicts.iter().filter(|verdict| !verdict.cleared).count())
    }

    fn figures(&self) -> serde_json::Value {
        let series = self.languages.iter().flat_map(|(language, all)| {
            all.iter().map(|series| {
                json!({
                    "language": language.name,
                    "client": series.client,
                    "work": series.work.said,
                    "rounds": series.rounds,
                })
            })
        });
        json!({
            "machine": machine::described(),
            "quick": self.quick,
            "calls": series.collect::<Vec<_>>(),
            "loads": self.loads,
            "sizes": self.sizes,
            "memory": self.memory,
            "growth": self.growth,
            "webhooks": self.webhooks,
        })
    }

    fn verdicts(&self) -> Vec<Verdict> {
        let mut verdicts = Vec::new();
        for (language, series) in &self.languages {
            for bar in language.bars {
                let ratio = rounds::cleared(bar, series);
                let what = match bar.measure {
                    Measure::Rate => "calls/s",
                    Measure::Cpu => "CPU per call",
                    Measure::Main => "main thread per call",
                };
                verdicts.push(Verdict {
                    said: format!(
                        "{}, {}, {what}: {} against {}, at least {:.2} times as good",
                        language.name, bar.work.said, bar.ours, bar.theirs, bar.least
                    ),
                    figure: ratio.map_or_else(|| "not measured".into(), shown),
                    cleared: ratio.is_some_and(|ratio| ratio.median >= bar.least),
                });
            }
        }
        for load in &self.loads {
            let Some(bar) = load.bar else { continue };
            verdicts.push(Verdict {
                said: format!("{}, at most {bar} ms over the bare interpreter", load.what),
                figure: format!("{} ms", shown(load.over)),
                cleared: load.over.median <= bar,
            });
        }
        for size in &self.sizes {
            verdicts.push(Verdict {
                said: format!("{}, at most {} bytes", size.what, size.bar),
                figure: format!("{} bytes", size.bytes),
                cleared: size.bytes <= size.bar,
            });
        }
        for webhooks in &self.webhooks {
            verdicts.push(Verdict {
                said: format!(
                    "{}, webhooks verified, parsed and routed, at least {}/s on one core",
                    webhooks.language, webhooks.least
                ),
                figure: "see Webhooks".into(),
                cleared: webhooks.cleared,
            });
        }
        for growth in &self.growth {
            let steepness = growth.steepness();
            verdicts.push(Verdict {
                said: format!(
                    "{} by {}, a unit at most 2 times dearer at the most than at the median size",
                    growth.what, growth.size
                ),
                figure: format!("{steepness:.2}"),
                cleared: steepness <= 2.0,
            });
        }
        verdicts
    }

    fn page(&self, verdicts: &[Verdict]) -> String {
        let mut page = String::from(
            "# Benchmarks\n\nWritten by `cargo xtask bench`; every figure is of one run on one machine. Which changes they are \
             owed to, and what is left: [performance.md](performance.md).\n\n## Method\n\n",
        );
        let _ = writeln!(
            page,
            "A server with fixed answers runs on one core, the client on the other (\"not pinned\": on both). Each client is a \
             process of its own, warmed up, and takes its turn of {} s in {} interleaved rounds; a figure is the median of the \
             rounds, a ratio is taken round by round. Page: 100 rooms, 62 KB. Clients parse into what they give their users: \
             hundredms into typed models, the peers into whatever `json()` gives; in Rust, into the same structs. CPU is that of \
             the whole process, the main thread the one that the event loop runs on.\n\n{}\n",
            self.effort.seconds,
            self.effort.rounds,
            machine::described(),
        );
        page.push_str("## Bars\n\n| bar | least, median, most | |\n| --- | --- | --- |\n");
        for verdict in verdicts {
            let word = if verdict.cleared {
                "cleared"
            } else {
                "**missed**"
            };
            let _ = writeln!(page, "| {} | {} | {word} |", verdict.said, verdict.figure);
        }
        for (language, series) in &self.languages {
            self.language(&mut page, language, series);
        }
        page.push_str("\n## Webhooks\n");
        for webhooks in &self.webhooks {
            let _ = write!(
                page,
                "\n**{}**\n\n```\n{}\n```\n",
                webhooks.language, webhooks.said
            );
        }
        page.push_str("\n## Loading\n\n| what | ms over the bare interpreter: least, median, most |\n| --- | --- |\n");
        for load in &self.loads {
            let _ = writeln!(page, "| `{}` | {} |", load.what, shown(load.over));
        }
        page.push_str("\n## Size\n\n| package | bytes |\n| --- | --- |\n");
        for size in &self.sizes {
            #[expect(clippy::cast_precision_loss, reason = "a few million")]
            let bytes = grouped(size.bytes as f64);
            let _ = writeln!(page, "| {} | {bytes} |", size.what);
        }
        page.push_str("\n## Memory\n\nResident, of a fresh process.\n\n| client | after | MB | after | MB |\n| --- | --- | --- | --- | --- |\n");
        for memory in &self.memory {
            let _ = writeln!(
                page,
                "| {}: {} | {} calls | {:.1} | {} calls | {:.1} |",
                memory.language,
                memory.client,
                memory.calls[0],
                memory.bytes[0] / 1e6,
                memory.calls[1],
                memory.bytes[1] / 1e6
            );
        }
        page.push_str("\n## Growth\n\nThe cost of a unit; level means linear.\n");
        for growth in &self.growth {
            let _ = write!(page, "\n**{}**\n\n| {} |", growth.what, growth.size);
            for step in &growth.steps {
                let _ = write!(page, " {} |", step.size);
            }
            page.push_str("\n| --- |");
            page.push_str(&" --- |".repeat(growth.steps.len()));
            let _ = write!(page, "\n| {} |", growth.cost);
            for step in &growth.steps {
                let _ = write!(page, " {:.2} |", step.cost);
            }
            page.push('\n');
        }
        page
    }

    fn language(&self, page: &mut String, language: &Language, series: &[Series]) {
        let _ = write!(
            page,
            "\n## {0}\n\n![Calls per second in {0}](benchmark-{1}.svg)\n\n| work | client | calls/s | CPU us/call | main thread us/call | hundredms is so many times faster |\n| --- | --- | --- | --- | --- | --- |\n",
            language.name,
            language.name.to_lowercase()
        );
        let mut ours: Option<&Series> = None;
        for one in series {
            // Peers are compared with the client of ours that is told before them: the async ones, the blocking ones.
            if one.client.starts_with("hundredms") || ours.is_none_or(|ours| ours.work != one.work)
            {
                ours = Some(one);
            }
            let median = |figure: fn(&super::worker::Told) -> f64| {
                Spread::of(one.rounds.iter().map(figure)).map_or(f64::NAN, |spread| spread.median)
            };
            let ratio = ours
                .filter(|ours| ours.client != one.client)
                .and_then(|ours| rounds::ratio(ours, one, Measure::Rate));
            let _ = writeln!(
                page,
                "| {} | {} | {} | {:.1} | {:.1} | {} |",
                one.work.said,
                one.client,
                grouped(median(super::worker::Told::rate)),
                median(super::worker::Told::cpu_per_call),
                median(super::worker::Told::main_per_call),
                ratio.map_or_else(String::new, shown),
            );
        }
        let limit = self.limit(series);
        if !limit.is_empty() {
            let _ = writeln!(
                page,
                "\nDistance to the limit (hyper + serde_json in Rust, same run): {limit}."
            );
        }
    }

    /// How far the first client lies from hyper in Rust.
    fn limit(&self, series: &[Series]) -> String {
        let Some((_, rust)) = self
            .languages
            .iter()
            .find(|(one, _)| one.name == LANGUAGES[0].name)
        else {
            return String::new();
        };
        let said = rust
            .iter()
            .filter(|limit| limit.client.starts_with("hyper") && limit.work.in_flight == 32)
            .filter_map(|limit| {
                let ours = series.iter().find(|one| one.work == limit.work)?;
                let ratio = rounds::ratio(ours, limit, Measure::Rate)?;
                Some(format!(
                    "{} {:.2} of its calls/s",
                    limit.work.said, ratio.median
                ))
            });
        said.collect::<Vec<_>>().join("; ")
    }
}

/// The works of the chart, with the clients that do them.
fn groups(series: &[Series]) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    let charted =
        |one: &&Series| one.work.in_flight == 32 && !one.work.both_cores && one.work.name != "post";
    for one in series.iter().filter(charted) {
        let rate = Spread::of(one.rounds.iter().map(super::worker::Told::rate));
        let bar = (one.client.to_owned(), rate.map_or(0.0, |rate| rate.median));
        match groups.last_mut() {
            Some(group) if group.heading == one.work.said => group.bars.push(bar),
            _ => groups.push(Group {
                heading: one.work.said.to_owned(),
                bars: vec![bar],
            }),
        }
    }
    groups
}

fn shown(spread: Spread) -> String {
    format!(
        "{:.2}, **{:.2}**, {:.2}",
        spread.least, spread.median, spread.most
    )
}

/// Say where the pages are.
pub(super) fn places() -> String {
    format!(
        "{} and {}",
        shown_path(&target().join("bench.json")),
        shown_path(&root().join("docs/benchmarks.md"))
    )
}

fn shown_path(path: &Path) -> String {
    path.strip_prefix(root())
        .unwrap_or(path)
        .display()
        .to_string()
}
