// A service for Bun that lets users in and receives webhooks.
// --8<-- [start:all]
import { Client, HundredmsError, webhooks } from 'hundredms'

// The access key and the secret come from HMS_ACCESS_KEY and HMS_SECRET.
const client = new Client()
const receiver = new webhooks.Receiver({ hmacKey: process.env.WEBHOOK_KEY })
receiver.on('session.close.success', (event) => {
  console.log('the session has ended in room', event.data.room_id)
})
const receive = receiver.fetch()

Bun.serve({
  port: Number(process.env.PORT ?? 8000),
  async fetch(request) {
    if (new URL(request.url).pathname === '/webhooks') return receive(request)
    // In your app, take the user from the session, and answer 401 without one.
    const { room, user } = await request.json()
    try {
      const { id } = await client.rooms.get(room)
      return Response.json({ token: client.tokens.auth(id, 'guest', { userId: user }) })
    } catch (error) {
      if (!(error instanceof HundredmsError)) throw error
      return new Response(error.reason, { status: error.status ?? 502 })
    }
  },
})
// --8<-- [end:all]
