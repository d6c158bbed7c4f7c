// A sandbox in a few lines, as the README shows it: `node readme_sandbox.mjs`.
// --8<-- [start:sandbox]
import { Sandbox } from 'hundredms'

const sandbox = await Sandbox.start()
const client = sandbox.client()
// --8<-- [end:sandbox]
const room = await client.rooms.create({ name: 'physics-7' })
console.log(room.name)
await sandbox.stop()
