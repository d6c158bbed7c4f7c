//! `cargo xtask attack`: attacks by hostile pages, servers and senders, by class, with measurements.
//!
//! A class is a file here with a `CLASS`: a description, and a function that fails if an attack succeeds, and otherwise returns a few
//! lines with measurements. The targets are real processes with real sockets: the command of the sandbox, and programs in every language
//! (`tests/attack`). `cargo xtask test` also runs the quick classes, against the program in Rust.

mod answers;
mod cassettes;
mod class;
mod descriptors;
mod floods;
mod frames;
mod hosts;
mod http;
mod sandbox;
mod secrets;
mod server;
mod sizes;
mod victim;
mod webhooks;

use std::time::Instant;

use class::Class;
use victim::Victim;

use crate::shell::BoxError;

/// All classes, the quick ones first.
const CLASSES: &[Class] = &[
    hosts::CLASS,
    floods::CLASS,
    descriptors::CLASS,
    frames::CLASS,
    cassettes::CLASS,
    sizes::CLASS,
    answers::CLASS,
    webhooks::CLASS,
];

/// Run with the arguments after `attack`.
pub(crate) fn run(words: &[&str]) -> Result<(), BoxError> {
    match words {
        [] => all(&Victim::all()?, |_| true),
        ["--only", name] if CLASSES.iter().any(|class| class.name == *name) => {
            all(&Victim::all()?, |class| class.name == *name)
        }
        ["--core"] => core(),
        ["victim", what, told] => victim::run(what, told),
        _ => {
            let names: Vec<_> = CLASSES.iter().map(|class| class.name).collect();
            Err(format!("cargo xtask attack [--core | --only {}]", names.join("|")).into())
        }
    }
}

/// Run the classes that belong to the tests.
pub(crate) fn core() -> Result<(), BoxError> {
    all(&[Victim::Rust], |class| class.is_core)
}

fn all(victims: &[Victim], is_wanted: impl Fn(&Class) -> bool) -> Result<(), BoxError> {
    let mut failed = Vec::new();
    for class in CLASSES.iter().filter(|class| is_wanted(class)) {
        let began = Instant::now();
        match (class.run)(victims) {
            Ok(lines) => lines
                .iter()
                .for_each(|line| println!("{:<11} {line}", class.name)),
            Err(error) => {
                println!("{:<11} GOT THROUGH: {error}", class.name);
                failed.push(class.name);
            }
        }
        println!("{:<11} {:.1} s", class.name, began.elapsed().as_secs_f64());
    }
    match failed.as_slice() {
        [] => Ok(()),
        _ => Err(format!("attacks got through: {}", failed.join(", ")).into()),
    }
}
