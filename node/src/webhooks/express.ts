// Express, and the servers of `node:http`.
import type { IncomingMessage, ServerResponse } from 'node:http'
import { misconfigured } from '../errors'
import type { Receiver } from './receiver'
import { NOT_POST, read } from './request'

/** A handler for Express, or for `http.createServer`. */
export type ExpressHandler = (
  request: IncomingMessage,
  response: ServerResponse,
  next?: (error?: unknown) => void,
) => Promise<void>

export function express(receiver: Receiver): ExpressHandler {
  return async (request, response, next) => {
    try {
      if (request.method !== 'POST') {
        response.writeHead(405, NOT_POST.headers).end(NOT_POST.body)
        return
      }
      const body = await bodyOf(request, receiver.maxBytes)
      const answer = await receiver.handle(body, request.headers, request.socket.remoteAddress)
      // What was not read to its end leaves no room for another request.
      const headers = request.readableEnded ? answer.headers : { ...answer.headers, connection: 'close' }
      response.writeHead(answer.status, headers).end(answer.body)
    } catch (error) {
      if (next) next(error)
      else response.destroy(error as Error)
    }
  }
}

async function bodyOf(request: IncomingMessage & { body?: unknown }, maxBytes: number): Promise<Uint8Array | string> {
  const { body } = request
  // Of express.raw() and express.text().
  if (typeof body === 'string' || body instanceof Uint8Array) return body
  if (!request.readableDidRead) return await read(request.iterator({ destroyOnReturn: false }), maxBytes)
  throw misconfigured(
    'the body of the webhook is gone: a body parser has read it; mount receiver.express() before express.json(), or use express.raw() on its path',
  )
}
