//! The runs in other languages: a program reads the plans and writes a line of JSON for each.

use std::collections::HashMap;
use std::path::PathBuf;
use std::process::Stdio;
use std::time::Duration;

use serde_json::Value;
use tokio::io::AsyncWriteExt as _;
use tokio::process::Command;

use crate::shell::BoxError;

/// The maximum duration of a leg.
const LONGEST: Duration = Duration::from_secs(180);

/// A program and its arguments.
pub(super) struct Program {
    pub(super) path: PathBuf,
    pub(super) words: Vec<String>,
    pub(super) environment: Vec<(&'static str, PathBuf)>,
    /// Where it runs.
    pub(super) folder: PathBuf,
}

/// Pass the plans to a program. Return the outcomes by scenario id.
pub(super) async fn play(
    program: &Program,
    plans: Vec<Value>,
) -> Result<HashMap<String, Vec<Value>>, BoxError> {
    let mut command = Command::new(&program.path);
    command
        .args(&program.words)
        .current_dir(&program.folder)
        .kill_on_drop(true);
    // The machine's environment must not leak into the clients.
    for name in [
        "HMS_ACCESS_KEY",
        "HMS_SECRET",
        "HMS_BASE_URL",
        "HMS_AUTH_URL",
    ] {
        command.env_remove(name);
    }
    command.envs(program.environment.iter().map(|(name, path)| (name, path)));
    command.stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = command
        .spawn()
        .map_err(|error| format!("{} cannot be run: {error}", program.path.display()))?;
    let mut input = child.stdin.take().ok_or("no standard input")?;
    let plans = serde_json::to_vec(&plans)?;
    let told = tokio::spawn(async move { input.write_all(&plans).await });
    let output = tokio::time::timeout(LONGEST, child.wait_with_output())
        .await
        .map_err(|_| format!("{:?} did not end in {LONGEST:?}", program.words))??;
    told.await??;
    if !output.status.success() {
        return Err(format!("{:?} ended with {}", program.words, output.status).into());
    }
    let mut outcomes = HashMap::new();
    for line in output.stdout.split(|byte| *byte == b'\n') {
        if line.is_empty() {
            continue;
        }
        let mut line: Value = serde_json::from_slice(line)?;
        let id = line["id"].as_str().unwrap_or_default().to_owned();
        let Value::Array(steps) = line["outcomes"].take() else {
            return Err(format!("{id}: no outcomes").into());
        };
        outcomes.insert(id, steps);
    }
    Ok(outcomes)
}
