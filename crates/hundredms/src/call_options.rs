//! [`CallOptions`]: the options of one call.

use std::time::Duration;

use crate::wire::extra::Extra;

/// Options of one call. Defaults to the client's settings.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct CallOptions {
    /// Timeout of the whole call, over all attempts.
    pub timeout: Option<Duration>,
    /// How often a failed attempt is retried. As [`ClientBuilder::max_retries`](crate::ClientBuilder::max_retries), it does not count
    /// a request that is sent once more because the server has closed an idle connection.
    pub max_retries: Option<u32>,
    /// The trace of the call: the header `traceparent` of W3C Trace Context. A malformed value is not sent. Defaults to the active
    /// span of OpenTelemetry if the feature `opentelemetry` is on.
    pub traceparent: Option<String>,
    /// Vendor data of the trace: the header `tracestate`. Sent only with `traceparent`, and only if it is well-formed.
    pub tracestate: Option<String>,
    /// Fields that this version does not know, sent unchanged: in the body of a POST, else in the query. Fields that the operation
    /// has are refused.
    pub extra: Extra,
    /// Whether the call is one of a run of [`map`](crate::bulk::map): then waiting for its turn does not count against its timeout.
    /// Defaults to whether the future runs within one, which the bindings know better.
    #[doc(hidden)]
    pub in_map: Option<bool>,
    /// By how much a sandbox advances its clock before it handles the request.
    pub(crate) sandbox_advance: Option<Duration>,
    /// What a job says about its arguments, as a warning with the first attempt.
    pub(crate) warning: Option<String>,
}
