// The declarations of the package without the addon, where they differ.
import type { Readable } from 'node:stream'
import {
  type CallOptions,
  type ClientOptions,
  Client as Native,
  RecordingAssets as NativeRecordingAssets,
} from '../index.mjs'

export * from '../index.mjs'

/** The files of recordings. */
export declare class RecordingAssets extends NativeRecordingAssets {
  /**
   * Stream the file of an asset.
   *
   * Returns a `ReadableStream` of the web. Of a `Readable` of Node it has only what both have: `for await`. The type names both, so that
   * clients fit everywhere.
   *
   * @param assetId Id of the recording asset.
   */
  stream(assetId: string, options?: CallOptions): Readable & ReadableStream<Uint8Array>
}

/** A client of the service. */
export declare class Client extends Native {
  constructor(options?: ClientOptions)
  readonly recordingAssets: RecordingAssets
}
