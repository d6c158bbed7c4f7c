// Give users of an Express app tokens for their lessons. A server calls `createApp().listen(3000)`.
// --8<-- [start:app]
import express from 'express'
import { Client } from 'hundredms'

/** Return the app. A test passes the client of a sandbox. */
export function createApp(client = new Client()) {
  const app = express()
  app.post('/lessons/:number/token', async (request, response) => {
    // Who is signed in. In your app: from the session, not from a header.
    const userId = request.get('x-user-id')
    if (!userId) return response.status(401).json({ message: 'sign in first' })
    const { number } = request.params
    if (!/^\d+$/.test(number)) return response.status(404).json({ message: 'no such lesson' })
    try {
      const room = await client.rooms.create({ name: `lesson-${number}` })
      response.json({ token: client.tokens.auth(room.id, 'guest', { userId }) })
    } catch (error) {
      // Express would take the status of the error, such as 401 for a wrong secret of this server.
      console.error(error)
      response.status(502).json({ message: 'no token: try again later' })
    }
  })
  return app
}
// --8<-- [end:app]
