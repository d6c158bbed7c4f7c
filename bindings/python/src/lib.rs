//! `hundredms._native`: the core as Python calls it. Operations are called by name, with arguments and results as JSON text, so
//! this module does not grow with the API. What runs calls never touches Python.

mod answer;
mod asset_reader;
mod call_context;
mod context;
mod core;
mod detach;
mod idle;
mod journal;
mod links;
mod pending_call;
mod queue;
mod runtime;
mod sandbox;
mod stack;
mod token_request;
mod tokens;
mod wake;
mod webhooks;

/// The native module.
#[pyo3::pymodule(gil_used = false)]
mod _native {
    #[pymodule_export]
    use crate::answer::{
        Failure, JobProgress, Large, export_transcript, not_configured, refused_argument,
        undecodable,
    };
    #[pymodule_export]
    use crate::asset_reader::AssetReader;
    #[pymodule_export]
    use crate::core::Core;
    #[pymodule_export]
    use crate::detach::{after_fork, leave};
    #[pymodule_export]
    use crate::journal::Journal;
    #[pymodule_export]
    use crate::links::link;
    #[pymodule_export]
    use crate::pending_call::PendingCall;
    #[pymodule_export]
    use crate::queue::Queue;
    #[pymodule_export]
    use crate::sandbox::Sandbox;
    #[pymodule_export]
    use crate::token_request::TokenRequest;
    #[pymodule_export]
    use crate::tokens::Tokens;
    #[pymodule_export]
    use crate::webhooks::{MemoryStore, Receiver, parse_webhook, unknown_event_type};

    /// Version of the package. Needs no metadata in a frozen program.
    #[pymodule_export]
    #[expect(non_upper_case_globals, reason = "named as Python names it")]
    const __version__: &str = env!("CARGO_PKG_VERSION");

    /// Run the command `hundredms` with these arguments, of which the first is the name of the program, and return its exit code.
    /// Other threads of Python continue meanwhile.
    #[pyo3::pyfunction]
    fn run_command(py: pyo3::Python<'_>, arguments: Vec<std::ffi::OsString>) -> u8 {
        py.detach(|| hundredms_cli::run(arguments))
    }

    /// Return whether `interpreter` is the first of the process that loads this module: the types of this module and of msgspec are
    /// those of one interpreter, and another one crashes with them in some versions of Python.
    #[pyo3::pyfunction]
    fn claim(interpreter: usize) -> bool {
        static FIRST: std::sync::OnceLock<usize> = std::sync::OnceLock::new();
        *FIRST.get_or_init(|| interpreter) == interpreter
    }

    /// Return every kind of error.
    #[pyo3::pyfunction]
    fn error_kinds() -> Vec<&'static str> {
        hundredms::ErrorKind::ALL
            .iter()
            .map(|kind| kind.as_str())
            .collect()
    }
}
