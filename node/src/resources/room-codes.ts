// @generated from crates/hundredms/src/resources/room_codes.rs by `cargo xtask gen`; not edited by hand.
// Room codes: short codes for a room and a role, and their exchange for a token.
import { List } from '../list'
import type { CallOptions } from '../options'
import { coreOf, Resource } from '../resource'

/** Room codes: short codes for a room and a role, and their exchange for a token. */
export class RoomCodes extends Resource {
  /**
   * Enable or disable a room code.
   *
   * Sets the state of one code. A disabled code cannot open a room link or be exchanged for an auth token.
   * `updated_at` becomes the time of the change.
   *
   * `POST /room-codes/code`; service documentation:
   * https://www.100ms.live/docs/server-side/v2/api-reference/room-codes/update-room-code-api
   */
  update(params: RoomCodesUpdateParams, options?: CallOptions): Promise<RoomCode> {
    return coreOf(this).call('room_codes.update', {}, options, params)
  }

  /**
   * List the room codes of a room.
   *
   * Returns the codes of every role of the room, enabled and disabled. Optional filters select by role or state.
   *
   * `GET /room-codes/room/{room_id}`; service documentation:
   * https://www.100ms.live/docs/server-side/v2/api-reference/room-codes/get-room-code-api
   *
   * @param roomId Id of the room.
   */
  list(roomId: string, params: RoomCodesListParams = {}, options?: CallOptions): List<RoomCode, RoomCodeList> {
    return new List(
      coreOf(this),
      { operation: 'room_codes.list', items: 'data', param: 'start' },
      { room_id: roomId },
      options,
      params,
    )
  }

  /**
   * Create codes for all roles of a room.
   *
   * Ensures that every role of the room's template has a room code, and returns the codes. After the template
   * changed, call it again: it adds codes for new roles and disables the codes of removed roles.
   *
   * `POST /room-codes/room/{room_id}`; service documentation:
   * https://www.100ms.live/docs/server-side/v2/api-reference/room-codes/create-room-code-api
   *
   * @param roomId Id of the room.
   */
  create(roomId: string, options?: CallOptions): Promise<RoomCodeSet> {
    return coreOf(this).call('room_codes.create', { room_id: roomId }, options)
  }

  /**
   * Create a code for one role of a room.
   *
   * Creates a room code for the role and returns it. A role may have several codes. A room may have at most 100.
   *
   * `POST /room-codes/room/{room_id}/role/{role}`; service documentation:
   * https://www.100ms.live/docs/server-side/v2/api-reference/room-codes/create-room-code-api
   *
   * @param roomId Id of the room.
   * @param role Role name as in the room's template.
   * @throws AmbiguousOutcomeError when the connection breaks while it is under way; `room_codes.list` shows whether
   * it took effect.
   */
  createForRole(roomId: string, role: string, options?: CallOptions): Promise<RoomCode> {
    return coreOf(this).call('room_codes.create_for_role', { room_id: roomId, role }, options)
  }

  /**
   * Exchange a room code for a client auth token.
   *
   * Exchanges an enabled room code for a client auth token of the code's room and role, so that a client app can
   * join without its own token server. The request goes to the auth host and needs no management token. Set
   * `user_id` to identify your own user in the token.
   *
   * `POST /token`; service documentation:
   * https://www.100ms.live/docs/get-started/v2/get-started/prebuilt/room-codes/room-code-auth
   */
  authToken(params: RoomCodesAuthTokenParams, options?: CallOptions): Promise<AuthToken> {
    return coreOf(this).call('room_codes.auth_token', {}, options, params)
  }

  /**
   * Enable a room code.
   *
   * Calls `room_codes.update` with `enabled` true.
   */
  enable(code: string, options?: CallOptions): Promise<RoomCode> {
    return coreOf(this).call('room_codes.update', { code, enabled: true }, options)
  }

  /**
   * Disable a room code: it cannot be exchanged for a token.
   *
   * Calls `room_codes.update` with `enabled` false.
   */
  disable(code: string, options?: CallOptions): Promise<RoomCode> {
    return coreOf(this).call('room_codes.update', { code, enabled: false }, options)
  }
}

/** Parameters of `room_codes.update`. */
export interface RoomCodesUpdateParams {
  /** The code. */
  readonly code: string
  /** Whether the code can be used. */
  readonly enabled: boolean
}

/** Parameters of `room_codes.list`. */
export interface RoomCodesListParams {
  /** Only codes of this role. Not empty. */
  readonly role?: string | undefined
  /** Only enabled (true) or only disabled (false) codes. Not empty. */
  readonly enabled?: boolean | undefined
  /**
   * Items per page. A loop over the list reads all pages. Between 1 and 100. Defaults to 100. Below 10, the service
   * may send 10 items, or refuse the call: it documents 10 to 100.
   */
  readonly limit?: number | undefined
  /** Cursor: the `last` value of the previous page. Omit for the first page. */
  readonly start?: string | undefined
}

/** Parameters of `room_codes.auth_token`. */
export interface RoomCodesAuthTokenParams {
  /** An enabled room code. */
  readonly code: string
  /** Your own id for the user. It becomes part of the token. */
  readonly user_id?: string | undefined
}

/**
 * Short code for one room and one role. It does not expire. It is also the last path segment of a room link and
 * the user part of the room's SIP address.
 */
export interface RoomCode {
  /** Ten characters in the form `abc-defg-hij`. */
  readonly code: string
  /** Id of the room. */
  readonly room_id: string
  /** Role name from the room's template. */
  readonly role: string
  /** Whether the code can be used. */
  readonly enabled: boolean
  /** Creation time. */
  readonly created_at?: string
  /** When `enabled` last changed. */
  readonly updated_at?: string
}

/** A page of room codes. */
export interface RoomCodeList {
  /** Page size that the service applied. */
  readonly limit?: number
  /** Items on this page. */
  readonly data: readonly RoomCode[]
  /** Cursor. Empty on the last page. */
  readonly last?: string | null
}

/** Codes of all roles, on one page. */
export interface RoomCodeSet {
  /** Items on this page. */
  readonly data: readonly RoomCode[]
}

/** Client auth token made from a room code. */
export interface AuthToken {
  /** JWT for client SDKs. */
  readonly token: string
  /** When the token expires. */
  readonly expires_at?: string
  /** Id of the room. */
  readonly room_id?: string
  /** Name of the role. */
  readonly role?: string
}
