//! [`Core`]: a client of the core.

use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use hundredms::{
    CallOptions, CassetteMode, Client, ClientBuilder, Extra, Lane, Language, Server, Timestamp,
};
use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use zeroize::Zeroizing;

use crate::answer::{exception, refusal};
use crate::asking::{ask, observe};
use crate::flight::{Flight, begin};
use crate::queue::Queue;

/// A client, created again in a forked child.
#[pyclass(frozen, module = "hundredms._native")]
pub(crate) struct Core {
    /// Contains the environment's settings at the time of creation. It records no cassette: a child would overwrite its parent's.
    builder: ClientBuilder,
    lane: Lane,
    /// Locked only with the interpreter attached, so never by another thread at the time of a fork.
    state: Mutex<Option<Connected>>,
}

struct Connected {
    process: u32,
    client: Client,
}

impl Connected {
    fn new(builder: ClientBuilder) -> hundredms::Result<Self> {
        let client = builder.build()?;
        Ok(Self {
            process: std::process::id(),
            client,
        })
    }
}

impl Core {
    /// Return the client of this process.
    pub(crate) fn client(&self, py: Python<'_>) -> PyResult<Client> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(connected) = &mut *state else {
            return Err(PyRuntimeError::new_err("the client is closed"));
        };
        if connected.process != std::process::id() {
            let fresh =
                Connected::new(self.builder.clone()).map_err(|error| exception(py, &error))?;
            // The parent's connections belong to it, and their locks may be held by threads that do not exist here.
            std::mem::forget(std::mem::replace(connected, fresh));
        }
        Ok(connected.client.clone())
    }
}

/// Whether the call is observed, and its trace: `traceparent` and `tracestate`.
type Context = (bool, Option<String>, Option<String>);

fn call_options(
    py: Python<'_>,
    operation: &str,
    timeout: Option<&Bound<'_, PyAny>>,
    max_retries: Option<&Bound<'_, PyAny>>,
    context: Option<Context>,
) -> PyResult<(CallOptions, bool)> {
    let mut options = CallOptions::default();
    let (watched, traceparent, tracestate) = context.unwrap_or_default();
    options.traceparent = traceparent;
    options.tracestate = tracestate;
    if let Some(timeout) = timeout {
        let Ok(seconds) = timeout.extract() else {
            let reason = "must be a number of seconds";
            return Err(refusal(py, operation, "timeout", reason));
        };
        match Duration::try_from_secs_f64(seconds) {
            Ok(timeout) if !timeout.is_zero() => options.timeout = Some(timeout),
            _ => {
                let reason = "must be more than 0 seconds, and not infinite";
                return Err(refusal(py, operation, "timeout", reason));
            }
        }
    }
    if let Some(max_retries) = max_retries {
        let Ok(max_retries) = max_retries.extract() else {
            let reason = format!("must be a whole number from 0 to {}", u32::MAX);
            return Err(refusal(py, operation, "max_retries", &reason));
        };
        options.max_retries = Some(max_retries);
    }
    Ok((options, watched))
}

/// Read the extra fields that the operation does not define: a JSON object.
fn extra(py: Python<'_>, operation: &str, fields: Option<&[u8]>) -> PyResult<Extra> {
    let fields: Option<serde_json::Map<_, _>> = fields
        .map(serde_json::from_slice)
        .transpose()
        .map_err(|error| refusal(py, operation, "extra", &error.to_string()))?;
    Ok(fields.unwrap_or_default().into())
}

/// Read a time in RFC 3339.
fn time(py: Python<'_>, operation: &str, text: Option<&str>) -> PyResult<Option<Timestamp>> {
    text.map(str::parse)
        .transpose()
        .map_err(|_| refusal(py, operation, "since", "is no time"))
}

/// The parts of a request without an operation.
type Request = (
    String,
    String,
    Vec<(String, String)>,
    Option<serde_json::Value>,
);

fn request(
    py: Python<'_>,
    method: String,
    path: String,
    query: Vec<(String, String)>,
    body: Option<&[u8]>,
) -> PyResult<Request> {
    let body = body
        .map(serde_json::from_slice)
        .transpose()
        .map_err(|error| refusal(py, "request", "body", &error.to_string()))?;
    Ok((method, path, query, body))
}

#[pymethods]
impl Core {
    /// Create a client from options as a JSON object, and the cassette to record to. A client that `asks` gets its tokens from the
    /// waiters of its calls.
    #[new]
    fn new(
        py: Python<'_>,
        options: Vec<u8>,
        recording: Option<PathBuf>,
        asks: bool,
    ) -> PyResult<Self> {
        let options = Zeroizing::new(options);
        let build = || {
            let mut builder = Client::builder()
                .language(Language::Python)
                .options(&options)?;
            if asks {
                builder = builder.token_provider(ask);
            }
            let builder = builder.observer(observe).resolved()?;
            let here = builder.clone();
            let connected = Connected::new(match recording {
                Some(path) => here.cassette(path, CassetteMode::Record),
                None => here,
            })?;
            Ok((builder, connected))
        };
        let (builder, connected) = build().map_err(|error| exception(py, &error))?;
        Ok(Self {
            lane: Lane::of(&builder),
            builder,
            state: Mutex::new(Some(connected)),
        })
    }

    /// Return method, template of the path, and base URL of an operation; of a request without an operation if the method is None.
    /// None if there is no such operation.
    fn target(
        &self,
        operation: &str,
    ) -> Option<(Option<&'static str>, &'static str, Option<&str>)> {
        let [api, auth] = self.builder.base_urls();
        if operation == "request" {
            return Some((None, "/{path}", api));
        }
        let info = hundredms::operations().find(|info| info.name == operation)?;
        let base = match info.server {
            Server::Auth => auth,
            _ => api,
        };
        Some((Some(info.method.as_str()), info.path, base))
    }

    /// Close the connections. Running calls continue.
    fn close(&self) {
        let connected = self
            .state
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        if let Some(connected) = connected {
            if connected.process != std::process::id() {
                std::mem::forget(connected);
            }
        }
    }

    /// Set by how many seconds the service's clock is ahead. Ignored for a closed client.
    fn set_clock_offset(&self, py: Python<'_>, seconds: i64) {
        if let Ok(client) = self.client(py) {
            client.set_clock_offset(seconds);
        }
    }

    /// Start to look for what a failed call made. The result is JSON, null if there is nothing.
    #[expect(clippy::too_many_arguments)]
    fn begin_reconcile(
        &self,
        py: Python<'_>,
        queue: Option<&Queue>,
        ticket: u64,
        operation: String,
        arguments: Vec<u8>,
        since: Option<&str>,
        context: Option<Context>,
    ) -> PyResult<Flight> {
        let client = self.client(py)?;
        let (options, watched) = call_options(py, &operation, None, None, context)?;
        let since = time(py, &operation, since)?;
        let call = async move {
            client
                .reconcile_json(&operation, &arguments, since, &options)
                .await
        };
        begin(self.lane, queue, ticket, watched, call)
    }

    /// Start to call an operation. The result is JSON, with the cursor of the next page. It arrives through `queue`, under
    /// `ticket`, or by `Flight.next` if there is no queue. `extra` contains fields that the operation does not define.
    #[expect(clippy::too_many_arguments)]
    fn begin_call(
        &self,
        py: Python<'_>,
        queue: Option<&Queue>,
        ticket: u64,
        operation: String,
        arguments: Vec<u8>,
        timeout: Option<&Bound<'_, PyAny>>,
        max_retries: Option<&Bound<'_, PyAny>>,
        extra: Option<&[u8]>,
        context: Option<Context>,
    ) -> PyResult<Flight> {
        let client = self.client(py)?;
        let (mut options, watched) = call_options(py, &operation, timeout, max_retries, context)?;
        options.extra = self::extra(py, &operation, extra)?;
        let call = async move { client.call(&operation, &arguments, &options).await };
        begin(self.lane, queue, ticket, watched, call)
    }

    /// Start to call an operation as `begin_call` does, with status, headers, attempts and seconds in the result.
    #[expect(clippy::too_many_arguments)]
    fn begin_call_with_response(
        &self,
        py: Python<'_>,
        queue: Option<&Queue>,
        ticket: u64,
        operation: String,
        arguments: Vec<u8>,
        timeout: Option<&Bound<'_, PyAny>>,
        max_retries: Option<&Bound<'_, PyAny>>,
        extra: Option<&[u8]>,
        context: Option<Context>,
    ) -> PyResult<Flight> {
        let client = self.client(py)?;
        let (mut options, watched) = call_options(py, &operation, timeout, max_retries, context)?;
        options.extra = self::extra(py, &operation, extra)?;
        let call = async move {
            client
                .call_with_response(&operation, &arguments, &options)
                .await
        };
        begin(self.lane, queue, ticket, watched, call)
    }

    /// Start to call an operation. The result is the raw status, headers and body.
    #[expect(clippy::too_many_arguments)]
    fn begin_call_raw(
        &self,
        py: Python<'_>,
        queue: Option<&Queue>,
        ticket: u64,
        operation: String,
        arguments: Vec<u8>,
        timeout: Option<&Bound<'_, PyAny>>,
        max_retries: Option<&Bound<'_, PyAny>>,
        context: Option<Context>,
    ) -> PyResult<Flight> {
        let client = self.client(py)?;
        let (options, watched) = call_options(py, &operation, timeout, max_retries, context)?;
        let call = async move { client.call_raw(&operation, &arguments, &options).await };
        begin(self.lane, queue, ticket, watched, call)
    }

    /// Start to send a request without an operation.
    #[expect(clippy::too_many_arguments)]
    fn begin_request(
        &self,
        py: Python<'_>,
        queue: Option<&Queue>,
        ticket: u64,
        method: String,
        path: String,
        query: Vec<(String, String)>,
        body: Option<&[u8]>,
        timeout: Option<&Bound<'_, PyAny>>,
        max_retries: Option<&Bound<'_, PyAny>>,
        context: Option<Context>,
    ) -> PyResult<Flight> {
        let client = self.client(py)?;
        let (options, watched) = call_options(py, "request", timeout, max_retries, context)?;
        let (method, path, query, body) = request(py, method, path, query, body)?;
        let call = async move {
            client
                .request(&method, &path, &query, body.as_ref(), &options)
                .await
        };
        begin(self.lane, queue, ticket, watched, call)
    }
}

impl Drop for Core {
    fn drop(&mut self) {
        self.close();
    }
}
