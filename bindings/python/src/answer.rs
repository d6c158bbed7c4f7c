//! Results and errors of the core as Python objects.

use hundredms::reqwest::header::HeaderMap;
use hundredms::{Answered, Error, RawAnswer, Response};
use pyo3::exceptions::PySystemError;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyTuple};

use crate::asking::Question;

/// How a call ended.
pub(crate) enum Outcome {
    /// The result as canonical JSON, and the cursor of the next page.
    Answered(Answered),
    /// The same, with the response's status and headers.
    Responded(Response<Answered>),
    /// The raw response.
    Raw(RawAnswer),
    /// What a failed call made, as JSON. Null if nothing.
    Found(String),
    /// An error.
    Failed(Error),
    /// Not finished: the call needs a token.
    Asked(Question),
    /// Not finished: an observation of the call, as JSON.
    Seen(String),
    /// The call was lost: it panicked.
    Lost,
}

/// The result of a call of the core.
pub(crate) trait IntoOutcome {
    fn into_outcome(self) -> Outcome;
}

impl IntoOutcome for Result<Answered, Error> {
    fn into_outcome(self) -> Outcome {
        self.map_or_else(Outcome::Failed, Outcome::Answered)
    }
}

impl IntoOutcome for Result<Response<Answered>, Error> {
    fn into_outcome(self) -> Outcome {
        self.map_or_else(Outcome::Failed, Outcome::Responded)
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
    /// Return a tuple, a failure, a question, the bytes of an observation, or an exception (as a value).
    pub(crate) fn into_python(self, py: Python<'_>) -> Bound<'_, PyAny> {
        match self.try_into_python(py) {
            Ok(given) => given,
            Err(error) => error.into_value(py).into_bound(py).into_any(),
        }
    }

    fn try_into_python(self, py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
        match self {
            Self::Answered(Answered { json, cursor, .. }) => {
                tuple((PyBytes::new(py, &json), cursor), py)
            }
            Self::Responded(response) => {
                let Answered { json, cursor, .. } = response.value;
                let beside = (
                    response.status.as_u16(),
                    as_text(&response.headers),
                    response.attempts,
                    response.elapsed.as_secs_f64(),
                );
                tuple((PyBytes::new(py, &json), cursor, beside), py)
            }
            Self::Raw(answer) => {
                let headers = as_text(&answer.headers);
                let body = PyBytes::new(py, &answer.body);
                tuple((answer.status.as_u16(), headers, body), py)
            }
            Self::Found(json) => tuple((PyBytes::new(py, json.as_bytes()), None::<String>), py),
            Self::Failed(error) => Ok(Bound::new(py, Failure::from(&error))?.into_any()),
            Self::Asked(question) => Ok(Bound::new(py, question)?.into_any()),
            Self::Seen(seen) => Ok(PyBytes::new(py, seen.as_bytes()).into_any()),
            Self::Lost => Err(PySystemError::new_err(
                "the call was lost: a defect in hundredms",
            )),
        }
    }
}

fn as_text(headers: &HeaderMap) -> Vec<(&str, String)> {
    headers
        .iter()
        .map(|(name, value)| {
            let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
            (name.as_str(), value)
        })
        .collect()
}

fn tuple<'py>(
    parts: impl IntoPyObject<'py, Target = PyTuple, Output = Bound<'py, PyTuple>, Error = PyErr>,
    py: Python<'py>,
) -> PyResult<Bound<'py, PyAny>> {
    parts.into_pyobject(py).map(Bound::into_any)
}

/// Why a call failed. Python creates the exception from it: no Python code runs below a Rust frame while a call is awaited.
#[pyclass(frozen, get_all, module = "hundredms._native")]
pub(crate) struct Failure {
    text: String,
    json: String,
}

impl From<&Error> for Failure {
    fn from(error: &Error) -> Self {
        Self {
            text: error.to_string(),
            json: error.to_json(),
        }
    }
}

/// Return the failure of a call whose response the core accepted and Python cannot represent.
#[pyfunction]
pub(crate) fn misfit(operation: &str, field: Option<&str>, reason: &str) -> Failure {
    let info = hundredms::operations().find(|info| info.name == operation);
    let changes = info.is_some_and(|info| info.method != hundredms::Method::GET);
    let message = format!("{} does not fit: {reason}", field.unwrap_or("the answer"));
    let effect = if changes {
        ", may have taken effect"
    } else {
        ""
    };
    Failure {
        text: format!("{operation}: {message} (decode{effect})"),
        json: serde_json::json!({
            "kind": "decode",
            "message": message,
            "operation": operation,
            "method": info.map(|info| info.method.as_str()),
            "route": info.map(|info| info.path),
            "field": field,
            "attempts": 1,
            "may_have_applied": changes,
        })
        .to_string(),
    }
}

/// Create the exception for `error`: a Python class, looked up there.
pub(crate) fn exception(py: Python<'_>, error: &Error) -> PyErr {
    from_json(py, &error.to_string(), &error.to_json())
}

/// Create the exception for an argument that is refused here.
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
    // Looked up each time: a sub-interpreter has its own classes.
    let made = py
        .import("hundredms._errors")
        .and_then(|errors| errors.call_method1("from_native", (text, json)));
    match made {
        Ok(exception) => PyErr::from_value(exception),
        Err(error) => error,
    }
}
