//! Storage of recording files, and temporary links to them.

use serde_json::Value;

use super::rooms::Room;
use crate::{state::State, storage::signed_link};

/// The bucket for rooms without their own.
const HOSTED_BUCKET: &str = "sandbox-recordings";

/// Validity of links where neither the caller nor the template says one: three days, and nine hours in Alibaba OSS.
const LINK_SECONDS: i64 = 259_200;
const LINK_SECONDS_OSS: i64 = 32_400;

/// The storage of one room's files.
#[derive(Debug, Clone)]
pub(crate) struct Storage {
    /// Scheme, bucket and prefix, such as `s3://bucket/prefix`.
    root: String,
    /// Whether it is the service's own bucket, from which a CDN plays unzipped VODs.
    pub(crate) hosted: bool,
    pub(crate) link_seconds: i64,
}

impl Storage {
    /// The storage of the room or of its template, else the service's own.
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
                hosted: false,
                link_seconds: if scheme == "oss" {
                    LINK_SECONDS_OSS
                } else {
                    LINK_SECONDS
                },
            },
            _ => Self {
                root: format!("s3://{HOSTED_BUCKET}/{customer}"),
                hosted: true,
                link_seconds: LINK_SECONDS,
            },
        }
    }

    /// The full path of a file below the prefix.
    pub(crate) fn path(&self, below: &str) -> String {
        format!("{}/{below}", self.root)
    }
}

/// A file in a storage.
#[derive(Debug, Clone)]
pub(crate) struct StoredFile {
    pub(crate) path: String,
    pub(crate) size: i64,
    /// Seconds; 0 where time means nothing.
    pub(crate) duration: i64,
    /// Whether its link is one of the CDN, which never expires.
    pub(crate) on_cdn: bool,
}

impl StoredFile {
    /// A link to the file, signed for this many seconds. Each call returns a different one.
    pub(crate) fn link(&self, state: &State, seconds: i64) -> String {
        if self.on_cdn {
            cdn_link(below_scheme(&self.path))
        } else {
            signed_link(state, &self.path, seconds)
        }
    }
}

/// A link of the CDN, which needs no signature. Its host does not exist, by RFC 2606: nothing is streamed.
pub(crate) fn cdn_link(path: &str) -> String {
    format!("https://cdn.sandbox.invalid/{path}")
}

pub(super) fn below_scheme(path: &str) -> &str {
    path.split_once("://").map_or(path, |(_, path)| path)
}

/// A positive whole number of a configuration; the service writes 0 for what is not set.
pub(crate) fn setting(config: &Value, key: &str) -> Option<i64> {
    config[key].as_i64().filter(|value| *value > 0)
}
