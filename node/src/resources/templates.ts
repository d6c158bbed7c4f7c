// @generated from crates/hundredms/src/resources/templates.rs by `cargo xtask gen`; not edited by hand.
// Templates: roles, settings and destinations that rooms share. The service also calls them policies.
import { List } from '../list'
import type { CallOptions, JobOptions } from '../options'
import { coreOf } from '../resource'
import type { TemplateDescription } from '../template-description'
import { TemplateEditing } from '../template-editing'
import type { SummaryFormat, TranscriptFormat } from './recordings'
import type { Region, StorageType } from './rooms'

/** Templates: roles, settings and destinations that rooms share. The service also calls them policies. */
export class Templates extends TemplateEditing {
  /**
   * List templates.
   *
   * Returns all templates of the account, each with its full content: roles, settings, destinations.
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
   * A template provides the roles, settings and destinations of rooms. Missing values get their defaults. You can
   * send roles as empty objects, let the service fill them, and adjust them one by one afterwards. Without a name,
   * the service generates one. If a template with this name exists, it is overwritten.
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
   * Return one template.
   *
   * Returns a template with all its roles, settings and destinations.
   *
   * `GET /templates/{template_id}`; service documentation:
   * https://www.100ms.live/docs/server-side/v2/api-reference/policy/retrieve-a-template
   *
   * @param templateId Id of the template.
   */
  get(templateId: string, options?: CallOptions): Promise<Template> {
    return coreOf(this).call('templates.get', { template_id: templateId }, options)
  }

  /**
   * Replace a template.
   *
   * Replaces the whole template: read it, change it, and pass all of it back. Roles that are missing from `roles`
   * are deleted. If `destinations` or `plugins` is missing, they are deleted too. A field that is missing from a
   * role or from `settings` is reset to its default; a role without `publishParams.allowed` may publish everything.
   * Only a missing `name` keeps its value. A template that was read can be passed as it is: the fields that the
   * service sets are left out, and fields that this version does not know are written back. Renaming to the name of
   * another template is refused. Peers in a running session keep the old rules until they rejoin or the session
   * restarts.
   *
   * `POST /templates/{template_id}`; service documentation:
   * https://www.100ms.live/docs/server-side/v2/api-reference/policy/update-a-template
   *
   * @param templateId Id of the template.
   */
  update(templateId: string, params: TemplatesUpdateParams, options?: CallOptions): Promise<Template> {
    return coreOf(this).call('templates.update', { template_id: templateId }, options, params)
  }

  /**
   * Return the destinations of a template.
   *
   * Returns the live streaming, RTMP-out and transcription configurations of a template, each kind as a map from
   * destination name to configuration.
   *
   * `GET /templates/{template_id}/destinations`; service documentation:
   * https://www.100ms.live/docs/server-side/v2/api-reference/policy/retrieve-destinations
   *
   * @param templateId Id of the template.
   */
  getDestinations(templateId: string, options?: CallOptions): Promise<Destinations> {
    return coreOf(this).call('templates.get_destinations', { template_id: templateId }, options)
  }

  /**
   * Change the destinations of a template.
   *
   * Replaces the destinations of a template, and returns the stored destinations. Missing destinations are deleted.
   * To configure browser recording, use `templates.update_recordings`. Peers in a running session keep the old
   * rules until they rejoin or the session restarts.
   *
   * `POST /templates/{template_id}/destinations`; service documentation:
   * https://www.100ms.live/docs/server-side/v2/api-reference/policy/update-destinations
   *
   * @param templateId Id of the template.
   */
  updateDestinations(
    templateId: string,
    params: TemplatesUpdateDestinationsParams = {},
    options?: CallOptions,
  ): Promise<Destinations> {
    return coreOf(this).call('templates.update_destinations', { template_id: templateId }, options, params)
  }

  /**
   * Return the recording configuration of a template.
   *
   * Returns the recording configurations of a template as a list with at most one item. Switches that are off are
   * missing from the response.
   *
   * `GET /templates/{template_id}/recordings`; service documentation:
   * https://www.100ms.live/docs/server-side/v2/api-reference/policy/configure-recordings
   *
   * @param templateId Id of the template.
   */
  getRecordings(templateId: string, options?: CallOptions): Promise<readonly RecordingConfig[]> {
    return coreOf(this).call('templates.get_recordings', { template_id: templateId }, options)
  }

  /**
   * Configure recordings of a template.
   *
   * Sets how rooms of the template are recorded: as a room composite by browser or by the media server, one file
   * per track, or one file per stream. The list may contain only one configuration. It replaces the deprecated
   * switch `settings.recording.enabled` and the deprecated `browserRecordings` destinations. Switches that are off
   * are missing from the response.
   *
   * `POST /templates/{template_id}/recordings`; service documentation:
   * https://www.100ms.live/docs/server-side/v2/api-reference/policy/configure-recordings
   *
   * @param templateId Id of the template.
   * @param recordings The recording configuration, or an empty list to remove it. At most 1 item.
   */
  updateRecordings(
    templateId: string,
    recordings: readonly RecordingConfig[],
    options?: CallOptions,
  ): Promise<readonly RecordingConfig[]> {
    return coreOf(this).call('templates.update_recordings', { template_id: templateId, recordings }, options)
  }

  /**
   * Return one role.
   *
   * Returns a role of a template by its name.
   *
   * `GET /templates/{template_id}/roles/{role_name}`; service documentation:
   * https://www.100ms.live/docs/server-side/v2/api-reference/policy/retrieve-a-role
   *
   * @param templateId Id of the template.
   * @param roleName Name of the role inside the template.
   */
  getRole(templateId: string, roleName: string, options?: CallOptions): Promise<Role> {
    return coreOf(this).call('templates.get_role', { template_id: templateId, role_name: roleName }, options)
  }

  /**
   * Create or replace one role.
   *
   * Creates the role, or replaces it if it exists. Missing fields are reset to their defaults. For example, a call
   * with only `permissions` resets `publishParams` (the role may then publish audio, video and screen),
   * `subscribeParams`, `priority` and `maxPeerCount`. To change one field, read the role, change it, and pass all
   * of it back. Fields that this version does not know are written back too. A `name` that differs from the role's
   * name renames the role. If the template already has a role with the new name, the call is refused. Peers in a
   * running session keep the old rules until they rejoin or the session restarts.
   *
   * `POST /templates/{template_id}/roles/{role_name}`; service documentation:
   * https://www.100ms.live/docs/server-side/v2/api-reference/policy/create-update-role
   *
   * @param templateId Id of the template.
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
   * Removes a role from a template. A missing role causes a 404.
   *
   * `DELETE /templates/{template_id}/roles/{role_name}`; service documentation:
   * https://www.100ms.live/docs/server-side/v2/api-reference/policy/delete-a-role
   *
   * @param templateId Id of the template.
   * @param roleName Name of the role inside the template.
   */
  deleteRole(templateId: string, roleName: string, options?: CallOptions): Promise<void> {
    return coreOf(this).call('templates.delete_role', { template_id: templateId, role_name: roleName }, options)
  }

  /**
   * Return the settings of a template.
   *
   * Returns the region, recording storage and room-state settings of a template.
   *
   * `GET /templates/{template_id}/settings`; service documentation:
   * https://www.100ms.live/docs/server-side/v2/api-reference/policy/retrieve-settings
   *
   * @param templateId Id of the template.
   */
  getSettings(templateId: string, options?: CallOptions): Promise<TemplateSettings> {
    return coreOf(this).call('templates.get_settings', { template_id: templateId }, options)
  }

  /**
   * Change the settings of a template.
   *
   * Replaces the settings of a template, and returns the stored settings. Missing settings are reset to their
   * defaults. Peers in a running session keep the old rules until they rejoin or the session restarts.
   *
   * `POST /templates/{template_id}/settings`; service documentation:
   * https://www.100ms.live/docs/server-side/v2/api-reference/policy/update-settings
   *
   * @param templateId Id of the template.
   */
  updateSettings(
    templateId: string,
    params: TemplatesUpdateSettingsParams = {},
    options?: CallOptions,
  ): Promise<TemplateSettings> {
    return coreOf(this).call('templates.update_settings', { template_id: templateId }, options, params)
  }

  /**
   * Compare a template with its description.
   *
   * Returns the changes that `templates.apply` would make, in order, and makes none. The description is partial:
   * what it does not mention stays as it is. Objects are compared field by field; a list replaces the list. Null
   * removes a role, a destination, a plugin, the recording storage, or an optional part of them. `recordings` is
   * the list of `templates.get_recordings`; an empty list removes the configuration. A template that was read is a
   * description too, but without `recordings`, which `templates.get` does not return: add them, or the
   * configuration stays as it is. `{"$secret": "stored"}` keeps a stored value that must not be in a file, and is
   * refused where nothing is stored. Returned changes contain no secrets.
   *
   * Defaults to a timeout of 60 seconds for the whole job.
   *
   * @param templateId Id of the template.
   * @param desired What the template should contain: `name`, `roles`, `settings`, `destinations`, `recordings`,
   * `plugins`.
   */
  diff(
    templateId: string,
    desired: TemplateDescription,
    options?: JobOptions<TemplateProgress>,
  ): Promise<TemplatePlan> {
    return coreOf(this).runJob('templates.diff', { template_id: templateId, desired }, options)
  }

  /**
   * Make a template what its description says.
   *
   * Finds the template by the `name` in the description, or creates it, and makes the changes that `templates.diff`
   * lists: roles before what refers to them, removals last. If nothing differs, nothing is written. Only what
   * differs is written, but a role, the settings and the destinations are each replaced as a whole, so a change
   * that somebody else makes to the same one at the same time is lost. If a call fails, its error says which
   * changes were made and which were not. Run it again to make the rest. With `template_id`, a different `name`
   * renames the template. Peers in a running session keep the old rules until they rejoin or the session restarts.
   *
   * Defaults to a timeout of 300 seconds for the whole job.
   *
   * @param desired What the template should contain: `name`, `roles`, `settings`, `destinations`, `recordings`,
   * `plugins`. `templates.diff` has the rules. `name` is required without `template_id`.
   */
  apply(
    desired: TemplateDescription,
    params: TemplatesApplyParams = {},
    options?: JobOptions<TemplateProgress>,
  ): Promise<TemplatePlan> {
    return coreOf(this).runJob('templates.apply', { desired }, options, params)
  }
}

/** Parameters of `templates.list`. */
export interface TemplatesListParams {
  /**
   * Items per page. A loop over the list reads all pages. Between 1 and 100. Defaults to 100. Below 10, the service
   * may send 10 items, or refuse the call: it documents 10 to 100.
   */
  readonly limit?: number | undefined
  /** Cursor: the `last` value of the previous page. */
  readonly start?: string | undefined
}

/** Parameters of `templates.create`. */
export interface TemplatesCreateParams {
  /**
   * Unique name: letters, digits, blank, hyphen, dot, underscore and colon. Generated if missing. If a template
   * with this name exists, it is overwritten.
   */
  readonly name?: string | undefined
  /** Roles by role name. An empty object uses all defaults. */
  readonly roles?: { readonly [name: string]: RoleInput } | undefined
  /** Settings to write. */
  readonly settings?: TemplateSettingsInput | undefined
  /**
   * Streaming, recording and transcription configurations, each kind as a map from destination name to
   * configuration. Pass a name as `destination` to start a recording or stream with it.
   */
  readonly destinations?: Destinations | undefined
  /** Plugin configuration of a template. */
  readonly plugins?: TemplatePlugins | undefined
}

/** Parameters of `templates.update`. */
export interface TemplatesUpdateParams {
  /**
   * Unique name: letters, digits, blank, hyphen, dot, underscore and colon. Unchanged if missing. Must not be the
   * name of another template.
   */
  readonly name?: string | undefined
  /** Roles by role name. An empty object uses all defaults. */
  readonly roles: { readonly [name: string]: RoleInput }
  /** Settings to write. */
  readonly settings: TemplateSettingsInput
  /**
   * Streaming, recording and transcription configurations, each kind as a map from destination name to
   * configuration. Pass a name as `destination` to start a recording or stream with it.
   */
  readonly destinations?: Destinations | undefined
  /** Plugin configuration of a template. */
  readonly plugins?: TemplatePlugins | undefined
}

/** Parameters of `templates.update_destinations`. */
export interface TemplatesUpdateDestinationsParams {
  /** @deprecated Browser recordings by name; use `templates.update_recordings` instead. */
  readonly browserRecordings?: { readonly [name: string]: DestinationBrowserRecording } | undefined
  /** RTMP outputs by name. */
  readonly rtmpDestinations?: { readonly [name: string]: DestinationRtmp } | undefined
  /** HLS streams by name. */
  readonly hlsDestinations?: { readonly [name: string]: DestinationHls } | undefined
  /**
   * Transcriptions by name. Post-call transcripts need a recording, so also configure a browser recording or an HLS
   * destination.
   */
  readonly transcriptions?: { readonly [name: string]: DestinationTranscription } | undefined
}

/** Parameters of `templates.put_role`. */
export interface TemplatesPutRoleParams {
  /**
   * Name of the role, unique in the template. Used in auth tokens and room codes. In `put_role`, a different name
   * renames the role. Inside a template, it equals the map key.
   */
  readonly name?: string | undefined
  /** What a role may publish and in which quality. */
  readonly publishParams?: PublishParams | undefined
  /** What a role receives. */
  readonly subscribeParams?: SubscribeParams | undefined
  /** What peers of a role may do. */
  readonly permissions?: Permissions | undefined
  /**
   * Priority of the role's tracks when the network is bad. 1 is the highest. The service documents 5 as the lowest.
   * Between 1 and 10.
   */
  readonly priority?: number | undefined
  /**
   * Maximum number of peers with this role in one session. 0 for no limit, -1 for none. At least -1. Defaults to
   * `0`.
   */
  readonly maxPeerCount?: number | undefined
}

/** Parameters of `templates.update_settings`. */
export interface TemplatesUpdateSettingsParams {
  /** Region in which rooms are hosted by default. `auto` selects one automatically. */
  readonly region?: Region | undefined
  /** Recording switch and storage. If missing or null, 100ms stores recordings. */
  readonly recording?: TemplateRecordingSettings | null | undefined
  /** How room state is sent to clients on the preview screen. */
  readonly roomState?: TemplateRoomState | undefined
  /** Undocumented by the service. */
  readonly retry?: { readonly [name: string]: unknown } | undefined
}

/** Parameters of `templates.apply`. */
export interface TemplatesApplyParams {
  /** Id of the template. Defaults to the template with the name in the description. */
  readonly template_id?: string | undefined
  /** Return the changes without making them. Defaults to `false`. */
  readonly dry_run?: boolean | undefined
}

/** One page of templates. */
export interface TemplateList {
  /** Page size that the service applied. */
  readonly limit?: number
  /** The templates. */
  readonly data: readonly Template[]
  /** Id of the last template of the page. Pass it as `start` to get the next page. */
  readonly last?: string
}

/** Blueprint of rooms: roles, settings, destinations. */
export interface Template {
  /** Id of the template. */
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
   * Streaming, recording and transcription configurations, each kind as a map from destination name to
   * configuration. Pass a name as `destination` to start a recording or stream with it.
   */
  readonly destinations: Destinations
  /** Plugin configuration of a template. */
  readonly plugins?: TemplatePlugins
  /** When the template was created. */
  readonly createdAt?: string
  /** When the template was last changed. */
  readonly updatedAt?: string
  /** @deprecated Old name of `id`, with the same value. */
  readonly _id?: string
  /** @deprecated Old name of `customerId`, with the same value. */
  readonly customer?: string
  /** True for the template that rooms use by default. */
  readonly default?: boolean
  /** App that the template belongs to. */
  readonly appId?: string
}

/** A role of a template as stored. */
export interface Role {
  /** Name of the role, unique in the template. Used in auth tokens and room codes. */
  readonly name: string
  /** What a role may publish and in which quality. */
  readonly publishParams: PublishParams
  /** What a role receives. */
  readonly subscribeParams: SubscribeParams
  /** What peers of a role may do. */
  readonly permissions: Permissions
  /** Priority of the role's tracks when the network is bad. 1 is the highest. The service documents 5 as the lowest. */
  readonly priority: number
  /** Maximum number of peers with this role in one session. 0 for no limit, -1 for none. */
  readonly maxPeerCount: number
}

/** What a role may publish and in which quality. */
export interface PublishParams {
  /** Kinds of tracks that the role may publish. Empty for none. Defaults to all in requests. */
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
  /** Maximum bitrate in kbps. Between 16 and 128. Defaults to `32`. */
  readonly bitRate?: number | undefined
  /** Audio codec. Defaults to `opus`. */
  readonly codec?: AudioCodec | undefined
}

/** Quality of published camera video. */
export interface VideoPublishParams {
  /** Maximum bitrate in kbps. Between 30 and 2000. Defaults to `256`. */
  readonly bitRate?: number | undefined
  /** Video codec. Defaults to `vp8`. */
  readonly codec?: VideoCodec | undefined
  /** Maximum number of frames per second. Between 1 and 30. Defaults to `25`. */
  readonly frameRate?: number | undefined
  /** Height in pixels. Between 50 and 1080. Defaults to `180`. */
  readonly height?: number | undefined
  /** Width in pixels. Between 50 and 1920. Defaults to `320`. */
  readonly width?: number | undefined
}

/** Quality of published screen shares. */
export interface ScreenPublishParams {
  /** Maximum bitrate in kbps. At least 500. Defaults to `1024`. */
  readonly bitRate?: number | undefined
  /** Video codec. Defaults to `vp8`. */
  readonly codec?: VideoCodec | undefined
  /** Maximum number of frames per second. Between 1 and 30. Defaults to `10`. */
  readonly frameRate?: number | undefined
  /** Height in pixels. Between 270 and 1080. Defaults to `720`. */
  readonly height?: number | undefined
  /** Width in pixels. Between 480 and 1920. Defaults to `1280`. */
  readonly width?: number | undefined
}

/** Simulcast layers per kind of video. */
export interface SimulcastParams {
  /** Simulcast layers. An empty object means no simulcast. */
  readonly video?: SimulcastLayers | undefined
  /** Simulcast layers. An empty object means no simulcast. */
  readonly screen?: SimulcastLayers | undefined
}

/** Simulcast layers. An empty object means no simulcast. */
export interface SimulcastLayers {
  /**
   * At most three layers, best first. The first must be `f` with scale 1.0. Each next layer must have a lower rid
   * and a larger scale. No rid may appear twice. At most 3 items.
   */
  readonly layers?: readonly SimulcastLayer[] | undefined
}

/** One encoding of a video track. */
export interface SimulcastLayer {
  /** RTP stream id of the layer. Ordered f > h > q (full, half, quarter), strictly decreasing in the list. */
  readonly rid: SimulcastRid
  /**
   * Factor by which the picture is scaled down. 1.0 for the first layer, and larger in each next layer. Between 1.0
   * and 12.0.
   */
  readonly scaleResolutionDownBy: number
  /** Maximum bitrate in kbps. Between 0 and 2000. Defaults to `0`. */
  readonly maxBitrate?: number | undefined
  /** Maximum number of frames per second. Between 1 and 30. */
  readonly maxFramerate: number
}

/** What a role receives. */
export interface SubscribeParams {
  /** Names of the roles whose tracks are received. */
  readonly subscribeToRoles?: readonly string[] | undefined
  /** Maximum total received bitrate in kbps. */
  readonly maxSubsBitRate?: number | undefined
  /**
   * When received video is muted because of packet loss, and when it returns. If present, it also enables simulcast
   * for screen shares.
   */
  readonly subscribeDegradation?: SubscribeDegradation | undefined
}

/**
 * When received video is muted because of packet loss, and when it returns. If present, it also enables simulcast
 * for screen shares.
 */
export interface SubscribeDegradation {
  /** Packet loss in percent at which degradation starts. Between 1 and 100. Defaults to `50`. */
  readonly packetLossThreshold?: number | undefined
  /** Seconds of packet loss before tracks are degraded. Between 1 and 10. Defaults to `1`. */
  readonly degradeGracePeriodSeconds?: number | undefined
  /** Seconds of good network before tracks return. Between 1 and 10. Defaults to `4`. */
  readonly recoverGracePeriodSeconds?: number | undefined
  /** If true, video is never switched off by degradation. */
  readonly videoAlwaysEnabled?: boolean | undefined
}

/** What peers of a role may do. */
export interface Permissions {
  /** End the session for everyone. Defaults to `false`. */
  readonly endRoom?: boolean | undefined
  /** Remove other peers. Defaults to `false`. */
  readonly removeOthers?: boolean | undefined
  /** Mute other peers. Defaults to `false`. */
  readonly mute?: boolean | undefined
  /** Ask other peers to unmute. Defaults to `false`. */
  readonly unmute?: boolean | undefined
  /** Change or ask to change the role of other peers. Defaults to `false`. */
  readonly changeRole?: boolean | undefined
  /** Receive the room state (peer count, peer list) on the preview screen. Defaults to `false`. */
  readonly sendRoomState?: boolean | undefined
  /** See polls and quizzes and answer them. Defaults to `false`. */
  readonly pollRead?: boolean | undefined
  /** Create and change polls and quizzes; includes everything that `pollRead` allows. Defaults to `false`. */
  readonly pollWrite?: boolean | undefined
  /**
   * Start and stop browser recording; needed together with `rtmpStreaming` for RTMP plus recording. Defaults to
   * `true`.
   */
  readonly browserRecording?: boolean | undefined
  /**
   * Start and stop RTMP streaming; needed together with `browserRecording` for RTMP plus recording. Defaults to
   * `true`.
   */
  readonly rtmpStreaming?: boolean | undefined
  /** Control HLS streams: start, stop, pause and resume their recording, insert timed metadata. Defaults to `true`. */
  readonly hlsStreaming?: boolean | undefined
}

/** Settings of a template as stored. */
export interface TemplateSettings {
  /** Region in which rooms are hosted by default. */
  readonly region: Region
  /** Recording switch and storage. Null if not configured. */
  readonly recording?: TemplateRecordingSettings | null
  /** How room state is sent to clients on the preview screen. */
  readonly roomState: TemplateRoomState
  /** Undocumented by the service. */
  readonly retry: { readonly [name: string]: unknown }
}

/** Old recording switch, and storage of recordings. */
export interface TemplateRecordingSettings {
  /**
   * @deprecated Turns on recording by the media server; use `templates.update_recordings` instead. Defaults to
   * `false`.
   */
  readonly enabled?: boolean | undefined
  /** Your own storage for recordings. Without it, 100ms stores recordings for a limited time. */
  readonly upload?: TemplateUpload | undefined
}

/** Your own storage for recordings. Without it, 100ms stores recordings for a limited time. */
export interface TemplateUpload {
  /** Kind of storage: s3 (AWS), gs (Google), oss (Alibaba) or azure (Microsoft). */
  readonly type: StorageType
  /** Name of the bucket (for Azure, of the container). */
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
  /** Access key (for Azure, the storage account name). */
  readonly key: string
  /** Secret key (for Azure, the storage account key). */
  readonly secretKey?: string | undefined
  /** Same as `secretKey`, under another name. */
  readonly secret?: string | undefined
}

/** How room state is sent to clients on the preview screen. */
export interface TemplateRoomState {
  /** Seconds between two updates, a multiple of 5. Between 5 and 3600. A multiple of 5. */
  readonly messageInterval?: number | undefined
  /** Send the list of peers. Otherwise only their number is sent. */
  readonly sendPeerList?: boolean | undefined
  /** Stop these updates when the client has joined. */
  readonly stopRoomStateOnJoin?: boolean | undefined
  /** Whether room-state updates are enabled. */
  readonly enabled?: boolean | undefined
}

/**
 * Streaming, recording and transcription configurations, each kind as a map from destination name to
 * configuration. Pass a name as `destination` to start a recording or stream with it.
 */
export interface Destinations {
  /** @deprecated Browser recordings by name; use `templates.update_recordings` instead. */
  readonly browserRecordings?: { readonly [name: string]: DestinationBrowserRecording } | undefined
  /** RTMP outputs by name. */
  readonly rtmpDestinations?: { readonly [name: string]: DestinationRtmp } | undefined
  /** HLS streams by name. */
  readonly hlsDestinations?: { readonly [name: string]: DestinationHls } | undefined
  /**
   * Transcriptions by name. Post-call transcripts need a recording, so also configure a browser recording or an HLS
   * destination.
   */
  readonly transcriptions?: { readonly [name: string]: DestinationTranscription } | undefined
}

/** @deprecated Browser recording configuration. */
export interface DestinationBrowserRecording {
  /** Name of the configuration. */
  readonly name: string
  /** Role with which the recorder joins the room. */
  readonly role: string
  /** Width of the picture in pixels. At most 1920, and at most 1080 if the height is larger. */
  readonly width?: number | undefined
  /** Height of the picture in pixels. At most 1920, and at most 1080 if the width is larger. */
  readonly height?: number | undefined
  /** Maximum duration of the recording in seconds. */
  readonly maxDuration?: number | undefined
  /** Thumbnails of a recording. */
  readonly thumbnails?: RecordingConfigThumbnails | undefined
  /** Validity of presigned download URLs in seconds. */
  readonly presignDuration?: number | undefined
  /** Start recording when the first peer joins. */
  readonly autoStart?: boolean | undefined
  /** How long to wait before stopping after all peers have left. */
  readonly autoStopTimeout?: number | undefined
}

/** Thumbnails of a recording. */
export interface RecordingConfigThumbnails {
  /** Whether to create thumbnails. */
  readonly enabled?: boolean | undefined
  /** Width in pixels. */
  readonly width?: number | undefined
  /** Height in pixels. */
  readonly height?: number | undefined
  /** Positions in the recording to take thumbnails at. */
  readonly offsets?: readonly number[] | undefined
  /** Frame rate. */
  readonly fps?: number | undefined
}

/** RTMP-out configuration. */
export interface DestinationRtmp {
  /** Name of the configuration. */
  readonly name: string
  /** Width of the picture in pixels. At most 1920, and at most 1080 if the height is larger. */
  readonly width?: number | undefined
  /** Height of the picture in pixels. At most 1920, and at most 1080 if the width is larger. */
  readonly height?: number | undefined
  /** Maximum duration of the stream in seconds. */
  readonly maxDuration?: number | undefined
  /** RTMP targets. They contain stream keys. At most 3 items. */
  readonly rtmpUrls?: readonly string[] | undefined
  /** Also record the stream. Does not affect streaming. */
  readonly recordingEnabled?: boolean | undefined
  /** How long to wait before stopping after all peers have left. */
  readonly autoStopTimeout?: number | undefined
}

/** HLS live stream configuration. */
export interface DestinationHls {
  /** Name of the configuration. */
  readonly name: string
  /** Role with which the streaming bot joins. */
  readonly role?: string | undefined
  /** Maximum duration of the stream in seconds. */
  readonly maxDuration?: number | undefined
  /** Renditions, with decreasing resolution and video bitrate. */
  readonly layers?: readonly DestinationHlsLayer[] | undefined
  /** `event` keeps all segments, `live` a sliding window. */
  readonly playlistType?: HlsPlaylistType | undefined
  /**
   * Number of segments in the playlist, 2 seconds each. Used only with `playlistType` live. Between 3 and 150.
   * Defaults to `5`.
   */
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
   * How long to wait before stopping after all peers have left. Also the time in which an RTMP-in broadcaster may
   * reconnect.
   */
  readonly autoStopTimeout?: number | undefined
}

/**
 * One HLS rendition. The shorter side must be between 144 and 1080 pixels, the longer between 192 and 1920. Both
 * must be even.
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
  /** Create a video-on-demand asset (playlist with all chunks). */
  readonly hlsVod?: boolean | undefined
  /** Create one MP4 per layer. */
  readonly singleFilePerLayer?: boolean | undefined
  /** Upload the VOD as one zip. Only with your own storage; an error with 100ms's storage. Defaults to `false`. */
  readonly enableZipUpload?: boolean | undefined
  /** Layers to record, a subset of the stream's layers. Defaults to all. */
  readonly layers?: readonly DestinationHlsLayer[] | undefined
  /** Thumbnails of a recording. */
  readonly thumbnails?: RecordingConfigThumbnails | undefined
  /** Validity of presigned download URLs in seconds. */
  readonly presignDuration?: number | undefined
}

/** Transcription and captions configuration. */
export interface DestinationTranscription {
  /** Name of the configuration. */
  readonly name: string
  /**
   * Role whose view is transcribed: the roles that it subscribes to. For post-call transcripts, it must be the role
   * of the browser recording.
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
  /** Whether the summary is enabled. */
  readonly enabled?: boolean | undefined
  /** What the meeting is about, to help the summary. At most 300 characters. */
  readonly context?: string | undefined
  /** Temperature of the model: low is predictable, high is creative. Between 0.1 and 1.0. Defaults to `0.5`. */
  readonly temperature?: number | undefined
  /** Sections of the summary. At most 6 items. */
  readonly sections?: readonly DestinationSummarySection[] | undefined
}

/** One section of the summary. */
export interface DestinationSummarySection {
  /** Heading of the section. Your own headings are allowed and determine the content. At most 100 characters. */
  readonly title: string
  /** Format of the section. */
  readonly format: SummaryFormat
}

/** Translation of captions per role; caption mode only. */
export interface DestinationTranslation {
  /** Whether translation is enabled. */
  readonly enabled?: boolean | undefined
  /** Language code of the captions for each role, by role name. */
  readonly roleLanguages?: { readonly [name: string]: string } | undefined
}

/** Plugin configuration of a template. */
export interface TemplatePlugins {
  /** Whiteboard. */
  readonly whiteboard?: TemplateWhiteboardPlugin | undefined
  /** Permissions for closed captions. */
  readonly transcriptions?: TemplateTranscriptionsPlugin | undefined
}

/** Whiteboard. */
export interface TemplateWhiteboardPlugin {
  /** Roles per whiteboard permission. A role may be in several lists. */
  readonly permissions?: TemplateWhiteboardPermissions | undefined
}

/** Roles per whiteboard permission. A role may be in several lists. */
export interface TemplateWhiteboardPermissions {
  /** Roles that may open, close and view the whiteboard. To draw, a role must also be a writer. */
  readonly admin?: readonly string[] | undefined
  /** Roles that may draw on and view the whiteboard. To open or close it, a role must also be an admin. */
  readonly writer?: readonly string[] | undefined
  /** Roles that may only view. */
  readonly reader?: readonly string[] | undefined
}

/** Permissions for closed captions. */
export interface TemplateTranscriptionsPlugin {
  /** Roles per caption permission. */
  readonly permissions?: TemplateTranscriptionsPermissions | undefined
  /** Transcription mode of the permissions. */
  readonly mode?: CaptionMode | undefined
}

/** Roles per caption permission. */
export interface TemplateTranscriptionsPermissions {
  /** Roles that may turn captions on and off for everyone in the room. */
  readonly admin?: readonly string[] | undefined
}

/** A role to write. Missing fields get their defaults. */
export interface RoleInput {
  /**
   * Name of the role, unique in the template. Used in auth tokens and room codes. In `put_role`, a different name
   * renames the role. Inside a template, it equals the map key.
   */
  readonly name?: string | undefined
  /** What a role may publish and in which quality. */
  readonly publishParams?: PublishParams | undefined
  /** What a role receives. */
  readonly subscribeParams?: SubscribeParams | undefined
  /** What peers of a role may do. */
  readonly permissions?: Permissions | undefined
  /**
   * Priority of the role's tracks when the network is bad. 1 is the highest. The service documents 5 as the lowest.
   * Between 1 and 10.
   */
  readonly priority?: number | undefined
  /**
   * Maximum number of peers with this role in one session. 0 for no limit, -1 for none. At least -1. Defaults to
   * `0`.
   */
  readonly maxPeerCount?: number | undefined
}

/** Settings to write. */
export interface TemplateSettingsInput {
  /** Region in which rooms are hosted by default. `auto` selects one automatically. */
  readonly region?: Region | undefined
  /** Recording switch and storage. If missing or null, 100ms stores recordings. */
  readonly recording?: TemplateRecordingSettings | null | undefined
  /** How room state is sent to clients on the preview screen. */
  readonly roomState?: TemplateRoomState | undefined
  /** Undocumented by the service. */
  readonly retry?: { readonly [name: string]: unknown } | undefined
}

/** How rooms of a template are recorded. */
export interface RecordingConfig {
  /** Name of the configuration. */
  readonly name: string
  /** Role of the template with which the recorder joins. */
  readonly role: string
  /** Maximum duration of the recording in seconds. */
  readonly maxDuration?: number | undefined
  /** Validity of presigned download URLs in seconds. */
  readonly presignDuration?: number | undefined
  /** Thumbnails of a recording. */
  readonly thumbnails?: RecordingConfigThumbnails | undefined
  /** One file for the whole room. */
  readonly compositeRecording?: RecordingConfigComposite | undefined
  /**
   * One file per track. If enabled, recording starts with the first peer and ends with the last. It cannot be
   * started by API.
   */
  readonly trackRecording?: RecordingConfigTrack | undefined
  /**
   * One file per stream of a peer. If enabled, recording starts with the first peer and ends with the last. It
   * cannot be started by API.
   */
  readonly streamRecording?: RecordingConfigStream | undefined
}

/** One file for the whole room. */
export interface RecordingConfigComposite {
  /** Room composite recorded by a browser that joins as a bot. */
  readonly browserComposite?: RecordingConfigBrowserComposite | undefined
  /** Room composite recorded by the media server. Starts automatically if enabled. */
  readonly customComposite?: RecordingConfigCustomComposite | undefined
}

/** Room composite recorded by a browser that joins as a bot. */
export interface RecordingConfigBrowserComposite {
  /** Start when the first peer joins. Defaults to `false`. */
  readonly autoStart?: boolean | undefined
  /** How long to wait before stopping after all peers have left. */
  readonly autoStopTimeout?: number | undefined
  /** Width of the picture in pixels. At most 1920, and at most 1080 if the height is larger. */
  readonly width?: number | undefined
  /** Height of the picture in pixels. At most 1920, and at most 1080 if the width is larger. */
  readonly height?: number | undefined
  /** Whether browser recording is set up. */
  readonly enabled?: boolean | undefined
}

/** Room composite recorded by the media server. Starts automatically if enabled. */
export interface RecordingConfigCustomComposite {
  /** Whether it is enabled. Defaults to `false`. */
  readonly enabled?: boolean | undefined
}

/**
 * One file per track. If enabled, recording starts with the first peer and ends with the last. It cannot be
 * started by API.
 */
export interface RecordingConfigTrack {
  /** Whether it is enabled. Defaults to `false`. */
  readonly enabled?: boolean | undefined
}

/**
 * One file per stream of a peer. If enabled, recording starts with the first peer and ends with the last. It
 * cannot be started by API.
 */
export interface RecordingConfigStream {
  /** Whether it is enabled. Defaults to `false`. */
  readonly enabled?: boolean | undefined
  /** Width of the picture in pixels. At most 1920, and at most 1080 if the height is larger. */
  readonly width?: number | undefined
  /** Height of the picture in pixels. At most 1920, and at most 1080 if the width is larger. */
  readonly height?: number | undefined
}

/** The changes that make a template what its description says. */
export interface TemplatePlan {
  /** Id of the template. Missing if it does not exist yet. */
  readonly template_id?: string
  /** Name of the template, as it is or will be. */
  readonly name: string
  /** Whether the template is created. */
  readonly creates: boolean
  /** Whether the changes were made. False if there are none. */
  readonly applied: boolean
  /** The changes, in the order in which they are made. Empty if the template is as described. */
  readonly changes: readonly TemplateChange[]
  /**
   * What is probably a mistake in the description: fields that neither this version nor the stored template knows,
   * and roles that the template does not have. `apply` logs it as a warning too.
   */
  readonly warnings: readonly string[]
}

/** One change of a template. */
export interface TemplateChange {
  /** Path of the value, under the names of the service: `roles.host.priority`. */
  readonly path: string
  /** The operation that makes the change. */
  readonly operation: string
  /**
   * The value before. Missing if there is none. Secrets, and texts in fields that this version does not know, are
   * `[redacted]`.
   */
  readonly before?: unknown
  /**
   * The value after. Missing if it is removed. Secrets, and texts in fields that this version does not know, are
   * `[redacted]`.
   */
  readonly after?: unknown
}

/** How many of the calls have been made that change a template. */
export interface TemplateProgress {
  /** The operation that is called next. */
  readonly operation: string
  /** Number of calls that have been made. */
  readonly done: number
  /** Number of all calls that change something. */
  readonly total: number
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
