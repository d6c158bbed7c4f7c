//! The legs of the Node package: its tools, its tests and its demo.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::budget;
use crate::commands::{Failure, root, target};

fn folder() -> PathBuf {
    root().join("node")
}

/// Install the tools of the package as its lock file says, unless they are there.
pub(crate) fn install() -> Result<(), Failure> {
    let lock = folder().join("package-lock.json");
    let installed = folder().join("node_modules/.package-lock.json");
    let changed = |path: &Path| std::fs::metadata(path).and_then(|file| file.modified());
    match (changed(&installed), changed(&lock)) {
        (Ok(installed), Ok(lock)) if installed >= lock => Ok(()),
        _ => npm(&["ci"]),
    }
}

/// The path of a tool that is installed.
pub(crate) fn tool(name: &str) -> PathBuf {
    folder().join("node_modules/.bin").join(name)
}

/// Build the package from source, and run its tests against it as it installs.
pub(crate) fn test() -> Result<(), Failure> {
    install()?;
    npm(&["run", "lint"])?;
    npm(&["run", "build"])?;
    if cfg!(all(target_os = "linux", target_arch = "x86_64")) {
        let addon = folder().join("npm/linux-x64-gnu/hundredms.linux-x64-gnu.node");
        budget::within(budget::ADDON, &addon)?;
    }
    npm(&["test"])
}

/// The package as it was built, without installing it.
pub(crate) struct Built {
    entry: PathBuf,
    addon: PathBuf,
}

impl Built {
    /// What a program finds the package by.
    pub(crate) fn environment(&self) -> Vec<(&'static str, PathBuf)> {
        vec![
            ("HUNDREDMS_PACKAGE", self.entry.clone()),
            ("HUNDREDMS_ADDON", self.addon.clone()),
        ]
    }
}

/// Build the package from source.
pub(crate) fn built() -> Result<Built, Failure> {
    install()?;
    npm(&["run", "build"])?;
    let platforms = std::fs::read_dir(folder().join("npm"))?;
    let mut files = platforms
        .filter_map(|platform| std::fs::read_dir(platform.ok()?.path()).ok())
        .flatten()
        .filter_map(|file| Some(file.ok()?.path()));
    let addon = files.find(|file| file.extension().is_some_and(|end| end == "node"));
    Ok(Built {
        entry: folder().join("dist/index.mjs"),
        addon: addon.ok_or("no addon was built")?,
    })
}

/// Build the package from source, and tell the story of the demo with it.
pub(crate) fn demo() -> Result<(), Failure> {
    install()?;
    npm(&["run", "build"])?;
    npm(&["run", "demo"])
}

/// What the benchmark runs: a project with the packed packages and the peers.
pub(crate) struct Bench {
    pub(crate) project: PathBuf,
    /// The packed package of the platform.
    pub(crate) platform: PathBuf,
}

/// Build the package from source and install it, packed, beside the peers.
pub(crate) fn bench() -> Result<Bench, Failure> {
    install()?;
    npm(&["run", "build"])?;
    let project = target().join("bench-node");
    let packed = project.join("packed");
    let _ = std::fs::remove_dir_all(&packed);
    std::fs::create_dir_all(&packed)?;
    let peers = root().join("tests/bench/node");
    for file in ["package.json", "package-lock.json"] {
        std::fs::copy(peers.join(file), project.join(file))?;
    }
    npm_in(&project, &["ci", "--no-audit", "--no-fund"])?;
    let packed = packed.to_string_lossy().into_owned();
    npm(&["pack", "--silent", "--pack-destination", &packed])?;
    let mut tarballs = Vec::new();
    for entry in std::fs::read_dir(&packed)? {
        tarballs.push(entry?.path());
    }
    // The platform's has the longer name.
    tarballs.sort_by_key(|path| std::cmp::Reverse(path.as_os_str().len()));
    let names: Vec<String> = tarballs
        .iter()
        .map(|path| path.to_string_lossy().into_owned())
        .collect();
    let mut words = vec!["install", "--no-save", "--no-audit", "--no-fund"];
    words.extend(names.iter().map(String::as_str));
    npm_in(&project, &words)?;
    let platform = tarballs.into_iter().next().ok_or("nothing was packed")?;
    Ok(Bench { project, platform })
}

fn npm(words: &[&str]) -> Result<(), Failure> {
    npm_in(&folder(), words)
}

fn npm_in(folder: &Path, words: &[&str]) -> Result<(), Failure> {
    let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
    let status = Command::new(npm).args(words).current_dir(folder).status()?;
    if status.success() {
        return Ok(());
    }
    Err(format!("`npm {}` failed in {}", words.join(" "), folder.display()).into())
}
