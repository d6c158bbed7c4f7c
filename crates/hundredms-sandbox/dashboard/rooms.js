// The view of rooms: who is in them, and what they publish.
import { button, choice, clockTime, count, field, h, keyed, pill, setChoices } from './dom.js'
import { attempt, call, control, read } from './server.js'

const search = h('input', {
  type: 'search',
  placeholder: 'Search rooms',
  'aria-label': 'Search rooms',
  oninput: () => attempt(load),
})
const newName = h('input', { placeholder: 'physics-7', required: true })
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
      { class: 'grow' },
      h('h1', {}, 'Rooms'),
      h('p', {}, 'Who is there, and what they publish. Rooms with a running session first, then the latest others.'),
    ),
    search,
  ),
  h(
    'form',
    {
      class: 'bar',
      onsubmit: async (event) => {
        event.preventDefault()
        if (await attempt(() => call('POST', '/rooms', { name: newName.value }), 'Room created')) newName.value = ''
      },
    },
    field('New room', newName),
    h('button', { class: 'main' }, 'Create'),
  ),
  h('div', { class: 'section' }),
  cards,
  more,
)

let reads = 0

/** Read the rooms that the search finds, and show them unless another read has begun since. */
async function load() {
  reads += 1
  const turn = reads
  const text = search.value.trim()
  const [rooms] = await read([`rooms?${new URLSearchParams({ search: text })}`])
  if (turn === reads) show(rooms, text)
}

function show({ items, left_out, all }, text) {
  const none =
    all === 0
      ? 'No rooms yet. Create one, or let a client do it.'
      : `No room matches, of ${count(all, 'room')}. The search compares names and ids.`
  keyed(cards, items, ({ id }) => id, roomCard, none)
  more.textContent =
    left_out === 0
      ? ''
      : text === ''
        ? `${count(left_out, 'older room is', 'older rooms are')} not listed. The search finds them too, by name or id.`
        : `${count(left_out, 'older room', 'older rooms')} match too: search for more of the name.`
}

function trackButton(track) {
  const kind =
    track.source === 'screen'
      ? 'screen'
      : track.type === 'audio'
        ? 'mic'
        : track.source === 'regular'
          ? 'camera'
          : `${track.source} ${track.type}`
  return button(
    track.mute ? `${kind} off` : `${kind} on`,
    () => attempt(() => control('mute_track', { track_id: track.id, mute: !track.mute })),
    {
      class: 'small',
      'aria-pressed': String(!track.mute),
      title: track.mute ? 'Unmute' : 'Mute',
    },
  )
}

function peerRow(room, peer, roles) {
  const path = `/active-rooms/${room.id}/peers/${peer.id}`
  const role = choice(roles.includes(peer.role) ? roles : [peer.role, ...roles], {
    'aria-label': `Role of ${peer.name || peer.id}`,
    onchange: async () => {
      if (!(await attempt(() => call('POST', path, { role: role.value }), `Now ${role.value}`))) role.value = peer.role
    },
  })
  role.value = peer.role
  const tracks = Object.values(peer.tracks ?? {})
  const publish = (type, source) => () => attempt(() => control('publish_track', { peer_id: peer.id, type, source }))
  const has = (type, source) => tracks.some((track) => track.type === type && track.source === source)
  return h(
    'tr',
    {},
    h(
      'td',
      {},
      h('div', { class: 'clip' }, peer.name || 'no name'),
      h('div', { class: 'sub' }, peer.user_id || `since ${clockTime(peer.joined_at)}`),
    ),
    h('td', {}, role),
    h(
      'td',
      {},
      h(
        'div',
        { class: 'bar' },
        ...tracks.map(trackButton),
        has('audio', 'regular') ? null : button('+ mic', publish('audio', 'regular'), { class: 'small quiet' }),
        has('video', 'regular') ? null : button('+ camera', publish('video', 'regular'), { class: 'small quiet' }),
        has('video', 'screen') ? null : button('+ screen', publish('video', 'screen'), { class: 'small quiet' }),
      ),
    ),
    h(
      'td',
      { class: 'end' },
      button('Remove', () => attempt(() => control('leave_peer', { peer_id: peer.id }), 'Peer left'), {
        class: 'small danger',
        'aria-label': `Remove ${peer.name || peer.id}`,
      }),
    ),
  )
}

function roomCard(room) {
  const { roles, peers } = room
  const role = choice(roles, { 'aria-label': 'Role' })
  const name = h('input', { placeholder: 'Name', 'aria-label': `Name of a peer to add to ${room.name}`, size: 12 })
  return h(
    'article',
    { class: 'card' },
    h(
      'div',
      { class: 'bar' },
      h('h2', { class: 'clip grow' }, room.name),
      room.is_live ? pill(`live · ${peers.length}`, 'good') : null,
      room.enabled ? null : pill('disabled', 'warn'),
      peers.length > 0
        ? button('End', () => attempt(() => call('POST', `/active-rooms/${room.id}/end-room`, {}), 'Session ended'), {
            class: 'small danger',
            'aria-label': `End the session of ${room.name}`,
          })
        : null,
      button(
        room.enabled ? 'Disable' : 'Enable',
        () => attempt(() => call('POST', `/rooms/${room.id}`, { enabled: !room.enabled })),
        { class: 'small quiet', 'aria-label': `${room.enabled ? 'Disable' : 'Enable'} ${room.name}` },
      ),
    ),
    h('div', { class: 'sub mono' }, room.id),
    room.description ? h('div', { class: 'sub' }, room.description) : null,
    peers.length > 0
      ? h(
          'div',
          { class: 'scroll' },
          h(
            'table',
            { class: 'peers' },
            h(
              'thead',
              {},
              h(
                'tr',
                {},
                ...['Peer', 'Role', 'Tracks'].map((text) => h('th', {}, text)),
                h('th', {}, h('span', { class: 'skip' }, 'Remove')),
              ),
            ),
            h('tbody', {}, ...peers.map((peer) => peerRow(room, peer, roles))),
          ),
        )
      : null,
    h('hr'),
    h(
      'form',
      {
        class: 'bar',
        onsubmit: async (event) => {
          event.preventDefault()
          const join = { room_id: room.id, role: role.value, name: name.value || undefined }
          await attempt(() => control('join_peer', join), `${name.value || 'A peer'} joined`)
        },
      },
      name,
      role,
      h('button', { 'aria-label': `Add a peer to ${room.name}` }, 'Add a peer'),
    ),
  )
}

export const roomsView = {
  id: 'rooms',
  title: 'Rooms',
  element,
  focusSearch: () => search.focus(),
  refresh: load,
}

/** Keep a select at the rooms with a running session, given as `[id, name]`. */
export function setLiveRooms(select, rooms) {
  setChoices(select, rooms.length > 0 ? rooms : [['', 'no live room']])
}
