// A receiver for a route, and what it handled.
import { webhooks } from 'hundredms'

export function receiving(options) {
  const came = []
  const receiver = new webhooks.Receiver({
    headers: { 'x-webhook-secret': process.env.WEBHOOK_SECRET },
    onError: () => {},
  })
  receiver.on('peer.join.success', async ({ data }) => void came.push(data.user_name), options)
  return { came, receiver }
}
