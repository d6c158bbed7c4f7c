// The view of rooms: who is in them, and what they publish.
import { button, choice, clockTime, field, h, keyed, pill, setChoices } from './dom.js'
import { attempt, call, control, read } from './server.js'

const names = new Map()

/** The name of a room, or its id if it is unknown. */
export const roomName = (id) => names.get(id) ?? id ?? ''

/** Rooms with a running session, for the forms of other views. */
export const liveRooms = []

const ROOM_READS = ['/rooms?limit=100', '/rooms?limit=100&enabled=false', '/sessions?active=true&limit=100']

/** Read rooms and running sessions, which most views need. */
export async function readRooms(more) {
  const [enabled, disabled, sessions, ...rest] = await read([...ROOM_READS, ...more])
  const rooms = [...enabled.data, ...disabled.data]
  for (const room of rooms) names.set(room.id, room.name)
  const live = new Map(sessions.data.map((session) => [session.room_id, session]))
  const inUse = rooms.filter((room) => live.has(room.id))
  liveRooms.splice(0, liveRooms.length, ...inUse.map((room) => [room.id, room.name]))
  return { rooms, live, rest }
}

const search = h('input', {
  type: 'search',
  placeholder: 'Search rooms',
  'aria-label': 'Search rooms',
  oninput: () => show(),
})
const newName = h('input', { placeholder: 'physics-7', required: true })
const cards = h('div', { class: 'cards' })
let shownRooms = []

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
      h('p', {}, 'Who is there, and what they publish. The latest 100 rooms, and 100 disabled ones.'),
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
)

function show() {
  const text = search.value.trim().toLowerCase()
  const found = shownRooms.filter(({ room }) => `${room.name} ${room.id}`.toLowerCase().includes(text))
  keyed(
    cards,
    found,
    ({ room }) => room.id,
    roomCard,
    shownRooms.length === 0 ? 'No rooms yet. Create one, or let a client do it.' : 'No room matches.',
  )
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

function roomCard({ room, roles, peers }) {
  const isLive = peers.length > 0
  const role = choice(roles, { 'aria-label': 'Role' })
  const name = h('input', { placeholder: 'Name', 'aria-label': `Name of a peer to add to ${room.name}`, size: 12 })
  return h(
    'article',
    { class: 'card' },
    h(
      'div',
      { class: 'bar' },
      h('h2', { class: 'clip grow' }, room.name),
      isLive ? pill(`live · ${peers.length}`, 'good') : null,
      room.enabled ? null : pill('disabled', 'warn'),
      isLive
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
    isLive
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

/** The maximum number of peers whose tracks are read. */
const MOST_PEERS = 200

export const roomsView = {
  id: 'rooms',
  title: 'Rooms',
  element,
  focusSearch: () => search.focus(),
  async refresh() {
    const { rooms, live, rest } = await readRooms(['/templates?limit=100'])
    const connected = rooms.flatMap((room) =>
      Object.values(live.get(room.id)?.peers ?? {})
        .filter((peer) => peer.left_at === undefined)
        .map((peer) => [room, peer]),
    )
    const paths = connected.slice(0, MOST_PEERS).map(([room, peer]) => `/active-rooms/${room.id}/peers/${peer.id}`)
    const detailed = paths.length > 0 ? await read(paths) : []
    const templates = new Map(rest[0].data.map((template) => [template.id, Object.keys(template.roles ?? {})]))
    shownRooms = rooms.map((room) => ({
      room: { id: room.id, name: room.name, enabled: room.enabled, description: room.description },
      roles: templates.get(room.template_id) ?? [],
      peers: connected.flatMap(([of, peer], place) => (of === room ? [detailed[place] ?? peer] : [])),
    }))
    shownRooms.sort((one, other) => Number(other.peers.length > 0) - Number(one.peers.length > 0))
    show()
  },
}

/** Keep a select at the rooms with a running session. */
export function setLiveRooms(select) {
  setChoices(select, liveRooms.length > 0 ? liveRooms : [['', 'no live room']])
}
