// A route handler that webhooks come to; it shows the names of those who came.
import { webhooks } from 'hundredms'

const came = []
const receiver = new webhooks.Receiver({ headers: { 'x-webhook-secret': process.env.WEBHOOK_SECRET } })
receiver.on('peer.join.success', ({ data }) => came.push(data.user_name))

export const POST = receiver.fetch()

export const GET = () => Response.json(came)
