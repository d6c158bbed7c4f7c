// What the tests share: a sandbox and a client of it, and servers that answer as told.
import { createServer } from 'node:http'
import { after } from 'node:test'
import { Client, Sandbox } from 'hundredms'

/** A sandbox for the tests of one file. */
export async function sandboxed(options) {
  const sandbox = await Sandbox.start(options)
  after(() => sandbox.stop())
  return { sandbox, client: sandbox.client() }
}

/** A client of a server that answers with `answer(request, response, body)`. */
export async function served(answer, options = {}) {
  const server = createServer(async (request, response) => {
    const parts = []
    for await (const part of request) parts.push(part)
    answer(request, response, Buffer.concat(parts).toString())
  })
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening))
  after(() => {
    server.closeAllConnections()
    server.close()
  })
  const baseUrl = `http://127.0.0.1:${server.address().port}/v2`
  const client = new Client({ accessKey: 'key', secret: 'secret', baseUrl, authUrl: baseUrl, ...options })
  return { server, baseUrl, client }
}

/** A room as the service answers it. */
export function roomOf(id) {
  return {
    id,
    name: id,
    enabled: true,
    description: '',
    customer_id: 'c',
    template_id: 't',
    template: 't',
    recording_source_template: true,
    region: 'auto',
    large_room: false,
    created_at: '2024-08-07T01:44:48.482Z',
    updated_at: '2024-08-07T01:44:48.482Z',
  }
}

/** Answer with JSON. */
export function json(response, value, status = 200, headers = {}) {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(value))
}
