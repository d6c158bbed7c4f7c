//! The documentation site: builds it from `docs/` with Zensical, and checks it.

mod chart;
mod check;
mod html;
mod imports;
mod look;
mod readmes;
mod source;
mod tabs;

use std::path::PathBuf;
use std::process::Command;
use std::time::Instant;

use crate::python::{self, Environment};
use crate::shell::{BoxError, one_at_a_time, root, run_command, target};

/// The folder of the site: its settings and pages as Zensical reads them, and what Zensical writes.
fn folder() -> PathBuf {
    target().join("site")
}

/// The folder of the built pages.
fn html() -> PathBuf {
    folder().join("html")
}

/// Build the site, look at it in a browser, run the Postman collection, and validate the `OpenAPI` file.
pub(crate) fn test() -> Result<(), BoxError> {
    build()?;
    look::all(&html())
}

/// Build the site. Fails if a link or an anchor is broken, a snippet or a page of the navigation is missing, code of a page is not cut
/// out of a file that tests run, a page loads something from another site, a link of a README leads nowhere, or code of a README is not
/// in a file that tests run.
pub(crate) fn build() -> Result<(), BoxError> {
    let start = Instant::now();
    let _lock = one_at_a_time("site")?;
    let tools = Environment::at(target().join("venv-site"))?;
    let requirements = root().join(".github/site-requirements.txt");
    tools.install(&["--require-hashes", "-r", python::text(&requirements)?])?;

    let counts = source::write(&folder())?;
    let built = html();
    if built.exists() {
        std::fs::remove_dir_all(&built)?;
    }
    run_command(
        Command::new(tools.program("zensical"))
            .args(["build", "--clean", "--strict", "--config-file"])
            .arg(folder().join("zensical.toml"))
            .current_dir(root()),
    )?;
    let search = built.join("search.json");
    let index = std::fs::read_to_string(&search)?;
    std::fs::write(&search, tabs::without_labels(&index))?;
    let pages = check::pages(&built)?;
    readmes::check(&built)?;
    println!(
        "{pages} pages, {} snippets of {} files, built and checked in {:.1} s: {}",
        counts.snippets,
        counts.files,
        start.elapsed().as_secs_f64(),
        built.join("index.html").display(),
    );
    Ok(())
}
