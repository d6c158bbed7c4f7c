//! Programs for the tests, from Debian's packages.

use std::ffi::OsString;
use std::process::{Command, Stdio};

use crate::shell::{BoxError, run_command};

/// Install `program` if it is missing. Its package has the same name.
pub(crate) fn install(program: &str) -> Result<(), BoxError> {
    let there = Command::new(program)
        .arg("--version")
        .stdout(Stdio::null())
        .status();
    if there.is_ok() {
        return Ok(());
    }
    let installed =
        run_command(Command::new("apt-get").args(["update", "--quiet"])).and_then(|()| {
            let words = ["install", "--yes", "--quiet", "--no-install-recommends"];
            run_command(Command::new("apt-get").args(words).arg(program))
        });
    installed.map_err(|error| {
        format!("the tests need {program}, and it cannot be installed here: {error}").into()
    })
}

/// The variable that names the browser of the tests. They read it too.
pub(crate) const BROWSER: &str = "HUNDREDMS_CHROMIUM";

/// Return the browser that the variable names. Otherwise install one.
pub(crate) fn browser() -> Result<OsString, BoxError> {
    if let Some(browser) = std::env::var_os(BROWSER) {
        return Ok(browser);
    }
    install("chromium")?;
    Ok("/usr/bin/chromium".into())
}
