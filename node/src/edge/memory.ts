// The memory of the core: texts and bytes that go in and out.

export interface MemoryExports {
  readonly memory: { readonly buffer: ArrayBuffer }
  allocate(length: number): number
  release(place: number, length: number): void
}

const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

/** Reads and writes the memory. A view of it is valid until the core runs again, which may enlarge it. */
export class Memory {
  readonly #exports: MemoryExports

  constructor(exports: MemoryExports) {
    this.#exports = exports
  }

  bytes(place: number, length: number): Uint8Array<ArrayBuffer> {
    return new Uint8Array(this.#exports.memory.buffer, place >>> 0, length)
  }

  text(place: number, length: number): string {
    return decoder.decode(this.bytes(place, length))
  }

  copy(place: number, length: number): Uint8Array<ArrayBuffer> {
    return this.bytes(place, length).slice()
  }

  /** Read a value: nothing, text, bytes, or a number in the place of the address. */
  value(kind: number, place: number, length: number): unknown {
    switch (kind) {
      case 1:
        return this.text(place, length)
      case 2:
        return this.copy(place, length)
      case 3:
        return place >>> 0
      default:
        return undefined
    }
  }

  /** Write what the core takes over, and return its address and length. */
  write(value: string | Uint8Array): [place: number, length: number] {
    const bytes = typeof value === 'string' ? encoder.encode(value) : value
    const place = this.#exports.allocate(bytes.length)
    this.bytes(place, bytes.length).set(bytes)
    return [place, bytes.length]
  }

  /** Take a text that the core left: its address and length are in one number. */
  taken(left: bigint): string {
    const place = Number(BigInt.asUintN(32, left >> 32n))
    const length = Number(BigInt.asUintN(32, left))
    const text = this.text(place, length)
    this.#exports.release(place, length)
    return text
  }
}
