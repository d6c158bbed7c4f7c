// Everything that the dashboard does, clicked through in a real browser, at the width of a laptop and of a phone.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { after, test } from 'node:test'
import { play } from './scene.mjs'
import { bodyOf, Sandbox, server, stopAll, until } from './support.mjs'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

after(stopAll)

/** Run a test at both widths, each time with a new sandbox. */
function eachWidth(name, run) {
  for (const [width, height] of [
    [1280, 800],
    [390, 844],
  ]) {
    test(`${name}, ${width} px`, async () => {
      const sandbox = await Sandbox.start()
      const page = await sandbox.open({ width, height })
      try {
        await run(sandbox, page)
        assert.deepEqual(page.problems, [])
        assert.ok(
          (await page.evaluate('document.documentElement.scrollWidth')) <= width,
          'nothing is wider than the screen',
        )
      } finally {
        await page.context().close()
        await sandbox.stop()
      }
    })
  }
}

/** One message of the console that the test has caused. */
async function expectProblem(page, pattern) {
  await until(() => page.problems.length > 0, 'a message of the console')
  const [problem, ...others] = page.problems.splice(0)
  assert.match(problem, pattern)
  assert.deepEqual(others, [])
}

const goTo = (page, title) => page.getByRole('navigation').getByRole('link', { name: title }).click()

const press = (scope, name) => scope.getByRole('button', { name, exact: true }).click()

const rows = (page) => page.locator('.rows [role=option]')

const card = (page, text) => page.locator('article', { hasText: text })

eachWidth(
  'requests appear as they come, can be filtered and searched, and one can be opened',
  async (sandbox, page) => {
    await page.getByText('No requests yet').waitFor()
    await sandbox.api('POST', '/rooms', { name: 'physics-7' })
    const row = rows(page).first()
    await row.getByText('rooms.create').waitFor()
    await sandbox.control('add_fault', {
      match: { operation: 'rooms.list' },
      on: { first: 1 },
      effect: { status: 503 },
    })
    await sandbox.api('GET', '/rooms?limit=20')
    await sandbox.api('GET', '/rooms?limit=20')
    await page.getByText('attempt 2').waitFor()
    await page.getByText('fault 1').waitFor()
    assert.equal(await rows(page).filter({ visible: true }).count(), 3)
    await page.getByLabel('Status', { exact: true }).selectOption('5xx')
    await until(async () => (await rows(page).filter({ visible: true }).count()) === 1, 'only one row is left')
    await page.getByLabel('Status', { exact: true }).selectOption('All statuses')
    await page.getByLabel('Faults and retries').selectOption('Retries')
    await until(async () => (await rows(page).filter({ visible: true }).count()) === 1, 'only the retry is left')
    await page.getByLabel('Faults and retries').selectOption('All requests')
    await page.getByLabel('Search requests').fill('create 200')
    await until(async () => (await rows(page).filter({ visible: true }).count()) === 1, 'the search finds it')
    await rows(page).filter({ visible: true }).click()
    const details = page.getByRole('region', { name: 'Request' })
    await details.getByRole('heading', { name: 'rooms.create' }).waitFor()
    assert.match(await details.innerText(), /"name": "physics-7"/)
    const snippets = {
      curl: /^curl -X POST "\$HMS_BASE_URL\/rooms" \\\n {2}-H "authorization: Bearer \$HMS_TOKEN" \\\n.*-d '\{"name":"physics-7"\}'$/s,
      Rust: /^client\.rooms\(\)\.create\(CreateRoom::new\(\)\.name\("physics-7"\)\)\.await\?$/,
      Python: /^client\.rooms\.create\(name="physics-7"\)$/,
      TypeScript: /^await client\.rooms\.create\(\{ name: 'physics-7' \}\)$/,
    }
    for (const [language, expected] of Object.entries(snippets)) {
      await press(details, language)
      await page.getByText(`Copied as ${language}`, { exact: true }).waitFor()
      await until(
        async () => expected.test(await page.evaluate('navigator.clipboard.readText()')),
        `a snippet in ${language}`,
      )
    }
    await press(details, 'Close')
    await page.getByLabel('Search requests').fill('')
    await press(page, 'Pause')
    await sandbox.api('GET', '/templates')
    await press(page, 'Continue')
    await page.getByText('templates.list').waitFor()
    await press(page, 'Clear')
    await page.getByText('No requests yet').waitFor()
  },
)

eachWidth('secrets are shown only when asked for', async (sandbox, page) => {
  const room = await sandbox.api('POST', '/rooms', {
    name: 'r',
    webhook: { url: 'http://a.example', headers: { 'x-secret': 'hush-hush' } },
  })
  const [code] = (await sandbox.api('POST', `/room-codes/room/${room.id}`)).data
  const { token } = await sandbox.api('POST', '/token', { code: code.code })
  const details = page.getByRole('region', { name: 'Request' })
  const open = async (operation) => {
    await rows(page).filter({ hasText: operation }).first().click()
    await details.getByRole('heading', { name: operation }).waitFor()
  }
  await rows(page).nth(2).waitFor()
  await open('rooms.create')
  assert.doesNotMatch(await details.innerText(), /hush-hush/)
  assert.match(await details.innerText(), /authorization\s+Bearer ••••••/)
  await press(details, 'curl')
  await page.getByText('Copied as curl, with masked secrets').waitFor()
  await details.getByText('•••••• stands for a secret: fill it in, or press Show secrets before you copy.').waitFor()
  await press(details, 'Show secrets')
  await details.getByText('hush-hush').first().waitFor()
  await details.getByText('stands for a secret').waitFor({ state: 'detached' })
  assert.doesNotMatch(await details.innerText(), /Bearer ey/, 'the tokens of requests are never kept')
  await press(details, 'Close')
  await open('room_codes.auth_token')
  assert.ok(!(await page.content()).includes(token))
  await press(details, 'Show secrets')
  await details.getByText(token).waitFor()
  await press(details, 'Close')
  for (let i = 0; i < 2; i++) {
    const webhook = { url: 'http://a.example', headers: { 'x-secret': 'hush-hush' } }
    await sandbox.api('POST', '/rooms', { description: 'x'.repeat(40_000), webhook })
  }
  await sandbox.api('GET', '/rooms')
  await open('rooms.list')
  await details.getByText('too large to mask: press Show secrets').waitFor()
  assert.doesNotMatch(await page.content(), /hush-hush/)
  await press(details, 'Show secrets')
  await details.getByText('hush-hush').waitFor()
})

eachWidth('rooms are created, and peers join, publish, mute, change roles and leave', async (sandbox, page) => {
  await goTo(page, 'Rooms')
  await page.getByLabel('New room').fill('physics-7')
  await press(page, 'Create')
  const room = card(page, 'physics-7')
  await room.getByPlaceholder('Name').fill('Ada')
  await room.getByLabel('Role', { exact: true }).selectOption('host')
  await press(room, 'Add a peer to physics-7')
  await room.getByText('live · 1').waitFor()
  await press(room, '+ mic')
  await press(room, 'mic on')
  await room.getByRole('button', { name: 'mic off' }).waitFor()
  await press(room, '+ screen')
  await room.getByRole('button', { name: 'screen on' }).waitFor()
  await room.getByLabel('Role of Ada').selectOption('guest')
  const [{ id }] = (await sandbox.api('GET', '/rooms')).data
  await until(
    async () => Object.values((await sandbox.api('GET', `/active-rooms/${id}/peers`)).peers)[0].role === 'guest',
    'the role has changed',
  )
  await press(room, 'Remove Ada')
  await room.getByText('live').waitFor({ state: 'detached' })
  await press(room, 'Disable physics-7')
  await room.getByText('disabled').waitFor()
  await room.getByPlaceholder('Name').fill('Ben')
  await press(room, 'Add a peer to physics-7')
  await page
    .getByRole('status')
    .getByText(/disabled/)
    .waitFor()
  await expectProblem(page, /status of 403/)
})

eachWidth('a live room comes before any number of newer ones, and the search finds all', async (sandbox, page) => {
  const live = await sandbox.api('POST', '/rooms', { name: 'physics-7' })
  const quiet = await sandbox.api('POST', '/rooms', { name: 'chess-club' })
  await sandbox.control('join_peer', { room_id: live.id, role: 'host', name: 'Ada' })
  await sandbox.control('seed', { rooms: 200 })
  await goTo(page, 'Rooms')
  const names = () => page.locator('article h2').allInnerTexts()
  const isShown = (count, first) =>
    until(async () => {
      const shown = await names()
      return shown.length === count && shown[0] === first
    }, `${count} rooms, first ${first}`)
  await isShown(101, 'physics-7')
  await card(page, 'physics-7').getByText('live · 1').waitFor()
  await page.getByText('101 older rooms are not listed. The search finds them too, by name or id.').waitFor()
  const search = page.getByLabel('Search rooms')
  await search.fill('Chess')
  await isShown(1, 'chess-club')
  await search.fill(quiet.id)
  await isShown(1, 'chess-club')
  await search.fill('room-')
  await page.getByText('100 older rooms match too').waitFor()
  await search.fill('biology')
  await page.getByText('No room matches, of 202 rooms.').waitFor()
  await search.fill('')
  await isShown(101, 'physics-7')
  await card(page, 'physics-7').getByPlaceholder('Name').fill('Ben')
  await press(card(page, 'physics-7'), 'Add a peer to physics-7')
  await card(page, 'physics-7').getByText('live · 2').waitFor()
  await sandbox.api('POST', `/recordings/room/${live.id}/start`, { meeting_url: 'https://meet.example/physics-7' })
  await goTo(page, 'Recordings')
  await card(page, 'Recording · physics-7').waitFor()
  await sandbox.control('seed', { sessions: 60 })
  await goTo(page, 'Sessions')
  await card(page, 'physics-7').getByText('live').waitFor()
  await page.getByText('10 older sessions have ended: not listed.').waitFor()
})

eachWidth('recordings go through their states with the clock, and can be played', async (sandbox, page) => {
  const room = await sandbox.api('POST', '/rooms', { name: 'physics-7' })
  await sandbox.control('join_peer', { room_id: room.id, role: 'host', name: 'Ada' })
  await goTo(page, 'Recordings')
  await page.getByLabel('Room', { exact: true }).selectOption('physics-7')
  await press(page, 'Start')
  const job = card(page, 'Recording · physics-7')
  await job.getByLabel('State: starting').waitFor()
  await page.getByRole('button', { name: /^Next/ }).click()
  await job.getByLabel('State: running').waitFor()
  await press(page, '+1 min')
  await page.getByText(/^1 min \d+ s ahead/).waitFor()
  await press(job, 'Stop recording of physics-7')
  await job.getByLabel('State: stopping').waitFor()
  await press(page, '+1 min')
  await job.getByLabel('State: completed').waitFor()
  await press(job, 'Play room-composite')
  const video = page.locator('video')
  await video.waitFor()
  await until(
    () => video.evaluate((player) => player.readyState >= 2 && player.videoWidth > 0),
    'the video has a picture',
  )
  await press(page.getByRole('dialog'), 'Close')
  await press(job, 'Open chat')
  await page.getByRole('dialog').locator('pre').waitFor()
  await press(page.getByRole('dialog'), 'Close')
  await page.getByLabel('Kind').selectOption('Live stream')
  await press(page, 'Start')
  const stream = card(page, 'Live stream · physics-7')
  await press(stream, 'Fail live stream of physics-7')
  await stream.getByLabel('State: failed').waitFor()
})

eachWidth('polls show their results, and open and close', async (sandbox, page) => {
  const { poll, ada, receiver } = await play(sandbox)
  await goTo(page, 'Polls')
  const shown = card(page, 'What bends light?')
  await shown.getByText('2 answers').waitFor()
  assert.match(await shown.locator('.option').first().innerText(), /A prism\s+2/)
  await press(shown, 'Stop What bends light?')
  await shown.getByText('open', { exact: true }).waitFor({ state: 'detached' })
  await press(shown, 'Start What bends light?')
  await shown.getByText('open', { exact: true }).waitFor()
  await sandbox.control('answer_poll', { poll_id: poll.id, question: 1, option: 3, peer_id: ada.id })
  await shown.getByText('3 answers').waitFor()
  receiver.close()
})

eachWidth('sessions are a timeline of who was there', async (sandbox, page) => {
  const { receiver } = await play(sandbox)
  await goTo(page, 'Sessions')
  const session = card(page, 'physics-7')
  await session.getByText('3 peers').waitFor()
  const bars = await session
    .locator('.track i')
    .evaluateAll((all) => all.map((bar) => [bar.offsetLeft, bar.offsetWidth]))
  const [ada, ben, cleo] = bars
  assert.ok(ada[0] === 0 && ben[0] > 0, 'Ben came later')
  assert.ok(cleo[1] < ben[1], 'Cleo left earlier')
  receiver.close()
})

eachWidth('webhooks are sent on demand and again, and show every attempt', async (sandbox, page) => {
  const received = []
  const receiver = await server(async (request, response) => {
    received.push(JSON.parse(await bodyOf(request)))
    response.writeHead(received.length === 1 ? 500 : 200).end()
  })
  await goTo(page, 'Webhooks')
  await page.getByText('None are sent until a URL is set').waitFor()
  await page.getByLabel('URL of the workspace').fill(receiver.origin)
  await press(page, 'Set')
  await page.getByText('0 due').waitFor()
  await page.getByLabel('Example').selectOption('peer.join.success')
  await press(page, 'Send')
  const delivery = page.locator('details').first()
  await delivery.getByText('pending').waitFor()
  await delivery.getByText('1 attempt', { exact: true }).waitFor()
  await press(page, '+1 min')
  await delivery.getByText('delivered').waitFor()
  await delivery.locator('summary').click()
  await delivery.getByText('status 500').waitFor()
  await press(delivery, 'Resend peer.join.success')
  await until(() => received.length === 3, 'it is sent again')
  assert.equal(new Set(received.map((event) => event.id)).size, 1)
  receiver.close()
})

eachWidth('the URL of the webhook is changed alone, and is up to date unless it is edited', async (sandbox, page) => {
  const received = []
  const receiver = await server((request, response) => {
    received.push(request.headers)
    response.end()
  })
  await goTo(page, 'Webhooks')
  const field = page.getByLabel('URL of the workspace')
  const isShown = (url) => until(async () => (await field.inputValue()) === url, `the field shows ${url}`)
  const target = { headers: { 'x-secret': 'hush' }, signing_key: 'key' }
  await sandbox.control('set_webhook', { url: 'http://127.0.0.1:9/first', ...target })
  await isShown('http://127.0.0.1:9/first')
  await field.fill(receiver.origin)
  await sandbox.control('set_webhook', { url: 'http://127.0.0.1:9/second', ...target })
  await goTo(page, 'State')
  await goTo(page, 'Webhooks')
  await page.getByText('0 due').waitFor()
  assert.equal(await field.inputValue(), receiver.origin, 'what is edited stays')
  await press(page, 'Set')
  await page.getByText('Webhooks go there').waitFor()
  await press(page, 'Set')
  await press(page, 'Send')
  await until(() => received.length === 1, 'it is sent')
  assert.equal(received[0]['x-secret'], 'hush')
  assert.ok('x-100ms-signature' in received[0])
  await sandbox.control('set_webhook', { url: 'http://127.0.0.1:9/third' })
  await isShown('http://127.0.0.1:9/third')
  await field.fill('')
  await press(page, 'Set')
  await page.getByText('None are sent until a URL is set').waitFor()
  receiver.close()
})

test('on a phone, one message at a time is shown, and what scrolls fades at its edge', async () => {
  const sandbox = await Sandbox.start()
  const page = await sandbox.open({ width: 390, height: 844 })
  const navigation = page.getByRole('navigation')
  const edges = () =>
    navigation.evaluate(({ classList }) => ['more-left', 'more-right'].filter((c) => classList.contains(c)))
  await until(async () => (await edges()).join() === 'more-right', 'more is at the right')
  await goTo(page, 'State')
  await until(async () => (await edges()).join() === 'more-left', 'more is at the left')
  await press(page, 'Take a snapshot')
  await press(page, 'Create')
  await page.getByText('Rooms created').waitFor()
  assert.deepEqual(await page.locator('.toast').allInnerTexts(), ['Rooms created'])
  await page.locator('.toast').click()
  assert.equal(await page.locator('.toast').count(), 0)
  assert.deepEqual(page.problems, [])
  await page.context().close()
  await sandbox.stop()
})

eachWidth('faults are added from a list, counted and cleared', async (sandbox, page) => {
  await goTo(page, 'Faults')
  await page.getByText('No faults').waitFor()
  await page.getByLabel('Effect').selectOption('503, not handled')
  await page.getByLabel('Requests', { exact: true }).selectOption('the first 3 requests')
  await page.getByLabel('Operation', { exact: true }).selectOption('rooms.list')
  await press(page, 'Add')
  await page.getByRole('cell', { name: 'rooms.list · the first 3 requests' }).waitFor()
  const answer = await sandbox.api('GET', '/rooms')
  assert.equal(answer.code, 503)
  await until(async () => (await page.locator('tbody td').last().innerText()) === '1', 'it is counted')
  await press(page, 'Clear all')
  await page.getByText('No faults').waitFor()
  await page.getByLabel('Requests per second').fill('1')
  await press(page, 'Limit')
  await page.getByText('Limit set').waitFor()
  await sandbox.api('GET', '/rooms')
  assert.equal((await sandbox.api('GET', '/rooms')).code, 429)
})

eachWidth('the state is saved, restored, filled and reset', async (sandbox, page) => {
  await goTo(page, 'State')
  await press(page, 'Take a snapshot')
  await page.getByText('Snapshot 1', { exact: true }).waitFor()
  await page.getByLabel('Rooms', { exact: true }).fill('30')
  await press(page, 'Create')
  const rooms = page.locator('.stat', { hasText: 'Rooms' })
  await rooms.getByText('30').waitFor()
  await press(page, 'Restore snapshot 1')
  await rooms.getByText('0', { exact: true }).waitFor()
  await press(page, '+1 h')
  await page.getByText('1 h ahead').waitFor()
  await press(page, 'Reset')
  await press(page.getByRole('dialog'), 'Cancel')
  await press(page, 'Reset')
  await press(page.getByRole('dialog'), 'Reset')
  await page.getByText('real time').waitFor()
  await page.getByText('No snapshots').waitFor()
})

eachWidth('markup in names stays text', async (sandbox, page) => {
  const name = '<img src=x onerror="window.hit=1">'
  // A name of a room allows few characters; descriptions, peers and paths allow any.
  const room = await sandbox.api('POST', '/rooms', { name: 'markup', description: name })
  await sandbox.control('join_peer', { room_id: room.id, role: 'host', name, user_id: name })
  await sandbox.api('POST', '/polls', {
    title: name,
    type: 'poll',
    questions: [{ index: 1, text: name, format: 'text', type: 'single-choice', options: [{ index: 1, text: name }] }],
  })
  await sandbox.api('GET', `/rooms?name=${encodeURIComponent(name)}`, undefined, { 'x-note': name })
  await page.getByText('rooms.list').waitFor()
  await rows(page).filter({ hasText: 'rooms.list' }).click()
  await page.getByText(name).first().waitFor()
  await page.keyboard.press('Escape')
  for (const view of ['Rooms', 'Polls', 'Sessions']) {
    await goTo(page, view)
    await page.getByText(name).first().waitFor()
  }
  assert.equal(await page.evaluate('window.hit'), undefined)
  assert.equal(await page.locator('main img').count(), 0)
  await assert.rejects(
    page.evaluate(() => {
      document.body.innerHTML = '<b>x</b>'
    }),
    /TrustedHTML/,
  )
  await expectProblem(page, /TrustedHTML/)
})

eachWidth('everything is reached with the keyboard', async (sandbox, page) => {
  for (const name of ['one', 'two', 'three']) await sandbox.api('POST', '/rooms', { name })
  await rows(page).nth(2).waitFor()
  await page.keyboard.press('j')
  await page.keyboard.press('j')
  await page.locator('.rows [aria-selected=true]').waitFor()
  const details = page.getByRole('region', { name: 'Request' })
  await page.keyboard.press('Enter')
  await details.getByText('"name": "two"').first().waitFor()
  await page.keyboard.press('Escape')
  await details.waitFor({ state: 'hidden' })
  await page.getByRole('listbox').focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await details.getByText('"name": "one"').first().waitFor()
  await page.keyboard.press('Escape')
  await details.waitFor({ state: 'hidden' })
  await page.keyboard.press('/')
  assert.equal(await page.evaluate('document.activeElement.type'), 'search')
  await page.keyboard.press('Escape')
  await page.keyboard.press('?')
  await page.getByRole('dialog', { name: 'Keyboard' }).waitFor()
  await page.keyboard.press('Escape')
  await page.keyboard.press('2')
  await page.getByRole('heading', { name: 'Rooms' }).waitFor()
  const theme = () => page.evaluate('getComputedStyle(document.body).backgroundColor')
  const light = await theme()
  await page.keyboard.press('t')
  await page.keyboard.press('t')
  assert.notEqual(await theme(), light)
})

for (const colorScheme of ['light', 'dark']) {
  test(`axe finds nothing serious in any view, ${colorScheme}`, async () => {
    const sandbox = await Sandbox.start()
    const { receiver } = await play(sandbox)
    for (const [width, height] of [
      [1280, 800],
      [390, 844],
    ]) {
      const page = await sandbox.open({ width, height, colorScheme })
      for (const view of ['Requests', 'Rooms', 'Recordings', 'Polls', 'Sessions', 'Webhooks', 'Faults', 'State']) {
        await goTo(page, view)
        if (view === 'Requests') {
          await rows(page).first().click()
          await page.getByRole('region', { name: 'Request' }).waitFor()
        } else await page.locator('main h1').waitFor()
        // Given to the browser by its debugger, which the policy of the page does not apply to.
        await page.evaluate(AXE)
        const { violations } = await page.evaluate('axe.run()')
        const serious = violations.filter(({ impact }) => ['serious', 'critical'].includes(impact))
        assert.deepEqual(
          serious.map(({ id, nodes }) => [view, width, id, nodes.map((node) => node.html).slice(0, 3)]),
          [],
        )
      }
      assert.deepEqual(page.problems, [])
      await page.context().close()
    }
    receiver.close()
    await sandbox.stop()
  })
}
