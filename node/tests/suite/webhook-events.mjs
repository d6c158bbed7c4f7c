// Webhooks as the service sends them, for the tests.
import { randomUUID } from 'node:crypto'

export const SECRET = 'webhook-secret-of-the-tests'

/** The body of `peer.join.success`. */
export function joined({ id = randomUUID(), peer = randomUUID(), ...more } = {}) {
  return JSON.stringify({
    version: '2.0',
    id,
    account_id: '6810a695d8dca557e0b2eb3b',
    timestamp: '2025-09-18T13:30:04Z',
    type: 'peer.join.success',
    data: {
      room_id: '68fbe6d764804a43b9880234',
      session_id: '68c67321580064e161699056',
      peer_id: peer,
      user_name: 'Ana',
      role: 'tutor',
      joined_at: '2025-09-18T13:30:04.431960255Z',
    },
    ...more,
  })
}
