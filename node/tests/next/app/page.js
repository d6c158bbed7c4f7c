// A page that a server renders from the rooms of the workspace.
import { Client } from 'hundredms'

export const dynamic = 'force-dynamic'

export default async function Page() {
  const rooms = await new Client().rooms.list().all()
  return (
    <ul>
      {rooms.map((room) => (
        <li key={room.id}>{room.name}</li>
      ))}
    </ul>
  )
}
