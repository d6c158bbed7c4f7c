// The name of the runtime, for the user agent.

/** Such as `Deno/2.5.0` or `Cloudflare-Workers`. */
const named = (globalThis as { readonly navigator?: { readonly userAgent?: unknown } }).navigator?.userAgent
const word = typeof named === 'string' ? named.replaceAll(/[^\w./-]/g, '-').toLowerCase() : 'unknown'

export const RUNTIME = `edge/${word}`
