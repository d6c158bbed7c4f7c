//! The commands of this repository: see `USAGE` in commands.rs.

mod bench;
mod budget;
mod commands;
mod conformance;
mod demo;
mod fuzz;
mod r#gen;
mod node;
mod python;
mod redis;
mod soak;
mod test;

use std::process::ExitCode;

fn main() -> ExitCode {
    match commands::run(&std::env::args().skip(1).collect::<Vec<_>>()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
