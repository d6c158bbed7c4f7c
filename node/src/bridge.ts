// Calls running, and the outcomes that the addon delivers for them.

import { addon, Kind, type NativeBridge } from './native'
import type { CallSpan } from './trace'

/** How a call ended, before it is made a value or an error. */
export interface Outcome {
  readonly kind: number
  /** JSON, or the tagged failure. */
  readonly text: string
  /** The cursor of the following page, or the body of a raw response. */
  readonly extra: unknown
}

type Settle = (outcome: Outcome) => void

/** What goes with a call, for what is said of it on its way. */
export interface Companion {
  /** Calls code of the user in the async context of the call; absent where nobody listened when it began. */
  readonly inContext?: (<Result>(act: () => Result) => Result) | undefined
  readonly span?: CallSpan | undefined
}

const waiting = new Map<number, Settle>()
/** What goes with the calls. It stays until the addon is done with a call, which may be after the call was aborted. */
const companions = new Map<number, Companion>()
const providers = new Map<number, (id: number) => void>()
const observers = new Map<number, (seen: string, companion: Companion | undefined) => void>()
const reporters = new Map<number, (progress: string) => void>()
let lastId = 0
let lastNumber = 0

/** Deliver all outcomes and reports of calls, even if one of them throws. */
function deliver(outcomes: readonly unknown[]): void {
  const thrown: unknown[] = []
  for (let at = 0; at < outcomes.length; at += 4) {
    const id = outcomes[at] as number
    try {
      handOn(id, { kind: outcomes[at + 1] as number, text: outcomes[at + 2] as string, extra: outcomes[at + 3] })
    } catch (error) {
      thrown.push(error)
    }
  }
  if (thrown.length > 0) throw thrown[0]
}

function handOn(id: number, outcome: Outcome): void {
  if (outcome.kind === Kind.tokenWanted) {
    // In place of the text stands the call that asks.
    const companion = companions.get(outcome.text as unknown as number)
    const ask = () => providers.get(outcome.extra as number)?.(id)
    if (companion?.inContext) companion.inContext(ask)
    else ask()
    return
  }
  if (outcome.kind === Kind.observed) {
    observers.get(id)?.(outcome.text, companions.get(outcome.extra as number))
    return
  }
  if (outcome.kind === Kind.progress) {
    reporters.get(id)?.(outcome.text)
    return
  }
  companions.delete(id)
  const settle = waiting.get(id)
  // None for a call that was aborted.
  if (settle === undefined) return
  forget(id)
  settle(outcome)
}

/**
 * The bridge of this environment. It costs nothing until the first call. The native side keeps `deliver` only while calls are running, so
 * that a module that nobody needs is collected; so it is kept here.
 */
export const bridge: NativeBridge = Object.assign(new addon.Bridge(deliver), { deliver })

function forget(id: number): void {
  reporters.delete(id)
  if (waiting.delete(id) && waiting.size === 0) bridge.release()
}

/** A number for a new call. */
function newId(): number {
  do {
    lastId = (lastId + 1) >>> 0
  } while (waiting.has(lastId) || companions.has(lastId))
  return lastId
}

/** Start work under a new id and wait for its outcome. */
export function run(start: (id: number) => void, companion?: Companion): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const id = newId()
    begin(id, resolve, companion)
    try {
      start(id)
    } catch (error) {
      companions.delete(id)
      forget(id)
      reject(error)
    }
  })
}

// One listener for each signal, however many calls it can give up.
const given = new WeakMap<AbortSignal, GivenUpBy>()

class GivenUpBy {
  readonly #signal: AbortSignal
  readonly #calls = new Map<number, (reason: unknown) => void>()

  constructor(signal: AbortSignal) {
    this.#signal = signal
    signal.addEventListener('abort', this)
    given.set(signal, this)
  }

  add(id: number, giveUp: (reason: unknown) => void): void {
    this.#calls.set(id, giveUp)
  }

  /** The call has ended; with the last one goes the listener. */
  remove(id: number): void {
    if (this.#calls.delete(id) && this.#calls.size === 0) this.#leave()
  }

  handleEvent(): void {
    this.#leave()
    for (const [id, giveUp] of this.#calls) {
      forget(id)
      bridge.abort(id)
      giveUp(this.#signal.reason)
    }
  }

  #leave(): void {
    this.#signal.removeEventListener('abort', this)
    given.delete(this.#signal)
  }
}

/** Start work that `signal` can give up: the request is dropped at once. */
export function runAbortable(
  signal: AbortSignal,
  start: (id: number) => void,
  companion?: Companion,
): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(signal.reason)
      return
    }
    const id = newId()
    const calls = given.get(signal) ?? new GivenUpBy(signal)
    calls.add(id, reject)
    const settle = (outcome: Outcome) => {
      calls.remove(id)
      resolve(outcome)
    }
    begin(id, settle, companion)
    try {
      start(id)
    } catch (error) {
      companions.delete(id)
      forget(id)
      calls.remove(id)
      reject(error)
    }
  })
}

function begin(id: number, settle: Settle, companion: Companion | undefined): void {
  if (companion) companions.set(id, companion)
  // While calls are running the process stays alive.
  if (waiting.size === 0) bridge.hold()
  waiting.set(id, settle)
}

/** Call `report` with the progress of a job, until it has ended. */
export function reportTo(id: number, report: (progress: string) => void): void {
  reporters.set(id, report)
}

/** Return a number for a token callback or an observer. */
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
export function observe(observer: number, tell: (seen: string, companion: Companion | undefined) => void): void {
  observers.set(observer, tell)
}

/** Remove an observer. */
export function unobserve(observer: number): void {
  observers.delete(observer)
}
