//! The tests of the sandbox's dashboard in a real browser, and the pictures of it for the documentation.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::npm::install_in;
use crate::shell::{BoxError, one_at_a_time, root, run_command, target};
use crate::{debian, node};

/// The maximum size of a picture, in bytes.
const PICTURE: u64 = 150 * 1024;

/// Click through the dashboard, and take its pictures.
pub(crate) fn test() -> Result<(), BoxError> {
    let browser = Browser::prepare()?;
    node::install()?;
    run_command(
        Command::new(node::tool("biome"))
            .args([
                "ci",
                "../crates/hundredms-sandbox/dashboard",
                "../tests/dashboard",
                "../tests/browser.mjs",
            ])
            .current_dir(root().join("node")),
    )?;
    // One after the other, because some measure times.
    browser.run(&[
        "--test",
        "--test-concurrency=1",
        "--test-force-exit",
        "--test-reporter=spec",
    ])?;
    browser.pictures(&target().join("dashboard-images"))
}

/// Take the pictures for the documentation.
pub(crate) fn pictures() -> Result<(), BoxError> {
    Browser::prepare()?.pictures(&root().join("docs/images"))
}

/// The browser with its tests, and a sandbox for it.
struct Browser {
    folder: PathBuf,
    program: OsString,
}

impl Browser {
    fn prepare() -> Result<Self, BoxError> {
        let _one = one_at_a_time("dashboard")?;
        let program = debian::browser()?;
        let folder = root().join("tests/dashboard");
        install_in(&folder)?;
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        run_command(
            Command::new(cargo)
                .args(["build", "--locked", "--package", "hundredms-sandbox"])
                .current_dir(root()),
        )?;
        Ok(Self { folder, program })
    }

    fn run(&self, words: &[&str]) -> Result<(), BoxError> {
        run_command(
            Command::new("node")
                .args(words)
                .env(debian::BROWSER, &self.program)
                .env(
                    "HUNDREDMS_SANDBOX",
                    target().join("debug/hundredms-sandbox"),
                )
                .current_dir(&self.folder),
        )
    }

    fn pictures(&self, to: &Path) -> Result<(), BoxError> {
        self.run(&["pictures.mjs", &to.to_string_lossy()])?;
        for picture in std::fs::read_dir(to)? {
            let picture = picture?;
            if picture.metadata()?.len() > PICTURE {
                return Err(format!(
                    "{} is larger than {PICTURE} bytes",
                    picture.path().display()
                )
                .into());
            }
        }
        Ok(())
    }
}
