#!/usr/bin/env node
// The command `hundredms-sandbox`: a sandbox for use from any language, until Ctrl-C or SIGTERM.
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { Sandbox, type SandboxWebhook } from './index'

const USAGE = `Usage: hundredms-sandbox [options]

Emulate the 100ms server-side API on this machine, in memory. GET /_sandbox/health answers 200 as soon as it is up.

  --port PORT        port to listen on; 0 takes a free one [default: 8100]
  --host HOST        listen at this address or name; whoever reaches it can drive the sandbox [default: 127.0.0.1]
  --allow-host NAME  allow one more name in the Host header of requests; may be given several times
  --access-key KEY   access key that tokens must carry
  --secret SECRET    secret that tokens must be signed with; better given by --secret-file
  --secret-file FILE
                     read that secret from this file, or from HMS_SANDBOX_SECRET
  --webhook-url URL  send webhooks to this http URL
  --webhook-header 'NAME: VALUE'
                     send this header with webhooks; may be given several times
  --webhook-header-file FILE
                     send the headers in this file with webhooks, one 'name: value' a line
  --webhook-signing-key KEY
                     sign webhooks with this key, in the header x-100ms-signature; better given by a file
  --webhook-signing-key-file FILE
                     read that key from this file, or from HMS_SANDBOX_WEBHOOK_SIGNING_KEY
  --dashboard        print the URL of the dashboard, a page that shows and changes what happens here
  --version          print the version
  --help             print this`

function read() {
  return parseArgs({
    options: {
      port: { type: 'string', default: '8100' },
      'access-key': { type: 'string' },
      host: { type: 'string' },
      'allow-host': { type: 'string', multiple: true },
      secret: { type: 'string' },
      'secret-file': { type: 'string' },
      'webhook-url': { type: 'string' },
      'webhook-header': { type: 'string', multiple: true },
      'webhook-header-file': { type: 'string' },
      'webhook-signing-key': { type: 'string' },
      'webhook-signing-key-file': { type: 'string' },
      dashboard: { type: 'boolean' },
      version: { type: 'boolean' },
      help: { type: 'boolean' },
    },
  }).values
}

/** The value as one word of a shell. */
function quoted(value: string): string {
  return /^[\w\-.:/=+@%]+$/.test(value) ? value : `'${value.replaceAll("'", "'\\''")}'`
}

type Values = ReturnType<typeof read>

/** Take a secret from the command line, from a file, or from the environment. */
function secretOf(values: Values, name: 'secret' | 'webhook-signing-key', variable: string): string | undefined {
  const given = values[name]
  const file = values[`${name}-file`]
  if (given !== undefined && file !== undefined) throw new Error(`--${name} and --${name}-file are one too many`)
  if (given !== undefined) return given
  const found = file === undefined ? process.env[variable] : contents(file).replace(/[\r\n]+$/, '')
  if (found === '') throw new Error(`${file ?? variable} is empty`)
  return found
}

function contents(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw new Error(`cannot read ${file}: ${(error as Error).message}`)
  }
}

/** Name what is visible in the process list. */
function warn(values: Values): void {
  for (const name of ['secret', 'webhook-header', 'webhook-signing-key'] as const) {
    if (values[name] === undefined) continue
    console.error(`hundredms-sandbox: warning: --${name} is visible in the process list; use --${name}-file`)
  }
}

/** The webhook that the flags tell of. */
function webhookOf(values: Values): SandboxWebhook | undefined {
  const { 'webhook-url': url, 'webhook-header': given = [], 'webhook-header-file': file } = values
  const lines = file === undefined ? [] : contents(file).split('\n')
  const written = [...given, ...lines.filter((line) => line.trim() !== '')]
  if (url === undefined) {
    const needs = values['webhook-signing-key'] ?? values['webhook-signing-key-file'] ?? file ?? given[0]
    if (needs !== undefined) throw new Error('--webhook-url is missing')
    return undefined
  }
  const signing_key = secretOf(values, 'webhook-signing-key', 'HMS_SANDBOX_WEBHOOK_SIGNING_KEY')
  const headers = written.map((text) => {
    const colon = text.indexOf(':')
    // Not quoted: it may hold a secret.
    if (colon < 0) throw new Error("--webhook-header is written 'name: value', with a colon")
    return [text.slice(0, colon).trim(), text.slice(colon + 1).trim()]
  })
  return { url, headers: Object.fromEntries(headers), signing_key }
}

async function serve(): Promise<void> {
  const values = read()
  if (values.help) return console.log(USAGE)
  if (values.version) return console.log(`hundredms-sandbox ${require('../package.json').version}`)
  const port = /^\d+$/.test(values.port) ? Number(values.port) : Number.NaN
  if (!(port < 65_536)) throw new Error(`port: must be from 0 to 65535, not ${values.port}`)
  const webhook = webhookOf(values)
  const secret = secretOf(values, 'secret', 'HMS_SANDBOX_SECRET')
  warn(values)
  const { host, 'allow-host': allowHosts, 'access-key': accessKey } = values
  const sandbox = await Sandbox.start({ port, host, allowHosts, accessKey, secret })
  if (webhook) await sandbox.setWebhook(webhook)
  // A sandbox does not keep the process alive; this does.
  const alive = setInterval(() => {}, 2 ** 30)
  const end = async () => {
    clearInterval(alive)
    await sandbox.stop()
  }
  process.once('SIGINT', end).once('SIGTERM', end)
  if (values.dashboard) console.log(`Dashboard: ${sandbox.dashboardUrl}`)
  console.log(`hundredms-sandbox listens on ${sandbox.baseUrl}. Ctrl-C ends it. Paste this to use it:

export HMS_BASE_URL=${sandbox.baseUrl}
export HMS_AUTH_URL=${sandbox.authUrl}
export HMS_ACCESS_KEY=${quoted(sandbox.accessKey)}
export HMS_SECRET=${quoted(sandbox.secret)}`)
}

serve().catch((error: unknown) => {
  console.error(`hundredms-sandbox: ${error instanceof Error ? error.message : error}`)
  process.exitCode = 1
})
