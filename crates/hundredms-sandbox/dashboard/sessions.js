// The view of sessions: a timeline of who was there.
import { clockTime, count, duration, h, keyed, pill } from './dom.js'
import { read } from './server.js'

const list = h('div', { class: 'stack' })
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
      h('h1', {}, 'Sessions'),
      h('p', {}, 'Who was there, and when. All that run, then the latest 50 that have ended.'),
    ),
  ),
  list,
  more,
)

function sessionCard({ session, name, now }) {
  const began = Date.parse(session.created_at)
  const peers = Object.values(session.peers)
  const ended = session.active
    ? now
    : Math.max(...peers.map((peer) => Date.parse(peer.left_at ?? session.updated_at)), began)
  const length = Math.max(1, ended - began)
  const line = (peer) => {
    const [from, to] = [Date.parse(peer.joined_at), peer.left_at ? Date.parse(peer.left_at) : ended]
    const bar = h('i', {
      class: peer.left_at ? 'left' : '',
      title: `${clockTime(peer.joined_at)} to ${peer.left_at ? clockTime(peer.left_at) : 'now'}`,
    })
    bar.style.left = `${(100 * (from - began)) / length}%`
    bar.style.width = `${Math.max(0.5, (100 * (to - from)) / length)}%`
    return [
      h(
        'span',
        { class: 'clip' },
        peer.name || peer.user_id || 'no name',
        ' ',
        h('span', { class: 'muted' }, peer.role),
      ),
      h('span', { class: 'track' }, bar),
    ]
  }
  const axis = h(
    'span',
    { class: 'axis' },
    h('span', {}, clockTime(session.created_at)),
    h('span', {}, session.active ? 'now' : clockTime(new Date(ended).toISOString())),
  )
  return h(
    'article',
    { class: 'card' },
    h(
      'div',
      { class: 'bar' },
      h('h2', { class: 'grow clip' }, name),
      pill(session.active ? 'live' : 'ended', session.active ? 'good' : ''),
      h('span', { class: 'muted' }, `${duration(length / 1000)} · ${count(peers.length, 'peer')}`),
    ),
    h('div', { class: 'sub mono' }, session.id),
    h('div', { class: 'lines' }, ...peers.flatMap(line), h('span'), axis),
  )
}

export const sessionsView = {
  id: 'sessions',
  title: 'Sessions',
  element,
  async refresh(time) {
    const [{ items: sessions, left_out }] = await read(['sessions'])
    const now = Date.parse(time.now)
    const items = sessions.map(({ session, room }) => ({ session, name: room, now: session.active ? now : 0 }))
    more.textContent =
      left_out === 0 ? '' : `${count(left_out, 'older session has', 'older sessions have')} ended: not listed.`
    keyed(
      list,
      items,
      ({ session }) => session.id,
      sessionCard,
      'No sessions yet. One begins when the first peer joins a room.',
    )
  },
}
