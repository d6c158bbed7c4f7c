// Receive webhooks in Express. A body parser for other routes comes after, or only at those.
// --8<-- [start:app]
import express from 'express'
import { webhooks } from 'hundredms'

const receiver = new webhooks.Receiver({ headers: { 'x-webhook-secret': process.env.HMS_WEBHOOK_SECRET ?? '' } })
receiver.on('peer.join.success', ({ data }) => console.log(`${data.user_id} joined ${data.room_id}`))
// The service gets its answer at once, before the work is done.
receiver.on('beam.recording.success', ({ data }) => console.log(`${data.room_id} was recorded`), { background: true })

export const app = express()
app.post('/webhooks/100ms', receiver.express())
app.use(express.json())
// --8<-- [end:app]
