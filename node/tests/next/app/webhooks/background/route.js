// A route handler whose work goes on behind the answer, as `after` lets it.
import { after } from 'next/server'
import { receiving } from '../../../receiver'

const { came, receiver } = receiving({ background: true })

export const POST = receiver.fetch({ waitUntil: after })

export const GET = () => Response.json(came)
