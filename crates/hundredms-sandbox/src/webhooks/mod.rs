//! Delivery of webhooks: where they go, the queue, retries, and the sending itself.

pub(crate) mod courier;
pub(crate) mod envelope;
pub(crate) mod examples;
pub(crate) mod faults;
pub(crate) mod post;
pub(crate) mod rounds;
pub(crate) mod target;
