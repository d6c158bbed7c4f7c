#!/usr/bin/env node
// The command `hundredms`, which is in the addon.
import { addon } from './native'

// Node's own handlers send the signal again, to the command's handler, which calls them. Removing a listener restores the system's.
const ignore = () => {}
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, ignore).off(signal, ignore)

process.exitCode = addon.runCommand(['hundredms', ...process.argv.slice(2)])
