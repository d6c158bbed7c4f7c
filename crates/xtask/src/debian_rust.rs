//! Debian's compiler, which has the sources of the standard library: for targets that rustup has no library for here.

use std::path::PathBuf;
use std::process::Command;

use crate::shell::{BoxError, run_command, stdout_of, target};

/// Unpack Debian's compiler in the target folder, unless it is there. It cannot be installed, because it conflicts with rustup.
pub(crate) fn debian_rust() -> Result<PathBuf, BoxError> {
    let root = target().join("debian-rust");
    if root.join("usr/bin/rustc").exists() {
        return Ok(root);
    }
    let packages = target().join("debian-packages");
    std::fs::create_dir_all(&packages)?;
    let mut names: Vec<String> = ["rustc-web", "rust-web-src", "libstd-rust-web-dev"]
        .map(str::to_owned)
        .into();
    // The library and LLVM have their versions in their names.
    for (index, word) in [(2, "libstd-rust-web-"), (3, "libllvm")] {
        let needed = stdout_of(Command::new("apt-cache").args(["depends", &names[index]]))?;
        // The first line is the package itself, whose name has the same prefix.
        let found = needed
            .lines()
            .filter_map(|line| line.trim().strip_prefix("Depends: "))
            .find(|name| name.starts_with(word));
        names.push(
            found
                .ok_or(format!("{} needs no {word}", names[index]))?
                .to_owned(),
        );
    }
    run_command(
        Command::new("apt-get")
            .args(["download", "--quiet"])
            .args(&names)
            .current_dir(&packages),
    )?;
    for package in std::fs::read_dir(&packages)? {
        run_command(
            Command::new("dpkg")
                .arg("-x")
                .arg(package?.path())
                .arg(&root),
        )?;
    }
    Ok(root)
}
