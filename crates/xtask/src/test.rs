//! `cargo xtask test`: every test of every language.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};

use crate::shell::{BoxError, root, run_command, target};
use crate::{
    attack, budget, conformance, dashboard, examples, instructions, node, packages, python, site,
};

/// Run every test. Those of Python run beside those of Node, the site and the dashboard: all of them wait for most of their time.
pub(crate) fn all() -> Result<(), BoxError> {
    // Now, since a build may replace the file of this program, and then the system calls it deleted.
    let program = std::env::current_exe()?;
    rust()?;
    let python = Beside::start(&program, "python")?;
    let others = node::test()
        .and_then(|()| site::test())
        .and_then(|()| dashboard::test());
    match (others, python.end()?) {
        (Ok(()), python) => python.print()?,
        // What failed must be at the end of what is printed.
        (Err(error), python) if python.succeeded() => return Err(error),
        (Err(error), python) => {
            println!("{error}");
            python.print()?;
        }
    }
    conformance::run(None)
}

/// Run the tests of Python, and try the wheel as a release does.
pub(crate) fn python() -> Result<(), BoxError> {
    python::test()?;
    packages::try_out(&python::wheels(), "python")
}

/// The tests of a language, in a process that runs beside this one.
struct Beside {
    language: &'static str,
    process: Child,
    output: PathBuf,
}

impl Beside {
    fn start(program: &Path, language: &'static str) -> Result<Self, BoxError> {
        let output = target().join(format!("test-{language}.log"));
        let file = File::create(&output)?;
        println!(
            "The tests of {language} run beside the next ones. Their output follows at the end; until then it is in {}.",
            output.display()
        );
        let process = Command::new(program)
            .args(["test", "--only", language])
            .stdin(Stdio::null())
            .stdout(file.try_clone()?)
            .stderr(file)
            .spawn()?;
        Ok(Self {
            language,
            process,
            output,
        })
    }

    /// Wait for the process.
    fn end(mut self) -> Result<Ended, BoxError> {
        Ok(Ended {
            language: self.language,
            status: self.process.wait()?,
            output: self.output,
        })
    }
}

/// The tests of a language that ran in a process beside this one.
struct Ended {
    language: &'static str,
    status: ExitStatus,
    output: PathBuf,
}

impl Ended {
    fn succeeded(&self) -> bool {
        self.status.success()
    }

    /// Print their output, and fail if they failed.
    fn print(self) -> Result<(), BoxError> {
        println!("== the tests of {}", self.language);
        std::io::copy(&mut File::open(&self.output)?, &mut std::io::stdout())?;
        if self.succeeded() {
            return Ok(());
        }
        Err(format!("the tests of {} ended with {}", self.language, self.status).into())
    }
}

/// Run the tests of the program that has both crypto providers of `jsonwebtoken`: a separate workspace, built into the same folder.
fn both_providers() -> Result<(), BoxError> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    run_command(
        Command::new(cargo)
            .args([
                "test",
                "--locked",
                "--manifest-path",
                "tests/both-providers/Cargo.toml",
            ])
            .env("CARGO_TARGET_DIR", target())
            .current_dir(root()),
    )
}

/// Run the tests of the crates.
pub(crate) fn rust() -> Result<(), BoxError> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    run_command(
        Command::new(&cargo)
            .args([
                "test",
                "--locked",
                "--features",
                "hundredms/axum,hundredms/opentelemetry,hundredms/redis,hundredms/socks",
            ])
            .current_dir(root()),
    )?;
    examples::test_rust()?;
    // Separately, because it enables other features of shared crates.
    run_command(
        Command::new(&cargo)
            .args(["test", "--locked", "--package", "neighbours"])
            .current_dir(root()),
    )?;
    attack::core()?;
    both_providers()?;
    budget::crates()?;
    instructions::within_budgets()
}
