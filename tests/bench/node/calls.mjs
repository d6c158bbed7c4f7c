// Calls per second of this package and of its peers, in one run: the server on one core, the client on the other or on both.
//
//   node calls.mjs PATH_OF_THE_FIXED_SERVER [--seconds 3] [--rounds 3] [--warm-up 30000]
//
// `cargo build --release -p bench-core --bin fixed-server` makes the server; `npm ci` here and `npm install --no-save` of the
// packed packages make the clients. Each figure is the median of the rounds; every client is warmed up in a process of its own.
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { parseArgs } from 'node:util'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seconds: { type: 'string', default: '3' },
    rounds: { type: 'string', default: '3' },
    'warm-up': { type: 'string', default: '30000' },
  },
})
const server = spawn('taskset', ['-c', '1', positionals[0]], { stdio: ['pipe', 'pipe', 'inherit'] })
const [line] = await once(server.stdout, 'data')
const baseUrl = String(line).trim()

function measure(name, what, cores) {
  const warmUp = what === 'room' ? values['warm-up'] : String(Number(values['warm-up']) / 10)
  const words = ['-c', cores, process.execPath, 'client.mjs', name, what, baseUrl, values.seconds, values.rounds, warmUp]
  const { output } = spawnSync('taskset', words, { cwd: import.meta.dirname, stdio: ['ignore', 'ignore', 'inherit', 'pipe'] })
  const figures = JSON.parse(String(output[3]))
  const median = (kind) => figures.map((one) => one[kind]).sort((one, other) => one - other)[Math.floor(figures.length / 2)]
  return { rate: median('rate'), main: median('main') }
}

console.log(`Node ${process.version}; 32 in flight; ${values['warm-up']} calls to warm up\n`)
for (const [what, names] of [
  ['room', ['hundredms', 'undici', 'fetch', 'axios', 'official']],
  ['page', ['hundredms', 'undici', 'fetch', 'axios']],
]) {
  for (const [cores, said] of [
    ['0', 'client on one core'],
    ['0,1', 'client not pinned'],
  ]) {
    console.log(`${what === 'room' ? 'one room' : 'page of 100 rooms'}, ${said}`)
    let own
    for (const name of names) {
      const { rate, main } = measure(name, what, cores)
      own ??= rate
      console.log(
        `  ${name.padEnd(10)} ${rate.toFixed(0).padStart(7)} calls/s  main thread ${main.toFixed(1).padStart(6)} us/call  ${(own / rate).toFixed(2)} x`,
      )
    }
  }
}
server.stdin.end()
