// The same calls with fetch, and with this package: `node own_requests.mjs`.

// --8<-- [start:before]
import { createHmac, randomUUID } from 'node:crypto'

const { HMS_ACCESS_KEY, HMS_SECRET = '', HMS_BASE_URL = 'https://api.100ms.live/v2' } = process.env

function managementToken() {
  const now = Math.floor(Date.now() / 1000)
  const claims = {
    access_key: HMS_ACCESS_KEY,
    type: 'management',
    version: 2,
    jti: randomUUID(),
    iat: now,
    nbf: now,
    exp: now + 86400,
  }
  const text = [{ alg: 'HS256', typ: 'JWT' }, claims]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.')
  return `${text}.${createHmac('sha256', HMS_SECRET).update(text).digest('base64url')}`
}

/**
 * Send a request, and return its JSON, or undefined for 404.
 *
 * @param {string} method
 * @param {string} path
 * @param {unknown} [body]
 * @returns {Promise<any>}
 */
async function call(method, path, body) {
  const response = await fetch(HMS_BASE_URL + path, {
    method,
    headers: { authorization: `Bearer ${managementToken()}`, 'content-type': 'application/json' },
    body: body === undefined ? null : JSON.stringify(body),
    signal: AbortSignal.timeout(30_000),
  })
  if (response.status === 404) return undefined
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`)
  return response.json()
}

/** @param {string} name */
async function openLessonBefore(name) {
  await call('POST', '/rooms', { name })
  const names = []
  let query = ''
  do {
    const page = await call('GET', `/rooms${query}`)
    for (const room of page.data ?? []) names.push(room.name)
    query = page.last ? `?start=${page.last}` : ''
  } while (query)
  return names
}

/** @param {string} roomId */
const roomBefore = (roomId) => call('GET', `/rooms/${roomId}`)

// --8<-- [end:before]

// --8<-- [start:after]
import { Client, NotFoundError } from 'hundredms'

/** @param {Client} client @param {string} name */
async function openLesson(client, name) {
  await client.rooms.create({ name })
  const names = []
  for await (const room of client.rooms.list()) names.push(room.name)
  return names
}

/** @param {Client} client @param {string} roomId */
async function findRoom(client, roomId) {
  try {
    return await client.rooms.get(roomId)
  } catch (error) {
    if (error instanceof NotFoundError) return undefined
    throw error
  }
}
// --8<-- [end:after]

const missing = '66b2d2105c803b002ae4f611'
console.log(await openLessonBefore('physics-7'), await roomBefore(missing))
const client = new Client()
console.log(await openLesson(client, 'physics-7'), await findRoom(client, missing))
