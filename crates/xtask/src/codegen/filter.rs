//! Runs a formatter on a text.

use std::io::Write as _;
use std::process::{Command, Stdio};

use crate::shell::BoxError;

/// Return what a program writes when it reads `text`.
pub(super) fn filter(program: &mut Command, text: &str) -> Result<String, BoxError> {
    let mut running = program
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()?;
    let mut input = running.stdin.take().ok_or("the formatter takes no input")?;
    input.write_all(text.as_bytes())?;
    drop(input);
    let output = running.wait_with_output()?;
    if !output.status.success() {
        return Err("the formatter refused the generated code".into());
    }
    Ok(String::from_utf8(output.stdout)?)
}
