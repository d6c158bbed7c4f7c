// The types of webhooks: the name of an event tells its data, and clients and servers of others fit.
import { Redis as Upstash } from '@upstash/redis'
import express from 'express'
import fastify from 'fastify'
import { Hono } from 'hono'
import { type Client, Sandbox, type WebhookEventName, webhooks } from 'hundredms'
import { type Event, type EventOf, Receiver, type UnknownEvent } from 'hundredms/webhooks'
import { Redis } from 'ioredis'
import { Redis as Valkey } from 'iovalkey'
import { createClient, createCluster } from 'redis'

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false
const same = <A, B>(_: Same<A, B>): void => {}

export function events(event: Event): void {
  if (event.problem !== undefined) {
    same<typeof event.data, unknown>(true)
    return
  }
  switch (event.type) {
    case 'peer.join.success':
      same<typeof event, EventOf<'peer.join.success'>>(true)
      same<typeof event.data.peer_id, string>(true)
      same<typeof event.data.joined_at, string | undefined>(true)
      break
    case 'recording.success':
      same<typeof event.data, webhooks.RecordingSuccess>(true)
      break
    // @ts-expect-error a type with a typo
    case 'peer.joined':
      break
    default: {
      const name: string = event.type
      void name
    }
  }
}

// Data that may not fit is not taken for data that does.
export function careless(event: Event): void {
  if (event.type === 'peer.join.success') {
    // @ts-expect-error `problem` was not looked at
    event.data.peer_id
  }
}

export const unheardOf = (event: UnknownEvent): unknown => event.data.anything

export function handlers(): Receiver {
  return new Receiver({ headers: { 'x-secret': ['new', 'old'] }, allowList: 'published', trustedProxies: 1 })
    .on('peer.leave.success', ({ data, is_replay, raw }) => {
      same<typeof data, webhooks.PeerLeaveSuccess>(true)
      same<typeof is_replay, boolean>(true)
      same<typeof raw, Uint8Array>(true)
    })
    .on('recording.success', async ({ data }) => void data.room_id, { background: true })
    .fallback((event) => {
      same<typeof event, Event>(true)
    })
}

export function refusedByTheCompiler(receiver: Receiver): void {
  // @ts-expect-error no such type
  receiver.on('peer.joined', () => {})
  // @ts-expect-error another type has this field
  receiver.on('peer.join.success', ({ data }) => data.left_at)
  // @ts-expect-error no such option
  new Receiver({ secret: 'x' })
}

export function stores(): webhooks.DedupeStore[] {
  return [
    new webhooks.MemoryStore({ capacity: 10 }),
    new webhooks.RedisStore(createClient()),
    new webhooks.RedisStore(createCluster({ rootNodes: [] }), { prefix: 'a:' }),
    new webhooks.RedisStore(new Redis({ lazyConnect: true })),
    new webhooks.RedisStore(new Valkey({ lazyConnect: true })),
    // @ts-expect-error a client that speaks otherwise
    new webhooks.RedisStore(new Upstash({ url: 'https://a.example', token: 'a' })),
  ]
}

export const names: readonly webhooks.EventType[] = webhooks.EVENT_TYPES

// An editor shows all types of events where deliveries are looked for, and others are taken.
same<Extract<WebhookEventName, webhooks.EventType>, webhooks.EventType>(true)
export const unheardOfName: WebhookEventName = 'from.the.future'

export function servers(receiver: Receiver): void {
  express().post('/webhooks', receiver.express())
  void fastify().register(receiver.fastify({ path: '/webhooks' }), { prefix: '/v1' })
  const receive = receiver.fetch()
  new Hono().post('/webhooks', (context) => receive(context.req.raw))
  receiver.fetch({ waitUntil: (work: Promise<unknown>) => void work })
  const handler: (event: APIGatewayProxyEventV2) => Promise<{ statusCode: number; body: string }> = receiver.lambda()
  void handler
}

/** As far as it matters, an event as `@types/aws-lambda` has it. */
interface APIGatewayProxyEventV2 {
  version: string
  headers: { [name: string]: string | undefined }
  body?: string
  isBase64Encoded: boolean
  requestContext: { http: { method: string; sourceIp: string } }
}

/** A route handler of Next. */
export const POST: (request: Request, context: { params: Promise<object> }) => Promise<Response> = handlers().fetch()

export async function recovered(client: Client, receiver: Receiver): Promise<void> {
  const missed = webhooks.recover(client, { from: new Date(0), event_names: ['peer.join.success'] })
  const { handled, failed } = await missed.feed(receiver, { timeoutMs: 1000 })
  same<typeof handled | typeof failed, number>(true)
  for await (const delivery of missed.list()) same<typeof delivery.event_id, string>(true)
}

export async function sent(): Promise<void> {
  const sandbox = await Sandbox.start()
  await sandbox.setWebhook({ url: 'http://127.0.0.1:1', headers: { a: 'b' } })
  await sandbox.sendWebhook({ type: 'peer.join.success', timestamp: new Date() })
  await sandbox.webhookFaults([{ fault: 'duplicate', copies: 2 }])
  const [delivery] = await sandbox.webhookDeliveries()
  same<typeof delivery, import('hundredms').SandboxWebhookDelivery | undefined>(true)
}
