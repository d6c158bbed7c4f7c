//! The storage of recording files, and presigned links to them.

use crate::{
    ids::uuid,
    state::{
        State, media_jobs::MediaJob, recording_assets::Asset, rooms::Room,
        stored_files::below_scheme,
    },
};

/// The path prefix of files. The path of the asset without its scheme follows.
pub(crate) const PREFIX: &str = "/storage/";

/// Return a link to a path of a storage that is valid for this many seconds from now. Each call returns a different link.
pub(crate) fn signed_link(state: &State, path: &str, seconds: i64) -> String {
    let path = below_scheme(path);
    let until = state.now().as_second().saturating_add(seconds);
    let nonce = uuid().replace('-', "");
    let signature = state
        .credentials
        .link_signature(&signed(path, until, &nonce));
    let origin = &state.origin;
    format!(
        "{origin}{PREFIX}{path}?X-Expires={seconds}&X-Until={until}&X-Nonce={nonce}&X-Signature={signature}"
    )
}

pub(crate) fn signed(path: &str, until: i64, nonce: &str) -> String {
    format!("{path}\n{until}\n{nonce}")
}

impl Asset {
    /// Return path and link of the file, where there is one.
    pub(crate) fn path_and_link(&self, state: &State) -> Option<(&str, String)> {
        let file = self.file.as_ref()?;
        Some((
            &file.path,
            signed_link(state, &file.path, self.link_seconds),
        ))
    }
}

/// The bucket for rooms without their own.
const HOSTED_BUCKET: &str = "sandbox-recordings";

/// The default validity of links: three days, and nine hours in Alibaba OSS.
const LINK_SECONDS: i64 = 259_200;
const LINK_SECONDS_OSS: i64 = 32_400;

/// The storage of one room's files.
#[derive(Debug, Clone)]
pub(crate) struct Storage {
    /// Scheme, bucket and prefix, such as `s3://bucket/prefix`.
    root: String,
    pub(crate) link_seconds: i64,
}

impl Storage {
    /// Return the storage of the room or of its template, else the service's own.
    pub(crate) fn of(state: &State, room: &Room) -> Self {
        let upload = match &room.recording_info {
            Some(info) => &info["upload_info"],
            None => &state.templates.of(room).settings["recording"]["upload"],
        };
        let customer = state.customer_id.to_string();
        let text = |key: &str| upload[key].as_str().filter(|text| !text.is_empty());
        match (text("type"), text("location")) {
            (Some(scheme), Some(bucket)) => Self {
                root: format!(
                    "{scheme}://{bucket}/{}",
                    text("prefix").unwrap_or(&customer).trim_matches('/')
                ),
                link_seconds: if scheme == "oss" {
                    LINK_SECONDS_OSS
                } else {
                    LINK_SECONDS
                },
            },
            _ => Self {
                root: format!("s3://{HOSTED_BUCKET}/{customer}"),
                link_seconds: LINK_SECONDS,
            },
        }
    }

    /// Return the full path of a file below the prefix.
    pub(crate) fn path(&self, below: &str) -> String {
        format!("{}/{below}", self.root)
    }
}

/// Return where viewers play a live stream. The host does not exist (RFC 2606), because nothing is streamed.
pub(crate) fn playback_url(job: &MediaJob) -> String {
    format!("https://cdn.sandbox.invalid/{}/master.m3u8", job.id)
}
