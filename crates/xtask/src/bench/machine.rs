//! The machine and the versions of what was measured.

use std::process::Command;

use serde_json::Value;

use super::programs::Programs;
use crate::shell::{BoxError, root, stdout_of};

/// What was measured, and on what.
pub(super) struct Machine {
    pub(super) hardware: String,
    /// Names with versions.
    pub(super) versions: Vec<(String, String)>,
}

impl Machine {
    pub(super) fn inspect(programs: &Programs) -> Result<Self, BoxError> {
        let cpu = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
        let model = cpu
            .lines()
            .find_map(|line| line.strip_prefix("model name")?.split_once(':'))
            .map_or("unknown processor", |(_, name)| name.trim());
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let mut versions = vec![
            (
                "kernel".into(),
                stdout_of(Command::new("uname").arg("-sr"))?,
            ),
            ("hundredms".into(), ours()?),
        ];
        versions.extend(pairs(&stdout_of(Command::new("rustc").arg("--version"))?));
        versions.extend(rust()?);
        versions.extend(python(programs)?);
        versions.extend(node(programs)?);
        Ok(Self {
            hardware: format!("{model}, {cores} cores"),
            versions,
        })
    }
}

/// The version of this package, and the commit.
fn ours() -> Result<String, BoxError> {
    let git = |words: &[&str]| stdout_of(Command::new("git").args(words).current_dir(root()));
    // Sources without their history have none.
    let Ok(commit) = git(&["rev-parse", "--short=10", "HEAD"]) else {
        return Ok(env!("CARGO_PKG_VERSION").to_owned());
    };
    let changed = git(&["status", "--porcelain", "--untracked-files=no"])?;
    let changed = if changed.is_empty() { "" } else { ", changed" };
    Ok(format!("{} ({commit}{changed})", env!("CARGO_PKG_VERSION")))
}

/// The crates that the compared Rust clients use.
fn rust() -> Result<Vec<(String, String)>, BoxError> {
    let lock = std::fs::read_to_string(root().join("Cargo.lock"))?;
    let version = |name: &str| {
        let at = lock.split_once(&format!("name = \"{name}\"\nversion = \""))?;
        Some(at.1.split_once('"')?.0.to_owned())
    };
    ["hyper", "reqwest", "serde_json", "tokio"]
        .into_iter()
        .map(|name| {
            let version = version(name).ok_or_else(|| format!("Cargo.lock has no {name}"))?;
            Ok((name.to_owned(), version))
        })
        .collect()
}

/// The interpreter, and the installed packages that the benchmark needs, including those of the wheel.
fn python(programs: &Programs) -> Result<Vec<(String, String)>, BoxError> {
    let asked = std::fs::read_to_string(root().join("tests/bench/python/requirements.txt"))?;
    let names = asked
        .lines()
        .filter_map(|line| Some(line.split_once("==")?.0));
    let versions = stdout_of(
        Command::new(&programs.python.interpreter)
            .args(["-c", VERSIONS])
            .args(names)
            .arg("msgspec"),
    )?;
    Ok(pairs(&versions))
}

const VERSIONS: &str = "
import importlib.metadata, platform, sys
print('Python', platform.python_version())
for name in sys.argv[1:]:
    print(name, importlib.metadata.version(name))";

/// Node, and the installed packages that the benchmark needs.
fn node(programs: &Programs) -> Result<Vec<(String, String)>, BoxError> {
    let project = &programs.node.project;
    let read = |file: &str| -> Result<Value, BoxError> {
        Ok(serde_json::from_slice(&std::fs::read(project.join(file))?)?)
    };
    let mut versions = pairs(&stdout_of(
        Command::new("node").args(["-p", "`Node ${process.versions.node}`"]),
    )?);
    let manifest = read("package.json")?;
    for name in manifest["dependencies"]
        .as_object()
        .ok_or("no dependencies")?
        .keys()
    {
        let installed = read(&format!("node_modules/{name}/package.json"))?;
        let version = installed["version"].as_str().ok_or("no version")?;
        versions.push((name.clone(), version.to_owned()));
    }
    Ok(versions)
}

fn pairs(lines: &str) -> Vec<(String, String)> {
    let pairs = lines.lines().filter_map(|line| line.split_once(' '));
    pairs
        .map(|(name, version)| (name.to_owned(), version.to_owned()))
        .collect()
}
