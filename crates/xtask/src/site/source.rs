//! Writes the settings and pages as Zensical reads them, and checks where their code comes from.
//!
//! Pages in `docs/` are also read on GitHub. So links to other files of the repository become links to GitHub on the site, and code blocks of
//! several languages become tabs.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

use super::{chart, imports, tabs};
use crate::examples;
use crate::shell::{BoxError, root};

/// Where links to files of the repository lead.
const REPOSITORY: &str = "https://github.com/hundredms/hundredms/blob/main";

/// Languages whose code must come from files that tests run.
const LANGUAGES: [&str; 10] = [
    "rust",
    "rs",
    "python",
    "py",
    "pycon",
    "js",
    "mjs",
    "ts",
    "javascript",
    "typescript",
];

/// Return whether the code of a block must come from a file that tests run, by what follows its fence: `python`, `rust,no_run`.
pub(super) fn is_code(info: &str) -> bool {
    LANGUAGES.contains(&language(info))
}

/// The language of a block of code, by what follows its fence.
fn language(info: &str) -> &str {
    let info = info.trim().trim_start_matches(['{', '.', ' ']);
    info.split([',', ' ', '}']).next().unwrap_or_default()
}

/// How many snippets the pages have, and of how many files.
#[derive(Debug, Default)]
pub(super) struct Counts {
    pub(super) snippets: usize,
    pub(super) files: usize,
}

/// Write settings and pages into a folder.
pub(super) fn write(folder: &Path) -> Result<Counts, BoxError> {
    let pages = folder.join("docs");
    if pages.exists() {
        std::fs::remove_dir_all(&pages)?;
    }
    let settings = std::fs::read_to_string(root().join("zensical.toml"))?;
    let mut site = Site {
        settings: &settings,
        snippets: 0,
        files: BTreeSet::new(),
        faults: Vec::new(),
    };
    site.copy(Path::new(""), &pages)?;
    if !site.faults.is_empty() {
        return Err(site.faults.join("\n").into());
    }
    std::fs::write(folder.join("zensical.toml"), &settings)?;
    Ok(Counts {
        snippets: site.snippets,
        files: site.files.len(),
    })
}

struct Site<'a> {
    settings: &'a str,
    snippets: usize,
    files: BTreeSet<String>,
    faults: Vec<String>,
}

impl Site<'_> {
    /// Copy a folder of `docs/`.
    fn copy(&mut self, folder: &Path, to: &Path) -> Result<(), BoxError> {
        std::fs::create_dir_all(to)?;
        for entry in std::fs::read_dir(root().join("docs").join(folder))? {
            let entry = entry?;
            let path = folder.join(entry.file_name());
            let to = to.join(entry.file_name());
            if entry.file_type()?.is_dir() {
                self.copy(&path, &to)?;
            } else if path.extension().is_some_and(|extension| extension == "md") {
                let mut text = std::fs::read_to_string(entry.path())?;
                if path == Path::new("benchmarks.md") {
                    text = chart::with_charts(&text);
                }
                let source = |file: &str| std::fs::read_to_string(root().join(file)).ok();
                let page = imports::with_imports(&self.page(&path, &text), source);
                std::fs::write(to, tabs::tabbed(&page))?;
            } else {
                std::fs::copy(entry.path(), to)?;
            }
        }
        Ok(())
    }

    /// Check a page, and return it as Zensical reads it.
    fn page(&mut self, path: &Path, text: &str) -> String {
        let name = path.to_string_lossy().replace('\\', "/");
        let nav = self.settings.split("\n[").take(2).collect::<String>();
        if !nav.contains(&format!("\"{name}\"")) {
            self.fault(&name, 1, "it is not in `nav` of zensical.toml");
        }
        let mut written = String::new();
        let mut fence = None;
        for (number, line) in (1..).zip(text.lines()) {
            let code = line.trim_start();
            if let Some(info) = code.strip_prefix("```").or(code.strip_prefix("~~~")) {
                fence = match fence {
                    None => Some(info),
                    Some(_) => None,
                };
            } else if let Some(snippet) = code.strip_prefix("--8<-- ") {
                self.snippet(&name, number, snippet);
            } else if fence.is_some_and(is_code) && !code.is_empty() {
                let fault = "code is cut out of a file that tests run: --8<-- \"file:section\"";
                self.fault(&name, number, fault);
            }
            let line = match fence {
                None => self.links(path, &name, number, line),
                Some(_) => line.to_owned(),
            };
            written.push_str(&line);
            written.push('\n');
        }
        written
    }

    /// Check that a snippet is of a file that tests run.
    fn snippet(&mut self, page: &str, number: usize, snippet: &str) {
        let snippet = snippet.trim_matches('"');
        let (file, section) = snippet.split_once(':').unwrap_or((snippet, ""));
        if section.is_empty() || !examples::is_run(file) {
            self.fault(
                page,
                number,
                "tests must run the file, and the snippet must be a section",
            );
        } else {
            let source = std::fs::read_to_string(root().join(file)).unwrap_or_default();
            if !source.contains(&format!("[start:{section}]")) {
                self.fault(page, number, &format!("{file} has no section {section}"));
            }
        }
        self.snippets += 1;
        self.files.insert(file.to_owned());
    }

    /// Return a line with links to files of the repository as links to GitHub.
    fn links(&mut self, path: &Path, name: &str, number: usize, line: &str) -> String {
        let mut written = String::new();
        let mut rest = line;
        while let Some((before, after)) = rest.split_once("](../") {
            let (link, after) = after.split_once(')').unwrap_or((after, ""));
            written.push_str(before);
            match outside(path, link) {
                None => {
                    let _ = write!(written, "](../{link})");
                }
                Some(file) => {
                    let plain = file.split('#').next().unwrap_or_default();
                    if !root().join(plain).exists() {
                        self.fault(name, number, &format!("{file} is not in the repository"));
                    }
                    let _ = write!(written, "]({REPOSITORY}/{file})");
                }
            }
            rest = after;
        }
        written + rest
    }

    fn fault(&mut self, page: &str, number: usize, what: &str) {
        self.faults.push(format!("docs/{page}:{number}: {what}"));
    }
}

/// The path in the repository of a link `../…` of a page that leads out of `docs/`.
fn outside(page: &Path, link: &str) -> Option<String> {
    let mut depth = page.components().count();
    let mut rest = link;
    depth -= 1;
    while depth > 0 {
        rest = rest.strip_prefix("../")?;
        depth -= 1;
    }
    (!rest.starts_with("../")).then(|| rest.to_owned())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    use super::{Site, outside};

    fn site() -> Site<'static> {
        Site {
            settings: "nav = [\"guides/x.md\", \"jobs.md\"]\n[project.theme]\n",
            snippets: 0,
            files: BTreeSet::new(),
            faults: Vec::new(),
        }
    }

    #[test]
    fn a_link_out_of_the_docs_leads_to_github() {
        let top = Path::new("jobs.md");
        assert_eq!(outside(top, "SECURITY.md").unwrap(), "SECURITY.md");
        let guide = Path::new("guides/x.md");
        assert_eq!(outside(guide, "jobs.md"), None);
        assert_eq!(outside(guide, "../SECURITY.md").unwrap(), "SECURITY.md");
        let mut site = site();
        let page = site.page(
            guide,
            "See [jobs](../jobs.md), [security](../../SECURITY.md).\n",
        );
        assert_eq!(
            page,
            "See [jobs](../jobs.md), [security](https://github.com/hundredms/hundredms/blob/main/SECURITY.md).\n"
        );
        site.page(guide, "[gone](../../GONE.md)");
        assert_eq!(
            site.faults,
            ["docs/guides/x.md:1: GONE.md is not in the repository"]
        );
    }

    #[test]
    fn code_that_is_typed_and_snippets_that_no_test_runs_are_refused() {
        let mut site = site();
        let guide = Path::new("guides/x.md");
        site.page(
            guide,
            "```console\n$ ls\n```\n```python\n--8<-- \"python/examples/lists.py:items\"\n```\n",
        );
        assert_eq!(site.faults, [""; 0]);
        site.page(guide, "```python\nimport hundredms\n```\n");
        site.page(guide, "```python\n--8<-- \"python/setup.py:items\"\n```\n");
        site.page(
            guide,
            "```python\n--8<-- \"python/examples/lists.py:none\"\n```\n",
        );
        for block in [
            "~~~py\nx = 1\n~~~",
            "``` { .ts }\nx()\n```",
            "```rust,no_run\nx();\n```",
        ] {
            site.page(guide, block);
        }
        assert_eq!(site.faults.len(), 6, "{:?}", site.faults);
    }

    #[test]
    fn a_page_must_be_in_the_navigation() {
        let mut site = site();
        site.page(Path::new("new.md"), "# New\n");
        assert_eq!(
            site.faults,
            ["docs/new.md:1: it is not in `nav` of zensical.toml"]
        );
    }
}
