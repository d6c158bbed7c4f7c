// Verify the signature of a webhook by hand, where no receiver can be used.
//
// Run it with `node webhook_signature.mjs`. It starts a sandbox, which signs webhooks. Prints:
//
//     the webhook is signed
//     another body is not signed
//     with another key it is not signed

// --8<-- [start:verify]
import { createHmac, timingSafeEqual } from 'node:crypto'

/** Return whether the value of `x-100ms-signature` is that of the received bytes. */
function isSigned(body = Buffer.from(''), signature = '', key = '') {
  const expected = createHmac('sha256', key).update(body).digest()
  const given = Buffer.from(signature, 'hex')
  return given.length === expected.length && timingSafeEqual(given, expected)
}
// --8<-- [end:verify]

const { Sandbox } = await import('hundredms')
const key = 'the key of the workspace'
const sandbox = await Sandbox.start()
const request = await sandbox.webhookRequest({ type: 'peer.join.success' }, { signing_key: key })
await sandbox.stop()
const body = Buffer.from(request.body)
const signature = request.headers['x-100ms-signature'] ?? ''
if (isSigned(body, signature, key)) console.log('the webhook is signed')
if (!isSigned(Buffer.from(`${body} `), signature, key)) console.log('another body is not signed')
if (!isSigned(body, signature, 'another key')) console.log('with another key it is not signed')
