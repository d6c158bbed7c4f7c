// Looks at the built site in a browser: SITE is its folder, SHOTS that of the screenshots.
import assert from 'node:assert/strict'
import { mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { chromium } from 'playwright-core'
import { launch, problemsOf, visit } from '../browser.mjs'
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
  await visit(page, home + path)
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
  await visit(page, `${home}guides/errors/`)
  const shown = await page.locator('.tabbed-content .tabbed-block').evaluateAll((blocks) =>
    blocks.filter((block) => getComputedStyle(block).display !== 'none').map((block) => block.textContent),
  )
  assert.ok(shown.length >= 4)
  for (const code of shown) assert.match(code, /await /)
  assert.deepEqual(problems, [])
  await context.close()
})

/** The labels of the tabs that are shown. */
const shownTabs = (page) =>
  page.locator('.tabbed-set').evaluateAll((sets) => [
    ...new Set(sets.map((set) => set.querySelector(`label[for="${set.querySelector('input:checked').id}"]`).textContent.trim())),
  ])

test('a link can choose the language, for the pages after it too', async () => {
  for (const [lang, tabs] of Object.entries({ python: ['Python'], ts: ['TypeScript'], rust: ['Rust'] })) {
    const { context, page, problems } = await open(`guides/transcripts/?lang=${lang}#record-with-transcription`)
    assert.deepEqual(await shownTabs(page), tabs)
    assert.match(page.url(), /guides\/transcripts\/#record-with-transcription$/)
    await visit(page, `${home}start/first-call/`)
    assert.deepEqual(await shownTabs(page), tabs)
    assert.deepEqual(problems, [])
    await context.close()
  }
})

test('the page of a language chooses it, unless the reader has chosen another one', async () => {
  const { context, page } = await open('node/')
  await visit(page, `${home}guides/errors/`)
  assert.deepEqual(await shownTabs(page), ['TypeScript'])
  await visit(page, `${home}guides/join-tokens/`)
  assert.deepEqual(await shownTabs(page), ['TypeScript', 'Express'])
  await page.locator('.tabbed-labels label', { hasText: 'Rust' }).first().click()
  await visit(page, `${home}python/`)
  await visit(page, `${home}guides/errors/`)
  assert.deepEqual(await shownTabs(page), ['Rust'])
  await context.close()
})

test('the page of a language chooses it on a slow machine too', async () => {
  const { context, page } = await open('')
  const session = await context.newCDPSession(page)
  await session.send('Emulation.setCPUThrottlingRate', { rate: 20 })
  await visit(page, `${home}node/`)
  await visit(page, `${home}guides/errors/`)
  assert.deepEqual(await shownTabs(page), ['TypeScript'])
  await context.close()
})

test('a link with an unknown language, and a stored choice that is no list of tabs, stop no script', async () => {
  const { context, page, problems } = await open('')
  for (const lang of ['constructor', '__proto__', 'toString', 'cobol', '']) {
    await visit(page, `${home}command/?lang=${lang}`)
    assert.ok((await page.locator('.language-console [data-clipboard-text]').count()) > 0, lang)
  }
  for (const stored of ['"Rust"', '{"a":1}', '[1,{}]']) {
    await page.evaluate((stored) => localStorage.setItem(`${__md_scope.pathname}.__tabs`, stored), stored)
    await visit(page, `${home}guides/errors/?lang=ts`)
    assert.deepEqual(await shownTabs(page), ['TypeScript'], stored)
  }
  assert.deepEqual(problems, [])
  await context.close()
})

test('the name of an option in TypeScript leads to its heading', async () => {
  const { context, page } = await open('reference/configuration/#timeoutMs')
  assert.equal(new URL(page.url()).hash, '#timeout')
  await page.evaluate(() => (location.hash = 'connectTimeoutMs'))
  await page.waitForURL(/#connect_timeout$/)
  await context.close()
})

for (const width of [1280, 390]) {
  test(`${width}: no button covers the text, also while the reader scrolls up`, async () => {
    const { context, page, problems } = await open('node/', { width })
    await page.mouse.move(width / 2, 400)
    await page.mouse.wheel(0, 2000)
    await page.waitForFunction(() => scrollY > 1900)
    await page.mouse.wheel(0, -300)
    await page.locator('.md-top').waitFor({ state: 'visible' })
    const over = await page.evaluate(() => {
      const text = document.querySelector('.md-content__inner').getBoundingClientRect()
      const floats = (element) => ['fixed', 'sticky'].includes(getComputedStyle(element).position)
      const meets = ({ left, right, top, bottom, width, height }) =>
        width * height > 0 && left < text.right && right > text.left && top < text.bottom && bottom > text.top
      return [...document.querySelectorAll('body *')]
        .filter((element) => floats(element) && !element.closest('.md-header') && element.checkVisibility({ opacityProperty: true }))
        .filter((element) => meets(element.getBoundingClientRect()))
        .map(({ className }) => className)
    })
    assert.deepEqual(over, [])
    await page.locator('.md-top').click()
    await page.waitForFunction(() => scrollY === 0)
    assert.deepEqual(problems, [])
    await context.close()
  })
}

test('on a phone, the contents of a page open from the header, and close', async () => {
  const { context, page } = await open('guides/errors/', { width: 390 })
  const button = page.getByRole('button', { name: 'On this page' })
  const link = page.locator('.md-sidebar--secondary').getByRole('link', { name: 'An argument is wrong' })
  const opened = () => page.locator('.md-sidebar--secondary .md-sidebar__inner').evaluate((list) => getComputedStyle(list).pointerEvents === 'auto')
  assert.equal(await opened(), false)
  await button.press('Enter')
  assert.deepEqual([await opened(), await button.getAttribute('aria-expanded')], [true, 'true'])
  await page.keyboard.press('Escape')
  assert.deepEqual([await opened(), await button.getAttribute('aria-expanded')], [false, 'false'])
  await button.click()
  await link.click()
  await page.waitForURL(/#an-argument-is-wrong$/)
  assert.equal(await opened(), false)
  await context.close()
})

test('the titles of the tables of the reference are one line high, and each column has one', async () => {
  for (const path of ['reference/operations/rooms/', 'reference/models/rooms/', 'reference/events/', 'api/']) {
    const { context, page } = await open(path)
    const titles = await page.locator('table[data-labelled] th').evaluateAll((cells) =>
      cells.map((cell) => [cell.textContent.trim(), cell.getBoundingClientRect().height]),
    )
    assert.ok(titles.length > 0, path)
    assert.deepEqual(titles.filter(([text, height]) => !text || height > 45), [], path)
    await context.close()
  }
})

test('on a phone, a row of arguments says the name first, then the type, then the meaning', async () => {
  const { context, page } = await open('reference/operations/rooms/', { width: 390 })
  const row = page.locator('table[data-labelled] tbody tr').first()
  const shown = await row.locator('td').evaluateAll((cells) =>
    cells.map((cell) => getComputedStyle(cell, '::before').content.replace(/^none$/, '') + cell.textContent.slice(0, 8)),
  )
  assert.deepEqual(shown.slice(0, 2), ['name', '"type: "string'])
  assert.match(shown[2], /^[A-Z]/)
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

test('on a phone, each line of code is one line and scrolls, also by keyboard, and what is copied is the code', async () => {
  const { context, page } = await open('guides/errors/', { width: 390 })
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const blocks = page.locator('.language-python pre').filter({ visible: true })
  const heights = await blocks.locator('code').evaluateAll((codes) =>
    codes.map((code) => {
      const { lineHeight, paddingTop, paddingBottom } = getComputedStyle(code)
      const text = code.getBoundingClientRect().height - Number.parseFloat(paddingTop) - Number.parseFloat(paddingBottom)
      return [Math.round(text / Number.parseFloat(lineHeight)), code.textContent.trimEnd().split('\n').length]
    }),
  )
  assert.ok(heights.length > 4, String(heights.length))
  for (const [lines, written] of heights) assert.equal(lines, written)
  const code = blocks.filter({ hasText: 'max_duration_seconds=5' }).first().locator('code')
  await code.focus()
  await page.keyboard.press('ArrowRight')
  await page.waitForFunction((code) => code.scrollLeft > 0, await code.elementHandle())
  const button = code.locator('..').locator('[data-md-type="copy"]')
  const [frame, box] = [await code.boundingBox(), await button.boundingBox()]
  assert.ok(box.x > frame.x + frame.width / 2 && box.x + box.width <= frame.x + frame.width, JSON.stringify([frame, box]))
  const end = await code.evaluate((code) => {
    code.scrollLeft = code.scrollWidth
    const text = document.createRange()
    text.selectNodeContents(code)
    return text.getBoundingClientRect().right
  })
  assert.ok(end <= box.x, `the text ends at ${end} px, the button begins at ${box.x} px`)
  await button.click()
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), (await code.textContent()).trimEnd())
  await context.close()
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
  const errors = readFileSync(join(SITE, 'guides/errors/index.md'), 'utf8')
  for (const [name, fence] of [['Python', 'python'], ['TypeScript', 'js'], ['Rust', 'rust']]) {
    const all = errors.split('```' + fence).length - 1
    assert.ok(all > 4)
    assert.equal(errors.split(`**${name}**\n\n\`\`\`${fence}`).length - 1, all, name)
  }
  assert.match(readFileSync(join(SITE, 'llms-full.txt'), 'utf8'), /client\.rooms\.create/)
})
