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
  reader?: ReadableStreamDefaultReader<Uint8Array> | undefined
}

type ReadableStreamDefaultReader<Piece> = {
  read(): Promise<{ readonly done: boolean; readonly value?: Piece | undefined }>
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
      ...(body === undefined ? undefined : { body }),
    })
  }

  async #fetch(id: number, running: Running, options: RequestInit): Promise<void> {
    let response: Response
    try {
      // Found when it is called, as tests replace it.
      response = await globalThis.fetch(running.url, options)
    } catch (error) {
      this.#fail(id, error)
      return
    }
    if (!this.#running.has(id)) return
    running.reader = response.body?.getReader() as Running['reader']
    this.#progress.responded(id, response.status, [...response.headers].flat())
  }

  /** Read more of a body. */
  read(id: number): void {
    void this.#read(id, this.#running.get(id)?.reader)
  }

  async #read(id: number, reader: Running['reader']): Promise<void> {
    let piece: { readonly done: boolean; readonly value?: Uint8Array | undefined } = { done: true }
    try {
      if (reader !== undefined) piece = await reader.read()
      // Not while the core runs, which asks for it.
      else await undefined
    } catch (error) {
      this.#fail(id, error)
      return
    }
    if (!this.#running.has(id)) return
    if (!piece.done) {
      this.#progress.received(id, piece.value ?? new Uint8Array())
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
    const isConnect = running.reader === undefined && reasons.some(saysUnconnected)
    this.#progress.failed(id, isConnect, withoutUrl(reasons.map(messageOf).join(': '), running.url))
  }

  /** Drop a request, or the rest of its response. */
  abort(id: number): void {
    const running = this.#running.get(id)
    if (running === undefined) return
    this.#running.delete(id)
    running.controller.abort()
  }

  end(): void {
    for (const id of [...this.#running.keys()]) this.abort(id)
  }
}

/** An error and its causes. */
function* causes(error: unknown): Generator<unknown> {
  for (let cause = error, depth = 0; cause !== undefined && cause !== null && depth < 5; depth += 1) {
    yield cause
    cause = (cause as { readonly cause?: unknown }).cause
  }
}

function messageOf(error: unknown): string {
  const { message } = error as { readonly message?: unknown }
  return typeof message === 'string' && message !== '' ? message : String(error)
}

const UNCONNECTED = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT', 'ConnectionRefused'])

/** Whether an error says that there was no connection. What does not say it may have been sent. */
function saysUnconnected(error: unknown): boolean {
  const { code } = error as { readonly code?: unknown }
  return UNCONNECTED.has(code as string) || /client error \(Connect\)/.test(messageOf(error))
}

/** A message without the URL, which contains arguments. */
function withoutUrl(message: string, url: string): string {
  return message.replace(/ for url \([^)]*\)/, '').replaceAll(url, 'the URL')
}
