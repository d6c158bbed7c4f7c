// Keep a template in a file: show what would change, apply it, and apply it again.
//
// Run it with `node template_files.mjs`. It reads HMS_ACCESS_KEY and HMS_SECRET. Prints:
//
//     would create workshops with the roles guest, host
//     created workshops
//     roles.guest.priority: 1 becomes 3
//     applied
//     nothing to change
//     guests have the priority 4
//     copied workshops to another workspace: guest and host, recorded by host

// --8<-- [start:imports]
import { Client, Sandbox } from 'hundredms'

// --8<-- [end:imports]

const client = new Client()

// --8<-- [start:file]
// The file, as it may be in a repository.
const FILE = `{
  "name": "workshops",
  "roles": {
    "host": { "permissions": { "endRoom": true } },
    "guest": { "publishParams": { "allowed": ["audio"] } }
  },
  "settings": { "region": "eu" },
  "recordings": [
    { "name": "lessons", "role": "host", "compositeRecording": { "browserComposite": { "enabled": true } } }
  ]
}`
// --8<-- [end:file]

// --8<-- [start:plan]
const file = JSON.parse(FILE)
const planned = await client.templates.apply(file, { dry_run: true })
const roles = planned.changes.map(({ path }) => path).filter((path) => path.startsWith('roles.'))
console.log(`would create ${planned.name} with the roles ${roles.map((path) => path.slice(6)).join(', ')}`)
const created = await client.templates.apply(file)
console.log(`created ${created.name}`)
// --8<-- [end:plan]

// --8<-- [start:change]
file.roles.guest.priority = 3
const applied = await client.templates.apply(file)
for (const { path, before, after } of applied.changes) console.log(`${path}: ${before} becomes ${after}`)
console.log('applied')
if ((await client.templates.apply(file)).changes.length === 0) console.log('nothing to change')
// --8<-- [end:change]

// --8<-- [start:edit]
const template = await client.templates.edit(applied.template_id ?? '', ({ ...template }) => {
  const { guest } = template.roles
  if (!guest) return template
  return { ...template, roles: { ...template.roles, guest: { ...guest, priority: guest.priority + 1 } } }
})
console.log(`guests have the priority ${template.roles.guest?.priority}`)
// --8<-- [end:edit]

const sandbox = await Sandbox.start()
const [source, target, templateId] = [client, sandbox.client(), template.id]
// --8<-- [start:copy]
// `source` and `target` are clients of two workspaces.
const original = await source.templates.get(templateId)
const recordings = await source.templates.getRecordings(templateId)
const copied = await target.templates.apply({ ...original, recordings })
// --8<-- [end:copy]
const copy = await target.templates.get(copied.template_id ?? '')
const [recording] = await target.templates.getRecordings(copy.id)
const names = Object.keys(copy.roles).sort().join(' and ')
console.log(`copied workshops to another workspace: ${names}, recorded by ${recording?.role}`)
await sandbox.stop()
