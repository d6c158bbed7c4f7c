//! Checks the built pages: every link leads somewhere, nothing is loaded from another site, and no code is hidden behind a second tab of its
//! language.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::html::{Tag, tags};
use crate::shell::BoxError;

/// The relations of `<link>` that make a browser load something.
const LOADED: [&str; 7] = [
    "stylesheet",
    "icon",
    "preload",
    "modulepreload",
    "preconnect",
    "dns-prefetch",
    "manifest",
];

/// Check every page in a folder, and return how many there are.
pub(super) fn pages(folder: &Path) -> Result<usize, BoxError> {
    let mut files = Vec::new();
    list(folder, &mut files)?;
    let mut pages = BTreeMap::new();
    for file in files.iter().filter(|file| has_extension(file, "html")) {
        pages.insert(file.clone(), std::fs::read_to_string(file)?);
    }
    let anchors: BTreeMap<&PathBuf, BTreeSet<&str>> = pages
        .iter()
        .map(|(file, page)| {
            (
                file,
                tags(page).iter().filter_map(|tag| tag.get("id")).collect(),
            )
        })
        .collect();
    let mut faults = Vec::new();
    for (file, page) in &pages {
        // The page of a missing address is shown at any address, so its links are absolute.
        if file.ends_with("404.html") {
            continue;
        }
        if let Some(label) = repeated_tab(page) {
            let page = file.strip_prefix(folder).unwrap_or(file).display();
            faults.push(format!("{page}: two tabs of one set are named {label}"));
        }
        for tag in tags(page) {
            let fault = loaded(&tag).map(|address| format!("loads {address} from another site"));
            let broken = || {
                let link = tag.get(if tag.name == "a" { "href" } else { "src" })?;
                broken(file, link, &anchors).map(|why| format!("{link}: {why}"))
            };
            if let Some(fault) = fault.or_else(broken) {
                let page = file.strip_prefix(folder).unwrap_or(file).display();
                faults.push(format!("{page}: {fault}"));
            }
        }
    }
    if faults.is_empty() {
        return Ok(pages.len());
    }
    Err(faults.join("\n").into())
}

/// The address of another site from which a tag makes a browser load something.
fn loaded<'a>(tag: &Tag<'a>) -> Option<&'a str> {
    let address = match tag.name {
        "link" => {
            let relation = tag.get("rel")?;
            LOADED.contains(&relation).then(|| tag.get("href"))?
        }
        "a" => None,
        _ => tag.get("src"),
    }?;
    is_elsewhere(address).then_some(address)
}

/// Why a link of a page leads nowhere.
fn broken(
    page: &Path,
    link: &str,
    anchors: &BTreeMap<&PathBuf, BTreeSet<&str>>,
) -> Option<&'static str> {
    if is_elsewhere(link) || link.starts_with("mailto:") || link.starts_with("data:") {
        return None;
    }
    let (path, anchor) = link.split_once('#').unwrap_or((link, ""));
    let mut file = if path.is_empty() {
        page.to_owned()
    } else {
        resolve(page.parent()?, path)
    };
    if file.is_dir() {
        file.push("index.html");
    }
    if !file.exists() {
        return Some("there is no such page");
    }
    let is_there = |anchors: &BTreeSet<&str>| anchors.contains(anchor);
    let missing = !anchor.is_empty() && anchors.get(&file).is_some_and(|ids| !is_there(ids));
    missing.then_some("the page has no such heading")
}

/// The name that two tabs of one set have.
fn repeated_tab(page: &str) -> Option<&str> {
    page.split("tabbed-labels").skip(1).find_map(|set| {
        let labels = set.split_once("</div>")?.0.split("<label").skip(1);
        let mut seen = BTreeSet::new();
        labels
            .filter_map(|label| Some(label.split_once('>')?.1.split_once("</label>")?.0))
            .find(|label| !seen.insert(*label))
    })
}

/// Return whether a page has an element with this id.
pub(super) fn has_heading(page: &str, id: &str) -> bool {
    tags(page).iter().any(|tag| tag.get("id") == Some(id))
}

/// Resolve a relative path, without reading links of the file system.
fn resolve(folder: &Path, path: &str) -> PathBuf {
    let mut resolved = folder.to_owned();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(resolved.pop()),
            part => resolved.push(part),
        }
    }
    resolved
}

fn is_elsewhere(address: &str) -> bool {
    address.starts_with("http:") || address.starts_with("https:") || address.starts_with("//")
}

fn has_extension(file: &Path, extension: &str) -> bool {
    file.extension().is_some_and(|found| found == extension)
}

fn list(folder: &Path, files: &mut Vec<PathBuf>) -> Result<(), BoxError> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            list(&path, files)?;
        } else {
            files.push(path);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::pages;

    /// A site with one page of this content.
    fn site(name: &str, page: &str) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("site-{name}-{}", std::process::id()));
        std::fs::create_dir_all(folder.join("guide")).unwrap();
        std::fs::write(folder.join("index.html"), page).unwrap();
        std::fs::write(folder.join("guide/index.html"), "<h2 id=use>Use</h2>").unwrap();
        folder
    }

    fn fault(name: &str, page: &str) -> String {
        let folder = site(name, page);
        let outcome = pages(&folder).map_err(|error| error.to_string());
        std::fs::remove_dir_all(folder).unwrap();
        outcome.map_or_else(|fault| fault, |count| format!("{count} pages"))
    }

    #[test]
    fn links_that_lead_somewhere_are_accepted() {
        let page = "<a href='guide/#use'></a><a href='https://example.com'></a><a href='#here' id=here></a>";
        assert_eq!(fault("good", page), "2 pages");
    }

    #[test]
    fn broken_links_and_anchors_are_refused() {
        let found = fault(
            "broken",
            r#"<a href="other/"></a><a href="guide/#none"></a>"#,
        );
        assert_eq!(
            found,
            "index.html: other/: there is no such page\nindex.html: guide/#none: the page has no such heading"
        );
    }

    #[test]
    fn what_is_loaded_from_another_site_is_refused() {
        let found = fault(
            "loaded",
            r#"<script src="https://cdn.example/x.js"></script>"#,
        );
        assert_eq!(
            found,
            "index.html: loads https://cdn.example/x.js from another site"
        );
    }
    #[test]
    fn two_tabs_of_one_set_with_one_name_are_refused() {
        let tabs = |labels: [&str; 2]| {
            let [one, two] = labels;
            format!(
                "<div class=tabbed-set><div class=tabbed-labels><label for=a>{one}</label><label for=b>{two}</label></div></div>"
            )
        };
        let twice = tabs(["Python", "Rust"]) + &tabs(["Python", "Rust"]);
        assert_eq!(fault("tabs", &twice), "2 pages");
        assert_eq!(
            fault("tabs-twice", &tabs(["Rust", "Rust"])),
            "index.html: two tabs of one set are named Rust"
        );
    }
}
