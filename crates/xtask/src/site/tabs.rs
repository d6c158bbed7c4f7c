//! Makes tabs of code blocks that follow each other, each in another language. On GitHub, they stay one below the other.

use std::fmt::Write as _;

/// The names of the tabs, in their order, and the languages of their code.
const TABS: [(&str, [&str; 2]); 3] = [
    ("Python", ["python", "python"]),
    ("TypeScript", ["ts", "js"]),
    ("Rust", ["rust", "rust"]),
];

/// A code block: its tab, and its lines with the fences.
struct Block<'a> {
    tab: usize,
    lines: Vec<&'a str>,
}

/// Return a page with tabs.
pub(super) fn tabbed(page: &str) -> String {
    let mut written = String::new();
    let mut blocks: Vec<Block<'_>> = Vec::new();
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        if let Some(tab) = line.strip_prefix("```").and_then(tab_of) {
            if blocks.iter().any(|block| block.tab == tab) {
                flush(&mut written, &mut blocks);
            }
            let mut block = vec![line];
            for line in lines.by_ref() {
                block.push(line);
                if line == "```" {
                    break;
                }
            }
            blocks.push(Block { tab, lines: block });
        } else if !line.is_empty() || blocks.is_empty() {
            flush(&mut written, &mut blocks);
            written.push_str(line);
            written.push('\n');
        }
    }
    flush(&mut written, &mut blocks);
    named(&separated(&written))
}

/// Begin each tab with its name. `site.css` hides it, but a page as Markdown has no other labels.
fn named(page: &str) -> String {
    let mut written = String::new();
    for line in page.lines() {
        let _ = writeln!(written, "{line}");
        let code = line.trim_start();
        let label = code.strip_prefix("=== ").or(code.strip_prefix("===! "));
        if let Some(label) = label.filter(|label| label.starts_with('"')) {
            let indent = " ".repeat(line.len() - code.len() + 4);
            let name = label.trim_matches('"');
            let _ = writeln!(written, "\n{indent}**{name}**\n{indent}{{ .tab-name }}");
        }
    }
    written
}

/// Begin new tabs where a language comes a second time: otherwise tabs that follow each other become one set, and one language hides the
/// other's code.
fn separated(page: &str) -> String {
    let mut written = String::new();
    let mut labels = Vec::new();
    for line in page.lines() {
        if let Some(label) = line.strip_prefix("=== ") {
            if labels.contains(&label) {
                labels.clear();
                let _ = writeln!(written, "===! {label}");
            } else {
                let _ = writeln!(written, "{line}");
            }
            labels.push(label);
            continue;
        }
        if !line.is_empty() && !line.starts_with(' ') {
            labels.clear();
        }
        let _ = writeln!(written, "{line}");
    }
    written
}

/// Return the search index without the labels and the names of tabs, with which excerpts of pages would begin.
pub(super) fn without_labels(index: &str) -> String {
    let names = TABS.map(|(name, _)| name);
    let all = names.concat();
    // Longer sets first: a shorter one is part of them.
    let pairs = [[0, 1], [0, 2], [1, 2]].map(|[one, two]| names[one].to_owned() + names[two]);
    let in_tabs = names.map(|name| format!("<p>{name}</p>"));
    in_tabs
        .into_iter()
        .chain([all])
        .chain(pairs)
        .fold(index.to_owned(), |index, labels| {
            index.replace(&format!("{labels} <pre>"), "<pre>")
        })
}

fn tab_of(language: &str) -> Option<usize> {
    TABS.iter()
        .position(|(_, languages)| languages.contains(&language))
}

/// Write the blocks that follow each other, and an empty line.
fn flush(written: &mut String, blocks: &mut Vec<Block<'_>>) {
    let are_tabs = blocks.len() > 1;
    if are_tabs {
        blocks.sort_by_key(|block| block.tab);
    }
    for block in blocks.drain(..) {
        if are_tabs {
            let _ = writeln!(written, "=== \"{}\"\n", TABS[block.tab].0);
        }
        for line in block.lines {
            if are_tabs && !line.is_empty() {
                written.push_str("    ");
            }
            written.push_str(line);
            written.push('\n');
        }
        written.push('\n');
    }
}

#[cfg(test)]
mod tests {
    use super::{tabbed, without_labels};

    #[test]
    fn the_search_index_has_no_labels_of_tabs() {
        let index = "One. PythonTypeScriptRust <p>Python</p> <pre>a</pre> <p>Rust</p> <pre>b</pre> PythonRust <pre>c</pre> PythonTypeScript";
        assert_eq!(
            without_labels(index),
            "One. <pre>a</pre> <pre>b</pre> <pre>c</pre> PythonTypeScript"
        );
    }

    #[test]
    fn blocks_of_several_languages_become_tabs() {
        let page = "One:\n\n```rust\nlet x = 1;\n```\n\n```python\nx = 1\n\ny = 2\n```\n\nTwo.\n";
        assert_eq!(
            tabbed(page),
            "One:\n\n=== \"Python\"\n\n    **Python**\n    { .tab-name }\n\n    ```python\n    x = 1\n\n    y = 2\n    ```\n\n=== \"Rust\"\n\n    **Rust**\n    { .tab-name }\n\n    ```rust\n    let x = 1;\n    ```\n\nTwo.\n"
        );
    }

    #[test]
    fn a_language_that_comes_again_begins_new_tabs() {
        let tab = |label: &str, text: &str| format!("=== \"{label}\"\n\n    {text}\n\n");
        let set = [tab("Python", "a"), tab("Rust", "b")].concat();
        let named = |label: &str, text: &str| {
            tab(
                label,
                &format!("**{label}**\n    {{ .tab-name }}\n\n    {text}"),
            )
        };
        let [python, rust] = [named("Python", "a"), named("Rust", "b")];
        let again = python.replacen("===", "===!", 1);
        assert_eq!(
            tabbed(&(set.clone() + &set)).replace("\n\n\n", "\n\n"),
            [&*python, &rust, &again, &rust].concat()
        );
    }

    #[test]
    fn other_blocks_stay() {
        let page = "```python\nx = 1\n```\n\n```python\ny = 2\n```\n\n```console\n$ ls\n```\n";
        assert_eq!(tabbed(page), page);
    }
}
