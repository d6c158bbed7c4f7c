//! The fault rules: which requests fail, and how.

pub(crate) mod accept_gate;
pub(crate) mod effect;
pub(crate) mod fault;
pub(crate) mod gzip;
pub(crate) mod injected_fault;
pub(crate) mod raw;
pub(crate) mod script;
