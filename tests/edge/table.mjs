// What every runtime is asked to do, and the rows of the table. Uses what all of them have: no module of Node.

/** Run `act`, and return its error. */
async function failure(act) {
  try {
    await act()
  } catch (error) {
    return error
  }
  throw new Error('it did not fail')
}

function check(holds, what) {
  if (!holds) throw new Error(what)
}

async function control(given, name, args = {}) {
  const headers = { 'content-type': 'application/json' }
  const answer = await fetch(`${given.controls}/${name}`, { method: 'POST', headers, body: JSON.stringify(args) })
  if (!answer.ok) throw new Error(`${name}: ${answer.status} ${await answer.text()}`)
  return answer.json()
}

/** Sign a webhook as the service does. */
async function signed(key, body) {
  const bytes = (text) => new TextEncoder().encode(text)
  const imported = await crypto.subtle.importKey('raw', bytes(key), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])
  const signature = new Uint8Array(await crypto.subtle.sign('HMAC', imported, bytes(body)))
  return Array.from(signature, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** The rows: what each does with the package. */
const ROWS = {
  async import({ Client, webhooks }) {
    check(typeof Client === 'function' && typeof webhooks.Receiver === 'function', 'the classes are missing')
  },

  async token({ Client }, given) {
    const token = client(Client, given).tokens.auth('room', 'host', { userId: 'ada' })
    const [, payload] = token.split('.')
    const claims = JSON.parse(atob(payload.replaceAll('-', '+').replaceAll('_', '/')))
    check(claims.role === 'host' && claims.user_id === 'ada' && claims.access_key === given.accessKey, payload)
    const read = client(Client, given).tokens.verify(token)
    check(JSON.stringify(read).includes(given.accessKey), JSON.stringify(read))
  },

  async 'call with retry'({ Client }, given) {
    const retries = []
    const hooked = client(Client, given, { onRetry: ({ status }) => retries.push(status) })
    const room = await hooked.rooms.create({ name: `${given.name}-retry` })
    await control(given, 'add_fault', {
      match: { operation: 'rooms.get' },
      on: { first: 1 },
      effect: { status: 503, retry_after: 0 },
    })
    const { value, attempts } = await hooked.withResponse.rooms.get(room.id)
    check(value.name === `${given.name}-retry` && attempts === 2, `after ${attempts} attempts`)
    check(retries.join() === '503', `the hook saw ${retries}`)
  },

  // With the addresses that a program gets which gives none; nothing is sent.
  async "the service's addresses"({ Client }) {
    const requests = []
    const { fetch } = globalThis
    globalThis.fetch = async (url, { method }) => {
      requests.push(`${method} ${url}`)
      return new Response('{"limit":100,"data":[],"token":"t"}', { headers: { 'content-type': 'application/json' } })
    }
    try {
      const own = new Client({ accessKey: 'key', secret: 'secret' })
      await own.rooms.list().firstPage()
      await own.roomCodes.authToken({ code: 'abc-defg-hij' })
    } finally {
      globalThis.fetch = fetch
    }
    check(
      requests.join() === 'GET https://api.100ms.live/v2/rooms?limit=100,POST https://auth.100ms.live/v2/token',
      requests.join(),
    )
  },

  async list({ Client }, given) {
    const own = client(Client, given)
    for (const number of [1, 2, 3]) await own.rooms.create({ name: `${given.name}-list-${number}` })
    const names = []
    for await (const { name } of own.rooms.list({ limit: 2 })) names.push(name)
    check(
      [1, 2, 3].every((number) => names.includes(`${given.name}-list-${number}`)),
      names.join(),
    )
  },

  async abort({ Client }, given) {
    await hang(given, 'rooms.get')
    const begun = Date.now()
    const error = await failure(() => client(Client, given).rooms.get('x', { signal: AbortSignal.timeout(100) }))
    await control(given, 'clear_faults')
    check(error.name === 'TimeoutError' && Date.now() - begun < 3000, String(error))
  },

  async deadline({ Client, TimeoutError }, given) {
    await hang(given, 'rooms.get')
    const error = await failure(() => client(Client, given).rooms.get('x', { timeoutMs: 150 }))
    await control(given, 'clear_faults')
    check(error instanceof TimeoutError && error.phase === 'wait', String(error))
  },

  async 'webhook verified'({ webhooks }) {
    const seen = []
    const receiver = new webhooks.Receiver({ hmacKey: 'webhook-signing-key' })
    receiver.on('session.open.success', (event) => void seen.push(event.data.room_id))
    const receive = receiver.fetch()
    const event = {
      version: '2.0',
      id: crypto.randomUUID(),
      timestamp: new Date().toISOString(),
      type: 'session.open.success',
      data: { room_id: 'r1', session_id: 's1' },
    }
    const body = JSON.stringify(event)
    const post = (signature) =>
      receive(
        new Request('https://receiver.example/', { method: 'POST', body, headers: { 'x-100ms-signature': signature } }),
      )
    const answers = [await post(await signed('webhook-signing-key', body)), await post(await signed('another', body))]
    const statuses = answers.map(({ status }) => status).join()
    check(statuses === '200,401' && seen.join() === 'r1', `${statuses}, ${seen}`)
  },

  async 'error class'({ Client, NotFoundError, AuthenticationError, HundredmsError }, given) {
    const own = client(Client, given)
    const error = await failure(() => own.rooms.get('68e52ab21f2db7ea0ba56a61'))
    check(error instanceof NotFoundError && error instanceof HundredmsError && error.status === 404, String(error))
    const wrong = await failure(() => client(Client, given, { secret: 'another secret' }).rooms.get('x'))
    check(wrong instanceof AuthenticationError, String(wrong))
  },

  async 'token callback'({ Client }, given) {
    const token = client(Client, given).tokens.management()
    let asked = 0
    const { baseUrl } = given
    const callback = async () => {
      asked += 1
      return token
    }
    const own = new Client({ baseUrl, token: callback })
    await Promise.all([own.rooms.list(), own.rooms.list()])
    check(asked === 1, `it was asked ${asked} times`)
  },

  async 'rate limit'({ Client }, given) {
    const limited = client(Client, given, { rateLimit: 10 })
    const begun = Date.now()
    await Promise.all(Array.from({ length: 15 }, () => limited.rooms.list({ limit: 10 }).firstPage()))
    const elapsed = Date.now() - begun
    check(elapsed > 300, `15 calls at 10 per second took ${elapsed} ms`)
  },

  async 'map during a pause'({ Client }, given) {
    const hasty = client(Client, given, { timeoutMs: 800 })
    const effect = { status: 429, retry_after: 2 }
    await control(given, 'add_fault', { match: { operation: 'rooms.create' }, on: { first: 2 }, effect })
    const begun = Date.now()
    const failures = []
    const create = (name, { signal }) => hasty.rooms.create({ name }, { signal })
    const names = Array.from({ length: 20 }, (_, number) => `${given.name}-map-${number}`)
    for await (const { error } of hasty.map(names, create)) if (error) failures.push(error)
    check(failures.length === 0 && Date.now() - begun > 1900, `after ${Date.now() - begun} ms: ${failures.join('; ')}`)
  },

  // Some runtimes send requests again by themselves.
  async 'sent once'({ Client, AmbiguousOutcomeError }, given) {
    const own = client(Client, given, { maxRetries: 0 })
    const { id } = await own.rooms.create({ name: `${given.name}-once` })
    const acts = { 'rooms.create': () => own.rooms.create(), 'stream_keys.create': () => own.streamKeys.create(id) }
    for (const [operation, act] of Object.entries(acts)) {
      await control(given, 'add_fault', {
        match: { operation },
        on: { first: 1 },
        effect: { disconnect: 'close_after' },
      })
      const error = await failure(act)
      check(error instanceof AmbiguousOutcomeError && error.mayHaveApplied, `${operation}: ${error}`)
    }
    await control(given, 'clear_faults')
  },

  // Of a size that arrives in many pieces.
  async stream({ Client }, given) {
    const own = client(Client, given)
    const room = await own.rooms.create({ name: `${given.name}-stream` })
    await control(given, 'join_peer', { room_id: room.id, role: 'host' })
    const { id } = await own.recordings.start(room.id)
    await control(given, 'advance_clock', { seconds: 601 })
    await own.recordings.stop(id)
    await own.recordings.wait(id)
    const [asset] = (await own.recordingAssets.list({ room_id: room.id }).firstPage()).data
    for (const size of [300_000, 20_000_000]) {
      await control(given, 'resize_asset', { asset_id: asset.id, size })
      let received = 0
      for await (const piece of own.recordingAssets.stream(asset.id, { timeoutMs: 20_000 })) received += piece.length
      check(received === size, `${received} of ${size} bytes`)
    }
  },

  async 'what is no response'({ Client, ConnectionError, webhooks }, given) {
    const own = client(Client, given, { maxRetries: 0 })
    const room = await own.rooms.create({ name: `${given.name}-none` })
    const slow = own.rooms.get(room.id)
    const { fetch } = globalThis
    const used = new Response('{}')
    await used.text()
    for (const returned of [undefined, { ok: true, status: 200 }, used]) {
      globalThis.fetch = async () => returned
      const error = await failure(() => own.rooms.get(room.id)).finally(() => {
        globalThis.fetch = fetch
      })
      check(error instanceof ConnectionError && String(error).includes('`fetch`'), String(error))
    }
    // A mistake in one call ends no other.
    const gone = new Uint8Array(8)
    structuredClone(gone, { transfer: [gone.buffer] })
    const receiver = new webhooks.Receiver({ hmacKey: 'key' })
    await failure(async () => receiver.receive(gone, {}))
    await failure(async () => receiver.receive('{}', {}, 1n))
    check((await slow).id === room.id && (await own.rooms.get(room.id)).id === room.id, 'a call was lost')
  },

  async job({ Client }, given) {
    const own = client(Client, given)
    const room = await own.rooms.create({ name: `${given.name}-job` })
    const peer = await control(given, 'join_peer', { room_id: room.id, role: 'host' })
    await control(given, 'leave_peer', { peer_id: peer.id })
    const [session] = (await own.sessions.list({ room_id: room.id, active: false })).data
    const { attendees } = await own.sessions.attendance(session.id)
    check(attendees.length === 1, JSON.stringify(attendees))
  },

  async 'what is missing says so'({ Client, ConfigurationError, Sandbox }, given) {
    const refusals = [
      await failure(() => Sandbox.start()),
      await failure(() => client(Client, given, { cassette: { path: 'c.json', mode: 'record' } })),
      await failure(() => client(Client, given, { rateLimit: 1, rateLimitRedis: 'redis://127.0.0.1' })),
      await failure(() => client(Client, given, { proxy: 'http://127.0.0.1:1' })),
      await failure(() => client(Client, given).recordingAssets.download('a', 'file')),
      await failure(() => client(Client, given).rooms.list().toNdjson()),
    ]
    const wrong = refusals.filter((error) => !(error instanceof ConfigurationError))
    check(wrong.length === 0, wrong.map(String).join('; '))
  },
}

function client(Client, { accessKey, secret, baseUrl }, more) {
  return new Client({ accessKey, secret, baseUrl, ...more })
}

async function hang(given, operation) {
  await control(given, 'add_fault', { match: { operation }, effect: { delay_before_ms: 5000 } })
}

/** The names of the rows. */
export const rows = Object.keys(ROWS)

/** Go through the rows with a package. Return what is wrong in each; nothing if it holds. */
export async function table(hundredms, given) {
  const outcomes = {}
  for (const [name, row] of Object.entries(ROWS)) {
    try {
      await row(hundredms, given)
      outcomes[name] = null
    } catch (error) {
      outcomes[name] = String(error?.stack ?? error)
    }
  }
  return outcomes
}
