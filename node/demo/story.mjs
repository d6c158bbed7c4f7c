// The main job against a sandbox, then one mistake of each common kind. Ends with 0 only if every answer was as expected.
import assert from 'node:assert/strict'
import { createServer } from 'node:net'
import { Client, Sandbox } from 'hundredms'

let steps = 0
function step(what, came) {
  steps += 1
  console.log(`  ${String(steps).padStart(2)}. ${what.padEnd(46)} ${came}`)
}

async function mistake(what, kind, call) {
  const error = await call().then(
    () => assert.fail(`${what}: there was no error`),
    (error) => error,
  )
  assert.equal(error.kind, kind, `${what}: ${error}`)
  step(what, error)
}

const names = (values) => [...values].join(', ')
const role = (name) => ({
  name,
  priority: 1,
  publishParams: { allowed: ['audio', 'video'] },
  subscribeParams: { subscribeToRoles: ['teacher', 'student'] },
})

async function record(sandbox, client, roomId) {
  const recording = await client.recordings.start(roomId, { meeting_url: 'https://lessons.example/physics-7' })
  await sandbox.advanceClock(600)
  const running = await client.recordings.get(recording.id)
  assert.equal(running.status, 'running')
  step('started a recording, and ten minutes passed', running.status)

  await client.recordings.stop(recording.id)
  await sandbox.advanceClock(600)
  const done = await client.recordings.get(recording.id)
  assert.equal(done.status, 'completed')
  step('stopped it, and its files were made', done.status)

  const assets = await client.recordingAssets.list({ room_id: roomId }).all()
  const video = assets.find((asset) => asset.type === 'room-composite')
  assert.ok(video, 'there is a recorded file')
  step('listed its files', `${video.type}, ${video.duration} s`)

  const link = await client.recordingAssets.presignedUrl(video.id)
  assert.match(link.url, /^http/)
  step('got a link to one', `good for ${link.expiry} s`)
}

async function ask(sandbox, client, roomId, peers) {
  const question = {
    text: 'What does a prism do?',
    type: 'single-choice',
    options: [
      { index: 1, text: 'bends light' },
      { index: 2, text: 'makes light' },
    ],
    answer: { options: [1] },
  }
  const poll = await client.polls.create({
    title: 'Optics',
    type: 'quiz',
    mode: 'peerid',
    start: 'manual',
    questions: [question],
  })
  await sandbox.startPoll(roomId, poll.id)
  for (const [index, peer] of peers.entries()) {
    await sandbox.answerPoll({ peer_id: peer, poll_id: poll.id, question: 1, option: index + 1 })
  }
  await sandbox.stopPoll(roomId, poll.id)
  step('asked a question; both answered', poll.title)

  const scores = []
  for await (const result of client.polls.listResults(poll.id)) scores.push(result.score)
  assert.ok(scores.some((score) => score > 0))
  step('read the results', `scores ${names(scores)}`)
}

async function story(sandbox, client) {
  const template = await client.templates.create({
    name: 'lessons',
    roles: {
      teacher: { ...role('teacher'), permissions: { endRoom: true, changeRole: true } },
      student: role('student'),
    },
  })
  assert.deepEqual(Object.keys(template.roles).sort(), ['student', 'teacher'])
  step('made a template with two roles', names(Object.keys(template.roles)))

  const room = await client.rooms.create({ name: 'physics-7', template_id: template.id, max_duration_seconds: 3600 })
  assert.equal(room.name, 'physics-7')
  assert.equal(room.template_id, template.id)
  step('made a room', room.name)

  const { data } = await client.roomCodes.create(room.id)
  const codes = Object.fromEntries(data.map((code) => [code.role, code.code]))
  assert.equal(data.length, 2)
  step('made a code for each role', names(Object.values(codes)))

  const exchanged = await client.roomCodes.authToken({ code: codes.student, user_id: 'ben' })
  assert.equal(client.tokens.check(exchanged.token).role, 'student')
  step('exchanged a code for a token', 'role student')

  const minted = client.tokens.auth(room.id, 'teacher', { userId: 'ada' })
  const ada = await sandbox.joinPeer({ token: minted, name: 'Ada' })
  const ben = await sandbox.joinPeer({ token: exchanged.token, name: 'Ben' })
  step('minted a token; two peers joined', names([ada.name, ben.name]))

  const { peers } = await client.activeRooms.listPeers(room.id)
  assert.equal(Object.keys(peers).length, 2)
  step('listed the peers', names(Object.values(peers).map((peer) => `${peer.name} (${peer.role})`)))

  const promoted = await client.activeRooms.updatePeer(room.id, ben.id, { role: 'teacher' })
  assert.equal(promoted.role, 'teacher')
  step('promoted a peer', `${promoted.name} is a ${promoted.role}`)

  await client.activeRooms.sendMessage(room.id, { message: 'Welcome!', peer_id: ben.id })
  const messages = await sandbox.messages(room.id)
  assert.deepEqual(
    messages.map(({ message, recipients }) => ({ message, recipients })),
    [{ message: 'Welcome!', recipients: [ben.id] }],
  )
  step('sent a message to one peer', messages[0].message)

  await record(sandbox, client, room.id)
  await ask(sandbox, client, room.id, [ada.id, ben.id])

  await sandbox.advanceClock(300)
  await sandbox.leavePeer(ben.id)
  const { data: sessions } = await client.sessions.list({ room_id: room.id }).firstPage()
  const [session] = sessions
  assert.equal(session.active, true)
  const present = Object.values(session.peers).sort((one, other) => one.name.localeCompare(other.name))
  assert.deepEqual(
    present.filter((peer) => ['Ada', 'Ben'].includes(peer.name)).map((peer) => peer.name),
    ['Ada', 'Ben'],
  )
  for (const peer of present) {
    const left = peer.left_at
    const minutes = left && Math.round((Date.parse(left) - Date.parse(peer.joined_at)) / 60_000)
    step('saw who was in the session', `${peer.name} was there ${left ? `for ${minutes} minutes` : 'and still is'}`)
  }
  assert.ok(present.find((peer) => peer.name === 'Ben').left_at)

  const ended = await client.activeRooms.end(room.id, { reason: 'class is over', lock: true })
  assert.equal((await client.rooms.get(room.id)).enabled, false)
  step('ended the room and locked it', ended.message)
  await assert.rejects(sandbox.joinPeer({ token: minted }), { kind: 'sandbox' })
}

async function mistakes(sandbox, client) {
  const { baseUrl, accessKey } = sandbox
  await mistake('no secret', 'configuration', async () => new Client({ accessKey, baseUrl }))
  await mistake('an argument with a typo', 'invalid_request', () => client.rooms.create({ nmae: 'physics' }))
  await mistake('a value out of range', 'invalid_request', () => client.rooms.create({ max_duration_seconds: 5 }))
  await mistake('a room that is not there', 'not_found', () => client.rooms.get('66b2d2105c803b002ae4f611'))
  await mistake('a template that is not there', 'bad_request', () =>
    client.rooms.create({ template_id: '66b2d2105c803b002ae4f611' }),
  )
  const room = await client.rooms.create({ name: 'closed' })
  await client.rooms.disable(room.id)
  await mistake('codes for a disabled room', 'permission_denied', () => client.roomCodes.create(room.id))
  const wrong = sandbox.client({ secret: 'another-secret' })
  await mistake('a wrong secret', 'authentication', () => wrong.rooms.get(room.id))

  const silent = createServer(() => {})
  await new Promise((listening) => silent.listen(0, '127.0.0.1', listening))
  const nobody = new Client({ accessKey, secret: 'secret', baseUrl: `http://127.0.0.1:${silent.address().port}/v2` })
  await mistake('a server that says nothing', 'timeout', () => nobody.rooms.get(room.id, { timeoutMs: 200 }))
  await mistake('a start that nobody answered', 'ambiguous_outcome', () =>
    nobody.recordings.start(room.id, {}, { timeoutMs: 200 }),
  )
  silent.close()
  silent.unref()
  const gone = new Client({ accessKey, secret: 'secret', baseUrl: 'http://127.0.0.1:1/v2', maxRetries: 0 })
  await mistake('a server that is not there', 'connection', () => gone.rooms.get(room.id))
}

const sandbox = await Sandbox.start()
console.log(`Node ${process.version}, against a sandbox at ${sandbox.baseUrl}\n`)
const client = sandbox.client()
await story(sandbox, client)
console.log('\n  Mistakes, and what is said of them:\n')
await mistakes(sandbox, client)
await sandbox.stop()
console.log(`\n${steps} steps, every answer as expected.`)
