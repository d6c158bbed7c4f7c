//! Checks the links of the READMEs. The registries show them, so links must be absolute, and lead to the site or the repository.

use std::path::Path;

use super::check::has_heading;
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
const REPOSITORY: &str = "https://github.com/hundredms/hundredms/";

/// Check every link, against the built pages.
pub(super) fn check(html: &Path) -> Result<(), BoxError> {
    let mut faults = Vec::new();
    for file in READMES {
        let text = std::fs::read_to_string(root().join(file))?;
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
    use super::{broken, links};

    #[test]
    fn links_of_the_registries_lead_somewhere() {
        let html = std::env::temp_dir().join(format!("readmes-{}", std::process::id()));
        std::fs::create_dir_all(html.join("guides")).unwrap();
        std::fs::write(html.join("guides/index.html"), "<h2 id=\"use\">Use</h2>").unwrap();
        let site = "https://hundredms.github.io/hundredms/";
        let repository = "https://github.com/hundredms/hundredms/";
        let why = |link: &str| broken(link, &html);
        assert_eq!(why(&format!("{site}guides/#use")), None);
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
