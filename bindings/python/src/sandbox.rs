//! [`Sandbox`]: the emulator of the service, in this process.

use std::pin::pin;
use std::sync::{Arc, Mutex, PoisonError};

use pyo3::exceptions::{PyOSError, PyRuntimeError, PyValueError};
use pyo3::prelude::*;

use crate::detach::{SIGNALS, detached};

/// A running sandbox.
#[pyclass(frozen, module = "hundredms._native")]
pub(crate) struct Sandbox {
    /// Locked only with the interpreter attached, so never by another thread at the time of a fork.
    running: Mutex<Option<Arc<hundredms_sandbox::Sandbox>>>,
    /// The process that its thread belongs to.
    process: u32,
}

/// Run `work` to completion in this thread. It needs no sockets. Signals are handled meanwhile, and one that raises cancels it.
fn run<T: Send>(py: Python<'_>, work: impl Future<Output = T> + Send) -> PyResult<T> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .build()?;
    let mut work = pin!(work);
    loop {
        let waited = detached(py, || {
            runtime.block_on(async { tokio::time::timeout(SIGNALS, work.as_mut()).await })
        });
        match waited {
            Ok(done) => return Ok(done),
            Err(_) => py.check_signals()?,
        }
    }
}

impl Sandbox {
    fn running(&self) -> PyResult<Arc<hundredms_sandbox::Sandbox>> {
        if self.process != std::process::id() {
            return Err(PyRuntimeError::new_err(
                "the sandbox belongs to the process that started it; connect to its base_url from here",
            ));
        }
        self.running
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
            .ok_or_else(|| PyRuntimeError::new_err("the sandbox is stopped"))
    }

    fn take(&self) -> Option<Arc<hundredms_sandbox::Sandbox>> {
        let running = self
            .running
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        if self.process == std::process::id() {
            return running;
        }
        // The sandbox is the parent's to stop.
        std::mem::forget(running);
        None
    }
}

#[pymethods]
impl Sandbox {
    /// Start a sandbox. Port 0 selects a free one.
    #[new]
    fn new(
        py: Python<'_>,
        port: u16,
        access_key: Option<String>,
        secret: Option<String>,
        host: Option<String>,
        allow_hosts: Vec<String>,
    ) -> PyResult<Self> {
        let mut builder = hundredms_sandbox::Sandbox::builder().port(port);
        if let Some(host) = host {
            builder = builder.host(host);
        }
        for host in allow_hosts {
            builder = builder.allow_host(host);
        }
        if let Some(access_key) = access_key {
            builder = builder.access_key(access_key);
        }
        if let Some(secret) = secret {
            builder = builder.secret(secret);
        }
        let running = run(py, builder.start())?.map_err(|error| match error.kind() {
            std::io::ErrorKind::InvalidInput => PyValueError::new_err(error.to_string()),
            _ => PyOSError::new_err(error.to_string()),
        })?;
        Ok(Self {
            running: Mutex::new(Some(Arc::new(running))),
            process: std::process::id(),
        })
    }

    fn base_url(&self) -> PyResult<String> {
        Ok(self.running()?.base_url())
    }

    fn auth_url(&self) -> PyResult<String> {
        Ok(self.running()?.auth_url())
    }

    fn dashboard_url(&self) -> PyResult<String> {
        Ok(self.running()?.dashboard_url())
    }

    fn access_key(&self) -> PyResult<String> {
        Ok(self.running()?.access_key().to_owned())
    }

    fn secret(&self) -> PyResult<String> {
        Ok(self.running()?.secret().to_owned())
    }

    /// Run a control by name, with JSON text in and out. A refused control raises `ValueError(message, status)`.
    fn control(&self, py: Python<'_>, name: &str, arguments: &str) -> PyResult<String> {
        let running = self.running()?;
        run(py, running.control_json_async(name, arguments))?
            .map_err(|error| PyValueError::new_err((error.to_string(), error.status())))
    }

    /// Stop it and wait until it has ended. Does nothing if it is stopped.
    fn stop(&self, py: Python<'_>) -> PyResult<()> {
        match self.take() {
            Some(running) => run(py, async move { running.stop().await }),
            None => Ok(()),
        }
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        drop(self.take());
    }
}
