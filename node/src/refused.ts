// Errors of arguments and options that are refused before the core is called. The core creates their details and text, as for its own.
import { ConfigurationError, detailsOf, InvalidRequestError, textOf } from './errors'
import { addon } from './native'

/** Create the error of an argument that is refused. */
export function refused(operation: string | undefined, field: string, reason: string): InvalidRequestError {
  const tagged = addon.refusedArgument(operation ?? '', field, reason)
  return new InvalidRequestError(detailsOf(tagged), textOf(tagged))
}

/** Create the error of a client or a receiver that cannot be built. */
export function misconfigured(message: string): ConfigurationError {
  const tagged = addon.notConfigured(message)
  return new ConfigurationError(detailsOf(tagged), textOf(tagged))
}
