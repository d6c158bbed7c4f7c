//! Jobs by name, with JSON in and JSON out: the entry point of the bindings.

use std::collections::HashMap;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, LazyLock};

use bytes::Bytes;

use super::all::each_job;
use super::edit_template::WriteTemplate;
use super::history::LookAtHistory;
use super::info::JobInfo;
use super::job::{Job, JobVisitor};
use crate::call_options::CallOptions;
use crate::check;
use crate::client::Client;
use crate::error::{Error, ErrorKind, Result};
use crate::operation::Described;
use crate::request::check_size;
use crate::wire::deserialize::deserialize;
use crate::wire::mode::Mode;

/// Receives the progress of a job as JSON.
pub type Progress = Arc<dyn Fn(String) + Send + Sync>;

type Running = Pin<Box<dyn Future<Output = Result<Bytes>> + Send>>;

type Start = fn(&Client, &[u8], CallOptions, Option<Progress>) -> Result<Running>;

static TABLE: LazyLock<HashMap<&'static str, Start>> = LazyLock::new(|| {
    let mut table = Table(HashMap::new());
    each_job(&mut table);
    table.add::<WriteTemplate>();
    table.add::<LookAtHistory>();
    table.0
});

struct Table(HashMap<&'static str, Start>);

impl Table {
    fn add<J: Job>(&mut self) {
        self.0.insert(J::INFO.name, start::<J>);
    }
}

impl JobVisitor for Table {
    fn visit<J: Job + Described>(&mut self)
    where
        J::Output: Described,
        J::Progress: Described,
    {
        self.add::<J>();
    }
}

/// Read the arguments of `J`, and start it.
fn start<J: Job>(
    client: &Client,
    arguments: &[u8],
    options: CallOptions,
    progress: Option<Progress>,
) -> Result<Running> {
    let name = J::INFO.name;
    check_size(name, arguments.len())?;
    if arguments.trim_ascii_start().first() != Some(&b'{') {
        return Err(Error::invalid_request(
            name,
            "",
            "the arguments must be one JSON object",
        ));
    }
    let read = deserialize::<J>(Mode::Strict, arguments).map_err(|error| {
        let error = check::with_advice(arguments, error);
        Error::invalid_request(name, &error.path, &error.reason)
    })?;
    let mut call = client.run(read.value).options(options);
    if let Some(progress) = progress {
        call = call.on_progress(move |seen| {
            if let Ok(json) = serde_json::to_string(seen) {
                progress(json);
            }
        });
    }
    Ok(Box::pin(async move {
        let answer = call.await?;
        serde_json::to_vec(&answer)
            .map(Bytes::from)
            .map_err(|error| Error::of_response(name, None, &error.to_string()))
    }))
}

impl Client {
    /// Run a job by name, with its arguments as one JSON object, and return its result as JSON:
    /// `run_json("recordings.wait", br#"{"recording_id":"…"}"#, …)`.
    ///
    /// # Errors
    ///
    /// `invalid_request` for an unknown job or argument, a wrong type, or a value that is missing or out of range; else as for the
    /// job.
    pub async fn run_json(
        &self,
        job: &str,
        arguments: &[u8],
        options: CallOptions,
        progress: Option<Progress>,
    ) -> Result<Bytes> {
        let start = TABLE.get(job).ok_or_else(|| absent(job))?;
        start(self, arguments, options, progress)?.await
    }
}

/// The jobs that write files. On wasm32 there are none.
const WITH_FILES: [&str; 2] = ["recording_assets.download", "recording_assets.download_all"];

/// Return the error for a job that is not in the table.
fn absent(job: &str) -> Error {
    if !WITH_FILES.contains(&job) {
        return Error::invalid_request(job, "job", "there is no job of this name");
    }
    let message =
        "this runtime has no files: read the asset as a stream, with recordingAssets.stream";
    Error::new(ErrorKind::Configuration, message)
        .with(|details| details.operation = Some(job.to_owned()))
}

/// Return whether there is a job of this name, also one whose methods are written by hand.
pub fn is_job(name: &str) -> bool {
    TABLE.contains_key(name) || name == "recording_assets.stream" || WITH_FILES.contains(&name)
}

/// Return the table of jobs.
pub fn jobs() -> impl Iterator<Item = &'static JobInfo> {
    struct Rows(Vec<&'static JobInfo>);
    impl JobVisitor for Rows {
        fn visit<J: Job + Described>(&mut self)
        where
            J::Output: Described,
            J::Progress: Described,
        {
            self.0.push(J::INFO);
        }
    }
    let mut rows = Rows(Vec::new());
    each_job(&mut rows);
    rows.0.into_iter()
}
