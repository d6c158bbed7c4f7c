// Create a template with two roles, and change one of them without losing the rest.
//
// Run it with `node templates.mjs`. It reads HMS_ACCESS_KEY and HMS_SECRET. Prints:
//
//     template lessons with the roles student, teacher
//     students publish audio, video
//     students publish audio, video, screen
//     room physics-7 uses it
import { Client } from 'hundredms'

const client = new Client()

// --8<-- [start:role]
/** Return a role that publishes audio and video, and receives everybody. */
function newRole(name = 'student') {
  return {
    name,
    publishParams: { allowed: ['audio', 'video'] },
    subscribeParams: { subscribeToRoles: ['teacher', 'student'] },
  }
}
// --8<-- [end:role]

/** Let a role share its screen. An update replaces the template, so all of it is written back. */
async function allowScreenShare(roleName = 'student') {
  const role = template.roles[roleName]
  if (!role) throw new Error(`the template has no role ${roleName}`)
  const publishParams = { ...role.publishParams, allowed: [...(role.publishParams.allowed ?? []), 'screen'] }
  const roles = { ...template.roles, [roleName]: { ...role, publishParams } }
  await client.templates.update(template.id, { ...template, roles })
}

/** Print what students may publish. */
async function printStudent() {
  const student = await client.templates.getRole(template.id, 'student')
  console.log(`students publish ${student.publishParams.allowed?.join(', ')}`)
}

// --8<-- [start:create]
const permissions = { endRoom: true, changeRole: true, removeOthers: true }
const template = await client.templates.create({
  name: 'lessons',
  roles: { teacher: { ...newRole('teacher'), permissions }, student: newRole('student') },
})
// --8<-- [end:create]
console.log(`template ${template.name} with the roles ${Object.keys(template.roles).sort().join(', ')}`)

await printStudent()
await allowScreenShare('student')
await printStudent()

// --8<-- [start:room]
const room = await client.rooms.create({ name: 'physics-7', template_id: template.id })
console.log(`room ${room.name} uses it`)
// --8<-- [end:room]
