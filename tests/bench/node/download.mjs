// Download a file with the Node package: `download.mjs ASSET PATH`. Prints the seconds it took, and the peak memory.
import { readFileSync } from 'node:fs'

const { Client } = await import(process.env.HUNDREDMS_PACKAGE ?? 'hundredms')
const client = new Client()
const began = performance.now()
await client.recordingAssets.download(process.argv[2], process.argv[3])
const seconds = (performance.now() - began) / 1000
const status = readFileSync('/proc/self/status', 'utf8').split('\n')
console.log(`${seconds} ${status.find((line) => line.startsWith('VmHWM'))}`)
