//! Recording assets, the files that jobs leave behind: the store, and `/recording-assets`.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{
    Deserialize, Serialize,
    de::{DeserializeOwned, IntoDeserializer, value::Error},
};
use serde_json::Value;

use super::{
    media_job_assets::chat,
    media_storage::{StoredFile, below_scheme},
};
use crate::{
    answer::{Answer, ApiError},
    clock,
    ids::ObjectId,
    media::{self, Contents},
    operations::Operation,
    paging::{self, Last, Page},
    request::Request,
    state::State,
};

pub(crate) const OPERATIONS: &[Operation] = &[
    Operation::new("recording_assets.list", "GET", "/recording-assets", list),
    Operation::new(
        "recording_assets.get",
        "GET",
        "/recording-assets/{asset_id}",
        get,
    ),
    Operation::new(
        "recording_assets.presigned_url",
        "GET",
        "/recording-assets/{asset_id}/presigned-url",
        presigned_url,
    ),
];

/// What a file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum AssetKind {
    RoomComposite,
    RoomCompositeLegacy,
    RoomVod,
    Chat,
    Transcript,
    Summary,
    Track,
    Stream,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum AssetStatus {
    Processing,
    Completed,
    Failed,
}

/// A file made, or to be made, by a job.
#[derive(Debug, Clone)]
pub(crate) struct Asset {
    pub(crate) id: ObjectId,
    pub(crate) job_id: ObjectId,
    pub(crate) room_id: ObjectId,
    pub(crate) session_id: ObjectId,
    pub(crate) kind: AssetKind,
    pub(crate) status: AssetStatus,
    /// None until the file is there, and when it never will be.
    pub(crate) file: Option<StoredFile>,
    /// When the file was made; before that, when it was announced.
    pub(crate) created_at: Timestamp,
    pub(crate) thumbnails: Option<Vec<String>>,
    pub(crate) metadata: Value,
    /// Validity of links when the caller asks for none.
    pub(crate) link_seconds: i64,
}

impl Asset {
    /// Note that the file is there.
    pub(crate) fn complete(&mut self, file: StoredFile, now: Timestamp) {
        self.status = AssetStatus::Completed;
        self.file = Some(file);
        self.created_at = now;
    }

    /// Path and link of the file, where there is one.
    pub(crate) fn path_and_link(&self, state: &State) -> Option<(&str, String)> {
        let file = self.file.as_ref()?;
        Some((&file.path, file.link(state, self.link_seconds)))
    }
}

/// All assets by id. They stay for good.
#[derive(Debug, Clone, Default)]
pub(crate) struct RecordingAssets {
    by_id: BTreeMap<ObjectId, Asset>,
}

impl RecordingAssets {
    pub(crate) fn add(&mut self, asset: Asset) {
        self.by_id.insert(asset.id, asset);
    }

    pub(crate) fn of_id(&self, id: ObjectId) -> Option<&Asset> {
        self.by_id.get(&id)
    }

    pub(crate) fn of_id_mut(&mut self, id: ObjectId) -> Option<&mut Asset> {
        self.by_id.get_mut(&id)
    }

    fn get(&self, id: &str) -> Result<&Asset, ApiError> {
        id.parse()
            .ok()
            .and_then(|id| self.by_id.get(&id))
            .ok_or_else(|| ApiError::not_found("recording asset not found"))
    }
}

/// What the file at a path below its scheme holds; none when there is no such file.
pub(crate) fn contents(state: &State, path: &str) -> Option<Contents> {
    let assets = state.recording_assets.by_id.values();
    let mut files = assets.filter_map(|asset| Some((asset, asset.file.as_ref()?)));
    let found = files.find(|(_, file)| below_scheme(&file.path) == path);
    let Some((asset, file)) = found else {
        let assets = state.recording_assets.by_id.values();
        let mut pictures = assets.flat_map(|asset| asset.thumbnails.iter().flatten());
        let is_there = pictures.any(|picture| below_scheme(picture) == path);
        return is_there.then(|| Contents::of_path(path, 0, 0));
    };
    let mode = asset.metadata["output_mode"].as_str().unwrap_or("json");
    Some(match asset.kind {
        AssetKind::Chat => {
            let job = state.media_jobs.of_id(asset.job_id);
            Contents::text("text/csv", chat(state, job))
        }
        AssetKind::Transcript => {
            let kind = match mode {
                "txt" => "text/plain",
                "srt" => "application/x-subrip",
                _ => "application/json",
            };
            Contents::text(kind, media::transcript(mode, file.duration))
        }
        AssetKind::Summary => Contents::text("application/json", media::summary(file.duration)),
        _ => {
            let size = u64::try_from(file.size).unwrap_or(0);
            Contents::of_path(path, size, file.duration)
        }
    })
}

/// A query parameter that is one of the words of an enumeration.
pub(super) fn query_word<T: DeserializeOwned>(
    request: &Request,
    name: &str,
    expected: &str,
) -> Result<Option<T>, ApiError> {
    request.query_parsed(name, expected, |word| {
        let word = IntoDeserializer::<Error>::into_deserializer(word);
        T::deserialize(word).ok()
    })
}

fn list(state: &mut State, request: &Request) -> Result<Answer, ApiError> {
    let limit = paging::limit(request)?;
    let status: Option<AssetStatus> =
        query_word(request, "status", "completed, failed or processing")?;
    let kind: Option<AssetKind> = query_word(request, "type", "a type of asset")?;
    let (room_id, session_id) = (request.query("room_id"), request.query("session_id"));
    let fits = |asset: &&Asset| {
        status.is_none_or(|status| asset.status == status)
            && kind.is_none_or(|kind| asset.kind == kind)
            && room_id.is_none_or(|id| id.parse() == Ok(asset.room_id))
            && session_id.is_none_or(|id| id.parse() == Ok(asset.session_id))
    };
    let assets = paging::newest_first(&state.recording_assets.by_id, request)?;
    Ok(Answer::ok(&Page::take(
        limit,
        Last::OfPage,
        assets.filter(fits),
        |asset| (asset.id.to_string(), asset_answer(asset)),
    )))
}

fn get(state: &mut State, request: &Request) -> Result<Answer, ApiError> {
    let asset = state.recording_assets.get(request.argument("asset_id"))?;
    Ok(Answer::ok(&asset_answer(asset)))
}

#[derive(Debug, Serialize)]
struct PresignedUrl<'a> {
    id: ObjectId,
    path: &'a str,
    url: String,
    expiry: i64,
}

fn presigned_url(state: &mut State, request: &Request) -> Result<Answer, ApiError> {
    let asset = state.recording_assets.get(request.argument("asset_id"))?;
    let asked =
        request.query_parsed("presign_duration", "a number of seconds above 0", |text| {
            text.parse::<i64>().ok().filter(|seconds| *seconds > 0)
        })?;
    let file = asset.file.as_ref().ok_or_else(|| {
        ApiError::not_found("recording asset is not completed")
            .detail("the asset has no file to link to")
    })?;
    let expiry = asked.unwrap_or(asset.link_seconds);
    Ok(Answer::ok(&PresignedUrl {
        id: asset.id,
        path: &file.path,
        url: file.link(state, expiry),
        expiry,
    }))
}

/// An asset inside its job.
#[derive(Debug, Serialize)]
pub(super) struct EmbeddedAsset<'a> {
    id: ObjectId,
    #[serde(rename = "type")]
    kind: AssetKind,
    status: AssetStatus,
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    size: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    duration: Option<i64>,
    #[serde(serialize_with = "clock::serialize")]
    created_at: Timestamp,
    thumbnails: Option<&'a [String]>,
    metadata: &'a Value,
}

#[derive(Debug, Serialize)]
struct AssetAnswer<'a> {
    #[serde(flatten)]
    asset: EmbeddedAsset<'a>,
    job_id: ObjectId,
    room_id: ObjectId,
    session_id: ObjectId,
}

pub(super) fn embedded(asset: &Asset) -> EmbeddedAsset<'_> {
    let file = asset.file.as_ref();
    EmbeddedAsset {
        id: asset.id,
        kind: asset.kind,
        status: asset.status,
        path: file.map(|file| file.path.as_str()),
        size: file.map(|file| file.size),
        duration: file.map(|file| file.duration),
        created_at: asset.created_at,
        thumbnails: asset.thumbnails.as_deref(),
        metadata: &asset.metadata,
    }
}

fn asset_answer(asset: &Asset) -> AssetAnswer<'_> {
    AssetAnswer {
        asset: embedded(asset),
        job_id: asset.job_id,
        room_id: asset.room_id,
        session_id: asset.session_id,
    }
}
