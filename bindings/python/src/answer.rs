//! Answers and errors of the core as Python objects.

use hundredms::{Answered, Error, RawAnswer};
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyBytes, PyTuple};

use crate::asking::Question;

/// How a call ended.
pub(crate) enum Outcome {
    /// The answer as canonical JSON, and the cursor of the following page.
    Answered(Answered),
    /// The answer as it came.
    Raw(RawAnswer),
    /// What a call that failed has left, as JSON; null if nothing.
    Found(String),
    /// No answer.
    Failed(Error),
    /// None yet: the call needs a token.
    Asked(Question),
    /// None yet: something to see of the call, as JSON.
    Seen(String),
    /// The call was lost: it panicked.
    Lost,
}

/// What a call of the core gives.
pub(crate) trait IntoOutcome {
    fn into_outcome(self) -> Outcome;
}

impl IntoOutcome for Result<Answered, Error> {
    fn into_outcome(self) -> Outcome {
        self.map_or_else(Outcome::Failed, Outcome::Answered)
    }
}

impl IntoOutcome for Result<RawAnswer, Error> {
    fn into_outcome(self) -> Outcome {
        self.map_or_else(Outcome::Failed, Outcome::Raw)
    }
}

impl IntoOutcome for Result<Option<serde_json::Value>, Error> {
    fn into_outcome(self) -> Outcome {
        self.map_or_else(Outcome::Failed, |found| {
            Outcome::Found(found.unwrap_or_default().to_string())
        })
    }
}

impl Outcome {
    /// Give a tuple, an exception (as a value), a question, or bytes to be seen.
    pub(crate) fn into_python(self, py: Python<'_>) -> Bound<'_, PyAny> {
        let given = match self {
            Self::Asked(question) => Bound::new(py, question).map(Bound::into_any),
            Self::Seen(seen) => Ok(PyBytes::new(py, seen.as_bytes()).into_any()),
            other => other.into_tuple(py).map(Bound::into_any),
        };
        match given {
            Ok(given) => given,
            Err(error) => error.into_value(py).into_bound(py).into_any(),
        }
    }

    /// Give a tuple, or raise.
    pub(crate) fn into_tuple(self, py: Python<'_>) -> PyResult<Bound<'_, PyTuple>> {
        match self {
            Self::Answered(Answered { json, cursor, .. }) => {
                (PyBytes::new(py, &json), cursor).into_pyobject(py)
            }
            Self::Raw(answer) => {
                let headers: Vec<(&str, String)> = answer
                    .headers
                    .iter()
                    .map(|(name, value)| {
                        let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
                        (name.as_str(), value)
                    })
                    .collect();
                let body = PyBytes::new(py, &answer.body);
                (answer.status.as_u16(), headers, body).into_pyobject(py)
            }
            Self::Found(json) => {
                (PyBytes::new(py, json.as_bytes()), None::<String>).into_pyobject(py)
            }
            Self::Failed(error) => Err(exception(py, &error)),
            Self::Asked(_) | Self::Seen(_) | Self::Lost => {
                Err(pyo3::exceptions::PySystemError::new_err(
                    "the call was lost: a defect in hundredms",
                ))
            }
        }
    }
}

/// Make the exception for `error`: a class of Python's, looked up there.
pub(crate) fn exception(py: Python<'_>, error: &Error) -> PyErr {
    from_json(py, &error.to_string(), &error.to_json())
}

/// Make the exception for an argument that is refused here.
pub(crate) fn refusal(py: Python<'_>, operation: &str, field: &str, reason: &str) -> PyErr {
    let message = format!("{field}: {reason}");
    let json = serde_json::json!({
        "kind": "invalid_request", "message": message, "operation": operation, "field": field,
    });
    from_json(
        py,
        &format!("{operation}: {message} (invalid_request)"),
        &json.to_string(),
    )
}

fn from_json(py: Python<'_>, text: &str, json: &str) -> PyErr {
    static MAKE: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    let made = MAKE
        .import(py, "hundredms._errors", "from_native")
        .and_then(|make| make.call1((text, json)));
    match made {
        Ok(exception) => PyErr::from_value(exception),
        Err(error) => error,
    }
}
