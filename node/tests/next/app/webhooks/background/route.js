// A route handler whose work continues after the response, by `after`.
import { after } from 'next/server'
import { receiving } from '../../../receiver'

const { came, receiver } = receiving({ background: true })

export const POST = receiver.fetch({ waitUntil: after })

export const GET = () => Response.json(came)
