//! The Python package: its tests and its part of the demo, in environments under the target folder.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::examples::Language;
use crate::shell::{BoxError, copy_folder, root, run_command, stdout_of, target};
use crate::{budget, native};

fn folder() -> PathBuf {
    root().join("python")
}

/// The interpreter that creates environments.
pub(crate) const INTERPRETER: &str = if cfg!(windows) { "python" } else { "python3" };

/// A virtual environment.
pub(crate) struct Environment(PathBuf);

impl Environment {
    /// Create one, unless it exists.
    pub(crate) fn at(path: PathBuf) -> Result<Self, BoxError> {
        Self::of(Path::new(INTERPRETER), path)
    }

    /// Create one with an interpreter, unless it exists.
    fn of(python: &Path, path: PathBuf) -> Result<Self, BoxError> {
        let environment = Self(path);
        if !environment.python().exists() {
            run_command(
                Command::new(python)
                    .args(["-m", "venv"])
                    .arg(&environment.0),
            )?;
        }
        Ok(environment)
    }

    /// Return the folder of its programs.
    pub(crate) fn programs(&self) -> PathBuf {
        self.0.join(if cfg!(windows) { "Scripts" } else { "bin" })
    }

    pub(crate) fn program(&self, name: &str) -> PathBuf {
        self.programs()
            .join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
    }

    pub(crate) fn python(&self) -> PathBuf {
        self.program("python")
    }

    /// Run its interpreter in the folder of the package.
    fn run(&self, words: &[&str]) -> Result<(), BoxError> {
        run_command(
            Command::new(self.python())
                .args(words)
                .current_dir(folder()),
        )
    }

    pub(crate) fn install(&self, words: &[&str]) -> Result<(), BoxError> {
        let mut all = vec!["-m", "pip", "install", "--quiet"];
        all.extend(words);
        self.run(&all)
    }
}

/// Create the environment with the tools of `python/dev-requirements.txt`.
fn tools() -> Result<Environment, BoxError> {
    let tools = Environment::at(target().join("venv-python"))?;
    tools.install(&["-r", "dev-requirements.txt"])?;
    Ok(tools)
}

/// Create the environment with the tools of `.github/requirements.txt`.
pub(crate) fn check_tools() -> Result<Environment, BoxError> {
    let tools = Environment::at(target().join("venv-workflows"))?;
    let requirements = root().join(".github/requirements.txt");
    tools.install(&["-r", text(&requirements)?])?;
    Ok(tools)
}

/// The path of an installed tool of `python/dev-requirements.txt`.
pub(crate) fn tool(name: &str) -> Result<PathBuf, BoxError> {
    Ok(tools()?.program(name))
}

/// Return whether an interpreter exists and has no GIL.
pub(crate) fn free_threaded(python: &Path) -> bool {
    let script = "import sysconfig; print(sysconfig.get_config_var('Py_GIL_DISABLED') or 0)";
    stdout_of(Command::new(python).args(["-c", script])).is_ok_and(|disabled| disabled == "1")
}

/// The folder of the wheel that is built for the tests.
pub(crate) fn wheels() -> PathBuf {
    target().join("wheels-python")
}

/// Build the wheel from source, and return its path.
fn wheel(tools: &Environment) -> Result<PathBuf, BoxError> {
    let wheels = wheels();
    let _ = std::fs::remove_dir_all(&wheels);
    run_command(
        Command::new(tools.program("maturin"))
            .args(["build", "--profile", "dist", "--compression-level", "9"])
            .args(["--quiet", "--out"])
            .arg(&wheels)
            .arg("--interpreter")
            .arg(tools.python())
            .env("CARGO_TARGET_DIR", target())
            .current_dir(folder()),
    )?;
    built(&wheels)
}

pub(crate) fn text(path: &Path) -> Result<&str, BoxError> {
    path.to_str()
        .ok_or_else(|| format!("{} is no text", path.display()).into())
}

fn built(wheels: &Path) -> Result<PathBuf, BoxError> {
    let built = std::fs::read_dir(wheels)?
        .next()
        .ok_or("no wheel was built")??;
    Ok(built.path())
}

/// Tests that need only the package and pytest.
const PLAIN: [&str; 9] = [
    "tests/test_ambiguity.py",
    "tests/test_clients.py",
    "tests/test_errors.py",
    "tests/test_examples.py",
    "tests/test_interpreters.py",
    "tests/test_models.py",
    "tests/test_paging.py",
    "tests/test_rooms.py",
    "tests/test_tokens.py",
];

/// Tests of features that Python has since 3.12.
const NEWER: &str = "tests/test_eager_tasks.py";

/// Run these tests on the oldest and the newest Python of pyenv, if there are any.
fn test_other_versions(wheel: &Path) -> Result<(), BoxError> {
    let Some(home) = std::env::home_dir() else {
        return Ok(());
    };
    let Ok(versions) = std::fs::read_dir(home.join(".pyenv/versions")) else {
        return Ok(());
    };
    for version in versions {
        let version = version?;
        let name = version.file_name().to_string_lossy().into_owned();
        if !["3.10.", "3.13."].iter().any(|of| name.starts_with(of)) {
            continue;
        }
        let place = target().join(format!("venv-python-{name}"));
        let environment = Environment::of(&version.path().join("bin/python3"), place)?;
        environment.install(&["pytest", "msgspec"])?;
        environment.install(&["--force-reinstall", "--no-deps", text(wheel)?])?;
        run_command(
            Command::new(environment.program("pytest"))
                .args(PLAIN)
                .args((!name.starts_with("3.10.")).then_some(NEWER))
                .current_dir(folder()),
        )?;
    }
    Ok(())
}

/// Build the package from source, install it, and run its tests and checks against it.
pub(crate) fn test() -> Result<(), BoxError> {
    let tools = tools()?;
    tools.run(&["-m", "ruff", "check"])?;
    tools.run(&["-m", "ruff", "format", "--check"])?;
    let wheel = wheel(&tools)?;
    budget::size(budget::WHEEL, &wheel)?;
    tools.install(&["--force-reinstall", "--no-deps", text(&wheel)?])?;
    budget::python(&tools.python())?;
    tools.run(&["-m", "mypy", "--strict", "hundredms", "examples", "tests"])?;
    let python = tools.python();
    let python = ["--pythonpath", text(&python)?];
    tools.run(&[["-m", "pyright"], python, ["hundredms", "examples"]].concat())?;
    // Run as programs, so that they import the installed package and not the folder of its sources.
    for words in [["stubtest", "hundredms._native"].as_slice(), &["pytest"]] {
        run_command(
            Command::new(tools.program(words[0]))
                .args(&words[1..])
                .current_dir(folder()),
        )?;
    }
    test_other_versions(&wheel)
}

/// Build the package from source, and return the path of the wheel.
pub(crate) fn built_wheel() -> Result<PathBuf, BoxError> {
    wheel(&tools()?)
}

/// Build the package from source and install it. Return the interpreter.
pub(crate) fn installed() -> Result<PathBuf, BoxError> {
    let tools = tools()?;
    let wheel = wheel(&tools)?;
    tools.install(&["--force-reinstall", "--no-deps", text(&wheel)?])?;
    Ok(tools.python())
}

/// Build the package from source, in the development profile, and copy it to a folder, which is emptied first.
pub(crate) fn package(place: &Path) -> Result<(), BoxError> {
    let library = native::library("hundredms_native")?;
    let _ = std::fs::remove_dir_all(place);
    copy_folder(&folder().join("hundredms"), &place.join("hundredms"))?;
    let end = if cfg!(windows) { "pyd" } else { "abi3.so" };
    std::fs::copy(library, place.join(format!("hundredms/_native.{end}")))?;
    Ok(())
}

/// Run the examples with the package built from source, in an environment without other packages.
pub(crate) fn demo() -> Result<(), BoxError> {
    println!("Installing the Python package into an environment without other packages.");
    let place = target().join("demo/python");
    package(&place)?;
    let clean = Environment::at(target().join("venv-python-demo"))?;
    clean.install(&["msgspec"])?;
    Language::Python.demonstrate(|job| {
        let mut command = Command::new(clean.python());
        command
            .arg(Language::Python.file(job))
            .env("PYTHONPATH", &place);
        command
    })
}

/// What the benchmark runs: the built wheel beside the compared libraries, and alone.
pub(crate) struct Bench {
    /// An interpreter with the wheel and the compared libraries.
    pub(crate) interpreter: PathBuf,
    /// An interpreter with only the wheel.
    pub(crate) clean: PathBuf,
    pub(crate) wheel: PathBuf,
}

/// Build the package from source and install it for the benchmark.
pub(crate) fn bench() -> Result<Bench, BoxError> {
    let wheel = wheel(&tools()?)?;
    let peers = Environment::at(target().join("venv-bench"))?;
    let clean = Environment::at(target().join("venv-bench-clean"))?;
    let requirements = root().join("tests/bench/python/requirements.txt");
    peers.install(&["-r", text(&requirements)?])?;
    for environment in [&peers, &clean] {
        environment.install(&[text(&wheel)?])?;
        environment.install(&["--force-reinstall", "--no-deps", text(&wheel)?])?;
    }
    Ok(Bench {
        interpreter: peers.python(),
        clean: clean.python(),
        wheel,
    })
}
