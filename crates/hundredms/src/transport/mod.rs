//! The transport: one call from the request to the service's response, over as many attempts as the policy allows.

pub(crate) mod attempt;
pub(crate) mod backoff;
pub(crate) mod cassette;
#[cfg(feature = "rustls-no-provider")]
pub(crate) mod certificates;
#[cfg_attr(
    target_arch = "wasm32",
    allow(dead_code, reason = "the platform opens the connections there")
)]
pub(crate) mod clients;
pub(crate) mod clock;
pub(crate) mod connection;
pub(crate) mod error_response;
pub(crate) mod in_map;
pub(crate) mod limits;
pub(crate) mod origin;
pub(crate) mod outcome;
pub(crate) mod pace;
#[cfg_attr(
    target_arch = "wasm32",
    allow(dead_code, reason = "the platform opens the connections there")
)]
pub(crate) mod phase;
pub(crate) mod plain;
#[cfg_attr(
    target_arch = "wasm32",
    allow(dead_code, reason = "the platform selects the proxy there")
)]
pub(crate) mod proxy;
pub(crate) mod rate_limit;
pub(crate) mod rate_limiter;
pub(crate) mod redis;
#[cfg(test)]
pub(crate) mod resolver;
pub(crate) mod retry;
pub(crate) mod retry_after;
pub(crate) mod sandbox_clock;
pub(crate) mod send;
pub(crate) mod shared_rate;
#[cfg(feature = "tracing")]
pub(crate) mod span;
pub(crate) mod storage;
#[cfg(feature = "rustls-no-provider")]
pub(crate) mod tls;
pub(crate) mod trace_context;
pub(crate) mod trust;
