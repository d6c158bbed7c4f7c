// Receive webhooks in a route handler of Next: app/webhooks/100ms/route.js. Next also needs the line in next.config.mjs.
// --8<-- [start:app]
import { webhooks } from 'hundredms'

// `next build` loads this file too. Where the secret is not set, every webhook is refused.
const secret = process.env.HMS_WEBHOOK_SECRET ?? crypto.randomUUID()
const receiver = new webhooks.Receiver({ headers: { 'x-webhook-secret': secret } })
receiver.on('peer.join.success', ({ data }) => console.log(`${data.user_id} joined ${data.room_id}`))
// The service gets its answer at once, before the work is done.
receiver.on('beam.recording.success', ({ data }) => console.log(`${data.room_id} was recorded`), { background: true })

export const runtime = 'nodejs'
export const POST = receiver.fetch()
// --8<-- [end:app]
