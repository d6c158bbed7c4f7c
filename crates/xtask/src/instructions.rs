//! How many instructions a piece of work may take in a release build: valgrind counts them, on whatever machine. A budget is passed by
//! 5 % at most; when a change needs fewer, lower it. Another compiler may need others: then set them anew.

use std::process::Command;

use crate::commands::{Failure, root, run_command, target};
use crate::debian;

/// The work of `tests/bench/fixed`, and its budget.
const BUDGETS: [(&str, u64); 6] = [
    ("decode-page", 2_000_000),
    ("encode-room", 11_940),
    ("sign-token", 28_000),
    ("webhook", 33_200),
    ("webhook-as-it-came", 16_500),
    ("call", 121_300),
];
/// Counted is what so many times more of the work add, so that starting does not count.
const TIMES: u64 = 20;

/// Count all work.
pub(crate) fn within_budgets() -> Result<(), Failure> {
    if !cfg!(all(target_os = "linux", target_arch = "x86_64")) {
        println!(
            "instructions: the budgets are those of Linux on x86-64, and are not looked at here"
        );
        return Ok(());
    }
    debian::install("valgrind")?;
    let mut build = Command::new("cargo");
    build.args(["build", "--release", "--locked", "--package", "bench-fixed"]);
    run_command(build.current_dir(root()))?;
    let mut over = Vec::new();
    for (work, budget) in BUDGETS {
        let (some, more) = (count(work, TIMES)?, count(work, 2 * TIMES)?);
        let each = more.saturating_sub(some) / TIMES;
        println!("{work}: {each} instructions, budget {budget}");
        if each * 100 > budget * 105 {
            over.push(format!("{work}: {each} instructions, budget {budget}"));
        }
    }
    if over.is_empty() {
        return Ok(());
    }
    Err(over.join("\n").into())
}

/// Instructions of a run that does `work` so many times.
fn count(work: &str, times: u64) -> Result<u64, Failure> {
    let run = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(target().join("release/bench-instructions"))
        .args([work, &times.to_string()])
        .output()?;
    let told = String::from_utf8_lossy(&run.stderr);
    let counted = told
        .lines()
        .find_map(|line| line.split_once("Collected : ")?.1.trim().parse().ok());
    match counted {
        Some(counted) if run.status.success() => Ok(counted),
        _ => Err(format!("valgrind did not count {work}: {told}").into()),
    }
}
