// Create a token for a user, exchange a room code for one, and verify tokens.
//
// Run it with `node join_tokens.mjs`. It reads HMS_ACCESS_KEY and HMS_SECRET. Prints:
//
//     ada joins as host
//     ben joins as guest
//     refused: authentication

// --8<-- [start:imports]
import { AuthenticationError, Client } from 'hundredms'

// --8<-- [end:imports]

const client = new Client()
const room = await client.rooms.create({ name: 'physics-7' })

// --8<-- [start:token]
// For a user who is signed in to your app. Nothing is sent: the client signs the token.
const token = client.tokens.auth(room.id, 'host', { userId: 'ada', validForSeconds: 3600 })
const ada = client.tokens.verify(token)
console.log(`${ada.user_id} joins as ${ada.role}`)
// --8<-- [end:token]

// --8<-- [start:code]
// For a user who has the code of a role.
const { code } = await client.roomCodes.createForRole(room.id, 'guest')
const exchanged = await client.roomCodes.authToken({ code, user_id: 'ben' })
const ben = client.tokens.verify(exchanged.token)
console.log(`${ben.user_id} joins as ${ben.role}`)
// --8<-- [end:code]

// --8<-- [start:verify]
// `verify` checks signature and times. `decode` only reads the claims.
const other = new Client({ accessKey: 'another-key', secret: 'another-secret' })
try {
  other.tokens.verify(token)
} catch (error) {
  if (!(error instanceof AuthenticationError)) throw error
  console.log(`refused: ${error.kind}`)
}
// --8<-- [end:verify]
