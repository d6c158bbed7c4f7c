// Receive webhooks in Fastify.
// --8<-- [start:app]
import fastify from 'fastify'
import { webhooks } from 'hundredms'

const receiver = new webhooks.Receiver({ headers: { 'x-webhook-secret': process.env.HMS_WEBHOOK_SECRET ?? '' } })
receiver.on('peer.join.success', ({ data }) => console.log(`${data.user_id} joined ${data.room_id}`))
// The service gets its answer at once, before the work is done.
receiver.on('beam.recording.success', ({ data }) => console.log(`${data.room_id} was recorded`), { background: true })

export const app = fastify()
app.register(receiver.fastify({ path: '/webhooks/100ms' }))
// --8<-- [end:app]
