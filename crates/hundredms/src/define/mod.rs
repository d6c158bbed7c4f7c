//! The macros that define models, enums, operations and jobs. One definition generates the type, its parsing and serialisation, its
//! limits, and its row in the operation table.
//!
//! A field is `required name: Type,`, `optional name: Type,` or `nullable name: Type,` (optional, and the service may send null). A
//! text with `unless_empty name: String,` is `None` if a response has an empty one. A list with `absent_is_empty name: [Type],` is
//! empty if a response lacks it, and left out if a request does. An argument without which the call reaches more is
//! `filter name: Type,` (of a list) or `recipient name: Type,` (of a message, or of an action on peers): optional, but never null
//! or empty. Types: a name, `[Type]` for a list, `{Type}` for a map from strings, `(? Type)` for a value or null. `as "wireName"`
//! after the name sets a different name on the wire, as for `r#type`. Limits follow the type in brackets: `[in 1..=5]`,
//! `[len 100]`, `[items 6]`, `[like PATTERN]`, `[multiple 5]`, `[by RULE]` (a function), `[page_size]` (defaults to 100), `[url]`
//! (`Debug` shows neither its userinfo nor its query). `[given]` (not empty) is added to filters and recipients.

mod fields;
mod job;
mod model;
mod open_enum;
mod operation;
mod read;
mod union;

pub(crate) use fields::{
    add_field, check_fields, each_field, field_attributes, field_shape, field_type, first_value,
    is_required, limit, presence, selects, setter, shown, wire_name, wire_type,
};
pub(crate) use job::{argument_type, job, job_method, job_struct, jobs};
#[cfg(feature = "schema")]
pub(crate) use model::count;
pub(crate) use model::{answer_struct, both_struct, builder, input_struct, model, rewrite_struct};
pub(crate) use open_enum::open_enum;
pub(crate) use operation::{
    causes, check_unknown, check_with, cursor, cursor_of, cursor_param, in_section, location,
    method, once_or_paged, operation, operation_struct, operations, paged, paging_info, put_query,
    reconcile, repeatable, retry, rewrites, rewriting, server, timeout,
};
pub(crate) use read::{found_type, found_value, read_struct, read_value};
pub(crate) use union::union;
