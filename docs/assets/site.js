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
      for (const [column, cell] of [...row.cells].entries()) cell.dataset.label = column === 0 ? '' : titles[column]
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
  searchable()
  reachable()
  labelled()
  copyable()
}
new MutationObserver(shown).observe(document.documentElement, { childList: true, subtree: true })
shown()
