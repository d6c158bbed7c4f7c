// `node:stream`, as far as assets are streamed: a web stream takes the place of `Readable`.

interface Source {
  readonly highWaterMark?: number
  read(this: Target): void
  destroy(error: Error | null, done: (error: Error | null) => void): void
}

/** What a source calls. */
interface Target {
  push(piece: Uint8Array | null): void
  destroy(error: Error): void
}

/** Creates a `ReadableStream` of bytes from what a `Readable` of Node is created with. */
export class Readable {
  constructor(source: Source) {
    let read: (() => void) | undefined
    // biome-ignore lint/correctness/noConstructorReturn: there is no stream of Node here.
    return new ReadableStream<Uint8Array>(
      {
        pull(controller) {
          return new Promise<void>((resolve) => {
            read = resolve
            const target: Target = {
              push(piece) {
                if (piece === null) controller.close()
                else controller.enqueue(piece)
                resolve()
              },
              destroy(error) {
                source.destroy(error, () => undefined)
                controller.error(error)
                resolve()
              },
            }
            source.read.call(target)
          })
        },
        cancel() {
          source.destroy(null, () => undefined)
          read?.()
        },
      },
      { highWaterMark: 0 },
    ) as never
  }
}

/** End a stream with a signal. */
export function addAbortSignal<Stream>(signal: AbortSignal, stream: Stream): Stream {
  const guarded = (stream as unknown as ReadableStream).pipeThrough(new TransformStream(), { signal })
  return guarded as unknown as Stream
}
