//! The tests of `hundredms-sandbox-installer.sh`, against a release in a folder.

use std::path::PathBuf;
use std::process::{Command, Output};

use crate::packages::host;
use crate::shell::{root, stdout_of};

/// A release whose command prints a word, in a temporary folder.
struct Release(PathBuf);

impl Release {
    fn new(name: &str) -> Self {
        let release = Self(
            std::env::temp_dir().join(format!("hundredms-installer-{name}-{}", std::process::id())),
        );
        let title = format!("hundredms-sandbox-1.2.3-{}", host().unwrap().rust);
        let files = release.files();
        std::fs::create_dir_all(files.join(&title)).unwrap();
        std::fs::write(
            files.join(&title).join("hundredms-sandbox"),
            "#!/bin/sh\necho installed\n",
        )
        .unwrap();
        stdout_of(
            Command::new("chmod")
                .arg("+x")
                .arg(files.join(&title).join("hundredms-sandbox")),
        )
        .unwrap();
        let archive = format!("{title}.tar.gz");
        stdout_of(
            Command::new("tar")
                .args(["-czf", &archive, &title])
                .current_dir(&files),
        )
        .unwrap();
        let sum = if cfg!(target_os = "macos") {
            "shasum -a 256"
        } else {
            "sha256sum"
        };
        stdout_of(
            Command::new("sh")
                .args(["-c", &format!("{sum} {archive} > SHA256SUMS")])
                .current_dir(&files),
        )
        .unwrap();
        release
    }

    fn files(&self) -> PathBuf {
        self.0.join("latest/download")
    }

    fn programs(&self) -> PathBuf {
        self.0.join("bin")
    }

    fn install(&self) -> Output {
        Command::new("sh")
            .arg(root().join("crates/hundredms-sandbox/hundredms-sandbox-installer.sh"))
            .env("HUNDREDMS_RELEASES", format!("file://{}", self.0.display()))
            .env("HUNDREDMS_INSTALL_DIR", self.programs())
            .output()
            .unwrap()
    }
}

impl Drop for Release {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

#[test]
fn the_installer_puts_the_command_of_this_platform_where_it_is_asked_to() {
    let release = Release::new("good");
    let output = release.install();
    assert!(output.status.success(), "{output:?}");
    let program = release.programs().join("hundredms-sandbox");
    assert_eq!(stdout_of(&mut Command::new(program)).unwrap(), "installed");
}

#[test]
fn the_installer_installs_nothing_whose_checksum_is_wrong() {
    let release = Release::new("bad");
    let sums = release.files().join("SHA256SUMS");
    let right = std::fs::read_to_string(&sums).unwrap();
    let (sum, name) = right.split_once(' ').unwrap();
    let wrong: String = sum.chars().rev().collect();
    std::fs::write(&sums, format!("{wrong} {name}")).unwrap();
    let output = release.install();
    assert!(!output.status.success());
    assert!(
        String::from_utf8_lossy(&output.stderr)
            .contains("the checksum of hundredms-sandbox-1.2.3-"),
        "{output:?}"
    );
    assert!(!release.programs().exists());
}
