// Types what people look for into the search of the built site: SITE is its folder.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { chromium } from 'playwright-core'
import { launch, visit } from '../browser.mjs'
import { serve } from './served.mjs'

/** What people type, and a page that must be among the first three of the results. */
const PHRASES = {
  'cancel a request': 'guides/errors/',
  'corporate certificate': 'guides/deployment/',
  'delete a room': 'start/concepts/',
  ECONNREFUSED: 'guides/errors/',
  'export to csv': 'export/',
  idempotent: 'guides/errors/',
  'kick a user': 'guides/moderation/',
  'log every request': 'guides/observability/',
  logging: 'guides/observability/',
  'mock client in unit test': 'guides/testing/',
  mocking: 'guides/testing/',
  'next.js': 'guides/join-tokens/',
  pagination: 'guides/bulk/',
  'rate limit': 'guides/bulk/',
  retries: 'guides/errors/',
  'self signed certificate': 'guides/deployment/',
  supabase: 'guides/edge/',
  timeout: 'reference/configuration/',
  'unit tests': 'guides/testing/',
  vitest: 'guides/testing/',
}

let browser
let site
let page
before(async () => {
  site = await serve(process.env.SITE)
  browser = await launch(chromium)
  page = await browser.newPage()
  await visit(page, site.home)
  await page.keyboard.press('/')
  await page.locator('dialog[open] input').waitFor()
})
after(async () => {
  await browser.close()
  site.stop()
})

/** The pages of the results, in their order. */
async function found(phrase) {
  const results = page.locator('dialog[open] a[href]').filter({ visible: true })
  await page.locator('dialog[open] input').fill('')
  await page.locator('dialog[open] input').fill(phrase)
  await page.waitForTimeout(300)
  const links = await results.evaluateAll((all) => all.map(({ href }) => href))
  return [...new Set(links.map((link) => link.replace(site.home, '').replace(/[?#].*/, '')))]
}

for (const [phrase, wanted] of Object.entries(PHRASES)) {
  test(`the search for ${phrase} finds ${wanted}`, async () => {
    const pages = await found(phrase)
    assert.ok(pages.slice(0, 3).includes(wanted), `${wanted} is not one of the first three: ${pages.join(' ')}`)
  })
}
