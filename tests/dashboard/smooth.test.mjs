// The list stays smooth with a full log and many requests per second.
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { Sandbox, stopAll, until } from './support.mjs'

after(stopAll)

const LOGGED = 10_000
const PER_SECOND = 100
const SECONDS = 5

test(`the list scrolls smoothly with ${LOGGED} requests while ${PER_SECOND} per second come in`, async () => {
  const sandbox = await Sandbox.start()
  const authorization = `Bearer ${sandbox.token()}`
  const ask = (path) =>
    fetch(sandbox.baseUrl + path, { headers: { authorization } }).then((response) => response.arrayBuffer())
  for (let sent = 0; sent < LOGGED; sent += 50) {
    await Promise.all(
      Array.from({ length: 50 }, (_, place) =>
        ask(place % 5 === 0 ? '/rooms/64d2f9d081f04e2ab95d7c44' : '/rooms?limit=10'),
      ),
    )
  }
  const opened = performance.now()
  const page = await sandbox.open()
  await until(
    async () => (await page.locator('#nav .count').first().innerText()) === '10,000',
    'all requests are there',
  )
  const loaded = performance.now() - opened
  const rows = await page.locator('.rows [role=option]').count()
  assert.ok(rows < 80, `${rows} rows exist, whatever the log holds`)
  let incoming = 0
  const every = setInterval(() => {
    incoming += PER_SECOND / 20
    for (let i = 0; i < PER_SECOND / 20; i++) ask('/rooms?limit=10')
  }, 50)
  // By the time that the page's thread used, which does not depend on what else the machine does.
  const debug = await page.context().newCDPSession(page)
  await debug.send('Performance.enable', { timeDomain: 'threadTicks' })
  const used = async () => {
    const { metrics } = await debug.send('Performance.getMetrics')
    return 1000 * metrics.find(({ name }) => name === 'TaskDuration').value
  }
  const before = await used()
  const { frames, tasks, empty } = await page.evaluate(measure, SECONDS)
  const busy = ((await used()) - before) / (SECONDS * 1000)
  clearInterval(every)
  frames.sort((one, other) => one - other)
  const share = (part) => frames[Math.floor(frames.length * part)]
  const longest = Math.max(0, ...tasks)
  console.log(
    `${LOGGED} requests shown in ${Math.round(loaded)} ms; ${incoming} more in ${SECONDS} s while scrolling: ` +
      `${frames.length} frames, median ${share(0.5).toFixed(1)} ms, 95 % within ${share(0.95).toFixed(1)} ms, longest ${frames.at(-1).toFixed(0)} ms; ` +
      `${tasks.length} tasks over 50 ms, longest ${Math.round(longest)} ms; the thread of the page was busy for ${Math.round(100 * busy)} % of the time`,
  )
  assert.ok(busy < 0.7, 'the page has time left')
  assert.ok(longest < 1000, `the page does not respond for ${Math.round(longest)} ms`)
  assert.ok(empty < frames.length / 10, `the list is empty after ${empty} of ${frames.length} frames`)
  await page.evaluate(() => {
    document.querySelector('.rows').scrollTop = 0
  })
  const latest = page.locator('.rows [aria-posinset="1"]')
  const expected = `request-${LOGGED + incoming}`
  await until(async () => (await latest.getAttribute('id')) === expected, 'the latest request is at the top')
  assert.deepEqual(page.problems, [])
  await page.context().close()
  await sandbox.stop()
})

/** In the page: scroll for a while. Returns the times between frames, the tasks of more than 50 ms, and after how many frames
 *  the middle of the list was empty. */
async function measure(seconds) {
  const list = document.querySelector('.rows')
  const { left, top, width, height } = list.getBoundingClientRect()
  const isEmpty = () => !document.elementFromPoint(left + width / 2, top + height / 2).closest('[role=option]')
  let empty = 0
  const tasks = []
  new PerformanceObserver((found) => tasks.push(...found.getEntries().map((entry) => entry.duration))).observe({
    type: 'longtask',
  })
  const frames = []
  const began = performance.now()
  let last = began
  await new Promise((resolve) => {
    const frame = (now) => {
      frames.push(now - last)
      last = now
      list.scrollTop += 60
      // The page draws in this frame too, after this.
      setTimeout(() => {
        if (isEmpty()) empty++
      })
      if (now - began < seconds * 1000) requestAnimationFrame(frame)
      else resolve()
    }
    requestAnimationFrame(frame)
  })
  return { frames: frames.slice(1), tasks, empty }
}
