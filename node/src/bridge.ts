// Running calls, and the outcomes that the addon delivers for them.

import { addon, Kind, type NativeBridge } from './native'
import type { CallSpan } from './trace'

/** The outcome of a call, before it becomes a value or an error. */
export interface Outcome {
  readonly kind: number
  /** JSON, or a tagged failure. See `takeText`. */
  text: string
  /** The cursor of the next page, or the body of a raw response. See `takeExtra`. */
  extra: unknown
}

/**
 * Take the text of an outcome, and leave it empty. Otherwise the text would live too long: the promise of a call is often in V8's old
 * generation when the outcome arrives, and keeps what it refers to until the next full garbage collection, even if it is unreachable.
 */
export function takeText(outcome: Outcome): string {
  const { text } = outcome
  outcome.text = ''
  return text
}

/** Take what an outcome has beside its text, for the same reason. */
export function takeExtra(outcome: Outcome): unknown {
  const { extra } = outcome
  outcome.extra = undefined
  return extra
}

type Settle = (outcome: Outcome) => void

/** The async context and the span of a running call. */
export interface CallScope {
  /** Runs code of the user in the async context of the call. Undefined if there was no such code when the call began. */
  readonly inContext?: (<Result>(act: () => Result) => Result) | undefined
  readonly span?: CallSpan | undefined
}

const waiting = new Map<number, Settle>()
/** The scopes of calls. A scope is kept until the addon has ended its call, which may be after the call was aborted. */
const scopes = new Map<number, CallScope>()
const providers = new Map<number, (id: number) => void>()
const observers = new Map<number, (seen: string, scope: CallScope | undefined) => void>()
const reporters = new Map<number, (progress: string) => void>()
let lastId = 0
let lastNumber = 0

/** Deliver all outcomes and reports of calls, even if one of them throws. */
function deliver(outcomes: readonly unknown[]): void {
  const thrown: unknown[] = []
  for (let at = 0; at < outcomes.length; at += 4) {
    const id = outcomes[at] as number
    try {
      dispatch(id, { kind: outcomes[at + 1] as number, text: outcomes[at + 2] as string, extra: outcomes[at + 3] })
    } catch (error) {
      thrown.push(error)
    }
  }
  if (thrown.length > 0) throw thrown[0]
}

function dispatch(id: number, outcome: Outcome): void {
  if (outcome.kind === Kind.tokenWanted) {
    // The text is the id of the call that asks.
    const scope = scopes.get(outcome.text as unknown as number)
    const ask = () => providers.get(outcome.extra as number)?.(id)
    if (scope?.inContext) scope.inContext(ask)
    else ask()
    return
  }
  if (outcome.kind === Kind.observed) {
    observers.get(id)?.(outcome.text, scopes.get(outcome.extra as number))
    return
  }
  if (outcome.kind === Kind.progress) {
    reporters.get(id)?.(outcome.text)
    return
  }
  scopes.delete(id)
  const settle = waiting.get(id)
  // Undefined if the call was aborted.
  if (settle === undefined) return
  forget(id)
  settle(outcome)
}

/**
 * The bridge of this environment. It costs nothing before the first call. The native side references `deliver` only while calls are
 * running, so that an unused module is collected. This object references it for the rest of the time.
 */
export const bridge: NativeBridge = Object.assign(new addon.Bridge(deliver), { deliver })

function forget(id: number): void {
  reporters.delete(id)
  if (waiting.delete(id) && waiting.size === 0) bridge.release()
}

/** Return an id for a new call. */
function newId(): number {
  do {
    lastId = (lastId + 1) >>> 0
  } while (waiting.has(lastId) || scopes.has(lastId))
  return lastId
}

/** Start work with a new id, and wait for its outcome. */
export function run(start: (id: number) => void, scope?: CallScope): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const id = newId()
    begin(id, resolve, scope)
    try {
      start(id)
    } catch (error) {
      scopes.delete(id)
      forget(id)
      reject(error)
    }
  })
}

// One listener for each signal, for all calls that the signal can abort.
const listeners = new WeakMap<AbortSignal, AbortListener>()

class AbortListener {
  readonly #signal: AbortSignal
  readonly #calls = new Map<number, (reason: unknown) => void>()

  constructor(signal: AbortSignal) {
    this.#signal = signal
    signal.addEventListener('abort', this)
    listeners.set(signal, this)
  }

  add(id: number, reject: (reason: unknown) => void): void {
    this.#calls.set(id, reject)
  }

  /** Remove a call that has ended. After the last one, the listener is removed from the signal. */
  remove(id: number): void {
    if (this.#calls.delete(id) && this.#calls.size === 0) this.#detach()
  }

  handleEvent(): void {
    this.#detach()
    for (const [id, reject] of this.#calls) {
      forget(id)
      bridge.abort(id)
      reject(this.#signal.reason)
    }
  }

  #detach(): void {
    this.#signal.removeEventListener('abort', this)
    listeners.delete(this.#signal)
  }
}

/** Start work that `signal` can abort: the request is dropped at once. */
export function runAbortable(signal: AbortSignal, start: (id: number) => void, scope?: CallScope): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(signal.reason)
      return
    }
    const id = newId()
    const calls = listeners.get(signal) ?? new AbortListener(signal)
    calls.add(id, reject)
    const settle = (outcome: Outcome) => {
      calls.remove(id)
      resolve(outcome)
    }
    begin(id, settle, scope)
    try {
      start(id)
    } catch (error) {
      scopes.delete(id)
      forget(id)
      calls.remove(id)
      reject(error)
    }
  })
}

function begin(id: number, settle: Settle, scope: CallScope | undefined): void {
  if (scope) scopes.set(id, scope)
  // Running calls keep the process alive.
  if (waiting.size === 0) bridge.hold()
  waiting.set(id, settle)
}

/** Call `report` with the progress of a job, until it has ended. */
export function reportTo(id: number, report: (progress: string) => void): void {
  reporters.set(id, report)
}

/** Return a new number for a token callback or an observer. */
export function newNumber(): number {
  lastNumber += 1
  return lastNumber
}

/** Register a token callback under its number. */
export function provide(provider: number, answer: (id: number) => void): void {
  providers.set(provider, answer)
}

/** Remove a token callback. */
export function withdraw(provider: number): void {
  providers.delete(provider)
}

/** Register an observer under its number. */
export function observe(observer: number, report: (seen: string, scope: CallScope | undefined) => void): void {
  observers.set(observer, report)
}

/** Remove an observer. */
export function unobserve(observer: number): void {
  observers.delete(observer)
}
