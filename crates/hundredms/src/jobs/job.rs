//! [`Job`]: what a job is; and [`JobCall`]: a job that has not started.

use std::fmt;
use std::future::{Future, IntoFuture};
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::context::{JobContext, Report};
use super::info::JobInfo;
use crate::call_options::CallOptions;
use crate::client::Client;
use crate::error::{Error, Result};
use crate::operation::Answer;
use crate::wire::hints::Hints;
use crate::wire::violation::Violation;

/// A job. Implemented by the types of [`jobs`](crate::jobs), and sealed.
#[allow(unreachable_pub, private_interfaces)]
pub trait Job: DeserializeOwned + Clone + Send + Sync + 'static {
    /// What it returns.
    type Answer: Answer;

    /// What it reports while it runs.
    type Progress: Serialize + Send + Sync + 'static;

    /// Its row in the table of jobs.
    const INFO: &'static JobInfo;

    /// Check every argument against its limits.
    #[doc(hidden)]
    fn check(&self, hints: &mut Hints) -> Result<(), Violation>;

    /// Do the job.
    #[doc(hidden)]
    fn run(
        self,
        context: JobContext<Self::Progress>,
    ) -> impl Future<Output = Result<Self::Answer>> + Send;
}

/// Runs code for each job, with its type.
pub(crate) trait JobVisitor {
    /// Visit the job `J`.
    fn visit<J: Job + crate::operation::Described>(&mut self)
    where
        J::Answer: crate::operation::Described,
        J::Progress: crate::operation::Described;
}

impl Client {
    /// Create a job from its arguments. The methods of the resources do the same.
    pub fn run<J: Job>(&self, job: J) -> JobCall<J> {
        JobCall {
            client: self.clone(),
            job,
            options: CallOptions::default(),
            report: None,
        }
    }
}

/// A job that has not started: `.await` runs it and returns the result.
#[must_use = "nothing is done until the job is awaited"]
pub struct JobCall<J: Job> {
    client: Client,
    job: J,
    options: CallOptions,
    report: Option<Report<J::Progress>>,
}

impl<J: Job> JobCall<J> {
    /// Set the timeout of the whole job. Defaults to the timeout of the job, not to that of the client, which applies to each of its
    /// calls.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.options.timeout = Some(timeout);
        self
    }

    /// Set how often a failed attempt of each call is retried. Defaults to the client's setting.
    pub fn max_retries(mut self, max_retries: u32) -> Self {
        self.options.max_retries = Some(max_retries);
        self
    }

    /// Set the trace of the calls: the headers `traceparent` and, optionally, `tracestate` of W3C Trace Context.
    pub fn trace(mut self, traceparent: impl Into<String>, tracestate: Option<String>) -> Self {
        self.options.traceparent = Some(traceparent.into());
        self.options.tracestate = tracestate;
        self
    }

    /// Call `report` whenever the job has progressed. A panic in it is ignored.
    pub fn on_progress(mut self, report: impl Fn(&J::Progress) + Send + Sync + 'static) -> Self {
        self.report = Some(Arc::new(report));
        self
    }

    pub(super) fn options(mut self, options: CallOptions) -> Self {
        self.options = options;
        self
    }

    async fn done(self) -> Result<J::Answer> {
        let name = J::INFO.name;
        let mut hints = Hints::default();
        self.job.check(&mut hints).map_err(|violation| {
            Error::invalid_request(name, &violation.path, &violation.reason)
        })?;
        let context = JobContext::new(self.client, J::INFO, self.options, self.report);
        self.job.run(context).await
    }
}

impl<J: Job + fmt::Debug> fmt::Debug for JobCall<J> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("JobCall")
            .field("job", &self.job)
            .field("options", &self.options)
            .finish_non_exhaustive()
    }
}

impl<J: Job> IntoFuture for JobCall<J> {
    type Output = Result<J::Answer>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.done())
    }
}
