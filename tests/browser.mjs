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

/** Return a list that collects what the console of the page says, and what the page throws. */
export function problemsOf(page) {
  const problems = []
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) problems.push(message.text())
  })
  page.on('pageerror', (error) => problems.push(String(error)))
  return problems
}
