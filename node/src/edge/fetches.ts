// The requests of the core, by the `fetch` of the runtime.

/** What the core says of a request: method, URL, headers, and whether redirects are followed. */
type Head = readonly [method: string, url: string, headers: [string, string][], followsRedirects: boolean]

/** Receives what becomes of requests. */
export interface Progress {
  /** Names and values of the headers in turns. */
  responded(id: number, status: number, headers: string[]): void
  received(id: number, bytes: Uint8Array): void
  ended(id: number): void
  /** `isConnect` if it is certain that there was no connection. */
  failed(id: number, isConnect: boolean, reason: string): void
}

interface Running {
  readonly url: string
  readonly controller: AbortController
  /** Once there is a response that has a body. */
  reader?: Reader | undefined
}

interface Reader {
  read(): Promise<{ readonly done: boolean; readonly value?: unknown }>
}

interface Answer {
  readonly status: number
  /** Names and values in turns. */
  readonly headers: string[]
  readonly reader: Reader | undefined
}

/** Sends requests, by id. */
export class Fetches {
  readonly #progress: Progress
  readonly #running = new Map<number, Running>()

  constructor(progress: Progress) {
    this.#progress = progress
  }

  start(id: number, [method, url, headers, followsRedirects]: Head, body: Uint8Array<ArrayBuffer> | undefined): void {
    const controller = new AbortController()
    const running: Running = { url, controller }
    this.#running.set(id, running)
    void this.#fetch(id, running, {
      method,
      headers,
      redirect: followsRedirects ? 'follow' : 'manual',
      signal: controller.signal,
      ...content(method, body),
    })
  }

  async #fetch(id: number, running: Running, options: RequestInit): Promise<void> {
    let answer: Answer
    try {
      // Found when it is called, as tests replace it.
      answer = read(await globalThis.fetch(running.url, options))
    } catch (error) {
      this.#fail(id, error)
      return
    }
    if (!this.#running.has(id)) return
    running.reader = answer.reader
    this.#progress.responded(id, answer.status, answer.headers)
  }

  /** Read more of a body. */
  read(id: number): void {
    void this.#read(id, this.#running.get(id)?.reader)
  }

  async #read(id: number, reader: Reader | undefined): Promise<void> {
    let piece: Uint8Array | undefined
    try {
      if (reader !== undefined) piece = pieceOf(await reader.read())
      // Not while the core runs, which asks for it.
      else await undefined
    } catch (error) {
      this.#fail(id, error)
      return
    }
    if (!this.#running.has(id)) return
    if (piece !== undefined) {
      this.#progress.received(id, piece)
      return
    }
    this.#running.delete(id)
    this.#progress.ended(id)
  }

  #fail(id: number, error: unknown): void {
    const running = this.#running.get(id)
    if (running === undefined) return
    this.#running.delete(id)
    const reasons = [...causes(error)]
    const isConnect = running.reader === undefined && reasons.some(saysUnsent)
    this.#progress.failed(id, isConnect, withoutUrl(reasons.map(messageOf).join(': '), running.url))
  }

  /** Drop a request, or the rest of its response. */
  abort(id: number): void {
    const running = this.#running.get(id)
    if (running === undefined) return
    this.#running.delete(id)
    try {
      running.controller.abort()
    } catch {
      // Workers refuse to touch what another request has started.
    }
  }

  end(): void {
    for (const id of [...this.#running.keys()]) this.abort(id)
  }
}

/** The body as an option of `fetch`. */
function content(method: string, body: Uint8Array<ArrayBuffer> | undefined): RequestInit {
  // Deno sends again what it can when a kept connection breaks. It cannot send a stream again.
  if ('Deno' in globalThis && method !== 'GET' && method !== 'HEAD') {
    return { body: new Blob(body === undefined ? [] : [body]).stream(), duplex: 'half' } as RequestInit
  }
  return body === undefined ? {} : { body }
}

/** Read the head of a response, or throw: what replaces `fetch` in a test may return anything. */
function read(response: Response): Answer {
  if (response?.type === 'error') throw new Error('the response is an error of the network')
  try {
    const { status, headers, body } = response
    return { status, headers: [...headers].flat(), reader: body?.getReader() }
  } catch (cause) {
    throw new Error('`fetch` has returned no response that can be read', { cause })
  }
}

/** Return the bytes that a stream has given; nothing at its end. */
function pieceOf({ done, value }: { readonly done: boolean; readonly value?: unknown }): Uint8Array | undefined {
  if (done) return undefined
  if (!ArrayBuffer.isView(value)) throw new Error('the body of the response is no stream of bytes')
  return new Uint8Array(value.buffer, value.byteOffset, value.byteLength)
}

/** An error and its causes. */
function* causes(error: unknown): Generator<unknown> {
  for (let cause = error, depth = 0; cause !== undefined && cause !== null && depth < 5; depth += 1) {
    yield cause
    cause = (cause as { readonly cause?: unknown }).cause
  }
}

/** What an error says. Anything may be thrown. */
function messageOf(error: unknown): string {
  try {
    const { message } = error as { readonly message?: unknown }
    return typeof message === 'string' && message !== '' ? message : String(error)
  } catch {
    return 'what was thrown cannot be printed'
  }
}

const UNSENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'UND_ERR_CONNECT_TIMEOUT',
  'ConnectionRefused',
  // The certificate of the server.
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'CERT_UNTRUSTED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
])

/** Whether an error says that nothing was sent. What does not say it may have been sent. */
function saysUnsent(error: unknown): boolean {
  try {
    const { code, name, syscall } = error as Record<'code' | 'name' | 'syscall', unknown>
    return (
      UNSENT.has(code as string) ||
      syscall === 'connect' ||
      // Deno lacks a permission.
      name === 'NotCapable' ||
      /client error \(Connect\)|^bad port$/.test(messageOf(error))
    )
  } catch {
    return false
  }
}

/** A message without the URL, which contains arguments. */
function withoutUrl(message: string, url: string): string {
  return message.replace(/ for url \([^)]*\)/, '').replaceAll(url, 'the URL')
}
