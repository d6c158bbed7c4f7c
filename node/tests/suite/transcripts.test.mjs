// Transcripts, summaries and chats of recordings, and their exports.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { InvalidRequestError, JobFailedError, Sandbox, transcripts } from 'hundredms'

test('what a recording contains is read', async () => {
  const sandbox = await Sandbox.start()
  const client = sandbox.client()
  const room = await client.rooms.create({ name: 'physics-7' })
  await sandbox.joinPeer({ room_id: room.id, role: 'host', name: 'Ada' })
  await sandbox.joinPeer({ room_id: room.id, role: 'guest', name: 'Grace' })
  const { id } = await client.recordings.start(room.id, {
    meeting_url: 'https://meet.example/stage',
    transcription: { enabled: true, summary: { enabled: true } },
  })
  await sandbox.advanceClock(10)
  await client.activeRooms.sendMessage(room.id, { message: 'a\nb', role: 'host' })
  await sandbox.advanceClock(10)
  await client.recordings.stop(id)
  await assert.rejects(client.recordings.summary({ recording_id: id }), (error) => {
    assert.ok(error instanceof JobFailedError)
    assert.equal(error.state, 'stopping')
    return true
  })
  const seen = []
  const onProgress = (progress) => seen.push(progress.completed)
  const assets = await client.recordingAssets.wait({ recording_id: id }, { onProgress })
  assert.equal(assets.length, 6)
  assert.equal(seen.at(-1), 6)
  const transcript = await client.recordings.transcript({ recording_id: id })
  assert.equal(transcript.sentences[0].name, 'Ada')
  assert.equal(transcript.words[0].word, 'Hello')
  assert.ok(transcripts.toText(transcript).startsWith('Ada: Hello, everyone, and welcome.\n\nGrace: '))
  const summary = await client.recordings.summary({ recording_id: id })
  assert.equal(summary.sections.at(-1).format, 'paragraph')
  const [message] = await client.recordings.chat({ recording_id: id })
  assert.deepEqual([message.message, message.roles], ['a\nb', ['host']])
  await sandbox.stop()
})

test('a transcript of your own is exported', () => {
  const transcript = {
    words: [],
    sentences: [
      { sentence: 'é --> <x>', name: 'B & C', start_time: 3_600_001, end_time: 0 },
      { sentence: 'first\nline', start_time: 5, end_time: 1500 },
    ],
  }
  assert.equal(
    transcripts.toSrt(transcript),
    '1\n00:00:00,005 --> 00:00:01,500\nfirst line\n\n2\n01:00:00,001 --> 01:00:00,002\nB & C: é -> <x>\n',
  )
  assert.equal(
    transcripts.toVtt(transcript),
    'WEBVTT\n\n00:00:00.005 --> 00:00:01.500\nfirst line\n\n01:00:00.001 --> 01:00:00.002\n<v B &amp; C>é --&gt; &lt;x&gt;\n',
  )
  assert.equal(transcripts.toText(transcript), 'first line\n\nB & C: é --> <x>\n')
  assert.equal(transcripts.toVtt({ words: [], sentences: [] }), 'WEBVTT\n')
  assert.throws(
    () => transcripts.toSrt({ words: [], sentences: [{ sentence: 'a', start_time: 'x' }] }),
    (error) => {
      assert.ok(error instanceof InvalidRequestError)
      assert.equal(error.field, 'sentences[0].start_time')
      return true
    },
  )
  assert.throws(() => transcripts.toText('a'), InvalidRequestError)
})
