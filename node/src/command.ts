#!/usr/bin/env node
// The command `hundredms`, which is in the addon.
import { addon } from './native'

process.exitCode = addon.runCommand(['hundredms', ...process.argv.slice(2)])
