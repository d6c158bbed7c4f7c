// Create the client on first use, for tools that load modules where there are no credentials.
// --8<-- [start:lazy]
import { Client } from 'hundredms'

let client: Client | undefined

/** Return the client of this process. */
export function hundredms() {
  client ??= new Client()
  return client
}
// --8<-- [end:lazy]
