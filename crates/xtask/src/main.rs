//! The commands of this repository: see `USAGE` in commands.rs. Without the feature `full`, only `demo`.

#![cfg_attr(
    not(feature = "full"),
    allow(dead_code, reason = "what the other commands need as well")
)]

#[cfg(feature = "full")]
mod attack;
#[cfg(feature = "full")]
mod bench;
mod budget;
#[cfg(feature = "full")]
mod checks;
#[cfg(feature = "full")]
mod codegen;
#[cfg(feature = "full")]
mod commands;
#[cfg(feature = "full")]
mod conformance;
#[cfg(feature = "full")]
mod crates;
#[cfg(feature = "full")]
mod dashboard;
#[cfg(feature = "full")]
mod debian;
mod debian_rust;
mod demo;
#[cfg(feature = "full")]
mod engines;
mod examples;
#[cfg(feature = "full")]
mod fuzz;
#[cfg(feature = "full")]
mod instructions;
#[cfg(feature = "full")]
mod layers;
#[cfg(feature = "full")]
mod licences;
mod native;
mod node;
mod npm;
#[cfg(feature = "full")]
mod packagers;
#[cfg(feature = "full")]
mod packages;
mod platforms;
#[cfg(feature = "full")]
mod publish;
mod python;
mod shell;
#[cfg(feature = "full")]
mod site;
#[cfg(feature = "full")]
mod soak;
#[cfg(feature = "full")]
mod test;
mod wasm;
#[cfg(feature = "full")]
mod words;

use std::process::ExitCode;

#[cfg(not(feature = "full"))]
use demo as commands;

fn main() -> ExitCode {
    let words: Vec<_> = std::env::args().skip(1).collect();
    match commands::run(&words.iter().map(String::as_str).collect::<Vec<_>>()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
