//! The values on the wire: how every field is parsed, checked, and written.
//!
//! Parsing is lenient for responses and strict for arguments. Both share one set of types, so the mode is set for a whole parse
//! (see [`deserialize`]).

pub(crate) mod body;
pub(crate) mod deserialize;
pub(crate) mod extra;
pub(crate) mod field;
pub(crate) mod file_path;
pub(crate) mod hints;
pub(crate) mod malformed;
pub(crate) mod mode;
pub(crate) mod object;
pub(crate) mod query;
pub(crate) mod scanner;
pub(crate) mod scrub;
pub(crate) mod secret;
pub(crate) mod shape;
pub(crate) mod stored_secret;
pub(crate) mod surrogates;
pub(crate) mod time;
pub(crate) mod union;
pub(crate) mod url;
pub(crate) mod violation;
pub(crate) mod word;
