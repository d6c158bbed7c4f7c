// A sandbox, a client for it, and a real browser.
import { spawn } from 'node:child_process'
import { createHmac, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { createInterface } from 'node:readline'
import { chromium } from 'playwright-core'
import { launch, problemsOf } from '../browser.mjs'

export const browser = await launch(chromium)

const running = new Set()

/** End the browser, and the sandboxes of tests that failed. */
export async function stopAll() {
  await browser.close()
  await Promise.all([...running].map((sandbox) => sandbox.stop()))
}

/** The command `hundredms-sandbox`, as a user starts it. */
export class Sandbox {
  static async start() {
    const command = spawn(process.env.HUNDREDMS_SANDBOX, ['--port', '0', '--dashboard'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const sandbox = new Sandbox()
    sandbox.command = command
    running.add(sandbox)
    for await (const line of createInterface({ input: command.stdout })) {
      const [, name, value] = /^(?:export )?(Dashboard|HMS_\w+)(?:: |=)(.*)$/.exec(line) ?? []
      if (name === 'Dashboard') sandbox.dashboardUrl = value
      if (name === 'HMS_BASE_URL') sandbox.baseUrl = value
      if (name === 'HMS_ACCESS_KEY') sandbox.accessKey = value
      if (name === 'HMS_SECRET') {
        sandbox.secret = value
        break
      }
    }
    sandbox.origin = new URL(sandbox.baseUrl).origin
    return sandbox
  }

  async stop() {
    running.delete(this)
    if (this.command.exitCode !== null) return
    this.command.kill('SIGTERM')
    await once(this.command, 'exit')
  }

  token() {
    const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url')
    const now = Math.floor(Date.now() / 1000)
    const claims = {
      access_key: this.accessKey,
      type: 'management',
      version: 2,
      jti: randomUUID(),
      iat: now,
      nbf: now,
      exp: now + 2 ** 30,
    }
    const signed = `${part({ alg: 'HS256', typ: 'JWT' })}.${part(claims)}`
    return `${signed}.${createHmac('sha256', this.secret).update(signed).digest('base64url')}`
  }

  /** Call the API as a client does. The answer is undefined if the connection is closed without one. */
  async api(method, path, body, headers = {}) {
    const authorization = `Bearer ${this.token()}`
    const options = { method, headers: { authorization, 'content-type': 'application/json', ...headers } }
    if (body !== undefined) options.body = JSON.stringify(body)
    try {
      return await (await fetch(this.baseUrl + path, options)).json()
    } catch {
      return undefined
    }
  }

  async control(name, args = {}) {
    const options = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(args) }
    const response = await fetch(`${this.origin}/_sandbox/${name}`, options)
    const answer = await response.json()
    if (!response.ok) throw new Error(`${name}: ${JSON.stringify(answer)}`)
    return answer
  }

  /** Open the dashboard. `page.problems` collects what the console says and what the page throws. */
  async open({ view = 'requests', width = 1280, height = 800, colorScheme = 'light', url = this.dashboardUrl } = {}) {
    const context = await browser.newContext({
      viewport: { width, height },
      colorScheme,
      hasTouch: width < 500,
      reducedMotion: 'reduce',
    })
    await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: this.origin })
    const page = await context.newPage()
    page.setDefaultTimeout(10_000)
    page.problems = problemsOf(page)
    await page.goto(`${url}#${view}`)
    return page
  }
}

/** A server on another port, and so of another origin. */
export async function server(handler) {
  const started = createServer(handler)
  started.listen(0, '127.0.0.1')
  await once(started, 'listening')
  const { port } = started.address()
  return { origin: `http://127.0.0.1:${port}`, close: () => started.close() }
}

/** The body of a request. */
export async function bodyOf(request) {
  let text = ''
  for await (const part of request) text += part
  return text
}

/** Wait for a condition. */
export async function until(condition, what) {
  for (let i = 0; i < 400; i++) {
    if (await condition()) return
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
  throw new Error(`did not happen: ${what}`)
}
