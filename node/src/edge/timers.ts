// The timers of the core.

/** The longest time that `setTimeout` takes, 24 days. */
const LONGEST = 2 ** 31 - 1

/** Runs timers, by id. */
export class Timers {
  readonly #fire: (id: number) => void
  readonly #running = new Map<number, ReturnType<typeof setTimeout>>()

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
    this.#running.set(id, setTimeout(wait, now))
  }

  clear(id: number): void {
    clearTimeout(this.#running.get(id))
    this.#running.delete(id)
  }

  end(): void {
    for (const id of [...this.#running.keys()]) this.clear(id)
  }
}
