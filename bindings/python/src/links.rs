//! Links to rooms. Nothing here uses the network.

use hundredms::links::Links;
use pyo3::prelude::*;

use crate::answer::exception;

/// Create a link by the name of its method. `target` is the room code, or the id of the room that `role` joins.
#[pyfunction]
pub(crate) fn link(
    py: Python<'_>,
    method: &str,
    subdomain: &str,
    target: &str,
    role: Option<&str>,
    name: Option<&str>,
    user_id: Option<&str>,
) -> PyResult<String> {
    let link = Links.by_name(method, subdomain, target, role);
    let mut link = link.map_err(|error| exception(py, &error))?;
    if let Some(name) = name {
        link = link.name(name);
    }
    if let Some(user_id) = user_id {
        link = link.user_id(user_id);
    }
    Ok(link.into())
}
