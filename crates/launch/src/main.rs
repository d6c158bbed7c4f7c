//! `cargo xtask`: builds the xtask with what the command needs, and runs it. `demo` needs half of what the others do.

use std::env;
use std::process::{Command, ExitCode};

fn main() -> ExitCode {
    let words: Vec<_> = env::args_os().skip(1).collect();
    let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.args(["run", "--package", "xtask"]);
    if words.first().is_some_and(|word| word == "demo") {
        cargo.arg("--no-default-features");
    }
    cargo.arg("--").args(words);
    match cargo.status() {
        Ok(status) if status.success() => ExitCode::SUCCESS,
        Ok(_) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("{}: {error}", cargo.get_program().display());
            ExitCode::FAILURE
        }
    }
}
