//! Webhooks: verifying requests, reading events, and the memory of what was handled. Nothing here waits.

use std::net::IpAddr;
use std::time::Duration;

use hundredms::Timestamp;
use hundredms::webhooks::{self, CanonicalEvent, WebhookVerificationError};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::pybacked::{PyBackedBytes, PyBackedStr};
use pyo3::types::{PyBytes, PyString};

use crate::answer::{Failure, exception};
use crate::tokens::since_1970;

/// Return the failure to register a handler of an event type that is not known.
#[pyfunction]
pub(crate) fn unknown_event_type(name: &str) -> Failure {
    Failure::from(&webhooks::EventType::unknown(name))
}

/// Verifies requests.
#[pyclass(frozen, module = "hundredms._native")]
pub(crate) struct Receiver(webhooks::Receiver);

#[pymethods]
impl Receiver {
    /// Create one from options as a JSON object.
    #[new]
    fn new(py: Python<'_>, options: &str) -> PyResult<Self> {
        webhooks::Receiver::from_options(options)
            .map(Self)
            .map_err(|error| exception(py, &error))
    }

    fn header_names(&self) -> Vec<String> {
        self.0.header_names()
    }

    fn max_bytes(&self) -> usize {
        self.0.max_bytes()
    }

    /// Verify what can be verified before the body is read; raise as `receive` does.
    #[expect(clippy::needless_pass_by_value)] // arguments of Python come so
    fn verify_sender(
        &self,
        headers: Vec<(PyBackedStr, PyBackedBytes)>,
        peer: Option<&str>,
    ) -> PyResult<()> {
        self.0
            .verify_sender(&headers, address(peer))
            .map_err(|refusal| unverified(&refusal))
    }

    /// Return the event of a request as JSON, or its type if the body is already in that form; or raise
    /// `ValueError(message, reason, status, public message)`. `now` is what `time.time()` says.
    #[expect(clippy::needless_pass_by_value)] // arguments of Python come so
    fn receive<'py>(
        &self,
        py: Python<'py>,
        body: &[u8],
        headers: Vec<(PyBackedStr, PyBackedBytes)>,
        peer: Option<&str>,
        now: f64,
    ) -> PyResult<Bound<'py, PyAny>> {
        let now = since_1970(now).unwrap_or_else(Timestamp::now);
        let event = self.0.receive_json_at(body, &headers, address(peer), now);
        told(py, event)
    }
}

/// Parse an address. Anything else, such as the path of a socket, gives `None`.
fn address(peer: Option<&str>) -> Option<IpAddr> {
    peer?.parse().ok()
}

/// Return the event of a body, without verification, as `Receiver.receive` does.
#[pyfunction]
pub(crate) fn parse_webhook<'py>(py: Python<'py>, body: &[u8]) -> PyResult<Bound<'py, PyAny>> {
    told(py, webhooks::parse_json(body))
}

fn told(
    py: Python<'_>,
    event: Result<CanonicalEvent, WebhookVerificationError>,
) -> PyResult<Bound<'_, PyAny>> {
    match event {
        Ok(CanonicalEvent::Unchanged(kind)) => Ok(PyString::new(py, kind).into_any()),
        Ok(CanonicalEvent::Rewritten(json)) => Ok(PyBytes::new(py, json.as_bytes()).into_any()),
        Err(refusal) => Err(unverified(&refusal)),
    }
}

fn unverified(refusal: &WebhookVerificationError) -> PyErr {
    PyValueError::new_err((
        refusal.message().to_owned(),
        refusal.reason().as_str(),
        refusal.status(),
        refusal.reason().public_message(),
    ))
}

fn seconds(seconds: f64) -> Duration {
    if seconds > 0.0 {
        Duration::try_from_secs_f64(seconds).unwrap_or(Duration::MAX)
    } else {
        Duration::ZERO
    }
}

/// Remembers the events that this process has handled.
#[pyclass(frozen, module = "hundredms._native")]
pub(crate) struct MemoryStore(webhooks::MemoryStore);

#[pymethods]
impl MemoryStore {
    #[new]
    fn new(capacity: usize) -> Self {
        Self(webhooks::MemoryStore::with_capacity(capacity))
    }

    fn claim(&self, id: &str, owner: &str, lease: f64) -> &'static str {
        self.0.claim(id, owner, seconds(lease)).as_str()
    }

    fn done(&self, id: &str, ttl: f64) {
        self.0.done(id, seconds(ttl));
    }

    fn release(&self, id: &str, owner: &str) {
        self.0.release(id, owner);
    }
}
