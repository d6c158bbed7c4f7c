// A route of Next, in its edge runtime, that receives webhooks: app/webhooks/route.js.
// --8<-- [start:all]
import { webhooks } from 'hundredms'

export const runtime = 'edge'

export async function POST(request) {
  // Made here, since `next build` loads this file where there need not be a key.
  const receiver = new webhooks.Receiver({ hmacKey: process.env.WEBHOOK_KEY })
  receiver.on('session.close.success', (event) => {
    console.log('the session has ended in room', event.data.room_id)
  })
  return receiver.fetch()(request)
}
// --8<-- [end:all]
