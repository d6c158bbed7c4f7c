// A worker of Cloudflare that lets users in and receives webhooks. HMS_ACCESS_KEY, HMS_SECRET and WEBHOOK_KEY are its secrets:
// `wrangler secret put HMS_SECRET`.
// --8<-- [start:all]
import { Client, InvalidRequestError, NotFoundError, webhooks } from 'hundredms'

export default {
  async fetch(request, env, context) {
    const { pathname } = new URL(request.url)
    if (pathname === '/token') return token(request, env)
    if (pathname === '/webhooks') return receive(request, env, context)
    return new Response(null, { status: 404 })
  },
}

async function token(request, env) {
  // In your app, take the user from the session, and answer 401 without one.
  const { room, user } = (await request.json().catch(() => null)) ?? {}
  if (!room || !user) return new Response('send a room and a user', { status: 400 })
  const client = new Client({ accessKey: env.HMS_ACCESS_KEY, secret: env.HMS_SECRET, baseUrl: env.HMS_BASE_URL })
  try {
    const { id, enabled } = await client.rooms.get(room)
    if (!enabled) return new Response('this room is closed', { status: 403 })
    return Response.json({ token: client.tokens.auth(id, 'guest', { userId: user }) })
  } catch (error) {
    return refusal(error)
  }
}

function receive(request, env, context) {
  // Made in the handler: there are no secrets and no random numbers before the first request.
  const receiver = new webhooks.Receiver({ hmacKey: env.WEBHOOK_KEY })
  receiver.on('session.close.success', (event) => {
    console.log('the session has ended in room', event.data.room_id)
  })
  return receiver.fetch({ waitUntil: (work) => context.waitUntil(work) })(request)
}

/** Answer what the browser may know. What is wrong between this server and the service stays here. */
function refusal(error) {
  if (error instanceof InvalidRequestError) return new Response(error.reason, { status: 400 })
  if (error instanceof NotFoundError) return new Response('there is no such room', { status: 404 })
  console.error(error)
  return new Response('no token: try again later', { status: 502 })
}
// --8<-- [end:all]
