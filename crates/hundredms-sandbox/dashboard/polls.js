// The view of polls: questions, where they run, and the results so far.
import { button, choice, clockTime, h, keyed, pill } from './dom.js'
import { liveRooms, readRooms, roomName } from './rooms.js'
import { attempt, control, read } from './server.js'

const cards = h('div', { class: 'cards' })
const element = h(
  'div',
  {},
  h(
    'div',
    { class: 'head' },
    h('div', {}, h('h1', {}, 'Polls'), h('p', {}, 'Results as they come in, over all sessions.')),
  ),
  cards,
)

function optionRow(text, count, most) {
  const fill = h('i')
  fill.style.width = `${most > 0 ? (100 * count) / most : 0}%`
  return h(
    'div',
    { class: 'option' },
    h('span', { class: 'clip' }, text),
    h('span', { class: 'number' }, String(count)),
    h('span', { class: 'meter' }, fill),
  )
}

function questionPart(question, responses) {
  const given = responses.filter((response) => response.question === question.index)
  const votes = (index) =>
    given.filter((response) => response.option === index || response.options?.includes(index)).length
  const counts = question.options.map((option) => votes(option.index))
  const texts = given.filter((response) => response.text).slice(0, 5)
  return h(
    'div',
    { class: 'question' },
    h(
      'p',
      {},
      question.text,
      ' ',
      h('span', { class: 'muted' }, `${given.length} ${given.length === 1 ? 'answer' : 'answers'}`),
    ),
    ...question.options.map((option, place) => optionRow(option.text, counts[place], Math.max(...counts))),
    ...texts.map((response) => h('div', { class: 'sub' }, `“${response.text}”`)),
  )
}

function pollCard({ poll, runs, responses, rooms }) {
  const room = choice(rooms.length > 0 ? rooms : [['', 'no live room']], { 'aria-label': 'Room' })
  const open = runs.filter((run) => run.stopped_at === undefined)
  const openRooms = open.map((run) => run.room_id)
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
    ...poll.questions.map((question) => questionPart(question, responses)),
    ...runs.map((run) =>
      h(
        'div',
        { class: 'bar sub' },
        h(
          'span',
          { class: 'grow' },
          `${roomName(run.room_id)}: ${clockTime(run.started_at)} to ${run.stopped_at ? clockTime(run.stopped_at) : 'now'}, ${run.unique_participants} took part`,
        ),
        run.stopped_at || !run.room_id
          ? null
          : button(
              'Stop',
              () => attempt(() => control('stop_poll', { room_id: run.room_id, poll_id: poll.id }), 'Poll closed'),
              { class: 'small', 'aria-label': `Stop ${poll.title}` },
            ),
      ),
    ),
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
    const { live, rest } = await readRooms(['overview'])
    const ids = rest[0].polls.map((poll) => poll.id)
    const paths = ids.flatMap((id) => [
      `/polls/${id}`,
      `/polls/${id}/sessions?limit=100`,
      `/polls/${id}/responses?limit=100`,
    ])
    const answers = paths.length > 0 ? await read(paths) : []
    const roomOf = new Map([...live.values()].map((session) => [session.id, session.room_id]))
    const polls = ids.map((_, place) => {
      const [poll, runs, responses] = answers.slice(3 * place, 3 * place + 3)
      return {
        poll: { id: poll.id, title: poll.title, type: poll.type, questions: poll.questions },
        runs: (runs?.responses ?? []).map((run) => ({ ...run, room_id: roomOf.get(run.session_id) })),
        responses: responses?.responses ?? [],
        rooms: [...liveRooms],
      }
    })
    keyed(cards, polls, ({ poll }) => poll.id, pollCard, 'No polls yet. A client creates them with polls.create.')
  },
}
