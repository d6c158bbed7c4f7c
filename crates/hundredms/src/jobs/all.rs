//! All jobs.

use super::job::JobVisitor;
use super::{
    apply_template, assets, attendance, contents, download, download_all, people, quality,
    room_setup, wait,
};

/// Visit every job, in the order of the table of jobs.
pub(crate) fn each_job(visitor: &mut impl JobVisitor) {
    wait::each_job(visitor);
    attendance::each_job(visitor);
    quality::each_job(visitor);
    room_setup::each_job(visitor);
    people::each_job(visitor);
    apply_template::each_job(visitor);
    assets::each_job(visitor);
    contents::each_job(visitor);
    // Where there are no files, their code would take room for nothing.
    if cfg!(not(target_arch = "wasm32")) {
        download::each_job(visitor);
        download_all::each_job(visitor);
    }
}
