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

/** Send a request, and return its JSON, or undefined for 404. */
async function call(method = 'GET', path = '/', content = {}) {
  const response = await fetch(HMS_BASE_URL + path, {
    method,
    headers: { authorization: `Bearer ${managementToken()}`, 'content-type': 'application/json' },
    body: method === 'GET' ? null : JSON.stringify(content),
    signal: AbortSignal.timeout(30_000),
  })
  if (response.status === 404) return undefined
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`)
  return JSON.parse(await response.text())
}

async function openLessonBefore(name = '') {
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

const roomBefore = (roomId = '') => call('GET', `/rooms/${roomId}`)

// --8<-- [end:before]

// --8<-- [start:after]
import { Client, NotFoundError } from 'hundredms'

const client = new Client()

async function openLesson(name = '') {
  await client.rooms.create({ name })
  const names = []
  for await (const room of client.rooms.list()) names.push(room.name)
  return names
}

async function findRoom(roomId = '') {
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
console.log(await openLesson('physics-7'), await findRoom(missing))
