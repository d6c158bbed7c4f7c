// Lists: items over all pages, pages, one page, and resuming from a cursor.

import { AsyncLocalStorage } from 'node:async_hooks'
import type { Readable } from 'node:stream'
import { type Alone, join } from './arguments'
import type { Core } from './core'
import { DecodeError } from './errors'
import type { Source } from './export'
import type { CallOptions } from './options'
import { misconfigured, refused } from './refused'

/** How a list operation is paged. */
export interface Paging {
  readonly operation: string
  /** Field of the page with the items. */
  readonly items: string
  /** The argument that takes the cursor. */
  readonly param: 'start' | 'page'
  /** The arguments that were passed by themselves, for errors. */
  readonly alone?: Alone
}

// biome-ignore lint/suspicious/noTsIgnore: where it is installed, there is no error.
/** @ts-ignore A `Table` of apache-arrow, or `any` without it. */
export type ArrowTable = import('apache-arrow').Table

/** How much of a list is exported. */
export interface ExportOptions {
  /** Maximum number of items. Defaults to all. */
  readonly limit?: number | undefined
}

/** What becomes a table. */
export interface TableOptions extends ExportOptions {
  /** A column that is a list, such as `peers`: its items become the rows. Items with an empty list have no row. */
  readonly explode?: string | undefined
}

/** Fetches a page. */
type PageSource = Pick<Core, 'page'>

/**
 * A list that has not been read. `for await (const item of list)` iterates over the items of all pages, `await list` fetches the first
 * page.
 *
 * The next page is fetched when the items of the previous one are used up. Only the cursor decides whether there is one: the list continues
 * after a short or empty page with a cursor. The page size defaults to 100; set `limit` to change it. Each loop starts from the beginning.
 */
export class List<Item, Page> implements AsyncIterable<Item>, PromiseLike<Page> {
  readonly #core: PageSource
  readonly #paging: Paging
  readonly #args: Alone
  readonly #options: CallOptions | undefined
  /** The async context in which the list was created. It may be awaited outside of it. */
  readonly #within = AsyncLocalStorage.snapshot()
  #awaited: Promise<Page> | undefined

  /** @internal */
  constructor(core: PageSource, paging: Paging, alone: Alone, options: CallOptions | undefined, params: object = {}) {
    this.#core = core
    this.#paging = { ...paging, alone }
    this.#args = join(paging.operation, alone, params)
    this.#options = options
  }

  /** Read item by item. */
  async *[Symbol.asyncIterator](): AsyncGenerator<Item, void, undefined> {
    for await (const page of this.pages()) yield* itemsOf<Item>(page, this.#paging)
  }

  /** Read page by page. */
  pages(): Pages<Page> {
    return new Pages(this.#core, this.#paging, this.#args, this.#options)
  }

  /** Fetch the first page only. */
  async firstPage(): Promise<Page> {
    const { operation, alone } = this.#paging
    const { page } = await this.#core.page<Page>(operation, this.#args, this.#options, alone)
    return page
  }

  /** Fetch the first page, only once even if it is awaited several times: `const { data } = await client.rooms.list({ limit: 20 })`. */
  // biome-ignore lint/suspicious/noThenProperty: a list is awaited, as those of other SDKs are.
  then<Value = Page, Caught = never>(
    onFulfilled?: ((page: Page) => Value | PromiseLike<Value>) | null,
    onRejected?: ((reason: unknown) => Caught | PromiseLike<Caught>) | null,
  ): Promise<Value | Caught> {
    this.#awaited ??= this.#within(() => this.firstPage())
    return this.#awaited.then(onFulfilled, onRejected)
  }

  /** Fetch the first page, as `then` does, and handle its failure. */
  catch<Caught = never>(
    onRejected?: ((reason: unknown) => Caught | PromiseLike<Caught>) | null,
  ): Promise<Page | Caught> {
    return this.then(undefined, onRejected)
  }

  /** Fetch the first page, as `then` does, and call `onFinally` when it came or failed. */
  finally(onFinally?: (() => void) | null): Promise<Page> {
    return this.then().finally(onFinally)
  }

  /**
   * Resume after `cursor`, from `pages().cursor`.
   *
   * @throws InvalidRequestError when there is none.
   */
  resume(cursor: string | undefined): List<Item, Page> {
    if (!cursor) {
      throw refused(this.#paging.operation, '', 'there is no cursor: nothing has been read yet, or the list has ended')
    }
    const args = { ...this.#args, [this.#paging.param]: cursorArgument(this.#paging, cursor) }
    return new List(this.#core, this.#paging, args, this.#options)
  }

  /** Fetch everything. Read a long list item by item instead. */
  async all(): Promise<Item[]> {
    const all: Item[] = []
    for await (const page of this.pages()) all.push(...itemsOf<Item>(page, this.#paging))
    return all
  }

  /**
   * Stream the list as lines of JSON, one for each item, with all fields that the service sent. Pages are read as the stream is read, one
   * page ahead: memory does not grow with the list. Destroying the stream aborts its call.
   *
   * @throws InvalidRequestError when `limit` is not a number.
   */
  toNdjson(options: ExportOptions = {}): Readable {
    return exporter().ndjson(this.#source(), options)
  }

  /**
   * Read the list into a table of apache-arrow, which must be installed.
   *
   * The columns are those of the type of the items, whatever the items contain, so columns of nulls and empty tables have them too. Times
   * are in UTC with microseconds. Nested models are structs, and maps are lists of their values. Fields that this version does not know
   * are left out. The columns of an exploded list have its name as prefix: `peers_id`.
   *
   * @throws InvalidRequestError when there is no such column, or `limit` is not a number.
   */
  toArrow(options: TableOptions = {}): Promise<ArrowTable> {
    return exporter().arrowTable(this.#source(), options)
  }

  /**
   * Stream the table of `toArrow` in Arrow's IPC format, which other programs read. Pages are read as the stream is read: memory does not
   * grow with the list. Destroying the stream aborts its call.
   *
   * @throws InvalidRequestError when there is no such column, or `limit` is not a number.
   */
  toArrowStream(options: TableOptions = {}): Readable {
    return exporter().arrowStream(this.#source(), options)
  }

  #source(): Source {
    const { operation, items } = this.#paging
    const pages = (signal: AbortSignal) => {
      const given = this.#options?.signal
      const options = { ...this.#options, signal: given ? AbortSignal.any([given, signal]) : signal }
      return new Pages<Readonly<Record<string, readonly unknown[]>>>(this.#core, this.#paging, this.#args, options)
    }
    return { operation, items, pages, within: this.#within, refused, misconfigured }
  }
}

/** What makes tables is loaded when it is first needed. */
function exporter(): typeof import('./export') {
  return require('./export.js')
}

/** A list, page by page. After an error, the next call of `next` fetches the same page again. */
export class Pages<Page> implements AsyncIterableIterator<Page> {
  readonly #core: PageSource
  readonly #paging: Paging
  readonly #options: CallOptions | undefined
  #args: Alone
  #cursor: string | undefined
  #ended = false
  /** The page that was requested last, whether it was received or not. */
  #fetching: Promise<void> | undefined

  /** @internal */
  constructor(core: PageSource, paging: Paging, args: Alone, options: CallOptions | undefined) {
    this.#core = core
    this.#paging = paging
    this.#args = args
    this.#options = options
  }

  /** The cursor after the last fetched page. A later list can `resume` from it. Undefined at the end. */
  get cursor(): string | undefined {
    return this.#cursor
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  /** Fetch the next page. Concurrent calls return consecutive pages. */
  async next(): Promise<IteratorResult<Page, void>> {
    const before = this.#fetching
    let fetched = () => {}
    this.#fetching = new Promise((resolve) => {
      fetched = resolve
    })
    try {
      await before
      return await this.#fetch()
    } finally {
      fetched()
    }
  }

  /** Stop reading. */
  async return(): Promise<IteratorResult<Page, void>> {
    this.#ended = true
    return { done: true, value: undefined }
  }

  async #fetch(): Promise<IteratorResult<Page, void>> {
    if (this.#ended) return { done: true, value: undefined }
    const { operation, param, alone } = this.#paging
    const { page, cursor } = await this.#core.page<Page>(operation, this.#args, this.#options, alone)
    if (cursor === undefined) {
      this.#ended = true
    } else if (cursor === this.#cursor) {
      this.#ended = true
      const message = 'the service returned the same cursor twice, so the list would not end'
      throw new DecodeError({ kind: 'decode', message, operation }, `${operation}: ${message} (decode)`)
    } else {
      this.#args = { ...this.#args, [param]: cursorArgument(this.#paging, cursor) }
    }
    this.#cursor = cursor
    return { done: false, value: page }
  }
}

function itemsOf<Item>(page: unknown, paging: Paging): readonly Item[] {
  return (page as Record<string, readonly Item[]>)[paging.items] ?? []
}

/** Numbered pages take a number. */
function cursorArgument(paging: Paging, cursor: string): string | number {
  if (paging.param !== 'page') return cursor
  const page = Number(cursor)
  if (Number.isInteger(page)) return page
  throw refused(paging.operation, '', 'the cursor of this list is the number of a page')
}
