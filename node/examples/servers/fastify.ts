// Give users of a Fastify app tokens for their lessons. A server calls `createApp().listen({ port: 3000 })`.
// --8<-- [start:app]
import fastify from 'fastify'
import { Client } from 'hundredms'

/** Return the app. A test passes the client of a sandbox. */
export function createApp(client = new Client()) {
  const app = fastify()
  app.post<{ Params: { number: string } }>('/lessons/:number/token', async ({ params, headers }, reply) => {
    // Who is signed in. In your app: from the session, not from a header.
    const userId = String(headers['x-user-id'] ?? '')
    if (!userId) return reply.code(401).send({ message: 'sign in first' })
    const room = await client.rooms.create({ name: `lesson-${Number(params.number)}` })
    return { token: client.tokens.auth(room.id, 'guest', { userId }) }
  })
  return app
}
// --8<-- [end:app]
