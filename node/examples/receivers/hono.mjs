// Receive webhooks in Hono, on Node.
// --8<-- [start:app]
import { Hono } from 'hono'
import { webhooks } from 'hundredms'

const receiver = new webhooks.Receiver({ headers: { 'x-webhook-secret': process.env.HMS_WEBHOOK_SECRET ?? '' } })
receiver.on('peer.join.success', ({ data }) => console.log(`${data.user_id} joined ${data.room_id}`))
// The service gets its answer at once, before the work is done.
receiver.on('beam.recording.success', ({ data }) => console.log(`${data.room_id} was recorded`), { background: true })

const receive = receiver.fetch()

export const app = new Hono()
app.post('/webhooks/100ms', (context) => receive(context.req.raw, context))
// --8<-- [end:app]
