//! The command `hundredms`.

use std::process::ExitCode;

fn main() -> ExitCode {
    hundredms_cli::run(std::env::args_os()).into()
}
