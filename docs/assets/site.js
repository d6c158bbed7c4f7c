// Lets keyboards scroll wide tables: the theme wraps them when a page is shown.
const reachable = () => {
  for (const wrap of document.querySelectorAll('.md-typeset__scrollwrap:not([tabindex])')) wrap.tabIndex = 0
}

// Names the cells of tables that have titles, for screens on which each row is a block. Roles keep them tables for screen readers.
const ROLES = { TABLE: 'table', THEAD: 'rowgroup', TBODY: 'rowgroup', TR: 'row', TH: 'columnheader', TD: 'cell' }
const labelled = () => {
  for (const table of document.querySelectorAll('.md-typeset table:not([class], [data-labelled])')) {
    const titles = [...table.querySelectorAll('thead th')].map((title) => title.textContent.trim())
    // A table of facts has no titles.
    if (titles.length < 2 || !titles.some(Boolean)) continue
    table.dataset.labelled = ''
    for (const part of [table, ...table.querySelectorAll('thead, tbody, tr, th, td')]) part.role = ROLES[part.tagName]
    for (const row of table.querySelectorAll('tbody tr')) {
      // The first cell is the title of its block, and what comes last says itself that it is the meaning.
      const needed = (title, column) => column > 0 && title !== 'meaning'
      for (const [column, cell] of [...row.cells].entries()) cell.dataset.label = needed(titles[column], column) ? titles[column] : ''
    }
  }
}

// Lets the copy button of a console copy the commands, without the prompts and without what they print.
const commandsOf = (session) => {
  const commands = []
  let continues = false
  for (const line of session.split('\n')) {
    const prompted = line.startsWith('$ ')
    if (prompted || continues) commands.push(prompted ? line.slice(2) : line)
    continues = (prompted || continues) && line.endsWith('\\')
  }
  return commands.join('\n')
}
const copyable = () => {
  for (const button of document.querySelectorAll('.language-console [data-clipboard-target]:not([data-clipboard-text])')) {
    const code = button.closest('.language-console').querySelector('code')
    button.dataset.clipboardText = commandsOf(code.textContent)
  }
}

// The language whose code tabs show: that of a link (`?lang=ts`), else that of the tab which the reader chose last, else that of the page.
const LANGUAGES = {
  python: ['Python', 'FastAPI'],
  ts: ['TypeScript', 'Express', 'Fastify', 'Next', 'Hono'],
  rust: ['Rust', 'axum'],
}
const OF_PAGES = { '/python/': LANGUAGES.python, '/node/': LANGUAGES.ts, '/rust/': LANGUAGES.rust }
const choose = () => {
  const url = new URL(location.href)
  const stored = __md_get('__tabs')
  const chosen = Array.isArray(stored) ? stored : []
  const lang = url.searchParams.get('lang')
  // Not every name that an object has is a language, such as `constructor`.
  const asked = Object.hasOwn(LANGUAGES, lang) ? LANGUAGES[lang] : undefined
  const last = chosen.flatMap((tab) => Object.values(LANGUAGES).filter((tabs) => tabs.includes(tab)))[0]
  const page = Object.keys(OF_PAGES).find((end) => url.pathname.endsWith(end))
  const tabs = [...new Set([...(asked ?? []), ...chosen, ...(last ?? OF_PAGES[page] ?? [])])]
  if (tabs.length > 0) __md_set('__tabs', tabs)
  const target = document.getElementById(url.hash.slice(1))
  for (const set of document.querySelectorAll('.tabbed-set')) {
    // A link to a tab.
    if (target?.matches('input') && target.parentElement === set) continue
    const labels = [...set.querySelectorAll(':scope > .tabbed-labels > label')]
    const label = tabs.map((tab) => labels.find((label) => label.textContent.trim() === tab)).find(Boolean)
    if (label) document.getElementById(label.htmlFor).checked = true
  }
  // So that the link does not choose again when the reader has chosen another tab and loads the page again.
  url.searchParams.delete('lang')
  if (asked) history.replaceState(history.state, '', url)
}
choose()

// Leads `#timeoutMs` to the heading of `timeout`, and `#createWithCodes` to that of `create_with_codes`.
const lead = () => {
  const name = location.hash.slice(1)
  if (!name || document.getElementById(name)) return
  const written = name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
  for (const id of [written, written.replace(/_ms$/, '')]) {
    if (document.getElementById(id)) return location.replace(`#${id}`)
  }
}
window.addEventListener('hashchange', lead)
lead()

// Moves the buttons that the theme lays over the page into the header, where they cover nothing.
const placed = () => {
  const header = document.querySelector('.md-header__inner')
  const before = header?.querySelector('[data-md-component="palette"]')
  const top = document.querySelector('main .md-top')
  if (!before) return
  if (top) {
    top.ariaLabel = top.title = top.textContent.trim()
    before.before(top)
  }
  const toggle = document.querySelector('.md-sidebar--secondary #__toc')
  const list = toggle?.parentElement.querySelector('.md-sidebar__inner')
  if (!list || header.querySelector('.contents')) return
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'md-header__button md-icon contents'
  button.ariaLabel = button.title = 'On this page'
  const open = (is) => {
    toggle.checked = is
    button.ariaExpanded = String(is)
  }
  open(false)
  document.addEventListener('click', ({ target }) => open(button.contains(target) && !toggle.checked))
  document.addEventListener('keydown', ({ key }) => key === 'Escape' && open(false))
  before.before(button)
}

// The theme turns pages at these letters, also when a reader types before the search is ready.
const TURNS = new Set(['n', 'p', ',', '.'])
const typed = (event) => {
  const [target] = event.composedPath()
  const edits = target.matches?.('input, textarea, select, [contenteditable]')
  if (TURNS.has(event.key) && !edits) event.stopImmediatePropagation()
}
window.addEventListener('keydown', typed, { capture: true })

// The theme's search is as wide as the window with its scrollbar, so its right edge is below the scrollbar.
const narrower = new CSSStyleSheet()
narrower.replaceSync('dialog { width: 100% !important }')
const searchable = () => {
  for (const { shadowRoot } of document.querySelectorAll('body > div')) {
    if (shadowRoot && !shadowRoot.adoptedStyleSheets.includes(narrower)) shadowRoot.adoptedStyleSheets.push(narrower)
  }
}

const shown = () => {
  placed()
  searchable()
  reachable()
  labelled()
  copyable()
}
new MutationObserver(shown).observe(document.documentElement, { childList: true, subtree: true })
shown()
