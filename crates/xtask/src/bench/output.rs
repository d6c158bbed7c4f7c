//! Writes the results of a run: figures as JSON, the page, and tables for the terminal.

use std::path::{Path, PathBuf};

use super::effort::QUICK_SECONDS;
use super::page;
use super::report::{Report, rows};
use super::verdict::Verdict;
use crate::shell::{BoxError, root, target};

/// Write everything. Return how many bars were missed.
pub(super) fn write(report: &Report) -> Result<usize, BoxError> {
    let verdicts = report.verdicts()?;
    std::fs::write(
        target().join("bench.json"),
        serde_json::to_string_pretty(&report.figures(&verdicts)?)?,
    )?;
    let folder = folder(report);
    let page = page::written(report, &verdicts)?;
    std::fs::write(folder.join("benchmarks.md"), page)?;
    print(report, &verdicts)?;
    Ok(verdicts.iter().filter(|verdict| !verdict.cleared).count())
}

/// The path of the page. The page of a quick run is not in the repository.
fn folder(report: &Report) -> PathBuf {
    if report.effort.quick {
        target()
    } else {
        root().join("docs")
    }
}

fn print(report: &Report, verdicts: &[Verdict]) -> Result<(), BoxError> {
    for (language, series) in &report.languages {
        println!(
            "\n{}\n{}",
            language.name,
            page::calls(&rows(series)?).markdown()
        );
    }
    println!("\n{}", page::limits(&report.distances()).markdown());
    println!("\n{}", page::webhooks(&report.webhooks)?.markdown());
    println!("\n{}", page::verdicts(verdicts).markdown());
    println!(
        "written: {} and {}",
        shown(&target().join("bench.json")),
        shown(&folder(report).join("benchmarks.md"))
    );
    println!("measuring took {:.0} s", report.took);
    if report.effort.quick && report.took > QUICK_SECONDS {
        println!(
            "which is more than the {QUICK_SECONDS:.0} s of a quick run: is the machine busy?"
        );
    }
    Ok(())
}

fn shown(path: &Path) -> String {
    path.strip_prefix(root())
        .unwrap_or(path)
        .display()
        .to_string()
}
