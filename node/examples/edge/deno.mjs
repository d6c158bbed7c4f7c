// A function for Deno and Supabase that lets users in and receives webhooks. Elsewhere than in this repository, import
// `npm:hundredms`. Needs --allow-net and --allow-env, and no --allow-ffi.
// --8<-- [start:all]
import { Client, HundredmsError, webhooks } from 'hundredms'

// The access key and the secret come from HMS_ACCESS_KEY and HMS_SECRET.
const client = new Client()
const receiver = new webhooks.Receiver({ hmacKey: Deno.env.get('WEBHOOK_KEY') })
receiver.on('session.close.success', (event) => {
  console.log('the session has ended in room', event.data.room_id)
})
const receive = receiver.fetch()

Deno.serve({ port: Number(Deno.env.get('PORT') ?? 8000) }, async (request) => {
  const { pathname } = new URL(request.url)
  if (pathname.endsWith('/webhooks')) return receive(request)
  // In your app, take the user from the session, and answer 401 without one.
  const { room, user } = await request.json()
  try {
    const { id } = await client.rooms.get(room)
    return Response.json({ token: client.tokens.auth(id, 'guest', { userId: user }) })
  } catch (error) {
    if (!(error instanceof HundredmsError)) throw error
    return new Response(error.reason, { status: error.status ?? 502 })
  }
})
// --8<-- [end:all]
