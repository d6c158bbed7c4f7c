//! What one writes without this crate: the fields of its models, with derived `Deserialize`. Nothing is normalised, and unknown fields
//! are dropped.
#![expect(dead_code, reason = "parsed and not read")]
#![expect(clippy::struct_field_names, reason = "the service's own names")]

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::Deserialize;

#[derive(Deserialize)]
pub(crate) struct RoomList {
    limit: Option<i64>,
    pub(crate) data: Vec<Room>,
    last: Option<String>,
}

#[derive(Deserialize)]
pub(crate) struct Room {
    pub(crate) id: String,
    name: String,
    enabled: bool,
    description: String,
    customer_id: String,
    customer: Option<String>,
    app_id: Option<String>,
    recording_info: Option<RecordingInfo>,
    recording: Option<RecordingInfo>,
    recording_source_template: Option<bool>,
    enabled_source_template: Option<bool>,
    template_id: String,
    template: Option<String>,
    region: Region,
    large_room: Option<bool>,
    size: Option<i64>,
    max_duration_seconds: Option<i64>,
    #[serde(default)]
    polls: Vec<String>,
    webhook: Option<Webhook>,
    key: Option<String>,
    created_at: Option<Timestamp>,
    updated_at: Option<Timestamp>,
}

#[derive(Deserialize)]
struct RecordingInfo {
    enabled: bool,
    upload_info: Option<UploadInfo>,
}

#[derive(Deserialize)]
struct UploadInfo {
    r#type: Option<StorageType>,
    location: Option<String>,
    prefix: Option<String>,
    options: Option<UploadOptions>,
    credentials: Option<UploadCredentials>,
}

#[derive(Deserialize)]
struct UploadOptions {
    region: Option<String>,
}

#[derive(Deserialize)]
struct UploadCredentials {
    key: Option<String>,
    secret: Option<String>,
}

#[derive(Deserialize)]
struct Webhook {
    url: String,
    #[serde(default)]
    headers: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum Region {
    Eu,
    In,
    Us,
    Auto,
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum StorageType {
    S3,
    Gs,
    Oss,
    Azure,
}
