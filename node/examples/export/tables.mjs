// Read finished sessions into a table, and stream them to files.
//
// Run it with `node tables.mjs`, after `npm install apache-arrow`. It starts a sandbox with 500 sessions, and writes into the current
// folder. Prints:
//
//     500 sessions
//     1000 peers
//     wrote 500 lines
//     wrote sessions.arrow

// --8<-- [start:imports]
import { createWriteStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { Client, Sandbox } from 'hundredms'

// --8<-- [end:imports]

/** Export the sessions of the workspace. */
async function exportSessions(client = new Client()) {
  // --8<-- [start:frames]
  const sessions = client.sessions.list({ active: false })
  const table = await sessions.toArrow()
  // One row for each peer, with the columns of its session.
  const peers = await sessions.toArrow({ explode: 'peers' })
  // --8<-- [end:frames]
  console.log(`${table.numRows} sessions`)
  console.log(`${peers.numRows} peers`)

  // --8<-- [start:ndjson]
  await pipeline(client.sessions.list({ active: false }).toNdjson(), createWriteStream('sessions.ndjson'))
  // --8<-- [end:ndjson]
  const text = await readFile('sessions.ndjson', 'utf8')
  console.log(`wrote ${text.trimEnd().split('\n').length} lines`)

  // --8<-- [start:arrow]
  await pipeline(client.sessions.list({ active: false }).toArrowStream(), createWriteStream('sessions.arrow'))
  // --8<-- [end:arrow]
  console.log('wrote sessions.arrow')
}

const sandbox = await Sandbox.start()
await sandbox.seed({ rooms: 5 })
await sandbox.seed({ sessions: 500, peers: 2 })
await exportSessions(sandbox.client())
await sandbox.stop()
