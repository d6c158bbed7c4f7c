// @generated from crates/hundredms/src/resources/recording_assets.rs by `cargo xtask gen`; not edited by hand.
// Recording assets: the files that recordings and streams produce.

import { AssetStreaming } from '../asset-streaming'
import { List } from '../list'
import type { CallOptions, JobOptions } from '../options'
import { coreOf } from '../resource'
import type { AssetType, RecordingAssetMetadata, RecordingAssetStatus } from './recordings'

/** Recording assets: the files that recordings and streams produce. */
export class RecordingAssets extends AssetStreaming {
  /**
   * List recording assets.
   *
   * Returns the files of all recordings, live streams and external streams of the workspace. Optional filters
   * select by room, session and state. Each item is the full asset, including `job_id`, `room_id` and `session_id`.
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
   * Return one recording asset.
   *
   * Returns one asset. The fields of `metadata` depend on `type`. Assets in 100ms's storage are available for 15
   * days. Assets in the template's own bucket are under your control.
   *
   * `GET /recording-assets/{asset_id}`; service documentation:
   * https://www.100ms.live/docs/server-side/v2/api-reference/recording-assets/get-asset
   *
   * @param assetId Id of the recording asset.
   */
  get(assetId: string, options?: CallOptions): Promise<RecordingAsset> {
    return coreOf(this).call('recording_assets.get', { asset_id: assetId }, options)
  }

  /**
   * Make a temporary download URL for an asset.
   *
   * Signs a temporary URL for the asset's file. Every call creates a new URL. By default it is valid for 3 days
   * (259200 s) if the file is in AWS S3 or Google Cloud Storage, and for 9 hours (32400 s) in Alibaba OSS. For a
   * `room-vod` asset, the URL is the signed zip if VOD uploads are zipped. If they are unzipped in 100ms's storage,
   * it is a CDN URL that HLS players can open. If they are unzipped in your own bucket, it is a signed m3u8 that is
   * not playable as it is.
   *
   * `GET /recording-assets/{asset_id}/presigned-url`; service documentation:
   * https://www.100ms.live/docs/server-side/v2/api-reference/recording-assets/get-presigned-url
   *
   * @param assetId Id of the recording asset.
   */
  presignedUrl(
    assetId: string,
    params: RecordingAssetsPresignedUrlParams = {},
    options?: CallOptions,
  ): Promise<PresignedUrl> {
    return coreOf(this).call('recording_assets.presigned_url', { asset_id: assetId }, options, params)
  }

  /**
   * Wait until all assets of a recording, a session or a room are ready.
   *
   * Takes exactly one of `session_id`, `room_id` and `recording_id`, and returns the assets. Looks again and again,
   * with pauses of 1 s that grow to 10 s, until the recordings and streams have ended and no asset is processing.
   * That includes the transcript and the summary of each recording that has them in its `asset_types`, which take a
   * fifth of the length of the recording, and at least 5 minutes. A recording runs until it is stopped, so stop it
   * first. The list is empty if nothing was recorded.
   *
   * Fails with `job_failed` and the ids of the failed assets if any failed, after all others are ready, and if the
   * recording `recording_id` failed itself. Fails with `timeout` if they are not ready in time; the error has the
   * last `state`.
   *
   * Defaults to a timeout of 7200 seconds for the whole job.
   */
  wait(
    params: RecordingAssetsWaitParams = {},
    options?: JobOptions<AssetWaitProgress>,
  ): Promise<readonly RecordingAsset[]> {
    return coreOf(this).runJob('recording_assets.wait', {}, options, params)
  }

  /**
   * Download the file of an asset.
   *
   * Writes to `<path>.part`, and renames that to `path` when it is complete and on disk. So `path` never holds a
   * part of the file. If the connection breaks, the storage is slow, or the link expires, it continues where it
   * was, with a new link. If the download itself ends early, because it failed, was cancelled or the process was
   * killed, `<path>.part` remains, with a note in `<path>.part.json`. The next download of the same asset to the
   * same path continues it, unless the file has changed.
   *
   * Attempts fail finally if `max_retries` in a row receive nothing. Complete means that the size is what the
   * storage declared and that all parts are of one version (`ETag`). The bytes have no checksum: an `ETag` is an
   * MD5 in some storages only, and not for files that were uploaded in several pieces.
   *
   * Fails with `file` if the file cannot be written, with `job_failed` if the asset is not completed or is an HLS
   * playlist, and with `not_found` if the storage does not have the file any more. 100ms's storage keeps files for
   * 15 days.
   *
   * Defaults to a timeout of 86400 seconds for the whole job.
   *
   * @param assetId Id of the recording asset.
   * @param path The file to write. Its folder must exist.
   */
  download(
    assetId: string,
    path: string,
    params: RecordingAssetsDownloadParams = {},
    options?: JobOptions<DownloadProgress>,
  ): Promise<DownloadedAsset> {
    return coreOf(this).runJob('recording_assets.download', { asset_id: assetId, path }, options, params)
  }

  /**
   * Download the files of a session, a room or a recording.
   *
   * Exactly one of `session_id`, `room_id` and `recording_id` says which. Each file is named after its asset,
   * `<type>-<id>` with the extension of its path, and downloaded as by `recording_assets.download`. Files that are
   * there with the right size are kept, so the job can be run again. Assets that are not completed, and HLS
   * playlists, are in `skipped`.
   *
   * If a file fails, the others are downloaded nevertheless. Then the job fails with `job_failed`, and the error
   * has a line for each file that failed in its `details`.
   *
   * Defaults to a timeout of 86400 seconds for the whole job.
   *
   * @param to The folder to write to. It is created if it does not exist.
   */
  downloadAll(
    to: string,
    params: RecordingAssetsDownloadAllParams = {},
    options?: JobOptions<DownloadAllProgress>,
  ): Promise<DownloadedAssets> {
    return coreOf(this).runJob('recording_assets.download_all', { to }, options, params)
  }
}

/** Parameters of `recording_assets.list`. */
export interface RecordingAssetsListParams {
  /** Only assets of this room. Not empty. */
  readonly room_id?: string | undefined
  /** Only assets of this session. Not empty. */
  readonly session_id?: string | undefined
  /** Only assets in this state. Not empty. */
  readonly status?: FinishedAssetStatus | undefined
  /** Cursor: the `last` value of the previous page. Omit for the first page. */
  readonly start?: string | undefined
  /**
   * Items per page. A loop over the list reads all pages. Between 1 and 100. Defaults to 100. Below 10, the service
   * may send 10 items, or refuse the call: it documents 10 to 100.
   */
  readonly limit?: number | undefined
  /** Only assets of this type. Not empty. */
  readonly type?: AssetType | undefined
}

/** Parameters of `recording_assets.presigned_url`. */
export interface RecordingAssetsPresignedUrlParams {
  /** Validity of the URL in seconds. The default depends on the storage: 259200 for S3 and GCS, 32400 for OSS. */
  readonly presign_duration?: number | undefined
}

/** Parameters of `recording_assets.wait`. */
export interface RecordingAssetsWaitParams {
  /** Id of the session. */
  readonly session_id?: string | undefined
  /** Id of the room. Includes the assets of all its sessions. */
  readonly room_id?: string | undefined
  /** Id of the recording job. */
  readonly recording_id?: string | undefined
  /** Only assets of these types. Defaults to all. */
  readonly types?: readonly AssetType[] | undefined
}

/** Parameters of `recording_assets.download`. */
export interface RecordingAssetsDownloadParams {
  /**
   * What to do if the file is there already. Must be `overwrite`, `skip` (if it has the size of the asset) or
   * `refuse`. Defaults to `overwrite`.
   */
  readonly if_exists?: IfExists | undefined
}

/** Parameters of `recording_assets.download_all`. */
export interface RecordingAssetsDownloadAllParams {
  /** The files of this session. */
  readonly session_id?: string | undefined
  /** The files of this room. */
  readonly room_id?: string | undefined
  /** The files of this recording job. */
  readonly recording_id?: string | undefined
  /** Only assets of these types. Defaults to all. */
  readonly types?: readonly AssetType[] | undefined
  /** How many files are downloaded at the same time. Between 1 and 16. Defaults to 4. */
  readonly concurrency?: number | undefined
  /**
   * What to do if a file is there already. Must be `overwrite`, `skip` (if it has the size of the asset) or
   * `refuse`. Defaults to `skip`.
   */
  readonly if_exists?: IfExists | undefined
}

/** A page of assets. */
export interface RecordingAssetList {
  /** Page size that the service applied. */
  readonly limit: number
  /** Items on this page. */
  readonly data: readonly RecordingAsset[]
  /** Id of the last item. Pass it as `start` to get the next page. Empty or absent on the last page. */
  readonly last?: string | null
}

/** A file of a recording, live stream or external stream. */
export interface RecordingAsset {
  /** Id of the asset. */
  readonly id: string
  /** Recording, live stream or external stream job that created the asset. */
  readonly job_id: string
  /** Room that was recorded. */
  readonly room_id: string
  /** Session that was recorded. */
  readonly session_id: string
  /**
   * Kind of a recording asset. room-composite: one mp4 of the whole room from the browser bot (for live streams,
   * one per layer). room-composite-legacy: one mp4 from the media server. room-vod: HLS recording, zipped or not.
   * chat: csv of the messages to everyone or to roles. transcript: txt, srt or json. summary: json. track: webm of
   * one track. stream: mp4 of the tracks of one peer.
   */
  readonly type: AssetType
  /** State of an asset. */
  readonly status: RecordingAssetStatus
  /** Where the file is stored, for example an `s3://` URI in 100ms's bucket or in yours. */
  readonly path?: string
  /** Size in bytes. */
  readonly size?: number
  /** Duration of the media in seconds. 0 for chat, and possibly for room-composite-legacy. */
  readonly duration?: number
  /** When the asset was created. */
  readonly created_at?: string
  /** Paths of thumbnail images, for room-vod only. Otherwise null, empty or absent. */
  readonly thumbnails?: readonly string[]
  /** Metadata of an asset. Each field is present only for some asset types. New fields may be added. */
  readonly metadata?: RecordingAssetMetadata
}

/** Temporary URL of an asset. */
export interface PresignedUrl {
  /** Id of the asset. */
  readonly id: string
  /** Storage path of the asset. */
  readonly path: string
  /**
   * Signed URL (for unzipped VOD in 100ms's storage, a CDN URL). Anyone who has it can download the file until it
   * expires.
   */
  readonly url: string
  /** Validity in seconds. */
  readonly expiry: number
}

/** What a job that waits for assets has seen. */
export interface AssetWaitProgress {
  /** The state of a recording or stream that has not ended, else `processing`, and `completed` at the end. */
  readonly state: string
  /** Number of completed assets. 0 until all recordings and streams have ended, as for the other counts. */
  readonly completed: number
  /** Number of assets that are not ready. */
  readonly processing: number
  /** Number of assets that failed. */
  readonly failed: number
  /** How often the job has looked. */
  readonly looks: number
  /** Seconds since the job began. */
  readonly elapsed: number
}

/** A file that was downloaded. */
export interface DownloadedAsset {
  /** Id of the asset. */
  readonly asset_id: string
  /** Kind of the asset. */
  readonly type: AssetType
  /** The file. */
  readonly path: string
  /** Size of the file in bytes. */
  readonly size: number
  /**
   * How many bytes of the file this download received, each counted once. Fewer than `size` if it continued an
   * earlier one, and 0 if the file was there.
   */
  readonly received: number
}

/** How far a download is. Reported at most ten times a second, and at the end. */
export interface DownloadProgress {
  /** Id of the asset. */
  readonly asset_id: string
  /** The file that is written. */
  readonly path: string
  /** How many of its bytes are there, including those of an earlier download that is continued. */
  readonly bytes_done: number
  /** How many bytes it will have. Absent while that is not known. */
  readonly bytes_total?: number
  /** Bytes per second, over the last few seconds. */
  readonly rate: number
}

/** The files that were downloaded. */
export interface DownloadedAssets {
  /** Those that are in the folder now, in the order in which the service lists them. */
  readonly files: readonly DownloadedAsset[]
  /** Assets without a file that could be downloaded. */
  readonly skipped: readonly SkippedAsset[]
}

/** An asset that is not a file. */
export interface SkippedAsset {
  /** Id of the asset. */
  readonly asset_id: string
  /** Kind of the asset. */
  readonly type: AssetType
  /** Why it was not downloaded: it is not completed, or an HLS playlist. */
  readonly reason: string
}

/** How far the downloads are. Reported at most ten times a second, and at the end. */
export interface DownloadAllProgress {
  /** How many files are complete, including those that were there. */
  readonly files_done: number
  /** How many files there are. */
  readonly files_total: number
  /** How many of their bytes are there. */
  readonly bytes_done: number
  /** How many bytes all of them have, as far as that is known. */
  readonly bytes_total: number
  /** Bytes per second, over the last few seconds. */
  readonly rate: number
}

/**
 * State of a finished file.
 *
 * New values may be added.
 */
export type FinishedAssetStatus = 'completed' | 'failed' | (string & {})

/**
 * What a download does if its file is there already.
 *
 * New values may be added.
 */
export type IfExists = 'overwrite' | 'skip' | 'refuse' | (string & {})
