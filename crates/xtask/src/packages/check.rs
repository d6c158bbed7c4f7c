//! Checks of every built file: it contains its licences, has the right names, and runs on old systems.

use std::path::Path;
use std::process::Command;

use crate::platforms::{GLIBC, Platform, System};
use crate::python::Environment;
use crate::shell::{BoxError, run_command, stdout_of};

const LICENCES: [&str; 2] = ["LICENSE-MIT", "LICENSE-APACHE"];
const THIRD_PARTY: &str = "THIRD-PARTY-LICENSES.txt";

/// Check a wheel: its metadata, its licences, and the required versions of the system and of Python.
pub(super) fn wheel(tools: &Environment, platform: Platform, wheel: &Path) -> Result<(), BoxError> {
    let name = wheel.file_name().unwrap_or_default().to_string_lossy();
    if !name.contains(platform.wheel) {
        return Err(format!("{name} is not for {}", platform.wheel).into());
    }
    twine(tools, wheel)?;
    let files = stdout_of(
        Command::new(tools.python())
            .args(["-m", "zipfile", "--list"])
            .arg(wheel),
    )?;
    holds(
        &files,
        &[LICENCES.as_slice(), &[THIRD_PARTY]].concat(),
        &name,
    )?;
    // On a system with glibc, auditwheel takes the linker script libc.so for the libc of musl, and fails.
    if platform.system == System::Gnu {
        let shown = stdout_of(
            Command::new(tools.program("auditwheel"))
                .arg("show")
                .arg(wheel)
                .env("COLUMNS", "1000"),
        )?;
        println!(
            "{}",
            shown
                .lines()
                .filter(|line| !line.is_empty())
                .collect::<Vec<_>>()
                .join(" ")
        );
        if !shown.contains(platform.wheel) {
            return Err(format!("{name} needs more than {}: {shown}", platform.wheel).into());
        }
    }
    if name.contains("-abi3-") {
        run_command(
            Command::new(tools.program("abi3audit"))
                .arg("--strict")
                .arg(wheel),
        )?;
    }
    Ok(())
}

/// Check the source distribution.
pub(super) fn sdist(tools: &Environment, sdist: &Path) -> Result<(), BoxError> {
    twine(tools, sdist)?;
    let files = stdout_of(Command::new("tar").arg("-tzf").arg(sdist))?;
    holds(
        &files,
        &[LICENCES.as_slice(), &[THIRD_PARTY]].concat(),
        &sdist.to_string_lossy(),
    )
}

/// Check an npm package: its licences, and those of the crates if it has an addon.
pub(super) fn tarball(tarball: &Path) -> Result<(), BoxError> {
    let files = stdout_of(Command::new("tar").arg("-tzf").arg(tarball))?;
    let name = tarball.to_string_lossy();
    holds(&files, &LICENCES, &name)?;
    if format!("{files}\n").contains(".node\n") {
        holds(&files, &[THIRD_PARTY], &name)?;
    }
    Ok(())
}

/// Check that a program or a library loads on the oldest system of its platform.
pub(crate) fn binary(platform: Platform, file: &Path) -> Result<(), BoxError> {
    if !platform.is_linux() {
        return Ok(());
    }
    let newest = newest_glibc(&std::fs::read(file)?);
    if platform.system == System::Musl {
        return match newest {
            None => Ok(()),
            Some(_) => Err(format!("{} needs glibc, on a system with musl", file.display()).into()),
        };
    }
    let (major, minor) = newest.ok_or(format!("{} needs no glibc", file.display()))?;
    println!("{} needs glibc {major}.{minor}", file.display());
    if (major, minor) > GLIBC {
        return Err(format!(
            "{} needs glibc {major}.{minor}, newer than {GLIBC:?}",
            file.display()
        )
        .into());
    }
    Ok(())
}

fn twine(tools: &Environment, file: &Path) -> Result<(), BoxError> {
    run_command(
        Command::new(tools.program("twine"))
            .args(["check", "--strict"])
            .arg(file),
    )
}

fn holds(files: &str, wanted: &[&str], name: &str) -> Result<(), BoxError> {
    for file in wanted {
        if !files.contains(file) {
            return Err(format!("{name} holds no {file}").into());
        }
    }
    Ok(())
}

/// Return the newest version of glibc whose symbols a file names.
fn newest_glibc(file: &[u8]) -> Option<(u32, u32)> {
    const MARK: &[u8] = b"GLIBC_";
    let places = file
        .windows(MARK.len())
        .enumerate()
        .filter(|(_, part)| *part == MARK);
    let versions = places.filter_map(|(place, _)| {
        let rest = &file[place + MARK.len()..];
        let length = rest
            .iter()
            .take_while(|byte| byte.is_ascii_digit() || **byte == b'.')
            .count();
        let mut numbers = std::str::from_utf8(&rest[..length]).ok()?.split('.');
        Some((numbers.next()?.parse().ok()?, numbers.next()?.parse().ok()?))
    });
    versions.max()
}

#[cfg(test)]
mod tests {
    use super::{binary, holds, newest_glibc};
    use crate::platforms::PLATFORMS;

    #[test]
    fn the_newest_glibc_is_found_among_the_versions_that_a_file_names() {
        assert_eq!(
            newest_glibc(b"\0GLIBC_2.9\0GLIBC_2.17\0GLIBC_2.2.5\0"),
            Some((2, 17))
        );
        assert_eq!(newest_glibc(b"\0GLIBC_PRIVATE\0"), None);
    }

    #[test]
    fn a_file_that_needs_a_newer_glibc_or_one_where_there_is_none_is_refused() {
        let file = std::env::temp_dir().join(format!("hundredms-glibc-{}", std::process::id()));
        let [gnu, _, musl, ..] = PLATFORMS;
        for (needs, loads) in [("GLIBC_2.17", true), ("GLIBC_2.34", false)] {
            std::fs::write(&file, needs).unwrap();
            assert_eq!(binary(gnu, &file).is_ok(), loads, "{needs}");
            assert!(binary(musl, &file).is_err(), "{needs}");
        }
        std::fs::write(&file, "libc.so").unwrap();
        assert!(binary(musl, &file).is_ok());
        std::fs::remove_file(&file).unwrap();
    }

    #[test]
    fn a_package_without_a_licence_is_refused() {
        assert!(holds("package/LICENSE-MIT", &["LICENSE-MIT"], "it").is_ok());
        assert!(holds("package/README.md", &["LICENSE-MIT"], "it").is_err());
    }
}
