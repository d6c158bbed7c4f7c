// Globals of Node that the package uses, and some that older runtimes lack.

const given = globalThis as {
  readonly Deno?: {
    readonly permissions?: { querySync(wanted: { name: 'env'; variable: string }): { readonly state: string } }
  }
  readonly process?: { readonly env?: object; emitWarning?(warning: unknown): void }
  readonly WeakRef?: WeakRefConstructor
  readonly FinalizationRegistry?: FinalizationRegistryConstructor
}

/** Return whether Deno would refuse to read a variable, or would ask the user first. */
function isWithheld(variable: string): boolean {
  try {
    const { state } = given.Deno?.permissions?.querySync({ name: 'env', variable }) ?? { state: 'granted' }
    return state !== 'granted'
  } catch {
    return false
  }
}

/** The variables, where the program may read them. */
const env = new Proxy<Record<string, string | undefined>>(
  {},
  {
    get(_, name) {
      try {
        if (typeof name !== 'string' || isWithheld(name)) return undefined
        return (given.process?.env as Record<string, string | undefined> | undefined)?.[name]
      } catch {
        return undefined
      }
    },
  },
)

/** Say why a variable may be set and not be seen, to follow its name. */
export function whyUnseen(variable: string): string {
  if (isWithheld(variable)) return ', which Deno shows to programs with --allow-env'
  return given.process?.env ? '' : ', which this runtime shows to programs only as its env: pass them from there'
}

export const process = {
  env,
  emitWarning(warning: unknown): void {
    if (given.process?.emitWarning) given.process.emitWarning(warning)
    else console.warn(warning)
  },
}

/** Keeps its target where the runtime cannot do otherwise. */
class StrongRef<Target> {
  readonly #target: Target

  constructor(target: Target) {
    this.#target = target
  }

  deref(): Target {
    return this.#target
  }
}

/** Is never told. */
class NoRegistry {
  register(): void {}
}

const WeakReference = given.WeakRef ?? StrongRef
const Registry = given.FinalizationRegistry ?? NoRegistry

export { Registry as FinalizationRegistry, WeakReference as WeakRef }

const encoder = new TextEncoder()
const latin1 = (bytes: Uint8Array) => Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')

/** The part of Node's `Buffer` that the package uses. */
class Bytes extends Uint8Array {
  static override from(given: unknown, ...rest: readonly unknown[]): Uint8Array<ArrayBuffer> {
    if (typeof given === 'string') {
      if (rest[0] === 'base64') return bytesOf(decoded(given))
      return bytesOf(encoder.encode(given))
    }
    if (given instanceof ArrayBuffer) return bytesOf(new Uint8Array(given, rest[0] as number, rest[1] as number))
    return bytesOf(Uint8Array.from(given as Iterable<number>))
  }

  static concat(parts: readonly Uint8Array[]): Uint8Array {
    const whole = new Bytes(parts.reduce((size, part) => size + part.byteLength, 0))
    let place = 0
    for (const part of parts) {
      whole.set(part, place)
      place += part.byteLength
    }
    return whole
  }

  override toString(encoding?: 'latin1'): string {
    return encoding === 'latin1' ? latin1(this) : new TextDecoder().decode(this)
  }
}

function bytesOf({ buffer, byteOffset, byteLength }: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  return new Bytes(buffer, byteOffset, byteLength) as Bytes & Uint8Array<ArrayBuffer>
}

/** Decode base64, as far as it is some. */
function decoded(text: string): Uint8Array<ArrayBuffer> {
  try {
    return Uint8Array.from(atob(text.replaceAll(/[^a-z0-9+/]/gi, '')), (letter) => letter.charCodeAt(0))
  } catch {
    return new Uint8Array()
  }
}

export { Bytes as Buffer }
