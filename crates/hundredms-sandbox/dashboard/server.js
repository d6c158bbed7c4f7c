// What the page asks the sandbox: reads, operations, controls, and the stream of events.
import { toast } from './dom.js'

const KEPT = 'hundredms-dashboard-token'
const BASE = '/_sandbox/dashboard'

/** Take the token out of the address, where it would be seen and remembered, and keep it for this tab. */
function takeToken() {
  const url = new URL(location.href)
  const given = url.searchParams.get('token')
  if (given !== null) {
    sessionStorage.setItem(KEPT, given)
    url.searchParams.delete('token')
    history.replaceState(null, '', url)
  }
  return sessionStorage.getItem(KEPT) ?? ''
}

const headers = { 'x-sandbox-dashboard-token': takeToken() }

/** The sandbox has stopped, or refuses connections for a while. */
export class Unreachable extends Error {}

async function send(path, options = {}) {
  const response = await fetch(path, { cache: 'no-store', ...options }).catch(() => {
    throw new Unreachable('The sandbox does not respond')
  })
  const answer = await response.json().catch(() => null)
  if (response.ok) return answer
  const details = answer?.details?.join('; ')
  throw new Error([answer?.message ?? `status ${response.status}`, details].filter(Boolean).join(': '))
}

const post = (path, body, more = {}) =>
  send(path, { method: 'POST', headers: { 'content-type': 'application/json', ...more }, body: JSON.stringify(body) })

/** Read several things at the same moment. What does not exist is null. */
export const read = (names) => post(`${BASE}/read`, names, headers)

/** Call an operation of the API. */
export const call = (method, path, body) => post(`${BASE}/call`, { method, path, body }, headers)

/** Send the event of a delivery again. */
export const resend = (eventId) => post(`${BASE}/resend`, eventId, headers)

/** Change where the webhooks of the workspace go, and keep the rest. Null for nowhere. */
export const setWebhookUrl = (url) => post(`${BASE}/webhook-url`, url, headers)

/** Run a control. */
export const control = (name, args = {}) => post(`/_sandbox/${name}`, args)

/** Return all that the log knows of a request. */
export const requestDetails = (number, reveal) => send(`${BASE}/request?number=${number}&reveal=${reveal}`, { headers })

/** Do something, and show why if it is refused. Returns whether it was done. */
export async function attempt(what, done) {
  try {
    await what()
    if (done !== undefined) toast(done)
    return true
  } catch (error) {
    toast(error.message, 'bad')
    return false
  }
}

/** Receive events until the page closes, over new connections if one breaks. */
export async function listen(onevent, onstate) {
  let after = 0
  for (;;) {
    try {
      const response = await fetch(`${BASE}/events?after=${after}`, { headers, cache: 'no-store' })
      if (response.status === 403) {
        onstate('lost', 'The sandbox has started anew: open the URL that it printed')
        return
      }
      if (!response.ok) throw new Error(`status ${response.status}`)
      onstate('live', 'Live')
      const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
      let text = ''
      for (;;) {
        const { value, done } = await reader.read()
        if (done) break
        const events = (text + value).split('\n\n')
        text = events.pop()
        for (const event of events) {
          const data = JSON.parse(event.slice('data: '.length))
          after = data.requests.at(-1)?.number ?? after
          onevent(data)
        }
      }
    } catch {
      // The sandbox has stopped, or a fault refuses connections.
    }
    onstate('wait', 'Connecting')
    await new Promise((resolve) => setTimeout(resolve, 1000))
  }
}
