//! The platforms that have packages.

use std::process::Command;

use crate::shell::{BoxError, stdout_of};

/// A platform that has a wheel, an npm package and a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Platform {
    /// The target of the Rust compiler.
    pub(crate) rust: &'static str,
    /// The name of the npm package after `hundredms-`.
    pub(crate) node: &'static str,
    /// The platform in the name of the wheel.
    pub(crate) wheel: &'static str,
    pub(crate) system: System,
}

impl Platform {
    pub(crate) fn is_linux(self) -> bool {
        matches!(self.system, System::Gnu | System::Musl)
    }

    /// Return the name of the processor.
    pub(crate) fn processor(self) -> &'static str {
        self.rust.split('-').next().unwrap_or_default()
    }

    /// Return the name of the file of a library.
    pub(crate) fn library(self, name: &str) -> String {
        match self.system {
            System::Gnu | System::Musl => format!("lib{name}.so"),
            System::Mac => format!("lib{name}.dylib"),
            System::Windows => format!("{name}.dll"),
        }
    }

    /// Return the name of the file of a program.
    pub(crate) fn program(self, name: &str) -> String {
        let end = if self.system == System::Windows {
            ".exe"
        } else {
            ""
        };
        format!("{name}{end}")
    }
}

/// The operating system of a platform.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum System {
    Gnu,
    Musl,
    Mac,
    Windows,
}

/// The oldest glibc: that of `manylinux2014`, of Amazon Linux 2 and RHEL 7.
pub(crate) const GLIBC: (u32, u32) = (2, 17);

/// All of them.
pub(crate) const PLATFORMS: [Platform; 8] = [
    Platform {
        rust: "x86_64-unknown-linux-gnu",
        node: "linux-x64-gnu",
        wheel: "manylinux_2_17_x86_64",
        system: System::Gnu,
    },
    Platform {
        rust: "aarch64-unknown-linux-gnu",
        node: "linux-arm64-gnu",
        wheel: "manylinux_2_17_aarch64",
        system: System::Gnu,
    },
    Platform {
        rust: "x86_64-unknown-linux-musl",
        node: "linux-x64-musl",
        wheel: "musllinux_1_2_x86_64",
        system: System::Musl,
    },
    Platform {
        rust: "aarch64-unknown-linux-musl",
        node: "linux-arm64-musl",
        wheel: "musllinux_1_2_aarch64",
        system: System::Musl,
    },
    Platform {
        rust: "x86_64-apple-darwin",
        node: "darwin-x64",
        wheel: "macosx_10_12_x86_64",
        system: System::Mac,
    },
    Platform {
        rust: "aarch64-apple-darwin",
        node: "darwin-arm64",
        wheel: "macosx_11_0_arm64",
        system: System::Mac,
    },
    Platform {
        rust: "x86_64-pc-windows-msvc",
        node: "win32-x64-msvc",
        wheel: "win_amd64",
        system: System::Windows,
    },
    Platform {
        rust: "aarch64-pc-windows-msvc",
        node: "win32-arm64-msvc",
        wheel: "win_arm64",
        system: System::Windows,
    },
];

/// Return the platform of this machine.
pub(crate) fn host() -> Result<Platform, BoxError> {
    let version = stdout_of(Command::new("rustc").arg("-vV"))?;
    let host = version.lines().find_map(|line| line.strip_prefix("host: "));
    PLATFORMS
        .into_iter()
        .find(|platform| Some(platform.rust) == host)
        .ok_or_else(|| {
            format!(
                "there are no packages for this machine, {}",
                host.unwrap_or("unknown")
            )
            .into()
        })
}

#[cfg(test)]
mod tests {
    use super::PLATFORMS;
    use crate::shell::root;

    #[test]
    fn every_platform_is_known_to_the_loader_of_the_npm_package() {
        let known = std::fs::read_to_string(root().join("node/src/platforms.ts")).unwrap();
        let known: Vec<_> = known
            .lines()
            .filter_map(|line| line.trim().strip_prefix('\'')?.strip_suffix("',"))
            .collect();
        let mut ours = PLATFORMS.map(|platform| platform.node);
        ours.sort_unstable();
        assert_eq!(known, ours);
        let loader = std::fs::read_to_string(root().join("node/src/native.ts")).unwrap();
        for name in ours {
            // Written as a literal, for tools that trace the files of a program.
            assert!(
                loader.contains(&format!("require('hundredms-{name}')")),
                "{name}"
            );
        }
    }
}
