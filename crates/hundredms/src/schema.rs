//! [`OperationSchema`] and [`JobSchema`]: what `cargo xtask gen` reads of each operation and each job.

use http::StatusCode;

use crate::answer;
use crate::error::ErrorKind;
use crate::jobs::all::each_job;
use crate::jobs::info::JobInfo;
use crate::jobs::job::{Job, JobVisitor};
use crate::operation::{Described, Operation, OperationInfo, OperationVisitor, Retry};
use crate::resources::all::each_operation;
use crate::transport::error_response::{is_outcome_unknown, kind_of};
use crate::wire::deserialize::deserialize;
use crate::wire::mode::Mode;

/// What `cargo xtask gen` reads of an operation.
#[derive(Debug)]
#[non_exhaustive]
pub struct OperationSchema {
    /// Its row in the operation table.
    pub info: &'static OperationInfo,
    /// The request: its fields in order, with docs.
    pub request: schemars::Schema,
    /// The response, as a reference to the definitions.
    pub answer: schemars::Schema,
    /// The `Debug` output of the request with these arguments. `None` if they do not match.
    pub shown_request: fn(&[u8]) -> Option<String>,
    /// The `Debug` output of the response with this body. `None` if it does not match.
    pub shown_answer: fn(&[u8]) -> Option<String>,
}

impl OperationSchema {
    /// Describe every operation. The models that they use are added to `generator`.
    pub fn all(generator: &mut schemars::SchemaGenerator) -> Vec<Self> {
        let mut schemas = Schemas {
            generator,
            all: Vec::new(),
        };
        each_operation(&mut schemas);
        schemas.all
    }

    /// Return the kind of error with which an operation fails if the service answers with this status. `None` if it is no status.
    pub fn error_kind(info: &OperationInfo, status: u16) -> Option<ErrorKind> {
        let kind = kind_of(StatusCode::from_u16(status).ok()?);
        Some(match info.retry {
            Retry::IfUnsent if is_outcome_unknown(status) => ErrorKind::AmbiguousOutcome,
            _ => kind,
        })
    }
}

struct Schemas<'a> {
    generator: &'a mut schemars::SchemaGenerator,
    all: Vec<OperationSchema>,
}

impl OperationVisitor for Schemas<'_> {
    fn visit<O: Operation + Described>(&mut self)
    where
        O::Output: Described,
    {
        self.all.push(OperationSchema {
            info: O::INFO,
            request: O::json_schema(self.generator),
            answer: self.generator.subschema_for::<O::Output>(),
            shown_request: |arguments| {
                let read = deserialize::<O>(Mode::Strict, arguments).ok()?;
                Some(format!("{0:?}\n{0:#?}", read.value))
            },
            shown_answer: |body| {
                let (value, _) = answer::read::<O>(body).ok()?;
                Some(format!("{value:?}\n{value:#?}"))
            },
        });
    }
}

/// What `cargo xtask gen` reads of a job.
#[derive(Debug)]
#[non_exhaustive]
pub struct JobSchema {
    /// Its row in the table of jobs.
    pub info: &'static JobInfo,
    /// The arguments: its fields in order, with docs.
    pub arguments: schemars::Schema,
    /// The result, as a reference to the definitions.
    pub answer: schemars::Schema,
    /// What it reports, as a reference to the definitions.
    pub progress: schemars::Schema,
}

impl JobSchema {
    /// Describe every job. The models that they use are added to `generator`.
    pub fn all(generator: &mut schemars::SchemaGenerator) -> Vec<Self> {
        let mut schemas = JobSchemas {
            generator,
            all: Vec::new(),
        };
        each_job(&mut schemas);
        schemas.all
    }
}

struct JobSchemas<'a> {
    generator: &'a mut schemars::SchemaGenerator,
    all: Vec<JobSchema>,
}

impl JobVisitor for JobSchemas<'_> {
    fn visit<J: Job + Described>(&mut self)
    where
        J::Output: Described,
        J::Progress: Described,
    {
        self.all.push(JobSchema {
            info: J::INFO,
            arguments: J::json_schema(self.generator),
            answer: self.generator.subschema_for::<J::Output>(),
            progress: self.generator.subschema_for::<J::Progress>(),
        });
    }
}
