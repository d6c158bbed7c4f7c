//! Recording assets: `/recording-assets`.

use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;

use crate::{
    api::operation::Operation,
    api_response::{ApiError, ApiResponse},
    clock,
    ids::ObjectId,
    paging::{self, Last, Page},
    request::Request,
    rules::storage::signed_link,
    state::{
        State,
        recording_assets::{Asset, AssetKind, AssetStatus},
    },
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

fn list(state: &mut State, request: &Request) -> Result<ApiResponse, ApiError> {
    let limit = paging::limit(request)?;
    let status: Option<AssetStatus> =
        request.query_word("status", "completed, failed or processing")?;
    let kind: Option<AssetKind> = request.query_word("type", "a type of asset")?;
    let (room_id, session_id) = (request.query("room_id"), request.query("session_id"));
    let fits = |asset: &&Asset| {
        status.is_none_or(|status| asset.status == status)
            && kind.is_none_or(|kind| asset.kind == kind)
            && room_id.is_none_or(|id| id.parse() == Ok(asset.room_id))
            && session_id.is_none_or(|id| id.parse() == Ok(asset.session_id))
    };
    let assets = paging::newest_first(&state.recording_assets.by_id, request)?;
    Ok(ApiResponse::ok(&Page::take(
        limit,
        Last::OfPage,
        assets.filter(fits),
        |asset| (asset.id.to_string(), asset_response(asset)),
    )))
}

fn get(state: &mut State, request: &Request) -> Result<ApiResponse, ApiError> {
    let asset = state.recording_assets.get(request.argument("asset_id"))?;
    Ok(ApiResponse::ok(&asset_response(asset)))
}

#[derive(Debug, Serialize)]
struct PresignedUrl<'a> {
    id: ObjectId,
    path: &'a str,
    url: String,
    expiry: i64,
}

fn presigned_url(state: &mut State, request: &Request) -> Result<ApiResponse, ApiError> {
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
    Ok(ApiResponse::ok(&PresignedUrl {
        id: asset.id,
        path: &file.path,
        url: signed_link(state, &file.path, expiry),
        expiry,
    }))
}

/// An asset inside its job.
#[derive(Debug, Serialize)]
pub(crate) struct EmbeddedAsset<'a> {
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
    /// Null, because the sandbox takes none.
    thumbnails: (),
    metadata: &'a Value,
}

#[derive(Debug, Serialize)]
struct AssetResponse<'a> {
    #[serde(flatten)]
    asset: EmbeddedAsset<'a>,
    job_id: ObjectId,
    room_id: ObjectId,
    session_id: ObjectId,
}

pub(crate) fn embedded(asset: &Asset) -> EmbeddedAsset<'_> {
    let file = asset.file.as_ref();
    EmbeddedAsset {
        id: asset.id,
        kind: asset.kind,
        status: asset.status,
        path: file.map(|file| file.path.as_str()),
        size: file.map(|file| file.size),
        duration: file.map(|file| file.duration),
        created_at: asset.created_at,
        thumbnails: (),
        metadata: &asset.metadata,
    }
}

fn asset_response(asset: &Asset) -> AssetResponse<'_> {
    AssetResponse {
        asset: embedded(asset),
        job_id: asset.job_id,
        room_id: asset.room_id,
        session_id: asset.session_id,
    }
}
