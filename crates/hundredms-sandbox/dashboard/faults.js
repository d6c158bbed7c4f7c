// The view of faults: rules from a list, and how often each took effect.
import { button, choice, field, h, keyed } from './dom.js'
import { OPERATIONS } from './operations.js'
import { attempt, control, read } from './server.js'

const PRESETS = [
  ['503, not handled', { status: 503 }],
  ['429 with Retry-After of 2 s', { status: 429, retry_after: 2 }],
  ['500 although it was handled', { status: 500, apply: true }],
  ['504 although it was handled', { status: 504, apply: true }],
  ['Connection closed before it is handled', { disconnect: 'close_before' }],
  ['Connection closed after it was handled', { disconnect: 'close_after' }],
  ['Connection reset after it was handled', { disconnect: 'reset_after' }],
  ['Response after 2 s', { delay_answer_ms: 2000 }],
  ['Handled after 2 s', { delay_before_ms: 2000 }],
  ['Body broken off after 20 bytes', { cut_body: 20 }],
  ['Body in small pieces', { drip: { bytes: 16, every_ms: 50 } }],
  ['HTML of a proxy with 502', { status: 502, body: '<html>Bad gateway</html>' }],
  ['Tokens expire', { expire_tokens: true }],
  ['Clock 10 min ahead', { clock_off: 600 }],
  ['Connections refused for 3 s', { refuse_connections_ms: 3000 }],
]

const effect = choice(PRESETS.map(([text], place) => [String(place), text]))
const operation = choice([['', 'all operations'], ...Object.keys(OPERATIONS), ['storage.get', 'storage.get (files)']])
/** Which of the matching requests a fault affects, in words. */
function onText(on) {
  if (on === 'every') return 'every request'
  const one = {
    first: (count) => (count === 1 ? 'the first request' : `the first ${count} requests`),
    nth: (place) => (place === 2 ? 'the second request' : `request number ${place}`),
    share: (share) => `${100 * share} % of requests`,
  }
  const [[name, value]] = Object.entries(on)
  return one[name]?.(value) ?? JSON.stringify(on)
}

const ONS = [{ first: 1 }, { first: 3 }, { nth: 2 }, 'every', { share: 0.1, seed: 1 }, { share: 0.5, seed: 1 }]
const times = choice(ONS.map((on) => [JSON.stringify(on), onText(on)]))
const rate = h('input', { type: 'number', min: 1, max: 10000, placeholder: 'none', size: 8 })
const rows = h('tbody')
const table = h(
  'div',
  { class: 'card scroll' },
  h(
    'table',
    {},
    h(
      'thead',
      {},
      h('tr', {}, ...['Fault', 'Effect', 'Requests', 'Matched', 'Took effect'].map((text) => h('th', {}, text))),
    ),
    rows,
  ),
)
const none = h('div', { class: 'empty' }, 'No faults: every request is handled as it comes.')

const element = h(
  'div',
  {},
  h(
    'div',
    { class: 'head' },
    h(
      'div',
      { class: 'grow' },
      h('h1', {}, 'Faults'),
      h('p', {}, 'Make requests fail, and watch what the client does.'),
    ),
    button('Clear all', () => attempt(() => control('clear_faults'), 'No more faults'), { class: 'danger' }),
  ),
  h(
    'div',
    { class: 'cards' },
    h(
      'form',
      {
        class: 'card bar',
        onsubmit: async (event) => {
          event.preventDefault()
          const fault = { effect: PRESETS[Number(effect.value)][1], on: JSON.parse(times.value) }
          if (operation.value !== '') fault.match = { operation: operation.value }
          await attempt(() => control('add_fault', fault), 'Fault added')
        },
      },
      field('Effect', effect),
      field('Requests', times),
      field('Operation', operation),
      h('button', { class: 'main' }, 'Add'),
    ),
    h(
      'form',
      {
        class: 'card bar',
        onsubmit: async (event) => {
          event.preventDefault()
          const per_second = rate.value === '' ? null : Number(rate.value)
          await attempt(() => control('rate_limit', { per_second }), per_second === null ? 'No limit' : 'Limit set')
        },
      },
      field('Requests per second of a resource', rate),
      h('button', {}, 'Limit'),
    ),
  ),
  h('div', { class: 'section' }),
  table,
  none,
)

function faultRow({ id, fault, matched, fired }) {
  const preset = PRESETS.find(([, known]) => JSON.stringify(known) === JSON.stringify(fault.effect))
  const matchText =
    Object.values(fault.match ?? {})
      .filter(Boolean)
      .join(' ') || 'all operations'
  return h(
    'tr',
    {},
    h('td', {}, String(id)),
    h('td', {}, preset?.[0] ?? h('code', {}, JSON.stringify(fault.effect))),
    h('td', {}, `${matchText} · ${onText(fault.on)}`),
    h('td', {}, String(matched)),
    h('td', {}, String(fired)),
  )
}

export const faultsView = {
  id: 'faults',
  title: 'Faults',
  element,
  async refresh() {
    const [faults] = await read(['faults'])
    keyed(rows, faults, ({ id }) => id, faultRow)
    table.classList.toggle('hidden', faults.length === 0)
    none.classList.toggle('hidden', faults.length > 0)
  },
}
