// A service for Bun that lets users in and receives webhooks.
// --8<-- [start:all]
import { Client, InvalidRequestError, NotFoundError, webhooks } from 'hundredms'

// The access key and the secret come from HMS_ACCESS_KEY and HMS_SECRET.
const client = new Client()
const receiver = new webhooks.Receiver({ headers: { 'x-webhook-secret': process.env.HMS_WEBHOOK_SECRET ?? '' } })
receiver.on('session.close.success', (event) => {
  console.log('the session has ended in room', event.data.room_id)
})
const receive = receiver.fetch()

Bun.serve({
  port: Number(process.env.PORT ?? 8000),
  async fetch(request: Request) {
    if (new URL(request.url).pathname === '/webhooks') return receive(request)
    // In your app, take the user from the session, and answer 401 without one.
    const { room, user } = (await body(request)) ?? {}
    if (!room || !user) return new Response('send a room and a user', { status: 400 })
    try {
      const { id } = await client.rooms.get(room)
      return Response.json({ token: client.tokens.auth(id, 'guest', { userId: user }) })
    } catch (error) {
      return refusal(error)
    }
  },
})

/** Read what the browser sent. `rooms.get` refuses what is no id. */
async function body(request: Request) {
  return (await request.json().catch(() => null)) as { room?: string; user?: string } | null
}

/** Answer what the browser may know. What is wrong between this server and the service stays here. */
function refusal(error: unknown) {
  if (error instanceof InvalidRequestError) return new Response(error.reason, { status: 400 })
  if (error instanceof NotFoundError) return new Response('there is no such room', { status: 404 })
  console.error(error)
  return new Response('no token: try again later', { status: 502 })
}
// --8<-- [end:all]
