// @generated from crates/hundredms/src/resources/templates.rs by `cargo xtask gen`; not edited by hand.
// Templates: roles, settings and destinations that rooms share (the service also calls them policy).
import { List } from '../list'
import type { CallOptions } from '../options'
import { coreOf, Resource } from '../resource'
import type { SummaryFormat, TranscriptFormat } from './recordings'
import type { Region, StorageType } from './rooms'

/** Templates: roles, settings and destinations that rooms share (the service also calls them policy). */
export class Templates extends Resource {
  /**
   * List templates.
   *
   * Pages through all templates of the account, each with its full content (roles, settings, destinations).
   *
   * `GET /templates`; service documentation:
   * https://www.100ms.live/docs/server-side/v2/api-reference/policy/list-templates
   */
  list(params: TemplatesListParams = {}, options?: CallOptions): List<Template, TemplateList> {
    return new List(coreOf(this), { operation: 'templates.list', items: 'data', param: 'start' }, {}, options, params)
  }

  /**
   * Create a template.
   *
   * Creates a template, the blueprint from which rooms take roles, settings and destinations. Anything missing is
   * filled with defaults; the intended flow is to send roles as empty objects, let the service fill them and adjust
   * them role by role afterwards. Without a name one is generated. A name that already exists does not fail: the
   * existing template is overwritten.
   *
   * `POST /templates`; service documentation:
   * https://www.100ms.live/docs/server-side/v2/api-reference/policy/create-template-via-api
   *
   * @throws AmbiguousOutcomeError when the connection breaks while it is under way; `templates.list` shows whether
   * it took effect.
   */
  create(params: TemplatesCreateParams = {}, options?: CallOptions): Promise<Template> {
    return coreOf(this).call('templates.create', {}, options, params)
  }

  /**
   * Fetch one template.
   *
   * Returns a template with all its roles, settings and destinations.
   *
   * `GET /templates/{template_id}`; service documentation:
   * https://www.100ms.live/docs/server-side/v2/api-reference/policy/retrieve-a-template
   *
   * @param templateId Identifier of the template.
   */
  get(templateId: string, options?: CallOptions): Promise<Template> {
    return coreOf(this).call('templates.get', { template_id: templateId }, options)
  }

  /**
   * Overwrite a template.
   *
   * Replaces the whole content of a template: fetch it, change it, and pass all of it back. A role that is missing
   * from `roles` is deleted, and so are the destinations and plugins when `destinations` or `plugins` is left out;
   * a field that is missing from a role or from `settings` falls back to its default, which for a role without
   * `publishParams.allowed` means that it may publish everything. Only a missing `name` keeps its value. A template
   * that was read can be passed as it is: the fields that the service sets are left out, and those that this
   * version does not know are written back. Renaming to the name of another template is refused. Peers in a running
   * session keep the old rules until they rejoin or the session restarts.
   *
   * `POST /templates/{template_id}`; service documentation:
   * https://www.100ms.live/docs/server-side/v2/api-reference/policy/update-a-template
   *
   * @param templateId Identifier of the template.
   */
  update(templateId: string, params: TemplatesUpdateParams, options?: CallOptions): Promise<Template> {
    return coreOf(this).call('templates.update', { template_id: templateId }, options, params)
  }

  /**
   * Fetch the destinations of a template.
   *
   * Returns the live streaming, RTMP-out and transcription configurations of a template, each kind as a map from
   * destination name to configuration.
   *
   * `GET /templates/{template_id}/destinations`; service documentation:
   * https://www.100ms.live/docs/server-side/v2/api-reference/policy/retrieve-destinations
   *
   * @param templateId Identifier of the template.
   */
  getDestinations(templateId: string, options?: CallOptions): Promise<Destinations> {
    return coreOf(this).call('templates.get_destinations', { template_id: templateId }, options)
  }

  /**
   * Change the destinations of a template.
   *
   * Replaces the destinations of a template, so that one left out is deleted, and returns them as stored. Browser
   * recording is configured through the recordings call of the template nowadays. Peers in a running session keep
   * the old rules until they rejoin or the session restarts.
   *
   * `POST /templates/{template_id}/destinations`; service documentation:
   * https://www.100ms.live/docs/server-side/v2/api-reference/policy/update-destinations
   *
   * @param templateId Identifier of the template.
   */
  updateDestinations(
    templateId: string,
    params: TemplatesUpdateDestinationsParams = {},
    options?: CallOptions,
  ): Promise<Destinations> {
    return coreOf(this).call('templates.update_destinations', { template_id: templateId }, options, params)
  }

  /**
   * Fetch the recording configuration of a template.
   *
   * Returns the recording configurations of a template as a bare JSON array (at most one item at present). Switches
   * that are off are left out of the answer.
   *
   * `GET /templates/{template_id}/recordings`; service documentation:
   * https://www.100ms.live/docs/server-side/v2/api-reference/policy/configure-recordings
   *
   * @param templateId Identifier of the template.
   */
  getRecordings(templateId: string, options?: CallOptions): Promise<readonly RecordingConfig[]> {
    return coreOf(this).call('templates.get_recordings', { template_id: templateId }, options)
  }

  /**
   * Configure recordings of a template.
   *
   * Sets how rooms of the template are recorded: room composite by browser or by the media server, one file per
   * track, or one file per stream. The body is a bare JSON array that may hold only one configuration for now. It
   * replaces the deprecated `settings.recording.enabled` switch and the deprecated `browserRecordings`
   * destinations. Off switches are left out of the answer.
   *
   * `POST /templates/{template_id}/recordings`; service documentation:
   * https://www.100ms.live/docs/server-side/v2/api-reference/policy/configure-recordings
   *
   * @param templateId Identifier of the template.
   * @param recordings The recording configuration, or an empty list to remove it. At most 1 item. At most 1 items.
   */
  updateRecordings(
    templateId: string,
    recordings: readonly RecordingConfig[],
    options?: CallOptions,
  ): Promise<readonly RecordingConfig[]> {
    return coreOf(this).call('templates.update_recordings', { template_id: templateId, recordings }, options)
  }

  /**
   * Fetch one role.
   *
   * Returns a single role of a template by its name.
   *
   * `GET /templates/{template_id}/roles/{role_name}`; service documentation:
   * https://www.100ms.live/docs/server-side/v2/api-reference/policy/retrieve-a-role
   *
   * @param templateId Identifier of the template.
   * @param roleName Name of the role inside the template.
   */
  getRole(templateId: string, roleName: string, options?: CallOptions): Promise<Role> {
    return coreOf(this).call('templates.get_role', { template_id: templateId, role_name: roleName }, options)
  }

  /**
   * Create or change one role.
   *
   * Creates the role named in the path, or replaces it if it exists: what is left out is not kept, but reset to its
   * default. So a call with `permissions` alone resets `publishParams` (the role may then publish audio, video and
   * screen), `subscribeParams`, `priority` and `maxPeerCount`. To change one thing, fetch the role, change it, and
   * pass all of it back; the fields that this version does not know are written back too. A `name` in the body that
   * differs from the path renames the role; if the template already has a role of that new name the call is
   * refused. Peers in a running session keep the old rules until they rejoin or the session restarts.
   *
   * `POST /templates/{template_id}/roles/{role_name}`; service documentation:
   * https://www.100ms.live/docs/server-side/v2/api-reference/policy/create-update-role
   *
   * @param templateId Identifier of the template.
   * @param roleName Name of the role inside the template.
   */
  putRole(
    templateId: string,
    roleName: string,
    params: TemplatesPutRoleParams = {},
    options?: CallOptions,
  ): Promise<Role> {
    return coreOf(this).call('templates.put_role', { template_id: templateId, role_name: roleName }, options, params)
  }

  /**
   * Delete one role.
   *
   * Removes a role from a template. Deleting a role that is not (or no longer) there gives 404.
   *
   * `DELETE /templates/{template_id}/roles/{role_name}`; service documentation:
   * https://www.100ms.live/docs/server-side/v2/api-reference/policy/delete-a-role
   *
   * @param templateId Identifier of the template.
   * @param roleName Name of the role inside the template.
   */
  deleteRole(templateId: string, roleName: string, options?: CallOptions): Promise<void> {
    return coreOf(this).call('templates.delete_role', { template_id: templateId, role_name: roleName }, options)
  }

  /**
   * Fetch the settings of a template.
   *
   * Returns region, recording storage and room-state settings of a template.
   *
   * `GET /templates/{template_id}/settings`; service documentation:
   * https://www.100ms.live/docs/server-side/v2/api-reference/policy/retrieve-settings
   *
   * @param templateId Identifier of the template.
   */
  getSettings(templateId: string, options?: CallOptions): Promise<TemplateSettings> {
    return coreOf(this).call('templates.get_settings', { template_id: templateId }, options)
  }

  /**
   * Change the settings of a template.
   *
   * Replaces the settings of a template, so that one left out is reset to its default, and returns them as stored.
   * Peers in a running session keep the old rules until they rejoin or the session restarts.
   *
   * `POST /templates/{template_id}/settings`; service documentation:
   * https://www.100ms.live/docs/server-side/v2/api-reference/policy/update-settings
   *
   * @param templateId Identifier of the template.
   */
  updateSettings(
    templateId: string,
    params: TemplatesUpdateSettingsParams = {},
    options?: CallOptions,
  ): Promise<TemplateSettings> {
    return coreOf(this).call('templates.update_settings', { template_id: templateId }, options, params)
  }
}

/** Parameters of `templates.list`. */
export interface TemplatesListParams {
  /** How many templates to return at most. The service takes 10 to 100; 100 unless set. Between 1 and 100. */
  readonly limit?: number | undefined
  /** Cursor: the `last` value of the page before. */
  readonly start?: string | undefined
}

/** Parameters of `templates.create`. */
export interface TemplatesCreateParams {
  /**
   * Unique name; letters, digits, blank, hyphen, dot, underscore and colon. Generated if missing; an existing name
   * makes the call overwrite that template.
   */
  readonly name?: string | undefined
  /** Roles by role name; an empty object takes all defaults. */
  readonly roles?: { readonly [name: string]: RoleInput } | undefined
  /** Settings to write. */
  readonly settings?: TemplateSettingsInput | undefined
  /**
   * Streaming, recording and transcription configurations, each kind a map from destination name to configuration.
   * The names can be passed as `destination` when a recording or stream is started.
   */
  readonly destinations?: Destinations | undefined
  /** Plugin configuration of a template. */
  readonly plugins?: TemplatePlugins | undefined
}

/** Parameters of `templates.update`. */
export interface TemplatesUpdateParams {
  /**
   * Unique name; letters, digits, blank, hyphen, dot, underscore and colon. Keeps its old value if missing; must
   * not be the name of another template.
   */
  readonly name?: string | undefined
  /** Roles by role name; an empty object takes all defaults. */
  readonly roles: { readonly [name: string]: RoleInput }
  /** Settings to write. */
  readonly settings: TemplateSettingsInput
  /**
   * Streaming, recording and transcription configurations, each kind a map from destination name to configuration.
   * The names can be passed as `destination` when a recording or stream is started.
   */
  readonly destinations?: Destinations | undefined
  /** Plugin configuration of a template. */
  readonly plugins?: TemplatePlugins | undefined
}

/** Parameters of `templates.update_destinations`. */
export interface TemplatesUpdateDestinationsParams {
  /** @deprecated Browser recordings by name; use the recordings call of the template instead. */
  readonly browserRecordings?: { readonly [name: string]: DestinationBrowserRecording } | undefined
  /** RTMP outputs by name. */
  readonly rtmpDestinations?: { readonly [name: string]: DestinationRtmp } | undefined
  /** HLS streams by name. */
  readonly hlsDestinations?: { readonly [name: string]: DestinationHls } | undefined
  /**
   * Transcriptions by name; post-call transcripts also need a recording, so a browser recording or an HLS
   * destination must be configured as well.
   */
  readonly transcriptions?: { readonly [name: string]: DestinationTranscription } | undefined
}

/** Parameters of `templates.put_role`. */
export interface TemplatesPutRoleParams {
  /**
   * Name of the role, unique in the template; used in auth tokens and room codes. In `put_role` a value other than
   * the path renames the role; inside a template body it repeats the map key.
   */
  readonly name?: string | undefined
  /** What a role may publish and in which quality. */
  readonly publishParams?: PublishParams | undefined
  /** What a role receives. */
  readonly subscribeParams?: SubscribeParams | undefined
  /** What peers of a role may do. */
  readonly permissions?: Permissions | undefined
  /**
   * Order in which tracks of the roles are degraded under bad network: 1 is the highest priority, and the service
   * documents 5 as the lowest. Between 1 and 10.
   */
  readonly priority?: number | undefined
  /**
   * How many peers may hold this role in one session: 0 for no limit, n for at most n, -1 for none at all. At least
   * -1. Default: `0`.
   */
  readonly maxPeerCount?: number | undefined
}

/** Parameters of `templates.update_settings`. */
export interface TemplatesUpdateSettingsParams {
  /** Region in which rooms are hosted unless the room says otherwise; `auto` picks one automatically. */
  readonly region?: Region | undefined
  /** Recording switch and storage; leave out (or null) to store with 100ms. */
  readonly recording?: TemplateRecordingSettings | null | undefined
  /** How room state is sent to clients on the preview screen. */
  readonly roomState?: TemplateRoomState | undefined
  /** Undocumented; the update sample sends back the empty object it got. */
  readonly retry?: { readonly [name: string]: unknown } | undefined
}

/** One page of templates. */
export interface TemplateList {
  /** Page size that was applied. */
  readonly limit?: number
  /** The templates. */
  readonly data: readonly Template[]
  /** Id of the last template of the page; pass it as `start` to get the next page. */
  readonly last?: string
}

/** Blueprint of rooms: roles, settings, destinations. */
export interface Template {
  /** Identifier of the template. */
  readonly id: string
  /** Name of the template, unique in the account. */
  readonly name: string
  /** Account that owns the template. */
  readonly customerId: string
  /** Roles by role name. */
  readonly roles: { readonly [name: string]: Role }
  /** Settings of a template as stored. */
  readonly settings: TemplateSettings
  /**
   * Streaming, recording and transcription configurations, each kind a map from destination name to configuration.
   * The names can be passed as `destination` when a recording or stream is started.
   */
  readonly destinations: Destinations
  /** Plugin configuration of a template. */
  readonly plugins?: TemplatePlugins
  /** When the template was made. */
  readonly createdAt?: string
  /** When the template was last changed. */
  readonly updatedAt?: string
  /** @deprecated Old name of `id`, same value. */
  readonly _id?: string
  /** @deprecated Old name of `customerId`, same value. */
  readonly customer?: string
  /** True for the template that rooms get when none is named on creation. */
  readonly default?: boolean
  /** App that the template belongs to. */
  readonly appId?: string
}

/** A role of a template as stored. */
export interface Role {
  /** Name of the role, unique in the template; used in auth tokens and room codes. */
  readonly name: string
  /** What a role may publish and in which quality. */
  readonly publishParams: PublishParams
  /** What a role receives. */
  readonly subscribeParams: SubscribeParams
  /** What peers of a role may do. */
  readonly permissions: Permissions
  /**
   * Order in which tracks of the roles are degraded under bad network: 1 is the highest priority, and the service
   * documents 5 as the lowest.
   */
  readonly priority: number
  /** How many peers may hold this role in one session: 0 for no limit, n for at most n, -1 for none at all. */
  readonly maxPeerCount: number
}

/** What a role may publish and in which quality. */
export interface PublishParams {
  /** Kinds of track the role may publish; empty for none. All of them where a request leaves it out. */
  readonly allowed?: readonly PublishKind[] | undefined
  /** Quality of published audio. */
  readonly audio?: AudioPublishParams | undefined
  /** Quality of published camera video. */
  readonly video?: VideoPublishParams | undefined
  /** Quality of published screen shares. */
  readonly screen?: ScreenPublishParams | undefined
  /** Simulcast layers per kind of video. */
  readonly simulcast?: SimulcastParams | undefined
}

/** Quality of published audio. */
export interface AudioPublishParams {
  /** Highest bitrate in kbps. Between 16 and 128. Default: `32`. */
  readonly bitRate?: number | undefined
  /** Audio codec. Default: `opus`. */
  readonly codec?: AudioCodec | undefined
}

/** Quality of published camera video. */
export interface VideoPublishParams {
  /** Highest bitrate in kbps. Between 30 and 2000. Default: `256`. */
  readonly bitRate?: number | undefined
  /** Video codec. Default: `vp8`. */
  readonly codec?: VideoCodec | undefined
  /** Highest number of frames per second. Between 1 and 30. Default: `25`. */
  readonly frameRate?: number | undefined
  /** Height in pixels. Between 50 and 1080. Default: `180`. */
  readonly height?: number | undefined
  /** Width in pixels. Between 50 and 1920. Default: `320`. */
  readonly width?: number | undefined
}

/** Quality of published screen shares. */
export interface ScreenPublishParams {
  /** Highest bitrate in kbps. At least 500. Default: `1024`. */
  readonly bitRate?: number | undefined
  /** Video codec. Default: `vp8`. */
  readonly codec?: VideoCodec | undefined
  /** Highest number of frames per second. Between 1 and 30. Default: `10`. */
  readonly frameRate?: number | undefined
  /** Height in pixels. Between 270 and 1080. Default: `720`. */
  readonly height?: number | undefined
  /** Width in pixels. Between 480 and 1920. Default: `1280`. */
  readonly width?: number | undefined
}

/** Simulcast layers per kind of video. */
export interface SimulcastParams {
  /** List of simulcast layers; an empty object means no simulcast. */
  readonly video?: SimulcastLayers | undefined
  /** List of simulcast layers; an empty object means no simulcast. */
  readonly screen?: SimulcastLayers | undefined
}

/** List of simulcast layers; an empty object means no simulcast. */
export interface SimulcastLayers {
  /**
   * At most three layers, best first. The first must be `f` with scale 1.0; every next one must have a lower rid
   * and a strictly larger scale; no rid twice. At most 3 items.
   */
  readonly layers?: readonly SimulcastLayer[] | undefined
}

/** One encoding of a video track. */
export interface SimulcastLayer {
  /** RTP stream id of the layer; ordered f > h > q (full, half, quarter), strictly falling through the list. */
  readonly rid: SimulcastRid
  /**
   * Factor by which the picture is shrunk; strictly larger than in the layer before, 1.0 for the first layer.
   * Between 1.0 and 12.0.
   */
  readonly scaleResolutionDownBy: number
  /** Highest bitrate in kbps. Between 0 and 2000. Default: `0`. */
  readonly maxBitrate?: number | undefined
  /** Highest number of frames per second. Between 1 and 30. */
  readonly maxFramerate: number
}

/** What a role receives. */
export interface SubscribeParams {
  /** Names of the roles whose tracks are received. */
  readonly subscribeToRoles?: readonly string[] | undefined
  /** Highest total bitrate received, in kbps. */
  readonly maxSubsBitRate?: number | undefined
  /**
   * When received video is muted under packet loss and brought back; its presence also turns on simulcast for
   * screen shares.
   */
  readonly subscribeDegradation?: SubscribeDegradation | undefined
}

/**
 * When received video is muted under packet loss and brought back; its presence also turns on simulcast for
 * screen shares.
 */
export interface SubscribeDegradation {
  /** Packet loss (percent) at which degrading starts. Between 1 and 100. Default: `50`. */
  readonly packetLossThreshold?: number | undefined
  /** Seconds the loss must last before tracks are degraded. Between 1 and 10. Default: `1`. */
  readonly degradeGracePeriodSeconds?: number | undefined
  /** Seconds of good network before tracks come back. Between 1 and 10. Default: `4`. */
  readonly recoverGracePeriodSeconds?: number | undefined
  /** If true, video is never switched off by degradation. */
  readonly videoAlwaysEnabled?: boolean | undefined
}

/** What peers of a role may do. */
export interface Permissions {
  /** End the session for everyone. Default: `false`. */
  readonly endRoom?: boolean | undefined
  /** Remove other peers. Default: `false`. */
  readonly removeOthers?: boolean | undefined
  /** Mute other peers. Default: `false`. */
  readonly mute?: boolean | undefined
  /** Ask other peers to unmute. Default: `false`. */
  readonly unmute?: boolean | undefined
  /** Change or ask to change the role of other peers. Default: `false`. */
  readonly changeRole?: boolean | undefined
  /** Receive the room state (peer count, peer list) on the preview screen. Default: `false`. */
  readonly sendRoomState?: boolean | undefined
  /** See polls and quizzes and answer them. Default: `false`. */
  readonly pollRead?: boolean | undefined
  /** Create and change polls and quizzes; includes everything that `pollRead` gives. Default: `false`. */
  readonly pollWrite?: boolean | undefined
  /**
   * Start and stop browser recording; needed together with `rtmpStreaming` for RTMP plus recording. Default:
   * `true`.
   */
  readonly browserRecording?: boolean | undefined
  /**
   * Start and stop RTMP streaming; needed together with `browserRecording` for RTMP plus recording. Default:
   * `true`.
   */
  readonly rtmpStreaming?: boolean | undefined
  /** Control HLS streams: start, stop, pause and resume their recording, insert timed metadata. Default: `true`. */
  readonly hlsStreaming?: boolean | undefined
}

/** Settings of a template as stored. */
export interface TemplateSettings {
  /** Region in which rooms are hosted unless the room says otherwise. */
  readonly region: Region
  /** Recording switch and storage; null when nothing is configured. */
  readonly recording?: TemplateRecordingSettings | null
  /** How room state is sent to clients on the preview screen. */
  readonly roomState: TemplateRoomState
  /** Undocumented; an empty object in every sample. */
  readonly retry: { readonly [name: string]: unknown }
}

/** Old recording switch and storage of recordings. */
export interface TemplateRecordingSettings {
  /**
   * @deprecated Turns on recording by the media server; use the recordings call of the template instead. Default:
   * `false`.
   */
  readonly enabled?: boolean | undefined
  /** Own storage for recordings; without it recordings stay with 100ms for a limited time. */
  readonly upload?: TemplateUpload | undefined
}

/** Own storage for recordings; without it recordings stay with 100ms for a limited time. */
export interface TemplateUpload {
  /** Which cloud storage: s3 at AWS, gs at Google, oss at Alibaba, azure at Microsoft. */
  readonly type: StorageType
  /** Name of the bucket (of the container for Azure). */
  readonly location: string
  /** Path prefix inside the bucket. */
  readonly prefix: string
  /** Further storage options. */
  readonly options?: TemplateUploadOptions | undefined
  /** Access to the bucket. */
  readonly credentials?: TemplateUploadCredentials | undefined
}

/** Further storage options. */
export interface TemplateUploadOptions {
  /** Region of the bucket; not needed for Azure. */
  readonly region?: string | undefined
}

/** Access to the bucket. */
export interface TemplateUploadCredentials {
  /** Access key (storage account name for Azure). */
  readonly key: string
  /** Secret key (storage account key for Azure). */
  readonly secretKey?: string | undefined
  /** Same as `secretKey`, seen under this name in one sample answer. */
  readonly secret?: string | undefined
}

/** How room state is sent to clients on the preview screen. */
export interface TemplateRoomState {
  /** Seconds between two updates, a multiple of 5. Between 5 and 3600. A multiple of 5. */
  readonly messageInterval?: number | undefined
  /** Send the list of peers; otherwise only their number is sent. */
  readonly sendPeerList?: boolean | undefined
  /** Stop these updates once the client has joined. */
  readonly stopRoomStateOnJoin?: boolean | undefined
  /** Turns room-state updates on. */
  readonly enabled?: boolean | undefined
}

/**
 * Streaming, recording and transcription configurations, each kind a map from destination name to configuration.
 * The names can be passed as `destination` when a recording or stream is started.
 */
export interface Destinations {
  /** @deprecated Browser recordings by name; use the recordings call of the template instead. */
  readonly browserRecordings?: { readonly [name: string]: DestinationBrowserRecording } | undefined
  /** RTMP outputs by name. */
  readonly rtmpDestinations?: { readonly [name: string]: DestinationRtmp } | undefined
  /** HLS streams by name. */
  readonly hlsDestinations?: { readonly [name: string]: DestinationHls } | undefined
  /**
   * Transcriptions by name; post-call transcripts also need a recording, so a browser recording or an HLS
   * destination must be configured as well.
   */
  readonly transcriptions?: { readonly [name: string]: DestinationTranscription } | undefined
}

/** @deprecated Browser recording configuration. */
export interface DestinationBrowserRecording {
  /** Name of the configuration. */
  readonly name: string
  /** Role with which the recorder joins the room. */
  readonly role: string
  /** Width of the picture in pixels. At most 1920, and 1080 where the height is more. */
  readonly width?: number | undefined
  /** Height of the picture in pixels. At most 1920, and 1080 where the width is more. */
  readonly height?: number | undefined
  /** Longest recording in seconds. */
  readonly maxDuration?: number | undefined
  /** Thumbnails of a recording. */
  readonly thumbnails?: RecordingConfigThumbnails | undefined
  /** Seconds for which pre-signed download URLs stay valid. */
  readonly presignDuration?: number | undefined
  /** Start recording when the first peer joins. */
  readonly autoStart?: boolean | undefined
  /** How long to wait after all peers left before stopping. */
  readonly autoStopTimeout?: number | undefined
}

/** Thumbnails of a recording. */
export interface RecordingConfigThumbnails {
  /** Make thumbnails. */
  readonly enabled?: boolean | undefined
  /** Width in pixels. */
  readonly width?: number | undefined
  /** Height in pixels. */
  readonly height?: number | undefined
  /** Points of the recording to take thumbnails at. */
  readonly offsets?: readonly number[] | undefined
  /** Frame rate. */
  readonly fps?: number | undefined
}

/** RTMP-out configuration. */
export interface DestinationRtmp {
  /** Name of the configuration. */
  readonly name: string
  /** Width of the picture in pixels. At most 1920, and 1080 where the height is more. */
  readonly width?: number | undefined
  /** Height of the picture in pixels. At most 1920, and 1080 where the width is more. */
  readonly height?: number | undefined
  /** Longest stream in seconds. */
  readonly maxDuration?: number | undefined
  /** Targets to push to; they contain stream keys. At most 3 items. */
  readonly rtmpUrls?: readonly string[] | undefined
  /** Record the stream as well; does not affect streaming. */
  readonly recordingEnabled?: boolean | undefined
  /** How long to wait after all peers left before stopping. */
  readonly autoStopTimeout?: number | undefined
}

/** HLS live stream configuration. */
export interface DestinationHls {
  /** Name of the configuration. */
  readonly name: string
  /** Role with which the streaming bot joins. */
  readonly role?: string | undefined
  /** Longest stream in seconds. */
  readonly maxDuration?: number | undefined
  /** Renditions, falling in resolution and video bitrate. */
  readonly layers?: readonly DestinationHlsLayer[] | undefined
  /** `event` keeps all segments, `live` a sliding window. */
  readonly playlistType?: HlsPlaylistType | undefined
  /** Segments in the playlist, 2 seconds each; only used with `playlistType` live. Between 3 and 150. Default: `5`. */
  readonly numPlaylistSegments?: number | undefined
  /** Frames per second of the stream. */
  readonly videoFrameRate?: number | undefined
  /** Allow timed metadata in the stream. */
  readonly enableMetadataInsertion?: boolean | undefined
  /** Keep the same playback URL for every stream. */
  readonly enableStaticUrl?: boolean | undefined
  /** Recording of an HLS stream. */
  readonly recording?: DestinationHlsRecording | undefined
  /**
   * How long to wait after all peers left before stopping; also the window in which an RTMP-in broadcaster may
   * reconnect.
   */
  readonly autoStopTimeout?: number | undefined
}

/**
 * One HLS rendition. The shorter side must be within 144-1080, the longer within 192-1920 pixels; both sides
 * even.
 */
export interface DestinationHlsLayer {
  /** Width in pixels, even. Between 144 and 1920. A multiple of 2. */
  readonly width?: number | undefined
  /** Height in pixels, even. Between 144 and 1920. A multiple of 2. */
  readonly height?: number | undefined
  /** Video bitrate in kbps. */
  readonly videoBitrate?: number | undefined
  /** Audio bitrate in kbps. */
  readonly audioBitrate?: number | undefined
}

/** Recording of an HLS stream. */
export interface DestinationHlsRecording {
  /** Make a video-on-demand asset (playlist with all chunks). */
  readonly hlsVod?: boolean | undefined
  /** Make one MP4 per layer. */
  readonly singleFilePerLayer?: boolean | undefined
  /** Upload the VOD as one zip; only with own storage configured, an error with 100ms storage. Default: `false`. */
  readonly enableZipUpload?: boolean | undefined
  /** Layers to record, a subset of the layers of the stream; all of them if missing. */
  readonly layers?: readonly DestinationHlsLayer[] | undefined
  /** Thumbnails of a recording. */
  readonly thumbnails?: RecordingConfigThumbnails | undefined
  /** Seconds for which pre-signed download URLs stay valid. */
  readonly presignDuration?: number | undefined
}

/** Transcription and captions configuration. */
export interface DestinationTranscription {
  /** Name of the configuration. */
  readonly name: string
  /**
   * Role whose view is transcribed: the roles it subscribes to are transcribed. For post-call transcripts it must
   * be the role of the browser recording.
   */
  readonly role: string
  /** When to transcribe: the recording after the call, captions for HLS viewers, real-time captions in the room. */
  readonly modes?: readonly TranscriptionMode[] | undefined
  /** File formats of the transcript (recorded mode): plain text, `SubRip`, timed words and sentences. */
  readonly outputModes?: readonly TranscriptFormat[] | undefined
  /** Names and unusual words to recognise. */
  readonly customVocabulary?: readonly string[] | undefined
  /** AI summary of a recorded transcript. */
  readonly summary?: DestinationSummary | undefined
  /** Translation of captions per role; caption mode only. */
  readonly translation?: DestinationTranslation | undefined
}

/** AI summary of a recorded transcript. */
export interface DestinationSummary {
  /** Turns the summary on. */
  readonly enabled?: boolean | undefined
  /** What the meeting is about, to help the summary. At most 300 characters. */
  readonly context?: string | undefined
  /** Creativity: low is predictable, high is free. Between 0.1 and 1.0. Default: `0.5`. */
  readonly temperature?: number | undefined
  /** Sections of the summary. At most 6 items. */
  readonly sections?: readonly DestinationSummarySection[] | undefined
}

/** One section of the summary. */
export interface DestinationSummarySection {
  /** Heading of the section; own headings are allowed and steer the content. At most 100 characters. */
  readonly title: string
  /** Layout of the section. */
  readonly format: SummaryFormat
}

/** Translation of captions per role; caption mode only. */
export interface DestinationTranslation {
  /** Turns translation on. */
  readonly enabled?: boolean | undefined
  /** Language code by role name: what captions that role gets. */
  readonly roleLanguages?: { readonly [name: string]: string } | undefined
}

/** Plugin configuration of a template. */
export interface TemplatePlugins {
  /** Whiteboard. */
  readonly whiteboard?: TemplateWhiteboardPlugin | undefined
  /** Rights for closed captions. */
  readonly transcriptions?: TemplateTranscriptionsPlugin | undefined
}

/** Whiteboard. */
export interface TemplateWhiteboardPlugin {
  /** Roles per right on the whiteboard; a role may be in several lists. */
  readonly permissions?: TemplateWhiteboardPermissions | undefined
}

/** Roles per right on the whiteboard; a role may be in several lists. */
export interface TemplateWhiteboardPermissions {
  /** Roles that may open, close and view it (not draw, unless also a writer). */
  readonly admin?: readonly string[] | undefined
  /** Roles that may draw and view (not open or close, unless also an admin). */
  readonly writer?: readonly string[] | undefined
  /** Roles that may only view. */
  readonly reader?: readonly string[] | undefined
}

/** Rights for closed captions. */
export interface TemplateTranscriptionsPlugin {
  /** Roles per right on captions. */
  readonly permissions?: TemplateTranscriptionsPermissions | undefined
  /** Transcription mode that the rights are about. */
  readonly mode?: CaptionMode | undefined
}

/** Roles per right on captions. */
export interface TemplateTranscriptionsPermissions {
  /** Roles that may turn captions on and off for everyone in the room. */
  readonly admin?: readonly string[] | undefined
}

/** A role to write; every missing part is filled with defaults. */
export interface RoleInput {
  /**
   * Name of the role, unique in the template; used in auth tokens and room codes. In `put_role` a value other than
   * the path renames the role; inside a template body it repeats the map key.
   */
  readonly name?: string | undefined
  /** What a role may publish and in which quality. */
  readonly publishParams?: PublishParams | undefined
  /** What a role receives. */
  readonly subscribeParams?: SubscribeParams | undefined
  /** What peers of a role may do. */
  readonly permissions?: Permissions | undefined
  /**
   * Order in which tracks of the roles are degraded under bad network: 1 is the highest priority, and the service
   * documents 5 as the lowest. Between 1 and 10.
   */
  readonly priority?: number | undefined
  /**
   * How many peers may hold this role in one session: 0 for no limit, n for at most n, -1 for none at all. At least
   * -1. Default: `0`.
   */
  readonly maxPeerCount?: number | undefined
}

/** Settings to write. */
export interface TemplateSettingsInput {
  /** Region in which rooms are hosted unless the room says otherwise; `auto` picks one automatically. */
  readonly region?: Region | undefined
  /** Recording switch and storage; leave out (or null) to store with 100ms. */
  readonly recording?: TemplateRecordingSettings | null | undefined
  /** How room state is sent to clients on the preview screen. */
  readonly roomState?: TemplateRoomState | undefined
  /** Undocumented; the update sample sends back the empty object it got. */
  readonly retry?: { readonly [name: string]: unknown } | undefined
}

/** How rooms of a template are recorded. */
export interface RecordingConfig {
  /** Name of the configuration. */
  readonly name: string
  /** A role of the template; the recorder joins with it. */
  readonly role: string
  /** Longest recording in seconds. */
  readonly maxDuration?: number | undefined
  /** Seconds for which pre-signed download URLs stay valid. */
  readonly presignDuration?: number | undefined
  /** Thumbnails of a recording. */
  readonly thumbnails?: RecordingConfigThumbnails | undefined
  /** One file for the whole room. */
  readonly compositeRecording?: RecordingConfigComposite | undefined
  /** One file per track; when on it starts with the first peer and ends with the last, and cannot be started by API. */
  readonly trackRecording?: RecordingConfigTrack | undefined
  /**
   * One file per stream of a peer; when on it starts with the first peer and ends with the last, and cannot be
   * started by API.
   */
  readonly streamRecording?: RecordingConfigStream | undefined
}

/** One file for the whole room. */
export interface RecordingConfigComposite {
  /** Room composite made by a browser that joins as a bot. */
  readonly browserComposite?: RecordingConfigBrowserComposite | undefined
  /** Room composite made by the media server; starts by itself when on. */
  readonly customComposite?: RecordingConfigCustomComposite | undefined
}

/** Room composite made by a browser that joins as a bot. */
export interface RecordingConfigBrowserComposite {
  /** Start when the first peer joins. Default: `false`. */
  readonly autoStart?: boolean | undefined
  /** How long to wait after all peers left before stopping. */
  readonly autoStopTimeout?: number | undefined
  /** Width of the picture in pixels. At most 1920, and 1080 where the height is more. */
  readonly width?: number | undefined
  /** Height of the picture in pixels. At most 1920, and 1080 where the width is more. */
  readonly height?: number | undefined
  /** Whether browser recording is set up. */
  readonly enabled?: boolean | undefined
}

/** Room composite made by the media server; starts by itself when on. */
export interface RecordingConfigCustomComposite {
  /** Turns it on. Default: `false`. */
  readonly enabled?: boolean | undefined
}

/** One file per track; when on it starts with the first peer and ends with the last, and cannot be started by API. */
export interface RecordingConfigTrack {
  /** Turns it on. Default: `false`. */
  readonly enabled?: boolean | undefined
}

/**
 * One file per stream of a peer; when on it starts with the first peer and ends with the last, and cannot be
 * started by API.
 */
export interface RecordingConfigStream {
  /** Turns it on. Default: `false`. */
  readonly enabled?: boolean | undefined
  /** Width of the picture in pixels. At most 1920, and 1080 where the height is more. */
  readonly width?: number | undefined
  /** Height of the picture in pixels. At most 1920, and 1080 where the width is more. */
  readonly height?: number | undefined
}

/**
 * What a role may publish.
 *
 * New values may be added.
 */
export type PublishKind = 'audio' | 'video' | 'screen' | 'simulcast' | (string & {})

/**
 * Codec for audio.
 *
 * New values may be added.
 */
export type AudioCodec = 'opus' | (string & {})

/**
 * Codec for video.
 *
 * New values may be added.
 */
export type VideoCodec = 'vp8' | (string & {})

/**
 * Simulcast layer: full, half, quarter.
 *
 * New values may be added.
 */
export type SimulcastRid = 'f' | 'h' | 'q' | (string & {})

/**
 * Type of the HLS playlist.
 *
 * New values may be added.
 */
export type HlsPlaylistType = 'event' | 'live' | (string & {})

/**
 * When speech is transcribed.
 *
 * New values may be added.
 */
export type TranscriptionMode = 'recorded' | 'live' | 'caption' | (string & {})

/**
 * Mode of the transcription plugin.
 *
 * New values may be added.
 */
export type CaptionMode = 'caption' | (string & {})
