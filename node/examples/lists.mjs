// Read a list: item by item, page by page, with a filter, and from where an earlier read stopped.
//
// Run it with `node lists.mjs`. It starts a sandbox with 25 rooms. Prints:
//
//     25 rooms
//     pages of 10, 10, 5, 0
//     room-7 is there
//     15 rooms after the first page

// --8<-- [start:imports]
import { Client, Sandbox } from 'hundredms'

// --8<-- [end:imports]

/** Read the rooms of the workspace in four ways. */
async function readLists(client = new Client()) {
  // --8<-- [start:items]
  // Each page is fetched when the loop needs it.
  let count = 0
  for await (const _room of client.rooms.list({ enabled: true })) count += 1
  console.log(`${count} rooms`)
  // --8<-- [end:items]

  // --8<-- [start:pages]
  // The last page may be empty: only its cursor tells that the list has ended.
  const sizes = []
  for await (const page of client.rooms.list({ limit: 10 }).pages()) sizes.push(page.data.length)
  console.log(`pages of ${sizes.join(', ')}`)
  // --8<-- [end:pages]

  // --8<-- [start:filter]
  for await (const room of client.rooms.list({ name: 'room-7' })) console.log(`${room.name} is there`)
  // --8<-- [end:filter]

  // --8<-- [start:resume]
  // Store the cursor, and resume from it later or in another process.
  const pages = client.rooms.list({ limit: 10 }).pages()
  await pages.next()
  const { cursor } = pages
  const rest = await client.rooms.list({ limit: 10 }).resume(cursor).all()
  console.log(`${rest.length} rooms after the first page`)
  // --8<-- [end:resume]
}

const sandbox = await Sandbox.start()
await sandbox.seed({ rooms: 25 })
await readLists(sandbox.client())
await sandbox.stop()
