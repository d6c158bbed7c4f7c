// Type tests: what compiles is right, and what must not compile does not.
import {
  type ApiResponse,
  Client,
  type HundredmsError,
  type List,
  NotFoundError,
  type OperationName,
  type Region,
  type Room,
  type RoomList,
  type Rooms,
  Sandbox,
  type Template,
  type TemplateDescription,
} from 'hundredms'

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false
const same = <A, B>(_: Same<A, B>): void => {}

export async function types(client: Client, signal: AbortSignal): Promise<void> {
  const room = await client.rooms.create({ name: 'a', region: 'eu' })
  same<typeof room, Room>(true)
  same<typeof room.id, string>(true)
  same<typeof room.created_at, string | undefined>(true)

  // Open unions take the words they know, and words that are new.
  const known: Region = 'eu'
  const unheardOf: Region = 'mars'
  await client.rooms.create({ region: known })
  await client.rooms.create({ region: unheardOf })

  // undefined means absent; options come last; a Date or text goes where a time goes.
  await client.rooms.create(
    { name: undefined, description: undefined },
    { signal, timeoutMs: undefined, maxRetries: 0 },
  )
  await client.rooms.list({ after: new Date(), before: '2024-02-01T08:00:00Z' }, { signal }).firstPage()

  for await (const one of client.rooms.list()) same<typeof one, Room>(true)
  for await (const page of client.rooms.list().pages()) same<typeof page.data, readonly Room[]>(true)
  const { cursor } = client.rooms.list().pages()
  same<typeof cursor, string | undefined>(true)
  // Where there is none, that is said at run time.
  client.rooms.list().resume(cursor)

  const gone = await client.polls.deleteOption('poll', '1', '2')
  same<typeof gone, void>(true)
  const token: string = client.tokens.auth('room', 'host', {
    userId: 'ada',
    validForSeconds: 60,
    notBefore: new Date(),
  })
  void token

  // What was read goes back, whole, with one thing changed, and in parts.
  const template = await client.templates.get('t')
  const { host } = template.roles
  if (!host) return
  const roles = { ...template.roles, host: { ...host, permissions: { ...host.permissions, mute: true } } }
  await client.templates.update('t', { ...template, roles })
  await client.templates.update('t', template)
  await client.templates.putRole('t', 'host', { ...host, priority: 2 })
  await client.templates.updateSettings('t', template.settings)
  await client.rooms.update('a', { region: room.region })

  // @ts-expect-error a recipient that is undefined would make a message to one a message to all
  await client.activeRooms.sendMessage('a', { message: 'b', peer_id: undefined })
  // @ts-expect-error an argument with a typo
  await client.rooms.create({ nmae: 'a' })
  // @ts-expect-error an argument of another type
  await client.rooms.create({ max_duration_seconds: '3600' })
  // @ts-expect-error an argument that is missing
  await client.rooms.get()
  // @ts-expect-error an option that is none
  await client.rooms.get('a', { timeout: 5 })
  // @ts-expect-error answers are not written to
  room.name = 'b'
  // @ts-expect-error null is not undefined
  await client.rooms.create({ name: null })
  // @ts-expect-error keys are as on the wire
  await client.rooms.create({ templateId: 'a' })

  try {
    await client.rooms.get('a')
  } catch (error) {
    if (error instanceof NotFoundError) {
      same<typeof error.status, number | undefined>(true)
      const general: HundredmsError = error
      void general
    }
  }
}

export async function lists(client: Client): Promise<void> {
  const page = await client.rooms.list()
  same<typeof page, RoomList>(true)
  const list: List<Room, RoomList> = client.rooms.list()
  const length = await list.then(({ data }) => data.length)
  same<typeof length, number>(true)
}

/** What stands in for a client in a test needs no cast: nothing in the classes is private for TypeScript. */
export function fakes(
  room: Room,
  list: List<Room, RoomList>,
  jobs: Pick<Rooms, 'attendance' | 'createWithCodes'>,
): Pick<Client, 'rooms'> {
  const give = async () => room
  const calls = { create: give, get: give, update: give, enable: give, disable: give, list: () => list }
  const rooms: Rooms = { ...calls, ...jobs }
  return { rooms }
}

export async function responses(client: Client): Promise<void> {
  const made = await client.withResponse.rooms.create({ name: 'a' }, { extra: { new_field: 1 } })
  same<typeof made, ApiResponse<Room>>(true)
  same<typeof made.value.name, string>(true)
  const gone = await client.withResponse.polls.deleteOption('poll', '1', '2')
  same<typeof gone.value, void>(true)
  // @ts-expect-error an argument with a typo
  await client.withResponse.rooms.create({ nmae: 'a' })
  // @ts-expect-error a list is read page by page
  await client.withResponse.rooms.list()
  // @ts-expect-error a job makes several calls
  await client.withResponse.recordings.wait('recording')
  // @ts-expect-error so does an edit
  await client.withResponse.templates.edit('template', () => undefined)
}

export async function named(client: Client, error: HundredmsError): Promise<void> {
  const operation: OperationName = 'room_codes.create'
  await client.callRaw(operation, { room_id: 'a' })
  // @ts-expect-error operations have the names of the service
  await client.callRaw('roomCodes.create', { room_id: 'a' })
  const made = await client.reconcile<Room>(error)
  same<typeof made, Room | undefined>(true)
}

export async function sandboxTypes(): Promise<void> {
  await using sandbox = await Sandbox.start({ port: 0 })
  const peer = await sandbox.joinPeer({ room_id: 'a', role: 'host' })
  same<typeof peer.id, string>(true)
  await sandbox.joinPeer({ token: 'a' })
  // @ts-expect-error neither a token nor a room and a role
  await sandbox.joinPeer({ name: 'Ada' })
  new Client({ accessKey: 'a', secret: 'b', token: undefined })
}

/** A template that was read is a description, and so is what a file has; the compiler finds what is misspelt. */
export async function described(
  client: Client,
  file: { roles: { guest: null }; settings: { recording: null } },
): Promise<void> {
  const template: Template = await client.templates.get('id')
  const description: TemplateDescription = template
  await client.templates.apply(template, { dry_run: true })
  await client.templates.apply({ ...template, recordings: await client.templates.getRecordings('id') })
  await client.templates.diff('id', description)
  await client.templates.diff('id', file)
  await client.templates.diff('id', {
    roles: { guest: null, host: { priority: 1, subscribeParams: { subscribeDegradation: null } } },
    settings: {
      recording: { upload: { credentials: { key: { $secret: 'stored' }, secretKey: { $secret: 'stored' } } } },
    },
    destinations: { rtmpDestinations: { tube: null, other: { rtmpUrls: { $secret: 'stored' } } } },
    plugins: null,
  })
  // @ts-expect-error a part with a typo
  await client.templates.apply({ name: 'a', role: {} })
  // @ts-expect-error a field of a role with a typo
  await client.templates.apply({ name: 'a', roles: { host: { publish_params: {} } } })
  // @ts-expect-error a field further below with a typo
  await client.templates.diff('id', { roles: { host: { publishParams: { allow: ['audio'] } } } })
  // @ts-expect-error a value of another type
  await client.templates.apply({ name: 'a', roles: { host: { priority: 'high' } } })
}
