// A call for each item, several at a time.

import { type Check, convert, kindOf, type Options, ownOf, wrongFunction, wrongObject, wrongText } from './checks'
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
  /** Returns the key of an item. Defaults to the item itself if it is a string, else to its JSON. */
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

/** How many results wait for an earlier one, for each call that runs. */
const AHEAD = 4

/** The journal of a run. */
class Keys<Item> {
  readonly #native: NativeJournal
  readonly #key: ((item: Item) => string) | undefined

  constructor(given: string | JournalOptions<Item>) {
    const options = typeof given === 'string' ? { path: given } : given
    convert(options as JournalOptions<unknown>, JOURNAL)
    const { path, name = 'map', key } = ownOf(options)
    if (path === undefined) throw misconfigured('journal: path: is missing')
    this.#native = guard(() => new addon.Journal(path, name))
    this.#key = key
  }

  of(item: Item): string {
    const key: unknown = this.#key ? this.#key(item) : typeof item === 'string' ? item : JSON.stringify({ item })
    if (typeof key === 'string') return key
    throw misconfigured(`journal: key: must return a string, not ${kindOf(key)}`)
  }

  has(key: string): boolean {
    return this.#native.contains(key)
  }

  add(key: string): void {
    guard(() => this.#native.add(key))
  }

  close(): void {
    this.#native.close()
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
  #room: number
  #begun = 0
  #index = -1
  #taking: Promise<unknown> = Promise.resolve()
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

  /** Abort the calls that run, and wait for their end. */
  async close(reason: unknown): Promise<void> {
    this.failed ??= { error: reason }
    this.#controller.abort(reason)
    for (const wake of this.#waiting.splice(0)) wake()
    await Promise.allSettled(this.#workers)
    if (this.#index >= 0) await this.#items.return?.()
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
        const taking = this.#taking.then(() => this.#take())
        this.#taking = taking.catch(() => undefined)
        const task = await taking
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

  async #take(): Promise<Task<Item> | undefined> {
    while (this.failed === undefined) {
      const next = await this.#items.next()
      if (next.done) return undefined
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
      const value = await this.#call(item, { signal: this.#controller.signal })
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
  const run = new Run<Item, Value>(items, call, keys, concurrency)
  const abort = () => void run.close(signal?.reason)
  signal?.addEventListener('abort', abort, { once: true })
  let [done, failed, next] = [0, 0, 0]
  try {
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
  } finally {
    signal?.removeEventListener('abort', abort)
    await run.close(new DOMException('the run is over', 'AbortError'))
    keys?.close()
  }
}
