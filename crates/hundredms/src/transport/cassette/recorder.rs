//! [`Recorder`]: writes each exchange to a file.

use std::fs::File;
use std::io::{Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::exchange::Exchange;
use crate::error::{Error, Result};
use crate::request::PreparedRequest;
use crate::transport::outcome::AttemptOutcome;

/// A cassette that is being recorded.
#[derive(Debug)]
pub(crate) struct Recorder {
    path: PathBuf,
    state: Mutex<State>,
}

#[derive(Debug)]
enum State {
    Recording {
        file: File,
        /// Number of calls in the file.
        calls: u64,
    },
    WriteFailed(std::io::Error),
}

const HEAD: &str = "{\n\"cassette\": 1,\n\"exchanges\": [\n";
const TAIL: &str = "\n]\n}\n";

impl Recorder {
    /// Create the file at `path`.
    pub(crate) fn create(path: &Path) -> Result<Self> {
        let write = || {
            let mut file = File::create(path)?;
            file.write_all([HEAD, TAIL].concat().as_bytes())?;
            Ok(file)
        };
        let file = write().map_err(|cause| not_written(path, cause))?;
        Ok(Self {
            path: path.to_owned(),
            state: Mutex::new(State::Recording { file, calls: 0 }),
        })
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Fail if an exchange could not be written. The call that made the exchange keeps its outcome; later calls are refused.
    pub(crate) fn check_written(&self) -> Result<()> {
        match &*self.state() {
            State::Recording { .. } => Ok(()),
            State::WriteFailed(cause) => {
                let cause = std::io::Error::new(cause.kind(), cause.to_string());
                Err(not_written(&self.path, cause))
            }
        }
    }

    /// Record how an attempt ended. `call` is the number of its call, which is set when its first attempt is recorded.
    pub(crate) fn record(
        &self,
        request: &PreparedRequest,
        outcome: &AttemptOutcome,
        call: &mut Option<u64>,
    ) {
        let mut state = self.state();
        if let State::Recording { file, calls } = &mut *state {
            let call = *call.get_or_insert_with(|| {
                *calls += 1;
                *calls
            });
            if let Err(cause) = append(file, &Exchange::of(request, outcome, call)) {
                *state = State::WriteFailed(cause);
            }
        }
    }
}

fn not_written(path: &Path, cause: std::io::Error) -> Error {
    Error::configuration(format!("the cassette {} cannot be written", path.display()))
        .caused_by(cause)
}

/// Write an exchange before the tail, so that the file is complete after each exchange.
fn append(file: &mut File, exchange: &Exchange) -> std::io::Result<()> {
    let tail = i64::try_from(TAIL.len()).unwrap_or_default();
    let at = file.seek(SeekFrom::End(-tail))?;
    let between = if at == HEAD.len() as u64 { "" } else { ",\n" };
    let text = serde_json::to_string_pretty(exchange)?;
    file.write_all([between, &text, TAIL].concat().as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Phase;
    use crate::prepare::prepare_custom;
    use crate::transport::outcome::FailedAttempt;

    #[test]
    fn a_cassette_that_can_no_longer_be_written_spares_the_call_and_stops_the_next() {
        let path = std::env::temp_dir().join(format!("hundredms-{}-torn", std::process::id()));
        std::fs::write(&path, [HEAD, TAIL].concat()).expect("a file");
        let recorder = Recorder {
            path: path.clone(),
            state: Mutex::new(State::Recording {
                file: File::open(&path).expect("a file"),
                calls: 0,
            }),
        };
        assert!(recorder.check_written().is_ok());
        let request = prepare_custom("GET", "/new", &[], None, |_| false).expect("a request");
        recorder.record(
            &request,
            &AttemptOutcome::Failed(FailedAttempt::deadline_passed(Phase::Wait)),
            &mut None,
        );
        let error = recorder.check_written().expect_err("read only");
        assert!(error.message().contains("cannot be written"), "{error}");
        std::fs::remove_file(path).expect("removed");
    }
}
