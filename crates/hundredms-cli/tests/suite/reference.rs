//! `docs/reference/command.md`, which is what the command prints with `--help`. With `WRITE_REFERENCE=1`, the test writes it.

use std::fmt::Write as _;
use std::path::PathBuf;
use std::process::{Command, Stdio};

#[test]
fn the_reference_of_the_command_is_what_its_help_prints() {
    let page = page();
    let path = docs().join("command.md");
    if std::env::var_os("WRITE_REFERENCE").is_some() {
        std::fs::write(&path, page).expect("the reference");
        return;
    }
    let found = std::fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(found, page, "run the test with WRITE_REFERENCE=1");
}

fn docs() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../docs/reference")
}

fn page() -> String {
    let root = help(&[]);
    let mut page = String::from(
        "<!-- written by crates/hundredms-cli/tests/suite/reference.rs -->\n\n# Every command\n\n\
         What `--help` prints. [The guide](../command.md) shows a session.\n\n## hundredms { #hundredms }\n\n",
    );
    block(&mut page, &root);
    let (resources, own): (Vec<_>, Vec<_>) = listed(&root)
        .into_iter()
        .partition(|(name, _)| operations_of(name).is_file());
    for (name, _) in own {
        section(&mut page, 2, &[&name]);
    }
    page.push_str(
        "## Operations and jobs { #operations }\n\n\
         Each is a command of its resource. Ids are given by their place, other arguments as options: names have dashes, as in this one.\n\n",
    );
    section(&mut page, 3, &["rooms", "update"]);
    for (resource, about) in resources {
        let _ = writeln!(page, "### {resource} {{ #{resource} }}\n\n{about}\n");
        page.push_str("| command | what it does |\n| --- | --- |\n");
        let methods = std::fs::read_to_string(operations_of(&resource)).expect("the operations");
        let mut own = Vec::new();
        for (method, about) in listed(&help(&[&resource])) {
            let anchor = method.replace('-', "_");
            let command = if methods.contains(&format!("{{ #{anchor} }}")) {
                let page = resource.replace('-', "_");
                format!("[`{resource} {method}`](operations/{page}.md#{anchor})")
            } else {
                own.push(method.clone());
                format!("[`{resource} {method}`](#{resource}-{method})")
            };
            let _ = writeln!(page, "| {command} | {about} |");
        }
        page.push('\n');
        for method in own {
            section(&mut page, 4, &[&resource, &method]);
        }
    }
    page.trim_end().to_owned() + "\n"
}

/// The page of the operations of a resource.
fn operations_of(resource: &str) -> PathBuf {
    docs().join(format!("operations/{}.md", resource.replace('-', "_")))
}

/// Write the help of a command, and of the commands below it.
fn section(page: &mut String, level: usize, words: &[&str]) {
    let (marks, name, anchor) = ("#".repeat(level), words.join(" "), words.join("-"));
    let _ = writeln!(page, "{marks} {name} {{ #{anchor} }}\n");
    let help = help(words);
    block(page, &help);
    for (inner, _) in listed(&help) {
        section(page, level + 1, &[words, &[&inner]].concat());
    }
}

fn block(page: &mut String, text: &str) {
    let _ = writeln!(page, "```text\n{}\n```\n", text.trim_end());
}

/// What `--help` prints, without a terminal.
fn help(words: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_hundredms"))
        .args(words)
        .arg("--help")
        .env_clear()
        .env("COLUMNS", "86")
        .stdin(Stdio::null())
        .output()
        .expect("the command");
    assert!(output.status.success(), "{words:?}");
    String::from_utf8(output.stdout).expect("text")
}

/// The commands that a help lists, each with what it does.
fn listed(help: &str) -> Vec<(String, String)> {
    let lines = help.lines().skip_while(|line| *line != "Commands:").skip(1);
    let mut commands: Vec<(String, String)> = Vec::new();
    for line in lines.take_while(|line| !line.is_empty()) {
        let text = line.trim_start();
        if line.len() - text.len() == 2 {
            let (name, about) = text.split_once("  ").unwrap_or((text, ""));
            commands.push((name.to_owned(), about.trim_start().to_owned()));
        } else if let Some((_, about)) = commands.last_mut() {
            *about = format!("{about} {text}");
        }
    }
    commands
}
