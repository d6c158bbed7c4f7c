//! The fault script: what shall go wrong with which requests, and how it then does.

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

/// A request may carry one fault of its own in this header, as JSON; it strikes that request alone.
pub(crate) const HEADER: &str = "x-sandbox-fault";
