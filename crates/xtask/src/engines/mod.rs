//! `cargo xtask engines`: the examples of `docs/engines.md`, each against a sandbox, with a worker killed in the middle; checks that no session is missing or there twice.

mod engine;
mod output;
mod place;
mod redis;
mod run;
mod workers;

use std::process::Command;

use self::engine::ENGINES;
use self::place::Place;
use crate::debian;
use crate::shell::BoxError;

/// Run every engine, or one.
pub(crate) fn run(only: Option<&str>) -> Result<(), BoxError> {
    let wanted: Vec<_> = ENGINES
        .iter()
        .filter(|engine| only.is_none_or(|only| only == engine.name))
        .collect();
    if wanted.is_empty() {
        let names: Vec<_> = ENGINES.iter().map(|engine| engine.name).collect();
        return Err(format!("the engines are {}", names.join(", ")).into());
    }
    debian::install("redis-server")?;
    if wanted.iter().any(|engine| engine.name == "spark") {
        let java = Command::new("java").arg("-version").output();
        if !java.is_ok_and(|java| java.status.success()) {
            return Err("Spark needs Java: apt-get install default-jre-headless".into());
        }
    }
    let place = Place::installed()?;
    let runtime = tokio::runtime::Runtime::new()?;
    let mut rows = Vec::new();
    let mut failed = Vec::new();
    for engine in wanted {
        println!("{}: running", engine.name);
        match run::run(engine, &place, &runtime) {
            Ok(report) => {
                failed.extend(
                    report
                        .fault()
                        .map(|fault| format!("{}: {fault}", engine.name)),
                );
                rows.push(report.row(engine.name));
            }
            Err(error) => failed.push(format!("{}: {error}", engine.name)),
        }
    }
    println!(
        "\n| engine | workers | killed | sessions | read | lost | doubled | windows read again | requests | refused | seconds |\n\
         | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |\n{}",
        rows.join("\n")
    );
    if failed.is_empty() {
        return Ok(());
    }
    Err(failed.join("\n").into())
}
