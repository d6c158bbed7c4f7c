//! The time to load a package, and its size.

use std::process::{Command, Stdio};
use std::time::Instant;

use serde::Serialize;

use super::plan::{LARGEST_PACKAGE, Loading, NODE_LOADS, PYTHON_LOADS, PYTHON_PEER_LOADS};
use super::programs::Programs;
use super::spread::Spread;
use crate::shell::BoxError;

/// Milliseconds over the bare interpreter.
#[derive(Serialize)]
pub(super) struct Load {
    pub(super) what: &'static str,
    pub(super) over: Spread,
    pub(super) bar: Option<f64>,
}

/// Bytes.
#[derive(Serialize)]
pub(super) struct Size {
    pub(super) what: &'static str,
    pub(super) bytes: f64,
    pub(super) bar: f64,
}

/// Load times above an idle interpreter, measured `runs` times in turns.
pub(super) fn loads(programs: &Programs, runs: usize) -> Result<Vec<Load>, BoxError> {
    let python = |interpreter: &std::path::Path| {
        let mut command = Command::new(interpreter);
        command.arg("-c");
        command
    };
    let node = || {
        let mut command = Command::new("node");
        command.current_dir(&programs.node.project).arg("-e");
        command
    };
    let mut loads = turns(|| python(&programs.python.clean), PYTHON_LOADS, runs)?;
    loads.extend(turns(
        || python(&programs.python.interpreter),
        PYTHON_PEER_LOADS,
        runs,
    )?);
    loads.extend(turns(node, NODE_LOADS, runs)?);
    Ok(loads)
}

fn turns(
    command: impl Fn() -> Command,
    statements: &[Loading],
    runs: usize,
) -> Result<Vec<Load>, BoxError> {
    let mut times = vec![Vec::new(); statements.len()];
    for run in 0..=runs {
        for (index, (what, statement, _)) in statements.iter().enumerate() {
            let begun = Instant::now();
            let status = command().arg(statement).stdout(Stdio::null()).status()?;
            if !status.success() {
                return Err(format!("`{what}` ended with {status}").into());
            }
            // The first run fills the caches of the system.
            if run > 0 {
                times[index].push(begun.elapsed().as_secs_f64() * 1000.0);
            }
        }
    }
    let bare = times[0].clone();
    let rest = statements.iter().zip(times).skip(1);
    rest.map(|((what, _, bar), times)| {
        let over = times.iter().zip(&bare).map(|(loaded, bare)| loaded - bare);
        Ok(Load {
            what,
            over: Spread::of(over).ok_or("no runs")?,
            bar: *bar,
        })
    })
    .collect()
}

/// How large the packages are.
pub(super) fn sizes(programs: &Programs) -> Result<Vec<Size>, BoxError> {
    #[expect(clippy::cast_precision_loss, reason = "a few million")]
    let bytes = |path: &std::path::Path| std::fs::metadata(path).map(|file| file.len() as f64);
    Ok(vec![
        Size {
            what: "Python wheel, with the sandbox",
            bytes: bytes(&programs.python.wheel)?,
            bar: LARGEST_PACKAGE,
        },
        Size {
            what: "npm package of the platform, with the sandbox",
            bytes: bytes(&programs.node.platform)?,
            bar: LARGEST_PACKAGE,
        },
    ])
}
