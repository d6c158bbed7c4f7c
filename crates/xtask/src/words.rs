//! Checks the spelling, and that phrases which readers did not understand are not used.

use std::process::Command;

use crate::python;
use crate::shell::{BoxError, root, run_command, stdout_of};

/// Phrases that readers did not understand, and what to write instead.
const PHRASES: [(&str, &str); 17] = [
    ("as the client has it", "Defaults to the client's setting"),
    ("cannot be told from", "cannot be distinguished from"),
    ("comes to naught", "has no effect"),
    ("for want of", "without"),
    ("goes on behind", "continues in the background"),
    ("holds up nothing", "does not block"),
    ("is no answer", "is not a response"),
    ("loses patience", "times out"),
    ("nothing more is heard", "no further event arrives"),
    ("percent-encode it", "say that it is encoded"),
    ("tell whether", "return whether"),
    ("tells whether", "returns whether"),
    ("went on doing", "continued to"),
    ("means no good", "is hostile"),
    ("what comes of it", "the result"),
    ("whoever that is", "name who"),
    ("a word of its own", "a separate term"),
];

/// Files that are not checked: texts of others, and the list above.
const SKIPPED: [&str; 4] = [
    "CHANGELOG.md",
    "THIRD-PARTY-LICENSES.txt",
    "crates/xtask/src/words.rs",
    "tests/contract/",
];

/// Check every file that git knows.
pub(crate) fn check() -> Result<(), BoxError> {
    run_command(
        Command::new(python::check_tools()?.program("typos"))
            .args(["--config", ".github/typos.toml", "--format", "brief"])
            .current_dir(root()),
    )?;
    let files = stdout_of(Command::new("git").args(["ls-files"]).current_dir(root()))?;
    let mut found = Vec::new();
    for file in files.lines() {
        if SKIPPED.iter().any(|skipped| file.starts_with(skipped)) {
            continue;
        }
        // A file may be binary, or deleted.
        if let Ok(text) = std::fs::read_to_string(root().join(file)) {
            found.extend(in_text(&text).map(|fault| format!("{file}:{fault}")));
        }
    }
    if found.is_empty() {
        return Ok(());
    }
    Err(found.join("\n").into())
}

/// Return a message for each line with a phrase of the list.
fn in_text(text: &str) -> impl Iterator<Item = String> {
    text.lines().enumerate().flat_map(|(number, line)| {
        let line = line.to_lowercase();
        PHRASES
            .iter()
            .filter(move |(phrase, _)| line.contains(phrase))
            .map(move |(phrase, instead)| {
                format!("{}: \"{phrase}\": write \"{instead}\"", number + 1)
            })
    })
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_phrase_is_found_with_its_line_whatever_its_case() {
        let found: Vec<_> = super::in_text("fine\n/// Tell whether it is.").collect();
        assert_eq!(found, ["2: \"tell whether\": write \"return whether\""]);
    }
}
