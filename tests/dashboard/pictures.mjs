// Takes the pictures of the documentation: node pictures.mjs FOLDER
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { play } from './scene.mjs'
import { Sandbox, stopAll } from './support.mjs'

const folder = process.argv[2]
mkdirSync(folder, { recursive: true })

const PICTURES = [
  { name: 'dashboard-requests', view: 'requests', open: 'rooms.create' },
  { name: 'dashboard-requests-dark', view: 'requests', open: 'rooms.create', colorScheme: 'dark' },
  { name: 'dashboard-rooms', view: 'rooms' },
  { name: 'dashboard-recordings', view: 'recordings' },
  { name: 'dashboard-sessions', view: 'sessions' },
  { name: 'dashboard-phone-requests', view: 'requests', width: 390, height: 844 },
  { name: 'dashboard-phone-rooms', view: 'rooms', width: 390, height: 844, colorScheme: 'dark' },
]

const sandbox = await Sandbox.start()
const { receiver } = await play(sandbox)
for (const { name, open, ...options } of PICTURES) {
  const page = await sandbox.open({ height: 700, ...options })
  await page.getByText('Live', { exact: true }).waitFor()
  if (open !== undefined) {
    await page.locator('.rows [role=option]').filter({ hasText: open }).first().click()
    await page.getByRole('region', { name: 'Request' }).getByRole('button', { name: 'Python', exact: true }).click()
    await page.locator('.toast').click()
  }
  await page.waitForTimeout(300)
  await page.screenshot({ path: join(folder, `${name}.png`) })
  await page.context().close()
}
receiver.close()
await stopAll()
