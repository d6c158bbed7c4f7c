//! All jobs.

use super::job::JobVisitor;
use super::{assets, contents, wait};

/// Visit every job, in the order of the table of jobs.
pub(crate) fn each_job(visitor: &mut impl JobVisitor) {
    wait::each_job(visitor);
    assets::each_job(visitor);
    contents::each_job(visitor);
}
