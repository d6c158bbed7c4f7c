// Give users of a Fastify app tokens for their lessons. A server calls `createApp().listen({ port: 3000 })`.
// --8<-- [start:app]
import fastify from 'fastify'
import { Client } from 'hundredms'

/** Return the app. A test passes the client of a sandbox. */
export function createApp(client = new Client()) {
  const app = fastify()
  app.post<{ Params: { number: string } }>('/lessons/:number/token', async ({ params, headers }) => {
    const room = await client.rooms.create({ name: `lesson-${Number(params.number)}` })
    // Who is signed in. In your app: from the session, not from a header.
    const userId = String(headers['x-user-id'] ?? '')
    return { token: client.tokens.auth(room.id, 'guest', { userId }) }
  })
  return app
}
// --8<-- [end:app]
