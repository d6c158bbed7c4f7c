//! Checks that imports follow the layers that ARCHITECTURE.md lists, and that there are no cycles of files.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use proc_macro2::{Delimiter, TokenStream, TokenTree};

use crate::shell::{BoxError, root};

/// The source folders that are checked.
const FOLDERS: [&str; 7] = [
    "crates/hundredms/src",
    "crates/hundredms-sandbox/src",
    "crates/hundredms-cli/src",
    "crates/xtask/src",
    "bindings/python/src",
    "bindings/node/src",
    "bindings/wasm/src",
];

/// Check every source folder.
pub(crate) fn check() -> Result<(), BoxError> {
    let page = fs::read_to_string(root().join("ARCHITECTURE.md"))?;
    let mut faults = Vec::new();
    for folder in FOLDERS {
        let imports = Imports::read(&root().join(folder))?;
        let layers = layers(&page, folder)?;
        let found = faults.len();
        faults.extend(imports.loops());
        faults.extend(imports.upward(&layers));
        for fault in &mut faults[found..] {
            fault.insert_str(0, &format!("{folder}: "));
        }
        println!("{folder}: {} files", imports.files.len());
    }
    if faults.is_empty() {
        return Ok(());
    }
    Err(format!(
        "{}\nMove the definition down, or hand it in from above; the layers are in ARCHITECTURE.md.",
        faults.join("\n")
    )
    .into())
}

/// The layers of a folder, lowest first: the lines of the first block after its heading.
fn layers(page: &str, folder: &str) -> Result<Vec<Vec<String>>, BoxError> {
    let heading = format!("### Layers of `{folder}`\n");
    let (_, rest) = page
        .split_once(&heading)
        .ok_or(format!("ARCHITECTURE.md has no heading {heading}"))?;
    let block = rest.split("```").nth(1).unwrap_or_default();
    let lines = block.lines().skip(1);
    Ok(lines
        .map(|line| line.split_whitespace().map(str::to_owned).collect())
        .collect())
}

/// The files of a crate, and what each imports.
struct Imports {
    files: BTreeMap<String, BTreeSet<String>>,
}

impl Imports {
    fn read(folder: &Path) -> Result<Self, BoxError> {
        let mut modules = Modules::default();
        let top = if folder.join("lib.rs").exists() {
            "lib.rs"
        } else {
            "main.rs"
        };
        modules.declare(folder, &[], top)?;
        if top == "lib.rs" && folder.join("main.rs").exists() {
            // The command is a crate of its own, which uses the library by its name.
            modules
                .files
                .insert(vec!["main.rs".to_owned()], "main.rs".to_owned());
        }
        let mut files = BTreeMap::new();
        for (module, file) in &modules.files {
            let tokens: TokenStream = fs::read_to_string(folder.join(file))?
                .parse()
                .map_err(|error| format!("{file}: {error}"))?;
            let mut scan = Scan {
                modules: &modules,
                found: BTreeSet::new(),
            };
            scan.tokens(tokens, module);
            scan.found.remove(file);
            files.insert(file.clone(), scan.found);
        }
        Ok(Self { files })
    }

    /// Return a message for each cycle of files, with the files of the shortest cycle through its first file.
    fn loops(&self) -> Vec<String> {
        let mut messages = Vec::new();
        let mut seen = BTreeSet::new();
        for file in self.files.keys() {
            if seen.contains(file) {
                continue;
            }
            if let Some(way) = self.way_back(file) {
                messages.push(format!("a loop of files: {} -> {file}", way.join(" -> ")));
                seen.extend(way);
            }
        }
        messages
    }

    /// Return the shortest path from a file to itself.
    fn way_back(&self, file: &str) -> Option<Vec<String>> {
        let mut from: BTreeMap<String, String> = BTreeMap::new();
        let mut next = vec![file.to_owned()];
        while !next.is_empty() {
            let mut later = Vec::new();
            for at in next {
                for to in self.files.get(&at).into_iter().flatten() {
                    if to == file {
                        let mut way = vec![at.clone()];
                        while way[way.len() - 1] != file {
                            way.push(from[&way[way.len() - 1]].clone());
                        }
                        way.reverse();
                        return Some(way);
                    }
                    if !from.contains_key(to) {
                        from.insert(to.clone(), at.clone());
                        later.push(to.clone());
                    }
                }
            }
            next = later;
        }
        None
    }

    /// Return a message for each file without a layer, and for each import from its own or a later layer.
    fn upward(&self, layers: &[Vec<String>]) -> Vec<String> {
        let mut messages = Vec::new();
        for (file, imports) in &self.files {
            let Some((own, entry)) = layer_of(file, layers) else {
                messages.push(format!("{file} has no layer"));
                continue;
            };
            for import in imports {
                let fits = layer_of(import, layers)
                    .is_some_and(|(layer, other)| layer < own || other == entry);
                if !fits {
                    messages.push(format!("{file} imports {import}, which is not below it"));
                }
            }
        }
        messages
    }
}

/// The layer of a file and the entry that names it: itself, or the innermost of its folders that is listed.
fn layer_of<'a>(file: &str, layers: &'a [Vec<String>]) -> Option<(usize, &'a str)> {
    let entries = layers
        .iter()
        .enumerate()
        .flat_map(|(layer, entries)| entries.iter().map(move |entry| (layer, entry.as_str())));
    entries
        .filter(|(_, entry)| file == *entry || entry.ends_with('/') && file.starts_with(entry))
        .max_by_key(|(_, entry)| entry.len())
}

/// The file of each module, without those that only tests compile.
#[derive(Default)]
struct Modules {
    files: BTreeMap<Vec<String>, String>,
}

impl Modules {
    fn declare(&mut self, folder: &Path, module: &[String], file: &str) -> Result<(), BoxError> {
        let tokens: TokenStream = fs::read_to_string(folder.join(file))?
            .parse()
            .map_err(|error| format!("{file}: {error}"))?;
        let tokens = without_tests(tokens);
        self.files.insert(module.to_vec(), file.to_owned());
        for pair in tokens.windows(3) {
            let [
                TokenTree::Ident(word),
                TokenTree::Ident(name),
                TokenTree::Punct(end),
            ] = pair
            else {
                continue;
            };
            if word != "mod" || end.as_char() != ';' {
                continue;
            }
            let mut child = module.to_vec();
            child.push(plain(name));
            let path = child.join("/");
            let path = [format!("{path}.rs"), format!("{path}/mod.rs")]
                .into_iter()
                .find(|path| folder.join(path).exists())
                .ok_or(format!("{file}: the module {name} has no file"))?;
            self.declare(folder, &child, &path)?;
        }
        Ok(())
    }

    /// The file that defines the innermost module of a path.
    fn file_of(&self, path: &[String]) -> Option<&str> {
        (0..=path.len())
            .rev()
            .find_map(|length| self.files.get(&path[..length]))
            .map(String::as_str)
    }

    fn exists(&self, path: &[String]) -> bool {
        self.files.contains_key(path)
    }
}

/// Looks for paths in the tokens of one file.
struct Scan<'a> {
    modules: &'a Modules,
    found: BTreeSet<String>,
}

impl Scan<'_> {
    fn tokens(&mut self, tokens: TokenStream, module: &[String]) {
        let tokens = without_tests(tokens);
        let mut at = 0;
        while at < tokens.len() {
            let before = at.checked_sub(1).map(|before| &tokens[before]);
            match &tokens[at] {
                TokenTree::Group(group) => {
                    let visibility = matches!(before, Some(TokenTree::Ident(word)) if word == "pub")
                        && group.delimiter() == Delimiter::Parenthesis;
                    if !visibility {
                        self.tokens(group.stream(), &inline_module(&tokens[..at], module));
                    }
                    at += 1;
                }
                TokenTree::Ident(name) => {
                    let part_of_another = matches!(before, Some(TokenTree::Punct(mark)) if "$:.".contains(mark.as_char()));
                    let is_path = starts_path(&tokens[at + 1..]);
                    let start = match plain(name).as_str() {
                        "crate" => Some(Vec::new()),
                        "self" => Some(module.to_vec()),
                        "super" => Some(parent(module)),
                        name => {
                            let child = [module, &[name.to_owned()]].concat();
                            self.modules.exists(&child).then_some(child)
                        }
                    };
                    at += 1;
                    if let (Some(start), true, false) = (start, is_path, part_of_another) {
                        at += self.path(start, &tokens[at..]);
                    }
                }
                _ => at += 1,
            }
        }
    }

    /// Record the files of the path that continues here. Return how many tokens belong to it.
    fn path(&mut self, mut path: Vec<String>, tokens: &[TokenTree]) -> usize {
        let mut at = 0;
        while starts_path(&tokens[at..]) {
            match tokens.get(at + 2) {
                Some(TokenTree::Ident(name)) if name == "super" => path = parent(&path),
                Some(TokenTree::Ident(name)) => path.push(plain(name)),
                Some(TokenTree::Group(group)) => {
                    let tokens: Vec<_> = group.stream().into_iter().collect();
                    let branches = tokens.split(
                        |token| matches!(token, TokenTree::Punct(mark) if mark.as_char() == ','),
                    );
                    for branch in branches {
                        let Some(TokenTree::Ident(name)) = branch.first() else {
                            continue;
                        };
                        let mut path = path.clone();
                        if name == "super" {
                            path = parent(&path);
                        } else if name != "self" {
                            path.push(plain(name));
                        }
                        self.path(path, &branch[1..]);
                    }
                    return at + 3;
                }
                _ => break,
            }
            at += 3;
        }
        self.found
            .extend(self.modules.file_of(&path).map(str::to_owned));
        at
    }
}

/// Return the module whose body follows, if `mod NAME` precedes it, or else the enclosing module.
fn inline_module(before: &[TokenTree], module: &[String]) -> Vec<String> {
    let mut module = module.to_vec();
    if let [.., TokenTree::Ident(word), TokenTree::Ident(name)] = before
        && word == "mod"
    {
        module.push(plain(name));
    }
    module
}

/// Whether the tokens begin with `::`.
fn starts_path(tokens: &[TokenTree]) -> bool {
    matches!(tokens, [TokenTree::Punct(one), TokenTree::Punct(two), ..] if one.as_char() == ':' && two.as_char() == ':')
}

fn parent(module: &[String]) -> Vec<String> {
    module[..module.len().saturating_sub(1)].to_vec()
}

fn plain(name: &proc_macro2::Ident) -> String {
    name.to_string().trim_start_matches("r#").to_owned()
}

/// Return the tokens without items that have `#[cfg(test)]`.
fn without_tests(tokens: TokenStream) -> Vec<TokenTree> {
    let mut kept = Vec::new();
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        if matches!(&token, TokenTree::Punct(mark) if mark.as_char() == '#')
            && matches!(tokens.peek(), Some(TokenTree::Group(group)) if is_test_only(&group.stream()))
        {
            for skipped in tokens.by_ref() {
                let ends = match &skipped {
                    TokenTree::Punct(mark) => mark.as_char() == ';',
                    TokenTree::Group(group) => group.delimiter() == Delimiter::Brace,
                    _ => false,
                };
                if ends {
                    break;
                }
            }
        } else {
            kept.push(token);
        }
    }
    kept
}

/// Whether an attribute is `cfg(test)`, or `cfg(all(…))` or `cfg(any(…))` with `test` in it.
fn is_test_only(attribute: &TokenStream) -> bool {
    let words = attribute.to_string();
    let words: Vec<&str> = words
        .split(|letter: char| !letter.is_alphanumeric() && letter != '_')
        .collect();
    words.first() == Some(&"cfg")
        && words.contains(&"test")
        && !words.contains(&"not")
        && !words.contains(&"any")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn imports(files: &[(&str, &str)]) -> Imports {
        let folder = std::env::temp_dir().join(format!(
            "layers-{}-{}",
            std::process::id(),
            fastrand::u64(..)
        ));
        for (file, text) in files {
            let path = folder.join(file);
            fs::create_dir_all(path.parent().expect("a folder")).expect("made");
            fs::write(path, text).expect("written");
        }
        let imports = Imports::read(&folder).expect("read");
        fs::remove_dir_all(folder).expect("removed");
        imports
    }

    #[test]
    fn a_loop_of_files_is_found_with_its_files() {
        let imports = imports(&[
            ("lib.rs", "mod a; mod b; mod c;"),
            ("a.rs", "use crate::b::{self, B};"),
            ("b.rs", "fn f() { super::c::g(); }"),
            ("c.rs", "use super::a::{x::Y, A};"),
        ]);
        assert_eq!(
            imports.loops(),
            ["a loop of files: a.rs -> b.rs -> c.rs -> a.rs"]
        );
    }

    #[test]
    fn a_child_that_uses_its_parent_and_is_used_by_it_is_a_loop() {
        let imports = imports(&[
            ("lib.rs", "mod a;"),
            ("a/mod.rs", "mod b; pub use b::B; pub struct A;"),
            ("a/b.rs", "use super::A; pub struct B;"),
        ]);
        assert_eq!(
            imports.loops(),
            ["a loop of files: a/b.rs -> a/mod.rs -> a/b.rs"]
        );
    }

    #[test]
    fn tests_visibilities_and_names_of_macros_are_no_imports() {
        let imports = imports(&[
            ("lib.rs", "mod a; mod b; #[cfg(test)] mod tests;"),
            (
                "a.rs",
                "pub(in crate::b) fn f() {} macro_rules! m { () => { $crate::b::g() } } #[cfg(test)] mod tests { use crate::b::B; }",
            ),
            ("b.rs", "make!{ crate::a::f }"),
            ("tests/mod.rs", "use crate::a;"),
        ]);
        assert_eq!(imports.files["a.rs"], BTreeSet::new());
        assert_eq!(imports.files["b.rs"], BTreeSet::from(["a.rs".to_owned()]));
        assert!(!imports.files.contains_key("tests/mod.rs"));
    }

    #[test]
    fn an_import_from_a_later_layer_is_named_with_both_files() {
        let imports = imports(&[
            ("lib.rs", "mod a; mod b;"),
            ("a.rs", "use crate::b::B;"),
            ("b.rs", ""),
        ]);
        let layers = layers(
            "### Layers of `x`\n\n```text\na.rs\nb.rs\nlib.rs\n```\n",
            "x",
        )
        .expect("found");
        assert_eq!(
            imports.upward(&layers),
            ["a.rs imports b.rs, which is not below it"]
        );
        assert_eq!(imports.upward(&layers[1..]), ["a.rs has no layer"]);
    }
}
