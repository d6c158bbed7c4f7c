//! All jobs.

use super::job::JobVisitor;
use super::{download, download_all, wait};

/// Visit every job, in the order of the table of jobs.
pub(crate) fn each_job(visitor: &mut impl JobVisitor) {
    wait::each_job(visitor);
    download::each_job(visitor);
    download_all::each_job(visitor);
}
