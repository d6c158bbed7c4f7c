//! Results and errors of the core as Python objects.

use std::sync::{Mutex, PoisonError};

use bytes::Bytes;
use hundredms::reqwest::header::HeaderMap;
use hundredms::{Error, JsonResponse, LARGE_OUTCOME, RawResponse, Response};
use pyo3::exceptions::PySystemError;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyTuple};

use crate::token_request::TokenRequest;

/// How a call ended.
pub(crate) enum Outcome {
    /// The result as canonical JSON, and the cursor of the next page.
    Json(JsonResponse),
    /// The same, with the response's status and headers.
    Responded(Response<JsonResponse>),
    /// The raw response.
    Raw(RawResponse),
    /// What a failed call made, as JSON. Null if nothing.
    Found(String),
    /// An error.
    Failed(Error),
    /// Not finished: the call needs a token.
    TokenWanted(TokenRequest),
    /// Not finished: an observation of the call, as JSON.
    Observed(String),
    /// Not finished: the progress of a job, as JSON.
    Progress(String),
    /// The result of a job, as JSON.
    Done(Bytes),
    /// The next bytes of a file. `None` at its end.
    Piece(Option<Bytes>),
    /// The call was lost: it panicked.
    Lost,
}

/// The result of a call of the core.
pub(crate) trait IntoOutcome {
    fn into_outcome(self) -> Outcome;
}

impl IntoOutcome for Result<JsonResponse, Error> {
    fn into_outcome(self) -> Outcome {
        self.map_or_else(Outcome::Failed, Outcome::Json)
    }
}

impl IntoOutcome for Result<Response<JsonResponse>, Error> {
    fn into_outcome(self) -> Outcome {
        self.map_or_else(Outcome::Failed, Outcome::Responded)
    }
}

impl IntoOutcome for Result<RawResponse, Error> {
    fn into_outcome(self) -> Outcome {
        self.map_or_else(Outcome::Failed, Outcome::Raw)
    }
}

impl IntoOutcome for Result<Bytes, Error> {
    fn into_outcome(self) -> Outcome {
        self.map_or_else(Outcome::Failed, Outcome::Done)
    }
}

impl IntoOutcome for Result<Option<Bytes>, Error> {
    fn into_outcome(self) -> Outcome {
        self.map_or_else(Outcome::Failed, Outcome::Piece)
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
    /// Return the number of bytes of an answer. 0 for anything else: only answers are [`Large`].
    pub(crate) fn answer_size(&self) -> usize {
        match self {
            Self::Json(response) => response.json.len(),
            Self::Responded(response) => response.value.json.len(),
            Self::Raw(answer) => answer.body.len(),
            Self::Done(json) => json.len(),
            Self::Piece(Some(piece)) => piece.len(),
            _ => 0,
        }
    }

    /// Return what [`Self::into_python`] does, or that as [`Large`].
    pub(crate) fn for_later(self, py: Python<'_>) -> Bound<'_, PyAny> {
        if self.answer_size() <= LARGE_OUTCOME {
            return self.into_python(py);
        }
        match Bound::new(py, Large(Mutex::new(Some(self)))) {
            Ok(large) => large.into_any(),
            Err(error) => error.into_value(py).into_bound(py).into_any(),
        }
    }

    /// Return a tuple, a failure, a question, the bytes of an observation, or an exception (as a value).
    pub(crate) fn into_python(self, py: Python<'_>) -> Bound<'_, PyAny> {
        match self.try_into_python(py) {
            Ok(given) => given,
            Err(error) => error.into_value(py).into_bound(py).into_any(),
        }
    }

    fn try_into_python(self, py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
        match self {
            Self::Json(JsonResponse { json, cursor, .. }) => {
                tuple((PyBytes::new(py, &json), cursor), py)
            }
            Self::Responded(response) => {
                let JsonResponse { json, cursor, .. } = response.value;
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
            Self::TokenWanted(request) => Ok(Bound::new(py, request)?.into_any()),
            Self::Observed(seen) => Ok(PyBytes::new(py, seen.as_bytes()).into_any()),
            Self::Progress(json) => Ok(Bound::new(py, JobProgress { json })?.into_any()),
            Self::Done(json) => tuple((PyBytes::new(py, &json), None::<String>), py),
            Self::Piece(piece) => tuple((piece.map(|piece| PyBytes::new(py, &piece)),), py),
            Self::Lost => Err(PySystemError::new_err(
                "the call was lost: a defect in hundredms",
            )),
        }
    }
}

/// An outcome that its task takes when it continues.
///
/// If all outcomes that an event loop takes at once became objects of Python before the first of them is parsed, malloc would ask the
/// system for that memory each time, and return it after they are parsed.
#[pyclass(frozen, module = "hundredms._native")]
pub(crate) struct Large(Mutex<Option<Outcome>>);

#[pymethods]
impl Large {
    /// Return the outcome, once.
    fn take<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let outcome = self.0.lock().unwrap_or_else(PoisonError::into_inner).take();
        outcome.unwrap_or(Outcome::Lost).try_into_python(py)
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

/// The progress of a job, as JSON.
#[pyclass(frozen, module = "hundredms._native")]
pub(crate) struct JobProgress {
    json: String,
}

#[pymethods]
impl JobProgress {
    #[getter]
    fn json(&self) -> &[u8] {
        self.json.as_bytes()
    }
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
pub(crate) fn undecodable(operation: &str, field: Option<&str>, reason: &str) -> Failure {
    Failure::from(&Error::of_response(operation, field, reason))
}

/// Return the failure of a call with an argument that Python refuses.
#[pyfunction]
pub(crate) fn refused_argument(operation: &str, field: &str, reason: &str) -> Failure {
    Failure::from(&Error::invalid_request(operation, field, reason))
}

/// Return the failure to create a client with an option that Python refuses.
#[pyfunction]
pub(crate) fn not_configured(message: &str) -> Failure {
    Failure::from(&Error::configuration(message))
}

/// Create the exception for `error`: a Python class, looked up there.
pub(crate) fn exception(py: Python<'_>, error: &Error) -> PyErr {
    // Looked up each time: a sub-interpreter has its own classes.
    let made = py.import("hundredms._errors").and_then(|errors| {
        errors.call_method1("from_native", (error.to_string(), error.to_json()))
    });
    match made {
        Ok(exception) => PyErr::from_value(exception),
        Err(error) => error,
    }
}

/// Create the exception for an argument that is refused here.
pub(crate) fn refused(py: Python<'_>, operation: &str, field: &str, reason: &str) -> PyErr {
    exception(py, &Error::invalid_request(operation, field, reason))
}

/// Return a transcript, as JSON, in another format.
#[pyfunction]
pub(crate) fn export_transcript(
    py: Python<'_>,
    transcript: &[u8],
    format: &str,
) -> PyResult<String> {
    hundredms::jobs::export_transcript(transcript, format).map_err(|error| exception(py, &error))
}
