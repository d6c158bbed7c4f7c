//! Webhooks received per second, as the programs of tests/bench tell it: each against a handler written by hand, in one run.

use std::process::{Command, Stdio};

use serde::Serialize;

use super::programs::Programs;
use crate::commands::{Failure, root};

/// What a program said.
#[derive(Serialize)]
pub(super) struct Webhooks {
    pub(super) language: &'static str,
    pub(super) least: u32,
    pub(super) said: String,
    pub(super) cleared: bool,
}

/// Let the programs of all languages run.
pub(super) fn measure(programs: &Programs) -> Result<Vec<Webhooks>, Failure> {
    let folder = root().join("tests/bench");
    let mut python = Command::new(&programs.python.interpreter);
    python.arg(folder.join("python/webhooks.py"));
    let mut node = Command::new("node");
    node.arg(folder.join("node/webhooks.mjs"))
        .current_dir(&programs.node.project);
    Ok(vec![
        run("Rust", 100_000, programs.core("webhook-bench"))?,
        run("Python", 30_000, python)?,
        run("Node", 50_000, node)?,
    ])
}

fn run(language: &'static str, least: u32, mut program: Command) -> Result<Webhooks, Failure> {
    let output = program.stderr(Stdio::inherit()).output()?;
    Ok(Webhooks {
        language,
        least,
        said: String::from_utf8_lossy(&output.stdout).trim().to_owned(),
        cleared: output.status.success(),
    })
}
