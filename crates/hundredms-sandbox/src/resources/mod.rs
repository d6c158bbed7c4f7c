//! The resources: each file holds a store, the answers and the handlers of one, and its rows of the table.

#![allow(
    clippy::unnecessary_wraps,
    clippy::struct_field_names,
    reason = "all handlers have the one type that the table asks for; fields are named by the service"
)]

use crate::operations::Operation;

pub(crate) mod room_codes;
pub(crate) mod rooms;
mod template_shapes;
pub(crate) mod templates;

/// The rows of all resources.
pub(crate) const TABLES: &[&[Operation]] = &[
    rooms::OPERATIONS,
    room_codes::OPERATIONS,
    templates::OPERATIONS,
];
