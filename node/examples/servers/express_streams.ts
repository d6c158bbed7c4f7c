// Send a recording, and the finished sessions, to a browser in Express.
// --8<-- [start:app]
import { pipeline } from 'node:stream'
import express from 'express'
import { Client, InvalidRequestError, NotFoundError } from 'hundredms'

/** Return the app. A test passes the client of a sandbox. */
export function createApp(client = new Client()) {
  const app = express()
  app.get('/recordings/:asset', async (request, response) => {
    const id = request.params.asset
    try {
      // Looked up before the first byte is sent: after it, the status can no longer change.
      const asset = await client.recordingAssets.get(id)
      if (asset.status !== 'completed') return response.status(409).send('it is not ready')
    } catch (error) {
      if (error instanceof NotFoundError || error instanceof InvalidRequestError) return response.sendStatus(404)
      console.error(error)
      return response.sendStatus(502)
    }
    response.type('video/mp4')
    pipeline(client.recordingAssets.stream(id), response, brokenOff)
  })
  app.get('/sessions', (_request, response) => {
    response.type('application/x-ndjson')
    pipeline(client.sessions.list({ active: false }).toNdjson(), response, brokenOff)
  })
  return app
}

/** Note why an answer has broken off: the browser has gone, or a call has failed. */
function brokenOff(error?: Error | null) {
  if (error) console.error(error)
}
// --8<-- [end:app]
