//! The compiler for a platform: rustup's if it has the standard library, or else Debian's, which has the sources of the library.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::platforms::{Platform, System};
use crate::shell::{BoxError, run_command, stdout_of, target};

/// What cargo builds with.
pub(super) struct Toolchain {
    /// The root of Debian's packages. The standard library is built from source too.
    debian: Option<PathBuf>,
    system: System,
}

impl Toolchain {
    /// Choose a toolchain, and install it if it is missing.
    pub(super) fn of(platform: Platform) -> Result<Self, BoxError> {
        let sysroot = stdout_of(Command::new("rustc").args(["--print", "sysroot"]))?;
        let library = Path::new(&sysroot)
            .join("lib/rustlib")
            .join(platform.rust)
            .join("lib");
        let debian = if library.exists() {
            None
        } else if platform.is_linux() {
            Some(debian().map_err(|error| {
                format!(
                    "there is no standard library for {0}, and Debian's compiler cannot be had: {error}\nrun `rustup target add {0}`",
                    platform.rust
                )
            })?)
        } else {
            let advice = format!("run `rustup target add {}`", platform.rust);
            return Err(format!(
                "there is no standard library for {}; {advice}",
                platform.rust
            )
            .into());
        };
        Ok(Self {
            debian,
            system: platform.system,
        })
    }

    /// Return the arguments for cargo and maturin.
    pub(super) fn words(&self) -> &'static [&'static str] {
        if self.debian.is_some() {
            &["-Zbuild-std=std,panic_unwind"]
        } else {
            &[]
        }
    }

    pub(super) fn environment(&self) -> Vec<(&'static str, OsString)> {
        let Some(root) = &self.debian else {
            return Vec::new();
        };
        let libraries = [root.join("usr/lib/x86_64-linux-gnu"), root.join("usr/lib")];
        vec![
            ("RUSTC", root.join("usr/bin/rustc").into()),
            ("RUSTC_BOOTSTRAP", "1".into()),
            (
                "LD_LIBRARY_PATH",
                std::env::join_paths(libraries).unwrap_or_default(),
            ),
            ("RUSTFLAGS", self.flags(&[]).into()),
        ]
    }

    /// Return the flags of the compiler, with `more`.
    pub(super) fn flags(&self, more: &[&str]) -> String {
        // Debian's compiler has no libc of musl, but zig has.
        let own = (self.debian.is_some() && self.system == System::Musl)
            .then_some("-Clink-self-contained=no");
        own.iter()
            .chain(more)
            .copied()
            .collect::<Vec<_>>()
            .join(" ")
    }
}

/// Unpack Debian's compiler in the target folder, unless it is there. It cannot be installed, because it conflicts with rustup.
fn debian() -> Result<PathBuf, BoxError> {
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
