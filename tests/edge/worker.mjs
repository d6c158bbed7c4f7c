// The table as a worker of Cloudflare.
import * as hundredms from 'hundredms'
import { table } from './table.mjs'

export default {
  async fetch(request) {
    return Response.json(await table(hundredms, await request.json()))
  },
}
