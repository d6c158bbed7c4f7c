//! Formats generated TypeScript with the package's formatter, biome.

use std::process::Command;

use crate::codegen::filter::filter;
use crate::commands::{Failure, root};
use crate::node;

/// Format a file.
pub(super) fn formatted(text: &str) -> Result<String, Failure> {
    let mut biome = Command::new(node::tool("biome"));
    biome
        .args([
            "check",
            "--write",
            "--stdin-file-path=src/resources/generated.ts",
        ])
        .current_dir(root().join("node"));
    filter(&mut biome, text)
}
