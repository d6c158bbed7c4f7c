//! Templates: roles, settings and destinations that rooms share. The service also calls them policies.

use std::collections::BTreeMap;

use super::patterns::TEMPLATE_NAME;
use super::recordings::{SummaryFormat, TranscriptFormat};
use super::rooms::{Region, StorageType};
use super::rules::{Checked, each_of_itself, layer, picture};
use crate::define::{model, open_enum, operation, operations};
use crate::wire::secret::Secret;

operations![
    ListTemplates,
    CreateTemplate,
    GetTemplate,
    UpdateTemplate,
    GetDestinations,
    UpdateDestinations,
    GetRecordingConfigs,
    UpdateRecordingConfigs,
    GetRole,
    PutRole,
    DeleteRole,
    GetTemplateSettings,
    UpdateTemplateSettings
];

each_of_itself!(
    DestinationBrowserRecording,
    DestinationHlsLayer,
    DestinationRtmp,
    RecordingConfigBrowserComposite,
    RecordingConfigStream
);

/// One rendition of an HLS stream.
const HLS_LAYER: fn(&DestinationHlsLayer) -> Checked = |size| layer(size.width, size.height);

/// Browser recording of a template. The sizes that the service documents are those of calls that start one. It documents no
/// minimum, and 0 means "not set" in templates that are read and written back.
const BROWSER_RECORDING: fn(&DestinationBrowserRecording) -> Checked =
    |recording| picture(recording.width, recording.height);

/// RTMP output of a template.
const RTMP_OUTPUT: fn(&DestinationRtmp) -> Checked = |output| picture(output.width, output.height);

/// Recording by a browser, in a recording configuration.
const BROWSER_COMPOSITE: fn(&RecordingConfigBrowserComposite) -> Checked =
    |composite| picture(composite.width, composite.height);

/// Recording of each stream, in a recording configuration.
const STREAM_RECORDING: fn(&RecordingConfigStream) -> Checked =
    |recording| picture(recording.width, recording.height);

operation! {
    /// List templates.
    ///
    /// Returns all templates of the account, each with its full content: roles, settings, destinations.
    ListTemplates: "templates.list" = GET "/templates" -> TemplateList;
    method Templates::list; docs "policy/list-templates"; retry always, pages last data [Template];
    query {
        /// Items per page. A loop over the list reads all pages. Between 1 and 100. Defaults to 100. Below 10, the service may send
        /// 10 items, or refuse the call: it documents 10 to 100.
        optional limit: i64 [page_size] [in 1..=100],
        /// Cursor: the `last` value of the previous page.
        optional start: String,
    }
}

operation! {
    /// Create a template.
    ///
    /// A template provides the roles, settings and destinations of rooms. Missing values get their defaults. You can send roles as
    /// empty objects, let the service fill them, and adjust them one by one afterwards. Without a name, the service generates one.
    /// If a template with this name exists, it is overwritten.
    CreateTemplate: "templates.create" = POST "/templates" -> Template;
    method Templates::create; docs "policy/create-template-via-api"; retry if_named, look at ListTemplates,
    rewrites ["id", "_id", "customerId", "customer", "appId", "default", "createdAt", "updatedAt"];
    body {
        /// Unique name: letters, digits, blank, hyphen, dot, underscore and colon. Generated if missing. If a template with this
        /// name exists, it is overwritten.
        optional name: String [like TEMPLATE_NAME],
        /// Roles by role name. An empty object uses all defaults.
        optional roles: {RoleInput},
        /// Settings to write.
        optional settings: TemplateSettingsInput,
        /// Streaming, recording and transcription configurations, each kind as a map from destination name to configuration. Pass a
        /// name as `destination` to start a recording or stream with it.
        optional destinations: Destinations,
        /// Plugin configuration of a template.
        optional plugins: TemplatePlugins,
    }
}

operation! {
    /// Return one template.
    ///
    /// Returns a template with all its roles, settings and destinations.
    GetTemplate: "templates.get" = GET "/templates/{template_id}" -> Template;
    method Templates::get(template_id); docs "policy/retrieve-a-template"; retry always;
    path {
        /// Id of the template.
        template_id,
    }
}

operation! {
    /// Replace a template.
    ///
    /// Replaces the whole template: read it, change it, and pass all of it back. Roles that are missing from `roles` are deleted.
    /// If `destinations` or `plugins` is missing, they are deleted too. A field that is missing from a role or from `settings` is
    /// reset to its default; a role without `publishParams.allowed` may publish everything. Only a missing `name` keeps its value.
    /// A template that was read can be passed as it is: the fields that the service sets are left out, and fields that this version
    /// does not know are written back. Renaming to the name of another template is refused. Peers in a running session keep the old
    /// rules until they rejoin or the session restarts.
    UpdateTemplate: "templates.update" = POST "/templates/{template_id}" -> Template;
    method Templates::update; docs "policy/update-a-template"; retry always,
    rewrites ["id", "_id", "customerId", "customer", "appId", "default", "createdAt", "updatedAt"];
    path {
        /// Id of the template.
        template_id,
    }
    body {
        /// Unique name: letters, digits, blank, hyphen, dot, underscore and colon. Unchanged if missing. Must not be the name of
        /// another template.
        optional name: String [like TEMPLATE_NAME],
        /// Roles by role name. An empty object uses all defaults.
        required roles: {RoleInput},
        /// Settings to write.
        required settings: TemplateSettingsInput,
        /// Streaming, recording and transcription configurations, each kind as a map from destination name to configuration. Pass a
        /// name as `destination` to start a recording or stream with it.
        optional destinations: Destinations,
        /// Plugin configuration of a template.
        optional plugins: TemplatePlugins,
    }
}

operation! {
    /// Return the destinations of a template.
    ///
    /// Returns the live streaming, RTMP-out and transcription configurations of a template, each kind as a map from destination
    /// name to configuration.
    GetDestinations: "templates.get_destinations" = GET "/templates/{template_id}/destinations" -> Destinations;
    method Templates::get_destinations(template_id); docs "policy/retrieve-destinations"; retry always;
    path {
        /// Id of the template.
        template_id,
    }
}

operation! {
    /// Change the destinations of a template.
    ///
    /// Replaces the destinations of a template, and returns the stored destinations. Missing destinations are deleted. To configure
    /// browser recording, use `templates.update_recordings`. Peers in a running session keep the old rules until they rejoin or the
    /// session restarts.
    UpdateDestinations: "templates.update_destinations" = POST "/templates/{template_id}/destinations" -> Destinations;
    method Templates::update_destinations; docs "policy/update-destinations"; retry always, rewrites [];
    path {
        /// Id of the template.
        template_id,
    }
    body {
        /// Browser recordings by name; use `templates.update_recordings` instead. Deprecated.
        optional browser_recordings as "browserRecordings": {DestinationBrowserRecording} [by BROWSER_RECORDING],
        /// RTMP outputs by name.
        optional rtmp_destinations as "rtmpDestinations": {DestinationRtmp} [by RTMP_OUTPUT],
        /// HLS streams by name.
        optional hls_destinations as "hlsDestinations": {DestinationHls},
        /// Transcriptions by name. Post-call transcripts need a recording, so also configure a browser recording or an HLS
        /// destination.
        optional transcriptions: {DestinationTranscription},
    }
}

operation! {
    /// Return the recording configuration of a template.
    ///
    /// Returns the recording configurations of a template as a list with at most one item. Switches that are off are missing from
    /// the response.
    GetRecordingConfigs: "templates.get_recordings" = GET "/templates/{template_id}/recordings" -> [RecordingConfig];
    method Templates::get_recordings(template_id); docs "policy/configure-recordings"; retry always;
    path {
        /// Id of the template.
        template_id,
    }
}

operation! {
    /// Configure recordings of a template.
    ///
    /// Sets how rooms of the template are recorded: as a room composite by browser or by the media server, one file per track, or
    /// one file per stream. The list may contain only one configuration. It replaces the deprecated switch
    /// `settings.recording.enabled` and the deprecated `browserRecordings` destinations. Switches that are off are missing from the
    /// response.
    UpdateRecordingConfigs: "templates.update_recordings" = POST "/templates/{template_id}/recordings" -> [RecordingConfig];
    method Templates::update_recordings; docs "policy/configure-recordings"; retry always;
    path {
        /// Id of the template.
        template_id,
    }
    whole {
        /// The recording configuration, or an empty list to remove it. At most 1 item.
        required recordings: [RecordingConfig] [items 1],
    }
}

operation! {
    /// Return one role.
    ///
    /// Returns a role of a template by its name.
    GetRole: "templates.get_role" = GET "/templates/{template_id}/roles/{role_name}" -> Role;
    method Templates::get_role(template_id, role_name); docs "policy/retrieve-a-role"; retry always;
    path {
        /// Id of the template.
        template_id,
        /// Name of the role inside the template.
        role_name,
    }
}

operation! {
    /// Create or replace one role.
    ///
    /// Creates the role, or replaces it if it exists. Missing fields are reset to their defaults. For example, a call with only
    /// `permissions` resets `publishParams` (the role may then publish audio, video and screen), `subscribeParams`, `priority` and
    /// `maxPeerCount`. To change one field, read the role, change it, and pass all of it back. Fields that this version does not
    /// know are written back too. A `name` that differs from the role's name renames the role. If the template already has a role
    /// with the new name, the call is refused. Peers in a running session keep the old rules until they rejoin or the session
    /// restarts.
    PutRole: "templates.put_role" = POST "/templates/{template_id}/roles/{role_name}" -> Role;
    method Templates::put_role; docs "policy/create-update-role"; retry always, rewrites [];
    path {
        /// Id of the template.
        template_id,
        /// Name of the role inside the template.
        role_name,
    }
    body {
        /// Name of the role, unique in the template. Used in auth tokens and room codes. In `put_role`, a different name renames
        /// the role. Inside a template, it equals the map key.
        optional name: String,
        /// What a role may publish and in which quality.
        optional publish_params as "publishParams": PublishParams,
        /// What a role receives.
        optional subscribe_params as "subscribeParams": SubscribeParams,
        /// What peers of a role may do.
        optional permissions: Permissions,
        /// Priority of the role's tracks when the network is bad. 1 is the highest. The service documents 5 as the lowest.
        optional priority: i64 [in 1..=10],
        /// Maximum number of peers with this role in one session. 0 for no limit, -1 for none. At least -1. Defaults to `0`.
        optional max_peer_count as "maxPeerCount": i64 [in -1..],
    }
}

operation! {
    /// Delete one role.
    ///
    /// Removes a role from a template. A missing role causes a 404.
    DeleteRole: "templates.delete_role" = DELETE "/templates/{template_id}/roles/{role_name}" -> ();
    method Templates::delete_role(template_id, role_name); docs "policy/delete-a-role"; retry always;
    path {
        /// Id of the template.
        template_id,
        /// Name of the role inside the template.
        role_name,
    }
}

operation! {
    /// Return the settings of a template.
    ///
    /// Returns the region, recording storage and room-state settings of a template.
    GetTemplateSettings: "templates.get_settings" = GET "/templates/{template_id}/settings" -> TemplateSettings;
    method Templates::get_settings(template_id); docs "policy/retrieve-settings"; retry always;
    path {
        /// Id of the template.
        template_id,
    }
}

operation! {
    /// Change the settings of a template.
    ///
    /// Replaces the settings of a template, and returns the stored settings. Missing settings are reset to their defaults. Peers in
    /// a running session keep the old rules until they rejoin or the session restarts.
    UpdateTemplateSettings: "templates.update_settings" = POST "/templates/{template_id}/settings" -> TemplateSettings;
    method Templates::update_settings; docs "policy/update-settings"; retry always, rewrites [];
    path {
        /// Id of the template.
        template_id,
    }
    body {
        /// Region in which rooms are hosted by default. `auto` selects one automatically.
        optional region: Region,
        /// Recording switch and storage. If missing or null, 100ms stores recordings.
        nullable recording: TemplateRecordingSettings,
        /// How room state is sent to clients on the preview screen.
        optional room_state as "roomState": TemplateRoomState,
        /// Undocumented by the service.
        optional retry: Object,
    }
}

model! {
    /// One page of templates.
    answer TemplateList {
        /// Page size that the service applied.
        optional limit: i64,
        /// The templates.
        required data: [Template],
        /// Id of the last template of the page. Pass it as `start` to get the next page.
        optional last: String,
    }
}

model! {
    /// Blueprint of rooms: roles, settings, destinations.
    answer Template {
        /// Id of the template.
        required id: String,
        /// Name of the template, unique in the account.
        required name: String,
        /// Account that owns the template.
        required customer_id as "customerId": String,
        /// Roles by role name.
        required roles: {Role},
        /// Settings of a template as stored.
        required settings: TemplateSettings,
        /// Streaming, recording and transcription configurations, each kind as a map from destination name to configuration. Pass a
        /// name as `destination` to start a recording or stream with it.
        required destinations: Destinations,
        /// Plugin configuration of a template.
        optional plugins: TemplatePlugins,
        /// When the template was created.
        optional created_at as "createdAt": Timestamp,
        /// When the template was last changed.
        optional updated_at as "updatedAt": Timestamp,
        /// Old name of `id`, with the same value. Deprecated.
        optional legacy_id as "_id": String,
        /// Old name of `customerId`, with the same value. Deprecated.
        optional customer: String,
        /// True for the template that rooms use by default.
        optional default: bool,
        /// App that the template belongs to.
        optional app_id as "appId": String,
    }
}

/// Copies every field that can be written, including those that this version does not know, so that it can be changed and written
/// back.
impl From<Template> for UpdateTemplate {
    fn from(template: Template) -> Self {
        Self {
            template_id: template.id,
            name: Some(template.name),
            roles: inputs(template.roles),
            settings: template.settings.into(),
            destinations: Some(template.destinations),
            plugins: template.plugins,
            extra: template.extra,
        }
    }
}

impl PutRole {
    /// Write a role that was read to the template `template_id`.
    pub fn from_role(template_id: impl Into<String>, role: Role) -> Self {
        Self {
            template_id: template_id.into(),
            role_name: role.name.clone(),
            name: Some(role.name),
            publish_params: Some(role.publish_params),
            subscribe_params: Some(role.subscribe_params),
            permissions: Some(role.permissions),
            priority: Some(role.priority),
            max_peer_count: Some(role.max_peer_count),
            extra: role.extra,
        }
    }
}

impl UpdateTemplateSettings {
    /// Write settings that were read to the template `template_id`.
    pub fn from_settings(template_id: impl Into<String>, settings: TemplateSettings) -> Self {
        Self {
            template_id: template_id.into(),
            region: Some(settings.region),
            recording: settings.recording,
            room_state: Some(settings.room_state),
            retry: Some(settings.retry),
            extra: settings.extra,
        }
    }
}

impl UpdateDestinations {
    /// Write destinations that were read to the template `template_id`.
    pub fn from_destinations(template_id: impl Into<String>, destinations: Destinations) -> Self {
        Self {
            template_id: template_id.into(),
            browser_recordings: destinations.browser_recordings,
            rtmp_destinations: destinations.rtmp_destinations,
            hls_destinations: destinations.hls_destinations,
            transcriptions: destinations.transcriptions,
            extra: destinations.extra,
        }
    }
}

/// Roles that were read, to be written.
fn inputs(roles: BTreeMap<String, Role>) -> BTreeMap<String, RoleInput> {
    let input = |(name, role): (String, Role)| (name, role.into());
    roles.into_iter().map(input).collect()
}

model! {
    /// A role of a template as stored.
    answer Role {
        /// Name of the role, unique in the template. Used in auth tokens and room codes.
        required name: String,
        /// What a role may publish and in which quality.
        required publish_params as "publishParams": PublishParams,
        /// What a role receives.
        required subscribe_params as "subscribeParams": SubscribeParams,
        /// What peers of a role may do.
        required permissions: Permissions,
        /// Priority of the role's tracks when the network is bad. 1 is the highest. The service documents 5 as the lowest.
        required priority: i64,
        /// Maximum number of peers with this role in one session. 0 for no limit, -1 for none.
        required max_peer_count as "maxPeerCount": i64,
    }
}

model! {
    /// What a role may publish and in which quality.
    both PublishParams {
        /// Kinds of tracks that the role may publish. Empty for none. Defaults to all in requests.
        absent_is_empty allowed: [PublishKind],
        /// Quality of published audio.
        optional audio: AudioPublishParams,
        /// Quality of published camera video.
        optional video: VideoPublishParams,
        /// Quality of published screen shares.
        optional screen: ScreenPublishParams,
        /// Simulcast layers per kind of video.
        optional simulcast: SimulcastParams,
    }
}

model! {
    /// Quality of published audio.
    both AudioPublishParams {
        /// Maximum bitrate in kbps. Between 16 and 128. Defaults to `32`.
        optional bit_rate as "bitRate": i64 [in 16..=128],
        /// Audio codec. Defaults to `opus`.
        optional codec: AudioCodec,
    }
}

model! {
    /// Quality of published camera video.
    both VideoPublishParams {
        /// Maximum bitrate in kbps. Between 30 and 2000. Defaults to `256`.
        optional bit_rate as "bitRate": i64 [in 30..=2000],
        /// Video codec. Defaults to `vp8`.
        optional codec: VideoCodec,
        /// Maximum number of frames per second. Between 1 and 30. Defaults to `25`.
        optional frame_rate as "frameRate": i64 [in 1..=30],
        /// Height in pixels. Between 50 and 1080. Defaults to `180`.
        optional height: i64 [in 50..=1080],
        /// Width in pixels. Between 50 and 1920. Defaults to `320`.
        optional width: i64 [in 50..=1920],
    }
}

model! {
    /// Quality of published screen shares.
    both ScreenPublishParams {
        /// Maximum bitrate in kbps. At least 500. Defaults to `1024`.
        optional bit_rate as "bitRate": i64 [in 500..],
        /// Video codec. Defaults to `vp8`.
        optional codec: VideoCodec,
        /// Maximum number of frames per second. Between 1 and 30. Defaults to `10`.
        optional frame_rate as "frameRate": i64 [in 1..=30],
        /// Height in pixels. Between 270 and 1080. Defaults to `720`.
        optional height: i64 [in 270..=1080],
        /// Width in pixels. Between 480 and 1920. Defaults to `1280`.
        optional width: i64 [in 480..=1920],
    }
}

model! {
    /// Simulcast layers per kind of video.
    both SimulcastParams {
        /// Simulcast layers. An empty object means no simulcast.
        optional video: SimulcastLayers,
        /// Simulcast layers. An empty object means no simulcast.
        optional screen: SimulcastLayers,
    }
}

model! {
    /// Simulcast layers. An empty object means no simulcast.
    both SimulcastLayers {
        /// At most three layers, best first. The first must be `f` with scale 1.0. Each next layer must have a lower rid and a
        /// larger scale. No rid may appear twice. At most 3 items.
        optional layers: [SimulcastLayer] [items 3],
    }
}

model! {
    /// One encoding of a video track.
    both SimulcastLayer {
        /// RTP stream id of the layer. Ordered f > h > q (full, half, quarter), strictly decreasing in the list.
        required rid: SimulcastRid,
        /// Factor by which the picture is scaled down. 1.0 for the first layer, and larger in each next layer. Between 1.0 and
        /// 12.0.
        required scale_resolution_down_by as "scaleResolutionDownBy": f64 [in 1.0..=12.0],
        /// Maximum bitrate in kbps. Between 0 and 2000. Defaults to `0`.
        optional max_bitrate as "maxBitrate": i64 [in 0..=2000],
        /// Maximum number of frames per second. Between 1 and 30.
        required max_framerate as "maxFramerate": i64 [in 1..=30],
    }
}

model! {
    /// What a role receives.
    both SubscribeParams {
        /// Names of the roles whose tracks are received.
        optional subscribe_to_roles as "subscribeToRoles": [String],
        /// Maximum total received bitrate in kbps.
        optional max_subs_bit_rate as "maxSubsBitRate": i64,
        /// When received video is muted because of packet loss, and when it returns. If present, it also enables simulcast for
        /// screen shares.
        optional subscribe_degradation as "subscribeDegradation": SubscribeDegradation,
    }
}

model! {
    /// When received video is muted because of packet loss, and when it returns. If present, it also enables simulcast for screen
    /// shares.
    both SubscribeDegradation {
        /// Packet loss in percent at which degradation starts. Between 1 and 100. Defaults to `50`.
        optional packet_loss_threshold as "packetLossThreshold": i64 [in 1..=100],
        /// Seconds of packet loss before tracks are degraded. Between 1 and 10. Defaults to `1`.
        optional degrade_grace_period_seconds as "degradeGracePeriodSeconds": i64 [in 1..=10],
        /// Seconds of good network before tracks return. Between 1 and 10. Defaults to `4`.
        optional recover_grace_period_seconds as "recoverGracePeriodSeconds": i64 [in 1..=10],
        /// If true, video is never switched off by degradation.
        optional video_always_enabled as "videoAlwaysEnabled": bool,
    }
}

model! {
    /// What peers of a role may do.
    both Permissions {
        /// End the session for everyone. Defaults to `false`.
        optional end_room as "endRoom": bool,
        /// Remove other peers. Defaults to `false`.
        optional remove_others as "removeOthers": bool,
        /// Mute other peers. Defaults to `false`.
        optional mute: bool,
        /// Ask other peers to unmute. Defaults to `false`.
        optional unmute: bool,
        /// Change or ask to change the role of other peers. Defaults to `false`.
        optional change_role as "changeRole": bool,
        /// Receive the room state (peer count, peer list) on the preview screen. Defaults to `false`.
        optional send_room_state as "sendRoomState": bool,
        /// See polls and quizzes and answer them. Defaults to `false`.
        optional poll_read as "pollRead": bool,
        /// Create and change polls and quizzes; includes everything that `pollRead` allows. Defaults to `false`.
        optional poll_write as "pollWrite": bool,
        /// Start and stop browser recording; needed together with `rtmpStreaming` for RTMP plus recording. Defaults to `true`.
        optional browser_recording as "browserRecording": bool,
        /// Start and stop RTMP streaming; needed together with `browserRecording` for RTMP plus recording. Defaults to `true`.
        optional rtmp_streaming as "rtmpStreaming": bool,
        /// Control HLS streams: start, stop, pause and resume their recording, insert timed metadata. Defaults to `true`.
        optional hls_streaming as "hlsStreaming": bool,
    }
}

model! {
    /// Settings of a template as stored.
    answer TemplateSettings {
        /// Region in which rooms are hosted by default.
        required region: Region,
        /// Recording switch and storage. Null if not configured.
        nullable recording: TemplateRecordingSettings,
        /// How room state is sent to clients on the preview screen.
        required room_state as "roomState": TemplateRoomState,
        /// Undocumented by the service.
        required retry: Object,
    }
}

model! {
    /// Old recording switch, and storage of recordings.
    both TemplateRecordingSettings {
        /// Turns on recording by the media server; use `templates.update_recordings` instead. Defaults to `false`. Deprecated.
        optional enabled: bool,
        /// Your own storage for recordings. Without it, 100ms stores recordings for a limited time.
        optional upload: TemplateUpload,
    }
}

model! {
    /// Your own storage for recordings. Without it, 100ms stores recordings for a limited time.
    both TemplateUpload {
        /// Kind of storage: s3 (AWS), gs (Google), oss (Alibaba) or azure (Microsoft).
        required r#type as "type": StorageType,
        /// Name of the bucket (for Azure, of the container).
        required location: String,
        /// Path prefix inside the bucket.
        required prefix: String,
        /// Further storage options.
        optional options: TemplateUploadOptions,
        /// Access to the bucket.
        optional credentials: TemplateUploadCredentials,
    }
}

model! {
    /// Further storage options.
    both TemplateUploadOptions {
        /// Region of the bucket; not needed for Azure.
        optional region: String,
    }
}

model! {
    /// Access to the bucket.
    both TemplateUploadCredentials {
        /// Access key (for Azure, the storage account name).
        required key: Secret,
        /// Secret key (for Azure, the storage account key).
        optional secret_key as "secretKey": Secret,
        /// Same as `secretKey`, under another name.
        optional secret: Secret,
    }
}

model! {
    /// How room state is sent to clients on the preview screen.
    both TemplateRoomState {
        /// Seconds between two updates, a multiple of 5. Between 5 and 3600.
        optional message_interval as "messageInterval": i64 [in 5..=3600] [multiple 5],
        /// Send the list of peers. Otherwise only their number is sent.
        optional send_peer_list as "sendPeerList": bool,
        /// Stop these updates when the client has joined.
        optional stop_room_state_on_join as "stopRoomStateOnJoin": bool,
        /// Whether room-state updates are enabled.
        optional enabled: bool,
    }
}

model! {
    /// Streaming, recording and transcription configurations, each kind as a map from destination name to configuration. Pass a
    /// name as `destination` to start a recording or stream with it.
    both Destinations {
        /// Browser recordings by name; use `templates.update_recordings` instead. Deprecated.
        optional browser_recordings as "browserRecordings": {DestinationBrowserRecording} [by BROWSER_RECORDING],
        /// RTMP outputs by name.
        optional rtmp_destinations as "rtmpDestinations": {DestinationRtmp} [by RTMP_OUTPUT],
        /// HLS streams by name.
        optional hls_destinations as "hlsDestinations": {DestinationHls},
        /// Transcriptions by name. Post-call transcripts need a recording, so also configure a browser recording or an HLS
        /// destination.
        optional transcriptions: {DestinationTranscription},
    }
}

model! {
    /// Browser recording configuration (deprecated).
    both DestinationBrowserRecording {
        /// Name of the configuration.
        required name: String,
        /// Role with which the recorder joins the room.
        required role: String,
        /// Width of the picture in pixels. At most 1920, and at most 1080 if the height is larger.
        optional width: i64,
        /// Height of the picture in pixels. At most 1920, and at most 1080 if the width is larger.
        optional height: i64,
        /// Maximum duration of the recording in seconds.
        optional max_duration as "maxDuration": i64,
        /// Thumbnails of a recording.
        optional thumbnails: RecordingConfigThumbnails,
        /// Validity of presigned download URLs in seconds.
        optional presign_duration as "presignDuration": i64,
        /// Start recording when the first peer joins.
        optional auto_start as "autoStart": bool,
        /// How long to wait before stopping after all peers have left.
        optional auto_stop_timeout as "autoStopTimeout": i64,
    }
}

model! {
    /// Thumbnails of a recording.
    both RecordingConfigThumbnails {
        /// Whether to create thumbnails.
        optional enabled: bool,
        /// Width in pixels.
        optional width: i64,
        /// Height in pixels.
        optional height: i64,
        /// Positions in the recording to take thumbnails at.
        optional offsets: [i64],
        /// Frame rate.
        optional fps: i64,
    }
}

model! {
    /// RTMP-out configuration.
    both DestinationRtmp {
        /// Name of the configuration.
        required name: String,
        /// Width of the picture in pixels. At most 1920, and at most 1080 if the height is larger.
        optional width: i64,
        /// Height of the picture in pixels. At most 1920, and at most 1080 if the width is larger.
        optional height: i64,
        /// Maximum duration of the stream in seconds.
        optional max_duration as "maxDuration": i64,
        /// RTMP targets. They contain stream keys. At most 3 items.
        optional rtmp_urls as "rtmpUrls": [Secret] [items 3],
        /// Also record the stream. Does not affect streaming.
        optional recording_enabled as "recordingEnabled": bool,
        /// How long to wait before stopping after all peers have left.
        optional auto_stop_timeout as "autoStopTimeout": i64,
    }
}

model! {
    /// HLS live stream configuration.
    both DestinationHls {
        /// Name of the configuration.
        required name: String,
        /// Role with which the streaming bot joins.
        optional role: String,
        /// Maximum duration of the stream in seconds.
        optional max_duration as "maxDuration": i64,
        /// Renditions, with decreasing resolution and video bitrate.
        optional layers: [DestinationHlsLayer] [by HLS_LAYER],
        /// `event` keeps all segments, `live` a sliding window.
        optional playlist_type as "playlistType": HlsPlaylistType,
        /// Number of segments in the playlist, 2 seconds each. Used only with `playlistType` live. Between 3 and 150. Defaults to
        /// `5`.
        optional num_playlist_segments as "numPlaylistSegments": i64 [in 3..=150],
        /// Frames per second of the stream.
        optional video_frame_rate as "videoFrameRate": i64,
        /// Allow timed metadata in the stream.
        optional enable_metadata_insertion as "enableMetadataInsertion": bool,
        /// Keep the same playback URL for every stream.
        optional enable_static_url as "enableStaticUrl": bool,
        /// Recording of an HLS stream.
        optional recording: DestinationHlsRecording,
        /// How long to wait before stopping after all peers have left. Also the time in which an RTMP-in broadcaster may reconnect.
        optional auto_stop_timeout as "autoStopTimeout": i64,
    }
}

model! {
    /// One HLS rendition. The shorter side must be between 144 and 1080 pixels, the longer between 192 and 1920. Both must be even.
    both DestinationHlsLayer {
        /// Width in pixels, even. Between 144 and 1920.
        optional width: i64 [in 144..=1920] [multiple 2],
        /// Height in pixels, even. Between 144 and 1920.
        optional height: i64 [in 144..=1920] [multiple 2],
        /// Video bitrate in kbps.
        optional video_bitrate as "videoBitrate": i64,
        /// Audio bitrate in kbps.
        optional audio_bitrate as "audioBitrate": i64,
    }
}

model! {
    /// Recording of an HLS stream.
    both DestinationHlsRecording {
        /// Create a video-on-demand asset (playlist with all chunks).
        optional hls_vod as "hlsVod": bool,
        /// Create one MP4 per layer.
        optional single_file_per_layer as "singleFilePerLayer": bool,
        /// Upload the VOD as one zip. Only with your own storage; an error with 100ms's storage. Defaults to `false`.
        optional enable_zip_upload as "enableZipUpload": bool,
        /// Layers to record, a subset of the stream's layers. Defaults to all.
        optional layers: [DestinationHlsLayer] [by HLS_LAYER],
        /// Thumbnails of a recording.
        optional thumbnails: RecordingConfigThumbnails,
        /// Validity of presigned download URLs in seconds.
        optional presign_duration as "presignDuration": i64,
    }
}

model! {
    /// Transcription and captions configuration.
    both DestinationTranscription {
        /// Name of the configuration.
        required name: String,
        /// Role whose view is transcribed: the roles that it subscribes to. For post-call transcripts, it must be the role of the
        /// browser recording.
        required role: String,
        /// When to transcribe: the recording after the call, captions for HLS viewers, real-time captions in the
        /// room.
        optional modes: [TranscriptionMode],
        /// File formats of the transcript (recorded mode): plain text, `SubRip`, timed words and sentences.
        optional output_modes as "outputModes": [TranscriptFormat],
        /// Names and unusual words to recognise.
        optional custom_vocabulary as "customVocabulary": [String],
        /// AI summary of a recorded transcript.
        optional summary: DestinationSummary,
        /// Translation of captions per role; caption mode only.
        optional translation: DestinationTranslation,
    }
}

model! {
    /// AI summary of a recorded transcript.
    both DestinationSummary {
        /// Whether the summary is enabled.
        optional enabled: bool,
        /// What the meeting is about, to help the summary. At most 300 characters.
        optional context: String [len 300],
        /// Temperature of the model: low is predictable, high is creative. Between 0.1 and 1.0. Defaults to `0.5`.
        optional temperature: f64 [in 0.1..=1.0],
        /// Sections of the summary. At most 6 items.
        optional sections: [DestinationSummarySection] [items 6],
    }
}

model! {
    /// One section of the summary.
    both DestinationSummarySection {
        /// Heading of the section. Your own headings are allowed and determine the content. At most 100 characters.
        required title: String [len 100],
        /// Format of the section.
        required format: SummaryFormat,
    }
}

model! {
    /// Translation of captions per role; caption mode only.
    both DestinationTranslation {
        /// Whether translation is enabled.
        optional enabled: bool,
        /// Language code of the captions for each role, by role name.
        optional role_languages as "roleLanguages": {String},
    }
}

model! {
    /// Plugin configuration of a template.
    both TemplatePlugins {
        /// Whiteboard.
        optional whiteboard: TemplateWhiteboardPlugin,
        /// Permissions for closed captions.
        optional transcriptions: TemplateTranscriptionsPlugin,
    }
}

model! {
    /// Whiteboard.
    both TemplateWhiteboardPlugin {
        /// Roles per whiteboard permission. A role may be in several lists.
        optional permissions: TemplateWhiteboardPermissions,
    }
}

model! {
    /// Roles per whiteboard permission. A role may be in several lists.
    both TemplateWhiteboardPermissions {
        /// Roles that may open, close and view the whiteboard. To draw, a role must also be a writer.
        optional admin: [String],
        /// Roles that may draw on and view the whiteboard. To open or close it, a role must also be an admin.
        optional writer: [String],
        /// Roles that may only view.
        optional reader: [String],
    }
}

model! {
    /// Permissions for closed captions.
    both TemplateTranscriptionsPlugin {
        /// Roles per caption permission.
        optional permissions: TemplateTranscriptionsPermissions,
        /// Transcription mode of the permissions.
        optional mode: CaptionMode,
    }
}

model! {
    /// Roles per caption permission.
    both TemplateTranscriptionsPermissions {
        /// Roles that may turn captions on and off for everyone in the room.
        optional admin: [String],
    }
}

model! {
    /// A role to write. Missing fields get their defaults.
    rewrite RoleInput of Role {
        /// Name of the role, unique in the template. Used in auth tokens and room codes. In `put_role`, a different name renames
        /// the role. Inside a template, it equals the map key.
        optional name: String,
        /// What a role may publish and in which quality.
        optional publish_params as "publishParams": PublishParams,
        /// What a role receives.
        optional subscribe_params as "subscribeParams": SubscribeParams,
        /// What peers of a role may do.
        optional permissions: Permissions,
        /// Priority of the role's tracks when the network is bad. 1 is the highest. The service documents 5 as the lowest.
        optional priority: i64 [in 1..=10],
        /// Maximum number of peers with this role in one session. 0 for no limit, -1 for none. At least -1. Defaults to `0`.
        optional max_peer_count as "maxPeerCount": i64 [in -1..],
    }
}

model! {
    /// Settings to write.
    rewrite TemplateSettingsInput of TemplateSettings {
        /// Region in which rooms are hosted by default. `auto` selects one automatically.
        optional region: Region,
        /// Recording switch and storage. If missing or null, 100ms stores recordings.
        nullable recording: TemplateRecordingSettings,
        /// How room state is sent to clients on the preview screen.
        optional room_state as "roomState": TemplateRoomState,
        /// Undocumented by the service.
        optional retry: Object,
    }
}

model! {
    /// How rooms of a template are recorded.
    both RecordingConfig {
        /// Name of the configuration.
        required name: String,
        /// Role of the template with which the recorder joins.
        required role: String,
        /// Maximum duration of the recording in seconds.
        optional max_duration as "maxDuration": i64,
        /// Validity of presigned download URLs in seconds.
        optional presign_duration as "presignDuration": i64,
        /// Thumbnails of a recording.
        optional thumbnails: RecordingConfigThumbnails,
        /// One file for the whole room.
        optional composite_recording as "compositeRecording": RecordingConfigComposite,
        /// One file per track. If enabled, recording starts with the first peer and ends with the last. It cannot be started by
        /// API.
        optional track_recording as "trackRecording": RecordingConfigTrack,
        /// One file per stream of a peer. If enabled, recording starts with the first peer and ends with the last. It cannot be
        /// started by API.
        optional stream_recording as "streamRecording": RecordingConfigStream [by STREAM_RECORDING],
    }
}

model! {
    /// One file for the whole room.
    both RecordingConfigComposite {
        /// Room composite recorded by a browser that joins as a bot.
        optional browser_composite as "browserComposite": RecordingConfigBrowserComposite [by BROWSER_COMPOSITE],
        /// Room composite recorded by the media server. Starts automatically if enabled.
        optional custom_composite as "customComposite": RecordingConfigCustomComposite,
    }
}

model! {
    /// Room composite recorded by a browser that joins as a bot.
    both RecordingConfigBrowserComposite {
        /// Start when the first peer joins. Defaults to `false`.
        optional auto_start as "autoStart": bool,
        /// How long to wait before stopping after all peers have left.
        optional auto_stop_timeout as "autoStopTimeout": i64,
        /// Width of the picture in pixels. At most 1920, and at most 1080 if the height is larger.
        optional width: i64,
        /// Height of the picture in pixels. At most 1920, and at most 1080 if the width is larger.
        optional height: i64,
        /// Whether browser recording is set up.
        optional enabled: bool,
    }
}

model! {
    /// Room composite recorded by the media server. Starts automatically if enabled.
    both RecordingConfigCustomComposite {
        /// Whether it is enabled. Defaults to `false`.
        optional enabled: bool,
    }
}

model! {
    /// One file per track. If enabled, recording starts with the first peer and ends with the last. It cannot be started by API.
    both RecordingConfigTrack {
        /// Whether it is enabled. Defaults to `false`.
        optional enabled: bool,
    }
}

model! {
    /// One file per stream of a peer. If enabled, recording starts with the first peer and ends with the last. It cannot be started
    /// by API.
    both RecordingConfigStream {
        /// Whether it is enabled. Defaults to `false`.
        optional enabled: bool,
        /// Width of the picture in pixels. At most 1920, and at most 1080 if the height is larger.
        optional width: i64,
        /// Height of the picture in pixels. At most 1920, and at most 1080 if the width is larger.
        optional height: i64,
    }
}

open_enum! {
    /// What a role may publish.
    PublishKind {
        Audio = "audio",
        Video = "video",
        Screen = "screen",
        Simulcast = "simulcast",
    }
}

open_enum! {
    /// Codec for audio.
    AudioCodec {
        Opus = "opus",
    }
}

open_enum! {
    /// Codec for video.
    VideoCodec {
        Vp8 = "vp8",
    }
}

open_enum! {
    /// Simulcast layer: full, half, quarter.
    SimulcastRid {
        F = "f",
        H = "h",
        Q = "q",
    }
}

open_enum! {
    /// Type of the HLS playlist.
    HlsPlaylistType {
        Event = "event",
        Live = "live",
    }
}

open_enum! {
    /// When speech is transcribed.
    TranscriptionMode {
        Recorded = "recorded",
        Live = "live",
        Caption = "caption",
    }
}

open_enum! {
    /// Mode of the transcription plugin.
    CaptionMode {
        Caption = "caption",
    }
}
