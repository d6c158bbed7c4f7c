//! `cargo xtask test`: every test of every language.

use std::process::Command;

use crate::shell::{BoxError, root, run_command, target};
use crate::{attack, budget, examples, instructions};

/// Run the tests of the program that has both crypto providers of `jsonwebtoken`: a separate workspace, built into the same folder.
fn both_providers() -> Result<(), BoxError> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    run_command(
        Command::new(cargo)
            .args([
                "test",
                "--locked",
                "--manifest-path",
                "tests/both-providers/Cargo.toml",
            ])
            .env("CARGO_TARGET_DIR", target())
            .current_dir(root()),
    )
}

/// Run the tests of the crates.
pub(crate) fn rust() -> Result<(), BoxError> {
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
    examples::test_rust()?;
    // Separately, because it enables other features of shared crates.
    run_command(
        Command::new(&cargo)
            .args(["test", "--locked", "--package", "neighbours"])
            .current_dir(root()),
    )?;
    attack::core()?;
    both_providers()?;
    budget::crates()?;
    instructions::within_budgets()
}
