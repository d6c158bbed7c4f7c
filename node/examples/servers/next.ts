// Give users of a Next app tokens for their lessons: app/lessons/[number]/token/route.ts. Next also needs the line in next.config.mjs.
// --8<-- [start:app]
import { Client } from 'hundredms'

export const runtime = 'nodejs'

// `next build` loads this file too, and needs no credentials.
const client = new Client()

export async function POST(request: Request, { params }: { params: Promise<{ number: string }> }) {
  // Who is signed in. In your app: from the session, not from a header.
  const userId = request.headers.get('x-user-id')
  if (!userId) return Response.json({ message: 'sign in first' }, { status: 401 })
  const { number } = await params
  if (!/^\d+$/.test(number)) return Response.json({ message: 'no such lesson' }, { status: 404 })
  try {
    const room = await client.rooms.create({ name: `lesson-${number}` })
    return Response.json({ token: client.tokens.auth(room.id, 'guest', { userId }) })
  } catch (error) {
    console.error(error)
    return Response.json({ message: 'no token: try again later' }, { status: 502 })
  }
}
// --8<-- [end:app]
