// Fastify.

import type { IncomingMessage } from 'node:http'
import { convert, type Options, wrongText } from '../checks'
import { misconfigured } from '../refused'
import type { Receiver, WebhookResponse } from './receiver'
import { headersOf, isBytes, NOT_SET_UP } from './request'

/** Where the plugin takes webhooks. */
export interface FastifyOptions {
  /** The path, below the prefix of the scope. */
  readonly path: string
}

interface Request {
  readonly body: unknown
  readonly rawBody?: unknown
  readonly raw: IncomingMessage
}

interface Reply {
  code(status: number): unknown
  headers(headers: Record<string, string>): unknown
  send(body: string): unknown
}

type Parsed = (error: Error | null, body?: unknown) => void

/** What the plugin needs of a Fastify instance. */
export interface FastifyScope {
  removeAllContentTypeParsers(): void
  addContentTypeParser(
    type: string,
    options: { parseAs: 'buffer'; bodyLimit: number },
    parser: (request: never, body: Buffer, done: Parsed) => void,
  ): unknown
  post(
    path: string,
    options: { onRequest: (request: Request, reply: Reply, done: () => void) => void },
    handler: (request: Request, reply: Reply) => unknown,
  ): unknown
}

/** A plugin for Fastify. */
export type FastifyPlugin = (scope: FastifyScope) => Promise<void>

const OPTIONS: Options<FastifyOptions> = { path: [undefined, wrongText] }

export function fastify(receiver: Receiver, options: FastifyOptions): FastifyPlugin {
  convert(options, OPTIONS)
  const { path } = options
  if (path === undefined) throw misconfigured("path: is missing; give where webhooks go, such as '/webhooks/100ms'")
  return async (scope) => {
    // The scope is the plugin's own: the parsers of the app stay as they are.
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: receiver.maxBytes }, (_, body, done) =>
      done(null, body),
    )
    // Before the body is read.
    const onRequest = ({ raw }: Request, reply: Reply, done: () => void) => {
      const refused = receiver.refusalOf(headersOf(raw), raw.socket.remoteAddress)
      if (refused) send(reply, refused)
      else done()
    }
    scope.post(path, { onRequest }, async (request, reply) => {
      const { body, rawBody, raw } = request
      const bytes = [rawBody, body].find((one) => typeof one === 'string' || isBytes(one))
      if (bytes === undefined && body !== undefined && body !== null) {
        receiver.report(
          misconfigured(
            'the body of the webhook is gone: something else has parsed it; keep its bytes as request.rawBody, or register receiver.fastify() where no other parser is',
          ),
        )
        return send(reply, NOT_SET_UP)
      }
      const given = (bytes ?? new Uint8Array()) as Uint8Array | string
      return send(reply, await receiver.handle(given, headersOf(raw), raw.socket.remoteAddress))
    })
  }
}

function send(reply: Reply, { status, headers, body }: Pick<WebhookResponse, 'status' | 'headers' | 'body'>): unknown {
  reply.code(status)
  reply.headers({ ...headers })
  return reply.send(body)
}
