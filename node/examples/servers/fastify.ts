// Give users of a Fastify app tokens for their lessons. A server calls `createApp().listen({ port: 3000 })`.
// --8<-- [start:app]
import fastify from 'fastify'
import { Client, InvalidRequestError } from 'hundredms'

/** Return the app. A test passes the client of a sandbox. */
export function createApp(client = new Client()) {
  const app = fastify()
  app.post<{ Params: { number: string } }>('/lessons/:number/token', async ({ params, headers }, reply) => {
    const room = await client.rooms.create({ name: `lesson-${Number(params.number)}` })
    // Who is signed in. In your app: from the session, not from a header.
    const userId = String(headers['x-user-id'] ?? '')
    try {
      return { token: client.tokens.auth(room.id, 'guest', { userId }) }
    } catch (error) {
      // The client refuses an empty user id.
      if (!(error instanceof InvalidRequestError)) throw error
      return reply.code(400).send({ message: error.message, field: error.field })
    }
  })
  return app
}
// --8<-- [end:app]
