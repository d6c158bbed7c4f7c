// AWS Lambda behind an API Gateway (REST and HTTP APIs), a function URL, or a load balancer.

import { kindOf } from '../checks'
import { misconfigured } from '../refused'
import type { Receiver, WebhookResponse } from './receiver'
import { type HeadersInput, NOT_POST, NOT_SET_UP } from './request'

type Values = { readonly [name: string]: string | readonly string[] | undefined }

/** What is used of an event: format 1.0, format 2.0, or that of a load balancer. */
export interface LambdaEvent {
  readonly body?: string | null | undefined
  readonly isBase64Encoded?: boolean | undefined
  readonly headers?: Values | null | undefined
  readonly multiValueHeaders?: Values | null | undefined
  readonly httpMethod?: string | undefined
  readonly requestContext?:
    | {
        readonly http?: { readonly method?: string | undefined; readonly sourceIp?: string | undefined } | undefined
        readonly identity?: { readonly sourceIp?: string | null | undefined } | undefined
      }
    | undefined
}

/** What a handler returns, in all formats. */
export interface LambdaResult {
  readonly statusCode: number
  readonly headers: Record<string, string>
  readonly multiValueHeaders?: Record<string, string[]>
  readonly body: string
  readonly isBase64Encoded: false
}

/** A handler for AWS Lambda. It waits for background work, because the process is frozen after the response. */
export type LambdaHandler = (event: LambdaEvent) => Promise<LambdaResult>

export function lambda(receiver: Receiver): LambdaHandler {
  return async (event) => {
    const lists = Boolean(event?.multiValueHeaders)
    try {
      if (typeof event !== 'object' || event === null) {
        throw misconfigured(
          `event: must be an event of an API Gateway, a function URL or a load balancer, not ${kindOf(event)}`,
        )
      }
      const { http, identity } = event.requestContext ?? {}
      const method = http?.method ?? event.httpMethod
      if (method !== undefined && method !== 'POST') return result(NOT_POST, lists)
      const body = Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8')
      const headers: HeadersInput = event.multiValueHeaders ?? event.headers ?? {}
      const works: Promise<void>[] = []
      const waitUntil = (work: Promise<void>) => works.push(work)
      const answer = await receiver.handle(body, headers, http?.sourceIp ?? identity?.sourceIp ?? undefined, {
        waitUntil,
      })
      await Promise.all(works)
      return result(answer, lists)
    } catch (error) {
      receiver.report(error)
      return result(NOT_SET_UP, lists)
    }
  }
}

function result(
  { status, headers, body }: Pick<WebhookResponse, 'status' | 'headers' | 'body'>,
  lists: boolean,
): LambdaResult {
  const written = { statusCode: status, headers: { ...headers }, body, isBase64Encoded: false } as const
  if (!lists) return written
  // A load balancer that sends lists of headers accepts only lists.
  const multiValueHeaders = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]]))
  return { ...written, multiValueHeaders }
}
