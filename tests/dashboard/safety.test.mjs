// Nobody without the token sees anything, and a page of another origin can neither read nor change anything, even with the token.
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { browser, Sandbox, server, stopAll } from './support.mjs'

after(stopAll)

/** What the dashboard shows. */
const DASHBOARD = /<nav|Requests|private-room/

test('without the token, the page and its data are refused', async () => {
  const sandbox = await Sandbox.start()
  const { origin, dashboardUrl } = sandbox
  const token = new URL(dashboardUrl).searchParams.get('token')
  assert.match(token, /^[0-9a-f]{64}$/)
  const page = `${origin}/_sandbox/dashboard`
  for (const url of [page, `${page}?token=`, `${page}?token=${token.slice(1)}`, `${page}?token=${'0'.repeat(64)}`]) {
    const response = await fetch(url)
    assert.equal(response.status, 403, url)
    assert.doesNotMatch(await response.text(), /rooms/)
  }
  const ways = [
    ['GET', '/events'],
    ['GET', '/request?number=1'],
    ['POST', '/read', '["overview"]'],
    ['POST', '/call', '{"method":"GET","path":"/rooms"}'],
    ['POST', '/resend', '"e1"'],
    ['POST', '/webhook-url', '"http://127.0.0.1:9/"'],
    ['GET', '/other'],
  ]
  for (const [method, path, body] of ways) {
    for (const headers of [{}, { 'x-sandbox-dashboard-token': token.replace(/^./, 'x') }]) {
      const response = await fetch(page + path, {
        method,
        body,
        headers: { 'content-type': 'application/json', ...headers },
      })
      assert.equal(response.status, 403, path)
    }
  }
  const opened = await fetch(dashboardUrl)
  assert.equal(opened.status, 200)
  const policy = opened.headers.get('content-security-policy')
  assert.match(policy, /^default-src 'none'; script-src 'sha256-[^']+'; style-src 'sha256-[^']+'; connect-src 'self';/)
  assert.doesNotMatch(policy, /unsafe|\*|http/)
  assert.equal(opened.headers.get('cache-control'), 'no-store')
  assert.equal(opened.headers.get('x-frame-options'), 'DENY')
  assert.doesNotMatch(await opened.text(), new RegExp(`${token}|${sandbox.secret}`))
  await sandbox.stop()
})

test('the token leaves the address, and the page can be loaded again', async () => {
  const sandbox = await Sandbox.start()
  const page = await sandbox.open()
  await page.getByText('Live', { exact: true }).waitFor()
  assert.equal(page.url(), `${sandbox.origin}/_sandbox/dashboard#requests`)
  await page.reload()
  await page.getByText('Live', { exact: true }).waitFor()
  assert.equal(page.url(), `${sandbox.origin}/_sandbox/dashboard#requests`)
  const other = await page.context().newPage()
  const response = await other.goto(`${sandbox.origin}/_sandbox/dashboard`)
  assert.equal(response.status(), 403)
  await other.getByText('The dashboard needs its token').waitFor()
  await page.context().close()
  await sandbox.stop()
})

test('a page of another origin can neither read nor change anything, even if it knows the token', async () => {
  const sandbox = await Sandbox.start()
  await sandbox.api('POST', '/rooms', { name: 'private-room' })
  const hostile = await server((_, response) =>
    response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>hostile</title>'),
  )
  const { requests: _, ...stats } = await sandbox.control('stats')
  const token = new URL(sandbox.dashboardUrl).searchParams.get('token')
  const own = await sandbox.open()
  assert.match(await own.mainFrame().content(), DASHBOARD)
  await own.context().close()
  // By either name: pages of other ports are even of the same site, so cookies would not protect.
  for (const name of [sandbox.origin, sandbox.origin.replace('127.0.0.1', 'localhost')]) {
    const context = await browser.newContext()
    const page = await context.newPage()
    await page.goto(hostile.origin)
    const answers = []
    context.on('response', async (response) => {
      if (response.url().startsWith(name)) answers.push([response.url(), response.status()])
    })
    const outcomes = await page.evaluate(attack, { base: name, token })
    for (const [way, outcome] of Object.entries(outcomes)) assert.equal(outcome, 'refused', `${way} at ${name}`)
    // A form, a frame and a window, which need no script of their own.
    const urls = [`${name}/_sandbox/dashboard?token=${token}`, `${name}/_sandbox/reset`]
    await page.evaluate(embed, urls)
    await page.waitForTimeout(500)
    assert.ok(answers.length >= 4, `the browser has asked: ${JSON.stringify(answers)}`)
    for (const [url, status] of answers) assert.ok(status === 403 || status === 415, `${status} at ${url}`)
    const frames = context.pages().flatMap((shown) => shown.frames())
    assert.equal(frames.length, 5, 'the page with its three frames, and the window')
    for (const frame of frames) assert.doesNotMatch(await frame.content(), DASHBOARD, frame.url())
    await context.close()
  }
  const { requests: __, ...after } = await sandbox.control('stats')
  assert.deepEqual(after, stats)
  // A browser looks for the icon of the window that shows the refusal.
  const paths = new Set((await sandbox.control('requests')).requests.map((request) => request.path))
  assert.deepEqual(
    [...paths].filter((path) => path !== '/favicon.ico'),
    ['/v2/rooms'],
  )
  assert.deepEqual((await sandbox.control('faults')).faults, [])
  hostile.close()
  await sandbox.stop()
})

/** In the hostile page: each way in which a script can ask, and whether it has read anything. */
async function attack({ base, token }) {
  const dashboard = `${base}/_sandbox/dashboard`
  const headers = { 'x-sandbox-dashboard-token': token }
  const asked = async (url, options) => {
    try {
      const response = await fetch(url, options)
      return response.type === 'opaque' || response.type === 'opaqueredirect' ? 'refused' : `read ${response.status}`
    } catch {
      return 'refused'
    }
  }
  const json = { 'content-type': 'application/json' }
  const beacon = (url) => {
    // Its answer cannot be read; what it does is checked below.
    navigator.sendBeacon(url, new Blob(['{}'], { type: 'text/plain' }))
    return 'refused'
  }
  const outcomes = {
    page: await asked(`${dashboard}?token=${token}`),
    'page, opaque': await asked(`${dashboard}?token=${token}`, { mode: 'no-cors', credentials: 'include' }),
    events: await asked(`${dashboard}/events`, { headers }),
    read: await asked(`${dashboard}/read`, { method: 'POST', headers: { ...headers, ...json }, body: '["overview"]' }),
    call: await asked(`${dashboard}/call`, {
      method: 'POST',
      headers: { ...headers, ...json },
      body: '{"method":"POST","path":"/rooms","body":{"name":"x"}}',
    }),
    'call as text': await asked(`${dashboard}/call`, {
      method: 'POST',
      mode: 'no-cors',
      body: '{"method":"POST","path":"/rooms","body":{"name":"x"}}',
    }),
    reset: await asked(`${base}/_sandbox/reset`, { method: 'POST', headers: json, body: '{}' }),
    'reset without a body': await asked(`${base}/_sandbox/reset`, { method: 'POST', mode: 'no-cors' }),
    resend: await asked(`${dashboard}/resend`, { method: 'POST', headers: { ...headers, ...json }, body: '"e1"' }),
    'URL of the webhook': await asked(`${dashboard}/webhook-url`, {
      method: 'POST',
      headers: { ...headers, ...json },
      body: '"http://127.0.0.1:9/"',
    }),
    'reset by a beacon': beacon(`${base}/_sandbox/reset`),
  }
  outcomes.EventSource = await new Promise((resolve) => {
    const source = new EventSource(`${dashboard}/events?token=${token}`)
    source.onmessage = () => resolve('read an event')
    source.onerror = () => {
      source.close()
      resolve('refused')
    }
  })
  outcomes.script = await new Promise((resolve) => {
    const script = document.createElement('script')
    script.src = `${dashboard}?token=${token}`
    script.onload = () => resolve('loaded')
    script.onerror = () => resolve('refused')
    document.head.append(script)
  })
  outcomes.style = await new Promise((resolve) => {
    const link = document.createElement('link')
    link.rel = 'stylesheet'
    link.href = `${dashboard}?token=${token}`
    link.onload = () => resolve('loaded')
    link.onerror = () => resolve('refused')
    document.head.append(link)
  })
  return outcomes
}

/** In the hostile page: a frame, a window and two forms. */
function embed([page, reset]) {
  const frame = document.createElement('iframe')
  frame.src = page
  document.body.append(frame)
  window.open(page)
  for (const [action, enctype] of [
    [reset, 'text/plain'],
    [reset, 'application/x-www-form-urlencoded'],
  ]) {
    const target = document.createElement('iframe')
    target.name = `target-${enctype}`
    const form = document.createElement('form')
    Object.assign(form, { action, enctype, method: 'post', target: target.name })
    const field = document.createElement('input')
    field.name = '{"x":"'
    field.value = '"}'
    form.append(field)
    document.body.append(target, form)
    form.submit()
  }
}
