//! The Redis server that the tests of the webhook stores start.

use std::process::{Command, Stdio};

use crate::commands::{Failure, run_command};

/// Install Debian's package where the server is missing.
pub(crate) fn install() -> Result<(), Failure> {
    let there = Command::new("redis-server")
        .arg("--version")
        .stdout(Stdio::null())
        .status();
    if there.is_ok() {
        return Ok(());
    }
    let installed =
        run_command(Command::new("apt-get").args(["update", "--quiet"])).and_then(|()| {
            let words = ["install", "--yes", "--quiet", "--no-install-recommends"];
            run_command(Command::new("apt-get").args(words).arg("redis-server"))
        });
    installed.map_err(|error| {
        format!("the tests of the webhook stores need redis-server, and it cannot be installed here: {error}").into()
    })
}
