// Express, similar platforms, and the servers of `node:http`.

import type { IncomingMessage, ServerResponse } from 'node:http'
import { misconfigured } from '../refused'
import type { Receiver, WebhookResponse } from './receiver'
import { CUT_OFF, headersOf, isBytes, NOT_POST, NOT_SET_UP, read } from './request'

/**
 * A handler for Express, for platforms that hand over requests as it does (Next pages routes, Vercel, Firebase, Cloud Functions, Nest),
 * or for `http.createServer`.
 */
export type ExpressHandler = (
  request: IncomingMessage,
  response: ServerResponse,
  next?: (error?: unknown) => void,
) => Promise<void>

/** A request, with what body parsers leave of its body. */
type Parsed = IncomingMessage & { readonly body?: unknown; readonly rawBody?: unknown }

export function express(receiver: Receiver): ExpressHandler {
  return async (request: Parsed, response, next) => {
    try {
      if (request.method !== 'POST') {
        send(response, NOT_POST)
        return
      }
      const headers = headersOf(request)
      const peer = request.socket?.remoteAddress
      const refused = receiver.refusalOf(headers, peer)
      if (refused) {
        answer(request, response, refused, receiver.maxBytes)
        return
      }
      const body = kept(request) ?? (await unread(request, receiver.maxBytes))
      answer(request, response, await receiver.handle(body, headers, peer), receiver.maxBytes)
    } catch (error) {
      if (request.errored || (request.readableAborted && !request.readableEnded)) {
        // The sender disconnected: nobody receives a response.
        if (!response.headersSent && !response.destroyed) send(response, { ...CUT_OFF, close: true })
        return
      }
      if (next) {
        next(error)
        return
      }
      receiver.report(error)
      if (response.headersSent) response.destroy()
      else send(response, { ...NOT_SET_UP, close: true })
    }
  }
}

/** The bytes that platforms and body parsers keep: `rawBody`, or what express.raw() and express.text() make. */
function kept({ rawBody, body }: Parsed): Uint8Array | string | undefined {
  for (const bytes of [rawBody, body]) if (typeof bytes === 'string' || isBytes(bytes)) return bytes
  return undefined
}

async function unread(request: IncomingMessage, maxBytes: number): Promise<Uint8Array> {
  if (!request.readableDidRead) return await read(request.iterator({ destroyOnReturn: false }), maxBytes)
  throw misconfigured(
    'the body of the webhook is gone: a body parser has read it; mount receiver.express() before express.json(), use express.raw() on its path, or let the parser keep the bytes as request.rawBody (in Nest `rawBody: true`, in a Next pages route `export const config = { api: { bodyParser: false } }`)',
  )
}

/** Respond, and close the connection if more of the request may follow than is worth reading. */
function answer(
  request: IncomingMessage,
  response: ServerResponse,
  { status, headers, body }: WebhookResponse,
  most: number,
) {
  const length = Number(request.headers['content-length'] ?? Number.NaN)
  send(response, { status, headers, body, close: !request.readableEnded && !(length <= most) })
}

interface Written {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  readonly close?: boolean
}

function send(response: ServerResponse, { status, headers, body, close = false }: Written): void {
  response.writeHead(status, close ? { ...headers, connection: 'close' } : headers).end(body)
}
