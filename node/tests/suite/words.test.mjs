// Words that the service may add to: what compiles is sent, with a hint, and what was read goes back.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { json, roomOf, served } from './sandbox-client.mjs'

const WORD = 'word-of-tomorrow'
const poll = { title: 't', duration: 0 }

const sent = []
const hints = []
const { client } = await served(
  (request, response, body) => {
    sent.push(decodeURIComponent(request.url) + body)
    json(response, { code: 404, message: 'nothing here' }, 404)
  },
  { onRequest: ({ hint }) => hints.push(hint) },
)

const layer = { rid: WORD, scaleResolutionDownBy: 1, maxFramerate: 30 }
const put = (publishParams) => () => client.templates.putRole('t', 'r', { publishParams })
const create = (template) => () => client.templates.create(template)

for (const [what, [call, path]] of Object.entries({
  'a region of a room': [() => client.rooms.create({ region: WORD }), 'region'],
  'a region of a room that is changed': [() => client.rooms.update('r', { region: WORD }), 'region'],
  'a type of analytics events': [
    () => client.analytics.listEvents({ type: [WORD], room_id: 'r' }).firstPage(),
    'type[0]',
  ],
  'a status of deliveries': [() => client.analytics.listWebhookEvents({ status: WORD }).firstPage(), 'status'],
  'names of webhook events': [
    () => client.analytics.listWebhookEvents({ event_names: [WORD] }).firstPage(),
    'event_names[0]',
  ],
  'names of webhook events to replay': [
    () => client.analytics.replayWebhookEvents({ event_names: [WORD] }),
    'event_names[0]',
  ],
  'a status of external streams': [() => client.externalStreams.list({ status: WORD }).firstPage(), 'status'],
  'a status of live streams': [() => client.liveStreams.list({ status: WORD }).firstPage(), 'status'],
  'a status of recordings': [() => client.recordings.list({ status: WORD }).firstPage(), 'status'],
  'a status of assets': [() => client.recordingAssets.list({ status: WORD }).firstPage(), 'status'],
  'a type of assets': [() => client.recordingAssets.list({ type: WORD }).firstPage(), 'type'],
  'a type of polls': [() => client.polls.create({ ...poll, type: WORD }), 'type'],
  'a mode of polls': [() => client.polls.create({ ...poll, mode: WORD }), 'mode'],
  'a start of polls': [() => client.polls.create({ ...poll, start: WORD }), 'start'],
  'a mode of transcriptions': [
    () =>
      client.liveStreams.start('r', {
        meeting_url: 'https://a.example',
        transcription: { enabled: true, modes: [WORD] },
      }),
    'transcription.modes[0]',
  ],
  'a kind of media of a role': [put({ allowed: ['audio', WORD] }), 'publishParams.allowed[1]'],
  'a codec of a role': [put({ allowed: [], video: { codec: WORD } }), 'publishParams.video.codec'],
  'a layer of a role': [
    put({ allowed: [], simulcast: { video: { layers: [layer] } } }),
    'publishParams.simulcast.video.layers[0].rid',
  ],
  'a codec of a role of a template': [
    create({ roles: { host: { publishParams: { allowed: [], audio: { codec: WORD } } } } }),
    'roles.host.publishParams.audio.codec',
  ],
  'a type of playlist': [
    create({ destinations: { hlsDestinations: { main: { name: 'main', playlistType: WORD } } } }),
    'destinations.hlsDestinations.main.playlistType',
  ],
  'a mode of captions': [create({ plugins: { transcriptions: { mode: WORD } } }), 'plugins.transcriptions.mode'],
  'a type of question': [
    () => client.polls.create({ ...poll, questions: [{ type: 'single-choice' }, { type: WORD }] }),
    'questions[1].type',
  ],
  'a type of a question that is changed': [() => client.polls.updateQuestion('p', 'q', { type: WORD }), 'type'],
  'a region of a template': [() => client.templates.updateSettings('t', { region: WORD }), 'region'],
})) {
  test(`${what} that is new is sent as it is, with one hint that names it`, async () => {
    sent.length = 0
    hints.length = 0
    await assert.rejects(call, { status: 404 })
    assert.equal(sent.length, 1)
    assert.ok(sent[0].includes(WORD), sent[0])
    const [hint, ...others] = hints.flatMap((all) => all.split('; '))
    assert.ok(hint.startsWith(`${path}: \`${WORD}\` is not one of `), hint)
    assert.deepEqual(others, [])
  })
}

test('a word that is known is sent without a hint', async () => {
  hints.length = 0
  await assert.rejects(client.rooms.create({ region: 'eu' }), { status: 404 })
  await assert.rejects(client.analytics.listWebhookEvents({ event_names: ['room.end.success'] }).firstPage())
  await assert.rejects(put({ allowed: ['audio', 'simulcast'], audio: { codec: 'opus' } }), { status: 404 })
  await assert.rejects(client.polls.create({ ...poll, questions: [{ type: 'long-answer' }] }))
  assert.deepEqual(hints, [undefined, undefined, undefined, undefined])
})

test('a word that is misspelt is sent with one process warning, whether or not there are hooks', async () => {
  let attempts = 0
  const answer = (_, response) => json(response, {}, ++attempts % 2 === 1 ? 503 : 404)
  const views = []
  const warnings = []
  const warned = ({ message, code }) => warnings.push([code, message])
  process.on('warning', warned)
  const { client: silent } = await served(answer)
  const { client: hooked } = await served(answer, { onRequest: ({ warning }) => views.push(warning) })
  const publishParams = { allowed: ['video', 'aduio'] }
  for (const each of [silent, hooked, hooked]) {
    await assert.rejects(each.templates.putRole('t', 'r', { publishParams }), { status: 404 })
    await assert.rejects(each.templates.putRole('t', 'r', { publishParams: { allowed: [WORD] } }), { status: 404 })
  }
  await new Promise((resolve) => setImmediate(resolve))
  process.off('warning', warned)
  const said =
    'publishParams.allowed[1]: `aduio` is not a value that this version knows; did you mean `audio`? It is sent as it is'
  const warning = ['HUNDREDMS_WARNING', `hundredms: templates.putRole: ${said}`]
  assert.deepEqual(warnings, [warning, warning])
  assert.deepEqual(views, [said, ...Array(7).fill(undefined)])
})

test('a region that was read, and is new, can be written back', async () => {
  const { client: echo } = await served((_, response, body) =>
    json(response, { ...roomOf('r'), region: body ? JSON.parse(body).region : WORD }),
  )
  const room = await echo.rooms.get('r')
  assert.equal(room.region, WORD)
  assert.equal((await echo.rooms.update('r', { region: room.region })).region, WORD)
})
