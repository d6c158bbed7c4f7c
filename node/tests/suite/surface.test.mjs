// The surface against the core: every operation has its method, every kind of error its class.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
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
  const contract = readFileSync(join(process.env.HUNDREDMS_CONTRACT, 'openapi.yaml'), 'utf8')
  assert.equal(operations.length, contract.match(/operationId: /g).length)
  for (const operation of operations) {
    const [resource, method] = operation.split('.').map(camel)
    assert.equal(typeof client[resource]?.[method], 'function', operation)
  }
})

/** The calls of TypeScript in the index, by the path to the method: the arguments. */
function documented() {
  const index = readFileSync(join(process.env.HUNDREDMS_CONTRACT, '../../docs/api.md'), 'utf8')
  const rows = index.matchAll(/\| `[^`]*`<br>`([\w.]+)\(([^)`]*)\)`/g)
  return new Map([...rows].map(([, path, given]) => [path, given.split(', ').filter(Boolean)]))
}

/** The parameters of the methods that a class declares, by name. */
function declared(file, className) {
  const text = readFileSync(join(dirname(require.resolve('hundredms')), file), 'utf8')
  const [, body] = new RegExp(`class ${className}\\b[^{]*\\{\n([\\s\\S]*?)\n\\}`).exec(text)
  const plain = body.replaceAll(/\/\*[\s\S]*?\*\//g, '')
  const methods = plain.matchAll(/^ {4}(?!constructor)(\w+)(?:<.*?>)?\(([\s\S]*?)\): .*;$/gm)
  const names = (list) =>
    [...list.replaceAll(/<[^<>]*>|\([^()]*\)|\{[^{}]*\}/g, '').matchAll(/(\w+)\??: /g)].map(([, name]) => name)
  return new Map([...methods].map(([, name, list]) => [name, names(list)]))
}

test('the index has every method, as it is called', () => {
  const calls = documented()
  const dashed = (name) => name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
  const bases = {
    AssetStreaming: 'asset-streaming',
    SessionWindows: 'session-windows',
    TemplateEditing: 'template-editing',
  }
  const classes = Object.keys(client).flatMap((name) => {
    const { name: className } = client[name].constructor
    const { name: base } = Object.getPrototypeOf(client[name].constructor)
    const file = ['tokens', 'links'].includes(name) ? name : `resources/${dashed(name)}`
    return [[name, file, className], ...(base in bases ? [[name, bases[base], base]] : [])]
  })
  let count = 0
  for (const [name, file, className] of [['', 'client', 'Client'], ...classes]) {
    for (const [method, parameters] of declared(`${file}.d.ts`, className)) {
      const path = name ? `${name}.${method}` : method
      const given = calls.get(path)
      assert.ok(given, `${path} is not in the index`)
      // One or the other object is the last argument: of parameters, or, where there are none, of options.
      const alone = parameters.filter((name) => !['params', 'options', 'content', 'args'].includes(name))
      assert.deepEqual(
        given.filter((name) => name !== '{...}'),
        alone,
        path,
      )
      if (parameters.includes('params')) assert.equal(given.at(-1), '{...}', path)
      count += 1
    }
  }
  assert.ok(count > 100, count)
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

test('every class has the name under which it is exported', () => {
  const { webhooks, ...rest } = hundredms
  for (const [name, value] of Object.entries({ ...rest, ...webhooks })) {
    if (typeof value === 'function') assert.equal(value.name, name)
  }
})

test('the package is one file to load', () => {
  const script = `require('hundredms'); require('hundredms/webhooks')
    console.log(Object.keys(require.cache).map((path) => path.split('/dist/')[1]).filter(Boolean).join())`
  const loaded = execFileSync(process.execPath, ['--eval', script], { cwd: import.meta.dirname, encoding: 'utf8' })
  assert.equal(loaded, 'index.js,webhooks/index.js\n')
})

test('import and require give the same classes', () => {
  const required = { ...require('hundredms') }
  assert.deepEqual(Object.keys(required).sort(), Object.keys(hundredms).sort())
  for (const [name, value] of Object.entries(required)) assert.equal(hundredms[name], value, name)
})

/** The names of what the contract calls deprecated in this file. */
function deprecated(file) {
  const above = []
  const names = []
  for (const line of readFileSync(join(process.env.HUNDREDMS_CONTRACT, file), 'utf8').split('\n')) {
    const [, spaces, key] = /^( *)(\w+):/.exec(line) ?? []
    if (key === undefined) continue
    while (above.length > 0 && above.at(-1).depth >= spaces.length) above.pop()
    if (line.trim() === 'deprecated: true') names.push(above.at(-1).key)
    above.push({ key, depth: spaces.length })
  }
  return names
}

test('what the service calls deprecated is marked so for editors', () => {
  const dist = dirname(require.resolve('hundredms'))
  const declared = (folder) =>
    readdirSync(join(dist, folder))
      .filter((name) => name.endsWith('.d.ts'))
      .flatMap((name) => [
        ...readFileSync(join(dist, folder, name), 'utf8').matchAll(
          /@deprecated(?:(?!\*\/)[\s\S])*\*\/\s+(?:readonly|export interface) (\w+)/g,
        ),
      ])
      .map(([, name]) => name)
  assert.deepEqual(declared('webhooks').sort(), deprecated('webhooks.yaml').sort())
  assert.equal(declared('webhooks').length, 24)
  // A field may be in what goes in and in what comes out.
  const fields = new Set(declared('resources'))
  for (const name of deprecated('openapi.yaml')) assert.ok(fields.has(name) || /^[A-Z]/.test(name), name)
  assert.ok([...fields].some((name) => /BrowserRecording/.test(name)))
  assert.ok(fields.size >= 9)
})
