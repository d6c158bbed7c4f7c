//! The compiler for a platform: rustup's if it has the standard library, or else Debian's, which has the sources of the library.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::debian_rust::debian_rust;
use crate::platforms::{Platform, System};
use crate::shell::{BoxError, stdout_of};

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
            Some(debian_rust().map_err(|error| {
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
