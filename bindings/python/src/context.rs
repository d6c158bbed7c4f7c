//! [`Context`]: what Python passes with each call, as one tuple.

use std::time::Duration;

use hundredms::{CallOptions, Extra};
use pyo3::prelude::*;

use crate::answer::refused;
use crate::queue::Queue;

/// Who waits for a call, its settings, its trace, and whether a function of `map` makes it.
#[derive(FromPyObject)]
pub(crate) struct Context<'py>(Option<Waiting<'py>>, Settings<'py>, Option<Trace>, bool);

/// The queue of an event loop, and the number under which the loop expects the outcome. A thread that waits has none.
pub(crate) type Waiting<'py> = (Bound<'py, Queue>, u64);

/// The timeout in seconds, the number of retries, and a JSON object of fields that the operation does not define.
type Settings<'py> = (
    Option<Bound<'py, PyAny>>,
    Option<Bound<'py, PyAny>>,
    Option<Vec<u8>>,
);

/// Whether the call is observed, its `traceparent` and its `tracestate`.
type Trace = (bool, Option<String>, Option<String>);

impl<'py> Context<'py> {
    /// Return who waits, and whether the call is observed.
    pub(crate) fn waiting(self) -> (Option<Waiting<'py>>, bool) {
        let observed = self.2.is_some_and(|(observed, ..)| observed);
        (self.0, observed)
    }

    /// Return the options for the core.
    pub(crate) fn options(&self, py: Python<'_>, operation: &str) -> PyResult<CallOptions> {
        let Self(_, (timeout, max_retries, extra), trace, in_map) = self;
        let mut options = CallOptions::default();
        options.in_map = Some(*in_map);
        if let Some((_, traceparent, tracestate)) = trace {
            options.traceparent.clone_from(traceparent);
            options.tracestate.clone_from(tracestate);
        }
        if let Some(timeout) = timeout {
            let Ok(seconds) = timeout.extract() else {
                let reason = "must be a number of seconds";
                return Err(refused(py, operation, "timeout", reason));
            };
            match Duration::try_from_secs_f64(seconds) {
                Ok(timeout) if !timeout.is_zero() => options.timeout = Some(timeout),
                _ => {
                    let reason = "must be more than 0 seconds, and finite";
                    return Err(refused(py, operation, "timeout", reason));
                }
            }
        }
        if let Some(max_retries) = max_retries {
            let Ok(max_retries) = max_retries.extract() else {
                let reason = format!("must be a whole number from 0 to {}", u32::MAX);
                return Err(refused(py, operation, "max_retries", &reason));
            };
            options.max_retries = Some(max_retries);
        }
        if let Some(extra) = extra {
            let fields: serde_json::Map<_, _> = serde_json::from_slice(extra)
                .map_err(|error| refused(py, operation, "extra", &error.to_string()))?;
            options.extra = Extra::from(fields);
        }
        Ok(options)
    }
}
