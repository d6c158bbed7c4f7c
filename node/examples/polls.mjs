// Create a quiz, run it in a room, and read the results.
//
// Run it with `node polls.mjs`. It starts a sandbox, whose peers answer. Prints:
//
//     created the quiz Optics
//     2 peers answered
//     ada scored 1
//     ben scored 0

// --8<-- [start:imports]
import { Sandbox } from 'hundredms'

// --8<-- [end:imports]

const sandbox = await Sandbox.start()
const client = sandbox.client()
const room = await client.rooms.create({ name: 'physics-7' })

// --8<-- [start:create]
// A client starts this quiz. With `start: 'auto'`, link it to rooms instead.
const quiz = await client.polls.create({
  title: 'Optics',
  type: 'quiz',
  start: 'manual',
  questions: [
    {
      text: 'What does a prism do?',
      type: 'single-choice',
      options: [
        { index: 1, text: 'It bends light' },
        { index: 2, text: 'It makes light' },
      ],
      answer: { options: [1] },
    },
  ],
})
// --8<-- [end:create]
console.log(`created the quiz ${quiz.title}`)

// --8<-- [start:ask]
// The app of the teacher opens the poll, and those of the students answer.
const ada = await sandbox.joinPeer({ room_id: room.id, role: 'guest', user_id: 'ada' })
const ben = await sandbox.joinPeer({ room_id: room.id, role: 'guest', user_id: 'ben' })
await sandbox.startPoll(room.id, quiz.id)
await sandbox.answerPoll({ poll_id: quiz.id, question: 1, peer_id: ada.id, option: 1 })
await sandbox.answerPoll({ poll_id: quiz.id, question: 1, peer_id: ben.id, option: 2 })
const run = await sandbox.stopPoll(room.id, quiz.id)
console.log(`${run.unique_participants} peers answered`)
// --8<-- [end:ask]

// --8<-- [start:results]
const results = await client.polls.listResults(quiz.id).all()
results.sort((one, other) => (one.user_id ?? '').localeCompare(other.user_id ?? ''))
for (const result of results) console.log(`${result.user_id} scored ${result.score}`)
// --8<-- [end:results]
await sandbox.stop()
