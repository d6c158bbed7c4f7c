// What Deno and Bun run: the addon, where it may be loaded, or the core as WebAssembly.

interface Deno {
  readonly permissions?: { querySync(wanted: { name: 'ffi' }): { readonly state: string } }
}

/** Load the package with the addon if the runtime allows that without asking anybody; otherwise, or if it does not load, the one without. */
export async function chosen<T>(withAddon: () => Promise<T>, without: () => Promise<T>): Promise<T> {
  if (!mayLoadAddons()) return without()
  try {
    return await withAddon()
  } catch (error) {
    console.warn(`hundredms runs as WebAssembly, without what needs the addon: ${(error as Error).message}`)
    return without()
  }
}

function mayLoadAddons(): boolean {
  const { Deno, navigator } = globalThis as { Deno?: Deno; navigator?: { userAgent: string } }
  if (Deno === undefined) return true
  // Supabase's runtime says that all is granted, and loads no addons.
  if (navigator?.userAgent.includes('Supabase')) return false
  try {
    return Deno.permissions?.querySync({ name: 'ffi' }).state === 'granted'
  } catch {
    return false
  }
}
