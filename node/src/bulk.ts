// A call for each item, several at a time.

import {
  type Check,
  convert,
  kindOf,
  type Options,
  ownOf,
  tagOf,
  wrongFunction,
  wrongObject,
  wrongText,
} from './checks'
import { runItem } from './in-map'
import { addon, type NativeJournal } from './native'
import { misconfigured } from './refused'
import { guard } from './tokens'

/** An item, and the result of its call: a value, or an error. */
export type MapResult<Item, Value> =
  | { readonly item: Item; readonly index: number; readonly value: Value; readonly error?: undefined }
  | { readonly item: Item; readonly index: number; readonly value?: undefined; readonly error: Error }

/** How far a run is: how many calls have succeeded and failed, and how many items the journal has. */
export interface MapProgress {
  readonly done: number
  readonly failed: number
  readonly skipped: number
}

/** A file with the keys of the items that are done. */
export interface JournalOptions<Item> {
  /** The file. It is created if it does not exist. */
  readonly path: string
  /** Name of the run. The journal of a run with another name is refused. Defaults to `map`. */
  readonly name?: string | undefined
  /** Returns the key of an item. Defaults to the item itself if it is a string, else to its JSON. Items without JSON need it. */
  readonly key?: ((item: Item) => string) | undefined
}

/** Options of `client.map`. */
export interface MapOptions<Item> {
  /** How many calls run at a time. Between 1 and 10000. Defaults to 16. */
  readonly concurrency?: number | undefined
  /** Whether results come in the order of the items, or as calls end. Defaults to true. */
  readonly ordered?: boolean | undefined
  /** Whether the first error is thrown, and ends the run. Defaults to false. */
  readonly stopOnError?: boolean | undefined
  /** File with the keys of the items that are done, to resume the run. Items that it has are left out. */
  readonly journal?: string | JournalOptions<Item> | undefined
  /** Called after each result. */
  readonly onProgress?: ((progress: MapProgress) => unknown) | undefined
  /** Aborts the run: the calls that run are aborted, and the iteration throws the reason of the signal. */
  readonly signal?: AbortSignal | undefined
}

/** The second argument of the function that makes the calls. */
export interface MapContext {
  /** Aborted when the run ends. Pass it to the call. */
  readonly signal: AbortSignal
}

const boolean: Check = (value) => (typeof value === 'boolean' ? undefined : 'must be true or false')

const OPTIONS: Options<MapOptions<unknown>> = {
  concurrency: [
    undefined,
    (value) =>
      Number.isInteger(value) && (value as number) >= 1 && (value as number) <= 10_000
        ? undefined
        : 'must be a whole number between 1 and 10000',
  ],
  ordered: [undefined, boolean],
  stopOnError: [undefined, boolean],
  journal: [
    undefined,
    (value) =>
      typeof value === 'string' || !wrongObject(value) ? undefined : 'must be a path, or an object with a path',
  ],
  onProgress: [undefined, wrongFunction],
  signal: [
    undefined,
    (value) =>
      typeof (value as AbortSignal | null)?.addEventListener === 'function' ? undefined : 'must be an AbortSignal',
  ],
}

const JOURNAL: Options<JournalOptions<unknown>> = {
  path: [undefined, wrongText],
  name: [undefined, wrongText],
  key: [undefined, wrongFunction],
}

/** How many items are begun before the next result, for each call that runs. */
const AHEAD = 4

/** How the default key of an item begins that is not a string. */
const KEY = '{"item":'

/** Return the key of an item. No two items have the same one. */
function keyOf(item: unknown): unknown {
  if (typeof item === 'string' && !item.startsWith(KEY) && !wrongText(item)) return item
  const lost = lostOf(item, [])
  if (lost) throw misconfigured(`journal: key: is needed: the items contain ${lost}, which has no JSON`)
  return JSON.stringify({ item })
}

/** Return what a value contains that its JSON does not, if anything. */
function lostOf(value: unknown, parents: readonly object[]): string | undefined {
  if (typeof value === 'string' || typeof value === 'boolean' || value === null) return undefined
  if (typeof value === 'number') return Number.isFinite(value) ? undefined : String(value)
  if (typeof value !== 'object') return typeof value
  if (parents.includes(value)) return 'an object that contains itself'
  const within = [...parents, value]
  const { toJSON } = value as { toJSON?: unknown }
  if (typeof toJSON === 'function') return lostOf(toJSON.call(value, ''), within)
  // Not by `entries`, which leaves out gaps.
  if (Array.isArray(value)) return Array.from(value, (one) => lostOf(one, within)).find(Boolean)
  const parent = Object.getPrototypeOf(value)
  // Objects of a class may have what is private, and those of another realm have another prototype.
  const isPlain = parent === null || Object.getPrototypeOf(parent) === null
  if (!isPlain) return tagOf(value) === 'Object' ? 'an object of a class' : tagOf(value)
  return Object.values(value)
    .map((one) => (one === undefined ? undefined : lostOf(one, within)))
    .find(Boolean)
}

/** The journal of a run. */
class Keys<Item> {
  readonly #path: string
  readonly #name: string
  readonly #key: (item: Item) => unknown
  #native: NativeJournal | undefined

  constructor(given: string | JournalOptions<Item>) {
    const options = typeof given === 'string' ? { path: given } : given
    convert(options as JournalOptions<unknown>, JOURNAL)
    const { path, name = 'map', key = keyOf } = ownOf(options)
    if (path === undefined) throw misconfigured('journal: path: is missing')
    this.#path = path
    this.#name = name
    this.#key = key
  }

  /** Open the file, or create it. */
  open(): void {
    this.#native = guard(() => new addon.Journal(this.#path, this.#name))
  }

  of(item: Item): string {
    const key = this.#key(item)
    if (typeof key !== 'string') throw misconfigured(`journal: key: must return a string, not ${kindOf(key)}`)
    // Another one could become the same text.
    if (wrongText(key)) throw misconfigured('journal: key: must return text without half of a surrogate pair')
    return key
  }

  has(key: string): boolean {
    return this.#native?.contains(key) ?? false
  }

  add(key: string): void {
    guard(() => this.#native?.add(key))
  }

  close(): void {
    const native = this.#native
    this.#native = undefined
    guard(() => native?.close())
  }
}

/** A task of a run. */
interface Task<Item> {
  readonly turn: number
  readonly index: number
  readonly item: Item
  readonly key: string | undefined
}

/** The calls of a run. */
class Run<Item, Value> {
  readonly results = new Map<number, MapResult<Item, Value>>()
  running: number
  skipped = 0
  failed: { readonly error: unknown } | undefined
  readonly #items: AsyncIterator<Item> | Iterator<Item>
  readonly #call: (item: Item, context: MapContext) => PromiseLike<Value> | Value
  readonly #keys: Keys<Item> | undefined
  readonly #controller = new AbortController()
  readonly #workers: readonly Promise<void>[]
  readonly #waiting: (() => void)[] = []
  /** Those that wait for an item. */
  readonly #idle = new Set<() => void>()
  #room: number
  #begun = 0
  #index = -1
  #taking: Promise<unknown> = Promise.resolve()
  /** Whether the next item is awaited, and whether there is one. */
  #isAsking = false
  #hasEnded = false
  #closed: Promise<void> | undefined
  #change: (() => void) | undefined
  #changed = false

  constructor(
    items: Iterable<Item> | AsyncIterable<Item>,
    call: (item: Item, context: MapContext) => PromiseLike<Value> | Value,
    keys: Keys<Item> | undefined,
    concurrency: number,
  ) {
    this.#items =
      Symbol.asyncIterator in items ? items[Symbol.asyncIterator]() : (items as Iterable<Item>)[Symbol.iterator]()
    this.#call = call
    this.#keys = keys
    this.#room = AHEAD * concurrency
    this.running = concurrency
    this.#workers = Array.from({ length: concurrency }, () => this.#work())
  }

  /** Wait for a result, or for the end. */
  async change(): Promise<void> {
    if (!this.#changed) {
      await new Promise<void>((resolve) => {
        this.#change = resolve
      })
    }
    this.#changed = false
  }

  /** A result was returned: there is room for another. */
  returned(): void {
    const next = this.#waiting.shift()
    if (next) next()
    else this.#room += 1
  }

  /** Abort the calls that run, wait for their end, and close the items. */
  close(reason: unknown): Promise<void> {
    this.#closed ??= this.#close(reason)
    return this.#closed
  }

  async #close(reason: unknown): Promise<void> {
    this.failed ??= { error: reason }
    this.#controller.abort(reason)
    for (const wake of this.#waiting.splice(0)) wake()
    for (const stop of this.#idle) stop()
    await Promise.allSettled(this.#workers)
    if (this.#hasEnded) return
    const closed = this.#items.return?.()
    // The next item may never come, and what closes the items would wait for it.
    if (this.#isAsking) Promise.resolve(closed).catch(() => undefined)
    else await closed
  }

  #tell(): void {
    this.#changed = true
    this.#change?.()
    this.#change = undefined
  }

  async #work(): Promise<void> {
    try {
      while (this.failed === undefined) {
        if (this.#room > 0) this.#room -= 1
        else {
          await new Promise<void>((resolve) => {
            this.#waiting.push(resolve)
          })
        }
        if (this.failed !== undefined) return
        const task = await this.#next()
        // The run may have ended meanwhile.
        if (task === undefined || this.failed !== undefined) return
        this.results.set(task.turn, await this.#result(task))
        this.#tell()
      }
    } catch (error) {
      // Of the items, or of the journal's keys.
      this.failed ??= { error }
    } finally {
      this.running -= 1
      // Those that wait for room find no items either.
      for (const wake of this.#waiting.splice(0)) wake()
      this.#tell()
    }
  }

  /** Wait for a task, until the run ends. */
  #next(): Promise<Task<Item> | undefined> {
    return new Promise((resolve, reject) => {
      // Not `Promise.race`, which would keep each item until the end of the run.
      const stop = () => resolve(undefined)
      this.#idle.add(stop)
      const taking = this.#taking.then(() => this.#take())
      this.#taking = taking.then(
        (task) => {
          this.#idle.delete(stop)
          resolve(task)
        },
        (error) => {
          this.#idle.delete(stop)
          reject(error)
        },
      )
    })
  }

  async #item(): Promise<IteratorResult<Item>> {
    this.#isAsking = true
    // What fails has ended.
    let hasEnded = true
    try {
      const next = await this.#items.next()
      hasEnded = next.done === true
      return next
    } finally {
      this.#hasEnded = hasEnded
      this.#isAsking = false
    }
  }

  async #take(): Promise<Task<Item> | undefined> {
    while (this.failed === undefined) {
      const next = await this.#item()
      // The run may have ended meanwhile.
      if (next.done || this.failed !== undefined) return undefined
      this.#index += 1
      const item = next.value
      const key = this.#keys?.of(item)
      if (key !== undefined && this.#keys?.has(key)) {
        this.skipped += 1
        continue
      }
      this.#begun += 1
      return { turn: this.#begun - 1, index: this.#index, item, key }
    }
    return undefined
  }

  async #result({ index, item, key }: Task<Item>): Promise<MapResult<Item, Value>> {
    try {
      const value = await runItem(() => this.#call(item, { signal: this.#controller.signal }))
      if (key !== undefined) this.#keys?.add(key)
      return { item, index, value }
    } catch (error) {
      return { item, index, error: error instanceof Error ? error : new Error(String(error), { cause: error }) }
    }
  }
}

/** Make a call for each item. */
export function mapItems<Item, Value>(
  items: Iterable<Item> | AsyncIterable<Item>,
  call: (item: Item, context: MapContext) => PromiseLike<Value> | Value,
  options: MapOptions<Item>,
): AsyncGenerator<MapResult<Item, Value>, void, undefined> {
  convert(options as MapOptions<unknown>, OPTIONS)
  const wrong = wrongFunction(call)
  if (wrong) throw misconfigured(`the second argument ${wrong}`)
  if (typeof items !== 'object' || items === null || !(Symbol.iterator in items || Symbol.asyncIterator in items)) {
    throw misconfigured(`the items must be iterable, not ${kindOf(items)}`)
  }
  const { journal } = ownOf(options)
  // Opened by the run: an iterator that is never used would not close it.
  return results(items, call, ownOf(options), journal === undefined ? undefined : new Keys(journal))
}

async function* results<Item, Value>(
  items: Iterable<Item> | AsyncIterable<Item>,
  call: (item: Item, context: MapContext) => PromiseLike<Value> | Value,
  options: MapOptions<Item>,
  keys: Keys<Item> | undefined,
): AsyncGenerator<MapResult<Item, Value>, void, undefined> {
  const { concurrency = 16, ordered = true, stopOnError = false, onProgress, signal } = options
  signal?.throwIfAborted()
  let run: Run<Item, Value> | undefined
  // What fails in it is thrown below.
  const abort = () => void run?.close(signal?.reason).catch(() => undefined)
  let [done, failed, next, hasThrown] = [0, 0, 0, false]
  try {
    keys?.open()
    run = new Run(items, call, keys, concurrency)
    signal?.addEventListener('abort', abort, { once: true })
    for (;;) {
      const ended = run.running === 0
      for (;;) {
        signal?.throwIfAborted()
        const turn = ordered ? next : run.results.keys().next().value
        const result = turn === undefined ? undefined : run.results.get(turn)
        if (turn === undefined || result === undefined) break
        run.results.delete(turn)
        next += 1
        run.returned()
        if (result.error) failed += 1
        else done += 1
        onProgress?.({ done, failed, skipped: run.skipped })
        if (stopOnError && result.error) throw result.error
        yield result
      }
      signal?.throwIfAborted()
      if (run.failed) throw run.failed.error
      if (ended) return
      await run.change()
    }
  } catch (error) {
    hasThrown = true
    throw error
  } finally {
    signal?.removeEventListener('abort', abort)
    await end(run, keys, hasThrown)
  }
}

/** End a run, and close its journal. An error of the run itself is more important than one of the end. */
async function end<Item, Value>(
  run: Run<Item, Value> | undefined,
  keys: Keys<Item> | undefined,
  hasThrown: boolean,
): Promise<void> {
  try {
    await run?.close(new DOMException('the run is over', 'AbortError'))
  } catch (error) {
    if (!hasThrown) throw error
  } finally {
    keys?.close()
  }
}
