//! `cargo xtask attack`: what a hostile page, peer or answer could try, class by class, with figures.
//!
//! A class is a file here with a `CLASS`: what it tries, and a function that fails when anything gets through and otherwise says in a few
//! lines what it measured. Those that are quick and need nothing else run in `cargo xtask test`, too.

mod hosts;
mod http;
mod sandbox;
mod sizes;

use crate::commands::Failure;

/// One class of attacks.
pub(crate) struct Class {
    /// Its name, for `--only`.
    pub(crate) name: &'static str,
    /// Whether it is part of `cargo xtask test`.
    pub(crate) is_core: bool,
    /// Run it; gives the lines to print.
    pub(crate) run: fn() -> Result<Vec<String>, Failure>,
}

/// All classes, quick ones first.
const CLASSES: &[Class] = &[hosts::CLASS, sizes::CLASS];

/// Run with the words behind `attack`.
pub(crate) fn run(words: &[&str]) -> Result<(), Failure> {
    match words {
        [] => all(|_| true),
        ["--only", name] if CLASSES.iter().any(|class| class.name == *name) => {
            all(|class| class.name == *name)
        }
        _ => {
            let names: Vec<_> = CLASSES.iter().map(|class| class.name).collect();
            Err(format!("cargo xtask attack [--only {}]", names.join("|")).into())
        }
    }
}

/// Run the classes that belong to the tests.
pub(crate) fn core() -> Result<(), Failure> {
    all(|class| class.is_core)
}

fn all(is_wanted: impl Fn(&Class) -> bool) -> Result<(), Failure> {
    let mut failed = Vec::new();
    for class in CLASSES.iter().filter(|class| is_wanted(class)) {
        match (class.run)() {
            Ok(lines) => lines
                .iter()
                .for_each(|line| println!("{:<8} {line}", class.name)),
            Err(error) => {
                println!("{:<8} GOT THROUGH: {error}", class.name);
                failed.push(class.name);
            }
        }
    }
    match failed.as_slice() {
        [] => Ok(()),
        _ => Err(format!("attacks got through: {}", failed.join(", ")).into()),
    }
}
