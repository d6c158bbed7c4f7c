// The parts of a request that a receiver gets.

import type { IncomingMessage } from 'node:http'
import { kindOf, tagOf } from '../checks'
import { misconfigured } from '../refused'

/** An unchanged body: bytes, or their text. */
export type Body = Uint8Array | ArrayBuffer | string

/** Headers: of Node (`request.headers`), of fetch (`Headers`), or any object or list of names and values. */
export type HeadersInput =
  | Iterable<readonly [name: string, value: string]>
  | { readonly [name: string]: string | readonly string[] | undefined }

/** Whether it is a Buffer or a Uint8Array, which may be of another realm. */
export function isBytes(value: unknown): value is Uint8Array {
  return tagOf(value) === 'Uint8Array'
}

export function bytesOf(body: Body): Uint8Array {
  if (typeof body === 'string') return Buffer.from(body)
  if (isBytes(body)) return body
  const tag = tagOf(body)
  if (tag === 'ArrayBuffer') return new Uint8Array(body as ArrayBuffer)
  const parsed = tag === 'Object' || tag === 'Array'
  const kind = parsed ? 'an object that was parsed: read it before any JSON parser' : kindOf(body)
  throw misconfigured(
    `body: must be the raw bytes of the request (a Buffer, Uint8Array, ArrayBuffer or string), not ${kind}`,
  )
}

/** The headers with these names, which are in lower case: names and values in turns. */
export function pick(names: readonly string[], headers: HeadersInput): string[] {
  if (typeof headers !== 'object' || headers === null) throw noHeaders(headers)
  if (tagOf(headers) === 'Promise') throw noHeaders(headers)
  const found = new Map<string, string[]>()
  for (const [name, values] of Symbol.iterator in headers ? headers : Object.entries(headers)) {
    const known = name.toLowerCase()
    if (names.includes(known)) found.set(known, [...(found.get(known) ?? []), ...texts(known, values)])
  }
  // A header that came several times has one value, as HTTP reads it: all of them, which is none of the secrets.
  return [...found].flatMap(([name, values]) => (values.length > 0 ? [name, values.join(', ')] : []))
}

function texts(name: string, values: unknown): string[] {
  if (values === undefined || values === null) return []
  const list: unknown[] = Array.isArray(values) ? values : [values]
  if (list.every((value) => typeof value === 'string')) return list as string[]
  throw misconfigured(`headers: ${name}: must be text, or a list of such`)
}

function noHeaders(headers: unknown): Error {
  const wrong =
    headers === undefined ? 'they are missing; give request.headers' : `must be an object, not ${kindOf(headers)}`
  return misconfigured(`headers: ${wrong}`)
}

/** Headers of a request of Node, with all values of those that came several times, of which some are dropped otherwise. */
export function headersOf(request: IncomingMessage): HeadersInput {
  return request.headersDistinct ?? request.headers
}

/** Read a body, but not much more than `maxBytes`: what is longer is refused whatever it is. */
export async function read(source: AsyncIterable<Uint8Array>, maxBytes: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of source) {
    parts.push(part)
    size += part.byteLength
    if (size > maxBytes) break
  }
  return parts.length === 1 && parts[0] !== undefined ? parts[0] : Buffer.concat(parts)
}

/** The response to requests other than POST. */
export const NOT_POST = {
  status: 405,
  headers: { allow: 'POST', 'content-type': 'application/json' },
  body: '{"message":"webhooks are sent with POST"}',
} as const

/** The response to a request whose body was not received completely. Its sender will hardly see it. */
export const CUT_OFF = {
  status: 400,
  headers: { 'content-type': 'application/json' },
  body: '{"message":"the body of the request did not arrive in full"}',
} as const

/** The response to a webhook that the setup of the server makes impossible to handle. `onError` gets the reason. */
export const NOT_SET_UP = {
  status: 500,
  headers: { 'content-type': 'application/json' },
  body: '{"message":"the webhook cannot be handled; the reason is in the log of the server"}',
} as const
