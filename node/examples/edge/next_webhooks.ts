// A route of Next, in its edge runtime, that receives webhooks: app/webhooks/route.ts.
// --8<-- [start:all]
import { webhooks } from 'hundredms'

export const runtime = 'edge'

export async function POST(request: Request) {
  // Made here, since `next build` loads this file where there need not be a secret.
  const receiver = new webhooks.Receiver({ headers: { 'x-webhook-secret': process.env.HMS_WEBHOOK_SECRET ?? '' } })
  receiver.on('session.close.success', (event) => {
    console.log('the session has ended in room', event.data.room_id)
  })
  return receiver.fetch()(request)
}
// --8<-- [end:all]
