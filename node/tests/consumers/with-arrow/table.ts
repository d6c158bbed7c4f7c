// Tables have the types of apache-arrow where it is installed.
import type { Table } from 'apache-arrow'
import { Client } from 'hundredms'

const sessions = new Client().sessions.list()
export const table: Table = await sessions.toArrow({ explode: 'peers', limit: 5 })
export const rows: number = (await sessions.toArrow()).numRows
// @ts-expect-error
export const nothing: number = (await sessions.toArrow()).nmuRows
