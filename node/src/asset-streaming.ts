// Streams of the files of assets. Written by hand, since what they return is not one value.
import { addAbortSignal, Readable } from 'node:stream'
import type { CallOptions } from './options'
import { coreOf, Resource } from './resource'

const NAME = 'recording_assets.stream'

/** What the generated class of recording assets inherits. */
export class AssetStreaming extends Resource {
  /**
   * Stream the file of an asset.
   *
   * Returns a `Readable` of the bytes in order. If the connection breaks, the storage is slow, or the link expires, it continues where
   * it was, with a new link. It reads no more than it needs to keep its buffer full: a slow reader slows the transfer. Destroying it
   * ends the transfer at once.
   *
   * Defaults to a timeout of 86400 seconds for the whole transfer, including the time in which nobody reads. `maxRetries` is how many
   * attempts in a row may fail without receiving anything. Is destroyed with a `JobFailedError` if the file changes meanwhile, or is an
   * HLS playlist; else with the errors of `download`.
   *
   * @param assetId Id of the recording asset.
   */
  stream(assetId: string, options?: CallOptions): Readable {
    const reader = coreOf(this).openAsset(NAME, assetId, options ?? undefined)
    const ended = new AbortController()
    const stream = new Readable({
      highWaterMark: 256 * 1024,
      read() {
        reader.next(ended.signal).then(
          (piece) => this.push(piece),
          (error: unknown) => this.destroy(error as Error),
        )
      },
      destroy(error, done) {
        ended.abort()
        reader.close()
        done(error)
      },
    })
    return options?.signal ? addAbortSignal(options.signal, stream) : stream
  }
}
