// Keep a table of who was in which room, and when, from webhooks alone.
//
// Run it with `HMS_WEBHOOK_SECRET=... node attendance.mjs`. Let webhooks be sent to `http://<this machine>:8080/webhooks` with the header
// `x-webhook-secret`, and open http://127.0.0.1:8080/attendance.
import { createServer } from 'node:http'
import { pathToFileURL } from 'node:url'
import { webhooks } from 'hundredms'

/** @typedef {{ readonly [name: string]: string | null | undefined }} Stay One stay of one peer. */

/**
 * Keep the table: stays by the id of the peer. Events arrive in any order. A leave may arrive before its join, so each adds only what it
 * knows.
 *
 * @param {webhooks.Receiver} receiver
 */
export function attendance(receiver) {
  /** @type {Map<string, Stay>} */
  const stays = new Map()
  /** @type {(data: { peer_id: string }, known: Stay) => void} */
  const add = (data, known) => stays.set(data.peer_id, { ...stays.get(data.peer_id), ...given(known) })
  receiver.on('peer.join.success', ({ data }) => {
    const { room_id, session_id, user_id, user_name, joined_at } = data
    add(data, { room_id, session_id, user_id, user_name, joined_at })
  })
  receiver.on('peer.leave.success', ({ data }) => {
    const { room_id, session_id, user_id, user_name, joined_at, left_at } = data
    add(data, { room_id, session_id, user_id, user_name, joined_at, left_at })
  })
  return stays
}

/**
 * Return only the values that are there, so that they replace nothing that is known.
 *
 * @param {Stay} values
 */
function given(values) {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined))
}

/**
 * Return the service: it receives webhooks, and shows the table.
 *
 * @param {webhooks.Receiver} receiver
 */
export function service(receiver) {
  const stays = attendance(receiver)
  const receive = receiver.express()
  return createServer((request, response) => {
    if (request.url === '/webhooks') receive(request, response)
    else if (request.url === '/attendance') response.end(JSON.stringify(Object.fromEntries(stays)))
    else response.writeHead(404).end()
  })
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const secret = process.env.HMS_WEBHOOK_SECRET
  if (!secret) throw new Error('set HMS_WEBHOOK_SECRET to the value of the header x-webhook-secret')
  const receiver = new webhooks.Receiver({ headers: { 'x-webhook-secret': secret } })
  service(receiver).listen(8080, () => console.log('listening on port 8080'))
}
