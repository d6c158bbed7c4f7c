//! The maximum number of instructions of a piece of work, in a build with the profile of wheel and addon. valgrind counts them on
//! any machine. A figure may exceed its budget by at most 5 %. If a change needs fewer, lower the budget. A different compiler may
//! need new budgets.

use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Command, Stdio};

use crate::shell::{BoxError, root, run_command, target};
use crate::{budget, debian};

/// The work of `tests/bench/fixed`, and its budget.
const BUDGETS: [(&str, u64); 8] = [
    ("decode-page", 2_530_900),
    ("encode-room", 12_300),
    ("sign-token", 31_100),
    ("webhook", 43_700),
    ("webhook-as-it-came", 17_700),
    ("call", 75_300),
    ("page-by-name", 1_232_000),
    ("page-typed", 2_666_100),
];
/// The number of repetitions whose additional instructions are counted, so that startup does not count.
const TIMES: u64 = 20;

/// Count all work.
pub(crate) fn within_budgets() -> Result<(), BoxError> {
    if !cfg!(all(target_os = "linux", target_arch = "x86_64")) {
        println!(
            "instructions: the budgets are those of Linux on x86-64, and are not looked at here"
        );
        return Ok(());
    }
    debian::install("valgrind")?;
    let mut build = Command::new("cargo");
    build.args([
        "build",
        "--profile",
        "dist",
        "--locked",
        "--package",
        "bench-fixed",
    ]);
    run_command(build.current_dir(root()))?;
    // The server is a separate process, which is not counted. It serves until its input ends.
    let mut server = Command::new(program())
        .arg("serve")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()?;
    let mut url = String::new();
    let output = server.stdout.take().ok_or("the server has no output")?;
    BufReader::new(output).read_line(&mut url)?;
    let mut over = Vec::new();
    for (work, most) in BUDGETS {
        let count = |times| count(work, times, url.trim());
        let each = count(2 * TIMES)?.saturating_sub(count(TIMES)?) / TIMES;
        if let Err(error) = budget::held(&format!("instructions of {work}"), each, most) {
            over.push(error.to_string());
        }
    }
    drop(server.stdin.take());
    server.wait()?;
    if over.is_empty() {
        return Ok(());
    }
    Err(over.join("\n").into())
}

fn program() -> PathBuf {
    target().join("dist/bench-instructions")
}

/// Return the instructions of a run that does `work` this many times, with the server at `url`.
fn count(work: &str, times: u64, url: &str) -> Result<u64, BoxError> {
    let run = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(program())
        .args([work, &times.to_string(), url])
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
