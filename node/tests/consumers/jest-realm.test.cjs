// Under Jest, where what the addon throws is of another realm.
const { createServer } = require('node:http')
const {
  AuthenticationError,
  Client,
  ConfigurationError,
  HundredmsError,
  InvalidRequestError,
  NotFoundError,
  Sandbox,
  webhooks,
} = require('hundredms')

let sandbox
let client
beforeAll(async () => {
  sandbox = await Sandbox.start()
  client = sandbox.client()
})
afterAll(() => sandbox.stop())

const body = Buffer.from(JSON.stringify({ id: '1', type: 'peer.join.success', data: {} }))
const receiver = new webhooks.Receiver({ headers: { 'x-s': 'k' } })
const wrong = { 'x-s': 'wrong' }

test('what the addon throws at once is of the real classes', () => {
  expect(() => new Client({ baseUrl: 'nope', accessKey: 'a', secret: 'b' })).toThrow(ConfigurationError)
  expect(() => new webhooks.Receiver({ headers: { 'bad name': 'v' } })).toThrow(ConfigurationError)
  expect(() => client.tokens.auth('', 'x')).toThrow(InvalidRequestError)
  expect(() => client.tokens.decode('x')).toThrow(InvalidRequestError)
  expect(() => client.tokens.verify(`${client.tokens.auth('r', 'x').slice(0, -3)}abc`)).toThrow(AuthenticationError)
  expect(() => receiver.receive(body, wrong)).toThrow(webhooks.WebhookVerificationError)
  expect(() => webhooks.parse('no JSON')).toThrow(webhooks.WebhookVerificationError)
})

test('a webhook with a wrong secret is 401 in every adapter', async () => {
  expect((await receiver.handle(body, wrong)).status).toBe(401)
  const request = new Request('http://x/', { method: 'POST', body, headers: wrong })
  expect((await receiver.fetch()(request)).status).toBe(401)
  expect((await receiver.lambda()({ body: String(body), headers: wrong })).statusCode).toBe(401)
  const server = createServer(receiver.express())
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${server.address().port}/`
  expect((await fetch(url, { method: 'POST', body, headers: wrong })).status).toBe(401)
  server.closeAllConnections()
  server.close()
})

test('a token callback that throws is told in its own words', async () => {
  const asking = new Client({
    baseUrl: sandbox.baseUrl,
    token: () => {
      throw new Error('vault is down')
    },
  })
  const error = await asking.rooms.list().catch((caught) => caught)
  expect(error).toBeInstanceOf(HundredmsError)
  expect(error.message).toMatch(/vault is down/)
  expect(error.message).not.toMatch(/Error: vault/)
})

test('errors of another copy of the package are of the classes of this one', async () => {
  let copy
  jest.isolateModules(() => {
    copy = require('hundredms')
  })
  expect(copy.NotFoundError).not.toBe(NotFoundError)
  const other = new copy.Client({ baseUrl: sandbox.baseUrl, accessKey: sandbox.accessKey, secret: sandbox.secret })
  const error = await other.rooms.get('66b2d2105c803b002ae4f611').catch((caught) => caught)
  expect(error).toBeInstanceOf(NotFoundError)
  expect(error).toBeInstanceOf(HundredmsError)
  expect(error).not.toBeInstanceOf(ConfigurationError)
  expect({}).not.toBeInstanceOf(HundredmsError)
})

test('an ambiguous outcome of another copy can be looked for', async () => {
  let copy
  jest.isolateModules(() => {
    copy = require('hundredms')
  })
  const other = new copy.Client({
    baseUrl: sandbox.baseUrl,
    accessKey: sandbox.accessKey,
    secret: sandbox.secret,
    maxRetries: 0,
  })
  await sandbox.addFault({ match: { operation: 'rooms.create' }, effect: { status: 504 } })
  const error = await other.rooms.create({ name: 'maybe' }).catch((caught) => caught)
  expect(error).toBeInstanceOf(HundredmsError)
  expect(await client.reconcile(error)).toBeUndefined()
})
