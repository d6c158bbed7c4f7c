// Handle each event once, although several processes receive webhooks. It needs the npm package redis.
// --8<-- [start:store]
import { webhooks } from 'hundredms'
import { createClient } from 'redis'

// Or a client of ioredis: `new Redis(url)`.
export const client = createClient({ url: process.env.REDIS_URL ?? 'redis://localhost:6379' })
await client.connect()

export const receiver = new webhooks.Receiver({
  headers: { 'x-webhook-secret': process.env.HMS_WEBHOOK_SECRET ?? '' },
  store: new webhooks.RedisStore(client),
  leaseMs: 60_000,
})
// --8<-- [end:store]
