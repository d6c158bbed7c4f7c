// @generated from crates/hundredms/src/resources by `cargo xtask gen`; not edited by hand.
// Whom a call reaches.

/** The arguments that say whom an operation reaches: everybody without them. */
export const RECIPIENTS: { readonly [operation: string]: readonly string[] } = {
  'active_rooms.remove_peers': ['peer_id', 'role'],
  'active_rooms.send_message': ['peer_id', 'role'],
}
