// The core as WebAssembly: one instance for the program, made when it is first needed, and what it calls.
import wasm from '#wasm'
import { Fetches } from './fetches'
import { Memory, type MemoryExports } from './memory'
import { Timers } from './timers'

interface Exports extends MemoryExports {
  start(): void
  call_function(
    name: number,
    nameLength: number,
    args: number,
    argsLength: number,
    body: number,
    bodyLength: number,
  ): bigint
  timer_fired(id: number): void
  responded(id: number, status: number, headers: number, length: number): void
  received(id: number, bytes: number, length: number): void
  ended(id: number): void
  failed(id: number, isConnect: number, reason: number, length: number): void
}

interface Platform {
  readonly Module: new (bytes: Uint8Array) => object
  readonly Instance: new (module: object, imports: object) => { readonly exports: unknown }
}

const { WebAssembly: platform } = globalThis as unknown as { readonly WebAssembly: Platform }

/** Receives an outcome: id, kind, text and an extra value. */
export type Report = (id: number, kind: number, text: unknown, extra: unknown) => void

const NO_BYTES = new Uint8Array()

/** An instance of the core. After it has failed, a new one takes its place. */
export class Instance {
  readonly #exports: Exports
  readonly #memory: Memory
  readonly #timers = new Timers((id) => this.#enter((core) => core.timer_fired(id)))
  readonly #fetches = new Fetches({
    responded: (id, status, headers) =>
      this.#enter((core) => core.responded(id, status, ...this.#memory.write(JSON.stringify(headers)))),
    received: (id, bytes) => this.#enter((core) => core.received(id, ...this.#memory.write(bytes))),
    ended: (id) => this.#enter((core) => core.ended(id)),
    failed: (id, isConnect, reason) =>
      this.#enter((core) => core.failed(id, isConnect ? 1 : 0, ...this.#memory.write(reason))),
  })
  readonly #broken: (reason: string) => void
  #panic: string | undefined
  #isBroken = false

  /** `report` receives outcomes; `broken` is called when this instance has failed, and all of its calls with it. */
  constructor(report: Report, broken: (reason: string) => void) {
    this.#broken = broken
    const module = typeof wasm === 'function' ? new platform.Module(wasm()) : wasm
    const host = {
      elapsed: () => performance.now(),
      timestamp: () => Date.now(),
      random: (place: number, length: number) => void crypto.getRandomValues(this.#memory.bytes(place, length)),
      set_timer: (id: number, milliseconds: number) => this.#timers.set(id, milliseconds),
      clear_timer: (id: number) => this.#timers.clear(id),
      fetch: (id: number, head: number, headLength: number, body: number, bodyLength: number) =>
        this.#fetches.start(
          id,
          JSON.parse(this.#memory.text(head, headLength)),
          body === 0 ? undefined : this.#memory.copy(body, bodyLength),
        ),
      read: (id: number) => this.#fetches.read(id),
      abort: (id: number) => this.#fetches.abort(id),
      deliver: (id: number, kind: number, a: number, text: number, b: number, c: number, extra: number, d: number) =>
        report(id, kind, this.#memory.value(a, text, b), this.#memory.value(c, extra, d)),
      panicked: (text: number, length: number) => {
        this.#panic = this.#memory.text(text, length)
      },
    }
    this.#exports = new platform.Instance(module, { host }).exports as Exports
    this.#memory = new Memory(this.#exports)
    this.#exports.start()
  }

  /** Call a function of the core. Throws a tagged failure. */
  call(name: string, args: readonly unknown[], body: Uint8Array = NO_BYTES): unknown {
    // What JavaScript throws here is the caller's mistake, and does not end the core.
    const written = JSON.stringify(args)
    this.#timers.fireLost()
    // Bytes that were transferred away are none.
    const returned = this.#function(name, written, body.length === 0 ? NO_BYTES : body)
    if (returned === undefined) throw new Error(`the core has failed: ${this.#panic ?? 'it trapped'}`)
    const [value, failure] = JSON.parse(returned) as [unknown, string?]
    if (failure !== undefined) throw new Error(failure)
    return value
  }

  /** Let the core forget what it has under a number, if it still runs. */
  forget(name: string, number: number): void {
    this.#function(name, `[${number}]`, NO_BYTES)
  }

  #function(name: string, args: string, body: Uint8Array): string | undefined {
    return this.#enter((core) => {
      const place = core.call_function(
        ...this.#memory.write(name),
        ...this.#memory.write(args),
        ...this.#memory.write(body),
      )
      return this.#memory.taken(place)
    })
  }

  /** Run code of the core. Returns undefined if it fails, or has failed before. */
  #enter<Result>(act: (core: Exports) => Result): Result | undefined {
    if (this.#isBroken) return undefined
    try {
      return act(this.#exports)
    } catch (error) {
      this.#isBroken = true
      this.#timers.end()
      this.#fetches.end()
      this.#panic ??= String(error)
      this.#broken(this.#panic)
      return undefined
    }
  }
}
