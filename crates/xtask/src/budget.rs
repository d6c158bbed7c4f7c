//! Maximum sizes of the packages, of their dependencies, and of what they load. A figure may exceed its budget by at most 5 %. If
//! something becomes smaller, lower its budget.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use crate::shell::{BoxError, root, stdout_of};

/// The wheel, with the sandbox in it, in bytes.
pub(crate) const WHEEL: u64 = 5_710_000;

/// The packed npm package of Linux on x86-64, likewise, and the one with the JavaScript.
pub(crate) const PLATFORM_PACKAGE: u64 = 5_646_000;
pub(crate) const PACKAGE: u64 = 182_600;

/// The core as WebAssembly, which is added to it in releases, and the package with it.
pub(crate) const WASM: u64 = 2_457_400;
pub(crate) const PACKAGE_WITH_WASM: u64 = 2_382_500;

/// What edge runtimes load, the module and the JavaScript, each compressed by gzip.
const EDGE: u64 = 979_300;

/// Number of packages in the build of each crate, including itself: default features, on Linux.
const CRATES: [(&str, u64); 3] = [
    ("hundredms", 103),
    ("hundredms-python", 153),
    ("hundredms-node", 162),
];

/// Modules that `import hundredms; hundredms.Client` loads: of the wheel and msgspec, and of the standard library of `CPython`
/// 3.11, the only version that is checked.
const MODULES: u64 = 34;
const STANDARD_MODULES: u64 = 56;

/// Files that `require('hundredms')` loads, and bytes of JavaScript in them.
const FILES: u64 = 2;
const JAVASCRIPT: u64 = 148_800;

/// Print a figure with its budget, and fail if it exceeds the budget.
pub(crate) fn held(what: &str, figure: u64, budget: u64) -> Result<(), BoxError> {
    println!("{what}: {figure}, budget {budget}");
    if figure * 100 > budget * 105 {
        return Err(format!("{what}: {figure} is past its budget of {budget}").into());
    }
    Ok(())
}

/// Check the size of a file, in bytes.
pub(crate) fn size(budget: u64, file: &Path) -> Result<(), BoxError> {
    let bytes = std::fs::metadata(file)?.len();
    held(&format!("bytes of {}", file.display()), bytes, budget)
}

/// Check what edge runtimes load, in its folder in the built package.
pub(crate) fn edge(folder: &Path) -> Result<(), BoxError> {
    let compressed = stdout_of(
        Command::new("node")
            .args(["-p", COMPRESSED])
            .arg(folder.join("hundredms.wasm"))
            .arg(folder.join("index.mjs")),
    )?;
    held(
        "compressed bytes that edge runtimes load",
        compressed.parse()?,
        EDGE,
    )
}

const COMPRESSED: &str = "
const size = (file) => zlib.gzipSync(fs.readFileSync(file), { level: 9 }).length
process.argv.slice(1).reduce((sum, file) => sum + size(file), 0)";

/// Check the crates in the trees of the core and of the native modules.
pub(crate) fn crates() -> Result<(), BoxError> {
    for (name, budget) in CRATES {
        let tree = stdout_of(
            Command::new("cargo")
                .args(["tree", "--locked", "--edges", "normal", "--prefix", "none"])
                .args(["--package", name])
                .current_dir(root()),
        )?;
        let packages: BTreeSet<_> = tree
            .lines()
            .filter_map(|line| {
                let mut words = line.split_whitespace();
                Some((words.next()?, words.next()?))
            })
            .collect();
        held(
            &format!("packages that {name} is built with"),
            packages.len() as u64,
            budget,
        )?;
    }
    Ok(())
}

/// Check that the installed wheel depends on msgspec alone, and check what its import loads.
pub(crate) fn python(interpreter: &Path) -> Result<(), BoxError> {
    // Outside of the folder of the sources.
    let run = |script| stdout_of(Command::new(interpreter).args(["-I", "-c", script]));
    let needed = run(NEEDED)?;
    if needed != "msgspec" {
        return Err(format!("the wheel needs more than msgspec: {needed}").into());
    }
    let loaded = run(LOADED)?;
    let [version, own, standard] = loaded.split_whitespace().collect::<Vec<_>>()[..] else {
        return Err(format!("{loaded}: three figures were to come").into());
    };
    held("modules that Client loads", own.parse()?, MODULES)?;
    if version == "3.11" {
        held(
            "modules of the standard library that it loads",
            standard.parse()?,
            STANDARD_MODULES,
        )?;
    }
    Ok(())
}

const NEEDED: &str = "
import importlib.metadata, re
needed = importlib.metadata.requires('hundredms')
print(*(re.match(r'[\\w.-]+', line)[0] for line in needed if 'extra ==' not in line))";

const LOADED: &str = "
import sys
bare = set(sys.modules)
import hundredms
hundredms.Client
tops = [name.partition('.')[0] for name in set(sys.modules) - bare]
own = sum(top in ('hundredms', 'msgspec') for top in tops)
standard = sum(top in sys.stdlib_module_names for top in tops)
print('{}.{}'.format(*sys.version_info), own, standard)";

/// Check that the packed package at `package` has no dependencies that must be installed, and check what the package built at `entry` loads.
pub(crate) fn node(package: &Path, entry: &Path, addon: &Path) -> Result<(), BoxError> {
    let manifest = stdout_of(
        Command::new("tar")
            .args(["-xOzf"])
            .arg(package)
            .arg("package/package.json"),
    )?;
    let manifest: serde_json::Value = serde_json::from_str(&manifest)?;
    for kind in ["dependencies", "bundleDependencies"] {
        if !manifest[kind].is_null() {
            return Err(format!("the npm package has {kind}: {}", manifest[kind]).into());
        }
    }
    for name in manifest["peerDependencies"]
        .as_object()
        .into_iter()
        .flat_map(|peers| peers.keys())
    {
        if manifest["peerDependenciesMeta"][name]["optional"] != true {
            return Err(format!("the npm package needs {name}").into());
        }
    }
    let loaded = stdout_of(
        Command::new("node")
            .args(["-e", REQUIRED])
            .arg(entry)
            .env("HUNDREDMS_ADDON", addon),
    )?;
    let (files, bytes) = loaded.split_once(' ').ok_or("two figures were to come")?;
    held(
        "files that require('hundredms') loads",
        files.parse()?,
        FILES,
    )?;
    held(
        "bytes of JavaScript in them",
        bytes.trim().parse()?,
        JAVASCRIPT,
    )
}

const REQUIRED: &str = "
require(process.argv[1])
const files = Object.keys(require.cache)
const scripts = files.filter((file) => file.endsWith('.js'))
console.log(files.length, scripts.reduce((sum, file) => sum + fs.statSync(file).size, 0))";

#[cfg(test)]
mod tests {
    use super::held;

    #[test]
    fn a_budget_is_passed_by_a_twentieth_and_no_more() {
        assert!(held("it", 105, 100).is_ok());
        assert!(held("it", 106, 100).is_err());
    }
}
