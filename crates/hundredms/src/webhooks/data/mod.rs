//! The data of events, one file for each family of types.

pub(crate) mod beam;
pub(crate) mod hls;
pub(crate) mod ingest;
pub(crate) mod peer;
pub(crate) mod recording;
pub(crate) mod role;
pub(crate) mod room;
pub(crate) mod session;
pub(crate) mod stream_recording;
pub(crate) mod track_recording;
pub(crate) mod transcription;

pub use beam::*;
pub use hls::*;
pub use ingest::*;
pub use peer::*;
pub use recording::*;
pub use role::*;
pub use room::*;
pub use session::*;
pub use stream_recording::*;
pub use track_recording::*;
pub use transcription::*;
