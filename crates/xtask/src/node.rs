//! The Node package: its tools, its tests and its part of the demo.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::examples::Language;
use crate::npm::{install_in, npm_in};
use crate::platforms::host;
use crate::shell::{BoxError, copy_folder, one_at_a_time, root, run_command, target};
use crate::{budget, native, wasm};

fn folder() -> PathBuf {
    root().join("node")
}

/// Install the tools of the package by its lock file, unless they are installed.
pub(crate) fn install() -> Result<(), BoxError> {
    // `demo` and `test` may run at once.
    let _one = one_at_a_time("node-tools")?;
    install_in(&folder())
}

/// The path of an installed tool.
pub(crate) fn tool(name: &str) -> PathBuf {
    folder().join("node_modules/.bin").join(name)
}

/// Build the package from source, install it, and run its tests against it.
pub(crate) fn test() -> Result<(), BoxError> {
    let _one = one_at_a_time("node-package")?;
    install()?;
    npm(&["run", "lint"])?;
    npm(&["run", "build"])?;
    let packed = pack(&target().join("packed-node"))?;
    if wasm::module().exists() {
        budget::size(budget::PACKAGE_WITH_WASM, &packed.main)?;
        budget::size(budget::PACKAGE, &without_wasm(&packed.main)?)?;
    } else {
        budget::size(budget::PACKAGE, &packed.main)?;
    }
    if cfg!(all(target_os = "linux", target_arch = "x86_64")) {
        budget::size(budget::PLATFORM_PACKAGE, &packed.platform)?;
    }
    budget::node(&packed.main, &folder().join("dist/index.js"), &addon()?)?;
    npm(&["test"])
}

/// The built package, not installed.
pub(crate) struct Built {
    entry: PathBuf,
    addon: PathBuf,
}

impl Built {
    /// How a program finds the package.
    pub(crate) fn environment(&self) -> Vec<(&'static str, PathBuf)> {
        vec![
            ("HUNDREDMS_PACKAGE", self.entry.clone()),
            ("HUNDREDMS_ADDON", self.addon.clone()),
        ]
    }
}

/// Build the package from source.
pub(crate) fn built() -> Result<Built, BoxError> {
    let _one = one_at_a_time("node-package")?;
    install()?;
    npm(&["run", "build"])?;
    Ok(Built {
        entry: folder().join("dist/index.mjs"),
        addon: addon()?,
    })
}

/// Build the package for runtimes that load no addons, and return its file.
pub(crate) fn edge_built() -> Result<PathBuf, BoxError> {
    let _one = one_at_a_time("node-package")?;
    install()?;
    wasm::build()?;
    npm(&["run", "build:surface"])?;
    let edge = folder().join("dist/edge");
    budget::edge(&edge)?;
    Ok(edge.join("index.mjs"))
}

/// Install that package beside the runtimes, and return the folder of their tests.
pub(crate) fn edge_installed() -> Result<PathBuf, BoxError> {
    edge_built()?;
    let tests = root().join("tests/edge");
    install_in(&tests)?;
    run_command(Command::new("node").arg("install.mjs").current_dir(&tests))?;
    Ok(tests)
}

/// Test that package in every edge runtime: the table of `tests/edge`, and the examples.
pub(crate) fn test_edge() -> Result<(), BoxError> {
    let tests = edge_installed()?;
    run_command(
        Command::new("cargo")
            .args(["build", "--locked", "--package", "hundredms-sandbox"])
            .current_dir(root()),
    )?;
    run_command(
        Command::new("node")
            .arg("run.mjs")
            .env(
                "HUNDREDMS_SANDBOX",
                target().join("debug/hundredms-sandbox"),
            )
            .current_dir(tests),
    )
}

/// The built addon.
fn addon() -> Result<PathBuf, BoxError> {
    let files = std::fs::read_dir(folder().join("npm").join(host()?.node))?;
    let mut files = files.filter_map(|file| Some(file.ok()?.path()));
    let addon = files.find(|file| file.extension().is_some_and(|end| end == "node"));
    addon.ok_or_else(|| "no addon was built".into())
}

/// The built package and the one of its platform, packed.
struct Packed {
    main: PathBuf,
    platform: PathBuf,
}

/// Pack the package again without the WebAssembly in it, as it is packed in a clean clone, where none was built.
fn without_wasm(packed: &Path) -> Result<PathBuf, BoxError> {
    let folder = packed.with_file_name("without-wasm");
    std::fs::create_dir_all(&folder)?;
    run_command(
        Command::new("tar")
            .arg("--extract")
            .arg("--file")
            .arg(packed)
            .current_dir(&folder),
    )?;
    let package = folder.join("package");
    for file in ["hundredms.wasm", "wasm-embedded.mjs"] {
        std::fs::remove_file(package.join("dist/edge").join(file))?;
    }
    npm_in(
        &package,
        &[
            "pack",
            "--silent",
            "--ignore-scripts",
            "--pack-destination",
            "..",
        ],
    )?;
    tarball(&folder, is_main)
}

/// Pack the built packages into `folder`, which is emptied first.
fn pack(folder: &Path) -> Result<Packed, BoxError> {
    let _ = std::fs::remove_dir_all(folder);
    std::fs::create_dir_all(folder)?;
    let destination = folder.to_string_lossy();
    npm(&["pack", "--silent", "--pack-destination", &destination])?;
    // There may be those of other platforms, for which `dist` has built.
    let of_this = format!("hundredms-{}-", host()?.node);
    let main = tarball(folder, is_main)?;
    let platform = tarball(folder, |name| name.starts_with(&of_this))?;
    Ok(Packed { main, platform })
}

/// Create the npm package of a platform with an addon, as a folder.
pub(crate) fn platform_package(platform: &str, addon: &Path) -> Result<(), BoxError> {
    run_command(
        Command::new("node")
            .args(["scripts/platform.mjs", platform])
            .arg(addon)
            .current_dir(folder()),
    )
}

/// Pack the npm package of a platform into a folder, which is emptied first, and return its path.
pub(crate) fn pack_platform(platform: &str, to: &Path) -> Result<PathBuf, BoxError> {
    let _ = std::fs::remove_dir_all(to);
    std::fs::create_dir_all(to)?;
    let words = [
        "pack",
        "--silent",
        "--pack-destination",
        &to.to_string_lossy(),
    ];
    npm_in(&folder().join("npm").join(platform), &words)?;
    tarball(to, |name| name.starts_with("hundredms-"))
}

/// Pack the npm package without machine code into a folder, which is emptied first, and return its path.
pub(crate) fn pack_main(to: &Path) -> Result<PathBuf, BoxError> {
    install()?;
    npm(&["run", "build:surface"])?;
    let _ = std::fs::remove_dir_all(to);
    std::fs::create_dir_all(to)?;
    npm(&[
        "pack",
        "--silent",
        "--pack-destination",
        &to.to_string_lossy(),
    ])?;
    // The packages of platforms are packed too, if they were built.
    tarball(to, is_main)
}

/// Check that the packed package resolves in every mode of Node and TypeScript.
pub(crate) fn check_main(tarball: &Path) -> Result<(), BoxError> {
    run_command(Command::new(tool("publint")).arg("--strict").arg(tarball))?;
    // What edge runtimes load is a module of ECMAScript alone.
    let words = ["--exclude-entrypoints", "edge"];
    run_command(Command::new(tool("attw")).arg(tarball).args(words))
}

/// Return whether this is the name of the package without machine code: a version follows, and no platform.
fn is_main(name: &str) -> bool {
    name.trim_start_matches("hundredms-")
        .starts_with(|first: char| first.is_ascii_digit())
}

fn tarball(folder: &Path, wanted: impl Fn(&str) -> bool) -> Result<PathBuf, BoxError> {
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        if wanted(&entry.file_name().to_string_lossy()) {
            return Ok(entry.path());
        }
    }
    Err(format!("npm packed nothing into {}", folder.display()).into())
}

/// Build the package from source, in the development profile, and copy it and the examples to a project. Return the addon.
pub(crate) fn package(project: &Path) -> Result<PathBuf, BoxError> {
    let addon = native::library("hundredms_node")?;
    install()?;
    let package = project.join("node_modules/hundredms");
    std::fs::create_dir_all(&package)?;
    std::fs::copy(folder().join("package.json"), package.join("package.json"))?;
    let binary = project.join("hundredms.node");
    std::fs::copy(addon, &binary)?;
    run_command(
        Command::new("node")
            .arg("scripts/surface.mjs")
            .arg(package.join("dist"))
            .current_dir(folder()),
    )?;
    // Node looks for the package beside the program.
    copy_folder(&folder().join("examples"), &project.join("examples"))?;
    Ok(binary)
}

/// Run the examples with the package built from source, in a separate folder.
pub(crate) fn demo() -> Result<(), BoxError> {
    println!("Building the Node package, and installing it into an empty project.");
    let project = target().join("demo/node");
    let _ = std::fs::remove_dir_all(&project);
    let binary = package(&project)?;
    Language::Node.demonstrate(|job| {
        let mut command = Command::new("node");
        command
            .arg(format!("examples/{job}.mjs"))
            .env("HUNDREDMS_ADDON", &binary)
            .current_dir(&project);
        command
    })
}

/// What the benchmark runs: a project with the packed packages and the compared libraries.
pub(crate) struct Bench {
    pub(crate) project: PathBuf,
    /// The packed package of the platform.
    pub(crate) platform: PathBuf,
}

/// Build the package from source and install it, packed, beside the compared libraries.
pub(crate) fn bench() -> Result<Bench, BoxError> {
    install()?;
    npm(&["run", "build"])?;
    let project = target().join("bench-node");
    std::fs::create_dir_all(&project)?;
    let peers = root().join("tests/bench/node");
    for file in ["package.json", "package-lock.json"] {
        std::fs::copy(peers.join(file), project.join(file))?;
    }
    npm_in(&project, &["ci", "--no-audit", "--no-fund"])?;
    let Packed { main, platform } = pack(&project.join("packed"))?;
    let words = ["install", "--no-save", "--no-audit", "--no-fund"];
    // The platform's package first, because the other one depends on it.
    let [first, second] = [&platform, &main].map(|path| path.to_string_lossy());
    npm_in(&project, &[words.as_slice(), &[&first, &second]].concat())?;
    Ok(Bench { project, platform })
}

fn npm(words: &[&str]) -> Result<(), BoxError> {
    npm_in(&folder(), words)
}
