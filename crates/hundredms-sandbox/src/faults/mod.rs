//! The fault rules: which requests fail, and how.

mod door;
mod effect;
mod fault;
mod gzip;
mod raw;
mod script;
mod struck;

pub(crate) use door::{Door, Entrance};
pub use effect::{Disconnect, Drip, Effect};
pub use fault::{Fault, FaultReport, Matching, Occasion};
pub(crate) use raw::Raw;
pub(crate) use script::Faults;
pub(crate) use struck::{Ending, Struck};

/// A request can carry a fault in this header, as JSON. It affects only that request.
pub(crate) const HEADER: &str = "x-sandbox-fault";
