// What `require` costs over an empty script: the median of 20 runs, in turns. `node load-time.mjs`
import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'

const scripts = {
  empty: '',
  hundredms: "require('hundredms')",
  official: "require('@100mslive/server-sdk')",
  undici: "require('undici')",
}
const times = {}
for (const [name, source] of Object.entries(scripts)) {
  writeFileSync(`${import.meta.dirname}/.${name}.cjs`, source)
  times[name] = []
}
for (let run = 0; run < 21; run += 1) {
  for (const name of Object.keys(scripts)) {
    const begun = performance.now()
    spawnSync(process.execPath, [`${import.meta.dirname}/.${name}.cjs`])
    // The first run fills the caches of the system.
    if (run > 0) times[name].push(performance.now() - begun)
  }
}
const median = (values) => values.sort((one, other) => one - other)[10]
for (const name of Object.keys(scripts)) {
  console.log(`${name.padEnd(10)} ${median(times[name]).toFixed(1).padStart(6)} ms, ${(median(times[name]) - median(times.empty)).toFixed(1)} over an empty script`)
}
