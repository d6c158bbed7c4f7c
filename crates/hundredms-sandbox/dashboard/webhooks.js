// The view of webhooks: deliveries with their attempts, and events on demand.
import { button, choice, clockTime, count, field, h, jsonText, keyed, pill, setChoices } from './dom.js'
import { EVENT_TYPES } from './operations.js'
import { attempt, control, read, resend, setWebhookUrl } from './server.js'

const url = h('input', {
  type: 'url',
  placeholder: 'http://127.0.0.1:3000/webhooks',
  size: 32,
  oninput: () => {
    isEdited = true
  },
})
const type = choice(EVENT_TYPES)
const aboutRoom = choice([['', 'no room']])
const queue = h('p')
const list = h('div', { class: 'stack' })
const more = h('p', { class: 'more muted', role: 'status' })
/** Whether the field has a text that is not set yet. */
let isEdited = false

const element = h(
  'div',
  {},
  h('div', { class: 'head' }, h('div', {}, h('h1', {}, 'Webhooks'), queue)),
  h(
    'div',
    { class: 'cards' },
    h(
      'form',
      {
        class: 'card bar',
        onsubmit: async (event) => {
          event.preventDefault()
          const given = url.value
          const isDone = await attempt(
            () => setWebhookUrl(given === '' ? null : given),
            given === '' ? 'No webhooks are sent' : 'Webhooks go there',
          )
          if (isDone && url.value === given) isEdited = false
        },
      },
      field('URL of the workspace', url, 'grow'),
      h('button', {}, 'Set'),
    ),
    h(
      'form',
      {
        class: 'card bar',
        onsubmit: async (event) => {
          event.preventDefault()
          await attempt(
            () => control('send_webhook', { type: type.value, room_id: aboutRoom.value || undefined }),
            'Event sent',
          )
        },
      },
      field('Example', type),
      field('Room', aboutRoom),
      h('button', { class: 'main' }, 'Send'),
    ),
  ),
  h('div', { class: 'section' }, h('h2', {}, 'Deliveries'), h('span', { class: 'muted' }, 'latest first')),
  list,
  more,
)

const STATUS = { delivered: 'good', failed: 'bad', pending: 'info', dropped: '' }

function deliveryCard({ delivery, room }) {
  const attempts = delivery.attempts.map((made, place) =>
    h(
      'tr',
      {},
      h('td', {}, String(place + 1)),
      h('td', {}, clockTime(made.at)),
      h('td', {}, pill(made.status ?? 'none', made.error_reason ? 'bad' : 'good')),
      h('td', {}, made.error_reason ?? ''),
      h('td', { class: 'end muted' }, `${made.duration_ms.toFixed(1)} ms`),
    ),
  )
  const body = () => {
    try {
      return jsonText(JSON.parse(delivery.body))
    } catch {
      return delivery.body
    }
  }
  return h(
    'details',
    { class: 'card delivery' },
    h(
      'summary',
      {},
      pill(delivery.status, STATUS[delivery.status]),
      h('span', { class: 'grow clip' }, delivery.type, ' ', h('span', { class: 'muted' }, room)),
      delivery.is_replay ? pill('replay', 'info') : null,
      h('span', { class: 'muted' }, count(delivery.attempts.length, 'attempt')),
    ),
    h(
      'div',
      { class: 'stack' },
      h(
        'div',
        { class: 'bar' },
        h('span', { class: 'sub grow mono' }, delivery.url),
        button('Resend', () => attempt(() => resend(delivery.event_id), 'Sent again, with the same id'), {
          class: 'small',
          'aria-label': `Resend ${delivery.type}`,
        }),
      ),
      delivery.next_attempt_at
        ? h('div', { class: 'sub' }, `Next attempt at ${clockTime(delivery.next_attempt_at)}`)
        : null,
      attempts.length > 0
        ? h(
            'div',
            { class: 'scroll' },
            h(
              'table',
              {},
              h(
                'thead',
                {},
                h('tr', {}, ...['Attempt', 'At', 'Status', 'Error', 'Took'].map((text) => h('th', {}, text))),
              ),
              h('tbody', {}, ...attempts),
            ),
          )
        : null,
      h('pre', { tabIndex: 0 }, body()),
    ),
  )
}

export const webhooksView = {
  id: 'webhooks',
  title: 'Webhooks',
  element,
  async refresh() {
    const [overview, deliveries, rooms] = await read(['overview', 'deliveries', 'rooms'])
    const known = overview.webhook_url ?? ''
    if (url.value === known) isEdited = false
    else if (!isEdited) url.value = known
    setChoices(aboutRoom, [
      ['', 'no room'],
      ...rooms.items.map((room) => [room.id, room.name]),
      ...(rooms.left_out > 0 ? [['-', `${count(rooms.left_out, 'older room')} not listed`, true]] : []),
    ])
    const { due, waiting } = overview.queue
    queue.textContent = overview.webhook_url
      ? `${due} due, ${waiting} waiting for a retry.`
      : 'None are sent until a URL is set, here or for a room.'
    const times = new Map()
    const items = deliveries.items.map(({ delivery, room }) => {
      const time = (times.get(delivery.event_id) ?? 0) + 1
      times.set(delivery.event_id, time)
      return { delivery, room, time }
    })
    items.reverse()
    keyed(list, items, ({ delivery, time }) => `${delivery.event_id} ${time}`, deliveryCard, 'No deliveries yet.')
    more.textContent =
      deliveries.left_out === 0
        ? ''
        : `${count(deliveries.left_out, 'older delivery is', 'older deliveries are')} not listed.`
  },
}
