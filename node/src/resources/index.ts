// @generated from crates/hundredms/src/resources/mod.rs by `cargo xtask gen`; not edited by hand.
// All resources.
import type { Core } from '../core'
import { Resource, standIn } from '../resource'
import { ActiveRooms } from './active-rooms'
import { Analytics } from './analytics'
import { ExternalStreams } from './external-streams'
import { LiveStreams } from './live-streams'
import { Polls } from './polls'
import { RecordingAssets } from './recording-assets'
import { Recordings } from './recordings'
import { RoomCodes } from './room-codes'
import { Rooms } from './rooms'
import { Sessions } from './sessions'
import { Sip } from './sip'
import { StreamKeys } from './stream-keys'
import { Templates } from './templates'

export * from './active-rooms'
export * from './analytics'
export * from './external-streams'
export * from './live-streams'
export * from './polls'
export * from './recording-assets'
export * from './recordings'
export * from './room-codes'
export * from './rooms'
export * from './sessions'
export * from './sip'
export * from './stream-keys'
export * from './templates'

/** The resources of a client. */
export abstract class Resources extends Resource {
  /** Rooms: where peers meet, and their settings. */
  readonly rooms: Rooms
  /** Room codes: short codes for a room and a role, and their exchange for a token. */
  readonly roomCodes: RoomCodes
  /** Stream keys: let an encoder send RTMP to a room. */
  readonly streamKeys: StreamKeys
  /** Active rooms: the rooms with a running session, and their peers. */
  readonly activeRooms: ActiveRooms
  /** Sessions: the periods in which a room was in use, and their peers. */
  readonly sessions: Sessions
  /** Recordings: jobs that record a room. */
  readonly recordings: Recordings
  /** Recording assets: the files that recordings and streams produce. */
  readonly recordingAssets: RecordingAssets
  /** Live streams: stream a room over HLS. */
  readonly liveStreams: LiveStreams
  /** External streams: stream a room to RTMP targets. */
  readonly externalStreams: ExternalStreams
  /** Analytics: events and quality of sessions, and the log of webhooks. */
  readonly analytics: Analytics
  /** Polls: questions to peers, answers and results. */
  readonly polls: Polls
  /** Templates: roles, settings and destinations that rooms share. The service also calls them policies. */
  readonly templates: Templates
  /** SIP: phone calls into rooms. */
  readonly sip: Sip

  /** @internal */
  constructor(core: Core) {
    super(core)
    this.rooms = new Rooms(core)
    this.roomCodes = new RoomCodes(core)
    this.streamKeys = new StreamKeys(core)
    this.activeRooms = new ActiveRooms(core)
    this.sessions = new Sessions(core)
    this.recordings = new Recordings(core)
    this.recordingAssets = new RecordingAssets(core)
    this.liveStreams = new LiveStreams(core)
    this.externalStreams = new ExternalStreams(core)
    this.analytics = new Analytics(core)
    this.polls = new Polls(core)
    this.templates = new Templates(core)
    this.sip = new Sip(core)
  }
}

standIn(Resources, {
  rooms: Rooms.prototype,
  roomCodes: RoomCodes.prototype,
  streamKeys: StreamKeys.prototype,
  activeRooms: ActiveRooms.prototype,
  sessions: Sessions.prototype,
  recordings: Recordings.prototype,
  recordingAssets: RecordingAssets.prototype,
  liveStreams: LiveStreams.prototype,
  externalStreams: ExternalStreams.prototype,
  analytics: Analytics.prototype,
  polls: Polls.prototype,
  templates: Templates.prototype,
  sip: Sip.prototype,
})
