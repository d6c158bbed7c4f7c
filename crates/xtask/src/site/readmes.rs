//! Checks the READMEs. The registries show them, so links must be absolute, and lead to the site or the repository. And the registries
//! include no files, so code is a copy: of a section of a file that tests run.

use std::collections::BTreeSet;
use std::path::Path;

use super::check::has_heading;
use super::source::is_code;
use crate::examples;
use crate::shell::{BoxError, root};

/// The READMEs that GitHub and the registries show.
const READMES: [&str; 6] = [
    "README.md",
    "crates/hundredms-cli/README.md",
    "crates/hundredms-deserialize-error/README.md",
    "crates/hundredms-sandbox/README.md",
    "node/README.md",
    "python/README.md",
];

const SITE: &str = "https://hundredms.github.io/hundredms/";
/// The choices of a language that a link can make, or none.
const LANGUAGES: [&str; 4] = ["", "lang=python", "lang=ts", "lang=rust"];
const REPOSITORY: &str = "https://github.com/hundredms/hundredms/";

/// Check every link, against the built pages, and every block of code.
pub(super) fn check(html: &Path) -> Result<(), BoxError> {
    let mut sections = BTreeSet::new();
    for folder in examples::FOLDERS {
        add_sections(folder.trim_end_matches('/'), &mut sections)?;
    }
    let mut faults = Vec::new();
    for file in READMES {
        let text = std::fs::read_to_string(root().join(file))?;
        for (number, code) in code_blocks(&text) {
            if !sections.contains(&code) {
                faults.push(format!(
                    "{file}:{number}: code is a copy of a section of a file that tests run, and no section is the same"
                ));
            }
        }
        for link in links(&text) {
            if let Some(why) = broken(link, html) {
                faults.push(format!("{file}: {link}: {why}"));
            }
        }
    }
    if faults.is_empty() {
        return Ok(());
    }
    Err(faults.join("\n").into())
}

/// Add the sections of the files of a folder that tests run.
fn add_sections(folder: &str, sections: &mut BTreeSet<String>) -> Result<(), BoxError> {
    for entry in std::fs::read_dir(root().join(folder))? {
        let entry = entry?;
        let name = format!("{folder}/{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            if !name.ends_with("/node_modules") {
                add_sections(&name, sections)?;
            }
        } else if examples::is_run(&name) {
            sections.extend(sections_of(&std::fs::read_to_string(entry.path())?));
        }
    }
    Ok(())
}

/// The sections of a file, without their indentation. A section that ends within another one is not expected.
fn sections_of(source: &str) -> Vec<String> {
    let mut sections = Vec::new();
    let mut section: Option<Vec<&str>> = None;
    for line in source.lines() {
        if line.contains("--8<-- [start:") {
            section = Some(Vec::new());
        } else if line.contains("--8<-- [end:") {
            sections.extend(section.take().map(|lines| dedented(&lines)));
        } else if let Some(lines) = &mut section {
            lines.push(line);
        }
    }
    sections
}

fn dedented(lines: &[&str]) -> String {
    let indents = lines.iter().filter(|line| !line.trim().is_empty());
    let indent = indents
        .map(|line| line.len() - line.trim_start().len())
        .min();
    let lines = lines
        .iter()
        .map(|line| line.get(indent.unwrap_or_default()..).unwrap_or_default());
    lines.collect::<Vec<_>>().join("\n").trim().to_owned()
}

/// The blocks of code in the languages of the package, each with the number of its first line.
fn code_blocks(text: &str) -> Vec<(usize, String)> {
    let mut blocks = Vec::new();
    let mut lines = (1..).zip(text.lines());
    while let Some((number, line)) = lines.next() {
        let Some(info) = line.strip_prefix("```") else {
            continue;
        };
        let code = lines.by_ref().map(|(_, line)| line);
        let code: Vec<_> = code.take_while(|line| *line != "```").collect();
        if is_code(info) {
            blocks.push((number + 1, dedented(&code)));
        }
    }
    blocks
}

/// The targets of links and images.
fn links(text: &str) -> impl Iterator<Item = &str> {
    let targets = text.split("](").skip(1);
    targets.filter_map(|rest| Some(rest.split_once(')')?.0))
}

/// Why a link leads nowhere.
fn broken(link: &str, html: &Path) -> Option<&'static str> {
    if link.starts_with('#') {
        return None;
    }
    if let Some(page) = link.strip_prefix(SITE) {
        let (path, anchor) = page.split_once('#').unwrap_or((page, ""));
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        if !LANGUAGES.contains(&query) {
            return Some("`site.js` knows no such choice of a language");
        }
        let page = html.join(path).join("index.html");
        return match std::fs::read_to_string(page) {
            Err(_) => Some("the site has no such page"),
            Ok(page) if !anchor.is_empty() && !has_heading(&page, anchor) => {
                Some("the page has no such heading")
            }
            Ok(_) => None,
        };
    }
    if let Some(rest) = link.strip_prefix(REPOSITORY) {
        let file = ["blob/main/", "tree/main/", "raw/main/"]
            .iter()
            .find_map(|kind| rest.strip_prefix(kind))?;
        let file = file.split('#').next().unwrap_or_default();
        return (!root().join(file).exists()).then_some("the repository has no such file");
    }
    (!link.starts_with("https://")).then_some("it must be absolute, because registries show it")
}

#[cfg(test)]
mod tests {
    use super::{broken, code_blocks, links, sections_of};

    #[test]
    fn code_of_a_readme_is_compared_without_indentation() {
        let source =
            "x\n    // --8<-- [start:one]\n    if a:\n\n        b\n    // --8<-- [end:one]\ny\n";
        let readme = "```console\n$ ls\n```\n\n```python\nif a:\n\n    b\n```\n";
        let sections = sections_of(source);
        assert_eq!(sections, ["if a:\n\n    b"]);
        assert_eq!(code_blocks(readme), [(6, sections[0].clone())]);
    }

    #[test]
    fn links_of_the_registries_lead_somewhere() {
        let html = std::env::temp_dir().join(format!("readmes-{}", std::process::id()));
        std::fs::create_dir_all(html.join("guides")).unwrap();
        std::fs::write(html.join("guides/index.html"), "<h2 id=\"use\">Use</h2>").unwrap();
        let site = "https://hundredms.github.io/hundredms/";
        let repository = "https://github.com/hundredms/hundredms/";
        let why = |link: &str| broken(link, &html);
        assert_eq!(why(&format!("{site}guides/#use")), None);
        assert_eq!(why(&format!("{site}guides/?lang=ts#use")), None);
        assert_eq!(
            why(&format!("{site}guides/?lang=node")),
            Some("`site.js` knows no such choice of a language")
        );
        assert_eq!(why(&format!("{repository}blob/main/README.md#why")), None);
        assert_eq!(why("https://www.100ms.live"), None);
        assert_eq!(
            why(&format!("{site}guide/")),
            Some("the site has no such page")
        );
        assert_eq!(
            why(&format!("{site}guides/#none")),
            Some("the page has no such heading")
        );
        assert_eq!(
            why(&format!("{repository}raw/main/none.png")),
            Some("the repository has no such file")
        );
        assert_eq!(
            why("docs/api.md"),
            Some("it must be absolute, because registries show it")
        );
        std::fs::remove_dir_all(html).unwrap();
    }

    #[test]
    fn images_and_links_around_them_are_found() {
        let found: Vec<_> = links("[![Alt](a.png)](b.md), [c](#d)").collect();
        assert_eq!(found, ["a.png", "b.md", "#d"]);
    }
}
