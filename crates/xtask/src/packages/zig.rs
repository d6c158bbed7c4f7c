//! The C compiler for a Linux target: zig, behind scripts that maturin and cargo-zigbuild share. Each would write its own otherwise, and
//! cargo would build every crate once for the wheel and again for the addon, because the path of the compiler differs.

use std::path::{Path, PathBuf};

use crate::platforms::{GLIBC, Platform, System};
use crate::shell::{BoxError, target};

/// Return the target of zig: with the oldest glibc that a platform supports, or musl.
fn zig_target(platform: Platform) -> String {
    let (major, minor) = GLIBC;
    let processor = platform.processor();
    match platform.system {
        System::Musl => format!("{processor}-linux-musl"),
        _ => format!("{processor}-linux-gnu.{major}.{minor}"),
    }
}

/// Write the scripts for a platform, and return the variables that make cargo and the `cc` crate use them.
pub(super) fn environment(
    platform: Platform,
    cargo_zigbuild: &Path,
) -> Result<Vec<(String, PathBuf)>, BoxError> {
    let folder = target().join("zig").join(platform.rust);
    std::fs::create_dir_all(&folder)?;
    let flags = format!("-g -fno-sanitize=all -target {}", zig_target(platform));
    let script = |name: &str, flags: &str| -> Result<PathBuf, BoxError> {
        let path = std::path::absolute(folder.join(name))?;
        let program = cargo_zigbuild.display();
        let text = format!("#!/bin/sh\nexec \"{program}\" zig {name} -- {flags} \"$@\"\n");
        // A new time of the file would build everything again.
        if std::fs::read_to_string(&path).is_ok_and(|old| old == text) {
            return Ok(path);
        }
        std::fs::write(&path, text)?;
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755))?;
        }
        Ok(path)
    };
    let triple = platform.rust.replace('-', "_");
    let compiler = script("cc", &flags)?;
    Ok(vec![
        (
            format!("CARGO_TARGET_{}_LINKER", triple.to_uppercase()),
            compiler.clone(),
        ),
        (format!("CC_{triple}"), compiler),
        (format!("CXX_{triple}"), script("c++", &flags)?),
        (format!("AR_{triple}"), script("ar", "")?),
        (format!("RANLIB_{triple}"), script("ranlib", "")?),
    ])
}

#[cfg(test)]
mod tests {
    use super::zig_target;
    use crate::platforms::PLATFORMS;

    #[test]
    fn zig_builds_for_the_oldest_glibc_or_for_musl() {
        let targets: Vec<_> = PLATFORMS
            .into_iter()
            .filter(|platform| platform.is_linux())
            .map(zig_target)
            .collect();
        assert_eq!(
            targets,
            [
                "x86_64-linux-gnu.2.17",
                "aarch64-linux-gnu.2.17",
                "x86_64-linux-musl",
                "aarch64-linux-musl"
            ]
        );
    }
}
