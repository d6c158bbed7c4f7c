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
    if (!/^\d+$/.test(params.number)) return reply.code(404).send({ message: 'no such lesson' })
    try {
      const room = await client.rooms.create({ name: `lesson-${params.number}` })
      return { token: client.tokens.auth(room.id, 'guest', { userId }) }
    } catch (error) {
      // Fastify would send the status and the message of the error, such as of a wrong secret of this server.
      console.error(error)
      return reply.code(502).send({ message: 'no token: try again later' })
    }
  })
  return app
}
// --8<-- [end:app]
