//! The tests of `hundredms-installer.sh`, against a release in a folder.

use std::path::PathBuf;
use std::process::{Command, Output};

use crate::packages::{COMMANDS, INSTALLER, host};
use crate::shell::{root, stdout_of};

/// A release whose programs print their names, in a temporary folder.
struct Release(PathBuf);

impl Release {
    fn new(name: &str) -> Self {
        let release = Self(
            std::env::temp_dir().join(format!("hundredms-installer-{name}-{}", std::process::id())),
        );
        let files = release.files();
        for (archive, program) in COMMANDS {
            let title = format!("{archive}-1.2.3-{}", host().unwrap().rust);
            let program_file = files.join(&title).join(program);
            std::fs::create_dir_all(files.join(&title)).unwrap();
            std::fs::write(&program_file, format!("#!/bin/sh\necho {program}\n")).unwrap();
            stdout_of(Command::new("chmod").arg("+x").arg(program_file)).unwrap();
            let archive = format!("{title}.tar.gz");
            let mut tar = Command::new("tar");
            tar.args(["-czf", &archive, &title]).current_dir(&files);
            stdout_of(&mut tar).unwrap();
        }
        let sum = if cfg!(target_os = "macos") {
            "shasum -a 256"
        } else {
            "sha256sum"
        };
        let mut sums = Command::new("sh");
        sums.args(["-c", &format!("{sum} *.tar.gz > SHA256SUMS")]);
        stdout_of(sums.current_dir(&files)).unwrap();
        release
    }

    fn files(&self) -> PathBuf {
        self.0.join("latest/download")
    }

    fn programs(&self) -> PathBuf {
        self.0.join("bin")
    }

    fn install(&self, words: &[&str]) -> Output {
        Command::new("sh")
            .arg(root().join(INSTALLER))
            .args(words)
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
fn the_installer_puts_the_program_for_this_platform_where_it_is_asked_to() {
    let release = Release::new("good");
    let cases: [(&[&str], &str); 2] = [
        (&[], "hundredms"),
        (&["hundredms-sandbox"], "hundredms-sandbox"),
    ];
    for (words, program) in cases {
        let output = release.install(words);
        assert!(output.status.success(), "{output:?}");
        let mut installed: Vec<_> = std::fs::read_dir(release.programs())
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .collect();
        let installed = installed.pop().filter(|_| installed.is_empty()).unwrap();
        assert_eq!(stdout_of(&mut Command::new(&installed)).unwrap(), program);
        std::fs::remove_file(installed).unwrap();
    }
    let refused = release.install(&["hundredms-cli"]);
    assert!(!refused.status.success());
    assert!(
        String::from_utf8_lossy(&refused.stderr).contains("there is no program hundredms-cli"),
        "{refused:?}"
    );
}

#[test]
fn the_installer_installs_nothing_whose_checksum_is_wrong() {
    let release = Release::new("bad");
    let sums = release.files().join("SHA256SUMS");
    let wrong: Vec<String> = std::fs::read_to_string(&sums)
        .unwrap()
        .lines()
        .map(|line| {
            let (sum, name) = line.split_once(' ').unwrap();
            let sum: String = sum.chars().rev().collect();
            format!("{sum} {name}\n")
        })
        .collect();
    std::fs::write(&sums, wrong.concat()).unwrap();
    let output = release.install(&[]);
    assert!(!output.status.success());
    assert!(
        String::from_utf8_lossy(&output.stderr).contains("the checksum of hundredms-cli-1.2.3-"),
        "{output:?}"
    );
    assert!(!release.programs().exists());
}
