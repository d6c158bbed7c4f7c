// What traces a program takes the addon along: @vercel/nft, by which Vercel, Netlify, Next and Nitro find the files of a program.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { nodeFileTrace } from '@vercel/nft'

const image = realpathSync(mkdtempSync(join(tmpdir(), 'hundredms-traced-')))
try {
  for (const entry of ['run.mjs', 'run.cjs']) {
    const { fileList } = await nodeFileTrace([entry])
    assert.ok(
      [...fileList].some((file) => file.endsWith('.node')),
      [...fileList].join(),
    )
    for (const file of fileList) cpSync(file, join(image, file), { recursive: true })
    execFileSync(process.execPath, [entry], { cwd: image, stdio: 'inherit' })
  }
} finally {
  rmSync(image, { recursive: true })
}
console.log('@vercel/nft: as expected')
