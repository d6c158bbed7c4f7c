#!/usr/bin/env node
// The command `hundredms-sandbox`: a sandbox for use from any language, until Ctrl-C or SIGTERM.
import { parseArgs } from 'node:util'
import { Sandbox, type SandboxWebhook } from './index'

const USAGE = `Usage: hundredms-sandbox [--port PORT] [--access-key KEY] [--secret SECRET] [--webhook-url URL]

Emulate the 100ms server-side API on this machine, in memory.

  --port PORT        port to listen on; 0 takes a free one [default: 8100]
  --access-key KEY   access key that tokens must carry
  --secret SECRET    secret that tokens must be signed with
  --webhook-url URL  send webhooks to this http URL
  --webhook-header 'NAME: VALUE'
                     send this header with webhooks; may be given several times
  --webhook-signing-key KEY
                     sign webhooks with this key, in the header x-100ms-signature
  --version          print the version
  --help             print this`

function read() {
  return parseArgs({
    options: {
      port: { type: 'string', default: '8100' },
      'access-key': { type: 'string' },
      secret: { type: 'string' },
      'webhook-url': { type: 'string' },
      'webhook-header': { type: 'string', multiple: true },
      'webhook-signing-key': { type: 'string' },
      version: { type: 'boolean' },
      help: { type: 'boolean' },
    },
  }).values
}

/** The value as one word of a shell. */
function quoted(value: string): string {
  return /^[\w\-.:/=+@%]+$/.test(value) ? value : `'${value.replaceAll("'", "'\\''")}'`
}

/** The webhook that the flags tell of. */
function webhookOf(values: ReturnType<typeof read>): SandboxWebhook | undefined {
  const { 'webhook-url': url, 'webhook-header': written = [], 'webhook-signing-key': signing_key } = values
  if (url === undefined) {
    if (written.length > 0 || signing_key !== undefined) throw new Error('--webhook-url is missing')
    return undefined
  }
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
  const webhook = webhookOf(values)
  const sandbox = await Sandbox.start({ port, accessKey: values['access-key'], secret: values.secret })
  if (webhook) await sandbox.setWebhook(webhook)
  // A sandbox does not keep the process alive; this does.
  const alive = setInterval(() => {}, 2 ** 30)
  const end = async () => {
    clearInterval(alive)
    await sandbox.stop()
  }
  process.once('SIGINT', end).once('SIGTERM', end)
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
