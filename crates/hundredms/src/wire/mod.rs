//! The values on the wire: how every field is parsed, checked, and written.
//!
//! Parsing is lenient for responses and strict for arguments. Both share one set of types, so the mode is set for a whole parse
//! (see [`reading`]).

mod extra;
mod field;
mod fit;
mod malformed;
mod mode;
mod reading;
mod scrub;
mod secret;
mod shape;
mod surrogates;
mod time;
mod union;
mod url;
mod word;

pub use extra::Extra;
pub(crate) use extra::unknown;
#[allow(unreachable_pub)]
pub use field::Wire;
pub(crate) use field::{decode, decode_given, decode_list, decode_nullable, missing, missing_list};
pub(crate) use fit::{fits, places};
pub(crate) use hundredms_misfit::object;
pub use malformed::Malformed;
pub(crate) use mode::{Mode, mode, normalised, note_missing_list, note_normalised};
pub(crate) use reading::{Read, reading};
pub(crate) use scrub::{REDACTED, name_of, redact, spell_times, without_secrets};
pub use secret::Secret;
#[allow(unreachable_pub)]
pub use shape::{Field, Presence, Shape};
pub(crate) use surrogates::without_lone_surrogates;
pub(crate) use union::{shaped, tagged};
pub(crate) use url::{ShownUrl, plain_url};
pub(crate) use word::word;
