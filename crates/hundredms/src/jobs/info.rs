//! [`JobInfo`]: a row of the table of jobs.

/// One row of the table of jobs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[non_exhaustive]
pub struct JobInfo {
    /// Name, `resource.method`: `recordings.wait`.
    pub name: &'static str,
    /// Default timeout of the whole job in seconds.
    pub timeout: u64,
    /// Its arguments, in order.
    pub arguments: &'static [JobArgument],
}

/// One argument of a job.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[non_exhaustive]
pub struct JobArgument {
    /// Its name.
    pub name: &'static str,
    /// Whether it is required.
    pub required: bool,
}
