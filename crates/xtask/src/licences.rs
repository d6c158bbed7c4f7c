//! `cargo xtask licences`: the licence texts of the crates that are linked into the wheels, the addons and the commands.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde::Deserialize;

use crate::platforms::PLATFORMS;
use crate::shell::{BoxError, root, stdout_of};

/// The crates that are shipped as machine code.
const SHIPPED: [&str; 4] = [
    "hundredms-python",
    "hundredms-node",
    "hundredms-sandbox",
    "hundredms-cli",
];

const FILE: &str = "THIRD-PARTY-LICENSES.txt";

const HEAD: &str = "\
The wheels, the npm packages of the platforms and the commands of hundredms contain machine code of the Rust crates below,
under these licences, and of the Rust standard library (MIT OR Apache-2.0, copyright The Rust Project Contributors).
Written by `cargo xtask licences`.
";

/// Write the file.
pub(crate) fn write() -> Result<(), BoxError> {
    std::fs::write(root().join(FILE), text()?)?;
    Ok(())
}

/// Fail if the file is stale.
pub(crate) fn check() -> Result<(), BoxError> {
    if std::fs::read_to_string(root().join(FILE))
        .is_ok_and(|found| text().is_ok_and(|text| text == found))
    {
        return Ok(());
    }
    Err(format!("{FILE} is stale; run `cargo xtask licences`").into())
}

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
}

#[derive(Deserialize)]
struct Package {
    name: String,
    version: String,
    license: Option<String>,
    license_file: Option<PathBuf>,
    repository: Option<String>,
    manifest_path: PathBuf,
    source: Option<String>,
}

impl Package {
    /// Return the licence texts in the package, in an order that does not change.
    fn texts(&self) -> Result<Vec<String>, BoxError> {
        let folder = self
            .manifest_path
            .parent()
            .ok_or("a manifest is in no folder")?;
        let mut files = BTreeSet::new();
        for entry in std::fs::read_dir(folder)? {
            let entry = entry?;
            if entry.file_type()?.is_file() && is_licence(&entry.path()) {
                files.insert(entry.path());
            }
        }
        files.extend(self.license_file.as_ref().map(|file| folder.join(file)));
        // One of several alternative licences is enough.
        if self
            .license
            .as_deref()
            .is_some_and(|licence| !licence.contains("AND") && licence.contains("MIT"))
            && let Some(mit) = files.iter().find(|file| has_word(file, "MIT")).cloned()
        {
            files = BTreeSet::from([mit]);
        }
        files
            .iter()
            .map(|file| Ok(tidy(&String::from_utf8_lossy(&std::fs::read(file)?))))
            .collect()
    }
}

/// Return whether the name of a file is that of a licence or a notice.
fn is_licence(path: &Path) -> bool {
    [
        "LICENSE",
        "LICENCE",
        "COPYING",
        "COPYRIGHT",
        "NOTICE",
        "UNLICENSE",
    ]
    .iter()
    .any(|word| name(path).starts_with(word))
}

fn has_word(path: &Path, word: &str) -> bool {
    name(path)
        .split(|end: char| !end.is_ascii_alphanumeric())
        .any(|part| part == word)
}

fn name(path: &Path) -> String {
    path.file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .to_uppercase()
}

/// Return a text with normalised line endings.
fn tidy(text: &str) -> String {
    let lines: Vec<_> = text.lines().map(str::trim_end).collect();
    lines.join("\n").trim_matches('\n').to_owned()
}

/// Return the names and versions of the crates that are linked on any platform.
fn linked() -> Result<BTreeSet<(String, String)>, BoxError> {
    let mut tree = Command::new("cargo");
    tree.args(["tree", "--locked", "--prefix", "none", "--format", "{p}"]);
    tree.args(["--edges", "normal,no-proc-macro"]);
    for package in SHIPPED {
        tree.args(["--package", package]);
    }
    for platform in PLATFORMS {
        tree.args(["--target", platform.rust]);
    }
    let tree = stdout_of(tree.current_dir(root()))?;
    let crates = tree.lines().filter_map(|line| {
        let mut words = line.split_whitespace();
        Some((
            words.next()?.to_owned(),
            words.next()?.trim_start_matches('v').to_owned(),
        ))
    });
    Ok(crates.collect())
}

fn text() -> Result<String, BoxError> {
    let metadata = stdout_of(
        Command::new("cargo")
            .args(["metadata", "--locked", "--format-version", "1"])
            .current_dir(root()),
    )?;
    let metadata: Metadata = serde_json::from_str(&metadata)?;
    let linked = linked()?;
    let mut by_text: BTreeMap<Vec<String>, Vec<String>> = BTreeMap::new();
    for package in metadata.packages {
        let Package {
            name,
            version,
            source,
            ..
        } = &package;
        if source.is_none() || !linked.contains(&(name.clone(), version.clone())) {
            continue;
        }
        let licence = package.license.as_deref().unwrap_or("see the text");
        let place = package.repository.as_deref().unwrap_or_default();
        let line = format!("{name} {version}, {licence}, {place}");
        by_text.entry(package.texts()?).or_default().push(line);
    }
    let mut groups: Vec<_> = by_text.into_iter().collect();
    for (_, crates) in &mut groups {
        crates.sort();
    }
    groups.sort_by(|one, other| one.1.cmp(&other.1));
    let mut written = HEAD.to_owned();
    for (texts, crates) in groups {
        write!(written, "\n{}\n{}\n", "=".repeat(80), crates.join("\n"))?;
        if texts.is_empty() {
            writeln!(
                written,
                "\nCopyright the authors. The package holds no text of its licence; LICENSE-MIT and LICENSE-APACHE have those of MIT and Apache-2.0."
            )?;
        }
        for text in texts {
            write!(written, "\n{text}\n")?;
        }
    }
    Ok(written)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{has_word, is_licence, tidy};

    #[test]
    fn a_licence_is_known_by_the_name_of_its_file() {
        for name in [
            "LICENSE",
            "license-mit",
            "COPYING",
            "NOTICE.txt",
            "LICENCE.md",
        ] {
            assert!(is_licence(Path::new(name)), "{name}");
        }
        for name in ["README.md", "build.rs"] {
            assert!(!is_licence(Path::new(name)), "{name}");
        }
        assert!(has_word(Path::new("LICENSE-MIT"), "MIT"));
        assert!(!has_word(Path::new("LICENSE-LIMITED"), "MIT"));
    }

    #[test]
    fn texts_that_differ_in_their_line_ends_are_one() {
        assert_eq!(
            tidy("\nyou may \r\nuse it\r\n\r\n"),
            tidy("you may\nuse it")
        );
    }
}
