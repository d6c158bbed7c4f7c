// What is left when everything that nobody needs is collected.
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

setFlagsFromString('--expose-gc')

/** Collect what nobody needs. */
export const collect = runInNewContext('gc')

/** What the heap holds when nothing more of it can be freed. */
export async function heap() {
  let least = Number.POSITIVE_INFINITY
  for (let still = 0; still < 3; still += 1) {
    await new Promise((resolve) => setImmediate(resolve))
    collect()
    const { heapUsed } = process.memoryUsage()
    if (heapUsed < least) {
      least = heapUsed
      still = 0
    }
  }
  return least
}
