//! Cassettes: record the exchanges of a client in a file, without secrets, and replay them in tests without a network.

mod exchange;
mod harmless;
pub(crate) mod player;
pub(crate) mod recorder;

use std::path::Path;

use serde::Deserialize;

use crate::error::Result;
use player::Player;
use recorder::Recorder;

/// What a client does with its cassette; see [`ClientBuilder::cassette`](crate::ClientBuilder::cassette).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum CassetteMode {
    /// Make the calls, and write every exchange to the file, which is overwritten. Only harmless data is kept: bodies as JSON
    /// without their secrets; of error responses the code and the plain words; of requests without a definition ids, states and the
    /// structure. Other bodies are not kept.
    Record,
    /// Return responses from the file, without a network.
    Replay,
}

/// An open cassette.
#[derive(Debug)]
pub(crate) enum Cassette {
    Record(Recorder),
    Replay(Player),
}

impl Cassette {
    /// Open the cassette at `path`.
    pub(crate) fn open(path: &Path, mode: CassetteMode) -> Result<Self> {
        Ok(match mode {
            CassetteMode::Record => Self::Record(Recorder::create(path)?),
            CassetteMode::Replay => Self::Replay(Player::open(path)?),
        })
    }
}
