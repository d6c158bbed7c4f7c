//! `cargo xtask dist`: builds and checks what is published for one platform: the wheels, the npm package with the addon, the command.

mod check;
#[cfg(all(test, unix))]
mod installer;
mod toolchain;
mod zig;

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::platforms::{PLATFORMS, Platform, System, host};
use crate::python::{self, Environment};
use crate::shell::{BoxError, root, run_command, target};
use crate::{node, wasm};
use toolchain::Toolchain;

/// Programs that have an archive for each platform, with their crates. The archives have the names of the crates: those of the source
/// distribution and of the npm packages begin with `hundredms-` and a version or a platform.
const COMMANDS: [(&str, &str); 2] = [
    ("hundredms-cli", "hundredms"),
    ("hundredms-sandbox", "hundredms-sandbox"),
];

/// The script that installs one of them.
const INSTALLER: &str = "crates/hundredms-cli/hundredms-installer.sh";

/// The output folder.
pub(crate) fn folder() -> PathBuf {
    target().join("packages")
}

/// The profile of the build.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Effort {
    /// The profile of published packages.
    Full,
    /// The development profile, to test the other steps.
    Quick,
}

impl Effort {
    fn profile(self, full: &'static str) -> &'static str {
        match self {
            Self::Full => full,
            Self::Quick => "dev",
        }
    }
}

/// Build for a target of the Rust compiler, or build what is the same for all platforms.
pub(crate) fn run(words: &[&str]) -> Result<(), BoxError> {
    let (words, effort) = match words {
        [words @ .., "--quick"] => (words, Effort::Quick),
        words => (words, Effort::Full),
    };
    match words {
        ["--sources"] => sources(),
        ["--target", wanted] => {
            let platform = PLATFORMS
                .into_iter()
                .find(|platform| platform.rust == *wanted);
            let known = PLATFORMS.map(|platform| platform.rust).join(", ");
            let platform = platform.ok_or(format!(
                "there are no packages for {wanted}; the targets are {known}"
            ))?;
            let build = Build::new(platform, effort)?;
            build.wheels()?;
            build.addon()?;
            build.commands()
        }
        _ => Err("dist takes --target TARGET, or --sources; and --quick after it".into()),
    }
}

/// Builds for one platform.
pub(crate) struct Build {
    platform: Platform,
    effort: Effort,
    tools: Environment,
    toolchain: Toolchain,
    /// What lets cargo find zig.
    zig: Vec<(String, PathBuf)>,
}

impl Build {
    /// Install what the build needs.
    pub(crate) fn new(platform: Platform, effort: Effort) -> Result<Self, BoxError> {
        let tools = tools()?;
        let zig = if platform.is_linux() {
            zig::environment(platform, &tools.program("cargo-zigbuild"))?
        } else {
            Vec::new()
        };
        Ok(Self {
            platform,
            effort,
            tools,
            toolchain: Toolchain::of(platform)?,
            zig,
        })
    }

    /// Build the wheel for all versions with a GIL, and the one for an interpreter without a GIL if there is one.
    pub(crate) fn wheels(&self) -> Result<(), BoxError> {
        self.wheel(None, &folder())?;
        let free_threaded = Path::new("python3.14t");
        if python::free_threaded(free_threaded) {
            self.wheel(Some(free_threaded), &folder())?;
        }
        Ok(())
    }

    /// Build the wheel of the stable ABI, or the one for an interpreter without a GIL, into a folder. Return its path.
    pub(crate) fn wheel(
        &self,
        interpreter: Option<&Path>,
        folder: &Path,
    ) -> Result<PathBuf, BoxError> {
        // A separate folder, to find the new file.
        let fresh = target().join("dist-wheel");
        let _ = std::fs::remove_dir_all(&fresh);
        let mut maturin = Command::new(self.tools.program("maturin"));
        maturin
            .args(["build", "--quiet", "--locked", "--out"])
            .arg(&fresh);
        maturin.args(["--profile", self.effort.profile("dist")]);
        maturin.args(["--compression-level", "9"]);
        maturin.args(["--target", self.platform.rust]);
        if let Some(interpreter) = interpreter {
            maturin.arg("--interpreter").arg(interpreter);
        }
        if self.platform.is_linux() {
            let tag = self
                .platform
                .wheel
                .rsplit_once(self.platform.processor())
                .map_or("", |(tag, _)| tag);
            maturin.args(["--zig", "--compatibility", tag.trim_end_matches('_')]);
        }
        maturin.args(self.toolchain.words());
        self.prepare(&mut maturin)
            .current_dir(root().join("python"));
        maturin.env("CARGO_TARGET_DIR", target());
        run_command(&mut maturin)?;
        let built = only_file(&fresh)?;
        check::wheel(&self.tools, self.platform, &built)?;
        moved(&built, folder)
    }

    /// Build the addon, and pack it as the npm package of the platform.
    fn addon(&self) -> Result<(), BoxError> {
        self.platform_package()?;
        let tarball = node::pack_platform(self.platform.node, &target().join("dist-addon"))?;
        check::tarball(&tarball)?;
        moved(&tarball, &folder()).map(drop)
    }

    /// Build the addon, and create the npm package of the platform as a folder.
    pub(crate) fn platform_package(&self) -> Result<(), BoxError> {
        let addon = self
            .cargo("hundredms-node", "dist")?
            .join(self.platform.library("hundredms_node"));
        check::binary(self.platform, &addon)?;
        node::platform_package(self.platform.node, &addon)
    }

    fn commands(&self) -> Result<(), BoxError> {
        COMMANDS
            .into_iter()
            .try_for_each(|(name, program)| self.command(name, program))
    }

    /// Build a program of a crate, and pack it with the licences.
    fn command(&self, name: &str, program: &str) -> Result<(), BoxError> {
        let program = self.platform.program(program);
        let built = self.cargo(name, "dist")?.join(&program);
        check::binary(self.platform, &built)?;
        // As the manifest has it now: a release raises it while this program runs.
        let crates = crate::crates::crates()?;
        let version = crates
            .iter()
            .find(|package| package.name == name)
            .map(|package| package.version.as_str())
            .ok_or(format!("there is no crate {name}"))?;
        let title = format!("{name}-{version}-{}", self.platform.rust);
        let place = target().join("dist-command").join(&title);
        let _ = std::fs::remove_dir_all(&place);
        std::fs::create_dir_all(&place)?;
        std::fs::copy(&built, place.join(&program))?;
        for file in ["LICENSE-MIT", "LICENSE-APACHE", "THIRD-PARTY-LICENSES.txt"] {
            std::fs::copy(root().join(file), place.join(file))?;
        }
        std::fs::create_dir_all(folder())?;
        run_command(
            Command::new("tar")
                .arg("-czf")
                .arg(folder().join(format!("{title}.tar.gz")))
                .arg("-C")
                .arg(target().join("dist-command"))
                .arg(&title),
        )
    }

    /// Build a crate, and return the folder with what was built.
    fn cargo(&self, package: &str, full: &'static str) -> Result<PathBuf, BoxError> {
        let profile = self.effort.profile(full);
        let mut cargo = Command::new("cargo");
        let mut triple = self.platform.rust.to_owned();
        if self.platform.is_linux() {
            cargo.arg("zigbuild");
            if self.platform.system == System::Gnu {
                let (major, minor) = crate::platforms::GLIBC;
                triple = format!("{triple}.{major}.{minor}");
            }
        } else {
            cargo.arg("build");
        }
        cargo.args([
            "--locked",
            "--quiet",
            "--profile",
            profile,
            "--package",
            package,
            "--target",
            &triple,
        ]);
        cargo.args(self.toolchain.words());
        if self.platform.system == System::Musl && package == "hundredms-node" {
            // An addon is loaded into a program that has the libc. In the words of maturin, so that the two share what is built.
            self.prepare(&mut cargo).env(
                "RUSTFLAGS",
                self.toolchain.flags(&["-C", "target-feature=-crt-static"]),
            );
        } else {
            self.prepare(&mut cargo);
        }
        cargo.env("CARGO_TARGET_DIR", target()).current_dir(root());
        run_command(&mut cargo)?;
        let folder = if profile == "dev" { "debug" } else { profile };
        Ok(target().join(self.platform.rust).join(folder))
    }

    /// Set the variables with which a command finds the tools and the standard library of the platform.
    fn prepare<'a>(&self, command: &'a mut Command) -> &'a mut Command {
        let mut path = vec![self.tools.programs()];
        path.extend(std::env::split_paths(
            &std::env::var_os("PATH").unwrap_or_default(),
        ));
        if let Ok(path) = std::env::join_paths(path) {
            command.env("PATH", path);
        }
        command
            .envs(self.zig.clone())
            .envs(self.toolchain.environment())
    }
}

/// Build what is the same for all platforms: the sdist, the main npm package, the crates, the installer.
fn sources() -> Result<(), BoxError> {
    let tools = tools()?;
    std::fs::create_dir_all(folder())?;
    let fresh = target().join("dist-sdist");
    let _ = std::fs::remove_dir_all(&fresh);
    run_command(
        Command::new(tools.program("maturin"))
            .args(["sdist", "--out"])
            .arg(&fresh)
            .current_dir(root().join("python")),
    )?;
    let sdist = only_file(&fresh)?;
    check::sdist(&tools, &sdist)?;
    moved(&sdist, &folder())?;
    wasm::build()?;
    let main = node::pack_main(&target().join("dist-main"))?;
    check::tarball(&main)?;
    node::check_main(&main)?;
    moved(&main, &folder())?;
    crate::crates::package_crates()?;
    let installer = root().join(INSTALLER);
    let name = installer.file_name().ok_or("the installer has no name")?;
    std::fs::copy(&installer, folder().join(name))?;
    Ok(())
}

fn tools() -> Result<Environment, BoxError> {
    let tools = Environment::at(target().join("venv-dist"))?;
    let requirements = root().join("crates/xtask/dist-requirements.txt");
    tools.install(&["-r", python::text(&requirements)?])?;
    Ok(tools)
}

fn only_file(folder: &Path) -> Result<PathBuf, BoxError> {
    let files: Vec<_> = std::fs::read_dir(folder)?.collect::<Result<_, _>>()?;
    match files.as_slice() {
        [file] => Ok(file.path()),
        files => Err(format!("{} files in {}, not one", files.len(), folder.display()).into()),
    }
}

fn moved(file: &Path, folder: &Path) -> Result<PathBuf, BoxError> {
    std::fs::create_dir_all(folder)?;
    let to = folder.join(file.file_name().ok_or("a file has no name")?);
    std::fs::rename(file, &to)?;
    println!("built {}", to.display());
    Ok(to)
}

/// Build the packages for this machine, install them into clean environments, and run the examples with each.
pub(crate) fn smoke(what: &str) -> Result<(), BoxError> {
    let platform = host()?;
    let build = Build::new(platform, Effort::Quick)?;
    let _ = std::fs::remove_dir_all(folder());
    if what.contains("python") {
        let python = Path::new(python::INTERPRETER);
        let without_gil = python::free_threaded(python).then_some(python);
        build.wheel(without_gil, &folder())?;
    }
    if what.contains("node") {
        build.addon()?;
        moved(&node::pack_main(&target().join("dist-main"))?, &folder())?;
    }
    if what.contains("command") {
        build.commands()?;
    }
    try_out(&folder(), what)
}

/// Install packages for this machine from a folder into clean environments, and run the examples with each.
pub(crate) fn try_out(packages: &Path, what: &str) -> Result<(), BoxError> {
    run_command(
        Command::new("bash")
            .arg("tests/packages/smoke.sh")
            .arg(packages)
            .arg(host()?.rust)
            .env("SMOKE", what)
            .current_dir(root()),
    )
}
