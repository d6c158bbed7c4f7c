// Runs the table in a route of Next with `runtime = 'edge'`.
import { withNextApp } from './next_app.mjs'

await withNextApp({}, async (url) => {
  const answer = await fetch(`${url}/table`, { method: 'POST', body: process.argv[2] })
  console.log(await answer.text())
})
