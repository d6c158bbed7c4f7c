// Proxies of the environment: they are used, or refused by their name when the client is made.
import assert from 'node:assert/strict'
import { connect, createServer } from 'node:net'
import { after, afterEach, test } from 'node:test'
import { inspect } from 'node:util'
import { Client, ConfigurationError } from 'hundredms'
import { json, roomOf, served } from './sandbox-client.mjs'

const NAMES = ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY', 'NO_PROXY']
const all = [...NAMES, ...NAMES.map((name) => name.toLowerCase())]
const before = Object.fromEntries(all.map((name) => [name, process.env[name]]))
afterEach(() => {
  for (const [name, value] of Object.entries(before)) {
    if (value === undefined) delete process.env[name]
    else process.env[name] = value
  }
})

/** Have these variables, and no other proxies. */
function only(variables) {
  for (const name of all) delete process.env[name]
  Object.assign(process.env, variables)
}

const make = (baseUrl, options) => new Client({ accessKey: 'k', secret: 's', baseUrl, authUrl: baseUrl, ...options })

/** A SOCKS 5 proxy that leads every name to `port` of this machine; gives its address, and the names that it was asked for. */
async function socks(port) {
  const asked = []
  const server = createServer((socket) => {
    socket.on('error', () => {})
    socket.once('data', () => {
      socket.write(Buffer.from([5, 0]))
      socket.once('data', (request) => {
        const length = request[4]
        asked.push(`${request.subarray(5, 5 + length)}:${request.readUInt16BE(5 + length)}`)
        const service = connect(port, '127.0.0.1', () => {
          socket.write(Buffer.from([5, 0, 0, 1, 127, 0, 0, 1, 0, 0]))
          socket.pipe(service).pipe(socket)
        })
        service.on('error', () => socket.destroy())
      })
    })
  })
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening))
  after(() => server.close())
  return { address: `127.0.0.1:${server.address().port}`, asked }
}

test('a SOCKS proxy that looks names up is used, from the environment and as an option', async () => {
  const { server } = await served((_, response) => json(response, roomOf('a')))
  const { address, asked } = await socks(server.address().port)
  only({ ALL_PROXY: `socks5h://${address}` })
  assert.equal((await make('http://service.test/v2').rooms.get('a')).id, 'a')
  only({})
  const client = make('http://other.test:8080/v2', { proxy: `socks5h://${address}` })
  assert.equal((await client.rooms.get('a')).id, 'a')
  assert.deepEqual(asked, ['service.test:80', 'other.test:8080'])
})

for (const [variables, name] of [
  [{ HTTPS_PROXY: 'socks://127.0.0.1:1' }, 'HTTPS_PROXY'],
  [{ https_proxy: 'http://user:p#hushed@proxy.example:3128' }, 'https_proxy'],
  [{ HTTPS_PROXY: 'http://user:p/hushed@proxy.example:3128' }, 'HTTPS_PROXY'],
  [{ ALL_PROXY: 'ftp://hushed@proxy.example' }, 'ALL_PROXY'],
  [{ all_proxy: 'http://:3128' }, 'all_proxy'],
]) {
  test(`${inspect(variables).replaceAll('hushed', '…')} is refused at once, by its name, and not shown`, () => {
    only(variables)
    assert.throws(
      () => make('https://service.test/v2'),
      (error) => {
        assert.ok(error instanceof ConfigurationError)
        assert.ok(error.message.startsWith(`${name}: must be the URL of a proxy`), error.message)
        assert.doesNotMatch(inspect(error, { depth: 9 }), /hushed/)
        return true
      },
    )
    // Not used, so not refused: for what is on this machine, by NO_PROXY, and where the option says otherwise.
    make('http://127.0.0.1:1/v2')
    make('https://service.test/v2', { proxy: false })
    process.env.NO_PROXY = '.test'
    make('https://service.test/v2')
  })
}

test('a base URL on this machine goes past a proxy though the other does not', async () => {
  const asked = []
  const { baseUrl: proxy } = await served((request, response) => {
    asked.push(request.url)
    json(response, {}, 502)
  })
  const { baseUrl } = await served((_, response) => json(response, roomOf('a')))
  only({ HTTP_PROXY: proxy.replace('/v2', '') })
  const client = make(baseUrl, { authUrl: 'http://auth.service.test/v2', maxRetries: 0 })
  assert.equal((await client.rooms.get('a')).id, 'a')
  assert.deepEqual(asked, [])
  await assert.rejects(client.roomCodes.authToken({ code: 'abc-defg-hij' }))
  assert.equal(asked.length, 1)
  assert.ok(asked[0].startsWith('http://auth.service.test/'), asked[0])
})
