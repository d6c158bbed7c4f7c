//! The machine and the versions of what was measured.

use std::process::Command;

/// One paragraph.
pub(super) fn described() -> String {
    let cpu = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = cpu
        .lines()
        .find_map(|line| line.strip_prefix("model name")?.split_once(':'))
        .map_or("unknown processor", |(_, name)| name.trim());
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    format!(
        "{model}, {cores} cores; {}; {}; {}.",
        said("rustc", &["--version"]),
        said("python3", &["--version"]),
        format_args!("Node {}", said("node", &["--version"])),
    )
}

fn said(program: &str, words: &[&str]) -> String {
    Command::new(program)
        .args(words)
        .output()
        .ok()
        .and_then(|output| String::from_utf8(output.stdout).ok())
        .map_or_else(|| format!("no {program}"), |text| text.trim().to_owned())
}
