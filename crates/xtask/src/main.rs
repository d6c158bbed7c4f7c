//! The commands of this repository: see `USAGE` in commands.rs.

mod attack;
mod bench;
mod budget;
mod checks;
mod codegen;
mod commands;
mod conformance;
mod crates;
mod dashboard;
mod debian;
mod debian_rust;
mod engines;
mod examples;
mod fuzz;
mod instructions;
mod layers;
mod licences;
mod native;
mod node;
mod npm;
mod packagers;
mod packages;
mod platforms;
mod publish;
mod python;
mod shell;
mod site;
mod soak;
mod test;
mod wasm;
mod words;

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
