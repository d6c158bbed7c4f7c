//! [`Tokens`]: create, decode and verify tokens. Nothing here uses the network.

use std::time::Duration;

use hundredms::{Error, Timestamp};
use pyo3::prelude::*;
use pyo3::types::PyBytes;

use crate::answer::{exception, refused};
use crate::core::Core;

fn duration(py: Python<'_>, operation: &str, valid_for: f64) -> PyResult<Duration> {
    Duration::try_from_secs_f64(valid_for).map_err(|_| {
        let reason = "must be at least one second, and finite";
        refused(py, operation, "valid_for", reason)
    })
}

pub(crate) fn since_1970(seconds: f64) -> Option<Timestamp> {
    let duration = Duration::try_from_secs_f64(seconds).ok()?;
    Timestamp::from_duration(duration.try_into().ok()?).ok()
}

fn time(py: Python<'_>, operation: &str, not_before: f64) -> PyResult<Timestamp> {
    since_1970(not_before).ok_or_else(|| {
        refused(
            py,
            operation,
            "not_before",
            "is not a valid time for a token",
        )
    })
}

fn json(py: Python<'_>, claims: Result<hundredms::tokens::Claims, Error>) -> PyResult<Vec<u8>> {
    let claims = claims.map_err(|error| exception(py, &error))?;
    serde_json::to_vec(&claims)
        .map_err(|error| pyo3::exceptions::PySystemError::new_err(error.to_string()))
}

/// The tokens of a client.
#[pyclass(frozen, module = "hundredms._native")]
pub(crate) struct Tokens(Py<Core>);

impl Tokens {
    /// The tokens at `now`, Python's time in seconds since 1970, which tests freeze.
    fn at(&self, py: Python<'_>, now: f64) -> PyResult<hundredms::tokens::Tokens> {
        let tokens = self.0.get().client(py)?.tokens();
        Ok(match since_1970(now) {
            Some(now) => tokens.at(now),
            None => tokens,
        })
    }
}

#[pymethods]
impl Tokens {
    /// Create and check with the credentials of `core`.
    #[new]
    fn new(core: Py<Core>) -> Self {
        Self(core)
    }

    /// Create a token with which one user joins one room; `now` and `not_before` in seconds since 1970.
    #[expect(clippy::too_many_arguments)]
    fn auth(
        &self,
        py: Python<'_>,
        now: f64,
        room_id: String,
        role: String,
        user_id: Option<String>,
        valid_for: Option<f64>,
        not_before: Option<f64>,
    ) -> PyResult<String> {
        const OPERATION: &str = "tokens.auth";
        let mut token = self.at(py, now)?.auth(room_id, role);
        if let Some(user_id) = user_id {
            token = token.user_id(user_id);
        }
        if let Some(valid_for) = valid_for {
            token = token.valid_for(duration(py, OPERATION, valid_for)?);
        }
        if let Some(not_before) = not_before {
            token = token.not_before(time(py, OPERATION, not_before)?);
        }
        let token_text = token.create().map_err(|error| exception(py, &error))?;
        Ok(token_text.expose().to_owned())
    }

    /// Create a management token.
    fn management(&self, py: Python<'_>, now: f64, valid_for: Option<f64>) -> PyResult<String> {
        let mut token = self.at(py, now)?.management();
        if let Some(valid_for) = valid_for {
            token = token.valid_for(duration(py, "tokens.management", valid_for)?);
        }
        let token_text = token.create().map_err(|error| exception(py, &error))?;
        Ok(token_text.expose().to_owned())
    }

    /// Read the claims of a token, as JSON, without checking it.
    fn decode<'py>(&self, py: Python<'py>, token: &str) -> PyResult<Bound<'py, PyBytes>> {
        let claims = json(py, self.0.get().client(py)?.tokens().decode(token))?;
        Ok(PyBytes::new(py, &claims))
    }

    /// Check a token and read its claims, as JSON.
    fn verify<'py>(&self, py: Python<'py>, now: f64, token: &str) -> PyResult<Bound<'py, PyBytes>> {
        let claims = json(py, self.at(py, now)?.verify(token))?;
        Ok(PyBytes::new(py, &claims))
    }
}
