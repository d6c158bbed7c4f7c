//! Gives each block of TypeScript on a page the imports that it uses, so that a block that a link leads to, or that is copied alone, is
//! complete. They come from the file that the block is cut out of.

/// A page with this line shows one program in parts: the imports are where the page puts them.
const ONE_PROGRAM: &str = "<!-- The blocks are one program. -->";

/// Return a page with the imports of its blocks. `source` reads a file of the repository.
pub(super) fn with_imports(page: &str, source: impl Fn(&str) -> Option<String>) -> String {
    if page.lines().any(|line| line == ONE_PROGRAM) {
        return page.to_owned();
    }
    let mut written = String::new();
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        written.push_str(line);
        written.push('\n');
        let begins = matches!(line.trim_start(), "```js" | "```ts");
        if !begins {
            continue;
        }
        let mut ends = None;
        let block: Vec<&str> = lines
            .by_ref()
            .take_while(|line| {
                let is_end = line.trim_start() == "```";
                if is_end {
                    ends = Some(*line);
                }
                !is_end
            })
            .collect();
        let indent = &line[..line.len() - line.trim_start().len()];
        for line in complete(&block, indent, &source)
            .iter()
            .chain(&ends.map(str::to_owned))
        {
            written.push_str(line);
            written.push('\n');
        }
    }
    written
}

/// Return the lines of a block with its imports.
fn complete(block: &[&str], indent: &str, source: impl Fn(&str) -> Option<String>) -> Vec<String> {
    let mut body = String::new();
    let mut known: Vec<String> = Vec::new();
    let mut shown = Vec::new();
    for line in block {
        let Some((file, section)) = snippet(line) else {
            shown.push((*line).to_owned());
            continue;
        };
        let text = source(file).unwrap_or_default();
        for import in text.lines().filter(|line| line.starts_with("import ")) {
            if !known.iter().any(|line| line == import) {
                known.push(import.to_owned());
            }
        }
        if section != "imports" {
            body.push_str(&cut(&text, section));
            shown.push((*line).to_owned());
        }
    }
    let has_own = body.lines().any(|line| line.starts_with("import "));
    if body.is_empty() || has_own {
        return block.iter().map(|&line| line.to_owned()).collect();
    }
    let used: Vec<String> = known
        .iter()
        .filter_map(|import| narrowed(import, &body))
        .collect();
    let mut lines: Vec<String> = used
        .iter()
        .map(|import| format!("{indent}{import}"))
        .collect();
    if !lines.is_empty() {
        lines.push(String::new());
    }
    // Where the imports were, there may be an empty line.
    lines.extend(shown.into_iter().skip_while(|line| line.trim().is_empty()));
    lines
}

/// The file and the section that a line cuts out.
fn snippet(line: &str) -> Option<(&str, &str)> {
    line.trim_start()
        .strip_prefix("--8<-- ")?
        .trim_matches('"')
        .split_once(':')
}

/// The lines of a section, without comments.
fn cut(source: &str, section: &str) -> String {
    let (start, end) = (format!("[start:{section}]"), format!("[end:{section}]"));
    let lines = source
        .lines()
        .skip_while(|line| !line.contains(&start))
        .skip(1);
    let lines = lines.take_while(|line| !line.contains(&end));
    let code = lines.filter(|line| !line.trim_start().starts_with("//"));
    code.flat_map(|line| [line, "\n"]).collect()
}

/// Return an import of only the names that the code uses, if it uses any: `import { a, b } from 'c'`, `import a from 'c'`,
/// `import a, { b } from 'c'`, `import * as a from 'c'`.
fn narrowed(import: &str, code: &str) -> Option<String> {
    let (names, from) = import.rsplit_once(" from ")?;
    let is_used =
        |name: &&str| !name.is_empty() && uses(code, name.rsplit(' ').next().unwrap_or(name));
    let (whole, named) = match names.split_once("{ ") {
        Some((whole, named)) => (whole, named.trim_end_matches(" }")),
        None => (names, ""),
    };
    let (keyword, whole) = match whole.strip_prefix("import type ") {
        Some(whole) => ("import type", whole),
        None => ("import", whole.strip_prefix("import ")?),
    };
    let whole = whole.trim_end_matches([',', ' ']);
    let named: Vec<&str> = named.split(", ").filter(is_used).collect();
    let mut used: Vec<String> = Vec::new();
    used.extend(is_used(&whole).then(|| whole.to_owned()));
    used.extend((!named.is_empty()).then(|| format!("{{ {} }}", named.join(", "))));
    (!used.is_empty()).then(|| format!("{keyword} {} from {from}", used.join(", ")))
}

/// Return whether code uses a name, and not as a member, as a key or as a part of another name.
fn uses(code: &str, name: &str) -> bool {
    let is_part = |letter: char| letter.is_alphanumeric() || matches!(letter, '_' | '$');
    code.match_indices(name).any(|(at, _)| {
        let before = code[..at].chars().next_back();
        let after = code[at + name.len()..].chars().next();
        let is_spread = code[..at].ends_with("...");
        let begins = is_spread
            || !before.is_some_and(|letter| is_part(letter) || matches!(letter, '.' | '\''));
        begins && !after.is_some_and(|letter| is_part(letter) || matches!(letter, ':' | '\''))
    })
}

#[cfg(test)]
mod tests {
    use super::{ONE_PROGRAM, narrowed, uses, with_imports};

    const FILE: &str = "\
// --8<-- [start:imports]
import { join } from 'node:path'
import express from 'express'
import { Client, type Room, Sandbox } from 'hundredms'

// --8<-- [end:imports]
// --8<-- [start:client]
// Not a Sandbox.
const client = new Client()
// --8<-- [end:client]
// --8<-- [start:path]
const path = join('a', ['join'].join())
// --8<-- [end:path]
";

    fn written(page: &str) -> String {
        with_imports(page, |file| (file == "a.mjs").then(|| FILE.to_owned()))
    }

    #[test]
    fn a_block_imports_what_it_uses() {
        let page =
            "=== \"TypeScript\"\n\n    ```js\n    --8<-- \"a.mjs:client\"\n    ```\n\nText.\n";
        let import = "    import { Client } from 'hundredms'\n\n";
        assert_eq!(
            written(page),
            page.replace("    --8<--", &format!("{import}    --8<--"))
        );
    }

    #[test]
    fn a_block_does_not_import_what_others_use() {
        let page = "```js\n--8<-- \"a.mjs:imports\"\n\n--8<-- \"a.mjs:path\"\n```\n";
        let wanted = "```js\nimport { join } from 'node:path'\n\n--8<-- \"a.mjs:path\"\n```\n";
        assert_eq!(written(page), wanted);
    }

    #[test]
    fn the_parts_of_one_program_and_other_languages_stay() {
        let page = format!("{ONE_PROGRAM}\n```js\n--8<-- \"a.mjs:client\"\n```\n");
        assert_eq!(written(&page), page);
        let page =
            "```python\n--8<-- \"a.py:client\"\n```\n\n```js\n--8<-- \"a.mjs:imports\"\n```\n";
        assert_eq!(written(page), page);
    }

    #[test]
    fn a_default_import_beside_named_ones_is_narrowed_too() {
        let import = "import express, { json, type Router } from 'express'";
        for (code, wanted) in [
            ("express()", Some("import express from 'express'")),
            ("json()", Some("import { json } from 'express'")),
            (
                "express(json())",
                Some("import express, { json } from 'express'"),
            ),
            ("listen()", None),
        ] {
            assert_eq!(narrowed(import, code).as_deref(), wanted, "{code}");
        }
        for import in [
            "import type { Room } from 'hundredms'",
            "import * as Room from 'hundredms'",
            "import Room from 'hundredms'",
        ] {
            let narrow = |code| narrowed(import, code);
            assert_eq!(narrow("Room.id").as_deref(), Some(import));
            assert_eq!(narrow("rooms"), None);
        }
    }

    #[test]
    fn members_keys_and_parts_of_words_are_no_uses() {
        for code in ["path.join(a)", "{ join: 1 }", "joined", "'join'"] {
            assert!(!uses(code, "join"), "{code}");
        }
        for code in ["join(a)", "[...join]", "(join)"] {
            assert!(uses(code, "join"), "{code}");
        }
    }
}
