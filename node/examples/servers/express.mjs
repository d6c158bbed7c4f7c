// Give users of an Express app tokens for their lessons. A server calls `createApp().listen(3000)`.
// --8<-- [start:app]
import express from 'express'
import { Client, InvalidRequestError } from 'hundredms'

/** Return the app. A test passes the client of a sandbox. */
export function createApp(client = new Client()) {
  const app = express()
  app.post('/lessons/:number/token', async (request, response) => {
    const room = await client.rooms.create({ name: `lesson-${Number(request.params.number)}` })
    // Who is signed in. In your app: from the session, not from a header.
    const userId = request.get('x-user-id') ?? ''
    try {
      response.json({ token: client.tokens.auth(room.id, 'guest', { userId }) })
    } catch (error) {
      // The client refuses an empty user id.
      if (!(error instanceof InvalidRequestError)) throw error
      response.status(400).json({ message: error.message, field: error.field })
    }
  })
  return app
}
// --8<-- [end:app]
