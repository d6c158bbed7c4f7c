// Webhooks: events that the service sends to your server, verified, typed, and handled once.
export type { Event, EventOf, EventType, MalformedEvent, OtherType, UnknownEvent } from './event'
export type * from './events'
export { EVENT_TYPES } from './events'
export type { ExpressHandler } from './express'
export type { FastifyOptions, FastifyPlugin, FastifyScope } from './fastify'
export type { FetchHandler, FetchOptions } from './fetch'
export type { LambdaEvent, LambdaHandler, LambdaResult } from './lambda'
export {
  type DeliveryOutcome,
  type HandleOptions,
  type Handler,
  type HandlerOptions,
  parse,
  Receiver,
  type ReceiverOptions,
  type WebhookResponse,
} from './receiver'
export { type Recovered, type RecoverOptions, type Recovery, recover } from './recovery'
export { type RedisClient, RedisStore, type RedisStoreOptions } from './redis-store'
export type { Body, HeadersInput } from './request'
export { type Claim, type DedupeStore, MemoryStore, type MemoryStoreOptions } from './stores'
export { type VerificationErrorReason, WebhookVerificationError } from './verification-error'
