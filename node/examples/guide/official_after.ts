// A lesson with this package. The same with the official SDK: official_before.ts.
// --8<-- [start:code]
import { type AnalyticsListEventsParams, Client, type Room, type RoomsCreateParams } from 'hundredms'

export async function openLesson(client = new Client()) {
  const params: RoomsCreateParams = { name: 'physics-7', description: 'Evening group' }
  const room: Room = await client.rooms.create(params)
  const token = client.tokens.auth(room.id, 'host', { userId: 'ada' })
  const filters: AnalyticsListEventsParams = { room_id: room.id, type: ['beam.recording.success'] }
  for await (const event of client.analytics.listEvents(filters)) console.log(event.type)
  return { room: room.name, token }
}
// --8<-- [end:code]
