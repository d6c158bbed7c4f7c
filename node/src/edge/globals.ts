// Globals of Node that the package uses, and some that older runtimes lack.

const given = globalThis as {
  readonly process?: { readonly env?: object; emitWarning?(warning: unknown): void }
  readonly WeakRef?: WeakRefConstructor
  readonly FinalizationRegistry?: FinalizationRegistryConstructor
}

/** The variables, where the program may read them. */
const env = new Proxy<Record<string, string | undefined>>(
  {},
  {
    get(_, name) {
      try {
        return (given.process?.env as Record<PropertyKey, string | undefined> | undefined)?.[name]
      } catch {
        // Deno asks for a permission.
        return undefined
      }
    },
  },
)

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
