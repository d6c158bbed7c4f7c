//! Templates, with everything that they can hold.

use hundredms::ErrorKind;
use hundredms::resources::recordings::SummaryFormat;
use hundredms::resources::rooms::Region;
use hundredms::resources::templates::{
    AudioPublishParams, CreateTemplate, DestinationBrowserRecording, DestinationHls,
    DestinationHlsLayer, DestinationHlsRecording, DestinationRtmp, DestinationSummary,
    DestinationSummarySection, DestinationTranscription, DestinationTranslation, Destinations,
    ListTemplates, Permissions, PublishKind, PublishParams, PutRole, RecordingConfig,
    RecordingConfigBrowserComposite, RecordingConfigComposite, RecordingConfigCustomComposite,
    RecordingConfigStream, RecordingConfigThumbnails, RecordingConfigTrack, RoleInput,
    ScreenPublishParams, SimulcastLayer, SimulcastLayers, SimulcastParams, SubscribeDegradation,
    SubscribeParams, TemplatePlugins, TemplateRecordingSettings, TemplateRoomState,
    TemplateSettingsInput, TemplateTranscriptionsPermissions, TemplateTranscriptionsPlugin,
    TemplateUpload, TemplateUploadCredentials, TemplateUploadOptions,
    TemplateWhiteboardPermissions, TemplateWhiteboardPlugin, UpdateDestinations,
    UpdateRecordingConfigs, UpdateTemplate, UpdateTemplateSettings, VideoPublishParams,
};

use super::Stage;

pub(super) async fn tell(stage: &Stage) {
    let templates = stage.client.templates();
    let made = templates
        .create(
            CreateTemplate::new()
                .name("lesson-room v2")
                .roles([("tutor", tutor()), ("learner", RoleInput::new())])
                .settings(settings())
                .destinations(destinations())
                .plugins(plugins()),
        )
        .await
        .expect("a template");
    assert_eq!(made.name, "lesson-room v2");
    let (tutor, learner) = (&made.roles["tutor"], &made.roles["learner"]);
    assert_eq!((tutor.priority, tutor.max_peer_count), (2, 3));
    assert_eq!(
        tutor.publish_params,
        publishing(),
        "what was asked for is kept"
    );
    assert_eq!(learner.name, "learner", "defaults are filled in");
    assert_eq!(made.destinations, destinations());
    assert_eq!(made.plugins, Some(plugins()));
    assert_eq!(templates.get(&made.id).await.expect("it"), made);

    let listed = templates.list(ListTemplates::new().limit(10)).collect();
    let listed = listed.await.expect("templates");
    assert!(listed.contains(&made) && listed.iter().any(|one| one.default == Some(true)));

    roles(stage, &made.id).await;
    parts(stage, &made.id).await;

    let updated = templates
        .update(
            UpdateTemplate::new(
                &made.id,
                [("tutor".to_owned(), self::tutor())],
                TemplateSettingsInput::new().region(Region::In),
            )
            .name("lesson-room v3")
            .destinations(Destinations::new())
            .plugins(TemplatePlugins::new()),
        )
        .await
        .expect("the template");
    assert_eq!(
        (updated.id, updated.name.as_str(), updated.settings.region),
        (made.id, "lesson-room v3", Region::In)
    );
}

async fn roles(stage: &Stage, template: &str) {
    let templates = stage.client.templates();
    let put = templates
        .put_role(
            PutRole::new(template, "guest speaker")
                .name("guest speaker")
                .publish_params(publishing())
                .subscribe_params(subscribing())
                .permissions(permissions())
                .priority(4)
                .max_peer_count(-1),
        )
        .await
        .expect("a role");
    assert_eq!((put.priority, put.max_peer_count), (4, -1));
    assert_eq!(put.permissions, permissions());
    let role = || templates.get_role(template, "guest speaker");
    assert_eq!(role().await.expect("the role"), put);
    let deleted = templates.delete_role(template, "guest speaker").await;
    deleted.expect("nothing");
    let error = role().await.expect_err("it is gone");
    assert_eq!(error.kind(), ErrorKind::NotFound);
}

async fn parts(stage: &Stage, template: &str) {
    let templates = stage.client.templates();
    let settings = templates
        .update_settings(
            UpdateTemplateSettings::new(template)
                .region(Region::Us)
                .recording(recording())
                .room_state(TemplateRoomState::new().message_interval(30).enabled(true))
                .retry(serde_json::Map::new()),
        )
        .await
        .expect("settings");
    assert_eq!(settings.region, Region::Us);
    assert_eq!(settings.room_state.message_interval, Some(30));
    let read = templates.get_settings(template).await;
    assert_eq!(read.expect("settings"), settings);

    let all = destinations();
    let destinations = templates
        .update_destinations(
            UpdateDestinations::new(template)
                .browser_recordings(all.browser_recordings.clone().expect("some"))
                .rtmp_destinations(all.rtmp_destinations.clone().expect("some"))
                .hls_destinations(all.hls_destinations.clone().expect("some"))
                .transcriptions(all.transcriptions.clone().expect("some")),
        )
        .await
        .expect("destinations");
    assert_eq!(destinations, all);
    let read = templates.get_destinations(template).await;
    assert_eq!(read.expect("destinations"), all);

    let config = RecordingConfig::new("lessons", "tutor")
        .max_duration(3600)
        .presign_duration(7200)
        .thumbnails(thumbnails())
        .composite_recording(
            RecordingConfigComposite::new()
                .browser_composite(
                    RecordingConfigBrowserComposite::new()
                        .enabled(true)
                        .auto_start(true)
                        .auto_stop_timeout(120)
                        .width(1280)
                        .height(720),
                )
                .custom_composite(RecordingConfigCustomComposite::new().enabled(true)),
        )
        .track_recording(RecordingConfigTrack::new().enabled(true))
        .stream_recording(
            RecordingConfigStream::new()
                .enabled(true)
                .width(640)
                .height(360),
        );
    let configs = templates
        .update_recordings(UpdateRecordingConfigs::new(template, vec![config.clone()]))
        .await
        .expect("a configuration");
    assert_eq!(configs, [config]);
    let read = templates.get_recordings(template).await;
    assert_eq!(read.expect("configurations"), configs);
}

fn tutor() -> RoleInput {
    RoleInput::new()
        .name("tutor")
        .publish_params(publishing())
        .subscribe_params(subscribing())
        .permissions(permissions())
        .priority(2)
        .max_peer_count(3)
}

fn publishing() -> PublishParams {
    let layers = [
        SimulcastLayer::new("f", 1.0, 28).max_bitrate(850),
        SimulcastLayer::new("h", 2.5, 24).max_bitrate(300),
    ];
    PublishParams::new()
        .allowed([PublishKind::Audio, PublishKind::Video, PublishKind::Screen])
        .audio(AudioPublishParams::new().bit_rate(48).codec("opus"))
        .video(
            VideoPublishParams::new()
                .bit_rate(850)
                .codec("vp8")
                .frame_rate(28)
                .width(960)
                .height(540),
        )
        .screen(
            ScreenPublishParams::new()
                .bit_rate(1200)
                .codec("vp8")
                .frame_rate(12)
                .width(1600)
                .height(900),
        )
        .simulcast(
            SimulcastParams::new()
                .video(SimulcastLayers::new().layers(layers))
                .screen(SimulcastLayers::new()),
        )
}

fn subscribing() -> SubscribeParams {
    SubscribeParams::new()
        .subscribe_to_roles(["tutor", "learner"])
        .max_subs_bit_rate(4000)
        .subscribe_degradation(
            SubscribeDegradation::new()
                .packet_loss_threshold(30)
                .degrade_grace_period_seconds(2)
                .recover_grace_period_seconds(5)
                .video_always_enabled(true),
        )
}

fn permissions() -> Permissions {
    Permissions::new()
        .end_room(true)
        .remove_others(true)
        .mute(true)
        .unmute(false)
        .change_role(true)
        .send_room_state(true)
        .poll_read(true)
        .poll_write(true)
        .browser_recording(true)
        .rtmp_streaming(true)
        .hls_streaming(false)
}

fn settings() -> TemplateSettingsInput {
    TemplateSettingsInput::new()
        .region(Region::Eu)
        .recording(recording())
        .room_state(
            TemplateRoomState::new()
                .message_interval(15)
                .send_peer_list(true)
                .stop_room_state_on_join(true)
                .enabled(true),
        )
        .retry(serde_json::Map::new())
}

fn recording() -> TemplateRecordingSettings {
    let credentials = TemplateUploadCredentials::new("EXAMPLEKEY").secret_key("not-real");
    TemplateRecordingSettings::new().enabled(true).upload(
        TemplateUpload::new("s3", "lesson-archive", "term-2")
            .options(TemplateUploadOptions::new().region("eu-north-1"))
            .credentials(credentials),
    )
}

fn thumbnails() -> RecordingConfigThumbnails {
    RecordingConfigThumbnails::new()
        .enabled(true)
        .width(320)
        .height(180)
        .offsets([10, 60])
        .fps(1)
}

fn destinations() -> Destinations {
    let layer = || {
        DestinationHlsLayer::new()
            .width(1280)
            .height(720)
            .video_bitrate(1800)
            .audio_bitrate(96)
    };
    let browser = DestinationBrowserRecording::new("browser", "learner")
        .width(1280)
        .height(720)
        .max_duration(3600)
        .thumbnails(thumbnails())
        .presign_duration(7200)
        .auto_start(false)
        .auto_stop_timeout(240);
    let rtmp = DestinationRtmp::new("simulcast-out")
        .width(1280)
        .height(720)
        .max_duration(5400)
        .rtmp_urls(["rtmps://ingest.example.org/live/s-41d0"])
        .recording_enabled(true)
        .auto_stop_timeout(240);
    let hls = DestinationHls::new("main-hls")
        .role("learner")
        .max_duration(10_800)
        .layers([layer()])
        .playlist_type("live")
        .num_playlist_segments(8)
        .video_frame_rate(30)
        .enable_metadata_insertion(true)
        .enable_static_url(false)
        .recording(
            DestinationHlsRecording::new()
                .hls_vod(true)
                .single_file_per_layer(false)
                .enable_zip_upload(false)
                .layers([layer()])
                .thumbnails(thumbnails())
                .presign_duration(7200),
        )
        .auto_stop_timeout(240);
    let transcription = DestinationTranscription::new("notes", "tutor")
        .modes(["recorded", "caption"])
        .output_modes(["txt", "srt", "json"])
        .custom_vocabulary(["Priyanka"])
        .summary(
            DestinationSummary::new()
                .enabled(true)
                .context("weekly lesson")
                .temperature(0.4)
                .sections([DestinationSummarySection::new(
                    "Recap",
                    SummaryFormat::Bullets,
                )]),
        )
        .translation(
            DestinationTranslation::new()
                .enabled(true)
                .role_languages([("learner", "nb")]),
        );
    Destinations::new()
        .browser_recordings([("browser", browser)])
        .rtmp_destinations([("simulcast-out", rtmp)])
        .hls_destinations([("main-hls", hls)])
        .transcriptions([("notes", transcription)])
}

fn plugins() -> TemplatePlugins {
    TemplatePlugins::new()
        .whiteboard(
            TemplateWhiteboardPlugin::new().permissions(
                TemplateWhiteboardPermissions::new()
                    .admin(["tutor"])
                    .writer(["learner"])
                    .reader(["learner"]),
            ),
        )
        .transcriptions(
            TemplateTranscriptionsPlugin::new()
                .permissions(TemplateTranscriptionsPermissions::new().admin(["tutor"]))
                .mode("caption"),
        )
}
