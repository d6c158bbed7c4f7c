// Send a recording, and the finished sessions, to a browser in Hono, on Node.
// --8<-- [start:app]
import { Readable } from 'node:stream'
import { Hono } from 'hono'
import { Client, InvalidRequestError, NotFoundError } from 'hundredms'

/** Return the app. A test passes the client of a sandbox. */
export function createApp(client = new Client()) {
  const app = new Hono()
  app.get('/recordings/:asset', async (context) => {
    const id = context.req.param('asset')
    // Looked up before the first byte is sent: after it, the status can no longer change.
    const asset = await client.recordingAssets.get(id)
    if (asset.status !== 'completed') return context.text('it is not ready', 409)
    const file = client.recordingAssets.stream(id)
    return context.body(Readable.toWeb(file) as ReadableStream, 200, { 'content-type': 'video/mp4' })
  })
  app.get('/sessions', (context) => {
    const lines = client.sessions.list({ active: false }).toNdjson()
    return context.body(Readable.toWeb(lines) as ReadableStream, 200, { 'content-type': 'application/x-ndjson' })
  })
  app.onError((error, context) => {
    if (error instanceof NotFoundError || error instanceof InvalidRequestError) return context.notFound()
    console.error(error)
    return context.text('try again later', 502)
  })
  return app
}
// --8<-- [end:app]
