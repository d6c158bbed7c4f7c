//! How large what is shipped may be. A budget is passed by 5 % at most; when a package has become smaller, lower it.

use std::path::Path;

use crate::commands::Failure;

/// The wheel, with the sandbox in it.
pub(crate) const WHEEL: u64 = 4_370_000;

/// The addon of Node for Linux on x86-64, likewise, as it is unpacked.
pub(crate) const ADDON: u64 = 12_630_000;

/// Check that a file keeps within its budget, in bytes.
pub(crate) fn within(budget: u64, file: &Path) -> Result<(), Failure> {
    let size = std::fs::metadata(file)?.len();
    println!("{}: {size} bytes, budget {budget}", file.display());
    if size * 100 > budget * 105 {
        return Err(format!("{} has grown past its budget", file.display()).into());
    }
    Ok(())
}
