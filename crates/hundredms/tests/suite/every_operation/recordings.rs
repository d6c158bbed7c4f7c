//! Recordings and their files.

use hundredms::resources::recording_assets::{ListRecordingAssets, PresignRecordingAsset};
use hundredms::resources::recordings::{
    AssetType, ListRecordings, MediaJobStatus, Resolution, StartRecording, SummaryConfig,
    SummarySection, TranscriptionConfig,
};

use super::{MEETING_URL, Stage};

pub(super) async fn tell(stage: &Stage) {
    let recordings = stage.client.recordings();
    let room = stage.room().await;
    stage.join(&room, "host", "ada");
    let summary = SummaryConfig::new()
        .enabled(true)
        .context("weekly lesson")
        .temperature(0.4)
        .sections([SummarySection::new("Decisions", "bullets")]);
    let started = recordings
        .start(
            StartRecording::new(&room.id)
                .meeting_url(MEETING_URL)
                .resolution(Resolution::new(1280, 720))
                .transcription(
                    TranscriptionConfig::new()
                        .enabled(true)
                        .output_modes(["txt", "json"])
                        .custom_vocabulary(["Priyanka"])
                        .summary(summary),
                ),
        )
        .await
        .expect("a recording");
    assert_eq!(started.status, MediaJobStatus::Starting);
    stage.pass(60);
    recordings.pause(&room.id).await.expect("a pause");
    stage.pass(30);
    recordings.resume(&room.id).await.expect("no pause");
    let running = ListRecordings::new()
        .room_id(&room.id)
        .session_id(&started.session_id)
        .status(MediaJobStatus::Running)
        .limit(10);
    let running = recordings.list(running).collect().await;
    assert_eq!(running.expect("recordings").len(), 1);
    let config = recordings.get_config(&started.id).await;
    config.expect("its settings");
    let stopping = recordings.stop(&started.id).await.expect("a stop");
    assert_eq!(stopping.status, MediaJobStatus::Stopping);
    stage.pass(600);
    let done = recordings.get(&started.id).await.expect("the recording");
    assert_eq!(done.status, MediaJobStatus::Completed);
    let kinds: Vec<_> = done
        .recording_assets
        .iter()
        .map(|asset| &asset.r#type)
        .collect();
    for kind in [
        AssetType::RoomComposite,
        AssetType::Transcript,
        AssetType::Summary,
    ] {
        assert!(kinds.contains(&&kind), "{kinds:?}");
    }
    assets(stage, &room.id, &started.session_id).await;

    let audio = StartRecording::new(&room.id)
        .meeting_url(MEETING_URL)
        .audio_only(true);
    recordings.start(audio).await.expect("a recording");
    stage.pass(5);
    let stopped = recordings.stop_all(&room.id).await.expect("a stop");
    assert_eq!(stopped.data.len(), 1);
    let after = ListRecordings::new()
        .room_id(&room.id)
        .start(&stopped.data[0].id);
    let after = recordings.list(after).collect().await.expect("recordings");
    assert_eq!(after.len(), 1);
}

async fn assets(stage: &Stage, room: &str, session: &str) {
    let assets = stage.client.recording_assets();
    let videos = assets
        .list(
            ListRecordingAssets::new()
                .room_id(room)
                .session_id(session)
                .status("completed")
                .r#type(AssetType::RoomComposite)
                .limit(10),
        )
        .collect()
        .await
        .expect("files");
    let [video] = videos.as_slice() else {
        panic!("{videos:?}");
    };
    assert_eq!(&assets.get(&video.id).await.expect("the file"), video);
    let link = PresignRecordingAsset::new(&video.id).presign_duration(600);
    let link = assets.presigned_url(link).await.expect("a link");
    assert_eq!((&link.id, link.expiry), (&video.id, 600));
    let after = ListRecordingAssets::new().room_id(room).start(&video.id);
    let after = assets.list(after).collect().await.expect("files");
    assert!(!after.contains(video));
}
