// A route of Next, in its edge runtime, that lets users in: app/token/route.js.
// --8<-- [start:all]
import { Client, HundredmsError } from 'hundredms'

export const runtime = 'edge'

export async function POST(request) {
  // In your app, take the user from the session, and answer 401 without one.
  const { room, user } = await request.json()
  // The access key and the secret come from HMS_ACCESS_KEY and HMS_SECRET.
  const client = new Client()
  try {
    const { id } = await client.rooms.get(room)
    return Response.json({ token: client.tokens.auth(id, 'guest', { userId: user }) })
  } catch (error) {
    if (!(error instanceof HundredmsError)) throw error
    return new Response(error.reason, { status: error.status ?? 502 })
  }
}
// --8<-- [end:all]
