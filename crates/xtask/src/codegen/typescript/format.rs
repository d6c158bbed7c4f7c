//! Formats generated TypeScript with the package's formatter, biome.

use std::process::Command;

use crate::codegen::filter::filter;
use crate::node;
use crate::shell::{BoxError, root};

/// Format a file.
pub(super) fn formatted(text: &str) -> Result<String, BoxError> {
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
