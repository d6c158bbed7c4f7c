// The types of the package without the addon.
import { Client, type HundredmsError, webhooks } from 'hundredms/edge'

const client = new Client({ accessKey: 'key', secret: 'secret' })

export async function file(assetId: string): Promise<Response> {
  const stream = client.recordingAssets.stream(assetId, { timeoutMs: 1000 })
  const { done } = await stream.getReader().read()
  return done ? new Response(null, { status: 404 }) : new Response(stream)
}

export const names = client.map(['a'], async (name) => (await client.rooms.create({ name })).name)
export const missed = webhooks.recover(client, { from: new Date() })
export const failed = (error: HundredmsError) => error.kind
