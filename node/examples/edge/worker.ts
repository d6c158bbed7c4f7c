// A worker of Cloudflare that lets users in and receives webhooks. HMS_ACCESS_KEY, HMS_SECRET and HMS_WEBHOOK_SECRET are its secrets:
// `wrangler secret put HMS_SECRET`.
// --8<-- [start:all]
import { Client, InvalidRequestError, NotFoundError, webhooks } from 'hundredms'

/** The secrets and variables of this Worker. */
interface Env {
  HMS_ACCESS_KEY: string
  HMS_SECRET: string
  HMS_WEBHOOK_SECRET: string
  /** Of a sandbox. Not set in production. */
  HMS_BASE_URL?: string
}

/** The part of the type in `@cloudflare/workers-types` that is used here. */
interface ExecutionContext {
  waitUntil(work: Promise<unknown>): void
}

export default {
  async fetch(request: Request, env: Env, context: ExecutionContext): Promise<Response> {
    const { pathname } = new URL(request.url)
    if (pathname === '/token') return token(request, env)
    if (pathname === '/webhooks') return receive(request, env, context)
    return new Response(null, { status: 404 })
  },
}

async function token(request: Request, env: Env) {
  // In your app, take the user from the session, and answer 401 without one.
  const { room, user } = (await body(request)) ?? {}
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

function receive(request: Request, env: Env, context: ExecutionContext) {
  // Made in the handler: there are no secrets and no random numbers before the first request.
  const receiver = new webhooks.Receiver({ headers: { 'x-webhook-secret': env.HMS_WEBHOOK_SECRET } })
  receiver.on('session.close.success', (event) => {
    console.log('the session has ended in room', event.data.room_id)
  })
  return receiver.fetch({ waitUntil: (work) => context.waitUntil(work) })(request)
}

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
