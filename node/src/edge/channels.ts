// `node:diagnostics_channel`, where the runtime has it.
import { builtin } from './builtin'

interface Channel {
  readonly hasSubscribers: boolean
  publish(message: unknown): void
}

const module = builtin<{ channel(name: string): Channel }>('node:diagnostics_channel')

export function channel(name: string): Channel {
  return module?.channel(name) ?? { hasSubscribers: false, publish: () => undefined }
}
