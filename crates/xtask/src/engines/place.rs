//! Where the engines and the packages under test are.

use std::path::PathBuf;

use crate::npm::install_in;
use crate::python::Environment;
use crate::shell::{BoxError, root, target};
use crate::{node, python};

/// Where the engines and the packages under test are.
pub(super) struct Place {
    /// An interpreter with the engines.
    pub(super) environment: Environment,
    /// The folder of the Python package.
    pub(super) package: PathBuf,
    /// The project with the Node package and `BullMQ`.
    pub(super) project: PathBuf,
    pub(super) addon: PathBuf,
}

impl Place {
    /// Install the engines, and build the packages that they use.
    pub(super) fn installed() -> Result<Self, BoxError> {
        let folder = target().join("engines");
        let environment = Environment::at(target().join("venv-engines"))?;
        let requirements = root().join("tests/engines/requirements.txt");
        environment.install(&["-r", python::text(&requirements)?])?;
        let package = folder.join("python");
        python::package(&package)?;
        let project = folder.join("node");
        std::fs::create_dir_all(&project)?;
        for file in ["package.json", "package-lock.json"] {
            std::fs::copy(root().join("tests/engines").join(file), project.join(file))?;
        }
        install_in(&project)?;
        let addon = node::package(&project)?;
        Ok(Self {
            environment,
            package,
            project,
            addon,
        })
    }
}
