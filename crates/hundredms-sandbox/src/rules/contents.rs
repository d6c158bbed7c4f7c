//! The contents of recording files: small and complete. Transcript, summary and chat depend on what happened in the session.

use std::fmt::Write as _;

use bytes::Bytes;

use crate::{
    clock,
    rules::speech::Speech,
    state::{State, media_jobs::MediaJob, recording_assets::AssetKind, stored_files::below_scheme},
};

/// An MP4 file of one grey frame.
const VIDEO: &[u8] = include_bytes!("video.mp4");

/// An archive without entries.
const ARCHIVE: &[u8] = &[
    b'P', b'K', 5, 6, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
];

const PLAYLIST: &[u8] = b"#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:1\n#EXT-X-ENDLIST\n";

/// The first line of every chat file.
const CHAT_HEADER: &str = "SenderPeerID,SenderName,SenderUserID,Roles,SentAt,Type,Message\n";

/// The contents of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Contents {
    pub(crate) media_type: &'static str,
    pub(crate) bytes: Bytes,
}

/// Return the contents of a file of this kind at this path. `job` is the job whose chat it contains.
pub(crate) fn contents(
    state: &State,
    kind: AssetKind,
    path: &str,
    job: Option<&MediaJob>,
) -> Contents {
    let extension = path.rsplit('.').next().unwrap_or_default();
    let (media_type, bytes) = match (kind, extension) {
        (AssetKind::Chat, _) => ("text/csv", Bytes::from(chat(state, job))),
        (AssetKind::Summary, _) => (
            "application/json",
            Bytes::from(spoken(state, job).summary(job)),
        ),
        (AssetKind::Transcript, "txt") => ("text/plain", Bytes::from(spoken(state, job).txt())),
        (AssetKind::Transcript, "srt") => (
            "application/x-subrip",
            Bytes::from(spoken(state, job).srt()),
        ),
        (AssetKind::Transcript, _) => ("application/json", Bytes::from(spoken(state, job).json())),
        (AssetKind::RoomVod, "zip") => ("application/zip", Bytes::from_static(ARCHIVE)),
        (AssetKind::RoomVod, _) => (
            "application/vnd.apple.mpegurl",
            Bytes::from_static(PLAYLIST),
        ),
        _ => ("video/mp4", Bytes::from_static(VIDEO)),
    };
    Contents { media_type, bytes }
}

/// Return the contents of the file at a path without its scheme.
pub(crate) fn at_path(state: &State, path: &str) -> Option<Contents> {
    let mut assets = state.recording_assets.by_id.values();
    let asset = assets.find(|asset| {
        let file = asset.file.as_ref();
        file.is_some_and(|file| below_scheme(&file.path) == path)
    })?;
    let job = state.media_jobs.of_id(asset.job_id);
    Some(contents(state, asset.kind, path, job))
}

/// Return the size of the file at a path without its scheme, if a control has set it.
pub(crate) fn generated_at(state: &State, path: &str) -> Option<u64> {
    let assets = state.recording_assets.by_id.values();
    let mut files = assets.filter_map(|asset| asset.file.as_ref());
    let file = files.find(|file| below_scheme(&file.path) == path)?;
    file.generated.then(|| file.size.unsigned_abs())
}

/// Return what was said while the job ran.
fn spoken(state: &State, job: Option<&MediaJob>) -> Speech {
    let session = job.and_then(|job| state.sessions.of_id(job.session_id));
    job.zip(session)
        .map_or_else(Speech::default, |(job, session)| Speech::of(job, session))
}

/// Return the chat file: a line for each message to everyone or to a role that was sent while the job ran. The API sends them, so
/// they have no sender.
fn chat(state: &State, job: Option<&MediaJob>) -> String {
    let mut text = CHAT_HEADER.to_owned();
    let Some(job) = job else { return text };
    let from = job.started_at.unwrap_or(job.created_at);
    let to = job.stopped_at.unwrap_or(job.updated_at);
    let messages = state.sessions.of_id(job.session_id);
    let messages = messages.into_iter().flat_map(|session| &session.messages);
    let messages = messages.filter(|message| !message.is_direct);
    for message in messages.filter(|message| from <= message.sent_at && message.sent_at <= to) {
        let (at, kind) = (clock::text(message.sent_at), quoted(&message.kind));
        let roles = message.role.as_deref().unwrap_or_default();
        let roles = match roles {
            "" => "[]".to_owned(),
            role => quoted(&format!("[{role}]")),
        };
        let _ = writeln!(text, ",,,{roles},{at},{kind},{}", quoted(&message.message));
    }
    text
}

/// Quote a value of a CSV file.
fn quoted(value: &str) -> String {
    format!("\"{}\"", value.replace('"', "\"\""))
}
