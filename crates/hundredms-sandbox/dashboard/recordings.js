// The view of recordings and streams: their states, and their files.
import { button, bytesText, choice, clockTime, count, duration, field, h, keyed, openDialog, pill } from './dom.js'
import { setLiveRooms } from './rooms.js'
import { attempt, call, control, read } from './server.js'

const KINDS = {
  recording: { title: 'Recording', list: '/recordings', start: '/recordings/room' },
  live_stream: { title: 'Live stream', list: '/live-streams', start: '/live-streams/room' },
  external_stream: { title: 'External stream', list: '/external-streams', start: '/external-streams/room' },
}

const STEPS = ['starting', 'running', 'stopping', 'post_processing', 'completed']

const inRoom = choice([['', 'no live room']])
const kindToStart = choice(Object.entries(KINDS).map(([kind, { title }]) => [kind, title]))
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
      h('h1', {}, 'Recordings and streams'),
      h('p', {}, 'The states follow the virtual clock: advance it, and they move on. What has not ended comes first.'),
    ),
  ),
  h(
    'form',
    {
      class: 'bar',
      onsubmit: async (event) => {
        event.preventDefault()
        const kind = kindToStart.value
        const body = { meeting_url: 'https://meet.example/preview' }
        if (kind === 'external_stream') body.rtmp_urls = ['rtmp://live.example/app/key']
        await attempt(
          () => call('POST', `${KINDS[kind].start}/${inRoom.value}/start`, body),
          `${KINDS[kind].title} started`,
        )
      },
    },
    field('Room', inRoom),
    field('Kind', kindToStart),
    h('button', { class: 'main' }, 'Start'),
  ),
  h('div', { class: 'section' }),
  cards,
  more,
)

function steps(status) {
  const place = STEPS.indexOf(status)
  const shown = status === 'failed' ? [...STEPS.slice(0, 2), 'failed'] : STEPS
  const kindOf = (step, index) =>
    step === 'failed'
      ? 'failed'
      : status === 'failed' || index < place || status === 'completed'
        ? 'done'
        : index === place
          ? 'now'
          : ''
  return h(
    'ol',
    { class: 'steps', 'aria-label': `State: ${status}` },
    ...shown.map((step, index) => h('li', { class: kindOf(step, index) }, step.replace('_', ' '))),
  )
}

const isVideo = (asset) => /composite|stream|track/.test(asset.type) || /\.(mp4|webm)$/.test(asset.path ?? '')
const isText = (asset) => /\.(csv|txt|srt|json|m3u8)$/.test(asset.path ?? '')

async function openAsset(asset) {
  const [link] = await read([`/recording-assets/${asset.id}/presigned-url`])
  if (link === null) throw new Error('the asset has no file')
  // The sandbox itself has the file; this page may know it by another name.
  const { pathname, search } = new URL(link.url)
  const address = pathname + search
  if (isText(asset)) {
    const text = await (await fetch(address)).text()
    openDialog(asset.type, h('pre', { tabIndex: 0 }, text), closing())
  } else {
    openDialog(
      asset.type,
      h('video', { src: address, controls: true, autoplay: true, muted: true, 'aria-label': `Recording ${asset.id}` }),
      closing(),
    )
  }
}

const closing = () => h('form', { method: 'dialog', class: 'bar' }, h('button', {}, 'Close'))

function assetRow(asset) {
  const kind = { completed: 'good', failed: 'bad' }[asset.status] ?? 'info'
  const canOpen = asset.status === 'completed' && (isVideo(asset) || isText(asset))
  return h(
    'tr',
    {},
    h('td', {}, asset.type),
    h('td', {}, pill(asset.status, kind)),
    h('td', { class: 'muted' }, asset.size ? bytesText(asset.size) : ''),
    h('td', { class: 'muted' }, asset.duration ? duration(asset.duration) : ''),
    h(
      'td',
      { class: 'end' },
      canOpen
        ? button(isText(asset) ? 'Open' : 'Play', () => attempt(() => openAsset(asset)), {
            class: 'small',
            'aria-label': `${isText(asset) ? 'Open' : 'Play'} ${asset.type}`,
          })
        : null,
    ),
  )
}

function jobCard({ kind, job, room, assets }) {
  const { title, list } = KINDS[kind]
  const act = (word, path, body) =>
    button(word, () => attempt(() => call('POST', path, body)), {
      class: 'small',
      'aria-label': `${word} ${title.toLowerCase()} of ${room}`,
    })
  const isOn = ['starting', 'running', 'stopping'].includes(job.status)
  return h(
    'article',
    { class: 'card' },
    h(
      'div',
      { class: 'bar' },
      h('h2', { class: 'grow clip' }, `${title} · ${room}`),
      isOn && job.status !== 'stopping' ? act('Stop', `${list}/${job.id}/stop`, {}) : null,
      kind === 'recording' && job.status === 'running'
        ? act('Pause', `/recordings/room/${job.room_id}/pause`, {})
        : null,
      kind === 'recording' && job.status === 'running'
        ? act('Resume', `/recordings/room/${job.room_id}/resume`, {})
        : null,
      isOn
        ? button('Fail', () => attempt(() => control('fail_job', { job_id: job.id })), {
            class: 'small danger',
            'aria-label': `Fail ${title.toLowerCase()} of ${room}`,
          })
        : null,
    ),
    steps(job.status),
    h(
      'div',
      { class: 'sub' },
      [
        `created ${clockTime(job.created_at)}`,
        job.started_at && `started ${clockTime(job.started_at)}`,
        job.stopped_at && `stopped ${clockTime(job.stopped_at)}`,
      ]
        .filter(Boolean)
        .join(' · '),
    ),
    h('div', { class: 'sub mono' }, job.id),
    assets.length > 0 ? h('div', { class: 'scroll' }, h('table', {}, h('tbody', {}, ...assets.map(assetRow)))) : null,
  )
}

export const recordingsView = {
  id: 'recordings',
  title: 'Recordings',
  element,
  async refresh() {
    const [jobs, live] = await read(['jobs', 'live_rooms'])
    setLiveRooms(inRoom, live)
    keyed(cards, jobs.items, ({ job }) => job.id, jobCard, 'Nothing has been recorded or streamed yet.')
    more.textContent =
      jobs.left_out === 0
        ? ''
        : `${count(jobs.left_out, 'older one that has', 'older ones that have')} ended: not listed.`
  },
}
