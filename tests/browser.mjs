// The browser of the tests of the dashboard and of the site.

const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // Fewer colours, so smaller pictures.
  '--disable-lcd-text',
]

/** Start the browser that HUNDREDMS_CHROMIUM names, with the caller's `chromium` of Playwright. */
export const launch = (chromium) => chromium.launch({ executablePath: process.env.HUNDREDMS_CHROMIUM, args: FLAGS })

/**
 * Open an address, and wait until the scripts of its page have run and it asks for nothing more. To wait for the network alone is not
 * enough: on a loaded machine, it is idle while scripts that are there still wait to be run.
 */
export async function visit(page, url) {
  await page.goto(url, { waitUntil: 'load' })
  await page.waitForLoadState('networkidle')
}

/** Return a list that collects what the console of the page says, and what the page throws. */
export function problemsOf(page) {
  const problems = []
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) problems.push(message.text())
  })
  page.on('pageerror', (error) => problems.push(String(error)))
  return problems
}
