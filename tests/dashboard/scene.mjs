// A workspace with a bit of everything, for the views and the pictures.
import { bodyOf, server } from './support.mjs'

/** Play a lesson in `sandbox`. Returns what it made; the receiver of the webhooks must be closed. */
export async function play(sandbox) {
  const received = []
  const receiver = await server(async (request, response) => {
    const event = JSON.parse(await bodyOf(request))
    received.push(event)
    response.writeHead(event.type === 'recording.success' && received.length % 2 ? 500 : 200).end()
  })
  await sandbox.control('set_webhook', { url: `${receiver.origin}/webhooks` })
  const physics = await sandbox.api('POST', '/rooms', { name: 'physics-7', description: 'Optics, first lesson' })
  const poll = await sandbox.api('POST', '/polls', {
    title: 'What bends light?',
    type: 'poll',
    questions: [
      {
        index: 1,
        text: 'Pick one',
        format: 'text',
        type: 'single-choice',
        options: ['A prism', 'A mirror', 'Fog'].map((text, place) => ({ index: place + 1, text })),
      },
    ],
  })
  await sandbox.api('POST', `/rooms/${physics.id}`, { polls: [poll.id] })
  await sandbox.api('POST', '/rooms', { name: 'chess-club' })
  const staff = await sandbox.api('POST', '/rooms', { name: 'staff-room' })
  await sandbox.api('POST', `/rooms/${staff.id}`, { enabled: false })
  const join = (name, role) =>
    sandbox.control('join_peer', { room_id: physics.id, role, name, user_id: name.toLowerCase() })
  const ada = await join('Ada', 'host')
  await sandbox.control('publish_track', { peer_id: ada.id, type: 'audio' })
  await sandbox.control('publish_track', { peer_id: ada.id, type: 'video' })
  await sandbox.control('advance_clock', { seconds: 240 })
  const ben = await join('Ben', 'guest')
  const cleo = await join('Cleo', 'guest')
  const recording = await sandbox.api('POST', `/recordings/room/${physics.id}/start`, {
    meeting_url: 'https://meet.example/physics-7',
  })
  await sandbox.control('advance_clock', { seconds: 900 })
  await sandbox.control('leave_peer', { peer_id: cleo.id })
  await sandbox.control('answer_poll', { poll_id: poll.id, question: 1, option: 1, peer_id: ada.id })
  await sandbox.control('answer_poll', { poll_id: poll.id, question: 1, option: 1, peer_id: ben.id })
  await sandbox.api('POST', `/recordings/${recording.id}/stop`, {})
  await sandbox.control('advance_clock', { seconds: 60 })
  await sandbox.api('POST', `/live-streams/room/${physics.id}/start`, { meeting_url: 'https://meet.example/physics-7' })
  await sandbox.control('add_fault', { match: { operation: 'rooms.list' }, on: { first: 2 }, effect: { status: 503 } })
  for (let attempt = 0; attempt < 3; attempt++) await sandbox.api('GET', '/rooms?limit=20')
  await sandbox.api('GET', `/rooms/${physics.id}`)
  await sandbox.api('GET', `/active-rooms/${physics.id}/peers`)
  await sandbox.api('GET', '/rooms/64d2f9d081f04e2ab95d7c44')
  await sandbox.api('POST', `/room-codes/room/${physics.id}`)
  await sandbox.api('POST', `/active-rooms/${physics.id}/send-message`, { message: 'Five minutes left', type: 'chat' })
  return { receiver, received, physics, poll, ada, ben, recording }
}
