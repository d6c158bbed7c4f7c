//! A leg: a process that makes the calls of one client and reports their outcomes.

use std::io::{Read as _, Write as _};
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::growth::Sample;
use crate::shell::BoxError;

/// The input of a leg, as JSON on its standard input.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Plan {
    /// Options of the client.
    pub(super) client: Value,
    /// How many calls.
    pub(super) calls: usize,
    /// How many of them are in flight.
    pub(super) in_flight: usize,
    /// Number of calls between two samples.
    pub(super) sample_every: usize,
    /// Id of the room that is read.
    pub(super) room: String,
}

/// The output of a leg, as JSON on its standard output.
#[derive(Debug, Deserialize)]
pub(super) struct Report {
    /// A letter for each call: `o` succeeded, `n` failed without effect, `m` failed and may have taken effect, `.` did not end.
    pub(super) outcomes: String,
    /// How often each kind of error occurred.
    pub(super) errors: serde_json::Map<String, Value>,
    pub(super) samples: Vec<Sample>,
    pub(super) seconds: f64,
}

/// Run a leg. It is killed after `longest`.
pub(super) fn run(
    mut command: Command,
    plan: &Plan,
    longest: Duration,
) -> Result<Report, BoxError> {
    command.stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = command.spawn()?;
    let mut input = child.stdin.take().ok_or("no standard input")?;
    let mut output = child.stdout.take().ok_or("no standard output")?;
    // If a leg ended without reading, its status says why.
    let _ = input.write_all(&serde_json::to_vec(plan)?);
    drop(input);
    let (ended, end) = mpsc::channel();
    std::thread::spawn(move || {
        let mut text = Vec::new();
        let read = output.read_to_end(&mut text);
        let _ = ended.send(read.map(|_| text));
    });
    let Ok(text) = end.recv_timeout(longest) else {
        child.kill()?;
        child.wait()?;
        let id = child.id();
        return Err(
            format!("process {id} had not ended after {longest:?}, so it was ended").into(),
        );
    };
    let status = child.wait()?;
    if !status.success() {
        return Err(format!("the process ended with {status}").into());
    }
    Ok(serde_json::from_slice(&text?)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error_of(program: &str, words: &[&str], longest: Duration) -> String {
        let plan = Plan {
            client: Value::Null,
            calls: 1,
            in_flight: 1,
            sample_every: 1,
            room: String::new(),
        };
        let mut command = Command::new(program);
        command.args(words);
        let report = run(command, &plan, longest);
        report.expect_err("no report").to_string()
    }

    #[cfg(unix)]
    #[test]
    fn a_leg_that_never_ends_is_ended() {
        let error = error_of("sleep", &["600"], Duration::from_millis(50));
        assert!(
            error.ends_with("had not ended after 50ms, so it was ended"),
            "{error}"
        );
    }

    #[cfg(unix)]
    #[test]
    fn a_leg_that_fails_says_with_what() {
        let error = error_of("false", &[], Duration::from_secs(60));
        assert!(error.contains("exit status: 1"), "{error}");
    }
}
