// Fetch-style servers: Next, Hono, and others.

import { convert, type Options, ownOf, wrongFunction } from '../checks'
import { misconfigured } from '../refused'
import type { Receiver } from './receiver'
import { CUT_OFF, NOT_POST, NOT_SET_UP, read } from './request'

/** Options of a fetch handler. */
export interface FetchOptions {
  /** Returns the address at the other end of the connection, which a `Request` does not contain. Needed only with an allow list. */
  readonly peer?: ((request: Request, ...rest: readonly unknown[]) => string | undefined) | undefined
  /**
   * Receives the work of a background handler, so that the platform does not freeze the process before it is done: `after` of Next,
   * `waitUntil` of `@vercel/functions`, or `(work, request, context) => context.executionCtx.waitUntil(work)` in Hono.
   */
  readonly waitUntil?: ((work: Promise<void>, request: Request, ...rest: readonly unknown[]) => unknown) | undefined
}

/** A handler for fetch-style servers. Arguments after the request are passed to `peer` and `waitUntil`. */
export type FetchHandler = (request: Request, ...rest: readonly unknown[]) => Promise<Response>

const OPTIONS: Options<FetchOptions> = {
  peer: [undefined, wrongFunction],
  waitUntil: [undefined, wrongFunction],
}

export function fetchHandler(receiver: Receiver, options: FetchOptions): FetchHandler {
  convert(options, OPTIONS)
  const { peer, waitUntil } = ownOf(options)
  return async (request, ...rest) => {
    if (request.method !== 'POST') return new Response(NOT_POST.body, NOT_POST)
    try {
      const address = peer?.(request, ...rest)
      const refused = receiver.refusalOf(request.headers, address)
      if (refused) return new Response(refused.body, refused)
      let body: Uint8Array | string
      try {
        body = await bodyOf(request, receiver.maxBytes, rest)
      } catch (error) {
        // The sender disconnected: nobody receives a response.
        if (!GONE.has(error as Error)) return new Response(CUT_OFF.body, CUT_OFF)
        throw error
      }
      const background = waitUntil && ((work: Promise<void>) => waitUntil(work, request, ...rest))
      const answer = await receiver.handle(body, request.headers, address, { waitUntil: background })
      return new Response(answer.body, answer)
    } catch (error) {
      receiver.report(error)
      return new Response(NOT_SET_UP.body, NOT_SET_UP)
    }
  }
}

/** A context of Hono, which keeps the bodies that it has read. */
interface Context {
  readonly req?: { readonly raw?: unknown; text?(): Promise<string>; readonly bodyCache?: object }
}

const GONE = new WeakSet<Error>()

async function bodyOf(request: Request, maxBytes: number, rest: readonly unknown[]): Promise<Uint8Array | string> {
  if (!request.bodyUsed) {
    const source = request.body as AsyncIterable<Uint8Array> | null
    return source === null ? new Uint8Array() : await read(source, maxBytes)
  }
  const context = rest[0] as Context | undefined
  const cache = context?.req?.bodyCache
  if (context?.req?.raw === request && cache && ('text' in cache || 'arrayBuffer' in cache)) {
    return (await context.req.text?.()) ?? ''
  }
  const gone = misconfigured(
    'the body of the webhook has been read already; pass a request whose body has not been read, such as request.clone() made before, or in Hono give the context as well: receive(context.req.raw, context)',
  )
  GONE.add(gone)
  throw gone
}
