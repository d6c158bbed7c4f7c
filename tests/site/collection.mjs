// Runs the whole Postman collection against a sandbox: COLLECTION is its file, VARIABLES a JSON object of the variables to set.
import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import { test } from 'node:test'

const newman = createRequire(import.meta.url)('newman')
const { COLLECTION, VARIABLES, OPERATIONS, REFUSED = '{}' } = process.env

test('every request of the collection is answered as expected', async () => {
  const values = Object.entries(JSON.parse(VARIABLES)).map(([key, value]) => ({ key, value, enabled: true }))
  const summary = await new Promise((resolve, reject) => {
    newman.run({ collection: COLLECTION, environment: { values } }, (error, done) => (error ? reject(error) : resolve(done)))
  })
  const { executions, failures } = summary.run
  assert.deepEqual(
    failures.map(({ source, error }) => `${source?.name}: ${error.message}`),
    [],
  )
  assert.equal(executions.length, Number(OPERATIONS))
  const refused = {}
  const shown = {}
  for (const { item, response, request } of executions) {
    if (response?.code < 300) continue
    refused[item.name] = response?.code
    shown[item.name] = `${request.method} ${request.url} ${response?.code} ${response?.text()}`
  }
  assert.deepEqual(refused, JSON.parse(REFUSED), JSON.stringify(shown, null, 2))
})
