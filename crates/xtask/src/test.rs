//! `cargo xtask test`: every test of every language.

use std::process::Command;

use crate::commands::{Failure, root, run_command};
use crate::{budget, instructions};

/// Run the tests of the crates.
pub(crate) fn rust() -> Result<(), Failure> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    run_command(
        Command::new(&cargo)
            .args([
                "test",
                "--locked",
                "--features",
                "hundredms/axum,hundredms/opentelemetry,hundredms/redis,hundredms/socks",
            ])
            .current_dir(root()),
    )?;
    // Apart, since it has features of other crates of its own.
    run_command(
        Command::new(&cargo)
            .args(["test", "--locked", "--package", "neighbours"])
            .current_dir(root()),
    )?;
    budget::crates()?;
    instructions::within_budgets()
}
