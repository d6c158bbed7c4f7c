// A route handler that takes webhooks from the published addresses alone.
import { webhooks } from 'hundredms'

export const POST = new webhooks.Receiver({ allowList: 'published' }).fetch({ peer: () => '127.0.0.1' })
