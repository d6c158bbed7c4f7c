// Receive webhooks in AWS Lambda, behind an API Gateway, a load balancer or a function URL. It waits for background work.
// --8<-- [start:app]
import { webhooks } from 'hundredms'

const receiver = new webhooks.Receiver({ headers: { 'x-webhook-secret': process.env.HMS_WEBHOOK_SECRET ?? '' } })
receiver.on('peer.join.success', ({ data }) => console.log(`${data.user_id} joined ${data.room_id}`))
// The service gets its answer at once, before the work is done.
receiver.on('beam.recording.success', ({ data }) => console.log(`${data.room_id} was recorded`), { background: true })

export const handler = receiver.lambda()
// --8<-- [end:app]
