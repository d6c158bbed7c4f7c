//! What is measured, built in release and installed as users get it.

use std::path::PathBuf;
use std::process::Command;

use crate::commands::{Failure, root, run_command, target};
use crate::{node, python};

/// The built programs and packages.
pub(super) struct Programs {
    release: PathBuf,
    pub(super) python: python::Bench,
    pub(super) node: node::Bench,
}

impl Programs {
    /// Build everything and install the peers.
    pub(super) fn build() -> Result<Self, Failure> {
        run_command(
            Command::new("cargo")
                .args(["build", "--release", "--locked", "--package", "bench-core"])
                .current_dir(root()),
        )?;
        Ok(Self {
            release: target().join("release"),
            python: python::bench()?,
            node: node::bench()?,
        })
    }

    /// What starts a worker of `language`.
    pub(super) fn worker(&self, language: &str) -> Command {
        match language {
            "Python" => {
                let mut command = Command::new(&self.python.interpreter);
                command.arg(root().join("tests/bench/python/worker.py"));
                command
            }
            "Node" => {
                let mut command = Command::new("node");
                command
                    .arg(root().join("tests/bench/node/worker.mjs"))
                    .current_dir(&self.node.project);
                command
            }
            _ => Command::new(self.release.join("core-worker")),
        }
    }

    /// A program of tests/bench/core.
    pub(super) fn core(&self, name: &str) -> Command {
        Command::new(self.release.join(name))
    }
}
