//! The time to load a package, and its size.

use std::process::{Command, Stdio};
use std::time::Instant;

use serde::Serialize;

use super::plan::{LARGEST_PACKAGE, Loading, NODE_LOADS, PYTHON_LOADS};
use super::programs::Programs;
use super::spread::Spread;
use crate::shell::BoxError;

/// Milliseconds over the bare interpreter.
#[derive(Serialize)]
pub(super) struct Load {
    pub(super) what: &'static str,
    pub(super) over: Spread,
    pub(super) bar: f64,
}

/// Bytes.
#[derive(Serialize)]
pub(super) struct Size {
    pub(super) what: &'static str,
    pub(super) bytes: f64,
    pub(super) bar: f64,
}

/// Load times above the bare interpreter, measured `runs` times in turns.
pub(super) fn loads(programs: &Programs, runs: usize) -> Result<Vec<Load>, BoxError> {
    let python = || {
        let mut command = Command::new(&programs.python.clean);
        command.arg("-c");
        command
    };
    let node = || {
        let mut command = Command::new("node");
        command.current_dir(&programs.node.project).arg("-e");
        command
    };
    let mut loads = turns(python, PYTHON_LOADS, runs)?;
    loads.extend(turns(node, NODE_LOADS, runs)?);
    Ok(loads)
}

fn turns(
    command: impl Fn() -> Command,
    loads: &[Loading],
    runs: usize,
) -> Result<Vec<Load>, BoxError> {
    let time = |statement: &str| -> Result<f64, BoxError> {
        let begun = Instant::now();
        let status = command().arg(statement).stdout(Stdio::null()).status()?;
        if !status.success() {
            return Err(format!("`{statement}` ended with {status}").into());
        }
        Ok(begun.elapsed().as_secs_f64() * 1000.0)
    };
    let mut over = vec![Vec::new(); loads.len()];
    for run in 0..=runs {
        let bare = time("")?;
        for (over, (statement, _)) in over.iter_mut().zip(loads) {
            let milliseconds = time(statement)? - bare;
            // The first run fills the caches of the system.
            if run > 0 {
                over.push(milliseconds);
            }
        }
    }
    let loads = loads.iter().zip(over);
    loads
        .map(|(&(what, bar), over)| {
            let over = Spread::of(over).ok_or("no runs")?;
            Ok(Load { what, over, bar })
        })
        .collect()
}

/// Return the sizes of the packages.
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
