//! `cargo xtask demo`: the examples of each language.

use crate::shell::BoxError;
use crate::{examples, node, python};

const USAGE: &str = "cargo xtask demo [--only LANGUAGE], which is rust, python or node";

/// What a command does in one language.
pub(crate) type Task = fn() -> Result<(), BoxError>;

const DEMOS: [(&str, Task); 3] = [
    ("rust", examples::demonstrate_rust),
    ("python", python::demo),
    ("node", node::demo),
];

/// Run the demo, or one of its examples.
pub(crate) fn run(words: &[&str]) -> Result<(), BoxError> {
    match words {
        ["demo", only @ ..] => chosen(DEMOS, only)?.try_for_each(|demo| demo()),
        ["example", job] => examples::run_rust(job),
        _ => Err(USAGE.into()),
    }
}

/// The tasks of the languages that `--only` selects.
pub(crate) fn chosen(
    tasks: [(&'static str, Task); 3],
    only: &[&str],
) -> Result<impl Iterator<Item = Task>, BoxError> {
    let only = match only {
        [] => None,
        ["--only", language] if tasks.iter().any(|(name, _)| name == language) => {
            Some((*language).to_owned())
        }
        _ => return Err("--only takes rust, python or node".into()),
    };
    let chosen = tasks.into_iter();
    let chosen = chosen.filter(move |(name, _)| only.as_deref().is_none_or(|only| only == *name));
    Ok(chosen.map(|(_, task)| task))
}
