// What the resources of a client have in common: the core that makes their calls.
import type { Core } from './core'

// No private field, which would make the classes nominal for TypeScript, and methods fail behind a Proxy.
const CORE = Symbol('core')

/** One part of the API, with its operations as methods. */
export abstract class Resource {
  /** @internal */
  constructor(core: Core) {
    Object.defineProperty(this, CORE, { value: core })
  }
}

/** The core of a resource. */
export function coreOf(resource: object | undefined): Core {
  const core = (resource as { readonly [CORE]?: Core } | undefined)?.[CORE]
  if (core) return core
  throw new TypeError(
    'the method was taken off its object: call it as client.rooms.create(...), or bind it with client.rooms.create.bind(client.rooms)',
  )
}

/**
 * Let the prototype of a class have what its constructor sets: for mocks that are made of the class alone, as Jest and Vitest make
 * them. An object has its own.
 */
export function standIn(ofClass: { readonly prototype: object }, parts: Readonly<Record<string, object>>): void {
  for (const [name, value] of Object.entries(parts)) {
    Object.defineProperty(ofClass.prototype, name, { value, configurable: true, writable: true })
  }
}
