// The timers of the core.

/** The longest time that `setTimeout` takes, 24 days. */
const LONGEST = 2 ** 31 - 1

interface Running {
  readonly handle: ReturnType<typeof setTimeout>
  /** By `performance.now()`: nobody sets that clock. */
  readonly due: number
}

/** How late a timer is that will not fire, in milliseconds. */
const LOST = 1000

/** Runs timers, by id. */
export class Timers {
  readonly #fire: (id: number) => void
  readonly #running = new Map<number, Running>()
  /** When lost timers were looked for. */
  #looked = 0

  constructor(fire: (id: number) => void) {
    this.#fire = fire
  }

  set(id: number, milliseconds: number): void {
    const now = Math.min(Math.ceil(milliseconds), LONGEST)
    const wait = () => {
      if (milliseconds > LONGEST) {
        this.set(id, milliseconds - LONGEST)
        return
      }
      this.#running.delete(id)
      this.#fire(id)
    }
    this.#running.set(id, { handle: setTimeout(wait, now), due: performance.now() + milliseconds })
  }

  clear(id: number): void {
    clearTimeout(this.#running.get(id)?.handle)
    this.#running.delete(id)
  }

  /** Fire the timers that should have fired: Workers drop those of a request that they end. */
  fireLost(): void {
    const lost = performance.now() - LOST
    if (lost < this.#looked) return
    this.#looked = lost + LOST
    for (const [id, { due }] of this.#running) {
      if (due > lost) continue
      this.clear(id)
      this.#fire(id)
    }
  }

  end(): void {
    for (const id of [...this.#running.keys()]) this.clear(id)
  }
}
