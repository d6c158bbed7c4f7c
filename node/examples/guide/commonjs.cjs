// Use the package from CommonJS: `node commonjs.cjs`. It reads HMS_ACCESS_KEY and HMS_SECRET.
// --8<-- [start:require]
const { Client } = require('hundredms')
// --8<-- [end:require]

async function main() {
  const room = await new Client().rooms.create({ name: 'physics-7' })
  console.log(`room ${room.name}`)
}

main()
