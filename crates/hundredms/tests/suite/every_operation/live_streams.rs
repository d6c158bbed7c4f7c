//! Live streams.

use hundredms::resources::live_streams::{
    ListLiveStreams, LiveStreamRecording, SendTimedMetadata, StartLiveStream,
    TranscriptionLiveStreamConfig,
};
use hundredms::resources::recordings::{MediaJobStatus, SummaryConfig};

use super::{MEETING_URL, Stage};

pub(super) async fn tell(stage: &Stage) {
    let streams = stage.client.live_streams();
    let room = stage.room().await;
    stage.join(&room, "host", "ada");
    let recording = LiveStreamRecording::new()
        .hls_vod(true)
        .single_file_per_layer(true);
    let started = streams
        .start(
            StartLiveStream::new(&room.id)
                .meeting_url(MEETING_URL)
                .recording(recording.clone())
                .transcription(
                    TranscriptionLiveStreamConfig::new()
                        .enabled(true)
                        .modes(["recorded", "live"])
                        .output_modes(["srt"])
                        .custom_vocabulary(["Priyanka"])
                        .summary(SummaryConfig::new().enabled(false)),
                ),
        )
        .await
        .expect("a stream");
    assert_eq!(started.recording, recording);
    assert!(started.playback.url.ends_with("/master.m3u8"));
    stage.pass(60);
    let paused = streams.pause_recording(&started.id).await;
    assert_eq!(paused.expect("a pause").status, MediaJobStatus::Running);
    stage.pass(30);
    let resumed = streams.resume_recording(&started.id).await;
    resumed.expect("no pause");
    let cue = SendTimedMetadata::new(&started.id, "show-poll:42", 8);
    let told = streams.send_timed_metadata(cue).await.expect("the stream");
    assert_eq!(told.id, started.id);
    let running = ListLiveStreams::new()
        .room_id(&room.id)
        .session_id(&started.session_id)
        .status(MediaJobStatus::Running)
        .limit(10);
    let running = streams.list(running).collect().await.expect("streams");
    assert_eq!(running.len(), 1);
    streams.stop(&started.id).await.expect("a stop");
    stage.pass(600);
    let done = streams.get(&started.id).await.expect("the stream");
    assert_eq!(done.status, MediaJobStatus::Completed);
    assert!(done.recording_assets.len() > 2, "{done:?}");

    let again = StartLiveStream::new(&room.id).meeting_url(MEETING_URL);
    streams.start(again).await.expect("a stream");
    stage.pass(5);
    let stopped = streams.stop_all(&room.id).await.expect("a stop");
    assert_eq!((stopped.data.len(), stopped.error), (1, None));
    let after = ListLiveStreams::new().start(&stopped.data[0].id);
    let after = streams.list(after).collect().await.expect("streams");
    let ids: Vec<_> = after.iter().map(|stream| &stream.id).collect();
    assert_eq!(ids, [&done.id]);
}
