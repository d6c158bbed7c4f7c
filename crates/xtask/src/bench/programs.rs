//! The measured programs, built in release mode and installed as for users.

use std::path::PathBuf;
use std::process::Command;

use super::cores::Cores;
use super::plan::Program;
use crate::shell::{BoxError, root, run_command, target};
use crate::{node, python};

/// The built programs and packages.
pub(super) struct Programs {
    pub(super) cores: Cores,
    release: PathBuf,
    pub(super) python: python::Bench,
    pub(super) node: node::Bench,
}

impl Programs {
    /// Build everything and install the compared libraries.
    pub(super) fn build(cores: Cores) -> Result<Self, BoxError> {
        run_command(
            Command::new("cargo")
                .args(["build", "--release", "--locked", "--package", "bench-core"])
                .current_dir(root()),
        )?;
        Ok(Self {
            cores,
            release: target().join("release"),
            python: python::bench()?,
            node: node::bench()?,
        })
    }

    /// The command that starts a worker.
    pub(super) fn worker(&self, program: Program) -> Command {
        self.program(program, "core-worker", "worker")
    }

    /// The command that starts the measurement of webhooks.
    pub(super) fn webhooks(&self, program: Program) -> Command {
        self.program(program, "webhook-bench", "webhooks")
    }

    /// A program of tests/bench. The Rust program is called `core`, those of the other languages `script`.
    fn program(&self, program: Program, core: &str, script: &str) -> Command {
        let folder = root().join("tests/bench");
        match program {
            Program::Core => self.core(core),
            Program::Python => {
                let mut command = Command::new(&self.python.interpreter);
                command.arg(folder.join(format!("python/{script}.py")));
                command
            }
            Program::Node => {
                let mut command = Command::new("node");
                command
                    .arg(folder.join(format!("node/{script}.mjs")))
                    .current_dir(&self.node.project);
                command
            }
        }
    }

    /// A program of tests/bench/core.
    pub(super) fn core(&self, name: &str) -> Command {
        Command::new(self.release.join(name))
    }
}
