// Whether a call is one for an item of `client.map`: then waiting for its turn does not count against its timeout.

import { AsyncLocalStorage } from 'node:async_hooks'

interface MapItem {
  over: boolean
}

const items = new AsyncLocalStorage<MapItem>()
/** How many functions of runs are running. While there are none, no call looks at its async context. */
let running = 0

/** Run the function of a run for one item. */
export async function runItem<Value>(call: () => PromiseLike<Value> | Value): Promise<Value> {
  const item: MapItem = { over: false }
  running += 1
  try {
    return await items.run(item, call)
  } finally {
    running -= 1
    // What the function has started and left runs on in this context.
    item.over = true
  }
}

/** Return whether a call that begins now is one for an item of a run. */
export function inMap(): boolean {
  return running > 0 && items.getStore()?.over === false
}
