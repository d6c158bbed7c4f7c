// `node:async_hooks`, as far as the package uses it.
import { builtin } from './builtin'

type Within = <Result>(act: () => Result) => Result

/** Keeps values for the code that a function calls, but not for what that code leaves for later: a runtime without async contexts. */
class SynchronousStorage<Value> {
  #value: Value | undefined

  static snapshot(): Within {
    return (act) => act()
  }

  getStore(): Value | undefined {
    return this.#value
  }

  run<Result>(value: Value, act: () => Result): Result {
    const before = this.#value
    this.#value = value
    try {
      return act()
    } finally {
      this.#value = before
    }
  }
}

type Storage = typeof SynchronousStorage

export const AsyncLocalStorage: Storage =
  builtin<{ readonly AsyncLocalStorage?: Storage }>('node:async_hooks')?.AsyncLocalStorage ??
  // Vercel's edge runtime has it as a global.
  (globalThis as { readonly AsyncLocalStorage?: Storage }).AsyncLocalStorage ??
  SynchronousStorage
