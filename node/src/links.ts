// Links at which people and recorders join rooms in the service's own web app.
import { checkText } from './arguments'
import { ownOf } from './checks'
import type { NativeClient } from './native'
import { guard, known } from './tokens'

/** Options of a link. */
export interface LinkOptions {
  /** Name of the peer, which it cannot change then. */
  readonly name?: string | undefined
  /** Your own id for the user. It is returned in peers, sessions and webhooks. */
  readonly userId?: string | undefined
}

// No private field, with which methods fail behind a Proxy.
const NATIVE = Symbol('native')

function nativeOf(links: Links | undefined): NativeClient {
  const native = (links as { readonly [NATIVE]?: NativeClient } | undefined)?.[NATIVE]
  if (native) return native
  throw new TypeError(
    'the method was taken off its object: call it as client.links.join(...), or bind it with client.links.join.bind(client.links)',
  )
}

/**
 * Create links to rooms, without the network.
 *
 * `subdomain` is that of the template, as the service's dashboard shows it: `acme` or `acme.app.100ms.live`. Templates that were
 * created with the API have none.
 */
export class Links {
  /** @internal */
  constructor(native: NativeClient) {
    Object.defineProperty(this, NATIVE, { value: native })
  }

  /**
   * Create the link at which a person joins with a room code: `https://acme.app.100ms.live/meeting/abc-defg-hij`.
   *
   * @throws InvalidRequestError for a subdomain that is none, or an empty code.
   */
  join(subdomain: string, code: string, options?: LinkOptions): string {
    return link(this, 'join', { subdomain, code }, options)
  }

  /**
   * Create the link at which a person first sees a preview, then joins with a room code:
   * `https://acme.app.100ms.live/preview/abc-defg-hij`.
   *
   * @throws InvalidRequestError for a subdomain that is none, or an empty code.
   */
  preview(subdomain: string, code: string, options?: LinkOptions): string {
    return link(this, 'preview', { subdomain, code }, options)
  }

  /**
   * Create the link at which a recorder joins without a click: the `meeting_url` of recordings, live streams and external streams.
   * `https://acme.app.100ms.live/preview/<room_id>/recorder?skip_preview=true`.
   *
   * @throws InvalidRequestError for a subdomain that is none, or an empty room id or role.
   */
  recorder(subdomain: string, roomId: string, role: string, options?: LinkOptions): string {
    return link(this, 'recorder', { subdomain, roomId, role }, options)
  }
}

function link(
  links: Links | undefined,
  method: string,
  parts: Readonly<Record<string, string>>,
  options: LinkOptions | undefined,
): string {
  const native = nativeOf(links)
  const operation = `links.${method}`
  for (const [name, part] of Object.entries(parts)) checkText(operation, name, part)
  const [subdomain, target, role] = Object.values(parts) as [string, string, string | undefined]
  if (options === undefined) {
    return guard(() => native.link(method, subdomain, target, role, undefined, undefined))
  }
  known(operation, options, ['name', 'userId'])
  const { name, userId } = ownOf(options)
  if (name !== undefined) checkText(operation, 'name', name)
  if (userId !== undefined) checkText(operation, 'userId', userId)
  return guard(() => native.link(method, subdomain, target, role, name, userId))
}
