// Remember handled webhooks in Postgres: a store of your own. `pool` is a `Pool` of the npm package pg.
// --8<-- [start:store]
import { webhooks } from 'hundredms'

// The owner of an event that is done is NULL.
const TABLE = 'CREATE TABLE IF NOT EXISTS webhooks (id text PRIMARY KEY, owner text, until timestamptz NOT NULL)'
const INDEX = 'CREATE INDEX IF NOT EXISTS webhooks_until ON webhooks (until)'

// One statement, so that one process alone gets the event.
const CLAIM = `
  INSERT INTO webhooks AS known (id, owner, until) VALUES ($1, $2, now() + $3 * interval '1 millisecond')
  ON CONFLICT (id) DO UPDATE SET owner = excluded.owner, until = excluded.until
  WHERE known.until <= now() OR known.owner = excluded.owner
  RETURNING id`

const DONE = `
  INSERT INTO webhooks (id, owner, until) VALUES ($1, NULL, now() + $2 * interval '1 millisecond')
  ON CONFLICT (id) DO UPDATE SET owner = NULL, until = excluded.until`

/** A `Pool` of pg, or what has its `query`. */
interface Database {
  query(sql: string, values?: unknown[]): Promise<{ rows: unknown[] }>
}

/** Remembers events in Postgres, for all processes. */
export class PostgresStore implements webhooks.DedupeStore {
  readonly #pool: Database

  /** Make the pool with `query_timeout: 2000`, so that it limits how long a method waits. */
  constructor(pool: Database) {
    this.#pool = pool
  }

  /** Create the table and its index, once. */
  async prepare(): Promise<void> {
    await this.#pool.query(TABLE)
    await this.#pool.query(INDEX)
  }

  /** Claim an event, if it is free. */
  async claim(id: string, owner: string, leaseMs: number): Promise<webhooks.Claim> {
    for (;;) {
      const claimed = await this.#pool.query(CLAIM, [id, owner, leaseMs])
      if (claimed.rows.length > 0) return 'new'
      const found = await this.#pool.query('SELECT owner FROM webhooks WHERE id = $1', [id])
      const [row] = found.rows as { owner: string | null }[]
      // Without a row, it was released meanwhile.
      if (row) return row.owner === null ? 'done' : 'in_progress'
    }
  }

  /** Remember that an event was handled, and forget what has expired. */
  async done(id: string, ttlMs: number): Promise<void> {
    await this.#pool.query(DONE, [id, ttlMs])
    // If this fails, the event is done all the same.
    await this.#pool.query('DELETE FROM webhooks WHERE until <= now()').catch(() => undefined)
  }

  /** Release an event, unless another owner has it. */
  async release(id: string, owner: string): Promise<void> {
    await this.#pool.query('DELETE FROM webhooks WHERE id = $1 AND owner = $2', [id, owner])
  }
}

/** Make a receiver whose processes handle each event once. */
export async function makeReceiver(pool: Database): Promise<webhooks.Receiver> {
  const store = new PostgresStore(pool)
  await store.prepare()
  const headers = { 'x-webhook-secret': process.env.HMS_WEBHOOK_SECRET ?? '' }
  return new webhooks.Receiver({ headers, store })
}
// --8<-- [end:store]
