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

for (const [what, call] of Object.entries({
  'a region of a room': () => client.rooms.create({ region: WORD }),
  'a region of a room that is changed': () => client.rooms.update('r', { region: WORD }),
  'a type of analytics events': () => client.analytics.listEvents({ type: [WORD], room_id: 'r' }).firstPage(),
  'a status of deliveries': () => client.analytics.listWebhookEvents({ status: WORD }).firstPage(),
  'names of webhook events': () => client.analytics.listWebhookEvents({ event_names: [WORD] }).firstPage(),
  'names of webhook events to replay': () => client.analytics.replayWebhookEvents({ event_names: [WORD] }),
  'a status of external streams': () => client.externalStreams.list({ status: WORD }).firstPage(),
  'a status of live streams': () => client.liveStreams.list({ status: WORD }).firstPage(),
  'a status of recordings': () => client.recordings.list({ status: WORD }).firstPage(),
  'a status of assets': () => client.recordingAssets.list({ status: WORD }).firstPage(),
  'a type of assets': () => client.recordingAssets.list({ type: WORD }).firstPage(),
  'a type of polls': () => client.polls.create({ ...poll, type: WORD }),
  'a mode of polls': () => client.polls.create({ ...poll, mode: WORD }),
  'a start of polls': () => client.polls.create({ ...poll, start: WORD }),
  'a mode of transcriptions': () =>
    client.liveStreams.start('r', {
      meeting_url: 'https://a.example',
      transcription: { enabled: true, modes: [WORD] },
    }),
  'a region of a template': () => client.templates.updateSettings('t', { region: WORD }),
})) {
  test(`${what} that is new is sent as it is, with a hint`, async () => {
    sent.length = 0
    hints.length = 0
    await assert.rejects(call, { status: 404 })
    assert.equal(sent.length, 1)
    assert.ok(sent[0].includes(WORD), sent[0])
    assert.match(hints[0], /word-of-tomorrow|is not known/)
  })
}

test('a word that is known is sent without a hint', async () => {
  hints.length = 0
  await assert.rejects(client.rooms.create({ region: 'eu' }), { status: 404 })
  await assert.rejects(client.analytics.listWebhookEvents({ event_names: ['room.end.success'] }).firstPage())
  assert.deepEqual(hints, [undefined, undefined])
})

test('a region that was read, and is new, can be written back', async () => {
  const { client: echo } = await served((_, response, body) =>
    json(response, { ...roomOf('r'), region: body ? JSON.parse(body).region : WORD }),
  )
  const room = await echo.rooms.get('r')
  assert.equal(room.region, WORD)
  assert.equal((await echo.rooms.update('r', { region: room.region })).region, WORD)
})
