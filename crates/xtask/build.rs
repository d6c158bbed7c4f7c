//! Makes modules of the examples of the crate `hundredms`. So `demo` runs them without what only the tests of that crate need.

use std::env;
use std::error::Error;
use std::fs;
use std::path::PathBuf;

fn main() -> Result<(), Box<dyn Error>> {
    let examples = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?).join("../hundredms/examples");
    let modules = PathBuf::from(env::var("OUT_DIR")?);
    println!("cargo::rerun-if-changed={}", examples.display());
    for entry in fs::read_dir(&examples)? {
        let path = entry?.path();
        let (Some(name), Ok(source)) = (path.file_name(), fs::read_to_string(&path)) else {
            continue;
        };
        // A module that is included has no docs of its own, and its caller sees `main`.
        let code: String = source
            .lines()
            .filter(|line| !line.starts_with("//!"))
            .map(|line| line.replace("async fn main()", "pub(super) async fn main()") + "\n")
            .collect();
        fs::write(modules.join(name), code)?;
    }
    Ok(())
}
