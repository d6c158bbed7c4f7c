//! Which words run what.

use std::path::PathBuf;
use std::process::Command;

use crate::{demo, r#gen, test};

/// What went wrong, in words for the terminal.
pub(crate) type Failure = Box<dyn std::error::Error>;

const USAGE: &str = "cargo xtask COMMAND

  demo [--only L]   the main job against a sandbox, in every language or in one (rust, python, node)
  test              every test of every language
  operations        print the table of operations as JSON
  gen [--check]     write what is generated from the Rust definitions; with --check, fail if it is stale";

/// Run the command that `words` name.
pub(crate) fn run(words: &[String]) -> Result<(), Failure> {
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["operations"] => {
            let table: Vec<_> = hundredms::operations().collect();
            println!("{}", serde_json::to_string_pretty(&table)?);
            Ok(())
        }
        ["demo"] => demo::rust(),
        ["demo", "--only", "rust"] => demo::rust(),
        ["test"] => test::rust(),
        ["gen"] => r#gen::write(),
        ["gen", "--check"] => r#gen::check(),
        _ => Err(USAGE.into()),
    }
}

/// The top of the repository.
pub(crate) fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .components()
        .collect()
}

/// Run a command that must succeed.
pub(crate) fn run_command(command: &mut Command) -> Result<(), Failure> {
    let words = format!("{:?}", command.get_program());
    let status = command
        .status()
        .map_err(|error| format!("{words} cannot be run: {error}"))?;
    if status.success() {
        return Ok(());
    }
    Err(format!("{words} ended with {status}").into())
}
