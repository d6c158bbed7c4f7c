//! Recording assets: the files that recordings and streams produce.

use super::recordings::{AssetType, RecordingAssetMetadata, RecordingAssetStatus};
use crate::define::{model, open_enum, operation, operations};
use crate::wire::secret::Secret;

operations![
    ListRecordingAssets,
    GetRecordingAsset,
    PresignRecordingAsset
];

operation! {
    /// List recording assets.
    ///
    /// Returns the files of all recordings, live streams and external streams of the workspace. Optional filters select by room,
    /// session and state. Each item is the full asset, including `job_id`, `room_id` and `session_id`.
    ListRecordingAssets: "recording_assets.list" = GET "/recording-assets" -> RecordingAssetList;
    method RecordingAssets::list; docs "recording-assets/list-all-assets"; retry always, pages last data [RecordingAsset];
    query {
        /// Only assets of this room.
        filter room_id: String,
        /// Only assets of this session.
        filter session_id: String,
        /// Only assets in this state.
        filter status: FinishedAssetStatus,
        /// Cursor: the `last` value of the previous page. Omit for the first page.
        optional start: String,
        /// Items per page. A loop over the list reads all pages. Between 1 and 100. Defaults to 100. Below 10, the service may send
        /// 10 items, or refuse the call: it documents 10 to 100.
        optional limit: i64 [page_size] [in 1..=100],
        /// Only assets of this type.
        filter r#type as "type": AssetType,
    }
}

operation! {
    /// Return one recording asset.
    ///
    /// Returns one asset. The fields of `metadata` depend on `type`. Assets in 100ms's storage are available for 15 days. Assets in
    /// the template's own bucket are under your control.
    GetRecordingAsset: "recording_assets.get" = GET "/recording-assets/{asset_id}" -> RecordingAsset;
    method RecordingAssets::get(asset_id); docs "recording-assets/get-asset"; retry always;
    path {
        /// Id of the recording asset.
        asset_id,
    }
}

operation! {
    /// Make a temporary download URL for an asset.
    ///
    /// Signs a temporary URL for the asset's file. Every call creates a new URL. By default it is valid for 3 days (259200 s) if
    /// the file is in AWS S3 or Google Cloud Storage, and for 9 hours (32400 s) in Alibaba OSS. For a `room-vod` asset, the URL is
    /// the signed zip if VOD uploads are zipped. If they are unzipped in 100ms's storage, it is a CDN URL that HLS players can
    /// open. If they are unzipped in your own bucket, it is a signed m3u8 that is not playable as it is.
    PresignRecordingAsset: "recording_assets.presigned_url" = GET "/recording-assets/{asset_id}/presigned-url" -> PresignedUrl;
    method RecordingAssets::presigned_url; docs "recording-assets/get-presigned-url"; retry always;
    path {
        /// Id of the recording asset.
        asset_id,
    }
    query {
        /// Validity of the URL in seconds. The default depends on the storage: 259200 for S3 and GCS, 32400 for OSS.
        optional presign_duration: i64,
    }
}

model! {
    /// A page of assets.
    answer RecordingAssetList {
        /// Page size that the service applied.
        required limit: i64,
        /// Items on this page.
        required data: [RecordingAsset],
        /// Id of the last item. Pass it as `start` to get the next page. Empty or absent on the last page.
        nullable last: String,
    }
}

model! {
    /// A file of a recording, live stream or external stream.
    answer RecordingAsset {
        /// Id of the asset.
        required id: String,
        /// Recording, live stream or external stream job that created the asset.
        required job_id: String,
        /// Room that was recorded.
        required room_id: String,
        /// Session that was recorded.
        required session_id: String,
        /// Kind of a recording asset. room-composite: one mp4 of the whole room from the browser bot (for live streams, one per
        /// layer). room-composite-legacy: one mp4 from the media server. room-vod: HLS recording, zipped or not. chat: csv of the
        /// messages to everyone or to roles. transcript: txt, srt or json. summary: json. track: webm of one track. stream: mp4 of
        /// the tracks of one peer.
        required r#type as "type": AssetType,
        /// State of an asset.
        required status: RecordingAssetStatus,
        /// Where the file is stored, for example an `s3://` URI in 100ms's bucket or in yours.
        optional path: String,
        /// Size in bytes.
        optional size: i64,
        /// Duration of the media in seconds. 0 for chat, and possibly for room-composite-legacy.
        optional duration: i64,
        /// When the asset was created.
        optional created_at: Timestamp,
        /// Paths of thumbnail images, for room-vod only. Otherwise null, empty or absent.
        optional thumbnails: [String],
        /// Metadata of an asset. Each field is present only for some asset types. New fields may be added.
        optional metadata: RecordingAssetMetadata,
    }
}

model! {
    /// Temporary URL of an asset.
    answer PresignedUrl {
        /// Id of the asset.
        required id: String,
        /// Storage path of the asset.
        required path: String,
        /// Signed URL (for unzipped VOD in 100ms's storage, a CDN URL). Anyone who has it can download the file until it expires.
        required url: Secret,
        /// Validity in seconds.
        required expiry: i64,
    }
}

open_enum! {
    /// State of a finished file.
    FinishedAssetStatus {
        Completed = "completed",
        Failed = "failed",
    }
}
