// The token callback of a client: called once at a time, and never by a call that it makes itself.

import { AsyncLocalStorage } from 'node:async_hooks'
import { misconfigured } from './refused'

/** Returns a management token. */
export type TokenCallback = () => string | Promise<string>

interface Run {
  readonly callback: unknown
  readonly outer: Run | undefined
  over: boolean
}

const within = new AsyncLocalStorage<Run>()

/** Refuse a call that its own token callback makes, which would wait for itself. */
export function refuseWithin(callback: unknown): void {
  for (let run = within.getStore(); run !== undefined; run = run.outer) {
    if (run.callback === callback && !run.over) {
      throw misconfigured('the token callback calls the client that waits for its token: let it use another client')
    }
  }
}

/** The callback, called once at a time. Calls that need a token meanwhile wait for the same result. */
export function onceAtATime(callback: TokenCallback): () => Promise<unknown> {
  let pending: Promise<unknown> | undefined
  return () => {
    pending ??= ask(callback).finally(() => {
      pending = undefined
    })
    return pending
  }
}

async function ask(callback: TokenCallback): Promise<unknown> {
  const run: Run = { callback, outer: within.getStore(), over: false }
  try {
    return await within.run(run, callback)
  } finally {
    run.over = true
  }
}
