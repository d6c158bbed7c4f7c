//! Recording assets: the files that recordings and streams leave.

use super::recordings::{AssetType, RecordingAssetMetadata, RecordingAssetStatus};
use crate::by_name::{Entry, entry};
use crate::define::{model, open_enum, operation};
use crate::wire::Secret;

pub(super) const OPERATIONS: &[Entry] = &[
    entry::<ListRecordingAssets>(),
    entry::<GetRecordingAsset>(),
    entry::<PresignRecordingAsset>(),
];

operation! {
    /// List recording assets.
    ///
    /// Pages through the files produced by recordings, live streams and external streams of the whole workspace,
    /// optionally narrowed to a room, a session or a state. Without filters every asset of the workspace is listed.
    /// Each item is the full asset, `job_id`, `room_id` and `session_id` included.
    ListRecordingAssets: "recording_assets.list" = GET "/recording-assets" -> RecordingAssetList;
    method RecordingAssets::list; docs "recording-assets/list-all-assets"; retry always, pages last data [RecordingAsset];
    query {
        /// Only assets that belong to this room.
        filter room_id: String,
        /// Only assets that belong to this session.
        filter session_id: String,
        /// Only assets in this state.
        filter status: FinishedAssetStatus,
        /// Cursor: the `last` value of the page before. Omit for the first page.
        optional start: String,
        /// Page size. The general API guide gives 10 to 100, default 10. The service takes 10 to 100; 100 unless set.
        optional limit: i64 [page_size] [in 1..=100],
        /// Only assets of this type. Not in the API reference table: described in a get-started guide only.
        filter r#type as "type": AssetType,
    }
}

operation! {
    /// Get one recording asset.
    ///
    /// Returns a single asset. What `metadata` holds depends on `type`. Assets kept in 100ms-managed storage can be
    /// fetched for 15 days only; those uploaded to the bucket configured on the template stay under the owner's
    /// control.
    GetRecordingAsset: "recording_assets.get" = GET "/recording-assets/{asset_id}" -> RecordingAsset;
    method RecordingAssets::get(asset_id); docs "recording-assets/get-asset"; retry always;
    path {
        /// Identifier of the recording asset.
        asset_id,
    }
}

operation! {
    /// Make a temporary download URL for an asset.
    ///
    /// Signs a short-lived URL for the file behind the asset; every call makes a new one. Unless `presign_duration`
    /// is given it stays valid for 3 days (259200 s) when the file is in AWS S3 or Google Cloud Storage and for 9
    /// hours (32400 s) in Alibaba OSS. For a `room-vod` asset the URL is: the signed zip when VOD uploads are zipped;
    /// a CDN URL that HLS players can open when they are unzipped and in 100ms storage; a signed m3u8 that is not
    /// playable as it stands when they are unzipped in an own bucket.
    PresignRecordingAsset: "recording_assets.presigned_url" = GET "/recording-assets/{asset_id}/presigned-url" -> PresignedUrl;
    method RecordingAssets::presigned_url; docs "recording-assets/get-presigned-url"; retry always;
    path {
        /// Identifier of the recording asset.
        asset_id,
    }
    query {
        /// Wanted validity of the URL, in seconds. Default depends on the storage (259200 for S3 and GCS, 32400 for
        /// OSS).
        optional presign_duration: i64,
    }
}

model! {
    /// A page of assets.
    answer RecordingAssetList {
        /// Page size that was applied.
        required limit: i64,
        /// What the page holds.
        required data: [RecordingAsset],
        /// Id of the last item; pass as `start` for the next page. Empty or absent when there is nothing more.
        nullable last: String,
    }
}

model! {
    /// A file made by a recording, live stream or external stream.
    answer RecordingAsset {
        /// Identifier of the asset.
        required id: String,
        /// Recording, live stream or external stream job that made the asset.
        required job_id: String,
        /// Room that was recorded.
        required room_id: String,
        /// Session that was recorded.
        required session_id: String,
        /// Kind of a recording asset. room-composite: one mp4 of the whole room from the browser bot (for live
        /// streams one per layer); room-composite-legacy: one mp4 made by the media server; room-vod: HLS recording,
        /// zipped or not; chat: csv of the messages to everyone or to roles; transcript: txt, srt or json; summary:
        /// json; track: webm of one track; stream: mp4 of the tracks of one peer.
        required r#type as "type": AssetType,
        /// State of an asset.
        required status: RecordingAssetStatus,
        /// Where the file was put, e.g. an `s3://` URI in the 100ms bucket or in the own one.
        optional path: String,
        /// Size in bytes.
        optional size: i64,
        /// Length of the media in seconds; 0 for chat and, in the examples, for room-composite-legacy.
        optional duration: i64,
        /// When the asset was made.
        optional created_at: Timestamp,
        /// Paths of thumbnail images; used for room-vod only, otherwise null, empty or absent.
        optional thumbnails: [String],
        /// All fields that can occur in `metadata`, each present only for the asset types of its variant (x-variants,
        /// keyed by the asset's `type`). Unknown fields may be added.
        optional metadata: RecordingAssetMetadata,
    }
}

model! {
    /// Temporary URL of an asset.
    answer PresignedUrl {
        /// Identifier of the asset.
        required id: String,
        /// Storage path of the asset.
        required path: String,
        /// Signed (or, for hosted unzipped VOD, CDN) URL. Whoever holds it can fetch the file until it expires.
        required url: Secret,
        /// Validity in seconds.
        required expiry: i64,
    }
}

open_enum! {
    /// State of a file that is done with.
    FinishedAssetStatus {
        Completed = "completed",
        Failed = "failed",
    }
}
