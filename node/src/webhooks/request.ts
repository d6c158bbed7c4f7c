// What a receiver is given of a request.
import { kindOf, tagOf } from '../checks'
import { misconfigured } from '../errors'

/** A body as it came: bytes, or the text that they are. */
export type Body = Uint8Array | ArrayBuffer | string

/** Headers: of Node (`request.headers`), of fetch (`Headers`), or any object or list of names and values. */
export type HeadersInput =
  | Iterable<readonly [name: string, value: string]>
  | { readonly [name: string]: string | readonly string[] | undefined }

export function bytesOf(body: Body): Uint8Array {
  if (typeof body === 'string') return Buffer.from(body)
  if (body instanceof Uint8Array) return body
  // By its name, since it may come from another realm.
  const tag = tagOf(body)
  if (tag === 'Uint8Array') return body as unknown as Uint8Array
  if (tag === 'ArrayBuffer') return new Uint8Array(body as ArrayBuffer)
  const parsed = tag === 'Object' || tag === 'Array'
  const kind = parsed ? 'an object that was parsed: read it before any JSON parser' : kindOf(body)
  throw misconfigured(
    `body: must be the raw bytes of the request (a Buffer, Uint8Array, ArrayBuffer or string), not ${kind}`,
  )
}

/** The headers with these names, which are in lower case: names and values in turns, or the only value of the only name. */
export function pick(names: readonly string[], headers: HeadersInput): string | string[] {
  if (typeof headers !== 'object' || headers === null) throw noHeaders(headers)
  const [first] = names
  if (names.length === 1 && first !== undefined && !(Symbol.iterator in headers)) {
    const value = headers[first]
    if (typeof value === 'string') return value
  }
  if (tagOf(headers) === 'Promise') throw noHeaders(headers)
  const picked: string[] = []
  if (Symbol.iterator in headers) {
    for (const [name, value] of headers) {
      const known = name.toLowerCase()
      if (names.includes(known)) add(picked, known, value)
    }
    return picked
  }
  for (const name of names) {
    // Node gives names in lower case; others may not.
    if (name in headers) add(picked, name, headers[name])
    else {
      for (const given in headers) if (given.toLowerCase() === name) add(picked, name, headers[given])
    }
  }
  return picked
}

function add(picked: string[], name: string, values: string | readonly string[] | undefined): void {
  if (values === undefined) return
  for (const value of Array.isArray(values) ? values : [values]) {
    if (typeof value !== 'string') throw misconfigured(`headers: ${name}: must be text, or a list of such`)
    picked.push(name, value)
  }
}

function noHeaders(headers: unknown): Error {
  const wrong =
    headers === undefined ? 'they are missing; give request.headers' : `must be an object, not ${kindOf(headers)}`
  return misconfigured(`headers: ${wrong}`)
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

/** The answer to what is no POST. */
export const NOT_POST = {
  status: 405,
  headers: { allow: 'POST', 'content-type': 'application/json' },
  body: '{"message":"webhooks are sent with POST"}',
} as const
