// The name of the runtime, for the user agent.
export const RUNTIME = `node/${process.versions.node}`
