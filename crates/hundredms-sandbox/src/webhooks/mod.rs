//! Delivery of webhooks: the queue, retries, faults, and the requests themselves.

pub(crate) mod envelope;
pub(crate) mod examples;
pub(crate) mod faults;
pub(crate) mod post;
pub(crate) mod queue;
