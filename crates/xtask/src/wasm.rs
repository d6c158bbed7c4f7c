//! `cargo xtask wasm`: the core as WebAssembly, for the npm package in runtimes that load no addons.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::budget;
use crate::debian_rust::debian_rust;
use crate::npm::install_in;
use crate::shell::{BoxError, root, run_command, stdout_of, target};

const TARGET: &str = "wasm32-unknown-unknown";

/// Random numbers come from JavaScript.
const FLAGS: &str = r#"--cfg getrandom_backend="custom""#;

/// The module, which the Node package includes if it was built.
pub(crate) fn module() -> PathBuf {
    target().join("wasm/hundredms.wasm")
}

/// Build the module.
pub(crate) fn build() -> Result<PathBuf, BoxError> {
    cargo(&["build", "--profile", "wasm"])?;
    let built = target().join(TARGET).join("wasm/hundredms_wasm.wasm");
    let module = module();
    std::fs::create_dir_all(target().join("wasm"))?;
    optimise(&built, &module)?;
    budget::size(budget::WASM, &module)?;
    Ok(module)
}

/// What the compiler uses on this target beyond the first version of WebAssembly. The runtimes have them all.
const FEATURES: [&str; 8] = [
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-call-indirect-overlong",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// Write a module that does the same in fewer bytes.
fn optimise(built: &Path, module: &Path) -> Result<(), BoxError> {
    let tools = root().join("bindings/wasm");
    install_in(&tools)?;
    run_command(
        Command::new(tools.join("node_modules/.bin/wasm-opt"))
            .args(["-Oz", "--strip-debug", "--strip-producers"])
            .arg("--strip-target-features")
            .args(FEATURES)
            .arg(built)
            .arg("-o")
            .arg(module),
    )
}

/// Check the code of the core for this target, without building it.
pub(crate) fn check() -> Result<(), BoxError> {
    cargo(&["check"])
}

/// Run cargo on the crate. The standard library is that of rustup, or else built from Debian's sources, which takes a minute.
fn cargo(words: &[&str]) -> Result<(), BoxError> {
    let sysroot = stdout_of(Command::new("rustc").args(["--print", "sysroot"]))?;
    let libraries = Path::new(&sysroot).join("lib/rustlib");
    let mut cargo = Command::new("cargo");
    cargo
        .args(words)
        .args(["--locked", "--package", "hundredms-wasm"])
        .args(["--target", TARGET])
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", FLAGS);
    if !libraries.join(TARGET).exists() {
        let root = debian_rust().map_err(|error| {
            format!("there is no standard library for {TARGET}, and Debian's compiler cannot be had: {error}\nrun `rustup target add {TARGET}`")
        })?;
        let host = stdout_of(Command::new("rustc").args(["--print", "host-tuple"]))?;
        let search = [root.join("usr/lib/x86_64-linux-gnu"), root.join("usr/lib")];
        cargo
            .arg("-Zbuild-std=std,panic_abort")
            .env("RUSTC", root.join("usr/bin/rustc"))
            .env("RUSTC_BOOTSTRAP", "1")
            .env("LD_LIBRARY_PATH", std::env::join_paths(search)?)
            .env(
                "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER",
                libraries.join(host).join("bin/rust-lld"),
            );
    }
    run_command(&mut cargo)
}
