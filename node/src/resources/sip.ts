// @generated from crates/hundredms/src/resources/sip.rs by `cargo xtask gen`; not edited by hand.
// SIP: phone calls into rooms.
import type { CallOptions } from '../options'
import { coreOf, Resource } from '../resource'

/** SIP: phone calls into rooms. */
export class Sip extends Resource {
  /**
   * Send DTMF tones to SIP peers.
   *
   * Plays the tones to every SIP peer of the call. WebRTC peers hear nothing. Requires the auth token of a client
   * peer, which names room and role; a management token does not work. Requests are queued and played one after the
   * other. Each tone lasts 100 ms, with 100 ms between tones.
   *
   * `POST /sip/dtmf`; service documentation:
   * https://www.100ms.live/docs/server-side/v2/how-to-guides/Session%20Initiation%20Protocol%20(SIP)/SIP-DTMF-transmission
   *
   * @param authToken Token of a client that is in the room, from `tokens.auth`. It is sent instead of the
   * management token.
   */
  sendDtmf(
    authToken: string,
    params: SipSendDtmfParams,
    options?: CallOptions,
  ): Promise<{ readonly [name: string]: unknown }> {
    return coreOf(this).call('sip.send_dtmf', { auth_token: authToken }, options, params)
  }

  /**
   * Call a phone number from a room.
   *
   * Calls a phone number over a trunk. The callee joins the room with the role of the room code. The request takes
   * until the callee answers or refuses. A timeout before that leaves the outcome ambiguous. Several calls over one
   * trunk can run at the same time, each with its own request.
   *
   * Defaults to a timeout of 90 seconds, unless the client has a timeout of its own.
   *
   * `POST /sip/outbound/call`; service documentation:
   * https://www.100ms.live/docs/server-side/v2/how-to-guides/Session%20Initiation%20Protocol%20(SIP)/SIP-Outbound
   */
  call(params: SipCallParams, options?: CallOptions): Promise<SipCallId> {
    return coreOf(this).call('sip.call', {}, options, params)
  }

  /**
   * Create an outbound SIP trunk.
   *
   * Stores the credentials, address and caller number of a SIP trunk provider, and returns the `trunk_id` that
   * calls need.
   *
   * `POST /sip/outbound/trunks`; service documentation:
   * https://www.100ms.live/docs/server-side/v2/how-to-guides/Session%20Initiation%20Protocol%20(SIP)/SIP-Outbound
   */
  createTrunk(params: SipCreateTrunkParams, options?: CallOptions): Promise<SipTrunkId> {
    return coreOf(this).call('sip.create_trunk', {}, options, params)
  }

  /**
   * Update an outbound SIP trunk.
   *
   * Replaces credentials, address or caller number of an existing trunk and returns its id.
   *
   * `POST /sip/outbound/trunks/{trunk_id}`; service documentation:
   * https://www.100ms.live/docs/server-side/v2/how-to-guides/Session%20Initiation%20Protocol%20(SIP)/SIP-Outbound
   *
   * @param trunkId Id of the trunk.
   */
  updateTrunk(trunkId: string, params: SipUpdateTrunkParams = {}, options?: CallOptions): Promise<SipTrunkId> {
    return coreOf(this).call('sip.update_trunk', { trunk_id: trunkId }, options, params)
  }
}

/** Parameters of `sip.send_dtmf`. */
export interface SipSendDtmfParams {
  /** Tones, in playing order. */
  readonly digits: readonly string[]
}

/** Parameters of `sip.call`. */
export interface SipCallParams {
  /** Phone number, or another identifier that the trunk provider supports. */
  readonly to: string
  /** Name under which the callee appears in the room. */
  readonly name?: string | undefined
  /** Your own user id for the peer; may be empty. */
  readonly user_id?: string | undefined
  /** Room code of the room and role. */
  readonly room_code: string
  /** Trunk to dial over. */
  readonly trunk_id: string
  /** Whether to call with video. Defaults to `false`. */
  readonly video?: boolean | undefined
  /**
   * Custom SIP headers for the INVITE, passed on verbatim. Names must be valid SIP tokens; an X- prefix is
   * recommended. Names and values with line breaks are refused. Reserved headers are ignored: To, From, Via,
   * Contact, Call-ID, `CSeq`, Max-Forwards, Route, Content-Type, Content-Length, Authorization,
   * P-Asserted-Identity, Remote-Party-ID, Diversion and others, including their compact forms.
   */
  readonly headers?: { readonly [name: string]: string } | undefined
}

/** Parameters of `sip.create_trunk`. */
export interface SipCreateTrunkParams {
  /** User name at the trunk provider. */
  readonly username: string
  /** Password at the trunk provider. */
  readonly password: string
  /** SIP host of the trunk provider. */
  readonly address: string
  /** Phone number from the provider, shown as the caller. */
  readonly from: string
}

/** Parameters of `sip.update_trunk`. */
export interface SipUpdateTrunkParams {
  /** User name at the trunk provider. */
  readonly username?: string | undefined
  /** Password at the trunk provider. */
  readonly password?: string | undefined
  /** SIP host of the trunk provider. */
  readonly address?: string | undefined
  /** Phone number from the provider, shown as the caller. */
  readonly from?: string | undefined
}

/** A call that was placed. */
export interface SipCallId {
  /** Id of the call. */
  readonly id: string
}

/** A trunk that was created or updated. */
export interface SipTrunkId {
  /** Id of the trunk (`trunk_id`). */
  readonly id: string
}
