// A lesson with the official SDK. The same with this package: official_after.ts.
// --8<-- [start:code]
import * as HMS from '@100mslive/server-sdk'

export async function openLesson(hms = new HMS.SDK()) {
  const params: HMS.Room.CreateParams = { name: 'physics-7', description: 'Evening group' }
  const room: HMS.Room.Object = await hms.rooms.create(params)
  const { token } = await hms.auth.getAuthToken({ roomId: room.id, role: 'host', userId: 'ada' })
  const filters: HMS.Analytics.RecordingEvent.FilterParams = { room_id: room.id, type: 'beam.recording.success' }
  for await (const event of hms.analytics.listRecordingEvents(filters)) console.log(event.type)
  return { room: room.name, token }
}
// --8<-- [end:code]
