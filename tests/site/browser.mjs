// Looks at the built site in a browser: SITE is its folder, SHOTS that of the screenshots.
import assert from 'node:assert/strict'
import { mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { chromium } from 'playwright-core'
import { launch, problemsOf } from '../browser.mjs'
import { serve } from './served.mjs'

const { SITE, SHOTS } = process.env
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const PAGES = {
  home: '',
  guide: 'guides/recording/',
  reference: 'reference/operations/rooms/',
  methods: 'api/',
  concepts: 'start/concepts/',
  rust: 'rust/',
}

let browser
let site
let home

before(async () => {
  site = await serve(SITE)
  home = site.home
  browser = await launch(chromium)
  mkdirSync(SHOTS, { recursive: true })
})

after(async () => {
  await browser.close()
  site.stop()
})

/** A page of the site, and what went wrong on it. */
async function open(path, { width = 1280, dark = false } = {}) {
  const context = await browser.newContext({
    viewport: { width, height: 900 },
    colorScheme: dark ? 'dark' : 'light',
    reducedMotion: 'reduce',
  })
  const page = await context.newPage()
  const problems = problemsOf(page)
  page.on('response', (response) => {
    if (response.status() >= 400) problems.push(`${response.status()} ${response.url()}`)
  })
  page.on('request', (request) => {
    if (!request.url().startsWith(home) && !/^(data|blob):/.test(request.url())) problems.push(`asks ${request.url()}`)
  })
  await page.goto(home + path, { waitUntil: 'networkidle' })
  return { context, page, problems }
}

for (const [name, path] of Object.entries(PAGES)) {
  for (const width of [1280, 390]) {
    for (const dark of [false, true]) {
      const as = `${name}-${width}-${dark ? 'dark' : 'light'}`
      test(`${as}: nothing fails, nothing is too wide, and it is accessible`, async () => {
        const { context, page, problems } = await open(path, { width, dark })
        await page.screenshot({ path: join(SHOTS, `${as}.png`) })
        const scheme = await page.evaluate(() => document.body.getAttribute('data-md-color-scheme'))
        assert.equal(scheme, dark ? 'slate' : 'default')
        const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
        assert.ok(over <= 0, `the page is ${over} px too wide`)
        const cut = await page.evaluate(() =>
          [...document.querySelectorAll('.md-typeset__scrollwrap')]
            .filter((wrap) => wrap.scrollWidth > wrap.clientWidth)
            .map((wrap) => `${wrap.scrollWidth - wrap.clientWidth} px of ${wrap.textContent.trim().slice(0, 80)}`),
        )
        assert.deepEqual(cut, [], 'tables are cut off')
        await page.evaluate(axe)
        const { violations } = await page.evaluate(() => globalThis.axe.run(document))
        const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
        const found = serious.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join('\n  ')}`)
        assert.deepEqual(found, [])
        assert.deepEqual(problems, [])
        await context.close()
      })
    }
  }
}

test('the header has no empty box, and buttons that stand one below the other have a gap', async () => {
  const wide = await open('')
  assert.equal(await wide.page.locator('.md-header__source').filter({ visible: true }).count(), 0)
  await wide.context.close()
  const { context, page } = await open('', { width: 390 })
  const [first, second] = await page
    .locator('.md-typeset .md-button')
    .evaluateAll((buttons) =>
      buttons.map((button) => button.getBoundingClientRect()).map(({ top, bottom }) => ({ top, bottom })),
    )
  assert.ok(second.top >= first.bottom + 8, `${first.bottom} to ${second.top}`)
  await context.close()
})

test('the text of the search does not begin with the labels of tabs', () => {
  const { items } = JSON.parse(readFileSync(join(SITE, 'search.json'), 'utf8'))
  assert.ok(items.length > 500, String(items.length))
  const labelled = items.filter(({ text }) => text.startsWith('PythonTypeScript')).map(({ location }) => location)
  assert.deepEqual(labelled, [])
})

test('the language that was chosen stays chosen on other pages', async () => {
  const { context, page, problems } = await open('guides/recording/')
  await page.locator('.tabbed-labels label', { hasText: 'TypeScript' }).first().click()
  await page.goto(`${home}guides/errors/`, { waitUntil: 'networkidle' })
  const shown = await page.locator('.tabbed-content .tabbed-block').evaluateAll((blocks) =>
    blocks.filter((block) => getComputedStyle(block).display !== 'none').map((block) => block.textContent),
  )
  assert.ok(shown.length >= 4)
  for (const code of shown) assert.match(code, /await /)
  assert.deepEqual(problems, [])
  await context.close()
})

test('the button at a console copies the commands, without prompts and without what they print', async () => {
  const copied = async (path) => {
    const { context, page } = await open(path)
    await context.grantPermissions(['clipboard-read', 'clipboard-write'])
    const texts = []
    for (const button of await page.locator('.language-console [data-md-type="copy"]').filter({ visible: true }).all()) {
      await button.click()
      texts.push(await page.evaluate(() => navigator.clipboard.readText()))
    }
    await context.close()
    return texts
  }
  const [start, variables] = await copied('start/first-call/')
  assert.equal(start, 'hundredms sandbox')
  assert.match(variables, /^export HMS_BASE_URL=\S+\nexport HMS_AUTH_URL=\S+\nexport HMS_ACCESS_KEY=\w\S+\nexport HMS_SECRET=\w\S+$/)
  const [fault] = await copied('reference/faults/')
  assert.match(fault, /^curl .*\\\n +-d .*\\\n +http:\S+$/)
  const [command] = await copied('command/')
  for (const line of command.split('\n')) assert.match(line, /^hundredms /)
})

test('a reader who types before the search is there stays on the page', async () => {
  const { context, page } = await open('guides/recording/')
  const url = page.url()
  for (const key of ['n', 'p', ',', '.']) await page.keyboard.press(key)
  await page.keyboard.press('/')
  const dialog = page.locator('dialog[open]')
  await dialog.waitFor()
  await page.keyboard.type('n.p', { delay: 20 })
  const query = dialog.locator('input').first()
  assert.equal(await query.inputValue(), 'n.p')
  assert.equal(page.url(), url)
  await context.close()
})

test('the search finds a method by a word of its name', async () => {
  const { context, page, problems } = await open('')
  await page.keyboard.press('/')
  await page.keyboard.type('presigned', { delay: 20 })
  const found = page.locator('a[href*="recording_assets"], a[href*="guides/recording"]').filter({ visible: true })
  await found.first().waitFor({ timeout: 10_000 })
  await page.screenshot({ path: join(SHOTS, 'search.png') })
  assert.deepEqual(problems, [])
  await context.close()
})

test('the search fits beside the scrollbar of a narrow window', async () => {
  const { context, page } = await open('', { width: 390 })
  await page.keyboard.press('/')
  const dialog = page.locator('dialog[open]')
  await dialog.waitFor()
  const [search, header] = [await dialog.boundingBox(), await page.locator('.md-header').boundingBox()]
  assert.deepEqual([search.x, search.width], [header.x, header.width])
  await context.close()
})

test('each page is there as Markdown, and llms.txt lists them', async () => {
  const list = readFileSync(join(SITE, 'llms.txt'), 'utf8')
  const links = [...list.matchAll(/\]\(<?([^)>]+\.md)>?\)/g)].map(([, link]) => link.replace(/^https:\/\/[^/]+\/hundredms\//, ''))
  assert.ok(links.length > 50, String(links.length))
  for (const link of links) assert.match(readFileSync(join(SITE, link), 'utf8'), /\S/, link)
  assert.match(readFileSync(join(SITE, 'llms-full.txt'), 'utf8'), /client\.rooms\.create/)
})
