// Download a file with the Node package: `download.mjs ASSET PATH`. Prints the peak memory.
import { readFileSync } from 'node:fs'

const { Client } = await import(process.env.HUNDREDMS_PACKAGE ?? 'hundredms')
await new Client().recordingAssets.download(process.argv[2], process.argv[3])
const status = readFileSync('/proc/self/status', 'utf8').split('\n')
console.log(status.find((line) => line.startsWith('VmHWM')))
