// The examples print what the comments at their top say.
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { Sandbox } from 'hundredms'

const folder = fileURLToPath(new URL('../examples/', import.meta.url))
const services = ['attendance.mjs'] // has its own tests
const examples = readdirSync(folder).filter((name) => name.endsWith('.mjs') && !services.includes(name))

/** A pattern for each line that an example prints; `…` stands for any text. */
function promised(source) {
  const comment = source.slice(0, source.search(/^(?!\/\/)/m))
  const [, prints] = comment.split('Prints:\n')
  assert.ok(prints, 'the comment at the top ends with `Prints:` and the lines')
  const lines = prints.split('\n').map((line) => line.replace(/^\/\/ */, ''))
  const escaped = lines.filter(Boolean).map((line) => line.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  return escaped.map((line) => new RegExp(`^${line.replaceAll('…', '.+')}$`))
}

for (const name of examples) {
  test(`the example ${name} prints what its comment says`, async (context) => {
    const sandbox = await Sandbox.start()
    context.after(() => sandbox.stop())
    const { NODE_TEST_CONTEXT, ...env } = process.env
    Object.assign(env, sandbox.env())
    const { stdout } = await promisify(execFile)(process.execPath, [folder + name], { env, timeout: 60_000 })
    const patterns = promised(readFileSync(folder + name, 'utf8'))
    // What the test runner prints is not named.
    const printed = stdout.split('\n').filter((line) => patterns.some((pattern) => pattern.test(line)))
    assert.equal(printed.length, patterns.length, stdout)
    for (const [index, pattern] of patterns.entries()) assert.match(printed[index], pattern, stdout)
  })
}
