//! Those that are attacked: programs that use the package, each in a process of its own, with what they are told to do.
//!
//! A victim gets the name of what it does and a JSON object, and prints one JSON object.

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
    /// This program, again.
    Rust,
    /// An interpreter with the package.
    Python(PathBuf),
    /// Where the package is.
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

    /// Let it do `what`, and return what it says of it.
    pub(super) fn run<T: DeserializeOwned>(&self, what: &str, told: &Value) -> Result<T, BoxError> {
        self.run_within(what, told, None)
    }

    /// The same, with no more than so many open files.
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

/// A program that receives webhooks. Ends when it is dropped.
pub(super) struct Serving {
    process: Child,
    pub(super) address: SocketAddr,
}

impl Serving {
    /// Its resident memory in MiB; none where the system does not say.
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
    /// The adapters by which it can receive webhooks.
    pub(super) fn adapters(&self) -> &'static [&'static str] {
        match self {
            // The tests of the crate hold the same of its service.
            Self::Rust => &[],
            Self::Python(_) => &["asgi", "starlette", "flask", "django"],
            Self::Node(_) => &["express", "fetch"],
        }
    }

    /// Let it receive webhooks.
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

/// Run a command where so many files may be open.
fn limited(command: &Command, files: u32) -> Command {
    let mut shell = Command::new("sh");
    shell.args(["-c", &format!("ulimit -n {files}; exec \"$0\" \"$@\"")]);
    shell.arg(command.get_program()).args(command.get_args());
    let variables = command.get_envs();
    shell.envs(variables.filter_map(|(name, value)| Some((name, value?))));
    shell
}

/// What a victim says after calls to a server that means no good.
#[derive(Debug, Deserialize)]
pub(super) struct Delays {
    /// How late others' deadlines were at most, in milliseconds.
    pub(super) late_ms: u64,
    /// How long a call to that server took at most.
    pub(super) took_ms: u64,
    /// How these calls ended: kinds of errors, or `ok`.
    pub(super) ended: Vec<String>,
    /// By how much the memory of the process grew at most.
    pub(super) grown_mb: u64,
}

/// What a victim says after many calls at once.
#[derive(Debug, Deserialize)]
pub(super) struct Burst {
    pub(super) done: usize,
    pub(super) failed: usize,
    /// For how long no file could be opened, in milliseconds.
    pub(super) shut_out_ms: u64,
}

/// What a victim could print or log.
#[derive(Debug, Deserialize)]
pub(super) struct Shown {
    pub(super) count: usize,
    pub(super) text: String,
}

/// Be the victim in Rust.
pub(super) fn run(what: &str, told: &str) -> Result<(), BoxError> {
    rust::run(what, &serde_json::from_str(told)?)
}
