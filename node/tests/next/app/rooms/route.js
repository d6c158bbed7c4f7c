// A route handler that makes rooms, and looks them up.
import { Client, NotFoundError } from 'hundredms'

// Made when the module is loaded, which `next build` does, too.
const client = new Client()

export async function POST(request) {
  const { name } = await request.json()
  return Response.json(await client.rooms.create({ name }), { status: 201 })
}

export async function GET(request) {
  try {
    const id = request.nextUrl.searchParams.get('id')
    return Response.json(await client.rooms.get(id, { signal: request.signal }))
  } catch (error) {
    if (error instanceof NotFoundError) return Response.json({ message: error.message }, { status: 404 })
    throw error
  }
}
