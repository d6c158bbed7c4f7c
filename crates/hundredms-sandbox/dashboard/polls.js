// The view of polls: questions, where they run, and the results so far.
import { button, choice, clockTime, count, h, keyed, pill } from './dom.js'
import { setLiveRooms } from './rooms.js'
import { attempt, control, read } from './server.js'

const cards = h('div', { class: 'cards' })
const more = h('p', { class: 'more muted', role: 'status' })
const element = h(
  'div',
  {},
  h(
    'div',
    { class: 'head' },
    h(
      'div',
      {},
      h('h1', {}, 'Polls'),
      h('p', {}, 'Results as they come in, over all sessions. Open polls come first.'),
    ),
  ),
  cards,
  more,
)

function optionRow({ text, votes }, most) {
  const fill = h('i')
  fill.style.width = `${most > 0 ? (100 * votes) / most : 0}%`
  return h(
    'div',
    { class: 'option' },
    h('span', { class: 'clip' }, text),
    h('span', { class: 'number' }, String(votes)),
    h('span', { class: 'meter' }, fill),
  )
}

function questionPart({ text, answers, options, texts }) {
  const most = Math.max(...options.map(({ votes }) => votes))
  return h(
    'div',
    { class: 'question' },
    h('p', {}, text, ' ', h('span', { class: 'muted' }, count(answers, 'answer'))),
    ...options.map((option) => optionRow(option, most)),
    ...texts.items.map((given) => h('div', { class: 'sub' }, `“${given}”`)),
    texts.left_out > 0 ? h('div', { class: 'sub' }, `and ${count(texts.left_out, 'earlier text')}`) : null,
  )
}

function pollCard({ poll, rooms }) {
  const runs = poll.runs.items
  const room = choice([], { 'aria-label': 'Room' })
  setLiveRooms(room, rooms)
  const open = runs.filter(({ run }) => run.stopped_at === undefined)
  const openRooms = open.map(({ room_id }) => room_id)
  return h(
    'article',
    { class: 'card' },
    h(
      'div',
      { class: 'bar' },
      h('h2', { class: 'grow clip' }, poll.title || 'no title'),
      pill(poll.type, 'info'),
      open.length > 0 ? pill('open', 'good') : null,
    ),
    h('div', { class: 'sub mono' }, poll.id),
    ...poll.questions.map(questionPart),
    ...runs.map(({ run, room_id, room: name }) =>
      h(
        'div',
        { class: 'bar sub' },
        h(
          'span',
          { class: 'grow' },
          `${name}: ${clockTime(run.started_at)} to ${run.stopped_at ? clockTime(run.stopped_at) : 'now'}, ${run.unique_participants} took part`,
        ),
        run.stopped_at || !room_id
          ? null
          : button('Stop', () => attempt(() => control('stop_poll', { room_id, poll_id: poll.id }), 'Poll closed'), {
              class: 'small',
              'aria-label': `Stop ${poll.title}`,
            }),
      ),
    ),
    poll.runs.left_out > 0 ? h('div', { class: 'sub' }, `and ${count(poll.runs.left_out, 'earlier run')}`) : null,
    h('hr'),
    h(
      'form',
      {
        class: 'bar',
        onsubmit: async (event) => {
          event.preventDefault()
          await attempt(() => control('start_poll', { room_id: room.value, poll_id: poll.id }), 'Poll opened')
        },
      },
      room,
      h(
        'button',
        { 'aria-label': `Start ${poll.title}`, disabled: rooms.length === 0 || openRooms.includes(room.value) },
        'Start',
      ),
    ),
  )
}

export const pollsView = {
  id: 'polls',
  title: 'Polls',
  element,
  async refresh() {
    const [polls, rooms] = await read(['polls', 'live_rooms'])
    const items = polls.items.map((poll) => ({ poll, rooms }))
    keyed(cards, items, ({ poll }) => poll.id, pollCard, 'No polls yet. A client creates them with polls.create.')
    more.textContent =
      polls.left_out === 0 ? '' : `${count(polls.left_out, 'older poll is', 'older polls are')} not listed.`
  },
}
