//! The targets of the attacks: programs that use the package, each in a separate process.
//!
//! A victim gets the name of a task and a JSON object, and prints one JSON object.

mod rust;

use std::io::{BufRead as _, BufReader};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::sandbox::resident;
use crate::shell::{BoxError, root};
use crate::{node, python};

/// A language whose programs are attacked.
pub(super) enum Victim {
    /// This program.
    Rust,
    /// An interpreter with the package.
    Python(PathBuf),
    /// The folder of the package.
    Node(Vec<(&'static str, PathBuf)>),
}

impl Victim {
    /// Build the package for every language.
    pub(super) fn all() -> Result<Vec<Self>, BoxError> {
        Ok(vec![
            Self::Rust,
            Self::Python(python::installed()?),
            Self::Node(node::built()?.environment()),
        ])
    }

    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::Rust => "Rust",
            Self::Python(_) => "Python",
            Self::Node(_) => "Node",
        }
    }

    fn command(&self) -> Result<Command, BoxError> {
        let script = |name: &str| root().join("tests/attack").join(name);
        Ok(match self {
            Self::Rust => {
                let mut command = Command::new(std::env::current_exe()?);
                command.args(["attack", "victim"]);
                command
            }
            Self::Python(interpreter) => {
                let mut command = Command::new(interpreter);
                command.arg(script("victim.py"));
                command
            }
            Self::Node(environment) => {
                let mut command = Command::new("node");
                command.arg(script("victim.mjs")).envs(environment.clone());
                command
            }
        })
    }

    /// Run the task `what`, and return its output.
    pub(super) fn run<T: DeserializeOwned>(&self, what: &str, told: &Value) -> Result<T, BoxError> {
        self.run_within(what, told, None)
    }

    /// Run a task with a limit on open files.
    pub(super) fn run_within<T: DeserializeOwned>(
        &self,
        what: &str,
        told: &Value,
        files: Option<u32>,
    ) -> Result<T, BoxError> {
        let mut command = self.command()?;
        command.args([what, &told.to_string()]);
        if let Some(files) = files {
            command = limited(&command, files);
        }
        let output = command.stderr(Stdio::inherit()).output()?;
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        let last = said.lines().next_back().unwrap_or_default();
        serde_json::from_str(last)
            .map_err(|error| format!("{}, {what}: {error} in {last}", self.name()).into())
    }
}

/// A program that receives webhooks. It ends when this value is dropped.
pub(super) struct Serving {
    process: Child,
    pub(super) address: SocketAddr,
}

impl Serving {
    /// Return its resident memory in MiB. `None` if the system does not report it.
    pub(super) fn resident(&self) -> Option<u64> {
        resident(self.process.id())
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Victim {
    /// The adapters with which it can receive webhooks.
    pub(super) fn adapters(&self) -> &'static [&'static str] {
        match self {
            // The tests of the crate test its service in the same way.
            Self::Rust => &[],
            Self::Python(_) => &["asgi", "starlette", "flask", "django"],
            Self::Node(_) => &["express", "fetch"],
        }
    }

    /// Start a program that receives webhooks.
    pub(super) fn serve(&self, adapter: &str) -> Result<Serving, BoxError> {
        let mut command = self.command()?;
        command.args(["serve", adapter]).stdout(Stdio::piped());
        let mut process = command.spawn()?;
        let output = process.stdout.take().ok_or("no output")?;
        let mut lines = BufReader::new(output).lines().map_while(Result::ok);
        let address = lines.find_map(|line| line.parse().ok());
        let address = address.ok_or_else(|| format!("{adapter} did not start"))?;
        Ok(Serving { process, address })
    }
}

/// Run a command with a limit on open files.
fn limited(command: &Command, files: u32) -> Command {
    let mut shell = Command::new("sh");
    shell.args(["-c", &format!("ulimit -n {files}; exec \"$0\" \"$@\"")]);
    shell.arg(command.get_program()).args(command.get_args());
    let variables = command.get_envs();
    shell.envs(variables.filter_map(|(name, value)| Some((name, value?))));
    shell
}

/// The output of a victim after calls to a hostile server.
#[derive(Debug, Deserialize)]
pub(super) struct Delays {
    /// The maximum delay of other calls' deadlines, in milliseconds.
    pub(super) late_ms: u64,
    /// The maximum duration of a call to that server.
    pub(super) took_ms: u64,
    /// The outcomes of these calls: kinds of errors, or `ok`.
    pub(super) ended: Vec<String>,
    /// The maximum growth of the memory of the process.
    pub(super) grown_mb: u64,
}

/// The output of a victim after many concurrent calls.
#[derive(Debug, Deserialize)]
pub(super) struct Burst {
    pub(super) done: usize,
    pub(super) failed: usize,
    /// How long no file could be opened, in milliseconds.
    pub(super) shut_out_ms: u64,
}

/// The texts that a victim could print or log.
#[derive(Debug, Deserialize)]
pub(super) struct Shown {
    pub(super) count: usize,
    pub(super) text: String,
}

/// Run the victim in Rust.
pub(super) fn run(what: &str, told: &str) -> Result<(), BoxError> {
    rust::run(what, &serde_json::from_str(told)?)
}
