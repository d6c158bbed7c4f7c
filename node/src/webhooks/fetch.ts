// What speaks fetch: Next, Hono, and others.
import { type Options, told, wrongFunction } from '../checks'
import { misconfigured } from '../errors'
import type { Receiver } from './receiver'
import { NOT_POST, read } from './request'

/** What a fetch handler can be told. */
export interface FetchOptions {
  /** Gives the address at the other end of the connection, which a `Request` does not tell; needed only with an allow list. */
  readonly peer?: ((request: Request, ...rest: readonly unknown[]) => string | undefined) | undefined
}

/** A handler for what speaks fetch. What comes behind the request is handed to `peer`. */
export type FetchHandler = (request: Request, ...rest: readonly unknown[]) => Promise<Response>

const OPTIONS: Options<FetchOptions> = { peer: [undefined, wrongFunction] }

export function fetchHandler(receiver: Receiver, options: FetchOptions): FetchHandler {
  told(options, OPTIONS)
  const { peer } = options
  return async (request, ...rest) => {
    if (request.method !== 'POST') return new Response(NOT_POST.body, NOT_POST)
    if (request.bodyUsed) {
      throw misconfigured(
        'the body of the webhook is gone: something has read the request before; hand over one that is not read',
      )
    }
    const source = request.body as AsyncIterable<Uint8Array> | null
    const body = source === null ? new Uint8Array() : await read(source, receiver.maxBytes)
    const { status, headers, body: text } = await receiver.handle(body, request.headers, peer?.(request, ...rest))
    return new Response(text, { status, headers })
  }
}
