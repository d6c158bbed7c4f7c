// The view of the whole state: counts, snapshots, many rooms at once, reset. And the clock at the top.
import { button, clockTime, confirmed, duration, field, h, keyed, toast } from './dom.js'
import { attempt, control, read } from './server.js'

const COUNTS = {
  rooms: 'Rooms',
  sessions: 'Sessions',
  peers: 'Peers',
  polls: 'Polls',
  events: 'Webhook events',
  requests: 'Requests',
  scheduled: 'Scheduled',
}

const stats = h('div', { class: 'stats' })
const snapshots = h('div', { class: 'stack' })
const rooms = h('input', { type: 'number', min: 1, max: 100000, value: 20, size: 8 })

async function reset() {
  if (
    await confirmed(
      'Reset the sandbox?',
      'Rooms, sessions, recordings, snapshots, faults and the log of requests are lost.',
      'Reset',
    )
  ) {
    await attempt(() => control('reset'), 'Everything is as at the start')
  }
}

const element = h(
  'div',
  {},
  h(
    'div',
    { class: 'head' },
    h('div', { class: 'grow' }, h('h1', {}, 'State'), h('p', {}, 'Everything that the sandbox holds, in memory.')),
    button('Reset', reset, { class: 'danger' }),
  ),
  stats,
  h(
    'div',
    { class: 'section' },
    h('h2', { class: 'grow' }, 'Snapshots'),
    button('Take a snapshot', () => attempt(async () => toast(`Snapshot ${(await control('snapshot')).id} taken`)), {
      class: 'main',
    }),
  ),
  snapshots,
  h('div', { class: 'section' }, h('h2', {}, 'Many rooms at once')),
  h(
    'form',
    {
      class: 'card bar',
      onsubmit: async (event) => {
        event.preventDefault()
        await attempt(() => control('seed', { rooms: Number(rooms.value) }), 'Rooms created')
      },
    },
    field('Rooms', rooms),
    h('button', {}, 'Create'),
  ),
)

const snapshotCard = (id) =>
  h(
    'div',
    { class: 'card bar' },
    h('span', { class: 'grow' }, `Snapshot ${id}`),
    button('Restore', () => attempt(() => control('restore', { id }), `Back at snapshot ${id}`), {
      'aria-label': `Restore snapshot ${id}`,
    }),
    button('Delete', () => attempt(() => control('drop_snapshot', { id })), {
      class: 'danger',
      'aria-label': `Delete snapshot ${id}`,
    }),
  )

export const stateView = {
  id: 'state',
  title: 'State',
  element,
  async refresh() {
    const [overview] = await read(['overview'])
    const counts = Object.entries(COUNTS).map(([name, title]) => ({ title, count: overview.stats[name] }))
    keyed(
      stats,
      counts,
      ({ title }) => title,
      ({ title, count }) =>
        h('div', { class: 'stat' }, h('b', {}, count.toLocaleString('en')), h('span', { class: 'muted' }, title)),
    )
    keyed(
      snapshots,
      overview.snapshots,
      (id) => id,
      snapshotCard,
      'No snapshots. Take one before a change that you may want to undo.',
    )
  },
}

const now = h('time')
const ahead = h('span', { class: 'ahead muted clip' })
const next = button('Next', () => advance((Date.parse(latest.next) - Date.parse(currentTime())) / 1000 + 0.001), {
  disabled: true,
  title: 'Advance the clock to the next thing that happens',
})
let latest
let latestAt = 0

const advance = (seconds) => attempt(() => control('advance_clock', { seconds: Math.max(0, seconds) }))

/** The virtual time now, as the last event and the time since then say. */
function currentTime() {
  return new Date(Date.parse(latest.now) + performance.now() - latestAt).toISOString()
}

export const clockElements = [
  now,
  ahead,
  button('+1 min', () => advance(60), { title: 'Advance the clock by one minute' }),
  button('+1 h', () => advance(3600), { title: 'Advance the clock by one hour' }),
  next,
]

/** Show the time of an event. */
export function takeTime(time) {
  latest = time
  latestAt = performance.now()
  now.textContent = `${clockTime(time.now)} UTC`
  now.dateTime = time.now
  ahead.textContent = time.advanced_seconds > 0 ? `${duration(time.advanced_seconds)} ahead` : 'real time'
  next.disabled = time.next === null
  next.textContent =
    time.next === null ? 'Next: nothing' : `Next: in ${duration((Date.parse(time.next) - Date.parse(time.now)) / 1000)}`
}
