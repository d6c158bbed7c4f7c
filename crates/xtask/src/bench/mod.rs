//! `cargo xtask bench`: this package and its peers at the same work, in one run.

mod chart;
mod growth;
mod machine;
mod plan;
mod programs;
mod report;
mod rounds;
mod server;
mod spread;
mod start_up;
mod webhooks;
mod worker;

use crate::commands::Failure;
use plan::LANGUAGES;
use programs::Programs;
use report::Report;
use rounds::Effort;
use server::Server;
use worker::Span;

/// Build, measure and report; fails when a bar is missed.
pub(crate) fn run(quick: bool) -> Result<(), Failure> {
    println!("building in release, installing the peers");
    let programs = Programs::build()?;
    let server = Server::start(&programs)?;
    let warm_up = |seconds| Span {
        // V8 needs that many until its figures are steady.
        calls: Some(30_000),
        seconds,
    };
    let effort = if quick {
        Effort {
            rounds: 3,
            seconds: 0.3,
            warm_up: warm_up(0.7),
        }
    } else {
        Effort {
            rounds: 7,
            seconds: 1.0,
            warm_up: warm_up(10.0),
        }
    };
    let mut languages = Vec::new();
    let (mut growth, mut memory) = (Vec::new(), Vec::new());
    for language in LANGUAGES {
        println!("{}", language.name);
        let series = rounds::measure(language, &programs, &server.url, effort)?;
        languages.push((language, series));
    }
    println!("growth and memory");
    for language in LANGUAGES {
        let many = if quick { 10_000 } else { 100_000 };
        growth.extend(growth::calls(
            language,
            &programs,
            &server.url,
            effort.seconds,
        )?);
        memory.extend(growth::memory(language, &programs, &server.url, many)?);
    }
    drop(server);
    growth.extend(growth::sandbox(&programs, quick)?);
    println!("webhooks");
    let webhooks = webhooks::measure(&programs)?;
    println!("loading and size");
    let report = Report {
        quick,
        effort,
        languages,
        loads: start_up::loads(&programs, if quick { 7 } else { 20 })?,
        sizes: start_up::sizes(&programs)?,
        memory,
        growth,
        webhooks,
    };
    let missed = report.write()?;
    println!("written: {}", report::places());
    if missed > 0 {
        return Err(format!("{missed} bars were missed").into());
    }
    Ok(())
}
