// Send a recording to a browser in a route of Next: app/recordings/[asset]/route.ts.
// --8<-- [start:app]
import { Readable } from 'node:stream'
import { Client, InvalidRequestError, NotFoundError } from 'hundredms'

export const runtime = 'nodejs'

// `next build` loads this file too, and needs no credentials.
const client = new Client()

export async function GET(_request: Request, { params }: { params: Promise<{ asset: string }> }) {
  // In your app: answer 403 unless the user may see this recording.
  const { asset: id } = await params
  try {
    // Looked up before the first byte is sent: after it, the status can no longer change.
    const asset = await client.recordingAssets.get(id)
    if (asset.status !== 'completed') return new Response('it is not ready', { status: 409 })
    const file = client.recordingAssets.stream(id)
    const headers = new Headers({ 'content-type': 'video/mp4' })
    if (asset.size) headers.set('content-length', String(asset.size))
    // `Response` takes streams of the web. The types of Node and of the DOM describe them apart, hence `as`.
    return new Response(Readable.toWeb(file) as ReadableStream, { headers })
  } catch (error) {
    if (error instanceof NotFoundError || error instanceof InvalidRequestError) {
      return new Response('there is no such recording', { status: 404 })
    }
    console.error(error)
    return new Response('no recording: try again later', { status: 502 })
  }
}
// --8<-- [end:app]
