// Fastify.
import type { IncomingHttpHeaders } from 'node:http'
import { type Options, told, wrongText } from '../checks'
import { misconfigured } from '../errors'
import type { Receiver } from './receiver'

/** Where the plugin takes webhooks. */
export interface FastifyOptions {
  /** The path, below the prefix of the scope. */
  readonly path: string
}

interface Request {
  readonly body: unknown
  readonly headers: IncomingHttpHeaders
  readonly raw: { readonly socket: { readonly remoteAddress?: string | undefined } }
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
  post(path: string, handler: (request: Request, reply: Reply) => unknown): unknown
}

/** A plugin for Fastify. */
export type FastifyPlugin = (scope: FastifyScope) => Promise<void>

const OPTIONS: Options<FastifyOptions> = { path: [undefined, wrongText] }

export function fastify(receiver: Receiver, options: FastifyOptions): FastifyPlugin {
  told(options, OPTIONS)
  const { path } = options
  if (path === undefined) throw misconfigured("path: is missing; give where webhooks go, such as '/webhooks/100ms'")
  return async (scope) => {
    // The scope is the plugin's own: the parsers of the app stay as they are.
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: receiver.maxBytes }, (_, body, done) =>
      done(null, body),
    )
    scope.post(path, async (request, reply) => {
      const body = request.body instanceof Uint8Array ? request.body : new Uint8Array()
      const answer = await receiver.handle(body, request.headers, request.raw.socket.remoteAddress)
      reply.code(answer.status)
      reply.headers(answer.headers)
      return reply.send(answer.body)
    })
  }
}
