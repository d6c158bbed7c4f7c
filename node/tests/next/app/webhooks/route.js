// A route handler that webhooks come to; it shows the names of those who came.
import { webhooks } from 'hundredms'

const came = []
const receiver = new webhooks.Receiver({
  headers: { 'x-webhook-secret': process.env.WEBHOOK_SECRET },
  onError: () => {},
})
receiver.on('peer.join.success', ({ data }) => {
  if (data.user_name === 'fails') throw new Error('on purpose')
  came.push(data.user_name)
})

export const POST = receiver.fetch()

export const GET = () => Response.json(came)
