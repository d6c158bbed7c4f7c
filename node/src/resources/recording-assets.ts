// @generated from crates/hundredms/src/resources/recording_assets.rs by `cargo xtask gen`; not edited by hand.
// Recording assets: the files that recordings and streams leave.
import { List } from '../list'
import type { CallOptions } from '../options'
import { coreOf, Resource } from '../resource'
import type { AssetType, RecordingAssetMetadata, RecordingAssetStatus } from './recordings'

/** Recording assets: the files that recordings and streams leave. */
export class RecordingAssets extends Resource {
  /**
   * List recording assets.
   *
   * Pages through the files produced by recordings, live streams and external streams of the whole workspace,
   * optionally narrowed to a room, a session or a state. Without filters every asset of the workspace is listed.
   * Each item is the full asset, `job_id`, `room_id` and `session_id` included.
   *
   * `GET /recording-assets`; service documentation:
   * https://www.100ms.live/docs/server-side/v2/api-reference/recording-assets/list-all-assets
   */
  list(params: RecordingAssetsListParams = {}, options?: CallOptions): List<RecordingAsset, RecordingAssetList> {
    return new List(
      coreOf(this),
      { operation: 'recording_assets.list', items: 'data', param: 'start' },
      {},
      options,
      params,
    )
  }

  /**
   * Get one recording asset.
   *
   * Returns a single asset. What `metadata` holds depends on `type`. Assets kept in 100ms-managed storage can be
   * fetched for 15 days only; those uploaded to the bucket configured on the template stay under the owner's
   * control.
   *
   * `GET /recording-assets/{asset_id}`; service documentation:
   * https://www.100ms.live/docs/server-side/v2/api-reference/recording-assets/get-asset
   *
   * @param assetId Identifier of the recording asset.
   */
  get(assetId: string, options?: CallOptions): Promise<RecordingAsset> {
    return coreOf(this).call('recording_assets.get', { asset_id: assetId }, options)
  }

  /**
   * Make a temporary download URL for an asset.
   *
   * Signs a short-lived URL for the file behind the asset; every call makes a new one. Unless `presign_duration` is
   * given it stays valid for 3 days (259200 s) when the file is in AWS S3 or Google Cloud Storage and for 9 hours
   * (32400 s) in Alibaba OSS. For a `room-vod` asset the URL is: the signed zip when VOD uploads are zipped; a CDN
   * URL that HLS players can open when they are unzipped and in 100ms storage; a signed m3u8 that is not playable
   * as it stands when they are unzipped in an own bucket.
   *
   * `GET /recording-assets/{asset_id}/presigned-url`; service documentation:
   * https://www.100ms.live/docs/server-side/v2/api-reference/recording-assets/get-presigned-url
   *
   * @param assetId Identifier of the recording asset.
   */
  presignedUrl(
    assetId: string,
    params: RecordingAssetsPresignedUrlParams = {},
    options?: CallOptions,
  ): Promise<PresignedUrl> {
    return coreOf(this).call('recording_assets.presigned_url', { asset_id: assetId }, options, params)
  }
}

/** Parameters of `recording_assets.list`. */
export interface RecordingAssetsListParams {
  /** Only assets that belong to this room. Not empty. */
  readonly room_id?: string | undefined
  /** Only assets that belong to this session. Not empty. */
  readonly session_id?: string | undefined
  /** Only assets in this state. Not empty. */
  readonly status?: FinishedAssetStatus | undefined
  /** Cursor: the `last` value of the page before. Omit for the first page. */
  readonly start?: string | undefined
  /**
   * Page size. The general API guide gives 10 to 100, default 10. The service takes 10 to 100; 100 unless set.
   * Between 1 and 100.
   */
  readonly limit?: number | undefined
  /** Only assets of this type. Not in the API reference table: described in a get-started guide only. Not empty. */
  readonly type?: AssetType | undefined
}

/** Parameters of `recording_assets.presigned_url`. */
export interface RecordingAssetsPresignedUrlParams {
  /** Wanted validity of the URL, in seconds. Default depends on the storage (259200 for S3 and GCS, 32400 for OSS). */
  readonly presign_duration?: number | undefined
}

/** A page of assets. */
export interface RecordingAssetList {
  /** Page size that was applied. */
  readonly limit: number
  /** What the page holds. */
  readonly data: readonly RecordingAsset[]
  /** Id of the last item; pass as `start` for the next page. Empty or absent when there is nothing more. */
  readonly last?: string | null
}

/** A file made by a recording, live stream or external stream. */
export interface RecordingAsset {
  /** Identifier of the asset. */
  readonly id: string
  /** Recording, live stream or external stream job that made the asset. */
  readonly job_id: string
  /** Room that was recorded. */
  readonly room_id: string
  /** Session that was recorded. */
  readonly session_id: string
  /**
   * Kind of a recording asset. room-composite: one mp4 of the whole room from the browser bot (for live streams one
   * per layer); room-composite-legacy: one mp4 made by the media server; room-vod: HLS recording, zipped or not;
   * chat: csv of the messages to everyone or to roles; transcript: txt, srt or json; summary: json; track: webm of
   * one track; stream: mp4 of the tracks of one peer.
   */
  readonly type: AssetType
  /** State of an asset. */
  readonly status: RecordingAssetStatus
  /** Where the file was put, e.g. an `s3://` URI in the 100ms bucket or in the own one. */
  readonly path?: string
  /** Size in bytes. */
  readonly size?: number
  /** Length of the media in seconds; 0 for chat and, in the examples, for room-composite-legacy. */
  readonly duration?: number
  /** When the asset was made. */
  readonly created_at?: string
  /** Paths of thumbnail images; used for room-vod only, otherwise null, empty or absent. */
  readonly thumbnails?: readonly string[]
  /**
   * All fields that can occur in `metadata`, each present only for the asset types of its variant (x-variants,
   * keyed by the asset's `type`). Unknown fields may be added.
   */
  readonly metadata?: RecordingAssetMetadata
}

/** Temporary URL of an asset. */
export interface PresignedUrl {
  /** Identifier of the asset. */
  readonly id: string
  /** Storage path of the asset. */
  readonly path: string
  /** Signed (or, for hosted unzipped VOD, CDN) URL. Whoever holds it can fetch the file until it expires. */
  readonly url: string
  /** Validity in seconds. */
  readonly expiry: number
}

/**
 * State of a file that is done with.
 *
 * New values may be added.
 */
export type FinishedAssetStatus = 'completed' | 'failed' | (string & {})
