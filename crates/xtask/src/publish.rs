//! `cargo xtask release`: one version for the crates, the wheel and the npm packages, and a dry run of each publication.

use std::path::PathBuf;
use std::process::Command;

use serde_json::Value;

use crate::crates::{Package, crates, each_crate};
use crate::packages;
use crate::platforms;
use crate::shell::{BoxError, root, run_command};

/// Fail unless every package has this version, and the metadata that its registry requires.
pub(crate) fn check(version: &str) -> Result<(), BoxError> {
    let mut wrong = Vec::new();
    for package in crates()? {
        wrong.extend(lacks(&package, version));
    }
    for (file, place) in NPM {
        let found: Value = serde_json::from_str(&read(file)?)?;
        if found.pointer(place).and_then(Value::as_str) != Some(version) {
            wrong.push(format!("{file} has another version at {place}"));
        }
    }
    for (name, found) in locked(&read(APART_LOCK)?) {
        if name.starts_with("hundredms") && found != version {
            wrong.push(format!("{APART_LOCK}: {name} {found}"));
        }
    }
    let manifest = read("Cargo.toml")?;
    let own = manifest
        .lines()
        .filter(|line| line.starts_with("hundredms") && line.contains("path = "));
    for line in own.filter(|line| !line.contains(&format!("version = \"{version}\""))) {
        wrong.push(format!("Cargo.toml: {line}"));
    }
    for file in ["README.md"] {
        let text = read(file).unwrap_or_default();
        let named = text
            .lines()
            .filter(|line| line.starts_with("hundredms") && line.contains("= \""));
        for line in named.filter(|line| !line.contains(&wanted(version))) {
            wrong.push(format!("{file}: {line}"));
        }
    }
    if wrong.is_empty() {
        return Ok(());
    }
    Err(format!("not everything is {version}:\n  {}", wrong.join("\n  ")).into())
}

/// The manifests of the npm packages.
const NPM: [(&str, &str); 3] = [
    ("node/package.json", "/version"),
    ("node/package-lock.json", "/version"),
    ("node/package-lock.json", "/packages//version"),
];

/// The lock file of a test outside the workspace, which names the versions of the crates.
const APART_LOCK: &str = "tests/both-providers/Cargo.lock";

/// Return the names and versions in a lock file.
fn locked(lock: &str) -> Vec<(&str, &str)> {
    let lines: Vec<_> = lock.lines().collect();
    lines
        .windows(2)
        .filter_map(|pair| Some((value(pair[0], "name")?, value(pair[1], "version")?)))
        .collect()
}

/// Return the text that a line of TOML gives a key.
fn value<'a>(line: &'a str, key: &str) -> Option<&'a str> {
    let rest = line.strip_prefix(key)?;
    rest.strip_prefix(" = \"")?.strip_suffix('"')
}

/// Return the metadata that the registry requires and a crate lacks.
fn lacks(package: &Package, version: &str) -> Vec<String> {
    let folder = package
        .manifest_path
        .parent()
        .map(PathBuf::from)
        .unwrap_or_default();
    let there = [
        (package.version == version, "this version"),
        (package.description.is_some(), "a description"),
        (package.license.is_some(), "a licence"),
        (package.repository.is_some(), "a repository"),
        (package.rust_version.is_some(), "a rust-version"),
        (package.readme.is_some(), "a readme"),
        (!package.keywords.is_empty(), "keywords"),
        (!package.categories.is_empty(), "categories"),
        (
            folder.join("LICENSE-MIT").exists() && folder.join("LICENSE-APACHE").exists(),
            "the licence texts",
        ),
    ];
    there
        .into_iter()
        .filter(|(is, _)| !is)
        .map(|(_, what)| format!("{} lacks {what}", package.name))
        .collect()
}

/// Write a version everywhere, start its section of the changelog, and make a dry run of each publication.
pub(crate) fn prepare(version: &str) -> Result<(), BoxError> {
    let old = env!("CARGO_PKG_VERSION");
    if numbers(version).ok_or(format!(
        "{version} is no version: give three numbers, such as 0.2.0"
    ))? <= numbers(old).unwrap_or_default()
    {
        return Err(format!("{version} does not come after {old}").into());
    }
    bump(old, version)?;
    check(version)?;
    println!("everything is {version}; now each publication without publishing");
    dry_run()?;
    println!("{version} is prepared: look at `git diff`, commit it, and go on with RELEASING.md");
    Ok(())
}

/// Write the version into every manifest, and turn the changelog's section Unreleased into its own.
fn bump(old: &str, version: &str) -> Result<(), BoxError> {
    rewrite("Cargo.toml", |text| {
        text.replace(
            &format!("version = \"{old}\""),
            &format!("version = \"{version}\""),
        )
    })?;
    for file in ["README.md"] {
        if root().join(file).exists() {
            rewrite(file, |text| {
                let bumped = text.lines().map(|line| {
                    if line.starts_with("hundredms") {
                        line.replace(&wanted(old), &wanted(version))
                    } else {
                        line.to_owned()
                    }
                });
                bumped.collect::<Vec<_>>().join("\n") + "\n"
            })?;
        }
    }
    let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
    let words = [
        "version",
        version,
        "--no-git-tag-version",
        "--allow-same-version",
    ];
    run_command(
        Command::new(npm)
            .args(words)
            .current_dir(root().join("node")),
    )?;
    for folder in [root(), root().join("tests/both-providers")] {
        run_command(
            Command::new("cargo")
                .args(["update", "--workspace", "--quiet"])
                .current_dir(folder),
        )?;
    }
    let today = hundredms::Timestamp::now().to_string()[..10].to_owned();
    let changelog = read("CHANGELOG.md")?;
    std::fs::write(
        root().join("CHANGELOG.md"),
        released(&changelog, version, &today)?,
    )?;
    Ok(())
}

/// Turn the section Unreleased of a changelog into that of a version, under a new one.
fn released(changelog: &str, version: &str, today: &str) -> Result<String, BoxError> {
    const HEAD: &str = "## [Unreleased]\n";
    let (before, after) = changelog
        .split_once(HEAD)
        .ok_or("the changelog has no section Unreleased")?;
    let body = after.split("\n## [").next().unwrap_or_default();
    if body.trim().is_empty() {
        return Err("the section Unreleased of the changelog is empty".into());
    }
    Ok(format!("{before}{HEAD}\n## [{version}] - {today}\n{after}"))
}

/// Build and check everything that is published from this machine, and run each registry's client with its dry-run option.
fn dry_run() -> Result<(), BoxError> {
    // What was built before has another version.
    let _ = std::fs::remove_dir_all(packages::folder());
    packages::run(&["--sources"])?;
    packages::run(&["--target", platforms::host()?.rust])?;
    each_crate(&["publish", "--dry-run", "--allow-dirty", "--no-verify"])?;
    for file in std::fs::read_dir(packages::folder())? {
        let file = file?.path();
        if file.extension().is_some_and(|end| end == "tgz") {
            let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
            run_command(
                Command::new(npm)
                    .args(["publish", "--dry-run", "--access", "public"])
                    .arg(&file),
            )?;
        }
    }
    Ok(())
}

fn read(file: &str) -> Result<String, BoxError> {
    std::fs::read_to_string(root().join(file)).map_err(|error| format!("{file}: {error}").into())
}

fn rewrite(file: &str, change: impl Fn(&str) -> String) -> Result<(), BoxError> {
    let text = read(file)?;
    std::fs::write(root().join(file), change(&text))?;
    Ok(())
}

fn numbers(version: &str) -> Option<[u64; 3]> {
    let numbers: Vec<u64> = version
        .split('.')
        .map(|part| part.parse().ok())
        .collect::<Option<_>>()?;
    numbers.try_into().ok()
}

/// Return a version as written in the guides: without its last number, in quotes.
fn wanted(version: &str) -> String {
    let minor = version.rsplit_once('.').map_or(version, |(minor, _)| minor);
    format!("\"{minor}\"")
}

#[cfg(test)]
mod tests {
    use super::{check, numbers, released};

    #[test]
    fn every_package_has_one_version() {
        check(env!("CARGO_PKG_VERSION")).unwrap();
    }

    #[test]
    fn another_version_is_refused_with_the_place_that_lacks_it() {
        let error = check("9.9.9").unwrap_err().to_string();
        for place in [
            "hundredms lacks this version",
            "node/package.json",
            "Cargo.toml: hundredms",
            "tests/both-providers/Cargo.lock: hundredms",
        ] {
            assert!(error.contains(place), "{place}: {error}");
        }
    }

    #[test]
    fn a_release_gets_a_section_under_a_new_one() {
        let log = "# Changelog\n\n## [Unreleased]\n\n- New.\n\n## [0.1.0] - 2026-01-01\n";
        let written = released(log, "0.2.0", "2026-02-03").unwrap();
        assert_eq!(
            written,
            "# Changelog\n\n## [Unreleased]\n\n## [0.2.0] - 2026-02-03\n\n- New.\n\n## [0.1.0] - 2026-01-01\n"
        );
        assert!(
            released(&written, "0.3.0", "2026-02-04").is_err(),
            "nothing is new"
        );
    }

    #[test]
    fn a_version_is_three_numbers() {
        assert_eq!(numbers("0.2.10"), Some([0, 2, 10]));
        for wrong in ["0.2", "v0.2.0", "0.2.0-rc.1", ""] {
            assert_eq!(numbers(wrong), None, "{wrong}");
        }
    }
}
