// Goes through the table, in Next's edge runtime.
import * as hundredms from 'hundredms'
import { table } from '../../../table.mjs'

export const runtime = 'edge'

export async function POST(request) {
  return Response.json(await table(hundredms, await request.json()))
}
