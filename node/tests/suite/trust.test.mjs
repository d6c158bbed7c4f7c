// Whom TLS trusts: whom Node trusts, in the places where Node is told.
import assert from 'node:assert/strict'
import { execFile, execFileSync } from 'node:child_process'
import { copyFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { promisify } from 'node:util'
import { Client, ConnectionError } from 'hundredms'
import { authority, folder, servedOverTls } from './certificates.mjs'

const company = authority('company')
const baseUrl = await servedOverTls(company)
const directory = join(folder, 'cas')
mkdirSync(directory)
copyFileSync(company.ca, join(directory, 'company.pem'))
// As OpenSSL looks certificates up in a folder.
execFileSync('openssl', ['rehash', directory])

const major = Number(process.versions.node.split('.')[0])
const run = promisify(execFile)

/** The results of a call and of a fetch in a process with these variables. */
async function asked(variables) {
  const script = `
    import { Client } from 'hundredms'
    const client = new Client({ accessKey: 'k', secret: 's', baseUrl: '${baseUrl}', maxRetries: 0 })
    const ours = await client.rooms.get('a').then(({ id }) => id, ({ message }) => message)
    const theirs = await fetch('${baseUrl}/rooms/a').then((answer) => answer.json(), () => ({ id: 'failed' }))
    console.log(JSON.stringify([ours, theirs.id]))`
  const env = { ...process.env, SSL_CERT_FILE: '', SSL_CERT_DIR: '', NODE_EXTRA_CA_CERTS: '', ...variables }
  for (const name of ['SSL_CERT_FILE', 'SSL_CERT_DIR', 'NODE_EXTRA_CA_CERTS']) if (env[name] === '') delete env[name]
  const words = ['--input-type=module', '--eval', script]
  const { stdout } = await run(process.execPath, words, { cwd: import.meta.dirname, env })
  return JSON.parse(stdout)
}

test('a company’s authority is trusted where Node is told of it', async () => {
  const openSsl = '--use-openssl-ca'
  const cases = [
    { NODE_EXTRA_CA_CERTS: company.ca },
    { SSL_CERT_FILE: company.ca, NODE_OPTIONS: openSsl },
    { SSL_CERT_DIR: directory, NODE_OPTIONS: openSsl },
  ]
  // Node 20 has no such flag.
  if (major >= 24) {
    cases.push({ SSL_CERT_FILE: company.ca, NODE_OPTIONS: '--use-system-ca' })
    cases.push({ SSL_CERT_FILE: company.ca, NODE_USE_SYSTEM_CA: '1' })
    cases.push({ NODE_EXTRA_CA_CERTS: company.ca, NODE_OPTIONS: '--use-system-ca' })
  }
  const answers = await Promise.all(cases.map(asked))
  assert.deepEqual(
    answers,
    cases.map(() => ['a', 'a']),
  )
})

test('an authority that nobody was told of is not trusted, and the error says what to set', async () => {
  const [ours, theirs] = await asked({})
  assert.match(ours, /set caFile or one of NODE_EXTRA_CA_CERTS, SSL_CERT_FILE, SSL_CERT_DIR to the PEM file/)
  assert.equal(theirs, 'failed')
})

test('a client is made, and reaches a service, where the variables lead to no certificates', async () => {
  const [ours] = await asked({
    SSL_CERT_FILE: '/nonexistent',
    SSL_CERT_DIR: '/nonexistent',
    NODE_EXTRA_CA_CERTS: company.ca,
  })
  assert.equal(ours, 'a')
})

const client = (options) => new Client({ accessKey: 'k', secret: 's', maxRetries: 0, ...options })

test('authorities with keys of RSA, P-521 and Ed25519 are trusted as caFile', async () => {
  for (const [name, kind] of Object.entries({
    rsa: ['rsa:2048'],
    p521: ['ec', '-pkeyopt', 'ec_paramgen_curve:P-521'],
    ed25519: ['ed25519'],
  })) {
    const made = authority(name, kind)
    const room = await client({ baseUrl: await servedOverTls(made), caFile: made.ca }).rooms.get(name)
    assert.equal(room.id, name)
  }
})

test('an authority with a key of Ed448 is refused by name, with what to use', async () => {
  const made = authority('ed448', ['ed448'])
  const call = client({ baseUrl: await servedOverTls(made), caFile: made.ca }).rooms.get('a')
  await assert.rejects(call, (error) => {
    assert.ok(error instanceof ConnectionError)
    assert.match(error.message, /signed with an algorithm that is not supported, such as Ed448/)
    assert.match(error.message, /RSA, ECDSA or Ed25519/)
    return true
  })
})

test('a certificate as openssl makes it unless told otherwise is refused with the command that makes a good one', async () => {
  const self = { cert: company.ca, key: company.caKey }
  const call = client({ baseUrl: await servedOverTls(self), caFile: company.ca }).rooms.get('a')
  const error = await call.catch((caught) => caught)
  assert.ok(error instanceof ConnectionError)
  const [command] = /openssl req .* -out cert\.pem/.exec(error.message)
  execFileSync('sh', ['-c', command], { cwd: folder, stdio: 'ignore' })
  const made = { cert: join(folder, 'cert.pem'), key: join(folder, 'key.pem') }
  const room = await client({ baseUrl: await servedOverTls(made), caFile: made.cert }).rooms.get('b')
  assert.equal(room.id, 'b')
})
