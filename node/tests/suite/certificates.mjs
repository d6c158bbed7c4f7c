// Certificates for the tests of TLS, made by openssl, and a server that shows them.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after } from 'node:test'
import { json, roomOf } from './sandbox-client.mjs'

/** A folder that goes with the tests. */
export const folder = mkdtempSync(join(tmpdir(), 'hundredms-certificates-'))
after(() => rmSync(folder, { recursive: true }))

const SETTINGS = join(folder, 'openssl.cnf')
writeFileSync(
  SETTINGS,
  `[req]
distinguished_name = name
[name]
[authority]
basicConstraints = critical,CA:TRUE
[server]
basicConstraints = critical,CA:FALSE
subjectAltName = DNS:localhost
`,
)

const P_256 = ['ec', '-pkeyopt', 'ec_paramgen_curve:P-256']

function openssl(...words) {
  execFileSync('openssl', words, { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] })
}

/** Make an authority with a key of this kind, and a server's certificate signed by it; gives the paths of the files. */
export function authority(name, kind = P_256) {
  const path = (end) => join(folder, `${name}-${end}`)
  const [ca, caKey, cert, key, request] = ['ca.pem', 'ca.key', 'cert.pem', 'cert.key', 'csr.pem'].map(path)
  const making = ['-config', SETTINGS, '-nodes', '-days', '2']
  openssl(
    'req', '-x509', ...making, '-extensions', 'authority', '-subj', `/CN=${name}`,
    '-newkey', ...kind, '-keyout', caKey, '-out', ca,
  ) // biome-ignore format: one option and its value side by side
  openssl(
    'req',
    '-new',
    '-config',
    SETTINGS,
    '-nodes',
    '-subj',
    '/CN=localhost',
    '-newkey',
    ...P_256,
    '-keyout',
    key,
    '-out',
    request,
  )
  openssl(
    'x509',
    '-req',
    '-days',
    '2',
    '-in',
    request,
    '-CA',
    ca,
    '-CAkey',
    caKey,
    '-CAcreateserial',
    '-extfile',
    SETTINGS,
    '-extensions',
    'server',
    '-out',
    cert,
  )
  return { ca, caKey, cert, key }
}

/** Serve rooms over TLS with a certificate; gives the base URL. */
export async function servedOverTls({ cert, key }) {
  const pair = { cert: readFileSync(cert), key: readFileSync(key) }
  const server = createServer(pair, (request, response) => json(response, roomOf(request.url.split('/').at(-1))))
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening))
  after(() => {
    server.closeAllConnections()
    server.close()
  })
  return `https://localhost:${server.address().port}/v2`
}
