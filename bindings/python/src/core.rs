//! [`Core`]: a client of the core.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use hundredms::jobs::Progress;
use hundredms::{
    CallOptions, CassetteMode, Client, ClientBuilder, Lane, Language, Server, Timestamp, Turns,
};
use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use zeroize::Zeroizing;

use crate::answer::{exception, refused};
use crate::asset_reader::AssetReader;
use crate::call_context::{ask, observe, report};
use crate::context::Context;
use crate::pending_call::{PendingCall, begin};
use crate::runtime::runtime;

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
    /// `None` before the first call, which starts the thread.
    runtime: Option<Turns>,
}

impl Connected {
    fn new(builder: ClientBuilder) -> hundredms::Result<Self> {
        let client = builder.build()?;
        Ok(Self {
            process: std::process::id(),
            client,
            runtime: None,
        })
    }
}

impl Core {
    /// Run `with` on the connections of this process.
    fn connected<T>(
        &self,
        py: Python<'_>,
        with: impl FnOnce(&mut Connected) -> PyResult<T>,
    ) -> PyResult<T> {
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
        with(connected)
    }

    /// Return the client of this process.
    pub(crate) fn client(&self, py: Python<'_>) -> PyResult<Client> {
        self.connected(py, |connected| Ok(connected.client.clone()))
    }

    fn prepare(
        &self,
        py: Python<'_>,
        operation: &str,
        context: &Context<'_>,
    ) -> PyResult<(Client, CallOptions, Turns)> {
        let options = context.options(py, operation)?;
        let (client, turns) = self.connected(py, |connected| {
            let turns = match &connected.runtime {
                Some(turns) => turns,
                None => connected.runtime.insert(runtime(self.lane)?),
            };
            Ok((connected.client.clone(), turns.clone()))
        })?;
        Ok((client, options, turns))
    }
}

/// Read a time in RFC 3339.
fn time(py: Python<'_>, operation: &str, text: Option<&str>) -> PyResult<Option<Timestamp>> {
    text.map(str::parse)
        .transpose()
        .map_err(|_| refused(py, operation, "since", "must be an RFC 3339 time"))
}

/// Method, path, query and body of a request without an operation.
#[derive(FromPyObject)]
struct Request(String, String, Vec<(String, String)>, Option<Vec<u8>>);

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

    /// Return method, template of the path, and base URL of an operation; of a request without an operation if the method is None,
    /// and of a job if there is no base URL. None if there is no such operation.
    fn target(
        &self,
        operation: &str,
    ) -> Option<(Option<&'static str>, &'static str, Option<&str>)> {
        let [api, auth] = self.builder.base_urls();
        if operation == "request" {
            return Some((None, "/{path}", api));
        }
        if hundredms::jobs::is_job(operation) {
            return Some((None, "", None));
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
        let Some(connected) = connected else {
            return;
        };
        if connected.process != std::process::id() {
            std::mem::forget(connected);
            return;
        }
        drop(connected.client);
        if let Some(turns) = connected.runtime {
            turns.attend();
        }
    }

    /// Set by how many seconds the service's clock is ahead. Ignored for a closed client.
    fn set_clock_offset(&self, py: Python<'_>, seconds: i64) {
        if let Ok(client) = self.client(py) {
            client.set_clock_offset(seconds);
        }
    }

    /// Start to look for what a failed call made. The result is JSON, null if there is nothing.
    fn begin_reconcile(
        slf: &Bound<'_, Self>,
        context: Context<'_>,
        operation: String,
        arguments: Vec<u8>,
        since: Option<&str>,
    ) -> PyResult<PendingCall> {
        let since = time(slf.py(), &operation, since)?;
        let (client, options, turns) = slf.get().prepare(slf.py(), &operation, &context)?;
        let call = async move {
            client
                .reconcile_json(&operation, &arguments, since, &options)
                .await
        };
        Ok(begin(turns, context, true, call))
    }

    /// Start to call an operation. The result is JSON, with the cursor of the next page. It arrives through the queue of the
    /// context, or by `PendingCall.next` if there is no queue.
    fn begin_call(
        slf: &Bound<'_, Self>,
        context: Context<'_>,
        operation: String,
        arguments: Vec<u8>,
    ) -> PyResult<PendingCall> {
        let (client, options, turns) = slf.get().prepare(slf.py(), &operation, &context)?;
        let call = async move { client.call(&operation, &arguments, &options).await };
        Ok(begin(turns, context, true, call))
    }

    /// Start to call an operation as `begin_call` does, with status, headers, attempts and seconds in the result.
    fn begin_call_with_response(
        slf: &Bound<'_, Self>,
        context: Context<'_>,
        operation: String,
        arguments: Vec<u8>,
    ) -> PyResult<PendingCall> {
        let (client, options, turns) = slf.get().prepare(slf.py(), &operation, &context)?;
        let call = async move {
            client
                .call_with_response(&operation, &arguments, &options)
                .await
        };
        Ok(begin(turns, context, true, call))
    }

    /// Start to call an operation. The result is the raw status, headers and body.
    fn begin_call_raw(
        slf: &Bound<'_, Self>,
        context: Context<'_>,
        operation: String,
        arguments: Vec<u8>,
    ) -> PyResult<PendingCall> {
        let (client, options, turns) = slf.get().prepare(slf.py(), &operation, &context)?;
        let call = async move { client.call_raw(&operation, &arguments, &options).await };
        Ok(begin(turns, context, true, call))
    }

    /// Start a job. The result is JSON. Its progress is reported if `reports`.
    fn begin_job(
        slf: &Bound<'_, Self>,
        context: Context<'_>,
        job: String,
        arguments: Vec<u8>,
        reports: bool,
    ) -> PyResult<PendingCall> {
        let (client, options, turns) = slf.get().prepare(slf.py(), &job, &context)?;
        let progress = reports.then(|| -> Progress { Arc::new(report) });
        let call = async move { client.run_json(&job, &arguments, options, progress).await };
        Ok(begin(turns, context, true, call))
    }

    /// Open the file of an asset.
    #[expect(clippy::needless_pass_by_value, reason = "pyo3 extracts it by value")]
    fn asset_reader(
        slf: &Bound<'_, Self>,
        context: Context<'_>,
        asset_id: String,
    ) -> PyResult<AssetReader> {
        let name = "recording_assets.stream";
        let options = context.options(slf.py(), name)?;
        let stream = slf.get().client(slf.py())?.asset_stream(asset_id, options);
        Ok(AssetReader::new(slf.get().lane, stream))
    }

    /// Start to send a request without an operation.
    fn begin_request(
        slf: &Bound<'_, Self>,
        context: Context<'_>,
        request: Request,
    ) -> PyResult<PendingCall> {
        let (client, options, turns) = slf.get().prepare(slf.py(), "request", &context)?;
        let Request(method, path, query, body) = request;
        let body: Option<serde_json::Value> = body
            .map(|body| serde_json::from_slice(&body))
            .transpose()
            .map_err(|error| refused(slf.py(), "request", "body", &error.to_string()))?;
        let call = async move {
            client
                .request(&method, &path, &query, body.as_ref(), &options)
                .await
        };
        Ok(begin(turns, context, true, call))
    }
}

impl Drop for Core {
    fn drop(&mut self) {
        self.close();
    }
}
