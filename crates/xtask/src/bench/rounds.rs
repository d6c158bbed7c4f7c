//! Interleaved rounds: in each, every client of a language does the same work for a moment, one after the other.

use super::effort::Effort;
use super::plan::{Bar, Client, LIMIT, Language, Measure, Work};
use super::programs::Programs;
use super::spread::Spread;
use super::worker::{Measurement, Span, Worker};
use crate::shell::BoxError;

/// The results of one client at one work, one figure per round.
pub(super) struct Series {
    pub(super) client: &'static Client,
    pub(super) work: Work,
    pub(super) warm_up_calls: f64,
    pub(super) rounds: Vec<Measurement>,
}

impl Series {
    /// One figure for all rounds.
    pub(super) fn of(&self, figure: fn(&Measurement) -> f64) -> Vec<f64> {
        self.rounds.iter().map(figure).collect()
    }
}

/// The rooms on a page.
pub(super) const PAGE: usize = 100;

/// Let all clients of `language` take turns at each work.
pub(super) fn measure(
    language: &'static Language,
    programs: &Programs,
    server: &str,
    effort: Effort,
) -> Result<Vec<Series>, BoxError> {
    let mut workers = Vec::new();
    for client in language.clients {
        workers.push((client, Worker::start(programs, client, server)?));
    }
    let mut all = Vec::new();
    for work in works(language) {
        let mut taking_part: Vec<_> = workers
            .iter_mut()
            .filter(|(client, _)| client.works.contains(&work))
            .collect();
        println!("  {}", work.description);
        let first = all.len();
        for (client, worker) in &mut taking_part {
            let warm_up = effort.warm_up(language, client.name, work);
            all.push(Series {
                client,
                work,
                warm_up_calls: worker.measure(work, PAGE, warm_up)?.calls,
                rounds: Vec::new(),
            });
        }
        let span = Span {
            calls: None,
            seconds: effort.seconds,
        };
        let count = taking_part.len();
        for round in 0..effort.rounds {
            // A different client starts each round, so that no client always follows the same one.
            for index in (0..count).map(|turn| (turn + round) % count) {
                let measured = taking_part[index].1.measure(work, PAGE, span)?;
                all[first + index].rounds.push(measured);
            }
        }
    }
    Ok(all)
}

/// Every work of a language once, in the order in which clients name them.
fn works(language: &Language) -> Vec<Work> {
    let mut works: Vec<Work> = Vec::new();
    for work in language.clients.iter().flat_map(|client| client.works) {
        if !works.contains(work) {
            works.push(*work);
        }
    }
    works
}

/// How many times better `ours` is than `theirs`, round by round.
pub(super) fn ratio(ours: &Series, theirs: &Series, measure: Measure) -> Option<Spread> {
    match measure {
        Measure::Rate => {
            Spread::of_ratios(&ours.of(Measurement::rate), &theirs.of(Measurement::rate))
        }
        Measure::Cpu => Spread::of_ratios(
            &theirs.of(Measurement::cpu_per_call),
            &ours.of(Measurement::cpu_per_call),
        ),
        Measure::Main => Spread::of_ratios(
            &theirs.of(Measurement::main_per_call),
            &ours.of(Measurement::main_per_call),
        ),
    }
}

fn find<'a>(all: &'a [Series], client: &str, work: Work) -> Option<&'a Series> {
    all.iter()
        .find(|series| series.client.name == client && series.work == work)
}

/// The client that `one` is compared with, at the same work.
pub(super) fn against<'a>(all: &'a [Series], one: &Series) -> Option<&'a Series> {
    find(all, one.client.against?, one.work)
}

/// The upper limit at the work of `one`.
pub(super) fn limit<'a>(all: &'a [Series], one: &Series) -> Option<&'a Series> {
    find(all, LIMIT, one.work)
}

/// The ratio that a bar limits.
pub(super) fn cleared(bar: &Bar, all: &[Series]) -> Option<Spread> {
    ratio(
        find(all, bar.ours, bar.work)?,
        find(all, bar.theirs, bar.work)?,
        bar.measure,
    )
}
