// The surface against the core: every operation has its method, every kind of error its class.
import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import { test } from 'node:test'
import * as imported from 'hundredms'

const require = createRequire(import.meta.url)
const addon = require(`hundredms-${process.env.HUNDREDMS_TEST_PLATFORM}`)
const hundredms = { ...imported }
delete hundredms['module.exports']
delete hundredms.__esModule
const camel = (name) => name.replaceAll(/_(.)/g, (_, letter) => letter.toUpperCase())
const client = new hundredms.Client({ accessKey: 'key', secret: 'secret' })

test('every operation of the core has its method', () => {
  const operations = addon.operations()
  assert.equal(operations.length, 84)
  for (const operation of operations) {
    const [resource, method] = operation.split('.').map(camel)
    assert.equal(typeof client[resource]?.[method], 'function', operation)
  }
})

test('every kind of the core has its class, and every class its kind', () => {
  const { sandbox, ...classes } = hundredms.errorClasses
  assert.deepEqual(Object.keys(classes).sort(), addon.errorKinds().sort())
  for (const [kind, errorClass] of Object.entries(hundredms.errorClasses)) {
    const name = kind.replaceAll(/(?:^|_)(.)/g, (_, letter) => letter.toUpperCase())
    assert.equal(errorClass.name, `${name}Error`)
    assert.equal(hundredms[errorClass.name], errorClass)
    assert.ok(errorClass.prototype instanceof hundredms.HundredmsError)
  }
})

test('import and require give the same classes', () => {
  const required = { ...require('hundredms') }
  assert.deepEqual(Object.keys(required).sort(), Object.keys(hundredms).sort())
  for (const [name, value] of Object.entries(required)) assert.equal(hundredms[name], value, name)
})
