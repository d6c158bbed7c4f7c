// Lists as tables of Arrow and as lines of JSON. A file of its own, which is loaded when it is first used.
import { Readable } from 'node:stream'
import { LISTS, MODELS, TAGS } from './columns'
import type { ArrowTable, ExportOptions, TableOptions } from './list'

type Item = Readonly<Record<string, unknown>>
type Page = Readonly<Record<string, readonly unknown[]>>

/** The list that is read. The rest of the package is not in this file. */
export interface Source {
  readonly operation: string
  /** Field of the page with the items. */
  readonly items: string
  readonly pages: (signal: AbortSignal) => AsyncIterable<Page>
  /** Runs in the async context in which the list was made. */
  readonly within: <Result>(act: () => Result) => Result
  readonly refused: (operation: string, field: string, reason: string) => Error
  readonly misconfigured: (message: string) => Error
}

/** What the values of a column are. */
type Kind =
  | { readonly is: 's' | 'i' | 'f' | 'b' | 't' | 'j' }
  | { readonly is: 'struct'; readonly fields: readonly Column[] }
  | { readonly is: 'list'; readonly item: Kind; readonly of: 'list' | 'values' | 'entries'; readonly nullable: boolean }

interface Column {
  readonly name: string
  readonly kind: Kind
}

/** A column of a table: from the item, or from what is exploded. */
interface TableColumn extends Column {
  readonly of: (item: Item, inner: unknown) => unknown
}

// biome-ignore lint/suspicious/noExplicitAny: the types of a library that need not be installed.
type Arrow = any

/** Rows of a batch, and how many values its lists may have, roughly. */
const BATCH_ROWS = 10_000
const BATCH_VALUES = 100_000

/** Stream the items as lines of JSON. */
export function ndjson(source: Source, options: ExportOptions): Readable {
  const limit = limitOf(source, options, ['limit'])
  return streamed(source, async function* (signal) {
    for await (const items of pagesOf(source, limit, signal)) {
      if (items.length > 0) yield Buffer.from(items.map((item) => `${JSON.stringify(item)}\n`).join(''))
    }
  })
}

/** Read the list into a table. */
export async function arrowTable(source: Source, options: TableOptions): Promise<ArrowTable> {
  const limit = limitOf(source, options, ['limit', 'explode'])
  const layout = layoutOf(source, options.explode)
  const arrow = await load(source, 'toArrow')
  const schema = schemaOf(arrow, layout.columns)
  const batches: unknown[] = []
  const { signal } = new AbortController()
  for await (const some of rowsOf(source, layout, limit, signal)) batches.push(batchOf(arrow, schema, layout, some))
  return new arrow.Table(schema, batches)
}

/** Stream the table as Arrow writes it. */
export function arrowStream(source: Source, options: TableOptions): Readable {
  const limit = limitOf(source, options, ['limit', 'explode'])
  const layout = layoutOf(source, options.explode)
  return streamed(source, async function* (signal) {
    const arrow = await load(source, 'toArrowStream')
    const schema = schemaOf(arrow, layout.columns)
    // What is written first are the columns, and last is the end.
    const empty: Uint8Array = arrow.tableToIPC(new arrow.Table(schema), 'stream')
    const end = empty.subarray(-END)
    const start = empty.subarray(0, -END)
    yield start
    for await (const some of rowsOf(source, layout, limit, signal)) {
      const batch = batchOf(arrow, schema, layout, some)
      const written: Uint8Array = arrow.tableToIPC(new arrow.Table(schema, [batch]), 'stream')
      yield written.subarray(start.length, -END)
    }
    yield end
  })
}

/** Bytes at the end of a stream: a marker and the length 0. */
const END = 8

/** Check options, and return the limit. */
function limitOf(source: Source, options: TableOptions, known: readonly string[]): number {
  if (typeof options !== 'object' || options === null) throw source.refused(source.operation, '', 'must be an object')
  for (const name of Object.keys(options)) {
    if (!known.includes(name))
      throw source.refused(source.operation, name, `is unknown; known are ${known.join(' and ')}`)
  }
  const { limit = Number.POSITIVE_INFINITY } = options
  if (limit !== Number.POSITIVE_INFINITY && !(Number.isInteger(limit) && limit >= 0)) {
    throw source.refused(source.operation, 'limit', 'must be a whole number, 0 or more')
  }
  return limit
}

/** Read the items page by page. */
async function* pagesOf(source: Source, limit: number, signal: AbortSignal): AsyncGenerator<readonly unknown[]> {
  let left = limit
  if (left === 0) return
  for await (const page of source.pages(signal)) {
    const items = (page[source.items] ?? []).slice(0, left)
    left -= items.length
    yield items
    if (left === 0) return
  }
}

/** A stream of what a generator yields, which is pulled as the stream is read. */
function streamed(source: Source, make: (signal: AbortSignal) => AsyncGenerator<Uint8Array>): Readable {
  const ended = new AbortController()
  const pieces = make(ended.signal)
  return new Readable({
    // The next piece is made when one is taken. Else small pages would be read far ahead.
    highWaterMark: 1,
    read() {
      source
        .within(() => pieces.next())
        .then(
          ({ done, value }) => this.push(done ? null : value),
          (error: unknown) => this.destroy(error as Error),
        )
    },
    destroy(error, done) {
      ended.abort()
      done(error)
    },
  })
}

async function load(source: Source, method: string): Promise<Arrow> {
  try {
    return await import('apache-arrow')
  } catch (error) {
    try {
      // Jest cannot import.
      return require('apache-arrow')
    } catch (second) {
      if ((second as NodeJS.ErrnoException).code !== 'MODULE_NOT_FOUND') throw error
      const message = `${method} needs apache-arrow, which is not installed: npm install apache-arrow`
      throw Object.assign(source.misconfigured(message), { cause: error })
    }
  }
}

/** The columns of a table, and what it is made of. */
interface Layout {
  readonly columns: readonly TableColumn[]
  /** The field with the shape of a union. */
  readonly tag: string | undefined
  readonly lists: readonly string[]
  readonly exploded: { readonly name: string; readonly kind: Kind & { is: 'list' } } | undefined
}

function layoutOf(source: Source, explode: string | undefined): Layout {
  const model = LISTS[source.operation] as string
  const fields = fieldsOf(model)
  const lists = fields.filter(({ kind }) => kind.is === 'list').map(({ name }) => name)
  const shared = { tag: TAGS[model], lists }
  const own = ({ name, kind }: Column): TableColumn => ({ name, kind, of: (item) => item[name] })
  if (explode === undefined) return { ...shared, columns: fields.map(own), exploded: undefined }
  const found = fields.find(({ name }) => name === explode)
  if (found?.kind.is !== 'list') throw notExploded(source, String(explode), lists)
  const { name, kind } = found
  const inner: TableColumn[] =
    kind.item.is === 'struct'
      ? kind.item.fields.map((field) => ({
          name: `${name}_${field.name}`,
          kind: field.kind,
          of: (_, value) => (value as Item | null)?.[field.name],
        }))
      : [{ name, kind: kind.item, of: (_, value) => value }]
  const columns = fields.flatMap((field) => (field === found ? inner : [own(field)]))
  return { ...shared, columns, exploded: { name, kind } }
}

function notExploded(source: Source, name: string, lists: readonly string[]): Error {
  const close = lists.find((one) => one.startsWith(name) || name.startsWith(one) || differInOne(one, name))
  const guess = close === undefined || name === '' ? '' : `; did you mean \`${close}\`?`
  const reason =
    lists.length === 0
      ? 'this list has no columns that are lists'
      : `must be a column that is a list: ${lists.join(', ')}${guess}`
  return source.refused(source.operation, 'explode', reason)
}

/** Whether one letter was mistyped or two were swapped. */
function differInOne(one: string, other: string): boolean {
  const wrong = [...one].filter((letter, at) => letter !== other[at])
  return one.length === other.length && wrong.length <= 2
}

const parsed = new Map<string, readonly Column[]>()

/** The fields of a model. */
function fieldsOf(model: string): readonly Column[] {
  let fields = parsed.get(model)
  if (fields === undefined) {
    fields = (MODELS[model] as string).split(',').map((field) => {
      const [name, kind] = field.split(':') as [string, string]
      return { name, kind: kindOf(kind) }
    })
    parsed.set(model, fields)
  }
  return fields
}

function kindOf(text: string): Kind {
  if (text.length === 1) return { is: text as 's' }
  const nullable = text.endsWith('?')
  const inner = text.slice(1, nullable ? -2 : -1)
  if (text.startsWith('[')) return { is: 'list', item: kindOf(inner), of: 'list', nullable }
  if (text.startsWith('<+')) {
    const value = kindOf(inner.slice(1))
    const key: Column = { name: 'key', kind: { is: 's' } }
    const fields = value.is === 'struct' ? value.fields : [{ name: 'value', kind: value }]
    return { is: 'list', item: { is: 'struct', fields: [key, ...fields] }, of: 'entries', nullable }
  }
  if (text.startsWith('<')) return { is: 'list', item: kindOf(inner), of: 'values', nullable }
  return { is: 'struct', fields: fieldsOf(text) }
}

/** The items of a list or a map; null for none. */
function listed(kind: Kind & { is: 'list' }, value: unknown): readonly unknown[] | null {
  if (typeof value !== 'object' || value === null) return kind.nullable ? null : []
  if (kind.of === 'list') return Array.isArray(value) ? value : []
  if (kind.of === 'values') return Object.values(value)
  const structs = kind.item.is === 'struct' && kind.item.fields[1]?.name !== 'value'
  return Object.entries(value).map(([key, one]) => (structs ? { ...(one as object), key } : { key, value: one }))
}

interface Rows {
  readonly items: Item[]
  readonly inner: unknown[]
}

/** Read the rows of one batch after the other. */
async function* rowsOf(source: Source, layout: Layout, limit: number, signal: AbortSignal): AsyncGenerator<Rows> {
  let rows: Rows = { items: [], inner: [] }
  let values = 0
  for await (const page of pagesOf(source, limit, signal)) {
    for (const one of page) {
      const item = layout.tag === undefined ? (one as Item) : unionOf(one as Item, layout.tag)
      if (layout.exploded === undefined) {
        rows.items.push(item)
        for (const name of layout.lists) values += Object.keys(item[name] ?? []).length
      } else {
        for (const inner of listed(layout.exploded.kind, item[layout.exploded.name]) ?? []) {
          rows.items.push(item)
          rows.inner.push(inner)
        }
      }
      if (rows.items.length >= BATCH_ROWS || values >= BATCH_VALUES) {
        yield rows
        rows = { items: [], inner: [] }
        values = 0
      }
    }
  }
  if (rows.items.length > 0) yield rows
}

/** A value of a union, also if it does not match its shape. */
function unionOf(item: Item, tag: string): Item {
  const { kind, problem, raw } = item
  const malformed = item[tag] === 'malformed' && kind !== undefined && problem !== undefined && raw !== undefined
  return malformed ? { ...(raw as Item), [tag]: kind } : item
}

function schemaOf(arrow: Arrow, columns: readonly Column[]): Arrow {
  return new arrow.Schema(columns.map((column) => fieldOf(arrow, column)))
}

function fieldOf(arrow: Arrow, { name, kind }: Column): Arrow {
  return new arrow.Field(name, typeOf(arrow, kind), true)
}

function typeOf(arrow: Arrow, kind: Kind): Arrow {
  switch (kind.is) {
    case 'i':
      return new arrow.Int64()
    case 'f':
      return new arrow.Float64()
    case 'b':
      return new arrow.Bool()
    case 't':
      return new arrow.TimestampMicrosecond('UTC')
    case 'struct':
      return new arrow.Struct(kind.fields.map((field) => fieldOf(arrow, field)))
    case 'list':
      return new arrow.List(fieldOf(arrow, { name: 'item', kind: kind.item }))
    default:
      return new arrow.Utf8()
  }
}

function batchOf(arrow: Arrow, schema: Arrow, layout: Layout, { items, inner }: Rows): Arrow {
  const children = layout.columns.map(({ kind, of }) =>
    dataOf(
      arrow,
      kind,
      items.map((item, at) => of(item, inner[at])),
    ),
  )
  const type = new arrow.Struct(schema.fields)
  return new arrow.RecordBatch(schema, arrow.makeData({ type, length: items.length, nullCount: 0, children }))
}

/** The values of a column as Arrow keeps them. What does not have the type is null. */
function dataOf(arrow: Arrow, kind: Kind, values: readonly unknown[]): Arrow {
  const { length } = values
  const type = typeOf(arrow, kind)
  switch (kind.is) {
    case 'i': {
      const found = values.map((value) => (Number.isInteger(value) ? BigInt(value as number) : null))
      const data = BigInt64Array.from(found, (value) => value ?? 0n)
      return arrow.makeData({ type, length, data, ...presence(found) })
    }
    case 'f': {
      const found = values.map((value) => (typeof value === 'number' ? value : null))
      const data = Float64Array.from(found, (value) => value ?? 0)
      return arrow.makeData({ type, length, data, ...presence(found) })
    }
    case 'b': {
      const found = values.map((value) => (typeof value === 'boolean' ? value : null))
      const data = bits(found, (value) => value === true)
      return arrow.makeData({ type, length, data, ...presence(found) })
    }
    case 't': {
      const found = values.map(microseconds)
      const data = BigInt64Array.from(found, (value) => value ?? 0n)
      return arrow.makeData({ type, length, data, ...presence(found) })
    }
    case 'struct': {
      const found = values.map((value) => (typeof value === 'object' ? (value as Item | null) : null))
      const children = kind.fields.map((field) =>
        dataOf(
          arrow,
          field.kind,
          found.map((value) => value?.[field.name]),
        ),
      )
      return arrow.makeData({ type, length, children, ...presence(found) })
    }
    case 'list': {
      const found = values.map((value) => listed(kind, value))
      const valueOffsets = offsetsOf(found, (value) => value.length)
      const child = dataOf(
        arrow,
        kind.item,
        found.flatMap((value) => value ?? []),
      )
      return arrow.makeData({ type, length, valueOffsets, child, ...presence(found) })
    }
    default: {
      const found = values.map(kind.is === 's' ? textOf : jsonOf)
      const valueOffsets = offsetsOf(found, Buffer.byteLength)
      return arrow.makeData({ type, length, valueOffsets, data: Buffer.from(found.join('')), ...presence(found) })
    }
  }
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}

function jsonOf(value: unknown): string | null {
  return value === undefined || value === null ? null : JSON.stringify(value)
}

/** Microseconds since 1970, rounded. A `Date` has milliseconds. */
function microseconds(value: unknown): bigint | null {
  const [, seconds, digits = '', zone] =
    /^(.{19})(?:\.(\d{1,9}))?(.+)$/.exec(typeof value === 'string' ? value : '') ?? []
  const time = Date.parse(`${seconds}${zone}`)
  if (Number.isNaN(time)) return null
  return BigInt(time) * 1000n + BigInt(Math.floor((Number(digits.padEnd(9, '0')) + 500) / 1000))
}

/** Where each value ends. */
function offsetsOf<Value>(values: readonly (Value | null)[], size: (value: Value) => number): Int32Array {
  const offsets = new Int32Array(values.length + 1)
  let end = 0
  for (const [at, value] of values.entries()) {
    if (value !== null) end += size(value)
    offsets[at + 1] = end
  }
  return offsets
}

/** Which values are there. */
function presence(values: readonly unknown[]): { nullCount: number; nullBitmap?: Uint8Array } {
  const nullCount = values.reduce<number>((count, value) => (value === null ? count + 1 : count), 0)
  return nullCount === 0 ? { nullCount } : { nullCount, nullBitmap: bits(values, (value) => value !== null) }
}

function bits<Value>(values: readonly Value[], isSet: (value: Value) => boolean): Uint8Array {
  const found = new Uint8Array(((values.length + 63) >> 6) << 3)
  for (const [at, value] of values.entries()) {
    if (isSet(value)) found[at >> 3] = (found[at >> 3] as number) | (1 << (at & 7))
  }
  return found
}
