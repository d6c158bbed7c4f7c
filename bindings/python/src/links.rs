//! Links to rooms. Nothing here uses the network.

use pyo3::prelude::*;

use crate::answer::exception;
use crate::core::Core;

/// Create a link by the name of its method. `target` is the room code, or the id of the room that `role` joins.
#[pyfunction]
#[expect(clippy::too_many_arguments)]
pub(crate) fn link(
    py: Python<'_>,
    core: &Core,
    method: &str,
    subdomain: &str,
    target: &str,
    role: Option<&str>,
    name: Option<&str>,
    user_id: Option<&str>,
) -> PyResult<String> {
    let links = core.client(py)?.links();
    let link = links.by_name(method, subdomain, target, role);
    let mut link = link.map_err(|error| exception(py, &error))?;
    if let Some(name) = name {
        link = link.name(name);
    }
    if let Some(user_id) = user_id {
        link = link.user_id(user_id);
    }
    Ok(link.into())
}
