//! Templates: roles, settings and destinations that rooms share (the service also calls them policy).

use std::collections::BTreeMap;

use super::patterns::TEMPLATE_NAME;
use super::recordings::{SummaryFormat, TranscriptFormat};
use super::rooms::{Region, StorageType};
use super::rules::{
    BROWSER_COMPOSITE, BROWSER_RECORDING, HLS_LAYER, RTMP_OUTPUT, STREAM_RECORDING,
};
use crate::by_name::{Entry, entry};
use crate::define::{model, open_enum, operation};
use crate::wire::Secret;

pub(super) const OPERATIONS: &[Entry] = &[
    entry::<ListTemplates>(),
    entry::<CreateTemplate>(),
    entry::<GetTemplate>(),
    entry::<UpdateTemplate>(),
    entry::<GetDestinations>(),
    entry::<UpdateDestinations>(),
    entry::<GetRecordingConfigs>(),
    entry::<UpdateRecordingConfigs>(),
    entry::<GetRole>(),
    entry::<PutRole>(),
    entry::<DeleteRole>(),
    entry::<GetTemplateSettings>(),
    entry::<UpdateTemplateSettings>(),
];

operation! {
    /// List templates.
    ///
    /// Pages through all templates of the account, each with its full content (roles, settings, destinations).
    ListTemplates: "templates.list" = GET "/templates" -> TemplateList;
    method Templates::list; docs "policy/list-templates"; retry always, pages last data [Template];
    query {
        /// How many templates to return at most. The service takes 10 to 100; 100 unless set.
        optional limit: i64 [page_size] [in 1..=100],
        /// Cursor: the `last` value of the page before.
        optional start: String,
    }
}

operation! {
    /// Create a template.
    ///
    /// Creates a template, the blueprint from which rooms take roles, settings and destinations. Anything missing is
    /// filled with defaults; the intended flow is to send roles as empty objects, let the service fill them and
    /// adjust them role by role afterwards. Without a name one is generated. A name that already exists does not
    /// fail: the existing template is overwritten.
    CreateTemplate: "templates.create" = POST "/templates" -> Template;
    method Templates::create; docs "policy/create-template-via-api"; retry if_named, look at "templates.list",
    rewrites ["id", "_id", "customerId", "customer", "appId", "default", "createdAt", "updatedAt"];
    body {
        /// Unique name; letters, digits, blank, hyphen, dot, underscore and colon. Generated if missing; an existing
        /// name makes the call overwrite that template.
        optional name: String [like TEMPLATE_NAME],
        /// Roles by role name; an empty object takes all defaults.
        optional roles: {RoleInput},
        /// Settings to write.
        optional settings: TemplateSettingsInput,
        /// Streaming, recording and transcription configurations, each kind a map from destination name to
        /// configuration. The names can be passed as `destination` when a recording or stream is started.
        optional destinations: Destinations,
        /// Plugin configuration of a template.
        optional plugins: TemplatePlugins,
    }
}

operation! {
    /// Fetch one template.
    ///
    /// Returns a template with all its roles, settings and destinations.
    GetTemplate: "templates.get" = GET "/templates/{template_id}" -> Template;
    method Templates::get(template_id); docs "policy/retrieve-a-template"; retry always;
    path {
        /// Identifier of the template.
        template_id,
    }
}

operation! {
    /// Overwrite a template.
    ///
    /// Replaces the whole content of a template: fetch it, change it, and pass all of it back. A role that is missing
    /// from `roles` is deleted, and so are the destinations and plugins when `destinations` or `plugins` is left out;
    /// a field that is missing from a role or from `settings` falls back to its default, which for a role without
    /// `publishParams.allowed` means that it may publish everything. Only a missing `name` keeps its value. A template
    /// that was read can be passed as it is: the fields that the service sets are left out, and those that this
    /// version does not know are written back. Renaming to the name of another template is refused. Peers in a
    /// running session keep the old rules until they rejoin or the session restarts.
    UpdateTemplate: "templates.update" = POST "/templates/{template_id}" -> Template;
    method Templates::update; docs "policy/update-a-template"; retry always,
    rewrites ["id", "_id", "customerId", "customer", "appId", "default", "createdAt", "updatedAt"];
    path {
        /// Identifier of the template.
        template_id,
    }
    body {
        /// Unique name; letters, digits, blank, hyphen, dot, underscore and colon. Keeps its old value if missing;
        /// must not be the name of another template.
        optional name: String [like TEMPLATE_NAME],
        /// Roles by role name; an empty object takes all defaults.
        required roles: {RoleInput},
        /// Settings to write.
        required settings: TemplateSettingsInput,
        /// Streaming, recording and transcription configurations, each kind a map from destination name to
        /// configuration. The names can be passed as `destination` when a recording or stream is started.
        optional destinations: Destinations,
        /// Plugin configuration of a template.
        optional plugins: TemplatePlugins,
    }
}

operation! {
    /// Fetch the destinations of a template.
    ///
    /// Returns the live streaming, RTMP-out and transcription configurations of a template, each kind as a map from
    /// destination name to configuration.
    GetDestinations: "templates.get_destinations" = GET "/templates/{template_id}/destinations" -> Destinations;
    method Templates::get_destinations(template_id); docs "policy/retrieve-destinations"; retry always;
    path {
        /// Identifier of the template.
        template_id,
    }
}

operation! {
    /// Change the destinations of a template.
    ///
    /// Replaces the destinations of a template, so that one left out is deleted, and returns them as stored. Browser recording is configured through the
    /// recordings call of the template nowadays. Peers in a running session keep the old rules until they rejoin or
    /// the session restarts.
    UpdateDestinations: "templates.update_destinations" = POST "/templates/{template_id}/destinations" -> Destinations;
    method Templates::update_destinations; docs "policy/update-destinations"; retry always, rewrites [];
    path {
        /// Identifier of the template.
        template_id,
    }
    body {
        /// Browser recordings by name; use the recordings call of the template instead. Deprecated.
        optional browser_recordings as "browserRecordings": {DestinationBrowserRecording} [by BROWSER_RECORDING],
        /// RTMP outputs by name.
        optional rtmp_destinations as "rtmpDestinations": {DestinationRtmp} [by RTMP_OUTPUT],
        /// HLS streams by name.
        optional hls_destinations as "hlsDestinations": {DestinationHls},
        /// Transcriptions by name; post-call transcripts also need a recording, so a browser recording or an HLS
        /// destination must be configured as well.
        optional transcriptions: {DestinationTranscription},
    }
}

operation! {
    /// Fetch the recording configuration of a template.
    ///
    /// Returns the recording configurations of a template as a bare JSON array (at most one item at present).
    /// Switches that are off are left out of the answer.
    GetRecordingConfigs: "templates.get_recordings" = GET "/templates/{template_id}/recordings" -> [RecordingConfig];
    method Templates::get_recordings(template_id); docs "policy/configure-recordings"; retry always;
    path {
        /// Identifier of the template.
        template_id,
    }
}

operation! {
    /// Configure recordings of a template.
    ///
    /// Sets how rooms of the template are recorded: room composite by browser or by the media server, one file per
    /// track, or one file per stream. The body is a bare JSON array that may hold only one configuration for now. It
    /// replaces the deprecated `settings.recording.enabled` switch and the deprecated `browserRecordings`
    /// destinations. Off switches are left out of the answer.
    UpdateRecordingConfigs: "templates.update_recordings" = POST "/templates/{template_id}/recordings" -> [RecordingConfig];
    method Templates::update_recordings; docs "policy/configure-recordings"; retry always;
    path {
        /// Identifier of the template.
        template_id,
    }
    whole {
        /// The recording configuration, or an empty list to remove it. At most 1 item.
        required recordings: [RecordingConfig] [items 1],
    }
}

operation! {
    /// Fetch one role.
    ///
    /// Returns a single role of a template by its name.
    GetRole: "templates.get_role" = GET "/templates/{template_id}/roles/{role_name}" -> Role;
    method Templates::get_role(template_id, role_name); docs "policy/retrieve-a-role"; retry always;
    path {
        /// Identifier of the template.
        template_id,
        /// Name of the role inside the template.
        role_name,
    }
}

operation! {
    /// Create or change one role.
    ///
    /// Creates the role named in the path, or replaces it if it exists: what is left out is not kept, but reset to its
    /// default. So a call with `permissions` alone resets `publishParams` (the role may then publish audio, video and
    /// screen), `subscribeParams`, `priority` and `maxPeerCount`. To change one thing, fetch the role, change it, and
    /// pass all of it back; the fields that this version does not know are written back too. A `name` in the body that differs from the path renames the role; if the template already has a role of that new
    /// name the call is refused. Peers in a running session keep the old rules until they rejoin or the session
    /// restarts.
    PutRole: "templates.put_role" = POST "/templates/{template_id}/roles/{role_name}" -> Role;
    method Templates::put_role; docs "policy/create-update-role"; retry always, rewrites [];
    path {
        /// Identifier of the template.
        template_id,
        /// Name of the role inside the template.
        role_name,
    }
    body {
        /// Name of the role, unique in the template; used in auth tokens and room codes. In `put_role` a value other
        /// than the path renames the role; inside a template body it repeats the map key.
        optional name: String,
        /// What a role may publish and in which quality.
        optional publish_params as "publishParams": PublishParams,
        /// What a role receives.
        optional subscribe_params as "subscribeParams": SubscribeParams,
        /// What peers of a role may do.
        optional permissions: Permissions,
        /// Order in which tracks of the roles are degraded under bad network: 1 is the highest priority, and
        /// the service documents 5 as the lowest.
        optional priority: i64 [in 1..=10],
        /// How many peers may hold this role in one session: 0 for no limit, n for at most n, -1 for none at all. At
        /// least -1. Default: `0`.
        optional max_peer_count as "maxPeerCount": i64 [in -1..],
    }
}

operation! {
    /// Delete one role.
    ///
    /// Removes a role from a template. Deleting a role that is not (or no longer) there gives 404.
    DeleteRole: "templates.delete_role" = DELETE "/templates/{template_id}/roles/{role_name}" -> ();
    method Templates::delete_role(template_id, role_name); docs "policy/delete-a-role"; retry always;
    path {
        /// Identifier of the template.
        template_id,
        /// Name of the role inside the template.
        role_name,
    }
}

operation! {
    /// Fetch the settings of a template.
    ///
    /// Returns region, recording storage and room-state settings of a template.
    GetTemplateSettings: "templates.get_settings" = GET "/templates/{template_id}/settings" -> TemplateSettings;
    method Templates::get_settings(template_id); docs "policy/retrieve-settings"; retry always;
    path {
        /// Identifier of the template.
        template_id,
    }
}

operation! {
    /// Change the settings of a template.
    ///
    /// Replaces the settings of a template, so that one left out is reset to its default, and returns them as stored.
    /// Peers in a
    /// running session keep the old rules until they rejoin or the session restarts.
    UpdateTemplateSettings: "templates.update_settings" = POST "/templates/{template_id}/settings" -> TemplateSettings;
    method Templates::update_settings; docs "policy/update-settings"; retry always, rewrites [];
    path {
        /// Identifier of the template.
        template_id,
    }
    body {
        /// Region in which rooms are hosted unless the room says otherwise; `auto` picks one automatically.
        optional region: Region,
        /// Recording switch and storage; leave out (or null) to store with 100ms.
        nullable recording: TemplateRecordingSettings,
        /// How room state is sent to clients on the preview screen.
        optional room_state as "roomState": TemplateRoomState,
        /// Undocumented; the update sample sends back the empty object it got.
        optional retry: Object,
    }
}

model! {
    /// One page of templates.
    answer TemplateList {
        /// Page size that was applied.
        optional limit: i64,
        /// The templates.
        required data: [Template],
        /// Id of the last template of the page; pass it as `start` to get the next page.
        optional last: String,
    }
}

model! {
    /// Blueprint of rooms: roles, settings, destinations.
    answer Template {
        /// Identifier of the template.
        required id: String,
        /// Name of the template, unique in the account.
        required name: String,
        /// Account that owns the template.
        required customer_id as "customerId": String,
        /// Roles by role name.
        required roles: {Role},
        /// Settings of a template as stored.
        required settings: TemplateSettings,
        /// Streaming, recording and transcription configurations, each kind a map from destination name to
        /// configuration. The names can be passed as `destination` when a recording or stream is started.
        required destinations: Destinations,
        /// Plugin configuration of a template.
        optional plugins: TemplatePlugins,
        /// When the template was made.
        optional created_at as "createdAt": Timestamp,
        /// When the template was last changed.
        optional updated_at as "updatedAt": Timestamp,
        /// Old name of `id`, same value. Deprecated.
        optional legacy_id as "_id": String,
        /// Old name of `customerId`, same value. Deprecated.
        optional customer: String,
        /// True for the template that rooms get when none is named on creation.
        optional default: bool,
        /// App that the template belongs to.
        optional app_id as "appId": String,
    }
}

/// All of it, to change and write back: with the fields that this version does not know, and without those that the service sets.
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
    /// Write a role that was read back to the template `template_id`.
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
    /// Write settings that were read back to the template `template_id`.
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
    /// Write destinations that were read back to the template `template_id`.
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
        /// Name of the role, unique in the template; used in auth tokens and room codes.
        required name: String,
        /// What a role may publish and in which quality.
        required publish_params as "publishParams": PublishParams,
        /// What a role receives.
        required subscribe_params as "subscribeParams": SubscribeParams,
        /// What peers of a role may do.
        required permissions: Permissions,
        /// Order in which tracks of the roles are degraded under bad network: 1 is the highest priority, and
        /// the service documents 5 as the lowest.
        required priority: i64,
        /// How many peers may hold this role in one session: 0 for no limit, n for at most n, -1 for none at all.
        required max_peer_count as "maxPeerCount": i64,
    }
}

model! {
    /// What a role may publish and in which quality.
    both PublishParams {
        /// Kinds of track the role may publish; empty for none. All of them where a request leaves it out.
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
        /// Highest bitrate in kbps. 16 to 128. Default: `32`.
        optional bit_rate as "bitRate": i64 [in 16..=128],
        /// Audio codec. Default: `opus`.
        optional codec: AudioCodec,
    }
}

model! {
    /// Quality of published camera video.
    both VideoPublishParams {
        /// Highest bitrate in kbps. 30 to 2000. Default: `256`.
        optional bit_rate as "bitRate": i64 [in 30..=2000],
        /// Video codec. Default: `vp8`.
        optional codec: VideoCodec,
        /// Highest number of frames per second. 1 to 30. Default: `25`.
        optional frame_rate as "frameRate": i64 [in 1..=30],
        /// Height in pixels. 50 to 1080. Default: `180`.
        optional height: i64 [in 50..=1080],
        /// Width in pixels. 50 to 1920. Default: `320`.
        optional width: i64 [in 50..=1920],
    }
}

model! {
    /// Quality of published screen shares.
    both ScreenPublishParams {
        /// Highest bitrate in kbps. At least 500. Default: `1024`.
        optional bit_rate as "bitRate": i64 [in 500..],
        /// Video codec. Default: `vp8`.
        optional codec: VideoCodec,
        /// Highest number of frames per second. 1 to 30. Default: `10`.
        optional frame_rate as "frameRate": i64 [in 1..=30],
        /// Height in pixels. 270 to 1080. Default: `720`.
        optional height: i64 [in 270..=1080],
        /// Width in pixels. 480 to 1920. Default: `1280`.
        optional width: i64 [in 480..=1920],
    }
}

model! {
    /// Simulcast layers per kind of video.
    both SimulcastParams {
        /// List of simulcast layers; an empty object means no simulcast.
        optional video: SimulcastLayers,
        /// List of simulcast layers; an empty object means no simulcast.
        optional screen: SimulcastLayers,
    }
}

model! {
    /// List of simulcast layers; an empty object means no simulcast.
    both SimulcastLayers {
        /// At most three layers, best first. The first must be `f` with scale 1.0; every next one must have a lower
        /// rid and a strictly larger scale; no rid twice. At most 3 items.
        optional layers: [SimulcastLayer] [items 3],
    }
}

model! {
    /// One encoding of a video track.
    both SimulcastLayer {
        /// RTP stream id of the layer; ordered f > h > q (full, half, quarter), strictly falling through the list.
        required rid: SimulcastRid,
        /// Factor by which the picture is shrunk; strictly larger than in the layer before, 1.0 for the first layer.
        /// 1.0 to 12.0.
        required scale_resolution_down_by as "scaleResolutionDownBy": f64 [in 1.0..=12.0],
        /// Highest bitrate in kbps. 0 to 2000. Default: `0`.
        optional max_bitrate as "maxBitrate": i64 [in 0..=2000],
        /// Highest number of frames per second. 1 to 30.
        required max_framerate as "maxFramerate": i64 [in 1..=30],
    }
}

model! {
    /// What a role receives.
    both SubscribeParams {
        /// Names of the roles whose tracks are received.
        optional subscribe_to_roles as "subscribeToRoles": [String],
        /// Highest total bitrate received, in kbps.
        optional max_subs_bit_rate as "maxSubsBitRate": i64,
        /// When received video is muted under packet loss and brought back; its presence also turns on simulcast for
        /// screen shares.
        optional subscribe_degradation as "subscribeDegradation": SubscribeDegradation,
    }
}

model! {
    /// When received video is muted under packet loss and brought back; its presence also turns on simulcast for
    /// screen shares.
    both SubscribeDegradation {
        /// Packet loss (percent) at which degrading starts. 1 to 100. Default: `50`.
        optional packet_loss_threshold as "packetLossThreshold": i64 [in 1..=100],
        /// Seconds the loss must last before tracks are degraded. 1 to 10. Default: `1`.
        optional degrade_grace_period_seconds as "degradeGracePeriodSeconds": i64 [in 1..=10],
        /// Seconds of good network before tracks come back. 1 to 10. Default: `4`.
        optional recover_grace_period_seconds as "recoverGracePeriodSeconds": i64 [in 1..=10],
        /// If true, video is never switched off by degradation.
        optional video_always_enabled as "videoAlwaysEnabled": bool,
    }
}

model! {
    /// What peers of a role may do.
    both Permissions {
        /// End the session for everyone. Default: `false`.
        optional end_room as "endRoom": bool,
        /// Remove other peers. Default: `false`.
        optional remove_others as "removeOthers": bool,
        /// Mute other peers. Default: `false`.
        optional mute: bool,
        /// Ask other peers to unmute. Default: `false`.
        optional unmute: bool,
        /// Change or ask to change the role of other peers. Default: `false`.
        optional change_role as "changeRole": bool,
        /// Receive the room state (peer count, peer list) on the preview screen. Default: `false`.
        optional send_room_state as "sendRoomState": bool,
        /// See polls and quizzes and answer them. Default: `false`.
        optional poll_read as "pollRead": bool,
        /// Create and change polls and quizzes; includes everything that `pollRead` gives. Default: `false`.
        optional poll_write as "pollWrite": bool,
        /// Start and stop browser recording; needed together with `rtmpStreaming` for RTMP plus recording. Default:
        /// `true`.
        optional browser_recording as "browserRecording": bool,
        /// Start and stop RTMP streaming; needed together with `browserRecording` for RTMP plus recording. Default:
        /// `true`.
        optional rtmp_streaming as "rtmpStreaming": bool,
        /// Control HLS streams: start, stop, pause and resume their recording, insert timed metadata. Default:
        /// `true`.
        optional hls_streaming as "hlsStreaming": bool,
    }
}

model! {
    /// Settings of a template as stored.
    answer TemplateSettings {
        /// Region in which rooms are hosted unless the room says otherwise.
        required region: Region,
        /// Recording switch and storage; null when nothing is configured.
        nullable recording: TemplateRecordingSettings,
        /// How room state is sent to clients on the preview screen.
        required room_state as "roomState": TemplateRoomState,
        /// Undocumented; an empty object in every sample.
        required retry: Object,
    }
}

model! {
    /// Old recording switch and storage of recordings.
    both TemplateRecordingSettings {
        /// Turns on recording by the media server; use the recordings call of the template instead. Default: `false`.
        /// Deprecated.
        optional enabled: bool,
        /// Own storage for recordings; without it recordings stay with 100ms for a limited time.
        optional upload: TemplateUpload,
    }
}

model! {
    /// Own storage for recordings; without it recordings stay with 100ms for a limited time.
    both TemplateUpload {
        /// Which cloud storage: s3 at AWS, gs at Google, oss at Alibaba, azure at Microsoft.
        required r#type as "type": StorageType,
        /// Name of the bucket (of the container for Azure).
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
        /// Access key (storage account name for Azure).
        required key: Secret,
        /// Secret key (storage account key for Azure).
        optional secret_key as "secretKey": Secret,
        /// Same as `secretKey`, seen under this name in one sample answer.
        optional secret: Secret,
    }
}

model! {
    /// How room state is sent to clients on the preview screen.
    both TemplateRoomState {
        /// Seconds between two updates, a multiple of 5. 5 to 3600.
        optional message_interval as "messageInterval": i64 [in 5..=3600] [multiple 5],
        /// Send the list of peers; otherwise only their number is sent.
        optional send_peer_list as "sendPeerList": bool,
        /// Stop these updates once the client has joined.
        optional stop_room_state_on_join as "stopRoomStateOnJoin": bool,
        /// Turns room-state updates on.
        optional enabled: bool,
    }
}

model! {
    /// Streaming, recording and transcription configurations, each kind a map from destination name to configuration.
    /// The names can be passed as `destination` when a recording or stream is started.
    both Destinations {
        /// Browser recordings by name; use the recordings call of the template instead. Deprecated.
        optional browser_recordings as "browserRecordings": {DestinationBrowserRecording} [by BROWSER_RECORDING],
        /// RTMP outputs by name.
        optional rtmp_destinations as "rtmpDestinations": {DestinationRtmp} [by RTMP_OUTPUT],
        /// HLS streams by name.
        optional hls_destinations as "hlsDestinations": {DestinationHls},
        /// Transcriptions by name; post-call transcripts also need a recording, so a browser recording or an HLS
        /// destination must be configured as well.
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
        /// Width of the picture in pixels. At most 1920, and 1080 where the height is more.
        optional width: i64,
        /// Height of the picture in pixels. At most 1920, and 1080 where the width is more.
        optional height: i64,
        /// Longest recording in seconds.
        optional max_duration as "maxDuration": i64,
        /// Thumbnails of a recording.
        optional thumbnails: RecordingConfigThumbnails,
        /// Seconds for which pre-signed download URLs stay valid.
        optional presign_duration as "presignDuration": i64,
        /// Start recording when the first peer joins.
        optional auto_start as "autoStart": bool,
        /// How long to wait after all peers left before stopping.
        optional auto_stop_timeout as "autoStopTimeout": i64,
    }
}

model! {
    /// Thumbnails of a recording.
    both RecordingConfigThumbnails {
        /// Make thumbnails.
        optional enabled: bool,
        /// Width in pixels.
        optional width: i64,
        /// Height in pixels.
        optional height: i64,
        /// Points of the recording to take thumbnails at.
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
        /// Width of the picture in pixels. At most 1920, and 1080 where the height is more.
        optional width: i64,
        /// Height of the picture in pixels. At most 1920, and 1080 where the width is more.
        optional height: i64,
        /// Longest stream in seconds.
        optional max_duration as "maxDuration": i64,
        /// Targets to push to; they contain stream keys. At most 3 items.
        optional rtmp_urls as "rtmpUrls": [Secret] [items 3],
        /// Record the stream as well; does not affect streaming.
        optional recording_enabled as "recordingEnabled": bool,
        /// How long to wait after all peers left before stopping.
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
        /// Longest stream in seconds.
        optional max_duration as "maxDuration": i64,
        /// Renditions, falling in resolution and video bitrate.
        optional layers: [DestinationHlsLayer] [by HLS_LAYER],
        /// `event` keeps all segments, `live` a sliding window.
        optional playlist_type as "playlistType": HlsPlaylistType,
        /// Segments in the playlist, 2 seconds each; only used with `playlistType` live. 3 to 150. Default: `5`.
        optional num_playlist_segments as "numPlaylistSegments": i64 [in 3..=150],
        /// Frames per second of the stream.
        optional video_frame_rate as "videoFrameRate": i64,
        /// Allow timed metadata in the stream.
        optional enable_metadata_insertion as "enableMetadataInsertion": bool,
        /// Keep the same playback URL for every stream.
        optional enable_static_url as "enableStaticUrl": bool,
        /// Recording of an HLS stream.
        optional recording: DestinationHlsRecording,
        /// How long to wait after all peers left before stopping; also the window in which an RTMP-in broadcaster may
        /// reconnect.
        optional auto_stop_timeout as "autoStopTimeout": i64,
    }
}

model! {
    /// One HLS rendition. The shorter side must be within 144-1080, the longer within 192-1920 pixels; both sides
    /// even.
    both DestinationHlsLayer {
        /// Width in pixels, even. 144 to 1920.
        optional width: i64 [in 144..=1920] [multiple 2],
        /// Height in pixels, even. 144 to 1920.
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
        /// Make a video-on-demand asset (playlist with all chunks).
        optional hls_vod as "hlsVod": bool,
        /// Make one MP4 per layer.
        optional single_file_per_layer as "singleFilePerLayer": bool,
        /// Upload the VOD as one zip; only with own storage configured, an error with 100ms storage. Default:
        /// `false`.
        optional enable_zip_upload as "enableZipUpload": bool,
        /// Layers to record, a subset of the layers of the stream; all of them if missing.
        optional layers: [DestinationHlsLayer] [by HLS_LAYER],
        /// Thumbnails of a recording.
        optional thumbnails: RecordingConfigThumbnails,
        /// Seconds for which pre-signed download URLs stay valid.
        optional presign_duration as "presignDuration": i64,
    }
}

model! {
    /// Transcription and captions configuration.
    both DestinationTranscription {
        /// Name of the configuration.
        required name: String,
        /// Role whose view is transcribed: the roles it subscribes to are transcribed. For post-call transcripts it
        /// must be the role of the browser recording.
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
        /// Turns the summary on.
        optional enabled: bool,
        /// What the meeting is about, to help the summary. At most 300 characters.
        optional context: String [len 300],
        /// Creativity: low is predictable, high is free. 0.1 to 1.0. Default: `0.5`.
        optional temperature: f64 [in 0.1..=1.0],
        /// Sections of the summary. At most 6 items.
        optional sections: [DestinationSummarySection] [items 6],
    }
}

model! {
    /// One section of the summary.
    both DestinationSummarySection {
        /// Heading of the section; own headings are allowed and steer the content. At most 100 characters.
        required title: String [len 100],
        /// Layout of the section.
        required format: SummaryFormat,
    }
}

model! {
    /// Translation of captions per role; caption mode only.
    both DestinationTranslation {
        /// Turns translation on.
        optional enabled: bool,
        /// Language code by role name: what captions that role gets.
        optional role_languages as "roleLanguages": {String},
    }
}

model! {
    /// Plugin configuration of a template.
    both TemplatePlugins {
        /// Whiteboard.
        optional whiteboard: TemplateWhiteboardPlugin,
        /// Rights for closed captions.
        optional transcriptions: TemplateTranscriptionsPlugin,
    }
}

model! {
    /// Whiteboard.
    both TemplateWhiteboardPlugin {
        /// Roles per right on the whiteboard; a role may be in several lists.
        optional permissions: TemplateWhiteboardPermissions,
    }
}

model! {
    /// Roles per right on the whiteboard; a role may be in several lists.
    both TemplateWhiteboardPermissions {
        /// Roles that may open, close and view it (not draw, unless also a writer).
        optional admin: [String],
        /// Roles that may draw and view (not open or close, unless also an admin).
        optional writer: [String],
        /// Roles that may only view.
        optional reader: [String],
    }
}

model! {
    /// Rights for closed captions.
    both TemplateTranscriptionsPlugin {
        /// Roles per right on captions.
        optional permissions: TemplateTranscriptionsPermissions,
        /// Transcription mode that the rights are about.
        optional mode: CaptionMode,
    }
}

model! {
    /// Roles per right on captions.
    both TemplateTranscriptionsPermissions {
        /// Roles that may turn captions on and off for everyone in the room.
        optional admin: [String],
    }
}

model! {
    /// A role to write; every missing part is filled with defaults.
    rewrite RoleInput of Role {
        /// Name of the role, unique in the template; used in auth tokens and room codes. In `put_role` a value other
        /// than the path renames the role; inside a template body it repeats the map key.
        optional name: String,
        /// What a role may publish and in which quality.
        optional publish_params as "publishParams": PublishParams,
        /// What a role receives.
        optional subscribe_params as "subscribeParams": SubscribeParams,
        /// What peers of a role may do.
        optional permissions: Permissions,
        /// Order in which tracks of the roles are degraded under bad network: 1 is the highest priority, and
        /// the service documents 5 as the lowest.
        optional priority: i64 [in 1..=10],
        /// How many peers may hold this role in one session: 0 for no limit, n for at most n, -1 for none at all. At
        /// least -1. Default: `0`.
        optional max_peer_count as "maxPeerCount": i64 [in -1..],
    }
}

model! {
    /// Settings to write.
    rewrite TemplateSettingsInput of TemplateSettings {
        /// Region in which rooms are hosted unless the room says otherwise; `auto` picks one automatically.
        optional region: Region,
        /// Recording switch and storage; leave out (or null) to store with 100ms.
        nullable recording: TemplateRecordingSettings,
        /// How room state is sent to clients on the preview screen.
        optional room_state as "roomState": TemplateRoomState,
        /// Undocumented; the update sample sends back the empty object it got.
        optional retry: Object,
    }
}

model! {
    /// How rooms of a template are recorded.
    both RecordingConfig {
        /// Name of the configuration.
        required name: String,
        /// A role of the template; the recorder joins with it.
        required role: String,
        /// Longest recording in seconds.
        optional max_duration as "maxDuration": i64,
        /// Seconds for which pre-signed download URLs stay valid.
        optional presign_duration as "presignDuration": i64,
        /// Thumbnails of a recording.
        optional thumbnails: RecordingConfigThumbnails,
        /// One file for the whole room.
        optional composite_recording as "compositeRecording": RecordingConfigComposite,
        /// One file per track; when on it starts with the first peer and ends with the last, and cannot be started by
        /// API.
        optional track_recording as "trackRecording": RecordingConfigTrack,
        /// One file per stream of a peer; when on it starts with the first peer and ends with the last, and cannot be
        /// started by API.
        optional stream_recording as "streamRecording": RecordingConfigStream [by STREAM_RECORDING],
    }
}

model! {
    /// One file for the whole room.
    both RecordingConfigComposite {
        /// Room composite made by a browser that joins as a bot.
        optional browser_composite as "browserComposite": RecordingConfigBrowserComposite [by BROWSER_COMPOSITE],
        /// Room composite made by the media server; starts by itself when on.
        optional custom_composite as "customComposite": RecordingConfigCustomComposite,
    }
}

model! {
    /// Room composite made by a browser that joins as a bot.
    both RecordingConfigBrowserComposite {
        /// Start when the first peer joins. Default: `false`.
        optional auto_start as "autoStart": bool,
        /// How long to wait after all peers left before stopping.
        optional auto_stop_timeout as "autoStopTimeout": i64,
        /// Width of the picture in pixels. At most 1920, and 1080 where the height is more.
        optional width: i64,
        /// Height of the picture in pixels. At most 1920, and 1080 where the width is more.
        optional height: i64,
        /// Whether browser recording is set up.
        optional enabled: bool,
    }
}

model! {
    /// Room composite made by the media server; starts by itself when on.
    both RecordingConfigCustomComposite {
        /// Turns it on. Default: `false`.
        optional enabled: bool,
    }
}

model! {
    /// One file per track; when on it starts with the first peer and ends with the last, and cannot be started by
    /// API.
    both RecordingConfigTrack {
        /// Turns it on. Default: `false`.
        optional enabled: bool,
    }
}

model! {
    /// One file per stream of a peer; when on it starts with the first peer and ends with the last, and cannot be
    /// started by API.
    both RecordingConfigStream {
        /// Turns it on. Default: `false`.
        optional enabled: bool,
        /// Width of the picture in pixels. At most 1920, and 1080 where the height is more.
        optional width: i64,
        /// Height of the picture in pixels. At most 1920, and 1080 where the width is more.
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
