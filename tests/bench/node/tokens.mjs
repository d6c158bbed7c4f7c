// Client tokens minted per second: this package, the official SDK and jsonwebtoken, in turns. `node tokens.mjs`
import { randomUUID } from 'node:crypto'
import { createRequire } from 'node:module'
import { Client } from 'hundredms'

const require = createRequire(import.meta.url)
const { SDK } = require('@100mslive/server-sdk')
const jwt = require('jsonwebtoken')

const accessKey = '65f0aa11bb22cc33dd44ee55'
const secret = 'benchmark-secret-0123456789abcdef'
const client = new Client({ accessKey, secret })
const official = new SDK(accessKey, secret)
const claims = { access_key: accessKey, room_id: 'room', role: 'host', user_id: 'ada', type: 'app', version: 2 }

const minters = {
  hundredms: () => client.tokens.auth('room', 'host', { userId: 'ada' }),
  official: () => official.auth.getAuthToken({ roomId: 'room', role: 'host', userId: 'ada' }),
  jsonwebtoken: () => jwt.sign(claims, secret, { algorithm: 'HS256', expiresIn: '24h', jwtid: randomUUID() }),
}

const rates = {}
for (let round = 0; round < 4; round += 1) {
  for (const [name, mint] of Object.entries(minters)) {
    let minted = 0
    const begun = performance.now()
    while (performance.now() - begun < 1000) {
      for (let at = 0; at < 50; at += 1) await mint()
      minted += 50
    }
    // The first round warms up.
    if (round > 0) (rates[name] ??= []).push(minted / ((performance.now() - begun) / 1000))
  }
}
const median = (values) => values.sort((one, other) => one - other)[1]
for (const [name, values] of Object.entries(rates)) {
  console.log(`${name.padEnd(13)} ${median(values).toFixed(0).padStart(8)} tokens/s  ${(median(rates.hundredms) / median(values)).toFixed(1)} x`)
}
