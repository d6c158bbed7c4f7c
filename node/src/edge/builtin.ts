// Modules of Node that some of the runtimes have.

interface Process {
  getBuiltinModule?(name: string): unknown
}

/** Return a module of Node, or undefined. No `import`, which runtimes without it refuse. */
export function builtin<Module>(name: string): Module | undefined {
  try {
    return (globalThis as { readonly process?: Process }).process?.getBuiltinModule?.(name) as Module | undefined
  } catch {
    return undefined
  }
}
