// Views, theme, keyboard, and what happens when an event comes in.
import { fadeEdges, h, openDialog, toast } from './dom.js'
import { faultsView } from './faults.js'
import { pollsView } from './polls.js'
import { recordingsView } from './recordings.js'
import { requestsView, takeRequests } from './requests.js'
import { roomsView } from './rooms.js'
import { listen, Unreachable } from './server.js'
import { sessionsView } from './sessions.js'
import { clockElements, stateView, takeTime } from './state.js'
import { webhooksView } from './webhooks.js'

const VIEWS = [requestsView, roomsView, recordingsView, pollsView, sessionsView, webhooksView, faultsView, stateView]

const view = document.getElementById('view')
const links = VIEWS.map(({ id, title }, place) =>
  h('a', { href: `#${id}`, title: `${title} (${place + 1})` }, title, h('span', { class: 'count' })),
)
fadeEdges(document.getElementById('nav')).append(...links)
document.getElementById('clock').append(...clockElements)

let current = requestsView
let time
let version

function choose() {
  current = VIEWS.find(({ id }) => `#${id}` === location.hash) ?? requestsView
  VIEWS.forEach((other, place) => {
    if (other === current) links[place].setAttribute('aria-current', 'page')
    else links[place].removeAttribute('aria-current')
  })
  links[VIEWS.indexOf(current)].scrollIntoView({ inline: 'nearest', block: 'nearest' })
  document.title = `${current.title} · hundredms sandbox`
  view.classList.toggle('full', current.isFull === true)
  view.replaceChildren(current.element)
  view.scrollTop = 0
  if (time !== undefined) refresh()
}

/** The shortest time between two reads, in milliseconds. */
const PAUSE = 250

let isRefreshing = false
let isStale = false

/** Read again what the view shows. One read at a time; changes meanwhile cause one more. */
async function refresh() {
  if (isRefreshing) {
    isStale = true
    return
  }
  isRefreshing = true
  do {
    if (isStale) await new Promise((resolve) => setTimeout(resolve, PAUSE))
    isStale = false
    const shown = current
    try {
      await shown.refresh?.(time)
    } catch (error) {
      // The state of the connection is shown already.
      if (!(error instanceof Unreachable)) toast(error.message, 'bad')
    }
  } while (isStale)
  isRefreshing = false
}

function takeEvent(event) {
  const isFirst = time === undefined
  time = event.time
  takeTime(event.time)
  takeRequests(event)
  links[0].lastChild.textContent = requestsView.count().toLocaleString('en')
  if (event.version !== version || isFirst || current === sessionsView) {
    version = event.version
    refresh()
  }
}

const connection = document.getElementById('connection')

function takeState(state, text) {
  connection.className = state
  connection.textContent = text
}

const theme = document.getElementById('theme')
const THEMES = { system: 'Auto', light: 'Light', dark: 'Dark' }

function setTheme(name) {
  if (name === 'system') delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = name
  localStorage.setItem('hundredms-dashboard-theme', name)
  theme.textContent = THEMES[name]
  theme.title = `Colours: ${THEMES[name]}. Change them (t)`
  theme.value = name
}

function nextTheme() {
  const names = Object.keys(THEMES)
  setTheme(names[(names.indexOf(theme.value) + 1) % names.length])
}

theme.addEventListener('click', nextTheme)
const storedTheme = localStorage.getItem('hundredms-dashboard-theme')
setTheme(storedTheme in THEMES ? storedTheme : 'system')

const KEYS = [
  ['1 to 8', 'Open a view'],
  ['/', 'Search'],
  ['j, k or arrows', 'Next or previous request'],
  ['Enter', 'Open a request'],
  ['Esc', 'Close it'],
  ['t', 'Light, dark, or as the system'],
  ['?', 'This list'],
]

function showKeys() {
  const rows = KEYS.map(([keys, text]) => h('tr', {}, h('td', {}, h('kbd', {}, keys)), h('td', {}, text)))
  openDialog(
    'Keyboard',
    h('table', {}, h('tbody', {}, ...rows)),
    h('form', { method: 'dialog', class: 'bar' }, h('button', {}, 'Close')),
  )
}

document.getElementById('help').addEventListener('click', showKeys)

document.addEventListener('keydown', (event) => {
  const { target, key } = event
  if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector('dialog[open]')) return
  if (key === 'Escape') {
    if (target.matches('input')) target.blur()
    else if (current === requestsView) requestsView.close()
    return
  }
  if (target.matches('input, select, textarea')) return
  const place = Number(key) - 1
  if (place in VIEWS) location.hash = VIEWS[place].id
  else if (key === '/') current.focusSearch?.()
  else if (key === 't') nextTheme()
  else if (key === '?') showKeys()
  else if (key === 'j' && current === requestsView) requestsView.move(1)
  else if (key === 'k' && current === requestsView) requestsView.move(-1)
  // With the focus elsewhere, Enter is for what has it. The list handles it itself.
  else if (key === 'Enter' && target === document.body && current === requestsView) requestsView.openSelected()
  else return
  event.preventDefault()
})

addEventListener('hashchange', choose)
choose()
takeState('wait', 'Connecting')
listen(takeEvent, takeState)
