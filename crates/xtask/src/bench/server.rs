//! The server with the fixed answers, on the second core.

use std::io::{BufRead, BufReader};
use std::process::{Child, Stdio};

use super::programs::Programs;
use crate::shell::BoxError;

/// A running server. It stops when this value is dropped.
pub(super) struct Server {
    process: Child,
    pub(super) url: String,
}

impl Server {
    pub(super) fn start(programs: &Programs) -> Result<Self, BoxError> {
        let mut process = programs
            .cores
            .server(&programs.core("fixed-server"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let mut url = String::new();
        let output = process.stdout.take().ok_or("the server has no output")?;
        BufReader::new(output).read_line(&mut url)?;
        Ok(Self {
            process,
            url: url.trim().to_owned(),
        })
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It serves until its input ends.
        drop(self.process.stdin.take());
        let _ = self.process.wait();
    }
}
