// Run as a service: one client, a webhook secret that is replaced, and an end that loses nothing.
//
// Run it with `node service.mjs`. It reads HMS_ACCESS_KEY and HMS_SECRET. Prints:
//
//     the client is ready
//     the new secret: 200
//     the old secret: 200
//     another secret: 401
//     everything is done

// --8<-- [start:imports]
import { Client, Sandbox, webhooks } from 'hundredms'

// --8<-- [end:imports]

/** Stand for work that takes long. */
async function keep(path = '') {
  return path
}

// --8<-- [start:client]
// The client that the whole process shares. Its keys come from the environment.
const client = new Client({
  timeoutMs: 10_000,
  maxConnections: 20,
  proxy: process.env.COMPANY_PROXY, // Undefined: HTTPS_PROXY and NO_PROXY apply.
  caFile: process.env.COMPANY_CA, // Undefined: the system's certificates.
})
// --8<-- [end:client]
await client.rooms.list().firstPage()
console.log('the client is ready')

const [newSecret, oldSecret] = ['new-secret', 'old-secret']
// --8<-- [start:secrets]
// Accepts both secrets until the dashboard has the new one.
const receiver = new webhooks.Receiver({ headers: { 'x-webhook-secret': [newSecret, oldSecret] } })
receiver.on('beam.recording.success', ({ data }) => void keep(data.recording_path ?? ''), { background: true })
// --8<-- [end:secrets]

const sandbox = await Sandbox.start()
for (const name of ['the new', 'the old', 'another']) {
  const secret = `${name.replace('the ', '')}-secret`
  const { body, headers } = await sandbox.webhookRequest(
    { type: 'beam.recording.success' },
    { headers: { 'x-webhook-secret': secret } },
  )
  const { status } = await receiver.handle(body, headers)
  console.log(`${name} secret: ${status}`)
}
await sandbox.stop()

// --8<-- [start:end]
// The server takes no more requests. The service does not send again what was acknowledged.
await receiver.idle()
console.log('everything is done')
// --8<-- [end:end]
