//! `cargo xtask engines`: the examples of `docs/engines.md`, each against a sandbox, with a worker killed in the middle; checks that no session is missing or there twice.

mod engine;
mod output;
mod redis;
mod run;
mod workers;

use std::path::PathBuf;
use std::process::Command;

use self::engine::ENGINES;
use crate::python::Environment;
use crate::shell::{BoxError, root, target};
use crate::{debian, node, python};

/// Where the engines and the packages under test are.
pub(crate) struct Place {
    /// An interpreter with the engines.
    environment: Environment,
    /// The folder of the Python package.
    package: PathBuf,
    /// The project with the Node package and `BullMQ`.
    project: PathBuf,
    addon: PathBuf,
}

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
    let place = installed()?;
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

/// Install the engines, and build the packages that they use.
fn installed() -> Result<Place, BoxError> {
    let folder = target().join("engines");
    let environment = Environment::at(target().join("venv-engines"))?;
    let requirements = root().join("tests/engines/requirements.txt");
    environment.install(&["-r", python::text(&requirements)?])?;
    let package = folder.join("python");
    python::package(&package)?;
    let project = folder.join("node");
    std::fs::create_dir_all(&project)?;
    for file in ["package.json", "package-lock.json"] {
        std::fs::copy(root().join("tests/engines").join(file), project.join(file))?;
    }
    node::install_in(&project)?;
    let addon = node::package(&project)?;
    Ok(Place {
        environment,
        package,
        project,
        addon,
    })
}
