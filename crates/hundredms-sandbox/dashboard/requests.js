// The view of requests: a live list of which only the visible rows exist, and one request opened beside it.
import { button, choice, clockTime, fadeEdges, h, jsonText, pill, toast } from './dom.js'
import { attempt, control, requestDetails } from './server.js'
import { snippetsOf } from './snippets.js'

const KEPT_REQUESTS = 10_000

/** All requests, oldest first, and those that the filters let through. */
const all = []
let shown = []
let selected
let opened
let pressed
let paused = false
/** The language that was chosen last. */
let language

const filters = { text: '', status: '', method: '', marks: '' }

const statusKind = (status) => (status === 0 || status >= 500 ? 'bad' : status >= 400 ? 'warn' : 'good')

const milliseconds = (ms) =>
  ms < 10 ? `${ms.toFixed(1)} ms` : ms < 10_000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`

function isShown(request) {
  const { text, status, method, marks } = filters
  if (status === '0' ? request.status !== 0 : status !== '' && String(request.status)[0] !== status) return false
  if (method !== '' && request.method !== method) return false
  if (marks === 'fault' && request.faults.length === 0) return false
  if (marks === 'retry' && request.attempt === 1) return false
  return text === '' || text.split(' ').every((word) => request.words.includes(word))
}

const list = h('div', { class: 'rows', role: 'listbox', tabIndex: 0, 'aria-label': 'Requests, latest first' })
const sizer = h('div', { class: 'sizer', role: 'presentation' })
const none = h('div', { class: 'none' })
const side = h('section', { class: 'details hidden', 'aria-label': 'Request', tabIndex: -1 })
const body = h('div', { class: 'requests' })
const pool = []

function newRow() {
  const part = (name) => h('span', { class: `${name} clip` })
  const parts = {
    status: h('span', { class: 'status' }),
    method: part('method'),
    operation: part('operation'),
    path: part('path'),
    marks: h('span', { class: 'marks' }),
    ms: part('ms'),
    at: part('at'),
  }
  const row = h('div', { class: 'row', role: 'option' }, ...Object.values(parts))
  row.parts = parts
  // The row may show another request by the end of a click.
  row.addEventListener('pointerdown', () => {
    pressed = row.request.number
  })
  row.addEventListener('click', () => open(pressed ?? row.request.number))
  sizer.append(row)
  return row
}

function fill(row, request) {
  if (row.request !== request) {
    const { status, method, operation, path, marks, ms, at } = row.parts
    row.request = request
    row.id = `request-${request.number}`
    status.replaceChildren(pill(request.status === 0 ? 'none' : request.status, statusKind(request.status)))
    method.textContent = request.method
    operation.textContent = request.operation ?? 'no operation'
    path.textContent = request.path.replace(/^\/v2/, '')
    marks.replaceChildren(
      ...(request.attempt > 1 ? [pill(`attempt ${request.attempt}`, 'info')] : []),
      ...(request.faults.length > 0
        ? [pill(request.faults.map((id) => (id === 0 ? 'fault' : `fault ${id}`)).join(', '), 'warn')]
        : []),
    )
    ms.textContent = milliseconds(request.ms)
    at.textContent = clockTime(request.at)
  }
  row.setAttribute('aria-selected', String(request.number === selected))
}

const rowHeight = () => (matchMedia('(max-width: 820px)').matches ? 54 : 36)

let isDrawing = false

function draw() {
  if (isDrawing) return
  isDrawing = true
  requestAnimationFrame(() => {
    isDrawing = false
    const height = rowHeight()
    sizer.style.height = `${shown.length * height}px`
    const first = Math.max(0, Math.floor(list.scrollTop / height) - 4)
    const count = Math.min(shown.length - first, Math.ceil(list.clientHeight / height) + 8)
    while (pool.length < count) pool.push(newRow())
    pool.forEach((row, place) => {
      const index = first + place
      const isUsed = place < count
      row.classList.toggle('hidden', !isUsed)
      if (!isUsed) return
      fill(row, shown[shown.length - 1 - index])
      row.style.transform = `translateY(${index * height}px)`
      row.setAttribute('aria-posinset', String(index + 1))
      row.setAttribute('aria-setsize', String(shown.length))
    })
    none.classList.toggle('hidden', shown.length > 0)
    none.textContent =
      all.length === 0
        ? 'No requests yet. Point a client at this sandbox, and each call appears here.'
        : 'No request matches the filters.'
    const active = shown.some((request) => request.number === selected) ? `request-${selected}` : undefined
    if (active === undefined) list.removeAttribute('aria-activedescendant')
    else list.setAttribute('aria-activedescendant', active)
  })
}

function filter() {
  shown = all.filter(isShown)
  list.scrollTop = 0
  draw()
}

/** Take what an event contains. Keeps the place in the list, unless the latest are in view. */
export function takeRequests({ requests, oldest }) {
  if (paused) {
    waiting.push(...requests)
    if (waiting.length > KEPT_REQUESTS) waiting.splice(0, waiting.length - KEPT_REQUESTS)
    return
  }
  for (const request of requests) {
    request.words = `${request.operation} ${request.method} ${request.path} ${request.status}`.toLowerCase()
  }
  const before = all.length
  const added = requests.filter(isShown)
  all.push(...requests)
  shown.push(...added)
  const gone = all.findIndex((request) => request.number >= oldest)
  if (gone !== 0) {
    all.splice(0, gone === -1 ? all.length : gone)
    const goneHere = shown.findIndex((request) => request.number >= oldest)
    shown.splice(0, goneHere === -1 ? shown.length : goneHere)
  }
  if (added.length > 0 && list.scrollTop > 0) list.scrollTop += added.length * rowHeight()
  if (requests.length > 0 || all.length !== before) draw()
}

const waiting = []

async function open(number, reveal = false) {
  selected = number
  draw()
  await attempt(async () => {
    const details = await requestDetails(number, reveal)
    opened = number
    showDetails(details, reveal)
  })
}

function close() {
  opened = undefined
  side.classList.add('hidden')
  body.classList.remove('open')
  list.focus()
  draw()
}

const MASK = '••••••'

/** Show code, with a word on what it leaves out. */
function codeBlock(text) {
  const note = text.includes(MASK)
    ? h('p', { class: 'muted' }, `${MASK} stands for a secret: fill it in, or press Show secrets before you copy.`)
    : null
  return [h('pre', { tabIndex: 0 }, text), note].filter(Boolean)
}

async function copy(text, name) {
  try {
    await navigator.clipboard.writeText(text)
  } catch {
    throw new Error('The browser does not let this page copy: select the code')
  }
  toast(text.includes(MASK) ? `Copied as ${name}, with masked secrets` : `Copied as ${name}`)
}

function showDetails({ request, headers, answer, has_details }, reveal) {
  const summary = all.find((known) => known.number === opened)
  const snippets = h('div', { class: 'stack snippets' })
  const languages = snippetsOf(request).map(([name, write]) => {
    const show = () => {
      for (const other of languages) other.setAttribute('aria-pressed', String(other === tab))
      language = name
      snippets.replaceChildren(...codeBlock(write(request)))
    }
    const showAndCopy = () => {
      show()
      attempt(() => copy(write(request), name))
    }
    const tab = button(name, showAndCopy, { class: 'small', 'aria-pressed': 'false' })
    if (name === language) queueMicrotask(show)
    return tab
  })
  const section = (title, ...children) => h('div', {}, h('h3', {}, title), ...children)
  side.replaceChildren(
    h(
      'div',
      { class: 'bar' },
      h('h2', { class: 'grow clip' }, request.operation ?? `${request.method} ${request.path}`),
      button(reveal ? 'Mask secrets' : 'Show secrets', () => open(opened, !reveal), { class: 'small' }),
      button('Close', close, { class: 'small', title: 'Close (Esc)' }),
    ),
    h(
      'dl',
      {},
      ...[
        ['Status', pill(request.status === 0 ? 'no response' : request.status, statusKind(request.status))],
        ['Request', h('code', {}, `${request.method} ${request.path}`)],
        ...request.query.map(([name, value]) => [name, h('code', {}, value)]),
        ['Time', `${request.at.replace('T', ' ').replace('Z', '')} UTC`],
        ['Duration', summary && milliseconds(summary.ms)],
        ['Attempt', summary && String(summary.attempt)],
        ['Faults', request.faults.map((id) => (id === 0 ? 'the one in its header' : `number ${id}`)).join(', ')],
        ['Token', request.token],
      ]
        .filter(([, value]) => value)
        .flatMap(([name, value]) => [h('dt', {}, name), h('dd', {}, value)]),
    ),
    section('Copy as', h('div', { class: 'bar' }, ...languages), snippets),
    ...(request.body === null ? [] : [section('Body', h('pre', { tabIndex: 0 }, jsonText(request.body)))]),
    ...(has_details
      ? [
          section('Response', h('pre', { tabIndex: 0 }, answer === '' ? 'no body' : jsonText(answer))),
          section(
            'Headers',
            h('dl', {}, ...headers.flatMap(([name, value]) => [h('dt', {}, name), h('dd', { class: 'mono' }, value)])),
          ),
        ]
      : [h('p', { class: 'muted' }, 'Headers and response are no longer kept for this request.')]),
  )
  side.classList.remove('hidden')
  body.classList.add('open')
  side.scrollTop = 0
}

/** Move the selection by so many rows. */
function move(by) {
  if (shown.length === 0) return
  const place = shown.findIndex((request) => request.number === selected)
  const index = place === -1 ? 0 : shown.length - 1 - place + by
  const next = shown[shown.length - 1 - Math.min(shown.length - 1, Math.max(0, index))]
  selected = next.number
  const top = (shown.length - 1 - shown.indexOf(next)) * rowHeight()
  if (top < list.scrollTop) list.scrollTop = top
  else if (top + rowHeight() > list.scrollTop + list.clientHeight)
    list.scrollTop = top + rowHeight() - list.clientHeight
  draw()
  if (opened !== undefined) open(selected)
}

const search = h('input', {
  type: 'search',
  placeholder: 'Search: rooms.create 503',
  'aria-label': 'Search requests',
  oninput: () => {
    filters.text = search.value.trim().toLowerCase()
    filter()
  },
})

function filterChoice(name, label, options) {
  const select = choice(options, {
    'aria-label': label,
    onchange: () => {
      filters[name] = select.value
      filter()
    },
  })
  return select
}

const pause = button(
  'Pause',
  () => {
    paused = !paused
    pause.textContent = paused ? 'Continue' : 'Pause'
    pause.setAttribute('aria-pressed', String(paused))
    if (!paused) takeRequests({ requests: waiting.splice(0), oldest: all[0]?.number ?? 0 })
  },
  { 'aria-pressed': 'false' },
)

const page = h(
  'div',
  { class: 'list' },
  fadeEdges(
    h(
      'div',
      { class: 'bar' },
      h('h1', { class: 'hidden' }, 'Requests'),
      search,
      filterChoice('status', 'Status', [
        ['', 'All statuses'],
        ['2', '2xx'],
        ['4', '4xx'],
        ['5', '5xx'],
        ['0', 'No response'],
      ]),
      filterChoice('method', 'Method', [['', 'All methods'], 'GET', 'POST', 'DELETE']),
      filterChoice('marks', 'Faults and retries', [
        ['', 'All requests'],
        ['fault', 'With a fault'],
        ['retry', 'Retries'],
      ]),
      pause,
      button('Clear', () => attempt(() => control('clear_requests'))),
    ),
  ),
  list,
)
sizer.append(none)
list.append(sizer, none)
list.addEventListener('scroll', draw, { passive: true })
list.addEventListener('keydown', (event) => {
  const moves = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10, Home: -KEPT_REQUESTS, End: KEPT_REQUESTS }
  if (event.key in moves) move(moves[event.key])
  else if (event.key === 'Enter' && selected !== undefined) open(selected)
  else return
  event.preventDefault()
})
new ResizeObserver(draw).observe(list)
body.append(page, side)

export const requestsView = {
  id: 'requests',
  title: 'Requests',
  isFull: true,
  element: body,
  count: () => all.length,
  focusSearch: () => search.focus(),
  move,
  openSelected: () => {
    if (selected !== undefined) open(selected)
  },
  /** Close what is open. Returns whether anything was. */
  close: () => {
    const wasOpen = opened !== undefined
    if (wasOpen) close()
    return wasOpen
  },
}
