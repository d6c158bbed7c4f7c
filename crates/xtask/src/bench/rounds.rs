//! Interleaved rounds: in each, every client of a language does the same work for a moment, one after the other.

use super::plan::{Bar, Language, Measure, Work};
use super::programs::Programs;
use super::spread::Spread;
use super::worker::{Span, Told, Worker};
use crate::commands::Failure;

/// How many rounds, and how long each client works in one.
#[derive(Clone, Copy)]
pub(super) struct Effort {
    pub(super) rounds: usize,
    pub(super) seconds: f64,
    pub(super) warm_up: Span,
}

/// What one client did at one work, a figure a round.
pub(super) struct Series {
    pub(super) client: &'static str,
    pub(super) work: Work,
    pub(super) rounds: Vec<Told>,
}

/// The rooms on a page.
pub(super) const PAGE: usize = 100;

/// Let all clients of `language` take turns at each work.
pub(super) fn measure(
    language: &Language,
    programs: &Programs,
    server: &str,
    effort: Effort,
) -> Result<Vec<Series>, Failure> {
    let mut workers = Vec::new();
    for client in language.clients {
        let command = programs.worker(language.name);
        workers.push((client, Worker::start(&command, client.word, server)?));
    }
    let mut all = Vec::new();
    for work in works(language) {
        let mut taking_part: Vec<_> = workers
            .iter_mut()
            .filter(|(client, _)| client.works.contains(&work))
            .collect();
        println!("  {}", work.said);
        let first = all.len();
        for (client, worker) in &mut taking_part {
            worker.measure(work, PAGE, effort.warm_up)?;
            all.push(Series {
                client: client.name,
                work,
                rounds: Vec::new(),
            });
        }
        let span = Span {
            calls: None,
            seconds: effort.seconds,
        };
        for _ in 0..effort.rounds {
            for (index, (_, worker)) in taking_part.iter_mut().enumerate() {
                let told = worker.measure(work, PAGE, span)?;
                all[first + index].rounds.push(told);
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
    let pairs = ours.rounds.iter().zip(&theirs.rounds);
    Spread::of(pairs.map(|(ours, theirs)| match measure {
        Measure::Rate => ours.rate() / theirs.rate(),
        Measure::Cpu => theirs.cpu_per_call() / ours.cpu_per_call(),
        Measure::Main => theirs.main_per_call() / ours.main_per_call(),
    }))
}

/// The ratio that a bar speaks of.
pub(super) fn cleared(bar: &Bar, all: &[Series]) -> Option<Spread> {
    let find = |client: &str| {
        all.iter()
            .find(|series| series.client == client && series.work == bar.work)
    };
    ratio(find(bar.ours)?, find(bar.theirs)?, bar.measure)
}
