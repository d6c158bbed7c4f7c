//! `cargo xtask bench`: compares this package with other libraries at the same work, in one run.

mod cores;
mod effort;
mod growth;
mod machine;
mod output;
mod page;
mod plan;
mod programs;
mod report;
mod rounds;
mod server;
mod spread;
mod start_up;
mod table;
mod verdict;
mod webhooks;
mod worker;

use std::time::Instant;

use crate::shell::BoxError;
use cores::Cores;
use effort::Effort;
use machine::Machine;
use plan::LANGUAGES;
use programs::Programs;
use report::Report;
use server::Server;

/// Build, measure and report. Fails if a bar is missed.
pub(crate) fn run(quick: bool) -> Result<(), BoxError> {
    let effort = if quick { Effort::QUICK } else { Effort::WHOLE };
    let cores = Cores::find()?;
    println!("building in release, installing the compared libraries");
    let programs = Programs::build(cores)?;
    let machine = Machine::inspect(&programs)?;
    let begun = Instant::now();
    let server = Server::start(&programs)?;
    let mut languages = Vec::new();
    let (mut growth, mut memory) = (Vec::new(), Vec::new());
    for language in LANGUAGES {
        println!("{}", language.name);
        let series = rounds::measure(language, &programs, &server.url, effort)?;
        languages.push((language, series));
    }
    println!("growth and memory");
    for language in LANGUAGES {
        growth.extend(growth::calls(language, &programs, &server.url, effort)?);
        memory.extend(growth::memory(language, &programs, &server.url, effort)?);
    }
    drop(server);
    growth.extend(growth::sandbox(&programs, effort)?);
    println!("webhooks");
    let webhooks = webhooks::measure(&programs, effort)?;
    println!("loading and size");
    let report = Report {
        effort,
        machine,
        languages,
        loads: start_up::loads(&programs, effort.loads)?,
        sizes: start_up::sizes(&programs)?,
        memory,
        growth,
        webhooks,
        took: begun.elapsed().as_secs_f64(),
    };
    let missed = output::write(&report)?;
    if missed > 0 {
        return Err(format!("{missed} bars were missed").into());
    }
    Ok(())
}
