//! Links to rooms. Nothing here uses the network.

use hundredms::links::Links;
use napi_derive::napi;

use crate::failure;

/// Create a link by the name of its method. `target` is the room code, or the id of the room that `role` joins.
#[napi]
pub fn link(
    method: String,
    subdomain: String,
    target: String,
    role: Option<String>,
    name: Option<String>,
    user_id: Option<String>,
) -> napi::Result<String> {
    let link = Links.by_name(&method, &subdomain, &target, role.as_deref());
    let mut link = link.map_err(|error| failure::thrown(&error))?;
    if let Some(name) = name {
        link = link.name(name);
    }
    if let Some(user_id) = user_id {
        link = link.user_id(user_id);
    }
    Ok(link.into())
}
