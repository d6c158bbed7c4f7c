//! All jobs.

use super::job::JobVisitor;
use super::{apply_template, wait};

/// Visit every job, in the order of the table of jobs.
pub(crate) fn each_job(visitor: &mut impl JobVisitor) {
    wait::each_job(visitor);
    apply_template::each_job(visitor);
}
